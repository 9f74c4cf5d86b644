"""Events, written, changed and removed with the permission that may: every verb bears repeating."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from e2e.fake_google import FakeGoogle, World
from tests.google.samples import EVENT, LATER, NAME, START
from tests.google.vault import MARIA
from wizard.google import (
    AlienEvent,
    CalendarGone,
    Event,
    GoneThere,
    Google,
    GoogleSilent,
    GrantNarrow,
    MovedThere,
)

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
    assert event["extendedProperties"]["private"]["pimsy-mark"] == EVENT.id
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
    assert [call.status for call in world.calls("events.patch")] == [200]


@pytest.mark.parametrize("wanted", [EVENT, LATER], ids=["as it was", "later"])
def test_an_event_that_was_deleted_is_revived_by_writing(
    google: Google, integration: int, calendar_id: str, world: World, wanted: Event
) -> None:
    google.write(integration, calendar_id, EVENT)
    world.deletes_event(MARIA, NAME, EVENT.id)

    revived = google.write(integration, calendar_id, wanted)

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


def test_what_somebody_added_to_an_event_stays_when_it_moves(
    google: Google, integration: int, calendar_id: str, world: World
) -> None:
    written = google.write(integration, calendar_id, EVENT)
    world.changes_event(MARIA, NAME, EVENT.id, summary="Mine", colorId="5", reminders={"useDefault": True})

    moved = google.change(integration, calendar_id, replace(LATER, etag=written.etag))

    (event,) = world.events_in(MARIA, NAME)
    assert (event["summary"], event["colorId"], event["reminders"]) == ("Mine", "5", {"useDefault": True})
    assert (moved.times, moved.said, moved.is_touched) == (LATER.times, LATER.times, True)
    assert [call.status for call in world.calls("events.update")] == [412]
    assert [call.status for call in world.calls("events.patch")] == [200]


def test_an_event_moves_by_one_question_also_where_somebody_added_to_it(
    google: Google, integration: int, calendar_id: str, world: World
) -> None:
    google.write(integration, calendar_id, EVENT)
    world.changes_event(MARIA, NAME, EVENT.id, colorId="5")
    seen = google.found(integration, calendar_id, EVENT.id)

    google.change(integration, calendar_id, replace(LATER, etag=seen.etag, is_touched=seen.is_touched))

    assert [call.method for call in world.calls()] == ["events.insert", "events.get", "events.patch"]
    assert world.events_in(MARIA, NAME)[0]["colorId"] == "5"


HALF_PAST = {
    "start": {"dateTime": "2026-11-24T06:30:00-05:00", "timeZone": "America/New_York"},
    "end": {"dateTime": "2026-11-24T06:40:00-05:00", "timeZone": "America/New_York"},
}
"""Where its person put it."""

WHOLE_DAY = {"start": {"date": "2026-11-24"}, "end": {"date": "2026-11-25"}}


@pytest.mark.parametrize("there", [HALF_PAST, WHOLE_DAY], ids=["half past", "whole day"])
@pytest.mark.parametrize("knows_state", [True, False])
def test_an_event_that_its_person_moved_is_left_where_it_is(
    google: Google, integration: int, calendar_id: str, world: World, there: dict[str, object], *, knows_state: bool
) -> None:
    written = google.write(integration, calendar_id, EVENT)
    world.changes_event(MARIA, NAME, EVENT.id, **there)
    (before,) = world.events_in(MARIA, NAME)

    for verb in (google.change, google.take_back):
        with pytest.raises(MovedThere) as raised:
            verb(integration, calendar_id, replace(LATER, etag=written.etag if knows_state else ""))
        assert raised.value.found.is_moved
        assert raised.value.found.etag == before["etag"]

    assert world.events_in(MARIA, NAME) == [before]


def test_a_repeat_of_the_first_sending_leaves_alone_what_was_moved_meanwhile(
    google: Google, integration: int, calendar_id: str, world: World
) -> None:
    google.write(integration, calendar_id, EVENT)
    world.changes_event(MARIA, NAME, EVENT.id, **HALF_PAST)

    with pytest.raises(MovedThere):
        google.write(integration, calendar_id, EVENT)


@pytest.mark.parametrize("there", [HALF_PAST, WHOLE_DAY], ids=["half past", "whole day"])
def test_a_moved_event_is_put_where_somebody_chose_unless_it_was_moved_once_more(
    google: Google, integration: int, calendar_id: str, world: World, there: dict[str, object]
) -> None:
    google.write(integration, calendar_id, EVENT)
    world.changes_event(MARIA, NAME, EVENT.id, **there)
    chosen = google.found(integration, calendar_id, EVENT.id)
    world.changes_event(MARIA, NAME, EVENT.id, colorId="5")

    again = replace(EVENT, etag=chosen.etag, is_touched=True)
    with pytest.raises(MovedThere) as raised:
        google.change(integration, calendar_id, again, over=chosen.etag)
    newer = raised.value.found.etag
    put = google.change(integration, calendar_id, replace(again, etag=newer), over=newer)

    assert (put.times, put.said) == (EVENT.times, EVENT.times)
    assert world.events_in(MARIA, NAME)[0]["colorId"] == "5"


def test_an_event_moved_to_where_it_is_wanted_is_adopted(
    google: Google, integration: int, calendar_id: str, world: World
) -> None:
    google.write(integration, calendar_id, LATER)
    world.changes_event(MARIA, NAME, EVENT.id, **HALF_PAST)
    wanted = google.found(integration, calendar_id, EVENT.id).times
    assert wanted is not None

    adopted = google.change(integration, calendar_id, replace(EVENT, starts_at=wanted[0], ends_at=wanted[1]))

    assert (adopted.times, adopted.said) == (wanted, wanted)


@pytest.mark.parametrize("is_forgotten", [False, True], ids=["deleted", "forgotten"])
@pytest.mark.parametrize("knows_state", [True, False])
def test_an_event_deleted_by_its_person_comes_back_only_where_somebody_chose_so(
    google: Google, integration: int, calendar_id: str, world: World, *, knows_state: bool, is_forgotten: bool
) -> None:
    written = google.write(integration, calendar_id, EVENT)
    world.deletes_event(MARIA, NAME, EVENT.id)
    if is_forgotten:
        world.forgets_event(MARIA, NAME, EVENT.id)
    later = replace(LATER, etag=written.etag if knows_state else "")

    with pytest.raises(GoneThere) as raised:
        google.change(integration, calendar_id, later)
    assert world.events_in(MARIA, NAME) == []
    google.change(integration, calendar_id, replace(LATER, etag=""), over=raised.value.found.etag)

    (event,) = world.events_in(MARIA, NAME)
    assert event["id"] == EVENT.id
    assert datetime.fromisoformat(event["start"]["dateTime"]) == LATER.starts_at


def test_an_event_deleted_by_its_person_is_taken_back_by_nobody(
    google: Google, integration: int, calendar_id: str, world: World
) -> None:
    written = google.write(integration, calendar_id, EVENT)
    world.deletes_event(MARIA, NAME, EVENT.id)

    google.take_back(integration, calendar_id, replace(EVENT, etag=written.etag))
    google.take_back(integration, calendar_id, EVENT)

    assert len(world.events_in(MARIA, NAME, cancelled=True)) == 1


def test_a_change_whose_answer_was_lost_is_our_own_and_is_gone_on_from(
    google: Google, fake: FakeGoogle, integration: int, calendar_id: str, world: World
) -> None:
    written = google.write(integration, calendar_id, EVENT)
    fake.loses_the_next_answer("events.update")
    with pytest.raises(GoogleSilent):
        google.change(integration, calendar_id, replace(LATER, etag=written.etag))
    third = replace(EVENT, starts_at=LATER.ends_at, ends_at=LATER.ends_at + timedelta(minutes=10), etag=written.etag)

    google.change(integration, calendar_id, third)
    google.take_back(integration, calendar_id, replace(third, etag=written.etag))

    assert world.events_in(MARIA, NAME) == []


def test_a_strangers_event_is_not_changed(google: Google, integration: int, calendar_id: str, world: World) -> None:
    moment = {"dateTime": START.isoformat()}
    theirs = world.adds_event(MARIA, NAME, {"id": EVENT.id, "summary": "Dentist", "start": moment, "end": moment})

    with pytest.raises(AlienEvent):
        google.change(integration, calendar_id, LATER)

    assert world.events_in(MARIA, NAME) == [theirs]


def test_an_event_that_comes_up_between_two_questions_is_adopted(
    google: Google, fake: FakeGoogle, integration: int, calendar_id: str
) -> None:
    google.write(integration, calendar_id, EVENT)
    fake.breaks("notFound", "events.get")

    google.write(integration, calendar_id, EVENT)

    assert [call.status for call in fake.world.calls("events.insert")] == [200, 409, 409]
    assert len(fake.world.events_in(MARIA, NAME)) == 1


def test_an_event_that_changes_all_the_time_is_left_for_later(
    google: Google, fake: FakeGoogle, integration: int, calendar_id: str
) -> None:
    google.write(integration, calendar_id, EVENT)
    fake.breaks("conditionNotMet", "events.patch", times=None)

    with pytest.raises(GoogleSilent):
        google.change(integration, calendar_id, LATER)

    assert len(fake.world.calls("events.patch")) == 3


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
