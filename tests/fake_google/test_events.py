"""events: ids, presence, changes, deletion, revival."""

from collections.abc import Callable
from datetime import UTC, datetime
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


def test_what_one_permission_writes_the_other_reads(writer: Any, reader: Any, id_: str) -> None:
    mark = {"private": {"pimsy-mark": ID}}
    body = event(id=ID, extendedProperties=mark, visibility="private", transparency="transparent")
    written = writer.events().insert(calendarId=id_, sendUpdates="none", body=body).execute()

    (found,) = reader.events().list(calendarId=id_, privateExtendedProperty=f"pimsy-mark={ID}").execute()["items"]

    assert found == written
    assert (found["id"], found["status"], found["creator"]) == (ID, "confirmed", {"email": MARIA})
    assert found["organizer"] == {"email": id_, "displayName": NAME, "self": True}
    assert (found["visibility"], found["transparency"]) == ("private", "transparent")
    assert found["htmlLink"].startswith("https://www.google.com/calendar/event?eid=")


def test_an_event_of_the_primary_calendar_is_ones_own(calendar: Callable[..., Any]) -> None:
    made = calendar(MARIA, "calendar").events().insert(calendarId="primary", body=event()).execute()

    assert (made["creator"], made["organizer"]) == ({"email": MARIA, "self": True}, {"email": MARIA, "self": True})


def test_created_is_googles_time_in_whole_seconds(writer: Any, id_: str, world: World) -> None:
    world.clock.set(datetime(2026, 11, 23, 14, 5, 9, 900_000, UTC))

    made = writer.events().insert(calendarId=id_, body=event(created="2020-01-01T00:00:00Z")).execute()

    assert made["created"].startswith("2026-11-23T14:05:")
    assert made["created"].endswith(".000Z")
    assert made["updated"] >= made["created"]


def test_an_id_is_given_once(writer: Any, id_: str) -> None:
    writer.events().insert(calendarId=id_, body=event(id=ID)).execute()

    with pytest.raises(HttpError) as refused:
        writer.events().insert(calendarId=id_, body=event(id=ID)).execute()

    assert reason(refused) == (409, "duplicate")
    assert refused.value.error_details[0]["message"] == "The requested identifier already exists."


def test_an_id_is_one_calendars(writer: Any, id_: str, world: World) -> None:
    other = world.adds_calendar(MARIA, "Another").id
    writer.events().insert(calendarId=id_, body=event(id=ID)).execute()

    assert writer.events().insert(calendarId=other, body=event(id=ID)).execute()["id"] == ID


def test_a_deleted_event_is_cancelled_but_not_gone(writer: Any, reader: Any, id_: str) -> None:
    writer.events().insert(calendarId=id_, body=event(id=ID)).execute()

    writer.events().delete(calendarId=id_, eventId=ID).execute()

    assert reader.events().get(calendarId=id_, eventId=ID).execute()["status"] == "cancelled"
    assert reader.events().list(calendarId=id_).execute()["items"] == []
    (shown,) = reader.events().list(calendarId=id_, showDeleted=True).execute()["items"]
    assert (shown["id"], shown["status"], shown["summary"]) == (ID, "cancelled", "PIMSY sync test")


def test_a_second_deletion_is_410(writer: Any, id_: str) -> None:
    writer.events().insert(calendarId=id_, body=event(id=ID)).execute()
    writer.events().delete(calendarId=id_, eventId=ID).execute()

    with pytest.raises(HttpError) as refused:
        writer.events().delete(calendarId=id_, eventId=ID).execute()

    assert reason(refused) == (410, "deleted")
    assert refused.value.error_details[0]["message"] == "Resource has been deleted"


def test_the_id_of_a_deleted_event_is_used_up(writer: Any, id_: str) -> None:
    writer.events().insert(calendarId=id_, body=event(id=ID)).execute()
    writer.events().delete(calendarId=id_, eventId=ID).execute()

    with pytest.raises(HttpError) as refused:
        writer.events().insert(calendarId=id_, body=event(id=ID)).execute()

    assert reason(refused) == (409, "duplicate")


@pytest.mark.parametrize("how", ["patch", "update"])
def test_a_deleted_event_can_be_revived(writer: Any, id_: str, how: str) -> None:
    made = writer.events().insert(calendarId=id_, body=event(id=ID)).execute()
    writer.events().delete(calendarId=id_, eventId=ID).execute()
    body = {"patch": {"status": "confirmed"}, "update": event()}[how]

    revived = getattr(writer.events(), how)(calendarId=id_, eventId=ID, body=body).execute()

    assert (revived["status"], revived["created"]) == ("confirmed", made["created"])
    assert len(writer.events().list(calendarId=id_).execute()["items"]) == 1


@pytest.mark.parametrize("how", ["get", "delete"])
def test_an_event_that_never_was_is_not_found(writer: Any, id_: str, how: str) -> None:
    with pytest.raises(HttpError) as refused:
        getattr(writer.events(), how)(calendarId=id_, eventId="neverwas").execute()

    assert reason(refused) == (404, "notFound")


def test_a_patch_changes_what_it_names(writer: Any, id_: str) -> None:
    properties = {"private": {"a": "1", "b": "2"}}
    writer.events().insert(
        calendarId=id_, body=event(id=ID, location="Room 1", extendedProperties=properties)
    ).execute()

    patch = {"summary": "Moved", "location": None, "extendedProperties": {"private": {"b": None, "c": "3"}}}
    patched = writer.events().patch(calendarId=id_, eventId=ID, body=patch).execute()

    assert (patched["summary"], "location" in patched, patched["start"]) == (
        "Moved", False, START | {"timeZone": "America/New_York"},
    )  # fmt: skip
    assert patched["extendedProperties"] == {"private": {"a": "1", "c": "3"}}


def test_a_patch_may_turn_an_hour_into_a_day(writer: Any, id_: str) -> None:
    writer.events().insert(calendarId=id_, body=event(id=ID)).execute()

    day = {"start": {"date": "2026-11-24"}, "end": {"date": "2026-11-25"}}

    assert writer.events().patch(calendarId=id_, eventId=ID, body=day).execute()["end"] == {"date": "2026-11-25"}


def test_an_update_forgets_what_it_does_not_name(writer: Any, id_: str) -> None:
    writer.events().insert(calendarId=id_, body=event(id=ID, location="Room 1")).execute()

    updated = writer.events().update(calendarId=id_, eventId=ID, body={"start": START, "end": END}).execute()

    assert not {"summary", "location"} & updated.keys()


def test_an_update_needs_its_times(rest: Rest, writer: Any, id_: str) -> None:
    writer.events().insert(calendarId=id_, body=event(id=ID)).execute()

    answer = rest("PUT", f"calendars/{id_}/events/{ID}", json={"start": START})

    assert answer.json()["error"]["message"] == "Missing end time."


def test_a_move_raises_the_sequence(writer: Any, id_: str) -> None:
    writer.events().insert(calendarId=id_, body=event(id=ID)).execute()

    renamed = writer.events().patch(calendarId=id_, eventId=ID, body={"summary": "x"}).execute()
    moved = writer.events().patch(calendarId=id_, eventId=ID, body={"end": START}).execute()

    assert (renamed["sequence"], moved["sequence"]) == (0, 1)


@pytest.mark.parametrize(("verb", "body"), [("PATCH", {"summary": "x"}), ("PUT", event()), ("DELETE", None)])
def test_an_old_etag_changes_nothing(rest: Rest, writer: Any, id_: str, verb: str, body: Any) -> None:
    old = writer.events().insert(calendarId=id_, body=event(id=ID)).execute()["etag"]
    new = writer.events().patch(calendarId=id_, eventId=ID, body={"summary": "newer"}).execute()["etag"]
    path = f"calendars/{id_}/events/{ID}"

    late = rest(verb, path, json=body, headers={"If-Match": old})
    right = rest(verb, path, json=body, headers={"If-Match": new})

    assert (late.status_code, late.json()["error"]["errors"][0]["reason"]) == (412, "conditionNotMet")
    assert right.status_code in {200, 204}


def test_none_match_answers_304(rest: Rest, writer: Any, id_: str) -> None:
    etag = writer.events().insert(calendarId=id_, body=event(id=ID)).execute()["etag"]
    path = f"calendars/{id_}/events/{ID}"

    assert rest("GET", path, headers={"If-None-Match": etag}).status_code == 304
    writer.events().delete(calendarId=id_, eventId=ID).execute()
    assert rest("GET", path, headers={"If-None-Match": etag}).status_code == 200


@pytest.mark.parametrize("role", ["reader", "writer"])
def test_an_owned_scope_stops_at_calendars_of_others(rest: Rest, world: World, role: str) -> None:
    world.adds_calendar(JOE, NAME)
    id_ = world.shares_calendar(JOE, NAME, MARIA, role).id

    narrow = rest("GET", f"calendars/{id_}/events", scopes=("calendar.events.owned",))
    world.manners.owned_scope_elsewhere = 404
    unseen = rest("GET", f"calendars/{id_}/events", scopes=("calendar.events.owned",))
    wide = rest("GET", f"calendars/{id_}/events", scopes=("calendar.events",))

    assert narrow.json()["error"]["errors"][0]["reason"] == "insufficientPermissions"
    assert (narrow.status_code, unseen.status_code, wide.status_code) == (403, 404, 200)


def test_a_reader_does_not_write(rest: Rest, world: World) -> None:
    world.adds_calendar(JOE, NAME)
    id_ = world.shares_calendar(JOE, NAME, MARIA, "reader").id

    answer = rest("POST", f"calendars/{id_}/events", json=event())

    assert answer.status_code == 403
    assert answer.json()["error"]["errors"][0] == {
        "domain": "global",
        "reason": "requiredAccessLevel",
        "message": "You need to have writer access to this calendar.",
    }
