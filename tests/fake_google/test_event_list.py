"""events.list: what is in, what is left out, in which order, page by page."""

from collections.abc import Callable
from typing import Any

import pytest
import requests

from e2e.fake_google import World
from tests.fake_google.conftest import MARIA

Rest = Callable[..., requests.Response]
NAME = "PIMSY Calendar"


def at(clock: str, day: int = 24) -> dict[str, str]:
    return {"dateTime": f"2026-11-{day}T{clock}:00-05:00"}


@pytest.fixture
def id_(world: World) -> str:
    """Three appointments of ten minutes, the last one written first."""
    calendar = world.adds_calendar(MARIA, NAME)
    for start, end in (("08:00", "08:10"), ("06:10", "06:20"), ("07:00", "07:10")):
        hour = start[:2]
        properties = {"private": {"desk": hour, "test": "yes"}, "shared": {"room": hour}}
        resource = {"summary": f"at {hour}", "start": at(start), "end": at(end), "extendedProperties": properties}
        world.adds_event(MARIA, NAME, resource | {"id": f"event{hour}"})
    return calendar.id


@pytest.fixture
def listed(rest: Rest, id_: str) -> Callable[..., list[str]]:
    def ask(**given: Any) -> list[str]:
        answer = rest("GET", f"calendars/{id_}/events", params=given)
        assert answer.status_code == 200, answer.text
        return [one["summary"][3:] for one in answer.json()["items"]]

    return ask


def test_the_envelope_tells_of_the_calendar(rest: Rest, id_: str) -> None:
    told = rest("GET", f"calendars/{id_}/events", params={"maxResults": 1}).json()

    assert {name: told[name] for name in ("kind", "summary", "accessRole", "timeZone", "defaultReminders")} == {
        "kind": "calendar#events", "summary": NAME, "accessRole": "owner", "timeZone": "America/New_York",
        "defaultReminders": [],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ({}, ["08", "06", "07"]),
        ({"singleEvents": "true", "orderBy": "startTime"}, ["06", "07", "08"]),
        ({"orderBy": "updated"}, ["08", "06", "07"]),
        # timeMin bounds the end, timeMax the start, both exclusive.
        ({"timeMin": "2026-11-24T06:19:59-05:00", "timeMax": "2026-11-24T07:00:00-05:00"}, ["06"]),
        ({"timeMin": "2026-11-24T06:20:00-05:00", "timeMax": "2026-11-24T07:00:01-05:00"}, ["07"]),
        ({"timeMin": "2026-11-24T11:20:00Z"}, ["08", "07"]),
        ({"timeMax": "2026-11-24T06:10:00-05:00"}, []),
        ({"timeMax": "2026-11-24T06:10:01-05:00"}, ["06"]),
        ({"privateExtendedProperty": "desk=07"}, ["07"]),
        ({"privateExtendedProperty": ["desk=07", "test=yes"]}, ["07"]),
        ({"privateExtendedProperty": ["desk=07", "desk=08"]}, []),
        ({"privateExtendedProperty": "desk=0"}, []),
        ({"sharedExtendedProperty": "room=08"}, ["08"]),
        ({"q": "AT 06"}, ["06"]),
        ({"q": "nobody"}, []),
        ({"iCalUID": "event07@google.com"}, ["07"]),
        ({"eventTypes": "focusTime"}, []),
        ({"eventTypes": ["focusTime", "default"]}, ["08", "06", "07"]),
    ],
)
def test_what_is_asked_for_is_listed(
    listed: Callable[..., list[str]], given: dict[str, Any], wanted: list[str]
) -> None:
    assert listed(**given) == wanted


def test_an_empty_range_is_refused(rest: Rest, id_: str) -> None:
    same = "2026-11-24T06:10:00-05:00"

    answer = rest("GET", f"calendars/{id_}/events", params={"timeMin": same, "timeMax": same})

    assert answer.json()["error"]["errors"] == [
        {
            "domain": "calendar",
            "reason": "timeRangeEmpty",
            "message": "The specified time range is empty.",
            "locationType": "parameter",
            "location": "timeMax",
        }
    ]


def test_a_mark_finds_a_cancelled_event_too(listed: Callable[..., list[str]], world: World, id_: str) -> None:
    world.deletes_event(MARIA, NAME, "event07")

    assert listed(privateExtendedProperty="desk=07") == []
    assert listed(privateExtendedProperty="desk=07", showDeleted="true") == ["07"]


def test_updated_min_shows_cancelled_ones(listed: Callable[..., list[str]], world: World, id_: str) -> None:
    world.clock.advance(60)
    since = world.now().isoformat()
    world.clock.advance(60)
    world.deletes_event(MARIA, NAME, "event07")

    assert listed(updatedMin=since) == ["07"]


def test_pages_are_followed(rest: Rest, id_: str) -> None:
    seen: list[str] = []
    given: dict[str, Any] = {"maxResults": 2}
    for _ in range(2):
        page = rest("GET", f"calendars/{id_}/events", params=given).json()
        seen += [one["summary"][3:] for one in page["items"]]
        given["pageToken"] = page.get("nextPageToken", "")

    assert (seen, given["pageToken"]) == (["08", "06", "07"], "")


@pytest.mark.parametrize(("manner", "sizes"), [({"longest_page": 2}, [2, 1]), ({"empty_first_page": True}, [0, 3])])
def test_a_page_may_be_short_or_empty(
    rest: Rest, world: World, id_: str, manner: dict[str, Any], sizes: list[int]
) -> None:
    for name, value in manner.items():
        setattr(world.manners, name, value)

    first = rest("GET", f"calendars/{id_}/events").json()
    second = rest("GET", f"calendars/{id_}/events", params={"pageToken": first["nextPageToken"]}).json()

    assert [len(first["items"]), len(second["items"])] == sizes
    assert "nextPageToken" not in second


def test_a_sync_tells_what_changed_since(rest: Rest, world: World, id_: str) -> None:
    path = f"calendars/{id_}/events"
    token = rest("GET", path).json()["nextSyncToken"]
    world.deletes_event(MARIA, NAME, "event07")

    told = rest("GET", path, params={"syncToken": token}).json()

    assert [(one["id"], one["status"]) for one in told["items"]] == [("event07", "cancelled")]
    assert rest("GET", path, params={"syncToken": told["nextSyncToken"]}).json()["items"] == []


def test_a_change_between_two_pages_is_told_by_the_next_sync(rest: Rest, world: World, id_: str) -> None:
    path = f"calendars/{id_}/events"
    first = rest("GET", path, params={"maxResults": 2}).json()
    world.deletes_event(MARIA, NAME, "event08")
    last = rest("GET", path, params={"maxResults": 2, "pageToken": first["nextPageToken"]}).json()

    told = rest("GET", path, params={"syncToken": last["nextSyncToken"]}).json()

    assert [one["id"] for one in told["items"]] == ["event08"]


def test_a_stale_sync_token_asks_for_everything(rest: Rest, world: World, id_: str) -> None:
    token = rest("GET", f"calendars/{id_}/events").json()["nextSyncToken"]
    world.manners.sync_tokens_before = world.changes + 1

    answer = rest("GET", f"calendars/{id_}/events", params={"syncToken": token})

    assert answer.status_code == 410
    assert answer.json()["error"]["errors"] == [
        {
            "domain": "calendar",
            "reason": "fullSyncRequired",
            "message": "Sync token is no longer valid, a full sync is required.",
            "locationType": "parameter",
            "location": "syncToken",
        }
    ]


@pytest.mark.parametrize(
    "given",
    [
        {"iCalUID": "x"},
        {"orderBy": "updated"},
        {"privateExtendedProperty": "a=b"},
        {"q": "x"},
        {"sharedExtendedProperty": "a=b"},
        {"timeMin": "2026-11-24T06:10:00Z"},
        {"timeMax": "2026-11-24T06:10:00Z"},
        {"updatedMin": "2026-11-24T06:10:00Z"},
    ],
    ids=lambda given: next(iter(given)),
)
def test_a_sync_token_stands_alone(rest: Rest, id_: str, given: dict[str, str]) -> None:
    token = rest("GET", f"calendars/{id_}/events").json()["nextSyncToken"]

    assert rest("GET", f"calendars/{id_}/events", params={"syncToken": token} | given).status_code == 400
    assert "nextSyncToken" not in rest("GET", f"calendars/{id_}/events", params=given).json()


def test_a_mask_keeps_the_envelope_short(rest: Rest, id_: str) -> None:
    mask = "summary,accessRole,items(id,start/dateTime,extendedProperties/private)"

    told = rest("GET", f"calendars/{id_}/events", params={"fields": mask, "maxResults": 1}).json()

    assert told == {
        "summary": NAME,
        "accessRole": "owner",
        "items": [
            {
                "id": "event08",
                "start": {"dateTime": "2026-11-24T08:00:00-05:00"},
                "extendedProperties": {"private": {"desk": "08", "test": "yes"}},
            }
        ],
    }
