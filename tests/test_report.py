"""The report reads the same on the telephone whoever reads it out, and holds nothing of a client."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.builders import (
    MAIN,
    MARIA,
    NOW,
    PIMSY,
    SLOT_STARTS_AT,
    accepted,
    by_hand,
    connected,
    dead,
    evidence,
    proven,
    saw,
    slot,
    told,
)
from wizard.evidence import Calendar, Evidence, Sighting
from wizard.journey import travel
from wizard.report import report

SIX_VERIFIED = (
    "Steps: 1 Verified FOUND, 2 Verified SIGN-SEALED, 3 Verified SET-ON, 4 Verified FOLDER-NAMED,"
    " 5 Verified BOOKED, 6 Verified ARRIVED"
)
SIX_OPEN = (
    "Steps: 1 Not checked NOT-BEGUN, 2 Not checked SIGN-UNSEEN, 3 Not checked NOT-BEGUN, 4 Not checked NOT-BEGUN,"
    " 5 Not checked NOT-BEGUN, 6 Not checked NOT-BEGUN"
)


def lines(facts: Evidence) -> tuple[str, ...]:
    return report(travel(facts), facts, clinic="Maple Clinic")


def test_a_proven_desk_reads_in_five_lines() -> None:
    assert lines(proven()) == (
        "Maple Clinic, Maria Lopez on Front desk 1, Tuesday Nov 24, 10:00 AM",
        "Stand-in for PIMSY. Checker: given 9:00 AM, Workspace. Integration: given 9:48 AM, Workspace",
        SIX_VERIFIED,
        "Nothing is left to do",
        "Test time Wednesday Nov 25, 6:10 AM, booked 9:45 AM, accepted 9:48 AM, arrived 9:50 AM, last look 10:00 AM",
    )


def test_nothing_known_reads_in_five_lines() -> None:
    assert lines(evidence()) == (
        "Maple Clinic, Maria Lopez on Front desk 1, Tuesday Nov 24, 10:00 AM",
        "Stand-in for PIMSY. Checker: none. Integration: none",
        SIX_OPEN,
        "Next: step 1, NOT-BEGUN",
        "No test time yet",
    )


def test_the_clinic_s_own_pimsy_shows_nothing_of_its_permission() -> None:
    assert lines(told())[1] == "Own PIMSY. Checker: given 9:00 AM, Workspace. Integration: cannot be seen"
    assert lines(by_hand(slot=slot()))[4] == "Test time Wednesday Nov 25, 6:10 AM"


def test_what_needs_somebody_comes_before_what_is_only_next() -> None:
    looked_late = accepted(now=NOW + timedelta(minutes=6), arrival_looked_at=NOW + timedelta(minutes=6))

    assert lines(looked_late)[3] == "Next: step 6, EVT-NONE, card 29"


def test_a_permission_that_ended_and_a_silence_are_told() -> None:
    facts = accepted(checker=dead(), arrival_failure="GOOGLE-BUSY")

    assert lines(facts)[1].startswith(
        "Stand-in for PIMSY. Checker: ended, seen 9:40 AM (invalid_grant). Integration: given"
    )
    assert lines(facts)[4].endswith("last look 10:00 AM, a look since brought GOOGLE-BUSY")


@pytest.mark.parametrize(
    "facts",
    [
        connected(calendars=saw(MAIN, Calendar("id", "Pimsy calendar of John Doe"))),
        connected(calendars=saw(MAIN, replace(PIMSY, summary="John Doe"))),
        proven(),
    ],
)
def test_neither_an_address_nor_a_calendar_s_name_is_read_out(facts: Evidence) -> None:
    said = "\n".join(lines(facts))

    assert MARIA.email not in said
    assert "Doe" not in said
    assert SLOT_STARTS_AT.isoformat() not in said


def test_a_failure_with_a_number_is_read_out_with_it() -> None:
    unseen: Sighting[tuple[Calendar, ...]] = Sighting(failure="OUR-FAULT")
    known = connected(calendars=unseen, pin=None, failure_notes={"OUR-FAULT": "4F2A 403 moonPhase: Not now."})

    assert lines(known)[3] == "Next: step 1, OUR-FAULT, card 42, number 4F2A"
