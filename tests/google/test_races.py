"""Two who refresh the same permission, or one and somebody who does something else to it: nobody loses a token."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from e2e.fake_google import World
from tests.google.vault import MARIA, MemoryVault
from wizard.config import Settings
from wizard.google import (
    Google,
    GrantDead,
    StoredTokens,
)


def in_seconds(world: World, seconds: float) -> datetime:
    return world.now() + timedelta(seconds=seconds)


def test_fifty_who_need_a_refresh_at_once_ask_google_once(google: Google, vault: MemoryVault, world: World) -> None:
    grant_id = vault.holds()

    with ThreadPoolExecutor(50) as crowd:
        seen = list(crowd.map(lambda _: google.calendars(grant_id), range(50)))

    assert len(seen) == 50
    assert len({len(calendars) for calendars in seen}) == 1
    assert len(world.calls("token")) == 1
    assert vault.rows[grant_id].version == 2


class Meddled(MemoryVault):
    """A vault in which somebody else does something just before a row is written or read again."""

    def __init__(self, world: World) -> None:
        super().__init__(world)
        self.before_swap: Callable[[], None] = lambda: None
        self.after_refusal: Callable[[], None] = lambda: None
        self._reads = 0

    def compare_and_swap(
        self, grant_id: int, version: int, *, access_token: str, expires_at: datetime | None, refresh_token: str | None
    ) -> bool:
        self.before_swap()
        return super().compare_and_swap(
            grant_id, version, access_token=access_token, expires_at=expires_at, refresh_token=refresh_token
        )

    def read(self, grant_id: int) -> StoredTokens | None:
        self._reads += 1
        if self._reads == 3:  # before the call, inside the lock, and now after Google refused
            self.after_refusal()
        return super().read(grant_id)


@pytest.fixture
def meddled(world: World) -> Meddled:
    return Meddled(world)


@pytest.fixture
def google_over_meddled(settings: Settings, world: World, meddled: Meddled) -> Google:
    return Google(settings, world.now, meddled)


class Restless(MemoryVault):
    """A vault in which somebody else writes between any two looks."""

    def read(self, grant_id: int) -> StoredTokens | None:
        self.rows[grant_id] = replace(self.rows[grant_id], version=self.rows[grant_id].version + 1)
        return super().read(grant_id)


def test_a_row_that_never_rests_is_asked_about_twice_and_not_buried(settings: Settings, world: World) -> None:
    restless = Restless(world)
    google = Google(settings, world.now, restless)
    grant_id = restless.holds()
    world.removes_permission(MARIA, "checker")

    with pytest.raises(GrantDead):
        google.refresh(grant_id)
    google.close()

    assert restless.deaths == {}
    assert len(world.calls("token")) == 2


def test_the_one_who_was_quicker_wins(google_over_meddled: Google, meddled: Meddled, world: World) -> None:
    grant_id = meddled.holds()
    winner = replace(
        meddled.rows[grant_id],
        access_token=world.grants_token(MARIA, "checker", ["calendar.calendarlist.readonly"])["access_token"],
        expires_at=in_seconds(world, 3000),
        version=7,
    )
    meddled.before_swap = lambda: meddled.rows.update({grant_id: winner})

    google_over_meddled.calendars(grant_id)
    google_over_meddled.close()

    assert meddled.rows[grant_id] == winner
    assert world.calls("calendarList.list")[0].status == 200


def test_a_grant_deleted_during_its_refresh_leaves_no_row(google_over_meddled: Google, meddled: Meddled) -> None:
    grant_id = meddled.holds()
    meddled.before_swap = meddled.rows.clear

    with pytest.raises(GrantDead) as dead:
        google_over_meddled.refresh(grant_id)
    google_over_meddled.close()

    assert dead.value.reason == "forgotten"
    assert meddled.rows == {}


def test_a_consent_given_while_the_old_token_was_refused_is_used(
    google_over_meddled: Google, meddled: Meddled, world: World
) -> None:
    grant_id = meddled.holds()
    world.removes_permission(MARIA, "checker")
    anew = replace(meddled.rows[meddled.holds()], grant_id=grant_id, version=2)
    meddled.after_refusal = lambda: meddled.rows.update({grant_id: anew})

    google_over_meddled.refresh(grant_id)
    google_over_meddled.close()

    assert meddled.deaths == {}
    assert meddled.rows[grant_id].refresh_token == anew.refresh_token
    assert len(world.calls("token")) == 2
