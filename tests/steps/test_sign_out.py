"""Step 2: every verdict on whether somebody is still signed in to Google in this browser."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from tests.builders import (
    FRONTDESK,
    JOE,
    MARIA,
    accepted,
    arrival,
    at,
    authorized,
    connected,
    dead,
    evidence,
    grant,
    proven,
    refused,
    repaired,
    signed_in,
    told,
    trip,
)
from wizard.evidence import Evidence, Outcome, Purpose, Trip
from wizard.steps import sign_out as step
from wizard.steps.step import CLOCK, GOOGLE_BUSY, GOOGLE_PAGE_STAYED, NOT_BEGUN, OUR_FAULT, REVOKED_CHK
from wizard.verdict import Verdict

OUT = step.OUT.fill(account=MARIA.email, at="9:55 AM", checker="the checker")
WAS_OUT = step.WAS_OUT.fill(account=MARIA.email, at="9:35 AM")
MARIA_STILL = step.STILL.fill(accounts="maria@clinic.example is")
JOE_STILL = step.STILL.fill(accounts="joe@clinic.example is")


def asked(outcome: Outcome, ended: float = -5, **more: Any) -> Trip:
    return trip(Purpose.SIGNED_OUT, outcome, ended, **{"sub": MARIA.sub, **more})


def code(purpose: Purpose, outcome: Outcome, ended: float, **more: Any) -> Trip:
    return trip(purpose, outcome, ended, **more)


def lone(outcome: Outcome, ended: float = -4.9, **more: Any) -> Trip:
    """The question without a hint that follows a hinted one."""
    return asked(outcome, ended, is_hinted=False, **more)


def judged(*trips: Trip, **facts: Any) -> Verdict:
    return step.check(connected(trips=trips, **facts))


# ── what can be seen at all ──────────────────────────────────────────────────────────────────────────────────────────


def test_nothing_is_begun() -> None:
    assert judged() == NOT_BEGUN


def test_without_the_checker_it_cannot_be_seen() -> None:
    verdict = step.check(evidence(trips=(refused(),)))

    assert verdict == step.NO_CHECKER.fill(checker="the checker")
    assert verdict.note == "cannot be seen"


def test_with_a_dead_checker_it_cannot_be_seen() -> None:
    assert judged(refused(), checker=dead()) == step.CHECKER_DEAD.fill(checker="the checker")


def test_a_refusal_without_a_control_shows_nothing() -> None:
    assert judged(refused(), has_control=False) == step.NO_CONTROL.fill(checker="the checker")


BUSY = replace(GOOGLE_BUSY, remedy=step.CHECK_LATER)


@pytest.mark.parametrize(
    ("only", "expected"),
    [
        (asked(Outcome.UNSEEN, failure="GOOGLE-BUSY"), BUSY),
        (asked(Outcome.UNSEEN, failure="CLOCK"), CLOCK),
        (asked(Outcome.UNSEEN, failure="something new"), OUR_FAULT),
        (asked(Outcome.REFUSED, alive_before=True), BUSY),
        (asked(Outcome.REFUSED, alive_after=True, failure="CLOCK"), CLOCK),
        (asked(Outcome.OPEN, -0.5), NOT_BEGUN),
        (asked(Outcome.OPEN, -2), GOOGLE_PAGE_STAYED.fill(left="9:58")),
        (asked(Outcome.OPEN, -11), NOT_BEGUN),
        (refused(sub=JOE.sub), NOT_BEGUN),  # asked for the account of before
        (refused(is_own=False), NOT_BEGUN),
        (lone(Outcome.SIGNED_IN, account=JOE), NOT_BEGUN),  # nothing was asked about Maria
    ],
)
def test_a_question_without_an_answer_is_no_finding(only: Trip, expected: Verdict) -> None:
    assert judged(only) == expected


@pytest.mark.parametrize(
    ("later", "told_aside"),
    [
        (asked(Outcome.UNSEEN, -2, failure="GOOGLE-BUSY"), "GOOGLE-BUSY"),
        (asked(Outcome.OPEN, -2), "GOOGLE-PAGE-STAYED"),
        (asked(Outcome.OPEN, -0.5), ""),
    ],
)
def test_a_later_question_without_an_answer_stands_beside(later: Trip, told_aside: str) -> None:
    assert judged(refused(), later) == replace(OUT, seen=at(-5), aside=told_aside)


def test_a_permission_that_was_gone_says_so() -> None:
    verdict = judged(refused(-30), asked(Outcome.PERMISSION_GONE))

    assert verdict == REVOKED_CHK.fill(Checker="The checker", checker="the checker")


def test_a_permission_that_was_gone_and_given_again_since_says_nothing() -> None:
    gone = asked(Outcome.PERMISSION_GONE, -5)

    assert judged(gone, checker=repaired(died=-5, since=-1)) == NOT_BEGUN


# ── signed out ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_refusal_between_two_signs_of_life_is_the_proof() -> None:
    verdict = judged(refused())

    assert verdict == replace(OUT, seen=at(-5))
    assert verdict.because == "maria@clinic.example is signed out on this computer, 9:55 AM."


@pytest.mark.parametrize(
    "after", [lone(Outcome.REFUSED), lone(Outcome.UNSEEN, failure="GOOGLE-BUSY"), lone(Outcome.OPEN)]
)
def test_the_question_without_a_hint_adds_nothing_by_its_refusal_or_absence(after: Trip) -> None:
    assert judged(refused(), after) == replace(OUT, seen=at(-5))


def test_it_counts_for_an_hour() -> None:
    assert judged(refused(-60)).is_verified
    assert judged(refused(-60.1)) == step.OLD.fill(at="8:59")


@pytest.mark.parametrize(
    ("ended", "age"), [(-9, None), (-10, None), (-14, timedelta(minutes=14)), (-60, timedelta(minutes=60)), (-61, None)]
)
def test_after_ten_minutes_step_5_asks_once_more(ended: float, age: timedelta | None) -> None:
    assert step.needs_asking_again(connected(trips=(refused(ended),))) == age


def test_what_is_sealed_or_still_open_is_not_asked_again() -> None:
    assert step.needs_asking_again(proven()) is None
    assert step.needs_asking_again(connected(trips=(signed_in(),))) is None


# ── still signed in ──────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("trips", "expected"),
    [
        ((signed_in(),), MARIA_STILL),
        ((refused(-30), signed_in()), MARIA_STILL),
        ((signed_in(JOE),), JOE_STILL),
        ((refused(), lone(Outcome.SIGNED_IN, account=JOE)), JOE_STILL),
        (
            (signed_in(), lone(Outcome.SIGNED_IN, account=JOE)),
            step.STILL.fill(accounts="maria@clinic.example and joe@clinic.example are"),
        ),
        ((signed_in(), lone(Outcome.SIGNED_IN, account=MARIA)), MARIA_STILL),
        ((signed_in(None),), step.STILL.fill(accounts="A Google account is")),
        ((signed_in(None, -7), signed_in(None, -6), signed_in(None)), step.STILL.fill(accounts="A Google account is")),
        ((signed_in(ended=-7), refused(-6), signed_in()), MARIA_STILL),
        ((signed_in(ended=-7), signed_in(ended=-6)), MARIA_STILL),
        (
            (signed_in(ended=-7), signed_in(ended=-6), asked(Outcome.UNSEEN, -5.5), signed_in()),
            step.STILL_CHROME.fill(account=MARIA.email),
        ),
    ],
)
def test_a_code_names_who_is_signed_in(trips: tuple[Trip, ...], expected: Verdict) -> None:
    verdict = judged(*trips)

    assert replace(verdict, seen=None) == expected


def test_signed_out_after_having_been_signed_in_is_signed_out() -> None:
    assert judged(signed_in(ended=-8), refused()).is_verified


# ── ended by a later sign-in in this browser ─────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("later", "ends"),
    [
        (code(Purpose.CHECKER, Outcome.GRANTED, -3, account=JOE, is_own=False), True),
        (code(Purpose.CHECKER, Outcome.TO_CONFIRM, -3, account=JOE), True),
        (code(Purpose.CHECKER, Outcome.WRONG_ACCOUNT, -3, account=JOE), True),
        (code(Purpose.CHECKER, Outcome.TAKEN_ACCOUNT, -3, account=JOE), True),
        (code(Purpose.CHECKER, Outcome.BOX_EMPTY, -3, account=JOE), True),
        (code(Purpose.CHECKER, Outcome.NO_REFRESH, -3, account=JOE), True),
        (code(Purpose.CHECKER, Outcome.DECLINED, -3, account=JOE), True),
        (code(Purpose.SIGNED_OUT, Outcome.SIGNED_IN, -3, account=JOE, sub=JOE.sub, is_own=False), True),
        (code(Purpose.INTEGRATION, Outcome.GRANTED, -3, account=JOE, is_own=False), True),
        (code(Purpose.INTEGRATION, Outcome.GRANTED, -3, account=JOE), False),
        (code(Purpose.INTEGRATION, Outcome.WRONG_ACCOUNT, -3, account=JOE), False),
        (code(Purpose.CHECKER, Outcome.CANCELLED, -3), False),
        (code(Purpose.CHECKER, Outcome.OPEN, -3), False),
        (code(Purpose.SIGNED_OUT, Outcome.REFUSED, -3, sub=JOE.sub, is_own=False), False),
        (code(Purpose.CHECKER, Outcome.GRANTED, -6, account=JOE, is_own=False), False),  # before
    ],
)
def test_a_code_in_this_browser_ends_it_but_for_ones_own_step_6(later: Trip, ends: bool) -> None:
    ended = step.ENDED.fill(at="9:55", later="9:57", account=JOE.email)

    assert judged(refused(), later) == (ended if ends else replace(OUT, seen=at(-5)))


def test_a_code_of_nobody_known_leaves_it_unchecked() -> None:
    later = code(Purpose.CHECKER, Outcome.NO_REFRESH, -3)

    assert judged(refused(), later) == step.ENDED_UNNAMED.fill(at="9:55", later="9:57")


@pytest.mark.parametrize(
    ("integration", "is_own_round"),
    [
        (None, True),
        (grant(given=-3), True),
        (dead(given=-50, died=-2), False),  # accepted before it died: that set-up is over
        (dead(given=-50, died=-4), True),  # tried in the repair
        (repaired(died=-4, since=-1), True),
        (repaired(died=-2, since=-1), False),
    ],
)
def test_ones_own_step_6_counts_from_the_last_death_of_the_writing_permission(
    integration: Any, is_own_round: bool
) -> None:
    wrote = code(Purpose.INTEGRATION, Outcome.WRONG_ACCOUNT, -3, account=JOE)

    assert judged(refused(), wrote, integration=integration).is_verified is is_own_round


# ── sealed by step 6 ─────────────────────────────────────────────────────────────────────────────────────────────────


ACCEPTED = code(Purpose.INTEGRATION, Outcome.GRANTED, -12, account=MARIA)


@pytest.mark.parametrize(
    "known",
    [
        accepted(),
        proven(),
        proven(trips=(refused(-25), ACCEPTED)),
        proven(trips=(refused(-25), ACCEPTED, signed_in(ended=-3))),  # looked at again before leaving the desk
        proven(trips=(refused(-25), ACCEPTED, code(Purpose.CHECKER, Outcome.GRANTED, -3, account=JOE, is_own=False))),
        proven(checker=dead()),
        proven(authorization=authorized(90)),  # accepted once more since; the event says when the first time was
        accepted(authorization=authorized(-12), trips=(refused(-25), refused(-8, alive_after=False))),
        told(arrivals=(arrival(-10, generation=0),)),
        told(arrivals=(arrival(5000, generation=0, created=at(-10)),)),
    ],
)
def test_step_6_seals_it_whatever_is_seen_later(known: Evidence) -> None:
    verdict = step.check(known)

    assert verdict == replace(WAS_OUT, seen=at(-25))
    assert verdict.because == "maria@clinic.example was signed out on this computer, 9:35 AM."


@pytest.mark.parametrize(
    "known",
    [
        proven(trips=()),
        proven(trips=(ACCEPTED, signed_in())),
        proven(trips=(refused(-11),), arrivals=(arrival(-11.5),)),  # asked after both, by somebody careful
        proven(trips=(refused(-80),)),
        proven(has_control=False),
        proven(trips=(refused(-25), code(Purpose.CHECKER, Outcome.GRANTED, -20, account=FRONTDESK, is_own=False))),
        accepted(integration=dead(died=-1)),
    ],
)
def test_without_a_sign_out_that_held_until_then_nothing_is_sealed(known: Evidence) -> None:
    assert step.check(known).code != step.WAS_OUT.code


def test_a_repair_asks_for_it_anew_at_each_desk() -> None:
    known = proven(trips=(refused(-25), ACCEPTED), integration=repaired(died=-5, since=-3))

    assert step.check(known) == step.ENDED.fill(at="9:35", later="9:48", account=MARIA.email)


@pytest.mark.parametrize(
    ("leaving", "after_a_sign_out"),
    [(refused(-1, is_leaving=True), "SIGNED-OUT"), (signed_in(ended=-1, is_leaving=True), "SIGN-ENDED")],
)
def test_what_is_asked_before_the_desk_is_left_proves_nothing_about_step_2(
    leaving: Trip, after_a_sign_out: str
) -> None:
    assert step.check(connected(trips=(leaving,))) == NOT_BEGUN
    assert step.check(connected(trips=(refused(-5), leaving))).code == after_a_sign_out


BEFORE_HER = refused(-5.1, sub=JOE.sub, is_own=False, is_leaving=True)
"""Joe leaves the desk; in the same trip Maria is asked about, as the next one."""


@pytest.mark.parametrize(
    ("trips", "expected"),
    [
        ((BEFORE_HER, refused(), lone(Outcome.REFUSED)), replace(OUT, seen=at(-5))),
        ((BEFORE_HER,), NOT_BEGUN),  # the one before her has left: that says nothing of her own account
        ((BEFORE_HER, lone(Outcome.REFUSED, is_own=False, sub=JOE.sub)), NOT_BEGUN),
        ((BEFORE_HER, refused(), lone(Outcome.SIGNED_IN, account=JOE)), replace(JOE_STILL, seen=at(-5))),
        ((BEFORE_HER, signed_in(JOE)), replace(JOE_STILL, seen=at(-5))),
        ((BEFORE_HER, refused(alive_before=False)), BUSY),
        ((BEFORE_HER, refused(alive_after=False)), BUSY),
    ],
)
def test_the_trip_that_ended_somebody_s_turn_counts_by_the_question_about_her_alone(
    trips: tuple[Trip, ...], expected: Verdict
) -> None:
    assert judged(*trips) == expected
