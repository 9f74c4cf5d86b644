"""Calendars and events: ours on one side, Google's JSON on the other."""

from datetime import UTC, datetime
from typing import Any

import pytest

from wizard.evidence import Calendar
from wizard.google import AnswerUnreadable, Event
from wizard.google.events import read_calendar, read_event, written

ID = "5f1d" * 10
SAID = "2026-11-24T11:10:00+00:00/2026-11-24T11:20:00+00:00"
START, END = datetime(2026, 11, 24, 11, 10, tzinfo=UTC), datetime(2026, 11, 24, 11, 20, tzinfo=UTC)


def resource(**fields: Any) -> dict[str, Any]:
    """An event as Google answers it, with what the mask asks for."""
    return {
        "kind": "calendar#event",
        "id": ID,
        "status": "confirmed",
        "etag": '"3500"',
        "htmlLink": "https://www.google.com/calendar/event?eid=1",
        "created": "2026-11-23T20:00:00.000Z",
        "start": {"dateTime": "2026-11-24T06:10:00-05:00", "timeZone": "America/New_York"},
        "end": {"dateTime": "2026-11-24T06:20:00-05:00", "timeZone": "America/New_York"},
        "creator": {"email": "maria@clinic.example"},
        "extendedProperties": {"private": {"pimsy-mark": ID}},
    } | fields


def test_what_is_written_reaches_nobody_but_the_calendar() -> None:
    event = Event(ID, START, END, summary="PIMSY sync test", zone="America/New_York")

    assert written(event) == {
        "id": ID,
        "status": "confirmed",
        "summary": "PIMSY sync test",
        "start": {"dateTime": "2026-11-24T06:10:00-05:00", "timeZone": "America/New_York"},
        "end": {"dateTime": "2026-11-24T06:20:00-05:00", "timeZone": "America/New_York"},
        "visibility": "private",
        "transparency": "transparent",
        "reminders": {"useDefault": False},
        "extendedProperties": {"private": {"pimsy-mark": ID, "pimsy-times": SAID}},
    }


def test_without_a_zone_the_times_are_written_in_utc() -> None:
    assert written(Event(ID, START, END))["start"] == {"dateTime": "2026-11-24T11:10:00+00:00"}


def test_a_mark_of_its_own_is_written() -> None:
    assert written(Event(ID, START, END, mark="another"))["extendedProperties"] == {
        "private": {"pimsy-mark": "another", "pimsy-times": SAID}
    }


def test_an_event_is_read() -> None:
    assert read_event(resource()) == Event(
        id=ID,
        starts_at=START,
        ends_at=END,
        created=datetime(2026, 11, 23, 20, tzinfo=UTC),
        creator="maria@clinic.example",
        etag='"3500"',
        link="https://www.google.com/calendar/event?eid=1",
        mark=ID,
        zone="America/New_York",
    )


@pytest.mark.parametrize(
    ("start", "at"),
    [
        ({"dateTime": "2026-11-24T11:10:00Z"}, START),
        ({"dateTime": "2026-11-24T11:10:00.000Z"}, START),
        ({"dateTime": "2026-11-24T16:40:00+05:30"}, START),
        ({"dateTime": "2026-11-24T06:10:00", "timeZone": "America/New_York"}, START),
        ({"dateTime": "2026-11-24T05:10:00"}, START),  # in the calendar's zone
        ({"date": "2026-11-24"}, datetime(2026, 11, 24, 6, tzinfo=UTC)),  # midnight there
        # The day the clocks go back has two hours of 1:30, told apart by the offset alone.
        ({"dateTime": "2026-11-01T01:30:00-05:00"}, datetime(2026, 11, 1, 6, 30, tzinfo=UTC)),
        ({"dateTime": "2026-11-01T01:30:00-06:00"}, datetime(2026, 11, 1, 7, 30, tzinfo=UTC)),
    ],
)
def test_a_time_is_an_instant_however_it_is_written(start: dict[str, str], at: datetime) -> None:
    read = read_event(resource(start=start), "America/Chicago")

    assert read.starts_at == at
    assert read.starts_at.tzinfo is UTC


def test_what_is_not_told_is_empty() -> None:
    bare = {name: resource()[name] for name in ("id", "status", "start", "end")}

    read = read_event(bare)

    assert (read.created, read.creator, read.etag, read.link, read.mark, read.summary) == (None, "", "", "", "", "")


@pytest.mark.parametrize(
    "broken",
    [
        None,
        [],
        "text",
        {},
        resource(start=None),
        resource(start={}),
        resource(start={"dateTime": 7}),
        resource(start={"dateTime": "tomorrow"}),
        resource(start={"dateTime": "2026-11-24T06:10:00", "timeZone": "Nowhere/At_All"}),
        resource(start={"dateTime": "2026-11-24T06:10:00", "timeZone": "../etc"}),
        resource(start={"date": "2026-13-40"}),
        resource(start={"dateTime": "0001-01-01T00:00:00+14:00"}),
        resource(end=[]),
        resource(creator="maria"),
        resource(extendedProperties=[]),
        resource(created="once"),
        {name: value for name, value in resource().items() if name != "status"},
    ],
)
def test_what_no_reference_allows_is_no_event(broken: Any) -> None:
    with pytest.raises(AnswerUnreadable):
        read_event(broken)


def test_a_calendar_is_read_under_its_real_title() -> None:
    entry = {
        "id": "c1@group.calendar.google.com",
        "summary": "PIMSY Calendar",
        "summaryOverride": "My work",
        "accessRole": "owner",
        "dataOwner": "maria@clinic.example",
    }

    assert read_calendar(entry) == Calendar(
        "c1@group.calendar.google.com", "PIMSY Calendar", "owner", is_primary=False, data_owner="maria@clinic.example"
    )


@pytest.mark.parametrize("broken", [None, [], {}, {"id": "c1"}, "text"])
def test_what_no_reference_allows_is_no_calendar(broken: Any) -> None:
    with pytest.raises(AnswerUnreadable):
        read_calendar(broken)


def test_an_event_does_not_show_its_title_or_its_writer() -> None:
    assert "test" not in repr(Event(ID, START, END, summary="PIMSY sync test", creator="maria@clinic.example"))
    assert "maria" not in repr(Event(ID, START, END, creator="maria@clinic.example"))
