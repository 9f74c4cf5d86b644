"""A worker that is late: killed, frozen, or overtaken. It harms nothing, and nothing is lost by it."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from tests.background.office import ACCOUNT, LEASE, NINE, TEN, Office
from tests.databases import CHOICES
from wizard.practice.builtin.deliver import deliver
from wizard.practice.builtin.errand import Turn
from wizard.store import deliveries, locks

BOTH = (*CHOICES["sqlite"], *CHOICES["postgres"])  # what is late is a hold of a row, whoever gives the turns
pytestmark = pytest.mark.parametrize("database", BOTH, indirect=True, ids=["SQLite", "PostgreSQL"])


class Interrupted:
    """The clock of a worker that is frozen when it has read what to say: at the second look at it, meanwhile happens.

    That is right before it asks Google; for one that found out that nothing may be sent, right before it writes so.
    """

    def __init__(self, at: datetime, meanwhile: Callable[[], object]) -> None:
        self.at, self.meanwhile, self.looks = at, meanwhile, 0

    def __call__(self) -> datetime:
        self.looks += 1
        if self.looks == 2:
            self.meanwhile()
        return self.at


def carries_out(office: Office, turn: Turn, clock: Callable[[], datetime]) -> None:
    with office.inside():
        deliver(turn, office.services.google, clock, lambda: 0.5)


def test_what_a_killed_worker_had_claimed_is_done_when_its_lease_ends(office: Office) -> None:
    office.accepts()
    booked = office.books()
    office.claims(office.owes_surely(booked))

    before = office.delivers(after=LEASE.total_seconds() - 1)
    after = office.delivers(after=1)

    assert (before, after, office.on_google(), office.owes(booked)) == (0, 1, [NINE], None)


def test_a_worker_whose_lease_was_taken_over_closes_nothing(office: Office) -> None:
    office.accepts()
    booked = office.books()
    delivery = office.owes_surely(booked)
    late = office.claims(delivery)
    office.google.goes_silent()
    office.delivers(after=LEASE.total_seconds())
    taken_over = office.owes_surely(booked)
    office.google.answers_again()

    carries_out(office, late, office.clock)

    assert (taken_over.fence, taken_over.reason) == (2, "GOOGLE-BUSY")
    assert office.reads(booked).sent_at is None
    assert office.owes_surely(booked).id == delivery.id
    assert office.delivers(after=60) == 1
    assert (office.on_google(), office.owes(booked)) == ([NINE], None)


def test_an_old_time_said_by_a_late_worker_is_put_right(office: Office) -> None:
    office.accepts()
    booked = office.books()
    late = office.claims(office.owes_surely(booked))
    late = Turn(late.delivery_id, late.fence, late.deadline, office.now + LEASE)

    def meanwhile() -> None:
        office.waits(LEASE.total_seconds())
        office.moves(booked, TEN)
        office.delivers()
        assert office.on_google() == [TEN]

    carries_out(office, late, Interrupted(office.now, meanwhile))
    overwritten = office.on_google()
    tried = office.delivers(after=1)

    assert (overwritten, tried, office.on_google()) == ([NINE], 1, [TEN])
    assert (office.owes(booked), office.delivers()) == (None, 0)


def test_an_appointment_cancelled_meanwhile_does_not_come_back(office: Office) -> None:
    office.accepts()
    booked = office.books()
    late = office.claims(office.owes_surely(booked))

    carries_out(office, late, Interrupted(office.now, lambda: office.cancels(booked)))
    there = office.on_google()
    office.delivers(after=1)

    assert (there, office.on_google()) == ([NINE], [])
    assert (office.owes(booked), office.reads(booked).removed_at) == (None, office.now)


def test_a_move_while_google_is_asked_is_said_after_it(office: Office) -> None:
    office.accepts()
    booked = office.books()
    turn = office.claims(office.owes_surely(booked))

    carries_out(office, turn, Interrupted(office.now, lambda: office.moves(booked, TEN)))
    office.delivers(after=1)

    assert (office.on_google(), office.owes(booked)) == ([TEN], None)


def test_what_is_put_right_while_a_worker_finds_it_wrong_is_sent_at_once(office: Office) -> None:
    office.accepts()
    office.saves_folder("joe@clinic.example")
    booked = office.books()
    turn = office.claims(office.owes_surely(booked))

    carries_out(office, turn, Interrupted(office.now, lambda: office.saves_folder(ACCOUNT)))

    assert office.delivers() == 1
    assert (office.on_google(), office.owes(booked)) == ([NINE], None)


def test_a_worker_that_sends_while_something_is_put_right_sends_no_second_event(office: Office) -> None:
    office.accepts()
    booked = office.books()
    turn = office.claims(office.owes_surely(booked))

    carries_out(office, turn, Interrupted(office.now, lambda: office.saves_folder(ACCOUNT)))
    office.delivers(after=1)

    assert (office.on_google(), office.owes(booked)) == ([NINE], None)
    assert office.reads(booked).sent_at is not None


def test_a_worker_whose_time_is_nearly_up_asks_google_nothing(office: Office) -> None:
    office.accepts()
    booked = office.books()
    turn = office.claims(office.owes_surely(booked))
    spent = Turn(turn.delivery_id, turn.fence, office.now, office.now + LEASE)

    carries_out(office, spent, office.clock)
    given_back = office.owes_surely(booked)

    assert (office.asked(), given_back.tries, given_back.leased_until) == ([], 0, None)
    assert office.delivers(after=1) == 1
    assert office.on_google() == [NINE]


def test_an_account_somebody_else_writes_to_is_left_to_him_for_a_moment(office: Office) -> None:
    office.accepts()
    booked = office.books()
    with office.inside():
        locks.take(
            f"account/{office.google.world.account('maria@clinic.example').sub}", office.now, timedelta(seconds=5)
        )

    office.delivers()
    waiting = office.owes_surely(booked)
    office.delivers(after=5)

    assert (waiting.reason, waiting.tries) == ("", 0)
    assert (office.on_google(), office.owes(booked)) == ([NINE], None)


def test_a_clock_that_was_set_back_leaves_nothing_leased_or_put_off_for_ever(office: Office) -> None:
    office.accepts()
    leased, put_off = office.books(), office.books(TEN)
    truth = office.now
    office.now = truth + timedelta(days=400)
    office.claims(office.owes_surely(leased))
    with office.inside():
        deliveries.put_off(1, office.now + timedelta(hours=1), "QUOTA", office.now)
    office.now = truth

    assert office.delivers() == 2
    assert (sorted(office.on_google()), office.owes(put_off)) == ([NINE, TEN], None)
