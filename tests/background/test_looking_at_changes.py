"""A look notices what somebody moved or deleted in Google, tells it once, and leaves nothing out."""

import threading
from datetime import timedelta

from e2e.fake_google.faults import Fault
from tests.background.office import ACCOUNT, CALENDAR, LEASE, NINE, TEN, Office
from tests.background.somebody import ELEVEN, deletes_there, event_id, looks, moves_there, seen, sent, told
from wizard.background.lookout import Lookout
from wizard.onboarding.looking import Looked
from wizard.onboarding.straying import AFTER_SENDING, DAILY, Straying, Told
from wizard.store import clinics, people, read_marks, seen_events
from wizard.store.database import db


def test_a_look_notices_what_was_moved_and_deleted_and_nothing_else(office: Office) -> None:
    moved = sent(office)
    deleted, left = office.books(NINE + timedelta(minutes=20)), office.books(NINE + timedelta(minutes=40))
    office.delivers()
    looks(office)
    moves_there(office, moved)
    deletes_there(office, deleted)
    office.google.world.changes_event(ACCOUNT, CALENDAR, event_id(office, left), colorId="5")

    assert told(office) == []
    assert looks(office) is Looked.SEEN
    assert told(office) == [
        Told(moved, 1, "MOVED-THERE", NINE, TEN, office.now),
        Told(deleted, 1, "GONE-THERE", NINE + timedelta(minutes=20), None, office.now),
    ]
    at = office.now
    looks(office)
    assert {stray.seen_at for stray in told(office)} == {at}


def test_events_that_are_not_ours_are_kept_nowhere(office: Office) -> None:
    sent(office)
    moment = {"dateTime": NINE.isoformat()}
    office.google.world.adds_event(ACCOUNT, CALENDAR, {"summary": "Dentist", "start": moment, "end": moment})

    looks(office)

    with office.inside():
        assert len(seen_events.of(list(range(50)))) == 1


def test_moved_back_there_is_well_again_and_what_waited_goes_at_once(office: Office) -> None:
    booked = sent(office)
    moves_there(office, booked)
    office.moves(booked, ELEVEN)
    office.delivers()
    moves_there(office, booked, NINE)

    looks(office)
    office.delivers()

    assert (told(office), office.owes(booked), office.on_google()) == ([], None, [ELEVEN])


def test_a_look_that_fails_leaves_everything_as_it_was(office: Office) -> None:
    booked = sent(office)
    looks(office)
    moves_there(office, booked)
    looks(office)
    before, mark = told(office), read_mark(office)
    deletes_there(office, booked)
    office.google.world.plan(Fault("fullSyncRequired", "events.list"))
    office.google.breaks("backendError", "events.list", times=None)

    assert looks(office) is Looked.NOT_SEEN
    failed = read_mark(office)
    assert (told(office), failed.token, failed.read_at) == (before, mark.token, mark.read_at)
    assert (failed.failure, failed.failed_since) == ("GOOGLE-BUSY", office.now)

    office.google.world.faults.forget()
    assert looks(office) is Looked.SEEN
    assert [stray.code for stray in told(office)] == ["GONE-THERE"]
    assert (read_mark(office).failure, read_mark(office).failed_since) == ("", None)


def read_mark(office: Office) -> read_marks.ReadMark:
    with office.inside():
        found = read_marks.of(1)
        assert found is not None
        db.session.expunge(found)
        return found


def test_a_token_that_is_too_old_costs_one_question_and_nothing_is_told_twice(office: Office) -> None:
    booked = sent(office)
    looks(office)
    moves_there(office, booked)
    looks(office)
    before = told(office)
    office.google.world.manners.sync_tokens_before = office.google.world.changes + 1

    looks(office)

    assert told(office) == before
    assert office.asked()[-2:] == ["events.list", "events.list"]


def test_what_a_whole_reading_lacks_is_asked_for_and_only_then_gone(office: Office) -> None:
    booked, world = sent(office), office.google.world
    kept = office.books(TEN)
    office.delivers()
    looks(office)
    deletes_there(office, booked)
    world.forgets_event(ACCOUNT, CALENDAR, event_id(office, booked))
    world.manners.sync_tokens_before = world.changes + 1

    looks(office)

    assert [(stray.appointment_id, stray.code) for stray in told(office)] == [(booked, "GONE-THERE")]
    found = seen(office, kept)
    assert found is not None
    assert not found.is_gone


def all_vanish(office: Office, booked: list[int]) -> None:
    """So long ago that Google has forgotten the events, and takes no token from before."""
    world = office.google.world
    for one in booked:
        deletes_there(office, one)
        world.forgets_event(ACCOUNT, CALENDAR, event_id(office, one))
    world.manners.sync_tokens_before = world.changes + 1


def test_where_very_many_are_missing_each_look_asks_for_some_until_all_are_known(office: Office) -> None:
    booked = [sent(office), *(office.books(NINE + timedelta(minutes=20 * count)) for count in range(1, 5))]
    office.delivers()
    looks(office)
    all_vanish(office, booked)
    token, begun = read_mark(office).token, len(office.asked())

    first, known = looks(office, at_once=2), told(office)
    kept, soon = read_mark(office), office.now + AFTER_SENDING
    with office.inside():
        due = [read_marks.due(at, DAILY, AFTER_SENDING) for at in (soon - timedelta(seconds=1), soon)]
    then = [looks(office, at_once=2), looks(office, at_once=2)]
    read = read_mark(office)
    with office.inside():
        day = read_marks.due(office.now + AFTER_SENDING, DAILY, AFTER_SENDING)

    assert (first, len(known), kept.token, [len(some) for some in due]) == (Looked.IN_PART, 2, token, [0, 1])
    assert (then, read.token != token, day) == ([Looked.IN_PART, Looked.SEEN], True, [])
    assert [stray.appointment_id for stray in told(office)] == booked
    assert {(stray.appointment_id, stray.seen_at) for stray in known} <= {
        (stray.appointment_id, stray.seen_at) for stray in told(office)
    }
    assert office.asked()[begun:].count("events.get") == len(booked)


def test_a_look_goes_on_asking_no_longer_than_it_may_hold_the_account(office: Office) -> None:
    """Google takes half a minute for each, and the lease is over in one."""
    booked = [sent(office), *(office.books(NINE + timedelta(minutes=20 * count)) for count in range(1, 4))]
    office.delivers()
    looks(office)
    all_vanish(office, booked)
    google = office.services.google
    found = google.found

    def slowly(grant_id: int, calendar_id: str, event_id: str) -> object:
        office.waits(25)
        return found(grant_id, calendar_id, event_id)

    google.found = slowly  # type: ignore[method-assign, assignment]  # only held up: it is the real one that asks
    try:
        looked = [looks(office), looks(office)]
    finally:
        del google.found

    assert (looked, len(told(office))) == ([Looked.IN_PART, Looked.SEEN], 4)


def test_what_is_known_to_be_gone_is_not_asked_for_again(office: Office) -> None:
    booked, world = sent(office), office.google.world
    looks(office)
    all_vanish(office, [booked])
    looks(office)
    world.manners.sync_tokens_before = world.changes + 2
    world.changes += 1
    before, asked = told(office), len(office.asked())

    looks(office)

    assert (told(office), office.asked()[asked:]) == (before, ["events.list", "events.list"])


def test_an_event_written_before_it_carried_its_times_is_missed_as_well(office: Office) -> None:
    booked = sent(office)
    office.google.world.changes_event(
        ACCOUNT,
        CALENDAR,
        event_id(office, booked),
        extendedProperties={"private": {"pimsy-mark": event_id(office, booked)}},
    )
    with office.inside():
        for row in seen_events.of([booked]).values():
            db.session.delete(row)
    looks(office)
    moves_there(office, booked)

    looks(office)

    assert [stray.code for stray in told(office)] == ["MOVED-THERE"]


def test_another_calendar_is_read_from_its_beginning(office: Office) -> None:
    booked = sent(office)
    looks(office)
    office.google.world.renames_calendar(ACCOUNT, CALENDAR, "Old one")
    office.google.world.adds_calendar(ACCOUNT, CALENDAR)
    office.pins_calendar()

    assert looks(office) is Looked.SEEN
    office.moves(booked, TEN)
    office.delivers()
    looks(office)

    assert (told(office), office.on_google()) == ([], [TEN])


def test_nothing_is_asked_where_nothing_may_be(office: Office) -> None:
    nobody = looks(office)
    sent(office)
    office.google.world.removes_permission(ACCOUNT, "integration")
    office.waits(4000)
    dead = (looks(office), looks(office))

    assert (nobody, dead) == (Looked.NOTHING_TO_ASK, (Looked.SEEN, Looked.NOTHING_TO_ASK))


def test_a_second_press_within_a_second_asks_nothing(office: Office) -> None:
    sent(office)

    assert (looks(office), looks(office, after=0.5)) == (Looked.SEEN, Looked.TOO_SOON)


def test_the_lookout_looks_some_minutes_after_a_sending_and_once_a_day(office: Office) -> None:
    def looked_at(after: float) -> int:
        office.waits(after)
        room = threading.BoundedSemaphore()
        straying = Straying(office.services.google, office.clock, room, LEASE.total_seconds())
        return Lookout(office.app, straying, office.clock).run_once()

    soon, day = AFTER_SENDING.total_seconds(), DAILY.total_seconds()
    never = looked_at(soon)
    booked = sent(office)
    moves_there(office, booked)
    first = [looked_at(soon - 1), looked_at(1), looked_at(soon)]
    found = [stray.code for stray in told(office)]
    office.books(ELEVEN)
    office.delivers()
    second = [looked_at(60), looked_at(soon - 60), looked_at(60)]
    daily = [looked_at(day - 61), looked_at(1), looked_at(1)]

    assert (never, first, found) == (0, [0, 1, 0], ["MOVED-THERE"])
    assert (second, daily) == ([0, 1, 0], [0, 1, 0])


def test_a_calendar_is_looked_at_only_where_the_stand_in_sends(office: Office) -> None:
    sent(office)
    office.waits(AFTER_SENDING.total_seconds())
    with office.inside():
        before = read_marks.due(office.now, DAILY, AFTER_SENDING)
        clinics.present().practice = "by hand"
        db.session.flush()
        after = read_marks.due(office.now, DAILY, AFTER_SENDING)

    assert (len(before), after) == (1, [])


def test_of_somebody_who_left_nothing_is_told_and_nothing_looked_at(office: Office) -> None:
    booked = sent(office)
    deletes_there(office, booked)
    looks(office)
    before = len(told(office))
    with office.inside():
        people.everyone()[0].left_at = office.now
        db.session.commit()
        maria = people.find(1)
        assert maria is not None
        looked = office.services.straying.look(maria)
        due = read_marks.due(office.now + DAILY, DAILY, AFTER_SENDING)

    assert (before, told(office), looked, due) == (1, [], Looked.NOTHING_TO_ASK, [])


def test_what_is_over_is_told_no_more(office: Office) -> None:
    booked = sent(office)
    deletes_there(office, booked)
    looks(office)
    before = len(told(office))
    office.waits(3 * 24 * 3600)

    assert (before, told(office)) == (1, [])
