"""What an event may look like, and how its times are told."""

from collections.abc import Callable
from typing import Any

import pytest
import requests
from googleapiclient.errors import HttpError

from e2e.fake_google import World
from tests.fake_google.conftest import JOE, MARIA

Rest = Callable[..., requests.Response]
NAME = "PIMSY Calendar"
START = {"dateTime": "2026-11-24T06:10:00-05:00"}
END = {"dateTime": "2026-11-24T06:20:00-05:00"}
ID = "a1b2c3d4e5f60718"


@pytest.fixture
def id_(world: World) -> str:
    return world.adds_calendar(MARIA, NAME).id


@pytest.fixture
def writer(calendar: Callable[..., Any], id_: str) -> Any:
    return calendar(MARIA, "calendar.events.owned")


@pytest.fixture
def reader(calendar: Callable[..., Any], id_: str) -> Any:
    return calendar(MARIA, "calendar.events.owned.readonly", client="checker")


def event(**changes: Any) -> dict[str, Any]:
    return {"summary": "PIMSY sync test", "start": START, "end": END} | changes


def reason(refused: pytest.ExceptionInfo[HttpError]) -> tuple[int, str]:
    return refused.value.status_code, refused.value.error_details[0]["reason"]


@pytest.mark.parametrize(
    ("point", "said"),
    [
        ({"dateTime": "2026-11-24T06:10:00-05:00"}, "2026-11-24T06:10:00-05:00"),
        ({"dateTime": "2026-11-24T11:10:00Z"}, "2026-11-24T06:10:00-05:00"),
        ({"dateTime": "2026-11-24T12:10:00+01:00"}, "2026-11-24T06:10:00-05:00"),
        ({"dateTime": "2026-11-24T05:10:00", "timeZone": "America/Chicago"}, "2026-11-24T06:10:00-05:00"),
        ({"dateTime": "2026-07-01T10:10:00Z"}, "2026-07-01T06:10:00-04:00"),
    ],
)
def test_times_are_told_in_the_calendars_zone(writer: Any, id_: str, point: dict[str, str], said: str) -> None:
    made = writer.events().insert(calendarId=id_, body=event(start=point, end=point)).execute()

    assert made["start"]["dateTime"] == said


def test_times_are_told_in_the_zone_asked_for(writer: Any, id_: str) -> None:
    writer.events().insert(calendarId=id_, body=event()).execute()

    told = writer.events().list(calendarId=id_, timeZone="America/Denver").execute()

    assert told["timeZone"] == "America/Denver"
    assert told["items"][0]["start"]["dateTime"] == "2026-11-24T04:10:00-07:00"


def test_a_whole_day_stays_a_date(writer: Any, id_: str) -> None:
    day = {"start": {"date": "2026-11-24"}, "end": {"date": "2026-11-25"}}

    assert writer.events().insert(calendarId=id_, body=event(**day)).execute()["start"] == {"date": "2026-11-24"}


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"start": None}, "Missing start time."),
        ({"end": None}, "Missing end time."),
        ({"start": {}}, "Missing start time."),
        ({"start": {"dateTime": "2026-11-24T06:10:00"}}, "Missing time zone definition for start time."),
        ({"start": {"dateTime": "2026-11-24T06:10:00", "timeZone": "Mars/Olympus"}},
         "Invalid time zone definition for start time."),
        ({"start": {"dateTime": "24 November"}}, "Bad Request"),
        ({"start": {"dateTime": "2026-11-31T06:10:00Z"}}, "Bad Request"),
        ({"start": {"date": "2026-11-24"}}, "Invalid start time."),
        ({"start": {"date": "2026-11-24", "dateTime": "2026-11-24T06:10:00Z"}}, "Invalid start time."),
        ({"start": END, "end": START}, "The specified time range is empty."),
        ({"id": "abc"}, "Invalid resource id value."),
        ({"id": "ABCDEF"}, "Invalid resource id value."),
        ({"id": "abcde-wxyz"}, "Invalid resource id value."),
        ({"id": "a" * 1025}, "Invalid resource id value."),
        ({"status": "maybe"}, "Invalid value for: status"),
        ({"visibility": "secret"}, "Invalid value for: visibility"),
        ({"transparency": "glass"}, "Invalid value for: transparency"),
        ({"extendedProperties": {"private": {"mark": "v" * 1025}}}, "The extended property is too long."),
        ({"reminders": {"useDefault": False, "overrides": [{"method": "popup", "minutes": 1}] * 6}},
         "Too many reminder overrides."),
    ],
)  # fmt: skip
def test_an_event_google_would_not_take(rest: Rest, id_: str, changes: dict[str, Any], message: str) -> None:
    answer = rest("POST", f"calendars/{id_}/events", json=event(**changes))

    assert answer.status_code == 400
    assert answer.json()["error"]["message"] == message


@pytest.mark.parametrize(
    "more",
    [{"recurrence": ["RRULE:FREQ=DAILY"]}, {"attendees": [{"email": JOE}]}, {"eventType": "focusTime"}],
)
def test_what_would_only_be_pretended_says_so(rest: Rest, id_: str, more: dict[str, Any]) -> None:
    assert rest("POST", f"calendars/{id_}/events", json=event(**more)).status_code == 501
