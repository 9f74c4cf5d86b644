"""Access tokens: refreshed when due and not before, by one at a time, and never at the cost of what is kept."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from e2e.fake_google import FakeGoogle, World
from tests.google.provider import metadata, providing, visiting
from tests.google.vault import MARIA, MemoryVault
from wizard.config import Settings
from wizard.google import (
    AnswerUnreadable,
    Google,
    GoogleSilent,
    GoogleTrouble,
    GrantDead,
    InstallationWrong,
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
    """T25: an access token that cannot be used is refreshed once."""
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


def test_an_address_in_the_metadata_that_is_none(settings: Settings, vault: MemoryVault, world: World) -> None:
    with providing() as line:
        line.answers("metadata", metadata(line.url, token_endpoint="nowhere"))
        google = Google(replace(settings, google_metadata_url=f"{line.url}/metadata"), world.now, vault)

        with pytest.raises(GoogleSilent):
            google.refresh(vault.holds())
        google.close()


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
