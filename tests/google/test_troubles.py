"""What Google says instead of an answer, at every question of the calendar."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from e2e.fake_google import FakeGoogle, Fault, World
from tests.google.samples import EVENT, NAME, START
from tests.google.vault import MARIA, MemoryVault
from wizard.google import (
    INTEGRATION_SCOPES,
    CalendarOff,
    CalendarOthers,
    Google,
    GoogleSilent,
    GoogleTrouble,
    GrantDead,
    GrantNarrow,
    InstallationWrong,
    QuotaUsed,
)
from wizard.google.events import written

FAULTS: list[tuple[str, type[GoogleTrouble]]] = [
    ("userRateLimitExceeded", GoogleSilent),
    ("rateLimitExceeded", GoogleSilent),
    ("rateLimitExceeded429", GoogleSilent),
    ("quotaExceeded", QuotaUsed),
    ("insufficientPermissions", GrantNarrow),
    ("requiredAccessLevel", CalendarOthers),
    ("accessNotConfigured", InstallationWrong),
    ("notACalendarUser", CalendarOff),
    ("backendError", GoogleSilent),
    ("unavailable", GoogleSilent),
    ("unavailable_html", GoogleSilent),
    ("html", GoogleSilent),
    ("not_json", GoogleSilent),
    ("truncate", GoogleSilent),
    ("lose_answer", GoogleSilent),
    ("drop", GoogleSilent),
]


VERBS: dict[str, Callable[[Google, int, int, str], object]] = {
    "calendarList.list": lambda google, checker, _, __: google.calendars(checker),
    "events.list": lambda google, checker, _, calendar_id: google.events(checker, calendar_id, mark=EVENT.id),
    "events.insert": lambda google, _, integration, calendar_id: google.write(integration, calendar_id, EVENT),
    "events.get": lambda google, _, integration, calendar_id: google.change(integration, calendar_id, EVENT),
    "events.update": lambda google, _, integration, calendar_id: google.change(
        integration, calendar_id, replace(EVENT, etag='"1"')
    ),
    "events.patch": lambda google, _, integration, calendar_id: google.change(
        integration, calendar_id, replace(EVENT, etag='"1"', is_touched=True)
    ),
    "events.delete": lambda google, _, integration, calendar_id: google.remove(integration, calendar_id, EVENT.id),
}
MET = [
    (method, fault, kind)
    for method in VERBS
    for fault, kind in FAULTS
    if (method, fault) != ("events.delete", "truncate")  # its answer is empty: there is nothing to cut
]


@pytest.mark.parametrize(("method", "fault", "kind"), MET)
def test_every_question_names_what_google_said_and_is_asked_once(
    google: Google,
    fake: FakeGoogle,
    checker: int,
    integration: int,
    calendar_id: str,
    method: str,
    fault: str,
    kind: type[GoogleTrouble],
) -> None:
    moment = {"dateTime": START.isoformat()}
    fake.world.adds_event(
        MARIA, NAME, {"start": moment, "end": moment} if method == "events.insert" else written(EVENT)
    )
    fake.breaks(fault, method)

    with pytest.raises(kind):
        VERBS[method](google, checker, integration, calendar_id)

    assert len(fake.world.calls(method)) == 1


def test_how_long_to_wait_reaches_the_caller(google: Google, fake: FakeGoogle, checker: int) -> None:
    fake.world.plan(Fault("rateLimitExceeded429", "calendarList.list", retry_after_s=37))

    with pytest.raises(GoogleSilent) as silent:
        google.calendars(checker)

    assert silent.value.retry_after == 37


def test_a_token_that_died_before_its_time_is_refreshed_once(
    google: Google, fake: FakeGoogle, vault: MemoryVault, checker: int
) -> None:
    fake.world.access_tokens.clear()

    assert len(google.calendars(checker)) == 2

    assert [call.method for call in fake.world.calls()] == [
        "calendarList.list",
        "discovery",
        "token",
        "calendarList.list",
    ]
    assert vault.rows[checker].version == 2


def test_a_fresh_token_that_opens_nothing_is_a_dead_grant(
    google: Google, fake: FakeGoogle, vault: MemoryVault, checker: int
) -> None:
    """T25: one refresh; what still opens nothing is a dead grant."""
    fake.breaks("authError", "calendarList.list", times=None)

    with pytest.raises(GrantDead) as dead:
        google.calendars(checker)

    assert dead.value.reason == "invalid_grant"
    assert vault.deaths == {checker: "invalid_grant"}
    assert len(fake.world.calls("calendarList.list")) == 2
    assert len(fake.world.calls("token")) == 1


def test_a_permission_removed_at_google_is_found_by_the_next_question(
    google: Google, vault: MemoryVault, world: World, checker: int
) -> None:
    world.removes_permission(MARIA, "checker")

    with pytest.raises(GrantDead):
        google.calendars(checker)

    assert vault.deaths == {checker: "invalid_grant"}


def test_an_api_turned_off_is_the_operators_with_googles_words(
    google: Google, vault: MemoryVault, world: World
) -> None:
    world.project_of("checker").calendar_api_on = False

    with pytest.raises(InstallationWrong) as wrong:
        google.calendars(vault.holds())

    assert wrong.value.said.startswith("Google Calendar API has not been used in project")


def test_a_grant_of_the_identity_alone_is_too_narrow(google: Google, vault: MemoryVault) -> None:
    grant_id = vault.holds(scopes=INTEGRATION_SCOPES[:2])

    with pytest.raises(GrantNarrow):
        google.calendars(grant_id)
