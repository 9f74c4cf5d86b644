"""Step 4: every verdict on the personnel folder, read and by hand."""

from dataclasses import replace
from typing import Any

import pytest

from tests.builders import JOE, MARIA, NOW, arrival, at, by_hand, connected, evidence, grant, pin, said, told
from wizard.evidence import Evidence, FolderFact
from wizard.steps import personnel_folder as step
from wizard.steps.step import NOT_BEGUN, SAID
from wizard.verdict import Verdict

NAMED = replace(step.NAMED.fill(name="Maria", account=MARIA.email), seen=NOW)
OTHER = replace(step.OTHER.fill(name="Maria", found=JOE.email, account=MARIA.email), seen=NOW)


@pytest.mark.parametrize(
    ("folder", "expected"),
    [
        (FolderFact(""), NOT_BEGUN),
        (FolderFact("", is_touched=True), step.EMPTY.fill(name="Maria", account=MARIA.email)),
        (FolderFact(MARIA.email, is_suspended=True), step.SUSPENDED.fill(name="Maria")),
        (FolderFact("", is_suspended=True), step.SUSPENDED.fill(name="Maria")),
        (FolderFact(MARIA.email), replace(NAMED, found=MARIA.email)),
        (FolderFact("Maria@Clinic.Example"), replace(NAMED, found="Maria@Clinic.Example")),
        (FolderFact(JOE.email), replace(OTHER, found=JOE.email)),
    ],
)
def test_the_folder_is_read(folder: FolderFact, expected: Verdict) -> None:
    seen = None if expected == NOT_BEGUN else NOW

    assert step.check(connected(folder=folder)) == replace(expected, seen=seen)


@pytest.mark.parametrize("facts", [{}, {"checker": grant()}, {"checker": grant(), "pin": pin(account=JOE)}])
def test_before_the_calendar_is_pinned_nobody_owns_it(facts: dict[str, Any]) -> None:
    verdict = step.check(evidence(folder=FolderFact(MARIA.email), **facts))

    assert verdict == replace(step.UNOWNED.fill(name="Maria", found=MARIA.email), seen=NOW)
    assert verdict.note == "cannot be seen"


def test_an_empty_folder_of_nobody_known_asks_for_the_google_account() -> None:
    verdict = step.check(evidence(folder=FolderFact("", is_touched=True)))

    assert verdict.remedy == "Fill in the Google account, then click Save."


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        (by_hand(), NOT_BEGUN),
        (by_hand(answers=(said("enable-setting"),)), NOT_BEGUN),
        (by_hand(answers=(said("personnel-folder"),)), SAID),
        (by_hand(answers=(said("personnel-folder", kind="password"),)), step.PASSWORD),
        (by_hand(answers=(said("enable-setting", kind="password"),)), NOT_BEGUN),
        (
            by_hand(person_arrival=arrival(generation=0), checker=grant(), pin=pin()),
            replace(step.PROVED.fill(name="Maria", account=MARIA.email, time="6:10"), seen=at(-10)),
        ),
        (by_hand(person_arrival=arrival(generation=0), checker=grant(JOE)), NOT_BEGUN),  # of the account before
        (
            by_hand(person_arrival=arrival(generation=0), answers=(said("accept", -5, "start again"),)),
            NOT_BEGUN,
        ),
        (by_hand(clinic_arrival=arrival(generation=0)), NOT_BEGUN),  # somebody else's says nothing about this folder
        (
            told(arrivals=(arrival(generation=0),)),
            replace(step.PROVED.fill(name="Maria", account=MARIA.email, time="6:10"), seen=at(-10)),
        ),
        (
            told(checker=None, arrivals=(arrival(generation=0),)),
            replace(step.PROVED.fill(name="Maria", account="this person", time="6:10"), seen=at(-10)),
        ),
    ],
)
def test_by_hand_the_appointment_that_arrives_proves_it(known: Evidence, expected: Verdict) -> None:
    assert step.check(known) == expected
