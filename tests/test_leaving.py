"""Leaving the desk: after step 6 the person is asked to sign out of Google where others use the computer."""

from dataclasses import replace
from typing import Any

import pytest

from tests.builders import (
    JOE,
    MARIA,
    accepted,
    arrival,
    at,
    dead,
    proven,
    refused,
    said,
    signed_in,
    told,
    trip,
)
from wizard.evidence import Evidence, Outcome, Purpose
from wizard.leaving import LEFT, MAY_BE_OPEN, NOT_SHOWN, OPEN, STILL_OPEN, check
from wizard.steps.step import aside
from wizard.verdict import Verdict

STEP_6 = trip(Purpose.INTEGRATION, Outcome.GRANTED, -12, account=MARIA)


def shared(*trips: Any, **facts: Any) -> Evidence:
    """Maria was proven at a computer of a clinic that has three more people."""
    return proven(**{"colleagues": 3, "trips": (refused(-25), STEP_6, *trips), **facts})


OPEN_HERE = OPEN.fill(name="Maria")


@pytest.mark.parametrize(
    "facts",
    [
        accepted(colleagues=3),
        shared(colleagues=0),
        shared(checker=None),
        shared(checker=dead(died=-1)),
        shared(answers=(said("", -1, "own computer"),)),
    ],
)
def test_nothing_is_asked_without_a_proof_others_or_somebody_who_can_look(facts: Evidence) -> None:
    assert check(facts) is None


def test_accepting_signed_the_person_in_here() -> None:
    assert check(shared()) == OPEN_HERE


def test_by_hand_it_is_asked_since_the_event_was_created() -> None:
    facts = told(colleagues=1, arrivals=(arrival(generation=0, created=at(-11)),))
    connected_here = replace(facts, trips=(trip(Purpose.CHECKER, Outcome.GRANTED, -60, account=MARIA),))

    assert check(facts) == MAY_BE_OPEN.fill(name="Maria")
    assert check(connected_here) == OPEN_HERE


def test_a_refusal_after_step_6_shows_the_desk_is_left() -> None:
    verdict = check(shared(refused(-3)))

    assert verdict is not None
    assert (verdict.code, verdict.because, verdict.seen) == (
        LEFT.code,
        "maria@clinic.example is signed out of Google on this computer, 9:57 AM.",
        at(-3),
    )


@pytest.mark.parametrize(
    ("trips", "expected"),
    [
        ((signed_in(ended=-3),), STILL_OPEN.fill(account=MARIA.email)),
        ((refused(-5), signed_in(ended=-3)), STILL_OPEN.fill(account=MARIA.email)),
        ((refused(-5), trip(Purpose.CHECKER, Outcome.GRANTED, -3, account=MARIA)), OPEN_HERE),
        ((refused(-3, alive_after=False),), OPEN_HERE),
        ((refused(-3, is_own=False, sub=JOE.sub),), OPEN_HERE),
    ],
)
def test_what_shows_that_it_is_still_open(trips: tuple[Any, ...], expected: Verdict) -> None:
    assert check(shared(*trips)) == expected


def test_the_next_person_s_sign_out_leaves_it_open_who_else_is_signed_in() -> None:
    """Google refuses a question without a hint also where several accounts are signed in at once, hers among them."""
    nobody_alone = refused(-3, is_own=False, sub=JOE.sub, is_hinted=False)

    assert check(shared(nobody_alone)) == MAY_BE_OPEN.fill(name="Maria")
    assert check(shared(nobody_alone, signed_in(ended=-1))) == STILL_OPEN.fill(account=MARIA.email)
    assert check(shared(nobody_alone, refused(-1))) == check(shared(refused(-1)))


NEXT_IS_OUT = refused(-2.9, is_own=False, sub=JOE.sub)
NOBODY_ALONE = refused(-2.8, is_own=False, sub=JOE.sub, is_hinted=False)


@pytest.mark.parametrize(
    ("trips", "code"),
    [
        ((refused(-3, is_leaving=True), NEXT_IS_OUT, NOBODY_ALONE), LEFT.code),
        ((refused(-3, is_leaving=True), signed_in(JOE, -2.9, is_own=False, sub=JOE.sub)), LEFT.code),
        ((refused(-3, is_leaving=True), NEXT_IS_OUT, signed_in(MARIA, -2.8, is_own=False, sub=JOE.sub)), OPEN.code),
        ((NEXT_IS_OUT, NOBODY_ALONE), OPEN.code),
    ],
)
def test_what_the_same_trip_asks_for_the_next_person_is_hers(trips: tuple[Any, ...], code: str) -> None:
    verdict = check(shared(*trips))

    assert verdict is not None
    assert verdict.code == code


def test_somebody_else_s_sign_in_later_is_not_hers() -> None:
    verdict = check(shared(refused(-5), trip(Purpose.CHECKER, Outcome.GRANTED, -3, account=JOE, is_own=False)))

    assert verdict is not None
    assert verdict.code == LEFT.code


def test_a_refusal_shows_nothing_without_a_control() -> None:
    assert check(shared(refused(-3), has_control=False)) == NOT_SHOWN.fill(checker="the checker")


def test_google_s_silence_stands_beside() -> None:
    silent = trip(Purpose.SIGNED_OUT, Outcome.UNSEEN, -3, sub=MARIA.sub, failure="GOOGLE-BUSY")

    assert check(shared(silent)) == aside(OPEN_HERE, "GOOGLE-BUSY")
    assert check(shared(silent, signed_in(ended=-1))) == STILL_OPEN.fill(account=MARIA.email)
