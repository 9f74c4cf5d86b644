"""Where the tokens of the grants lie: encrypted rows, written by compare-and-swap, refreshed by one at a time."""

import math
import threading
from collections import defaultdict
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta

from wizard.clock import Clock
from wizard.evidence import Account
from wizard.google import InstallationWrong, LockBusy, Permission, StoredTokens
from wizard.store import grants, locks
from wizard.store.database import db, of_every_clinic, only_reading
from wizard.store.encryption import Cipher, Unreadable

LOST_KEY = "the key of what is stored is not in WIZARD_SECRET_KEYS"
WAIT_S = 0.05
LONGEST_S = 12.0
"""A refresh may ask for Google's description and for the tokens, five seconds each."""


class GrantVault:
    """What wizard.google needs of the store (`wizard.google.Vault`). Each verb is a transaction of its own."""

    def __init__(self, cipher: Cipher, clock: Clock, longest_s: float = LONGEST_S) -> None:
        """`longest_s` is how long a refresh may take: so long its lock outlives a killed owner, and others wait for it."""
        self._cipher = cipher
        self._clock = clock
        self._longest_s = longest_s
        self._here: defaultdict[int, threading.Lock] = defaultdict(threading.Lock)

    def read(self, grant_id: int) -> StoredTokens | None:
        """The tokens as they are now; None where the grant is gone or was taken back.

        Raises InstallationWrong where their key is lost.
        """
        row = grants.find(grant_id)
        db.session.commit()
        return None if row is None or not row.refresh_token else self.opened(row)

    def read_all(self, grant_ids: Collection[int]) -> dict[int, StoredTokens]:
        """The same of many at once, of whichever clinic. One whose key is lost is left out, for `read` to say so."""
        with of_every_clinic(), only_reading():
            rows = grants.of_ids(grant_ids)
            db.session.commit()
        found = {}
        for row in rows:
            with suppress(InstallationWrong):
                if row.refresh_token:
                    found[row.id] = self.opened(row)
        return found

    def compare_and_swap(
        self, grant_id: int, version: int, *, access_token: str, expires_at: datetime | None, refresh_token: str | None
    ) -> bool:
        """Keep new tokens unless somebody was quicker. An answer without a refresh token leaves the old one."""
        values: dict[str, object] = {"access_token": self._cipher.encrypt(access_token), "expires_at": expires_at}
        if refresh_token:
            values["refresh_token"] = self._cipher.encrypt(refresh_token)
        won = grants.swap_tokens(grant_id, version, values)
        db.session.commit()
        return won

    @contextmanager
    def lock(self, grant_id: int) -> Iterator[None]:
        """One refresh per grant at a time: among threads by a lock, among processes by a row. Raises LockBusy."""
        with self._here[grant_id]:
            name, fence = f"grant/{grant_id}", None
            for _ in range(math.ceil(self._longest_s / WAIT_S)):
                fence = locks.take(name, self._clock(), timedelta(seconds=self._longest_s))
                db.session.commit()
                if fence is not None:
                    break
                threading.Event().wait(WAIT_S)
            if fence is None:
                raise LockBusy
            try:
                yield
            finally:
                db.session.rollback()
                locks.release(name, fence, self._clock())
                db.session.commit()

    def note_dead(self, grant_id: int, version: int, reason: str) -> None:
        """Google says the grant is dead. Nothing happens when its row moved on meanwhile: somebody has a newer one."""
        grants.bury(grant_id, version, self._clock(), reason)
        db.session.commit()

    def opened(self, row: grants.Grant) -> StoredTokens:
        """The tokens of a row that was read already. Raises InstallationWrong where their key is lost."""
        try:
            refresh_token = self._cipher.decrypt(row.refresh_token)
            access_token = self._cipher.decrypt(row.access_token)
        except Unreadable:
            raise InstallationWrong(LOST_KEY) from None
        return StoredTokens(
            grant_id=row.id,
            permission=Permission(row.permission),
            account=Account(row.sub, row.email, row.hd),
            refresh_token=refresh_token,
            access_token=access_token,
            expires_at=row.expires_at,
            version=row.version,
        )
