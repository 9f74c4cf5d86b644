"""What a person's checks are given of a busy computer's trips says the same as all of them would."""

from dataclasses import replace
from datetime import timedelta
from itertools import count

from hypothesis import given
from hypothesis import strategies as st

from tests.builders import JOE, MARIA, at, grant, proven
from wizard import leaving
from wizard.evidence import Outcome, Purpose
from wizard.onboarding.trips import AtDesk, by_desk, trip_of
from wizard.steps import sign_out
from wizard.store.attempts import Attempt

MARIA_ID, JOE_ID, SAM_ID, HERE = 1, 2, 3, 7
SUBS = (MARIA.sub, JOE.sub, "sub-sam")


def row(
    number: int,
    person: int = MARIA_ID,
    purpose: Purpose = Purpose.SIGNED_OUT,
    outcome: Outcome = Outcome.REFUSED,
    *,
    begun: float = -30,
    took_s: float = 5,
    came: str = "",
    is_hinted: bool = True,
    return_to: str = "sign-out",
) -> Attempt:
    begun_at = at(begun)
    return Attempt(
        id=number,
        person_id=person,
        workstation_id=HERE,
        purpose=purpose.value,
        outcome=outcome.value,
        begun_at=begun_at,
        ended_at=None if outcome is Outcome.OPEN else begun_at + timedelta(seconds=took_s),
        sub=SUBS[person - 1],
        came_sub=came,
        came_email=f"{came}@clinic.example" if came else "",
        came_hd="",
        is_hinted=is_hinted,
        return_to=return_to,
        missing=[],
        taken_by="",
        alive_before=True,
        alive_after=True,
        failure="",
        failure_note="",
    )


@st.composite
def crowds(draw: st.DrawFn) -> list[Attempt]:
    """Trips of three people at one computer, in the order they began; they come back in any order."""
    numbers, begun, rows = count(1), -50.0, []
    for _ in range(draw(st.integers(0, 14))):
        begun += draw(st.sampled_from([0.0, 0.1, 1.0, 5.0]))
        outcome = draw(
            st.sampled_from([Outcome.REFUSED, Outcome.SIGNED_IN, Outcome.GRANTED, Outcome.OPEN, Outcome.WRONG_ACCOUNT])
        )
        rows.append(
            row(
                next(numbers),
                draw(st.sampled_from([MARIA_ID, JOE_ID, SAM_ID])),
                draw(st.sampled_from(list(Purpose))),
                outcome,
                begun=begun,
                took_s=draw(st.sampled_from([1, 30, 300])),
                came=draw(st.sampled_from(SUBS)) if outcome.brought_a_code else "",
                is_hinted=draw(st.booleans()),
                return_to=draw(st.sampled_from(["sign-out", "record", "create-calendar"])),
            )
        )
    return rows


def at_desk(rows: list[Attempt]) -> AtDesk:
    return by_desk(rows)[HERE]


@given(crowds(), st.booleans())
def test_what_is_left_out_would_have_changed_no_verdict(rows: list[Attempt], is_proven: bool) -> None:
    facts = proven(checker=grant(MARIA), colleagues=2)
    if not is_proven:
        facts = replace(facts, arrivals=(), authorization=None, integration=None)
    whole = replace(facts, trips=tuple(trip_of(one, MARIA_ID) for one in rows))
    told = replace(facts, trips=at_desk(rows).told(MARIA_ID, MARIA.sub))

    assert sign_out.check(told) == sign_out.check(whole)
    assert leaving.check(told) == leaving.check(whole)
    assert [trip for trip in told.trips if trip.is_own] == [trip for trip in whole.trips if trip.is_own]


def test_a_crowd_before_and_after_her_is_not_read() -> None:
    others = [
        row(number, JOE_ID, Purpose.INTEGRATION, Outcome.GRANTED, begun=-50 + number * 0.1, came=JOE.sub)
        for number in range(1, 400)
    ]
    own = row(200, begun=-50 + 200 * 0.1)
    rows = [*others[:199], own, *others[200:]]

    told = at_desk(rows).told(MARIA_ID, MARIA.sub)

    assert [trip.begun_at for trip in told] == [own.begun_at, others[200].begun_at]


def test_a_browser_nobody_used_tells_nothing() -> None:
    assert AtDesk().told(MARIA_ID, "") == ()
    assert AtDesk().failures(MARIA_ID) == []
