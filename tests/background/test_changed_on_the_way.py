"""What somebody moved or deleted in Google is met on the way there: held, and never overwritten."""

from datetime import timedelta

from tests.background.office import ACCOUNT, CALENDAR, NINE, TEN, Office
from tests.background.somebody import ELEVEN, deletes_there, event_id, looks, moves_there, sent


def test_what_was_moved_there_is_held_and_holds_up_nothing_else(office: Office) -> None:
    booked = sent(office)
    moves_there(office, booked)
    office.moves(booked, ELEVEN)
    other = office.books(NINE + timedelta(minutes=30))

    office.delivers()

    assert (office.owes_surely(booked).reason, office.owes_surely(booked).tries) == ("MOVED-THERE", 0)
    assert office.owes(other) is None
    assert sorted(office.on_google()) == [NINE + timedelta(minutes=30), TEN]
    asked = len(office.asked())
    assert office.delivers(after=600) == 1
    assert (len(office.asked()), sorted(office.on_google())) == (asked, [NINE + timedelta(minutes=30), TEN])


def test_what_was_deleted_there_is_not_brought_back_by_a_later_move(office: Office) -> None:
    booked = sent(office)
    deletes_there(office, booked)
    office.moves(booked, TEN)

    office.delivers()

    assert (office.owes_surely(booked).reason, office.on_google()) == ("GONE-THERE", [])


def test_what_was_deleted_before_a_lost_answer_was_repeated_comes_back(office: Office) -> None:
    """Nobody could have seen it as one of ours: the repeat of a first sending revives (decision 5)."""
    office.accepts()
    booked = office.books()
    office.google.loses_the_next_answer("events.insert")
    office.delivers()
    deletes_there(office, booked)

    office.delivers(after=2)

    assert (office.owes(booked), office.on_google()) == (None, [NINE])


def test_a_move_whose_answer_was_lost_is_not_taken_for_somebody_else_s(office: Office) -> None:
    booked = sent(office)
    office.moves(booked, TEN)
    office.google.loses_the_next_answer("events.update")
    office.delivers()
    office.moves(booked, ELEVEN)

    office.delivers(after=2)

    assert (office.owes(booked), office.on_google()) == (None, [ELEVEN])


def test_a_colour_of_hers_stays_when_the_appointment_moves(office: Office) -> None:
    booked = sent(office)
    office.google.world.changes_event(ACCOUNT, CALENDAR, event_id(office, booked), colorId="5", summary="Mine")
    looks(office)

    for to in (TEN, ELEVEN):
        office.moves(booked, to)
        office.delivers()

    (event,) = office.google.world.events_in(ACCOUNT, CALENDAR)
    assert (event["colorId"], event["summary"], office.on_google()) == ("5", "Mine", [ELEVEN])
    assert office.asked()[-2:] == ["events.patch", "events.patch"]


def test_a_move_of_what_nobody_touched_is_one_question(office: Office) -> None:
    booked = sent(office)
    looks(office)
    office.moves(booked, TEN)
    office.delivers()
    office.cancels(booked)
    office.delivers()

    assert office.asked() == ["events.insert", "events.list", "events.update", "events.delete"]
    assert office.on_google() == []


def test_what_was_moved_there_is_not_deleted_by_a_cancellation_here(office: Office) -> None:
    booked = sent(office)
    moves_there(office, booked)
    office.cancels(booked)

    office.delivers()

    assert (office.owes_surely(booked).reason, office.on_google()) == ("MOVED-THERE", [TEN])


def test_moved_there_to_where_it_is_moved_here_is_agreed(office: Office) -> None:
    booked = sent(office)
    moves_there(office, booked)
    office.moves(booked, TEN)

    office.delivers()
    office.moves(booked, ELEVEN)
    office.delivers()

    assert (office.owes(booked), office.on_google()) == (None, [ELEVEN])
