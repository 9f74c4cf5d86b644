"""Different accounts at once, one account never twice, and nobody waits for somebody else's slow answers."""

import threading
from collections import Counter
from datetime import timedelta

from e2e.fake_google.faults import Fault
from tests.background.crowd import gathers, starts
from tests.background.office import ACCOUNT, NINE, TEN, Office
from wizard.background.dispatcher import Limits
from wizard.store import deliveries

LONG_S = 10.0


def test_accounts_are_served_at_once_and_each_of_them_by_one(office: Office) -> None:
    """Eight threads meet at Google: with fewer at once the first answer would never come."""
    crowd = gathers(office, accounts=8, each=3)
    together = threading.Barrier(8, timeout=LONG_S)
    dispatcher, now_at, most = office.dispatcher(), Counter[str](), Counter[str]()
    asks, guard = dispatcher._google.write, threading.Lock()
    lone = threading.local()

    def watched(grant_id: int, calendar_id: str, event: object, *, over: str = "") -> object:
        with guard:
            now_at[calendar_id] += 1
            most[calendar_id] = max(most[calendar_id], now_at[calendar_id])
        if not hasattr(lone, "met"):
            lone.met = together.wait()
        answer = asks(grant_id, calendar_id, event, over=over)  # type: ignore[arg-type]  # handed on as it came
        with guard:
            now_at[calendar_id] -= 1
        return answer

    dispatcher._google.write = watched  # type: ignore[method-assign, assignment]  # only watched: it is the real one that writes
    try:
        tried = dispatcher.run_once()
    finally:
        del dispatcher._google.write

    assert (tried, len(starts(crowd, office))) == (24, 24)
    assert set(most.values()) == {1}
    assert together.broken is False


def test_what_is_cancelled_while_it_is_sent_is_taken_back(office: Office) -> None:
    """Where it goes is noted when it is read, so its removal is never taken for one that nobody has heard of."""
    office.accepts()
    booked = office.books()
    dispatcher = office.dispatcher()
    asks = dispatcher._google.write

    def overtaken(grant_id: int, calendar_id: str, event: object, *, over: str = "") -> object:
        office.cancels(booked)
        return asks(grant_id, calendar_id, event, over=over)  # type: ignore[arg-type]  # handed on as it came

    dispatcher._google.write = overtaken  # type: ignore[method-assign, assignment]  # only held up: it is the real one that writes
    try:
        tried = dispatcher.run_once()
    finally:
        del dispatcher._google.write

    assert (tried, office.asked()) == (2, ["events.insert", "events.delete"])
    assert (office.on_google(), office.owes(booked), office.reads(booked).removed_at) == ([], None, office.now)


def test_an_account_that_hangs_holds_up_nobody_else(office: Office) -> None:
    crowd = gathers(office, accounts=3, each=4)
    office.google.world.plan(Fault("hang", "events.insert", crowd.accounts[0], times=None))
    dispatcher = office.dispatcher()

    dispatcher.start()
    try:
        there = _until(lambda: len(starts(crowd, office)) == 8)
    finally:
        office.google.answers_again()
        dispatcher.stop()

    assert there
    assert office.google.world.events_in(crowd.accounts[0], "PIMSY Calendar") == []


def test_one_row_is_tried_when_it_is_named_and_due_and_free(office: Office) -> None:
    office.accepts()
    booked = office.books()
    delivery = office.owes_surely(booked)
    dispatcher = office.dispatcher()

    before_its_row = dispatcher.try_one(delivery.clinic_id, delivery.id + 1)
    first, twice = (dispatcher.try_one(delivery.clinic_id, delivery.id) for _ in range(2))

    assert (before_its_row, first, twice) == (False, True, False)
    assert (office.on_google(), office.owes(booked), office.asked()) == ([NINE], None, ["events.insert"])


def test_a_row_of_another_clinic_is_not_tried_by_its_number(office: Office) -> None:
    office.accepts()
    delivery = office.owes_surely(office.books())

    assert not office.dispatcher().try_one(delivery.clinic_id + 1, delivery.id)
    assert office.on_google() == []


def test_a_row_that_is_not_due_or_leased_is_left(office: Office) -> None:
    office.accepts()
    leased, later = office.owes_surely(office.books()), office.owes_surely(office.books(TEN))
    office.claims(leased)
    with office.inside():
        deliveries.put_off(1, office.now + timedelta(minutes=5), "GOOGLE-BUSY", office.now)

    tried = [office.dispatcher().try_one(row.clinic_id, row.id) for row in (leased, later)]

    assert (tried, office.asked()) == ([False, False], [])


def test_a_booking_that_is_rolled_back_leaves_nothing_to_deliver(office: Office) -> None:
    office.accepts()
    with office.inside():
        office.appointment_undone(TEN)

    assert (office.delivers(), office.asked()) == (0, [])


def test_one_account_is_never_asked_for_two_rows_of_one_batch(office: Office) -> None:
    office.accepts()
    for count in range(4):
        office.books(NINE + timedelta(minutes=20 * count))
    dispatcher = office.dispatcher(limits=Limits(threads=4))

    with office.app.app_context():
        dispatcher._line = dispatcher._look()
        picked = dispatcher._pick(4)

    assert len(picked) == 1
    assert picked[0].sub == office.google.world.account(ACCOUNT).sub


def test_a_row_that_cannot_be_read_is_put_back_alone(office: Office) -> None:
    office.accepts()
    crowd = gathers(office, accounts=2, each=1)
    broken, sound = crowd.appointments
    with office.inside():
        office.breaks_zone_of(broken)

    office.delivers()

    assert (office.owes_surely(broken).reason, office.owes(sound)) == ("OUR-FAULT", None)
    assert office.owes_surely(broken).fault


def _until(holds: object) -> bool:
    """Whether it came to hold; asked again as soon as anything moves, for ten seconds at the most."""
    assert callable(holds)
    ends = threading.Event()
    for _ in range(int(LONG_S / 0.02)):
        if holds():
            return True
        ends.wait(0.02)
    return False
