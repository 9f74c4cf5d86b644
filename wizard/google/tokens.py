"""Tokens: where they are kept (a Vault), when they are due, and one refresh at a time."""

from collections.abc import Collection, Iterator
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Protocol

from wizard.clock import Clock
from wizard.evidence import Account
from wizard.google.errors import GrantDead
from wizard.google.scopes import Permission, missing
from wizard.google.signin import LONGEST, SignIn

DUE_WITHIN = timedelta(seconds=60)
TURNS = 2  # a refresh, and once more with the token of a consent that came in between


@dataclass(frozen=True, slots=True)
class StoredTokens:
    """The tokens of one grant as they are kept. `version` is that of the row they were read from.

    `scopes` are those Google told with the refresh that brought them just now; empty where it did not say.
    """

    grant_id: int
    permission: Permission
    account: Account = field(repr=False)
    refresh_token: str = field(repr=False)
    access_token: str = field(repr=False)
    expires_at: datetime | None
    version: int
    scopes: frozenset[str] = frozenset()

    @property
    def is_narrow(self) -> bool:
        """Google told that something of what was given is given no more."""
        return bool(self.scopes) and bool(missing(self.permission, self.scopes))


class Vault(Protocol):
    """Where tokens lie. Each verb is a transaction of its own, so that none is open while Google is asked."""

    def read(self, grant_id: int) -> StoredTokens | None:
        """The tokens as they are now; None where no such grant is kept."""

    def read_all(self, grant_ids: Collection[int]) -> "dict[int, StoredTokens]":
        """The same of many at once, of whichever clinic; what cannot be read is left out."""

    def compare_and_swap(
        self, grant_id: int, version: int, *, access_token: str, expires_at: datetime | None, refresh_token: str | None
    ) -> bool:
        """Keep new tokens, unless the row is no longer of that version. `refresh_token` None leaves the old one."""

    def lock(self, grant_id: int) -> AbstractContextManager[None]:
        """One refresh per account and permission at a time, across processes. Raises LockBusy after its own wait."""

    def note_dead(self, grant_id: int, version: int, reason: str) -> None:
        """Google says the grant is dead. Nothing happens when the row is no longer of that version."""


_at_hand: ContextVar[StoredTokens | None] = ContextVar("at_hand", default=None)


@contextmanager
def at_hand(stored: StoredTokens | None) -> Iterator[None]:
    """What was read a moment ago is not read again inside, while it lasts."""
    token = _at_hand.set(stored)
    try:
        yield
    finally:
        _at_hand.reset(token)


class Tokens:
    """Access tokens that work, refreshed under the vault's lock and written by compare-and-swap."""

    def __init__(self, vault: Vault, signin: SignIn, clock: Clock) -> None:
        self._vault, self._signin, self._clock = vault, signin, clock

    def read(self, grant_id: int) -> StoredTokens:
        """Raises GrantDead("forgotten") when the grant was deleted meanwhile."""
        stored = self._vault.read(grant_id)
        if stored is None:
            raise GrantDead("forgotten")
        return stored

    def current(self, grant_id: int) -> StoredTokens:
        """Tokens that are not due yet; Google is asked only when they are."""
        near = _at_hand.get()
        if near is not None and near.grant_id == grant_id and self._lasts(near):
            return near
        stored = self.read(grant_id)
        return stored if self._lasts(stored) else self.after(stored)

    def lasting(self, seen: StoredTokens) -> StoredTokens:
        """The tokens that were read already, where they are not due; else newer ones. Nothing is read for the first."""
        return seen if self._lasts(seen) else self.current(seen.grant_id)

    def read_all(self, grant_ids: Collection[int]) -> dict[int, StoredTokens]:
        """Of many grants in one question to the store, for `at_hand`."""
        return self._vault.read_all(grant_ids)

    def after(self, seen: StoredTokens) -> StoredTokens:
        """Newer tokens than the ones seen: those of whoever was quicker, else of a refresh.

        Either way Google has answered since the call began, so the grant is alive. Raises GrantDead when it is not.
        """
        _at_hand.set(None)  # it opens nothing any more
        with self._vault.lock(seen.grant_id):
            stored = self.read(seen.grant_id)
            for _ in range(TURNS):
                if stored.version != seen.version and self._lasts(stored):
                    return stored
                try:
                    token = self._signin.refresh(stored.permission, stored.refresh_token)
                except GrantDead as dead:
                    newer = self.read(seen.grant_id)
                    if newer.version == stored.version:
                        self._vault.note_dead(stored.grant_id, stored.version, dead.reason)
                        raise
                    stored = newer  # somebody consented again meanwhile
                    continue
                self._vault.compare_and_swap(
                    stored.grant_id,
                    stored.version,
                    access_token=token["access_token"],
                    expires_at=self._signin.end_of(token),
                    refresh_token=token.get("refresh_token"),
                )
                told = frozenset(str(token.get("scope", "")).split())
                return replace(self.read(stored.grant_id), scopes=told)  # of the winner, if that was not us
            raise GrantDead("invalid_grant")

    def bury(self, stored: StoredTokens) -> GrantDead:
        """The API refuses an access token fresh from a refresh: the same as a refresh refused."""
        dead = GrantDead("invalid_grant")
        self._vault.note_dead(stored.grant_id, stored.version, dead.reason)
        return dead

    def _lasts(self, stored: StoredTokens) -> bool:
        """A missing or strange end (without a zone, or further off than any access token lives) counts as due."""
        ends = stored.expires_at
        if not stored.access_token or ends is None or ends.tzinfo is None:
            return False
        return DUE_WITHIN < ends - self._clock() <= LONGEST
