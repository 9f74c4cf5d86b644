"""The last resort as a path: each line says what was seen, and nothing is ticked off by hand."""

from dataclasses import replace

import pytest

from tests.builders import (
    JOE,
    MARIA,
    arrival,
    authorized,
    by_hand,
    connected,
    dead,
    grant,
    ready,
    refused,
    repaired,
    said,
    trip,
)
from wizard.evidence import Evidence, Outcome, Purpose
from wizard.journey import travel
from wizard.repairing import Progress, desk, has_work, removal
from wizard.verdict import Status

NOT_CHECKED, WAITING, VERIFIED = Status.NOT_CHECKED, Status.WAITING, Status.VERIFIED


@pytest.mark.parametrize(
    ("known", "progress"),
    [
        (connected(), Progress(NOT_CHECKED, "nothing was given yet")),
        (connected(integration=grant()), Progress(NOT_CHECKED, "not seen: it still stood when we last looked")),
        (connected(integration=dead(died=-20)), Progress(VERIFIED, "seen removed 9:40 AM")),
        (
            connected(integration=repaired(died=-20, since=-10)),
            Progress(VERIFIED, "seen removed 9:40 AM, given again 9:50 AM"),
        ),
        (
            by_hand(checker=grant()),
            Progress(NOT_CHECKED, "cannot be seen: PIMSY holds this permission, not this wizard"),
        ),
    ],
)
def test_whether_the_permission_was_seen_to_end(known: Evidence, progress: Progress) -> None:
    assert removal(known) == progress


PROVEN = ready(
    trips=(refused(-25), trip(Purpose.INTEGRATION, Outcome.GRANTED, -12, account=MARIA)),
    integration=grant(given=-12),
    authorization=authorized(-12),
    arrivals=(arrival(-10),),
    arrival_looked_at=None,
)
DEAD = replace(PROVEN, integration=dead(given=-12, died=-5))
GIVEN_AGAIN = replace(DEAD, integration=repaired(died=-5, since=-2))


@pytest.mark.parametrize(
    ("known", "progress"),
    [
        (PROVEN, Progress(VERIFIED, "")),
        (DEAD, Progress(NOT_CHECKED, "next: step 2, Sign out of Google on this computer")),
        (GIVEN_AGAIN, Progress(NOT_CHECKED, "next: step 2, Sign out of Google on this computer")),
        (
            replace(GIVEN_AGAIN, trips=(*PROVEN.trips, refused(-1))),
            Progress(NOT_CHECKED, "next: step 5, Book a test appointment"),
        ),
    ],
)
def test_how_far_a_computer_is(known: Evidence, progress: Progress) -> None:
    assert desk(known, travel(known)) == progress


BEGUN = said("", -20, "repair")


@pytest.mark.parametrize(
    ("facts", "progress"),
    [
        ({"arrivals": (arrival(-30, generation=0),)}, Progress(NOT_CHECKED, "not begun")),
        (
            {"arrivals": (arrival(-30, generation=0),), "answers": (BEGUN,)},
            Progress(NOT_CHECKED, "a new test appointment proves it"),
        ),
        (
            {"arrivals": (arrival(-30, generation=0), arrival(-10, generation=0)), "answers": (BEGUN,)},
            Progress(VERIFIED, "a new test appointment arrived 9:50 AM"),
        ),
        (
            {"arrivals": (arrival(-10, generation=0, is_live=False),), "answers": (BEGUN,)},
            Progress(NOT_CHECKED, "a new test appointment proves it"),
        ),
        (  # a client's own appointment, or the test at a wrong time
            {"arrivals": (arrival(-10, generation=0, is_at_slot=False),), "answers": (BEGUN,)},
            Progress(NOT_CHECKED, "a new test appointment proves it"),
        ),
        (
            {"arrivals": (arrival(-10, generation=0, sub=JOE.sub),), "answers": (BEGUN,)},
            Progress(NOT_CHECKED, "a new test appointment proves it"),
        ),
    ],
)
def test_by_hand_a_later_test_appointment_proves_it(facts: dict[str, object], progress: Progress) -> None:
    known = by_hand(checker=grant(), **facts)

    assert desk(known, travel(known)) == progress


def test_only_computers_that_end_with_it_are_in_the_repair() -> None:
    assert has_work(PROVEN)
    assert has_work(by_hand(arrivals=(arrival(-10),)))
    assert not has_work(ready())
    assert not has_work(by_hand())


def test_by_hand_a_computer_where_it_never_worked_is_in_the_repair_from_its_first_booking_on() -> None:
    assert has_work(by_hand(answers=(said("test-appointment", -10),)))
    assert not has_work(by_hand(answers=(said("enable-setting", -10),)))
