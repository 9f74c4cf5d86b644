"""Calendars and events, read with the permission that proves."""

from datetime import timedelta

import pytest

from e2e.fake_google import World
from tests.google.samples import EVENT, NAME, START
from tests.google.vault import MARIA
from wizard.evidence import PinnedNow
from wizard.google import (
    CalendarGone,
    Google,
)

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
