"""Step 6 with the clinic's own PIMSY: what is said while nothing of it can be read."""

from dataclasses import replace
from typing import Any

import pytest

from tests.builders import MAIN, MARIA, NOW, arrival, at, dead, pin, said, saw, slot, told
from wizard.evidence import Answer, Sighting
from wizard.steps import accept as step
from wizard.steps.step import CAL_GONE, REVOKED_CHK
from wizard.verdict import Status, Verdict

INTEGRATION = "PIMSY Calendar Integration"
WORDS = {"time": "6:10", "name": "Maria", "account": MARIA.email, "integration": INTEGRATION}
BOOKED = said("test-appointment", -15)
JUST_BOOKED = said("test-appointment", -4)
NO_PAGE = said("test-appointment", -15, "no page")
EARLIER = arrival(-20 * 60 * 24, slot_id=9, generation=0)


def seen(verdict: Verdict, **words: str) -> Verdict:
    return replace(verdict.fill(**WORDS | words), seen=NOW)


def looked(found: object, failure: str = "") -> Sighting[Any]:
    return Sighting(found, at(-1), at(-1), failure)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"answers": (JUST_BOOKED,)}, seen(step.WAITING)),
        ({"answers": (said("test-appointment", -4, "passed by"),)}, seen(step.WAITING)),
        ({}, seen(step.NONE)),
        ({"answers": (BOOKED, NO_PAGE)}, seen(replace(step.PAGE_NONE, status=Status.NEEDS_ATTENTION, amber=True))),
        (
            {"answers": (JUST_BOOKED, said("test-appointment", -4, "no page")), "is_portal": True},
            seen(step.PAGE_NONE_PORTAL),
        ),
        ({"answers": (JUST_BOOKED, said("test-appointment", -4, "no page"))}, seen(step.PAGE_NONE)),
        # said about the test before this one
        ({"answers": (BOOKED, said("test-appointment", -31, "no page"))}, seen(step.NONE)),
        ({"in_main": looked(True)}, seen(step.WRONG_CALENDAR)),
        ({"in_main": looked(True), "answers": (BOOKED, NO_PAGE)}, seen(step.WRONG_CALENDAR)),
        ({"in_other": looked("joe@clinic.example")}, seen(step.OTHER_ACCOUNT, found="joe@clinic.example")),
        ({"in_other": looked("")}, seen(step.NONE)),
        (
            {"in_main": looked(False)},
            replace(seen(step.NONE), note="It is not in the main calendar either, looked at 9:59."),
        ),
        ({"in_main": Sighting(failure="GOOGLE-BUSY")}, replace(seen(step.NONE), aside="GOOGLE-BUSY")),
        ({"in_other": Sighting(failure="QUOTA")}, replace(seen(step.NONE), aside="QUOTA")),
        ({"arrivals": (EARLIER,)}, seen(step.REVOKED_BY_HAND, since="11/4, 10:00 AM")),
        ({"arrivals": (EARLIER,), "answers": (BOOKED, NO_PAGE)}, seen(step.REVOKED_BY_HAND, since="11/4, 10:00 AM")),
        ({"arrivals": (replace(EARLIER, is_live=False),)}, seen(step.NONE)),
        ({"arrivals": (replace(EARLIER, is_at_slot=False),)}, seen(step.NONE)),
        ({"arrivals": (replace(EARLIER, calendar_id="another"),)}, seen(step.NONE)),
        ({"checker": dead()}, REVOKED_CHK.fill(Checker="The checker", checker="the checker")),
        ({"calendars": saw(MAIN)}, CAL_GONE.fill(seen="9:10")),
        ({"pin": pin(), "arrivals": (arrival(-4, is_live=False),)}, replace(step.CANCELLED, seen=at(-4))),
    ],
)
def test_it_has_not_arrived(facts: dict[str, Any], expected: Verdict) -> None:
    assert step.check(told(**{"answers": (BOOKED,), **facts})) == expected


def test_until_the_new_test_is_overdue_the_earlier_proof_stands() -> None:
    verdict = step.check(told(arrivals=(EARLIER,), answers=(JUST_BOOKED,)))

    assert verdict.is_verified


@pytest.mark.parametrize(
    ("answers", "code"),
    [
        ((BOOKED, NO_PAGE), "PAGE-NOT-NEEDED"),
        ((BOOKED,), "ARRIVED"),
        ((BOOKED, said("test-appointment", -31, "no page")), "ARRIVED"),  # about an earlier test
    ],
)
def test_what_arrives_without_a_page_needed_no_new_permission(answers: tuple[Answer, ...], code: str) -> None:
    verdict = step.check(told(answers=answers, arrivals=(arrival(generation=0),)))

    assert (verdict.status, verdict.code) == (Status.VERIFIED, code)
    assert verdict.because.startswith("The appointment of Front desk 1's time arrived at 9:50 AM in PIMSY Calendar of")


def test_the_proof_of_an_earlier_test_says_nothing_of_a_page_that_did_not_open_since() -> None:
    known = told(slot=slot(2), answers=(JUST_BOOKED, said("test-appointment", -4, "no page")), arrivals=(EARLIER,))

    assert step.check(known).code == "ARRIVED-EARLIER"


def test_the_words_name_what_to_look_at_first() -> None:
    assert step.NONE.in_order[0] == "Whose appointment is it? It must be {name}'s."
    assert step.PAGE_NONE.in_order[0] == "Look behind PIMSY's window."
    assert step.check(told(arrivals=(EARLIER,))).remedy.startswith("Whose appointment is it? It must be Maria's.")


def test_a_shift_of_zones_names_the_clinic_s() -> None:
    shifted = arrival(-4, generation=0, starts_at=slot().starts_at.replace(hour=14))

    assert "the clinic's here (America/New_York)" in step.check(told(arrivals=(shifted,))).remedy


def test_a_new_test_is_looked_for_while_the_earlier_proof_stands() -> None:
    verdict = step.check(told(arrivals=(EARLIER,), answers=(JUST_BOOKED,)))

    assert (verdict.status, verdict.code, verdict.note) == (
        Status.VERIFIED,
        "ARRIVED-EARLIER",
        "The 6:10 appointment is looked for now.",
    )
    assert verdict.code in step.STEP.polls
