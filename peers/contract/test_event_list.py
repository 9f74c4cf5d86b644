"""events.list through google-api-python-client. Source: developers.google.com/workspace/calendar/api/v3/reference/events/list."""

import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from googleapiclient.errors import HttpError
from peers.contract.conftest import Books, Json, Rest
from peers.contract.reading import reason
from peers.contract.target import NAME

Ids = Callable[..., list[str]]
MINUTE = timedelta(minutes=1)


@pytest.fixture
def mark() -> str:
    """A private property nobody else's event has."""
    return f"pimsy={secrets.token_hex(10)}"


@pytest.fixture
def booked(books: Books, mark: str) -> Json:
    name, value = mark.split("=")
    return books(extendedProperties={"private": {name: value}})


@pytest.fixture
def ids(events: Any, id_: str) -> Ids:
    def found(**given: Any) -> list[str]:
        return [one["id"] for one in events.list(calendarId=id_, **given).execute()["items"]]

    return found


def test_the_list_tells_of_its_calendar(events: Any, id_: str) -> None:
    told = events.list(calendarId=id_, maxResults=1).execute()

    assert (told["kind"], told["summary"], told["accessRole"]) == ("calendar#events", NAME, "owner")
    assert {"etag", "updated", "timeZone"} <= told.keys()


def test_an_event_is_found_by_its_mark(booked: Json, ids: Ids, mark: str) -> None:
    assert ids(privateExtendedProperty=mark) == [booked["id"]]


def test_every_mark_has_to_hold(booked: Json, ids: Ids, mark: str) -> None:
    assert ids(privateExtendedProperty=[mark, "pimsy=another"]) == []


def test_a_private_mark_is_not_a_shared_one(booked: Json, ids: Ids, mark: str) -> None:
    assert ids(sharedExtendedProperty=mark) == []


def test_a_deleted_event_is_left_out(booked: Json, events: Any, id_: str, ids: Ids, mark: str) -> None:
    events.delete(calendarId=id_, eventId=booked["id"]).execute()

    assert ids(privateExtendedProperty=mark) == []


def test_a_deleted_event_is_shown_to_who_asks(booked: Json, events: Any, id_: str, mark: str) -> None:
    events.delete(calendarId=id_, eventId=booked["id"]).execute()

    (event,) = events.list(calendarId=id_, privateExtendedProperty=mark, showDeleted=True).execute()["items"]

    assert (event["id"], event["status"]) == (booked["id"], "cancelled")


@pytest.mark.parametrize(
    ("begins", "ends", "found"),
    [
        (timedelta(0), timedelta(minutes=15), True),
        (timedelta(minutes=14), timedelta(minutes=30), True),
        (timedelta(minutes=15), timedelta(minutes=30), False),  # timeMin bounds the end, exclusive
        (-timedelta(minutes=30), timedelta(0), False),  # timeMax bounds the start, exclusive
        (-timedelta(minutes=30), MINUTE, True),
    ],
)
def test_times_bound_the_list(
    booked: Json, ids: Ids, slot: datetime, mark: str, begins: timedelta, ends: timedelta, found: bool
) -> None:
    given = {"timeMin": (slot + begins).isoformat(), "timeMax": (slot + ends).isoformat()}

    assert (booked["id"] in ids(privateExtendedProperty=mark, **given)) is found


@pytest.mark.parametrize("name", ["timeMin", "timeMax", "updatedMin"])
def test_a_time_needs_an_offset(rest: Rest, id_: str, name: str) -> None:
    assert rest("GET", f"calendars/{id_}/events", params={name: "2031-02-03T10:00:00"}).status_code == 400


def test_an_empty_range_is_refused(events: Any, id_: str, slot: datetime) -> None:
    with pytest.raises(HttpError) as raised:
        events.list(calendarId=id_, timeMin=slot.isoformat(), timeMax=slot.isoformat()).execute()

    assert reason(raised) == (400, "timeRangeEmpty")


def test_events_are_ordered_by_start(books: Books, ids: Ids, slot: datetime) -> None:
    second = books()["id"]
    earlier = {"dateTime": (slot - 5 * MINUTE).isoformat()}
    first = books(start=earlier)["id"]

    given = {"timeMin": (slot - 5 * MINUTE).isoformat(), "timeMax": (slot + MINUTE).isoformat()}
    found = ids(singleEvents=True, orderBy="startTime", **given)

    assert [one for one in found if one in {first, second}] == [first, second]


def test_order_by_start_is_for_single_events(events: Any, id_: str) -> None:
    with pytest.raises(HttpError) as raised:
        events.list(calendarId=id_, orderBy="startTime").execute()

    assert raised.value.status_code == 400


def test_events_are_ordered_by_change(books: Books, events: Any, id_: str, ids: Ids, slot: datetime) -> None:
    first, second = books(), books()
    events.patch(calendarId=id_, eventId=first["id"], body={"summary": "PIMSY sync test 2"}).execute()

    found = ids(orderBy="updated", timeMin=slot.isoformat(), timeMax=(slot + MINUTE).isoformat())

    assert [one for one in found if one in {first["id"], second["id"]}] == [second["id"], first["id"]]


def test_words_are_searched(books: Books, ids: Ids) -> None:
    word = "w" + secrets.token_hex(8)
    event = books(description=f"PIMSY sync test {word}")

    assert ids(q=word) == [event["id"]]


def test_pages_hold_as_many_as_asked_for(books: Books, events: Any, id_: str, slot: datetime) -> None:
    wanted = {books()["id"], books()["id"], books()["id"]}
    given = {"timeMin": slot.isoformat(), "timeMax": (slot + MINUTE).isoformat(), "maxResults": 1}

    found, ask = [], events.list(calendarId=id_, **given)
    while ask is not None:
        told = ask.execute()
        assert len(told["items"]) <= 1
        found += [one["id"] for one in told["items"]]
        ask = events.list_next(ask, told)

    assert wanted <= set(found)
    assert len(found) == len(set(found))


def synced(events: Any, id_: str, **given: Any) -> tuple[list[str], str]:
    """Everything, page by page, and the token for what comes after."""
    found: list[str] = []
    ask = events.list(calendarId=id_, **given)
    while True:
        told = ask.execute()
        found += [one["id"] for one in told["items"]]
        following = events.list_next(ask, told)
        if following is None:
            return found, told["nextSyncToken"]
        ask = following


def test_a_sync_tells_what_changed(books: Books, events: Any, id_: str) -> None:
    before = books()
    _, token = synced(events, id_)
    after = books()

    found, _ = synced(events, id_, syncToken=token)

    assert after["id"] in found
    assert before["id"] not in found


def test_a_sync_tells_of_deletions(books: Books, events: Any, id_: str) -> None:
    event = books()
    _, token = synced(events, id_)
    events.delete(calendarId=id_, eventId=event["id"]).execute()

    items = events.list(calendarId=id_, syncToken=token).execute()["items"]

    assert [one["status"] for one in items if one["id"] == event["id"]] == ["cancelled"]


@pytest.mark.parametrize(
    "more",
    [
        {"q": "PIMSY"},
        {"orderBy": "updated"},
        {"privateExtendedProperty": "a=b"},
        {"sharedExtendedProperty": "a=b"},
        {"timeMin": "2031-02-03T10:00:00Z"},
        {"timeMax": "2031-02-03T10:00:00Z"},
        {"updatedMin": "2031-02-03T10:00:00Z"},
        {"iCalUID": "a@google.com"},
    ],
)
def test_a_sync_takes_no_filter(events: Any, id_: str, more: dict[str, str]) -> None:
    _, token = synced(events, id_)

    with pytest.raises(HttpError) as raised:
        events.list(calendarId=id_, syncToken=token, **more).execute()

    assert raised.value.status_code == 400


def test_a_filtered_list_gives_no_token_to_sync_with(events: Any, id_: str) -> None:
    assert "nextSyncToken" not in events.list(calendarId=id_, q="PIMSY").execute()


def test_an_events_own_uid_finds_it(booked: Json, ids: Ids) -> None:
    assert ids(iCalUID=booked["iCalUID"]) == [booked["id"]]


def test_a_mask_leaves_the_rest_out(booked: Json, events: Any, id_: str, mark: str) -> None:
    told = events.list(calendarId=id_, privateExtendedProperty=mark, fields="summary,items(id,status)").execute()

    assert told == {"summary": NAME, "items": [{"id": booked["id"], "status": "confirmed"}]}


def test_the_list_is_told_in_the_zone_asked_for(booked: Json, events: Any, id_: str, mark: str) -> None:
    told = events.list(calendarId=id_, privateExtendedProperty=mark, timeZone="Asia/Tokyo").execute()

    assert told["timeZone"] == "Asia/Tokyo"
    assert told["items"][0]["start"]["dateTime"].endswith("+09:00")


@pytest.mark.parametrize("name", ["pageToken", "syncToken"])
@pytest.mark.unconfirmed("status of a token that Google never gave")
def test_a_token_nobody_gave_is_refused(events: Any, id_: str, name: str) -> None:
    with pytest.raises(HttpError) as raised:
        events.list(calendarId=id_, **{name: "made-up"}).execute()

    assert raised.value.status_code == 400
