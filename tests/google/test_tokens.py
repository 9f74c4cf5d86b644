"""Access tokens: refreshed when due and not before, by one at a time, and never at the cost of what is kept."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from e2e.fake_google import FakeGoogle, World
from tests.google.provider import visiting
from tests.google.travel import Traveller
from tests.google.vault import MARIA, MemoryVault
from wizard.config import Settings
from wizard.google import (
    AnswerUnreadable,
    Google,
    GoogleSilent,
    GoogleTrouble,
    GrantDead,
    InstallationWrong,
    Permission,
    StoredTokens,
)


def in_seconds(world: World, seconds: float) -> datetime:
    return world.now() + timedelta(seconds=seconds)


@pytest.mark.parametrize(("left_s", "refreshes"), [(3599, 0), (300, 0), (62, 0), (59, 1), (0, 1), (-1, 1), (-9999, 1)])
def test_a_token_is_refreshed_when_it_is_due(
    google: Google, vault: MemoryVault, world: World, left_s: float, refreshes: int
) -> None:
    grant_id = vault.holds(expires_at=in_seconds(world, left_s))

    google.calendars(grant_id)

    assert len(world.calls("token")) == refreshes


STRANGE: list[Callable[[World], datetime | None]] = [
    lambda _world: None,
    lambda world: in_seconds(world, 3000).replace(tzinfo=None),
    lambda _world: datetime.max.replace(tzinfo=UTC),
    lambda _world: datetime.min.replace(tzinfo=UTC),
    lambda world: in_seconds(world, 3 * 24 * 3600),
]


@pytest.mark.parametrize("end", STRANGE, ids=["missing", "naive", "largest", "smallest", "in three days"])
def test_an_end_that_makes_no_sense_means_refresh(
    google: Google, vault: MemoryVault, world: World, end: Callable[[World], datetime | None]
) -> None:
    grant_id = vault.holds(expires_at=end(world))

    google.calendars(grant_id)

    kept = vault.rows[grant_id]
    assert kept.version == 2
    assert kept.expires_at is not None
    assert 3590 < (kept.expires_at - world.now()).total_seconds() < 3600


def test_an_access_token_that_is_not_there_means_refresh(google: Google, vault: MemoryVault, world: World) -> None:
    grant_id = vault.holds(expires_at=in_seconds(world, 3000))
    vault.rows[grant_id] = replace(vault.rows[grant_id], access_token="")

    google.calendars(grant_id)

    assert len(world.calls("token")) == 1


def test_a_refresh_keeps_the_refresh_token_google_does_not_repeat(google: Google, vault: MemoryVault) -> None:
    grant_id = vault.holds()
    before = vault.rows[grant_id]

    google.refresh(grant_id)

    after = vault.rows[grant_id]
    assert after.refresh_token == before.refresh_token
    assert after.access_token != before.access_token
    assert after.version == before.version + 1


@pytest.mark.parametrize(
    ("said", "kept"), [(None, "1//old"), ("1//new", "1//new"), ("", "1//old")], ids=["left out", "new", "empty"]
)
def test_a_refresh_token_is_replaced_only_by_another(
    settings: Settings, world: World, said: str | None, kept: str
) -> None:
    with visiting(settings, world.now) as visit:
        visit.brings(None, refresh_token=said)
        visit.vault.rows[1] = stored(visit.vault)

        visit.google.refresh(1)

        assert visit.vault.rows[1].refresh_token == kept


@pytest.mark.parametrize("said", [None, "soon", 0, -5, 10**12, "3599", [], float("nan"), float("inf")], ids=str)
def test_how_long_a_token_lasts_may_be_said_strangely(settings: Settings, world: World, said: object) -> None:
    with visiting(settings, world.now) as visit:
        visit.brings(None, expires_in=said)
        visit.vault.rows[1] = stored(visit.vault)

        visit.google.refresh(1)

        assert (visit.vault.rows[1].expires_at is None) == (said != "3599")


def stored(vault: MemoryVault) -> StoredTokens:
    return replace(vault.rows[vault.holds()], grant_id=1, refresh_token="1//old")


def test_asking_whether_a_permission_lives_asks_google(google: Google, vault: MemoryVault, world: World) -> None:
    grant_id = vault.holds(expires_at=in_seconds(world, 3000))

    google.refresh(grant_id)

    assert len(world.calls("token")) == 1


def test_a_permission_removed_at_google_is_dead_and_noted(google: Google, vault: MemoryVault, world: World) -> None:
    grant_id = vault.holds()
    world.removes_permission(MARIA, "checker")

    with pytest.raises(GrantDead) as dead:
        google.refresh(grant_id)

    assert dead.value.reason == "invalid_grant"
    assert vault.deaths == {grant_id: "invalid_grant"}
    assert len(world.calls("token")) == 1


def test_removing_one_permission_leaves_other_people_theirs(google: Google, vault: MemoryVault, world: World) -> None:
    maria, joe = vault.holds(), vault.holds(email="joe@clinic.example")
    world.removes_permission(MARIA, "checker")

    google.refresh(joe)
    with pytest.raises(GrantDead):
        google.refresh(maria)

    assert set(vault.deaths) == {maria}


@pytest.mark.parametrize("kind", ["invalid_rapt", "rapt_required"])
def test_an_organisation_that_wants_a_fresh_sign_in_has_a_reason_of_its_own(
    google: Google, fake: FakeGoogle, vault: MemoryVault, kind: str
) -> None:
    grant_id = vault.holds()
    fake.breaks(kind, "token")

    with pytest.raises(GrantDead):
        google.refresh(grant_id)

    assert vault.deaths == {grant_id: "invalid_rapt"}


@pytest.mark.parametrize("kind", ["unavailable", "unavailable_html", "html", "not_json", "drop", "token_unavailable"])
def test_weather_never_ends_a_permission(google: Google, fake: FakeGoogle, vault: MemoryVault, kind: str) -> None:
    grant_id = vault.holds()
    fake.breaks(kind, "token")

    with pytest.raises(GoogleSilent):
        google.refresh(grant_id)

    assert vault.deaths == {}
    assert len(fake.world.calls("token")) == 1  # no repetition in silence
    google.refresh(grant_id)
    assert vault.rows[grant_id].version == 2


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        ({"error": "invalid_client"}, InstallationWrong),
        ({"error": "unauthorized_client"}, InstallationWrong),
        ({"error": "something_new"}, AnswerUnreadable),
        ({"access_token": 7}, AnswerUnreadable),
    ],
)
def test_other_refusals_are_nobodys_at_the_desk(
    settings: Settings, world: World, answer: dict[str, object], kind: type[GoogleTrouble]
) -> None:
    with visiting(settings, world.now) as visit:
        visit.brings(None, **answer)
        visit.vault.rows[1] = stored(visit.vault)

        with pytest.raises(kind):
            visit.google.refresh(1)

        assert visit.vault.deaths == {}


def test_a_wrong_secret_is_the_operators(google: Google, vault: MemoryVault, world: World) -> None:
    grant_id = vault.holds()
    world.clients["checker"].secret = "changed"

    with pytest.raises(InstallationWrong) as wrong:
        google.refresh(grant_id)

    assert wrong.value.said == "invalid_client: Unauthorized"
    assert vault.deaths == {}


def test_a_grant_that_is_not_kept_any_more_is_forgotten(google: Google) -> None:
    with pytest.raises(GrantDead) as dead:
        google.calendars(99)

    assert dead.value.reason == "forgotten"


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


def test_revoking_ends_the_permission_at_google(google: Google, vault: MemoryVault) -> None:
    grant_id = vault.holds()

    google.revoke(grant_id)

    with pytest.raises(GrantDead):
        google.refresh(grant_id)


def test_revoking_what_was_revoked_before_is_done(google: Google, vault: MemoryVault, world: World) -> None:
    grant_id = vault.holds()

    google.revoke(grant_id)
    google.revoke(grant_id)

    assert [call.status for call in world.calls("revoke")] == [200, 400]


@pytest.mark.parametrize("kind", ["unavailable", "html", "drop"])
def test_revoking_while_google_is_silent_is_not_done(
    google: Google, fake: FakeGoogle, vault: MemoryVault, kind: str
) -> None:
    grant_id = vault.holds()
    fake.breaks(kind, "revoke")

    with pytest.raises(GoogleSilent):
        google.revoke(grant_id)


def test_what_is_not_kept_is_given_back(traveller: Traveller, google: Google, vault: MemoryVault) -> None:
    consent = traveller.consents(Permission.CHECKER, MARIA)
    grant_id = vault.holds(email="joe@clinic.example")
    vault.rows[grant_id] = replace(vault.rows[grant_id], refresh_token=str(consent.refresh_token))

    google.give_back(consent)

    with pytest.raises(GrantDead):
        google.refresh(grant_id)
