"""Calendars and events, read with the permission that proves and written with the one that may."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from e2e.fake_google import FakeGoogle, Fault, World
from tests.google.vault import MARIA, MemoryVault
from wizard.evidence import PinnedNow
from wizard.google import (
    INTEGRATION_SCOPES,
    AlienEvent,
    CalendarGone,
    CalendarOff,
    CalendarOthers,
    Event,
    Google,
    GoogleSilent,
    GoogleTrouble,
    GrantDead,
    GrantNarrow,
    InstallationWrong,
    Permission,
    QuotaUsed,
)
from wizard.google.events import written

NAME = "PIMSY Calendar"
START = datetime(2026, 11, 24, 11, 10, tzinfo=UTC)
EVENT = Event("5f1d" * 10, START, START + timedelta(minutes=10), summary="PIMSY sync test", zone="America/New_York")
LATER = replace(EVENT, starts_at=START + timedelta(hours=1), ends_at=START + timedelta(hours=1, minutes=10))


@pytest.fixture
def checker(vault: MemoryVault, world: World) -> int:
    return vault.holds(expires_at=world.now() + timedelta(seconds=3000))


@pytest.fixture
def integration(vault: MemoryVault, world: World) -> int:
    return vault.holds(Permission.INTEGRATION, expires_at=world.now() + timedelta(seconds=3000))


# ── the list of calendars ─────────────────────────────────────────────────────────────────────────────────────────────


def test_the_list_holds_every_calendar_with_its_role(google: Google, checker: int, world: World) -> None:
    world.adds_calendar("joe@clinic.example", NAME)
    world.shares_calendar("joe@clinic.example", NAME, MARIA, "writer")

    seen = {(one.summary, one.access_role, one.is_primary, one.data_owner) for one in google.calendars(checker)}

    assert seen == {
        (MARIA, "owner", True, ""),
        (NAME, "owner", False, MARIA),
        (NAME, "writer", False, "joe@clinic.example"),
    }


def test_a_hidden_calendar_is_seen_and_a_deleted_one_is_not(google: Google, checker: int, world: World) -> None:
    world.hides_calendar(MARIA, NAME)
    world.adds_calendar(MARIA, "Old")
    world.deletes_calendar(MARIA, "Old")

    assert [one.summary for one in google.calendars(checker)] == [MARIA, NAME]


def test_every_page_is_read(google: Google, checker: int, world: World) -> None:
    for number in range(600):
        world.adds_calendar(MARIA, f"Calendar {number}")

    seen = google.calendars(checker)

    assert len({one.id for one in seen}) == 602
    assert len(world.calls("calendarList.list")) == 3


def test_looking_at_the_list_is_one_question_with_a_mask(google: Google, checker: int, world: World) -> None:
    google.calendars(checker)

    (call,) = world.calls()
    assert call.method == "calendarList.list"
    assert call.query["showHidden"] == ["true"]
    assert call.query["maxResults"] == ["250"]
    assert call.query["fields"] == ["kind,nextPageToken,items(id,summary,accessRole,primary,deleted,dataOwner)"]


# ── reading events ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_what_was_written_is_read_by_the_other_permission(
    google: Google, checker: int, integration: int, calendar_id: str, world: World
) -> None:
    google.write(integration, calendar_id, EVENT)

    now = google.events(checker, calendar_id, mark=EVENT.id)

    assert now.pinned == PinnedNow(calendar_id, NAME, "owner")
    (event,) = now.events
    assert (event.id, event.mark, event.status) == (EVENT.id, EVENT.id, "confirmed")
    assert (event.starts_at, event.ends_at) == (EVENT.starts_at, EVENT.ends_at)
    assert event.creator == MARIA
    assert event.created is not None
    assert abs(event.created - world.now()) < timedelta(seconds=60)
    assert event.link.startswith("http")
    assert event.etag


def test_looking_for_an_event_is_one_question_about_it_alone(
    google: Google, checker: int, calendar_id: str, world: World
) -> None:
    google.events(checker, calendar_id, mark=EVENT.id)

    (call,) = world.calls()
    assert call.method == "events.list"
    assert call.query["privateExtendedProperty"] == [f"pimsy-mark={EVENT.id}"]
    assert call.query["showDeleted"] == ["true"]
    assert "summary" not in call.query["fields"][0].partition("items(")[2]


def test_events_of_others_in_the_same_calendar_are_not_read(
    google: Google, checker: int, calendar_id: str, world: World
) -> None:
    moment = {"dateTime": START.isoformat()}
    world.adds_event(MARIA, NAME, {"summary": "Dentist", "start": moment, "end": moment})

    assert google.events(checker, calendar_id, mark=EVENT.id).events == ()


def test_an_event_that_was_removed_is_read_as_cancelled(
    google: Google, checker: int, integration: int, calendar_id: str
) -> None:
    google.write(integration, calendar_id, EVENT)
    google.remove(integration, calendar_id, EVENT.id)

    assert [event.is_cancelled for event in google.events(checker, calendar_id, mark=EVENT.id).events] == [True]


def test_a_renamed_calendar_tells_its_name_by_the_same_question(
    google: Google, checker: int, calendar_id: str, world: World
) -> None:
    world.renames_calendar(MARIA, NAME, "Pimsy calendar")

    assert google.events(checker, calendar_id, mark=EVENT.id).pinned == PinnedNow(
        calendar_id, "Pimsy calendar", "owner"
    )


def test_a_deleted_calendar_is_gone_and_no_empty_one(
    google: Google, checker: int, calendar_id: str, world: World
) -> None:
    world.deletes_calendar(MARIA, NAME)

    with pytest.raises(CalendarGone):
        google.events(checker, calendar_id, mark=EVENT.id)


# ── writing ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_an_event_is_written_under_its_own_id_and_tells_nobody(
    google: Google, integration: int, calendar_id: str, world: World
) -> None:
    written = google.write(integration, calendar_id, EVENT)

    assert (written.id, written.starts_at, written.summary) == (EVENT.id, EVENT.starts_at, EVENT.summary)
    (event,) = world.events_in(MARIA, NAME)
    assert event["id"] == EVENT.id
    assert event["visibility"] == "private"
    assert event["transparency"] == "transparent"
    assert event["reminders"] == {"useDefault": False}
    assert event["extendedProperties"] == {"private": {"pimsy-mark": EVENT.id}}
    assert "attendees" not in event
    (call,) = world.calls()
    assert call.query["sendUpdates"] == ["none"]


def test_writing_twice_makes_one_event(google: Google, integration: int, calendar_id: str, world: World) -> None:
    first = google.write(integration, calendar_id, EVENT)
    second = google.write(integration, calendar_id, EVENT)

    assert second == first
    assert len(world.events_in(MARIA, NAME)) == 1
    assert world.calls("events.update") == []


def test_an_event_whose_answer_was_lost_is_adopted(
    google: Google, fake: FakeGoogle, integration: int, calendar_id: str, world: World
) -> None:
    fake.loses_the_next_answer("events.insert")
    with pytest.raises(GoogleSilent):
        google.write(integration, calendar_id, EVENT)

    google.write(integration, calendar_id, EVENT)

    assert [event["id"] for event in world.events_in(MARIA, NAME)] == [EVENT.id]
    assert len(world.calls("events.insert")) == 2


def test_an_adopted_event_is_brought_to_the_wanted_times(
    google: Google, integration: int, calendar_id: str, world: World
) -> None:
    google.write(integration, calendar_id, EVENT)

    assert google.write(integration, calendar_id, LATER).starts_at == LATER.starts_at
    assert [call.status for call in world.calls("events.update")] == [200]


def test_an_event_that_was_deleted_is_revived_by_writing(
    google: Google, integration: int, calendar_id: str, world: World
) -> None:
    google.write(integration, calendar_id, EVENT)
    world.deletes_event(MARIA, NAME, EVENT.id)

    revived = google.write(integration, calendar_id, LATER)

    assert not revived.is_cancelled
    assert [event["id"] for event in world.events_in(MARIA, NAME)] == [EVENT.id]


@pytest.mark.parametrize("mark", [{}, {"extendedProperties": {"private": {"pimsy-mark": "another"}}}])
def test_a_strangers_event_under_our_id_is_left_alone(
    google: Google, integration: int, calendar_id: str, world: World, mark: dict[str, object]
) -> None:
    moment = {"dateTime": START.isoformat()}
    theirs = world.adds_event(
        MARIA, NAME, {"id": EVENT.id, "summary": "Dentist", "start": moment, "end": moment} | mark
    )

    with pytest.raises(AlienEvent):
        google.write(integration, calendar_id, EVENT)

    assert world.events_in(MARIA, NAME) == [theirs]


def test_writing_into_a_calendar_that_is_gone(google: Google, integration: int, calendar_id: str, world: World) -> None:
    world.deletes_calendar(MARIA, NAME)

    for verb in (google.write, google.change):
        with pytest.raises(CalendarGone):
            verb(integration, calendar_id, EVENT)


def test_the_checker_cannot_write(google: Google, checker: int, calendar_id: str, world: World) -> None:
    with pytest.raises(GrantNarrow):
        google.write(checker, calendar_id, EVENT)

    assert world.events_in(MARIA, NAME) == []


def test_the_integration_cannot_see_the_list(google: Google, integration: int) -> None:
    with pytest.raises(GrantNarrow):
        google.calendars(integration)


# ── changing ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_an_event_moves_by_one_question_where_its_state_is_known(
    google: Google, integration: int, calendar_id: str, world: World
) -> None:
    written = google.write(integration, calendar_id, EVENT)

    moved = google.change(integration, calendar_id, replace(LATER, etag=written.etag))

    assert moved.starts_at == LATER.starts_at
    assert [call.method for call in world.calls()] == ["events.insert", "events.update"]


def test_an_event_changed_by_its_person_meanwhile_is_read_again_and_moved(
    google: Google, integration: int, calendar_id: str, world: World
) -> None:
    written = google.write(integration, calendar_id, EVENT)
    google.change(integration, calendar_id, replace(EVENT, summary="Renamed", etag=written.etag))

    moved = google.change(integration, calendar_id, replace(LATER, etag=written.etag))

    assert (moved.starts_at, moved.summary) == (LATER.starts_at, LATER.summary)
    assert [call.status for call in world.calls("events.update")] == [200, 412, 200]


@pytest.mark.parametrize("knows_state", [True, False])
def test_an_event_deleted_by_its_person_comes_back_where_it_moved(
    google: Google, integration: int, calendar_id: str, world: World, *, knows_state: bool
) -> None:
    written = google.write(integration, calendar_id, EVENT)
    world.deletes_event(MARIA, NAME, EVENT.id)

    google.change(integration, calendar_id, replace(LATER, etag=written.etag if knows_state else ""))

    (event,) = world.events_in(MARIA, NAME)
    assert event["id"] == EVENT.id
    assert datetime.fromisoformat(event["start"]["dateTime"]) == LATER.starts_at


def test_an_event_that_never_was_is_written_anew(
    google: Google, integration: int, calendar_id: str, world: World
) -> None:
    google.change(integration, calendar_id, EVENT)

    assert [event["id"] for event in world.events_in(MARIA, NAME)] == [EVENT.id]


def test_a_strangers_event_is_not_changed(google: Google, integration: int, calendar_id: str, world: World) -> None:
    moment = {"dateTime": START.isoformat()}
    theirs = world.adds_event(MARIA, NAME, {"id": EVENT.id, "summary": "Dentist", "start": moment, "end": moment})

    with pytest.raises(AlienEvent):
        google.change(integration, calendar_id, LATER)

    assert world.events_in(MARIA, NAME) == [theirs]


def test_an_event_that_changes_all_the_time_is_left_for_later(
    google: Google, fake: FakeGoogle, integration: int, calendar_id: str
) -> None:
    google.write(integration, calendar_id, EVENT)
    fake.breaks("conditionNotMet", "events.update", times=None)

    with pytest.raises(GoogleSilent):
        google.change(integration, calendar_id, LATER)

    assert len(fake.world.calls("events.update")) == 3


# ── removing ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_an_event_is_removed(google: Google, integration: int, calendar_id: str, world: World) -> None:
    google.write(integration, calendar_id, EVENT)

    google.remove(integration, calendar_id, EVENT.id)

    assert world.events_in(MARIA, NAME) == []
    assert world.calls("events.delete")[0].query["sendUpdates"] == ["none"]


def test_removing_twice_or_what_never_was_is_done(
    google: Google, integration: int, calendar_id: str, world: World
) -> None:
    google.write(integration, calendar_id, EVENT)

    for event_id in (EVENT.id, EVENT.id, "0" * 40):
        google.remove(integration, calendar_id, event_id)

    assert [call.status for call in world.calls("events.delete")] == [204, 410, 404]


def test_removing_from_a_calendar_that_is_gone_is_done(
    google: Google, integration: int, calendar_id: str, world: World
) -> None:
    google.write(integration, calendar_id, EVENT)
    world.deletes_calendar(MARIA, NAME)

    google.remove(integration, calendar_id, EVENT.id)


def test_a_portals_page_is_no_removal(
    google: Google, fake: FakeGoogle, integration: int, calendar_id: str, world: World
) -> None:
    google.write(integration, calendar_id, EVENT)
    fake.breaks("html", "events.delete")

    with pytest.raises(GoogleSilent):
        google.remove(integration, calendar_id, EVENT.id)

    assert len(world.events_in(MARIA, NAME)) == 1


# ── what Google says instead ──────────────────────────────────────────────────────────────────────────────────────────

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
