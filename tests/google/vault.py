"""A Vault in memory: what wizard.google needs of a store, and no more."""

import threading
from collections import defaultdict
from collections.abc import Collection
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import datetime

from e2e.fake_google import World
from wizard.evidence import Account
from wizard.google import CHECKER_SCOPES, INTEGRATION_SCOPES, Permission, StoredTokens

MARIA = "maria@clinic.example"


class MemoryVault:
    """Rows by grant id. `deaths` are the reasons noted."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._locks: defaultdict[int, threading.Lock] = defaultdict(threading.Lock)
        self._guard = threading.Lock()
        self.rows: dict[int, StoredTokens] = {}
        self.deaths: dict[int, str] = {}

    def holds(
        self,
        permission: Permission = Permission.CHECKER,
        email: str = MARIA,
        *,
        scopes: tuple[str, ...] | None = None,
        expires_at: datetime | None = None,
    ) -> int:
        """A grant given a while ago without a browser; its access token counts as due unless an end is given."""
        wanted = scopes or (CHECKER_SCOPES if permission is Permission.CHECKER else INTEGRATION_SCOPES)
        tokens = self._world.grants_token(email, permission.value, list(wanted))
        account = self._world.account(email)
        grant_id = len(self.rows) + 1
        self.rows[grant_id] = StoredTokens(
            grant_id=grant_id,
            permission=permission,
            account=Account(account.sub, account.email, account.hd),
            refresh_token=tokens["refresh_token"],
            access_token=tokens["access_token"],
            expires_at=expires_at,
            version=1,
        )
        return grant_id

    def read(self, grant_id: int) -> StoredTokens | None:
        return self.rows.get(grant_id)

    def read_all(self, grant_ids: Collection[int]) -> dict[int, StoredTokens]:
        return {grant_id: self.rows[grant_id] for grant_id in grant_ids if grant_id in self.rows}

    def compare_and_swap(
        self, grant_id: int, version: int, *, access_token: str, expires_at: datetime | None, refresh_token: str | None
    ) -> bool:
        with self._guard:
            row = self.rows.get(grant_id)
            if row is None or row.version != version:
                return False
            self.rows[grant_id] = replace(
                row,
                access_token=access_token,
                expires_at=expires_at,
                refresh_token=refresh_token or row.refresh_token,
                version=version + 1,
            )
            return True

    def lock(self, grant_id: int) -> AbstractContextManager[None]:
        return self._locks[grant_id]  # type: ignore[return-value]  # entering gives True, which nobody reads

    def note_dead(self, grant_id: int, version: int, reason: str) -> None:
        if self.rows[grant_id].version == version:
            self.deaths[grant_id] = reason
