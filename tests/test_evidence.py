"""What evidence says of itself: which facts are of the present, and whether a proof of arrival still holds."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from tests.builders import (
    JOE,
    MAIN,
    MARIA,
    NOW,
    PIMSY,
    SLOT_STARTS_AT,
    accepted,
    arrival,
    at,
    authorized,
    booked,
    by_hand,
    connected,
    dead,
    evidence,
    grant,
    pin,
    proven,
    ready,
    refused,
    repaired,
    said,
    saw,
    saw_pinned,
    slot,
    told,
    trip,
)
from wizard.evidence import Calendar, Evidence, Outcome, Purpose, Sighting


@pytest.mark.parametrize(("person", "first"), [("Maria Lopez", "Maria"), ("Cher", "Cher"), ("", ""), (" ", " ")])
def test_the_first_name_is_the_first_word(person: str, first: str) -> None:
    assert evidence(person=person).first_name == first


def test_the_address_is_the_connected_account_s_and_before_it_the_one_entered() -> None:
    assert evidence().address == ""
    assert evidence(account_meant=JOE.email).address == JOE.email
    assert evidence(account_meant=JOE.email, checker=grant()).address == MARIA.email


def test_a_practice_that_answers_nothing_booked_can_be_read() -> None:
    assert evidence().practice_is_readable
    assert not by_hand().practice_is_readable


@pytest.mark.parametrize(
    ("facts", "is_pinned"),
    [({}, True), ({"pin": None}, False), ({"checker": None}, False), ({"pin": pin(account=JOE)}, False)],
)
def test_a_pin_counts_for_the_account_connected_now(facts: dict[str, Any], is_pinned: bool) -> None:
    assert (connected(**facts).pinned is not None) is is_pinned


# ── the calendar list and the later word about the pinned one ────────────────────────────────────────────────────────


def test_a_later_word_about_the_pinned_calendar_changes_its_entry_alone() -> None:
    known = connected(pinned_now=saw_pinned("Clinic", access_role="writer")).calendars_now

    assert known.value == (MAIN, replace(PIMSY, summary="Clinic", access_role="writer"))
    assert known.last_seen == at(-0.5)


def test_a_calendar_that_is_gone_leaves_the_list() -> None:
    assert connected(pinned_now=saw_pinned("", is_gone=True)).calendars_now.value == (MAIN,)


@pytest.mark.parametrize(
    "facts",
    [
        {},
        {"pinned_now": saw_pinned("Clinic", last=-1)},
        {"pinned_now": replace(saw_pinned("Clinic"), last_seen=None)},
        {"calendars": Sighting(), "pinned_now": saw_pinned("Clinic")},
        {"calendars": Sighting((PIMSY,)), "pinned_now": saw_pinned("Clinic")},
    ],
)
def test_otherwise_the_list_is_as_it_was_seen(facts: dict[str, Any]) -> None:
    known = connected(**facts)

    assert known.calendars_now == known.calendars


@pytest.mark.parametrize(
    ("facts", "is_gone"),
    [
        ({}, False),
        ({"calendars": saw(MAIN)}, True),
        ({"calendars": saw()}, True),
        ({"calendars": saw(MAIN), "pin": None}, False),
        ({"calendars": Sighting()}, False),
        ({"pinned_now": saw_pinned("", is_gone=True)}, True),
        ({"pinned_now": saw_pinned("", last=-2, is_gone=True)}, False),  # and came back since
    ],
)
def test_the_pinned_calendar_is_gone_when_the_newest_look_does_not_show_it(
    facts: dict[str, Any], is_gone: bool
) -> None:
    assert connected(**facts).pinned_is_gone is is_gone


@pytest.mark.parametrize(
    ("role", "owner", "is_owned"),
    [
        ("owner", "", True),
        ("owner", "MARIA@clinic.example", True),
        ("owner", JOE.email, False),
        ("writer", "", False),
        ("writer", MARIA.email, False),
    ],
)
def test_owning_takes_the_role_and_the_data_owner(role: str, owner: str, is_owned: bool) -> None:
    assert Calendar("id", "any", role, data_owner=owner).is_owned_by(MARIA) is is_owned


# ── permission and slot ──────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("facts", "holds"),
    [
        ({}, True),
        ({"integration": None}, False),
        ({"authorization": None}, False),
        ({"integration": dead(given=-12, died=-1)}, False),
        ({"integration": repaired()}, False),
        ({"integration": repaired(), "authorization": authorized(generation=2)}, True),
        ({"authorization": authorized(account=JOE)}, False),
    ],
)
def test_an_acceptance_holds_for_its_generation(facts: dict[str, Any], holds: bool) -> None:
    assert accepted(**facts).holds_authorization is holds


@pytest.mark.parametrize(
    ("facts", "is_spent"),
    [
        ({}, False),
        ({"slot": None}, False),
        ({"now": SLOT_STARTS_AT}, True),
        ({"now": SLOT_STARTS_AT - timedelta(seconds=1)}, False),
        ({"integration": dead(died=-30)}, True),
        ({"integration": dead(died=-31)}, False),
        ({"integration": repaired(died=-20)}, True),
        ({"answers": (said("accept", -30, "start again"),)}, True),
        ({"answers": (said("accept", -31, "start again"),)}, False),
        ({"answers": (said("accept", -1, "asked"),)}, False),
    ],
)
def test_a_slot_is_spent_by_time_by_death_and_by_starting_again(facts: dict[str, Any], is_spent: bool) -> None:
    assert ready(**facts).slot_is_spent is is_spent


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        (ready(), at(-15)),
        (ready(slot=None), None),
        (ready(appointment=None), None),
        (ready(appointment=booked(slot_id=2)), None),
        (ready(appointment=booked(cancelled_at=at(-1))), None),
        (ready(appointment=booked(unsent="SET-OFF")), None),
        (ready(appointment=booked(unsent="SET-OFF", sent_at=at(-1))), at(-15)),
        (ready(appointment=None, answers=(said("test-appointment"),)), None),  # the stand-in knows better
        (told(), at(-15)),
        (told(answers=(said("test-appointment", -30),)), at(-30)),
        (told(answers=(said("test-appointment", -31),)), None),
        (told(answers=(said("accept"),)), None),
    ],
)
def test_a_test_is_booked_when_it_is_on_its_way(known: Evidence, expected: object) -> None:
    assert known.booked_at == expected


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        (ready(), at(-15)),
        (accepted(), at(-12)),
        (accepted(authorization=authorized(-40)), at(-15)),
        (accepted(authorization=authorized(generation=2)), at(-15)),
        (accepted(appointment=None), None),
    ],
)
def test_it_is_expected_from_the_later_of_booking_and_acceptance(known: Evidence, expected: object) -> None:
    assert known.expected_since == expected


@pytest.mark.parametrize(
    ("facts", "is_overdue"),
    [
        ({}, True),
        ({"arrival_looked_at": None}, False),
        ({"arrival_looked_at": at(-7)}, False),
        ({"arrival_looked_at": at(-6.9)}, True),
        ({"appointment": None}, False),
        ({"arrivals": (arrival(),)}, False),
        ({"arrivals": (arrival(is_live=False),)}, True),
        ({"arrivals": (arrival(slot_id=2),)}, True),
        ({"arrivals": (arrival(calendar_id=MAIN.id),)}, True),
        ({"arrivals": (arrival(sub=JOE.sub),)}, True),
    ],
)
def test_it_is_overdue_when_an_answered_look_came_more_than_five_minutes_later(
    facts: dict[str, Any], is_overdue: bool
) -> None:
    assert accepted(**facts).arrival_is_overdue is is_overdue


def test_the_arrival_is_the_newest_reading_of_the_newest_slot() -> None:
    first, second, other = arrival(), arrival(-5, is_live=False), arrival(-1, slot_id=2)

    assert accepted(arrivals=(first, second, other)).arrival == second
    assert accepted(arrivals=(other,)).arrival is None
    assert accepted(slot=None, arrivals=(first,)).arrival is None


# ── the seal ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "facts",
    [
        {},
        {"now": NOW + timedelta(days=400)},
        {"arrivals": (arrival(), arrival(-1, is_live=False))},
        {"arrivals": (arrival(), arrival(-1, starts_at=at(3000)))},  # moved afterwards
        {"checker": dead()},
        {"checker": None},
        {"pin": None},
        {"slot": None},
        {"slot": slot(2, given=-5), "appointment": booked(-4, slot_id=2)},
        {"slot": slot(2, given=-9), "appointment": booked(-9, slot_id=2, cancelled_at=at(-1))},
        {"slot": slot(2, given=-9), "appointment": booked(-9, slot_id=2), "arrival_looked_at": at(-5)},
        {"missed_at": at(-10.5)},
        {"answers": (said("accept", -10.5, "start again"),)},
    ],
)
def test_a_seal_holds(facts: dict[str, Any]) -> None:
    assert proven(**facts).sealed == arrival()


@pytest.mark.parametrize(
    "facts",
    [
        {"arrivals": ()},
        {"arrivals": (arrival(is_live=False),)},
        {"arrivals": (arrival(starts_at=at(3000)),)},
        {"arrivals": (arrival(is_at_slot=False),), "slot": slot(2), "appointment": None},
        {"checker": grant(JOE)},
        {"pin": pin(replace(PIMSY, id="another"))},
        {"integration": None},
        {"integration": dead(given=-12, died=-1)},
        {"integration": repaired()},
        {"slot": slot(2, given=-9), "appointment": booked(-9, slot_id=2)},
        {"missed_at": at(-10)},
        {"answers": (said("accept", -10, "start again"),)},
    ],
)
def test_a_seal_ends_by_a_named_act(facts: dict[str, Any]) -> None:
    assert proven(**facts).sealed is None


def test_by_hand_the_writing_permission_is_not_ours_to_see() -> None:
    known = told(arrivals=(arrival(generation=0),))

    assert known.sealed == arrival(generation=0)


def test_by_hand_a_later_test_that_did_not_arrive_ends_the_seal() -> None:
    later = {"slot": slot(2, given=-9), "answers": (said("test-appointment", -8),)}

    assert told(arrivals=(arrival(generation=0),), **later).sealed is None


def test_the_newest_of_several_proofs_is_the_seal() -> None:
    second = arrival(-2, slot_id=2)

    known = proven(arrivals=(arrival(), second), slot=slot(2), appointment=booked(slot_id=2))

    assert known.sealed == second


# ── answers and trips ────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_newest_answer_of_a_kind_about_a_step_counts() -> None:
    first, second = said("accept", -9), said("accept", -5)
    known = evidence(answers=(first, second, said("accept", -1, "asked"), said("sign-out", -1)))

    assert known.answered("said", "accept") == second
    assert known.answered("passed by", "accept") is None


def test_own_trips_are_of_this_person_and_purpose() -> None:
    own = refused()
    others = (refused(is_own=False), trip(Purpose.CHECKER, Outcome.GRANTED))

    assert evidence(trips=(own, *others)).own_trips(Purpose.SIGNED_OUT) == (own,)


def test_a_trip_came_back_when_it_ended_and_an_open_one_counts_from_its_start() -> None:
    assert trip(Purpose.CHECKER, Outcome.GRANTED, -5).came_back_at == at(-5)
    assert trip(Purpose.CHECKER, Outcome.OPEN, -5).came_back_at == at(-5)


def test_a_code_is_what_names_a_google_session() -> None:
    without = {Outcome.OPEN, Outcome.CANCELLED, Outcome.REFUSED, Outcome.PERMISSION_GONE, Outcome.UNSEEN}

    assert {outcome for outcome in Outcome if not outcome.brought_a_code} == without
