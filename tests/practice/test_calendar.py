"""Booking, moving and cancelling in My SAL Calendar, and what each owes to Google."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from e2e.launcher import TODAY
from wizard.practice.builtin import calendar, personnel, settings
from wizard.practice.builtin.calendar import Refused
from wizard.practice.builtin.personnel import Details
from wizard.practice.builtin.typed import Rules, Wish
from wizard.store import appointments, clients, deliveries, slots
from wizard.store.appointments import Appointment
from wizard.store.deliveries import Owed
from wizard.store.people import Person
from wizard.store.workstations import Workstation

NINE = TODAY + timedelta(hours=23)  # Tuesday, 9:00 AM
LATER = TODAY + timedelta(minutes=5)


@pytest.fixture
def wish(maria: Person) -> Wish:
    """Half an hour at nine for Maria's test client."""
    return Wish(clients.of_people([maria.id])[0].id, "TEST", "Main office", NINE, 30)


def books(person: Person, desk: Workstation, wish: Wish, rules: Rules, at: datetime = TODAY) -> Appointment:
    return calendar.book(person, desk.id, wish, rules, at=at, who="Dana Hill")


def owed(appointment: Appointment) -> bool:
    return appointment.id in deliveries.open_of([appointment.id])


@pytest.mark.usefixtures("ready")
def test_a_booking_owes_google_a_delivery(maria: Person, desk: Workstation, wish: Wish, rules: Rules) -> None:
    booked = books(maria, desk, wish, rules)

    assert (booked.starts_at, booked.minutes, booked.unsent, booked.slot_id) == (NINE, 30, "", None)
    assert owed(booked)


@pytest.mark.usefixtures("ready")
def test_a_booking_at_the_desk_s_newest_slot_is_its_test(
    maria: Person, desk: Workstation, wish: Wish, rules: Rules
) -> None:
    passed = slots.add(maria.id, desk.id, NINE, "America/New_York", 10, TODAY)
    newest = slots.add(maria.id, desk.id, NINE + timedelta(hours=1), "America/New_York", 10, TODAY)

    at_passed = books(maria, desk, wish, rules)
    at_newest = books(maria, desk, replace(wish, starts_at=newest.starts_at), rules)

    assert (passed.id, at_passed.slot_id, at_newest.slot_id) == (1, None, newest.id)


def test_what_is_booked_while_it_cannot_be_sent_is_never_sent(
    maria: Person, desk: Workstation, wish: Wish, rules: Rules
) -> None:
    def keeps(*, google_account: str, is_suspended: bool) -> None:
        details = Details(google_account, is_suspended, profile="Clinician", email="")
        personnel.save(maria, details, at=TODAY, who="Dana Hill", workstation_id=desk.id)

    early = books(maria, desk, wish, rules)
    settings.save({settings.SYNC: "True"}, at=LATER, who="Dana Hill", workstation_id=desk.id)
    no_account = books(maria, desk, replace(wish, starts_at=NINE + timedelta(hours=1)), rules)
    keeps(google_account="maria@clinic.example", is_suspended=True)
    suspended = books(maria, desk, replace(wish, starts_at=NINE + timedelta(hours=2)), rules)
    keeps(google_account="maria@clinic.example", is_suspended=False)
    calendar.cancel(maria, early, at=LATER, who="Dana Hill")

    unsent = [early, no_account, suspended]
    assert [booked.unsent for booked in unsent] == ["SET-OFF", "FOLDER-EMPTY", "USER-SUSPENDED"]
    assert [owed(booked) for booked in unsent] == [False, False, False]


@pytest.mark.usefixtures("ready")
def test_the_very_same_booking_again_books_nothing(maria: Person, desk: Workstation, wish: Wish, rules: Rules) -> None:
    first = books(maria, desk, wish, rules)
    second = books(maria, desk, wish, rules, LATER)

    assert second.id == first.id
    assert len(appointments.between(maria.id, NINE, NINE + timedelta(days=1))) == 1


@pytest.mark.usefixtures("ready")
@pytest.mark.parametrize(("minutes_later", "minutes"), [(0, 20), (-10, 20), (20, 60), (-60, 480), (10, 10)])
def test_overlapping_ones_are_refused_by_name_and_time(
    maria: Person, desk: Workstation, wish: Wish, rules: Rules, minutes_later: int, minutes: int
) -> None:
    books(maria, desk, wish, rules)

    with pytest.raises(Refused) as refused:
        books(maria, desk, replace(wish, starts_at=NINE + timedelta(minutes=minutes_later), minutes=minutes), rules)

    said = "Maria has an appointment from 9:00 AM to 9:30 AM. Choose another time"
    assert refused.value.problems == (("time", said),)


@pytest.mark.usefixtures("ready")
@pytest.mark.parametrize(("minutes_later", "minutes"), [(30, 10), (-10, 10)])
def test_one_right_before_or_after_is_taken(
    maria: Person, desk: Workstation, wish: Wish, rules: Rules, minutes_later: int, minutes: int
) -> None:
    first = books(maria, desk, wish, rules)

    beside = replace(wish, starts_at=NINE + timedelta(minutes=minutes_later), minutes=minutes)

    assert books(maria, desk, beside, rules).id != first.id


def test_booking_again_what_was_booked_too_early_says_to_cancel_it_first(
    maria: Person, desk: Workstation, wish: Wish, rules: Rules, request: pytest.FixtureRequest
) -> None:
    early = books(maria, desk, wish, rules)
    request.getfixturevalue("ready")

    with pytest.raises(Refused) as refused:
        books(maria, desk, wish, rules, LATER)
    calendar.cancel(maria, early, at=LATER, who="Dana Hill")
    again = books(maria, desk, wish, rules, LATER)

    assert "which is not sent to Google. Cancel it first" in refused.value.problems[0][1]
    assert (again.id != early.id, again.unsent, owed(again)) == (True, "", True)


@pytest.mark.usefixtures("ready")
def test_two_people_are_booked_at_the_same_time(
    maria: Person, joe: Person, desk: Workstation, wish: Wish, rules: Rules
) -> None:
    hers = books(maria, desk, wish, rules)
    his = books(joe, desk, replace(wish, client_id=clients.of_people([joe.id])[0].id), rules)

    assert hers.id != his.id


@pytest.mark.usefixtures("ready")
def test_changes_that_wait_together_are_said_together(
    maria: Person, desk: Workstation, wish: Wish, rules: Rules
) -> None:
    booked = books(maria, desk, wish, rules)
    first = deliveries.open_of([booked.id])[booked.id]

    calendar.move(maria, booked, NINE + timedelta(hours=1), rules, at=LATER, who="Dana Hill")
    calendar.cancel(maria, booked, at=LATER, who="Dana Hill")

    assert deliveries.open_of([booked.id])[booked.id].id == first.id


@pytest.mark.usefixtures("ready")
def test_a_change_of_what_is_under_way_follows_it(maria: Person, desk: Workstation, wish: Wish, rules: Rules) -> None:
    booked = books(maria, desk, wish, rules)
    first = deliveries.open_of([booked.id])[booked.id]
    owed = Owed(first.clinic_id, first.id, 0, booked.id, "")
    assert deliveries.claim_all([owed], TODAY, TODAY + timedelta(minutes=1))

    calendar.move(maria, booked, NINE + timedelta(hours=1), rules, at=LATER, who="Dana Hill")

    assert deliveries.open_of([booked.id])[booked.id].id != first.id


@pytest.mark.usefixtures("ready")
def test_moving_to_where_it_is_owes_nothing(maria: Person, desk: Workstation, wish: Wish, rules: Rules) -> None:
    booked = books(maria, desk, wish, rules)
    deliveries.close(deliveries.open_of([booked.id])[booked.id].id, 0, done_at=TODAY)

    calendar.move(maria, booked, NINE, rules, at=LATER, who="Dana Hill")

    assert not owed(booked)


@pytest.mark.usefixtures("ready")
def test_cancelled_twice_owes_once_and_cannot_be_moved(
    maria: Person, desk: Workstation, wish: Wish, rules: Rules
) -> None:
    booked = books(maria, desk, wish, rules)
    calendar.cancel(maria, booked, at=TODAY, who="Dana Hill")
    deliveries.close(deliveries.open_of([booked.id])[booked.id].id, 0, done_at=TODAY)

    calendar.cancel(maria, booked, at=LATER, who="Dana Hill")
    with pytest.raises(Refused):
        calendar.move(maria, booked, NINE + timedelta(hours=1), rules, at=LATER, who="Dana Hill")

    assert (owed(booked), booked.cancelled_at, booked.starts_at) == (False, TODAY, NINE)


def test_somebody_else_s_appointment_is_nobody_s(
    maria: Person, joe: Person, desk: Workstation, wish: Wish, rules: Rules
) -> None:
    hers = books(maria, desk, wish, rules)

    assert calendar.of_person(joe, hers.id) is None
    assert calendar.of_person(maria, hers.id) is hers
    assert calendar.of_person(maria, hers.id + 1) is None
