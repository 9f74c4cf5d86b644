"""Step 5: every verdict on the test appointment, read and by hand."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from tests.builders import (
    MARIA,
    NOW,
    SLOT_STARTS_AT,
    accepted,
    arrival,
    at,
    booked,
    by_hand,
    dead,
    evidence,
    proven,
    ready,
    repaired,
    said,
    slot,
    told,
)
from wizard.evidence import Appointment, Evidence, FolderFact, SettingFact
from wizard.steps import test_appointment as step
from wizard.steps.step import NOT_BEGUN, SAID
from wizard.verdict import Verdict

WHEN = "Wednesday Nov 25, 6:10 AM"
BOOKED = step.BOOKED.fill(when=WHEN)
NONE = replace(step.NONE.fill(day="Wednesday Nov 25", time="6:10 AM"), seen=NOW)
AGAIN = step.AGAIN.fill(when=WHEN)
PAST = slot(starts_at=at(-1))
ASKED = said("test-appointment", kind="asked")


def off(**more: Any) -> SettingFact:
    return SettingFact(False, is_touched=True, **more)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, replace(BOOKED, seen=NOW)),
        ({"slot": None, "appointment": None}, NOT_BEGUN),
        ({"appointment": None}, NOT_BEGUN),
        ({"appointment": None, "answers": (ASKED,)}, NONE),
        ({"appointment": None, "answers": (said("test-appointment", -31, "asked"),)}, NOT_BEGUN),  # about another slot
        ({"appointment": booked(cancelled_at=at(-2))}, NONE),
        ({"appointment": booked(starts_at=SLOT_STARTS_AT + timedelta(minutes=10))}, NONE),
        ({"slot": PAST}, step.AGAIN.fill(when="Tuesday Nov 24, 9:59 AM")),
        ({"slot": PAST, "appointment": None}, NOT_BEGUN),
        ({"slot": PAST, "appointment": booked(cancelled_at=at(-2))}, NOT_BEGUN),
        ({"integration": dead()}, AGAIN),
        ({"integration": repaired()}, AGAIN),
        ({"integration": repaired(), "slot": slot(given=-15)}, replace(BOOKED, seen=NOW)),
        ({"answers": (said("create-calendar", -1, "start again"),)}, AGAIN),
        ({"folder": FolderFact(MARIA.email, has_client=False)}, step.NO_CLIENT.fill(name="Maria")),
        ({"folder": FolderFact(MARIA.email, has_client=False), "slot": None}, step.NO_CLIENT.fill(name="Maria")),
    ],
)
def test_the_appointment_is_read(facts: dict[str, Any], expected: Verdict) -> None:
    assert step.check(ready(**facts)) == expected


def test_a_missing_appointment_says_where_it_was_looked_for() -> None:
    assert NONE.because == "There is no appointment on Wednesday Nov 25 at 6:10 AM in My SAL Calendar."


@pytest.mark.parametrize(
    ("appointment", "setting", "expected"),
    [
        (booked(unsent="SET-OFF"), SettingFact(True, since=at(4)), step.EARLY.fill(booked="9:45", since="10:04")),
        (booked(unsent="SET-OFF"), SettingFact(True), step.EARLY_AND_STILL_OFF.fill(booked="9:45")),
        (booked(unsent="SET-OFF"), off(), step.EARLY_AND_STILL_OFF.fill(booked="9:45")),
        (booked(unsent="FOLDER-EMPTY"), off(), step.UNSENT_FOLDER_EMPTY.fill(booked="9:45", name="Maria")),
        (
            booked(unsent="FOLDER-OTHER"),
            off(),
            step.UNSENT_FOLDER_OTHER.fill(booked="9:45", name="Maria", account=MARIA.email),
        ),
        (booked(unsent="USER-SUSPENDED"), off(), step.UNSENT_SUSPENDED.fill(booked="9:45", name="Maria")),
        (booked(unsent="anything"), off(), step.UNSENT_OTHERWISE.fill(booked="9:45")),
        (booked(unsent="SET-OFF", sent_at=at(-2)), off(), replace(BOOKED, seen=NOW)),
    ],
)
def test_what_was_booked_and_not_sent_says_why(
    appointment: Appointment, setting: SettingFact, expected: Verdict
) -> None:
    assert step.check(ready(appointment=appointment, setting=setting)) == expected


def test_booked_too_early_names_both_times() -> None:
    verdict = step.check(ready(appointment=booked(unsent="SET-OFF"), setting=SettingFact(True, since=at(4))))

    assert verdict.because == (
        "You booked at 9:45. The setting became True at 10:04. What was booked before is not sent."
    )


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, BOOKED),
        ({"now": SLOT_STARTS_AT + timedelta(days=34)}, BOOKED),  # age ends nothing
        ({"appointment": None}, BOOKED),
        (
            {"appointment": booked(cancelled_at=at(-2))},
            step.BOOKED_AND_TIDIED.fill(when=WHEN, cancelled="9:58"),
        ),
        ({"slot": slot(2), "appointment": booked(-3, slot_id=2, cancelled_at=at(-2))}, BOOKED),
    ],
)
def test_once_it_arrived_nothing_undoes_that_it_was_booked(facts: dict[str, Any], expected: Verdict) -> None:
    assert step.check(proven(**facts)) == replace(expected, seen=at(-10))


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        (by_hand(), NOT_BEGUN),
        (by_hand(answers=(said("test-appointment"),)), SAID),
        (by_hand(slot=slot(), answers=(said("test-appointment"),)), SAID),
        (by_hand(slot=slot(), answers=(said("test-appointment", -31),)), NOT_BEGUN),  # said about another slot
        (by_hand(slot=PAST, answers=(said("test-appointment"),)), step.AGAIN.fill(when="Tuesday Nov 24, 9:59 AM")),
        (
            told(arrivals=(arrival(generation=0),)),
            replace(step.PROVED.fill(when=WHEN, time="6:10"), seen=at(-10)),
        ),
    ],
)
def test_by_hand_the_person_says_it_and_the_arrival_proves_it(known: Evidence, expected: Verdict) -> None:
    assert step.check(known) == expected


def test_a_readable_practice_without_a_folder_fact_has_no_say_about_clients() -> None:
    assert step.check(replace(evidence(), folder=by_hand().folder)) == NOT_BEGUN


def test_an_accepted_page_alone_does_not_change_what_was_booked() -> None:
    assert step.check(accepted()) == replace(BOOKED, seen=NOW)
