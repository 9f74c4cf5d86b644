"""Step 6: every verdict on the arrival, with the stand-in and by hand."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.builders import (
    FRONTDESK,
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
    connected,
    dead,
    grant,
    pin,
    proven,
    ready,
    repaired,
    said,
    saw,
    saw_pinned,
    slot,
    told,
    trip,
)
from wizard.evidence import Evidence, Outcome, Purpose, Trip
from wizard.steps import accept as step
from wizard.steps.step import (
    ACC_WRONG,
    CAL_GONE,
    CLOCK,
    GOOGLE_BUSY,
    GOOGLE_NOCAL,
    GOOGLE_PAGE_STAYED,
    GRANT_CANCEL,
    GRANT_NOREFRESH,
    GRANT_PART,
    NOT_BEGUN,
    REVOKED_CHK,
)
from wizard.verdict import Verdict

INTEGRATION = "PIMSY Calendar Integration"
ARRIVED_WORDS = {
    "workstation": "Front desk 1",
    "at": "9:50 AM",
    "account": MARIA.email,
    "name": "Maria",
    "accepted": "9:48 AM",
}
ARRIVED = replace(step.ARRIVED_ACCEPTED.fill(**ARRIVED_WORDS), seen=at(-10))
WAITING = replace(step.WAITING.fill(time="6:10"), seen=NOW)
MISSING = replace(step.NONE.fill(time="6:10", name="Maria", account=MARIA.email), seen=NOW)
REVOKED_PIMSY = step.REVOKED_PIMSY.fill(integration=INTEGRATION)


def going(outcome: Outcome, ended: float = -14, **more: Any) -> Trip:
    return trip(Purpose.INTEGRATION, outcome, ended, **more)


def shifted(minutes: float) -> datetime:
    return SLOT_STARTS_AT + timedelta(minutes=minutes)


# ── the proof ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_very_appointment_of_this_desk_arrived() -> None:
    verdict = step.check(proven())

    assert verdict == ARRIVED
    assert verdict.because == (
        "The appointment of Front desk 1's time arrived at 9:50 AM in PIMSY Calendar of maria@clinic.example."
    )
    assert verdict.note == "Maria accepted on this computer at 9:48 AM."


@pytest.mark.parametrize(
    "facts",
    [
        {"appointment": booked(cancelled_at=at(-1))},
        {"arrivals": (arrival(), arrival(-1, is_live=False))},  # tidied away on Google
        {"arrival_failure": "GOOGLE-BUSY"},
        {"checker": dead()},
        {"pinned_now": saw_pinned("", is_gone=True)},
        {"slot": slot(2, given=-1), "appointment": None},
        {"slot": slot(2, given=-8), "appointment": booked(-6, slot_id=2), "arrival_failure": "GOOGLE-BUSY"}
        | {"arrival_looked_at": None},  # nobody could look for the later one
        {"slot": slot(2, given=-8), "appointment": booked(-4, slot_id=2)},  # it may still come
        {"slot": slot(2, given=-8), "appointment": booked(-6, slot_id=2, unsent="SET-OFF")},  # it never set out
        {"missed_at": at(-11)},  # before the proof
    ],
)
def test_age_tidying_up_and_silence_end_no_proof(facts: dict[str, Any]) -> None:
    assert step.check(proven(**facts)) == ARRIVED


def test_a_proof_of_long_ago_keeps_its_date() -> None:
    verdict = step.check(proven(now=NOW + timedelta(days=34)))

    assert verdict.is_verified
    assert "arrived at 11/24, 9:50 AM in" in verdict.because


@pytest.mark.parametrize(
    "facts",
    [
        {"pin": replace(pin(), calendar_id="another")},
        {"checker": grant(JOE)},
        {"integration": dead(given=-12, died=-1)},
        {"integration": repaired(died=-9, since=-8)},
        {"integration": None},
        {"authorization": None},
        {"authorization": authorized(account=JOE)},
        {"answers": (said("create-calendar", -1, "start again"),)},
        {"slot": slot(2, given=-8), "appointment": booked(-6, slot_id=2)},  # a later test did not arrive
        {"missed_at": at(-9)},
        {"arrivals": (arrival(generation=0),)},  # read before anybody accepted
        {"arrivals": (arrival(is_live=False),)},
        {"arrivals": (arrival(starts_at=shifted(10)),)},
        {"arrivals": (arrival(starts_at=shifted(10), is_at_slot=False),), "slot": slot(2), "appointment": None},
    ],
)
def test_a_named_act_ends_the_proof(facts: dict[str, Any]) -> None:
    assert not step.check(proven(**facts)).is_verified


def test_accepting_once_more_leaves_the_proof_as_it_is() -> None:
    verdict = step.check(proven(authorization=authorized(-1)))

    assert verdict == replace(step.ARRIVED_ACCEPTED.fill(**ARRIVED_WORDS | {"accepted": "9:59 AM"}), seen=at(-10))


@pytest.mark.parametrize(
    ("known", "note"),
    [
        (proven(arrivals=(arrival(-7),)), "Maria accepted on this computer at 9:48 AM."),
        (
            proven(arrivals=(arrival(-3),)),
            "Arrived after 9 minutes. All is well. Maria accepted on this computer at 9:48 AM.",
        ),
        (proven(arrivals=(arrival(-3, created=at(-11)),)), "Maria accepted on this computer at 9:48 AM."),
        (proven(appointment=None, arrivals=(arrival(-3),)), "Maria accepted on this computer at 9:48 AM."),
        (told(arrivals=(arrival(-12, generation=0),)), ""),
        (told(arrivals=(arrival(-6, generation=0),)), "Arrived after 9 minutes. All is well."),
        (told(answers=(), arrivals=(arrival(-6, generation=0),)), ""),
    ],
)
def test_what_came_late_says_so_and_all_is_well(known: Evidence, note: str) -> None:
    verdict = step.check(known)

    assert verdict.is_verified
    assert verdict.note == note
    assert verdict.code == ("EVT-LATE" if note.startswith("Arrived after") else "ARRIVED")


def test_by_hand_the_appointment_is_the_proof_by_itself() -> None:
    verdict = step.check(told(arrivals=(arrival(generation=0),)))

    assert verdict == replace(step.ARRIVED.fill(**ARRIVED_WORDS), seen=at(-10))


def test_by_hand_the_proof_outlives_the_checker() -> None:
    verdict = step.check(told(checker=None, arrivals=(arrival(generation=0),)))

    assert verdict == replace(step.ARRIVED.fill(**ARRIVED_WORDS | {"account": "this person"}), seen=at(-10))


# ── before the page is accepted ──────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "known",
    [
        connected(),
        connected(slot=slot()),
        ready(appointment=booked(cancelled_at=at(-2))),
        ready(appointment=booked(unsent="SET-OFF")),
        ready(slot=slot(2)),
        ready(slot=slot(starts_at=at(-1))),
        told(answers=()),
        told(answers=(said("test-appointment", -31),)),
    ],
)
def test_nothing_is_booked(known: Evidence) -> None:
    assert step.check(known) == NOT_BEGUN


@pytest.mark.parametrize(
    ("last", "expected"),
    [
        (going(Outcome.OPEN, -0.5), step.AUTH_NONE),
        (going(Outcome.OPEN, -2), GOOGLE_PAGE_STAYED.fill(left="9:58")),
        (going(Outcome.OPEN, -11), step.AUTH_NONE),
        (going(Outcome.CANCELLED), GRANT_CANCEL.fill(cannot=f"{INTEGRATION} cannot write")),
        (going(Outcome.CANCELLED, -16), step.AUTH_NONE),  # before the booking
        (
            going(Outcome.BOX_EMPTY, missing=("See, create",)),
            GRANT_PART.fill(missing="See, create", cannot=f"{INTEGRATION} cannot write"),
        ),
        (going(Outcome.NO_REFRESH), GRANT_NOREFRESH.fill(whom=f"{INTEGRATION} write", permission=INTEGRATION)),
        (
            going(Outcome.WRONG_ACCOUNT, account=FRONTDESK, sub=MARIA.sub),
            ACC_WRONG.fill(account=FRONTDESK.email, meant=MARIA.email),
        ),
        (going(Outcome.UNSEEN, failure="CLOCK"), CLOCK),
        (going(Outcome.GRANTED), step.AUTH_NONE),
    ],
)
def test_the_newest_trip_since_the_booking_decides(last: Trip, expected: Verdict) -> None:
    assert step.check(ready(trips=(last,))) == expected


def test_a_permission_given_elsewhere_is_no_acceptance_here() -> None:
    known = ready(integration=grant(given=-100), arrivals=(arrival(generation=0),))

    assert step.check(known) == step.AUTH_NONE


def test_the_writing_permission_ended() -> None:
    assert step.check(accepted(integration=dead(given=-12, died=-1))) == REVOKED_PIMSY


def test_a_trip_that_went_wrong_since_the_writing_permission_ended_shows_its_own_card() -> None:
    known = accepted(integration=dead(given=-12, died=-4), trips=(going(Outcome.CANCELLED, -3),))

    assert step.check(known) == GRANT_CANCEL.fill(cannot=f"{INTEGRATION} cannot write")


# ── waiting for it ───────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"authorization": authorized(-5)}, WAITING),
        ({"authorization": authorized(-5.1)}, MISSING),
        ({"authorization": authorized(-40), "appointment": booked(-5)}, WAITING),
        ({"authorization": authorized(-40), "appointment": booked(-6)}, MISSING),
        ({"arrival_looked_at": None}, replace(WAITING, seen=None)),
        ({"arrival_looked_at": None, "arrival_failure": "GOOGLE-BUSY"}, GOOGLE_BUSY),
        # Looked for at the third minute and not seen since: silence makes no finding of it.
        ({"arrival_looked_at": at(-9), "arrival_failure": "QUOTA"}, replace(WAITING, seen=at(-9), aside="QUOTA")),
        ({"arrival_failure": "GOOGLE-BUSY"}, replace(MISSING, aside="GOOGLE-BUSY")),
        ({"arrival_failure": "GOOGLE-NOCAL"}, GOOGLE_NOCAL.fill(account=MARIA.email)),
        ({"checker": dead()}, REVOKED_CHK.fill(Checker="The checker", checker="the checker")),
        ({"pinned_now": saw_pinned("", is_gone=True)}, CAL_GONE.fill(seen="9:10")),
        ({"calendars": saw(MAIN)}, CAL_GONE.fill(seen="9:10")),
        ({"pin": None}, MISSING),
        # Read in the calendar that was pinned before: nothing of this one.
        ({"pin": replace(pin(), calendar_id=MAIN.id), "arrivals": (arrival(),)}, MISSING),
        ({"calendars": saw(MAIN), "arrivals": (arrival(-4, slot_id=9),)}, CAL_GONE.fill(seen="9:56")),
        ({"checker": None}, step.NO_CHECKER.fill(checker="the checker")),
    ],
)
def test_it_has_not_arrived(facts: dict[str, Any], expected: Verdict) -> None:
    assert step.check(accepted(**facts)) == expected


def test_waiting_and_missing_name_the_appointment() -> None:
    assert WAITING.because == "Waiting for the 6:10 appointment in PIMSY Calendar."
    assert MISSING.because == "The 6:10 appointment has not arrived."


@pytest.mark.parametrize(("when", "expected"), [(-5, WAITING), (-5.1, MISSING)])
def test_by_hand_five_minutes_count_from_what_the_person_said(when: float, expected: Verdict) -> None:
    assert step.check(told(answers=(said("test-appointment", when),))) == expected


# ── not as it should be ──────────────────────────────────────────────────────────────────────────────────────────────


def test_only_its_cancelled_rest_was_there() -> None:
    verdict = step.check(accepted(arrivals=(arrival(-4, is_live=False),), arrival_failure="QUOTA"))

    assert verdict == replace(step.CANCELLED, seen=at(-4), aside="QUOTA")


@pytest.mark.parametrize(
    ("minutes", "because"),
    [
        (10, "An appointment arrived at 6:20, not 6:10."),
        (60, "An appointment arrived at 7:10, not 6:10."),  # the stand-in and the wizard share one clock
        (12 * 60, "An appointment arrived at 6:10 PM, not 6:10 AM."),
        (24 * 60, "An appointment arrived for Thursday Nov 26, 6:10 AM, not for Wednesday Nov 25, 6:10 AM."),
    ],
)
def test_it_arrived_at_another_time(minutes: float, because: str) -> None:
    verdict = step.check(accepted(arrivals=(arrival(-4, starts_at=shifted(minutes)),)))

    assert verdict.code == "EVT-TIME"
    assert verdict.because == because
    assert verdict.remedy == "Book it again: step 5 shows the new test time for Front desk 1."
    assert verdict.seen == at(-4)


@pytest.mark.parametrize(
    ("minutes", "code", "because"),
    [
        (180, "EVT-ZONE", "The right appointment, 3 hours off: 9:10 AM, not 6:10 AM."),
        (-60, "EVT-ZONE", "The right appointment, 1 hour off: 5:10 AM, not 6:10 AM."),
        (330, "EVT-ZONE", "The right appointment, 5.5 hours off: 11:40 AM, not 6:10 AM."),
        (
            -7 * 60,
            "EVT-ZONE",
            "The right appointment, 7 hours off: Tuesday Nov 24, 11:10 PM, not Wednesday Nov 25, 6:10 AM.",
        ),
        (10, "EVT-TIME", "An appointment arrived at 6:20, not 6:10."),
        (
            15 * 60,
            "EVT-TIME",
            "An appointment arrived at 9:10 PM, not 6:10 AM.",
        ),
    ],
)
def test_by_hand_whole_and_half_hours_are_a_matter_of_zones(minutes: float, code: str, because: str) -> None:
    verdict = step.check(told(arrivals=(arrival(-4, generation=0, starts_at=shifted(minutes)),)))

    assert (verdict.code, verdict.because) == (code, because)


def test_an_appointment_read_before_the_acceptance_is_waited_for_until_it_is_read_again() -> None:
    known = accepted(arrivals=(arrival(generation=0),), calendars=saw(MAIN, PIMSY))

    assert step.check(known) == WAITING
