"""What changed in a calendar since we last read it: every page or nothing, and from the beginning where Google says so."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from e2e.fake_google import FakeGoogle, World
from tests.google.samples import EVENT, LATER, NAME, START
from tests.google.vault import MARIA
from wizard.google import AnswerUnreadable, CalendarGone, Event, Google, GoogleSilent
from wizard.google.events import VANISHED, Found
from wizard.google.since import changes_since

OTHER = replace(LATER, id="0a0b" * 10)


def test_the_first_reading_is_of_all_and_the_next_of_what_changed(
    google: Google, integration: int, calendar_id: str, world: World
) -> None:
    written = google.write(integration, calendar_id, EVENT)
    google.write(integration, calendar_id, OTHER)

    whole = google.since(integration, calendar_id)
    nothing = google.since(integration, calendar_id, whole.token)
    world.deletes_event(MARIA, NAME, OTHER.id)
    since = google.since(integration, calendar_id, nothing.token)

    assert (whole.is_whole, {found.id for found in whole.found}) == (True, {EVENT.id, OTHER.id})
    assert whole.found[0] == Found(EVENT.id, written.etag, is_gone=False, times=EVENT.times, said=EVENT.times)
    assert (nothing.is_whole, nothing.found) == (False, ())
    assert [(found.id, found.is_gone) for found in since.found] == [(OTHER.id, True)]


def test_no_title_is_asked_for(google: Google, integration: int, calendar_id: str, world: World) -> None:
    google.since(integration, calendar_id)

    (call,) = world.calls("events.list")
    assert call.query["fields"] == [
        "kind,timeZone,nextPageToken,nextSyncToken,items(id,status,etag,start,end,extendedProperties/private)"
    ]


def test_short_pages_and_an_empty_one_lose_nothing(
    google: Google, integration: int, calendar_id: str, world: World
) -> None:
    for count in range(5):
        google.write(integration, calendar_id, replace(EVENT, id=f"{count}" * 10))
    world.manners.longest_page, world.manners.empty_first_page = 2, True

    read = google.since(integration, calendar_id)

    assert len(read.found) == 5
    assert len(world.calls("events.list")) == 4


def test_a_page_that_does_not_come_is_no_reading(
    google: Google, fake: FakeGoogle, integration: int, calendar_id: str, world: World
) -> None:
    for count in range(3):
        google.write(integration, calendar_id, replace(EVENT, id=f"{count}" * 10))
    world.manners.longest_page = 2
    token = google.since(integration, calendar_id).token
    fake.breaks("backendError", "events.list")

    with pytest.raises(GoogleSilent):
        google.since(integration, calendar_id, token)


@pytest.mark.parametrize("token", ["stale", "of another query"])
def test_a_token_google_takes_no_more_has_the_whole_read_anew(
    google: Google, integration: int, calendar_id: str, world: World, token: str
) -> None:
    google.write(integration, calendar_id, EVENT)
    given = google.since(integration, calendar_id).token if token == "stale" else "bm90IG91cnM="
    world.manners.sync_tokens_before = world.changes + 1

    read = google.since(integration, calendar_id, given)

    assert (read.is_whole, [found.id for found in read.found]) == (True, [EVENT.id])
    assert len(world.calls("events.list")) == (3 if token == "stale" else 2)


def test_where_reading_anew_fails_too_the_failure_is_told(
    google: Google, fake: FakeGoogle, integration: int, calendar_id: str, world: World
) -> None:
    token = google.since(integration, calendar_id).token
    fake.breaks("fullSyncRequired", "events.list")
    fake.breaks("backendError", "events.list", times=None)

    with pytest.raises(GoogleSilent):
        google.since(integration, calendar_id, token)


@pytest.mark.parametrize("has_token", [True, False])
def test_a_calendar_that_is_gone_is_said_to_be(
    google: Google, integration: int, calendar_id: str, world: World, *, has_token: bool
) -> None:
    token = google.since(integration, calendar_id).token if has_token else ""
    world.deletes_calendar(MARIA, NAME)

    for ask in (
        lambda: google.since(integration, calendar_id, token),
        lambda: google.found(integration, calendar_id, EVENT.id),
    ):
        with pytest.raises(CalendarGone):
            ask()


def test_an_event_of_which_nothing_is_left_is_gone(google: Google, integration: int, calendar_id: str) -> None:
    assert google.found(integration, calendar_id, EVENT.id) == Found(EVENT.id, VANISHED, is_gone=True)


@pytest.mark.parametrize(
    ("start", "end", "times"),
    [
        # the hour that comes twice in New York, by its offset; a zone east of the date line; a day of 25 hours
        (
            {"dateTime": "2026-11-01T01:30:00-05:00", "timeZone": "America/New_York"},
            {"dateTime": "2026-11-01T02:00:00-05:00", "timeZone": "America/New_York"},
            (datetime(2026, 11, 1, 6, 30, tzinfo=UTC), datetime(2026, 11, 1, 7, tzinfo=UTC)),
        ),
        (
            {"dateTime": "2026-11-24T10:00:00+13:45", "timeZone": "Pacific/Chatham"},
            {"dateTime": "2026-11-24T10:10:00+13:45", "timeZone": "Pacific/Chatham"},
            (datetime(2026, 11, 23, 20, 15, tzinfo=UTC), datetime(2026, 11, 23, 20, 25, tzinfo=UTC)),
        ),
        (
            {"date": "2026-11-01"},
            {"date": "2026-11-02"},
            (datetime(2026, 11, 1, 4, tzinfo=UTC), datetime(2026, 11, 2, 5, tzinfo=UTC)),
        ),
    ],
)
def test_whatever_zone_it_stands_in_it_is_the_right_instant(
    google: Google,
    integration: int,
    calendar_id: str,
    world: World,
    start: dict[str, str],
    end: dict[str, str],
    times: tuple[datetime, datetime],
) -> None:
    google.write(integration, calendar_id, EVENT)
    world.changes_event(MARIA, NAME, EVENT.id, start=start, end=end)

    (found,) = google.since(integration, calendar_id).found

    assert (found.times, found.said, found.is_moved) == (times, EVENT.times, True)


@pytest.mark.parametrize(
    "day",
    [datetime(2026, 3, 8, 6, 30, tzinfo=UTC), datetime(2026, 11, 1, 5, 30, tzinfo=UTC), START],
    ids=["the hour before the one that is left out", "the hour that comes twice", "any day"],
)
@pytest.mark.parametrize("zone", ["America/New_York", "Australia/Lord_Howe", "Pacific/Chatham", ""])
def test_what_we_wrote_is_never_taken_for_moved(
    google: Google, integration: int, calendar_id: str, day: datetime, zone: str
) -> None:
    event = Event(EVENT.id, day, day + timedelta(minutes=50), zone=zone)

    google.write(integration, calendar_id, event)

    (found,) = google.since(integration, calendar_id).found
    assert (found.times, found.is_moved) == (event.times, False)


def listing(*pages: dict[str, Any]) -> Callable[[Mapping[str, Any]], Iterator[dict[str, Any]]]:
    return lambda _narrowed: iter(pages)


ITEM = {"id": "a", "status": "confirmed", "etag": '"1"', "start": {"date": "2026-11-24"}, "end": {"date": "2026-11-25"}}


@pytest.mark.parametrize(
    "pages",
    [
        [{"items": [ITEM]}],
        [{"items": [ITEM], "nextSyncToken": "1"}, {"items": []}],
        [{"items": {}, "nextSyncToken": "1"}],
        [{"items": [{"id": "a", "status": "confirmed"}], "nextSyncToken": "1"}],
        [{"items": ["a"], "nextSyncToken": "1"}],
        [{"items": [ITEM], "nextSyncToken": 7}],
    ],
    ids=["no token", "a token before the last page", "no list", "no times", "no event", "no words"],
)
def test_a_listing_that_is_not_whole_is_none(pages: list[dict[str, Any]]) -> None:
    with pytest.raises(AnswerUnreadable):
        changes_since(listing(*pages), "")


def test_an_event_told_twice_is_as_it_was_told_last() -> None:
    gone = {"id": "a", "status": "cancelled", "etag": '"2"'}

    read = changes_since(listing({"items": [ITEM]}, {"items": [gone], "nextSyncToken": "1"}), "")

    assert read.found == (Found("a", '"2"', is_gone=True),)


@pytest.mark.parametrize(
    "noted", ["", "x/y", "2026-11-24T11:10:00/2026-11-24T11:20:00", "2026-11-24T11:10:00+00:00", 7]
)
def test_what_another_program_noted_there_says_nothing(noted: object) -> None:
    item = ITEM | {"extendedProperties": {"private": {"pimsy-times": noted}}}

    (found,) = changes_since(listing({"items": [item], "nextSyncToken": "1"}), "").found

    assert (found.said, found.is_moved) == (None, False)
