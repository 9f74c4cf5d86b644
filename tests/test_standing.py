"""Where somebody stands over several computers, in one of the four words."""

import pytest

from tests.builders import JOE, accepted, connected, evidence, proven, ready, trip
from wizard.evidence import Evidence, Outcome, Purpose
from wizard.journey import travel
from wizard.standing import Standing, of_desk, of_person, of_workstation
from wizard.verdict import Status

WRONG = evidence(trips=(trip(Purpose.CHECKER, Outcome.WRONG_ACCOUNT, account=JOE),))
MISSING = evidence(trips=(trip(Purpose.CHECKER, Outcome.CANCELLED),))


@pytest.mark.parametrize(
    ("known", "status", "note"),
    [
        ((), Status.NOT_CHECKED, "not needed at any computer"),
        ((proven(),), Status.VERIFIED, "1 of 1 computer"),
        ((proven(), proven()), Status.VERIFIED, "2 of 2 computers"),
        ((proven(), accepted(arrival_looked_at=None)), Status.WAITING, "1 of 2 computers"),
        ((proven(), WRONG, accepted(arrival_looked_at=None)), Status.NEEDS_ATTENTION, "1 of 3 computers"),
    ],
)
def test_a_person_is_verified_only_where_every_computer_is(
    known: tuple[Evidence, ...], status: Status, note: str
) -> None:
    assert of_person([travel(one) for one in known]) == Standing(status, note)


def test_a_computer_counts_its_people() -> None:
    assert of_workstation([]) == Standing(Status.NOT_CHECKED, "needed for nobody")
    assert of_workstation([travel(proven())]) == Standing(Status.VERIFIED, "1 of 1 person")
    assert of_workstation([travel(proven()), travel(proven())]) == Standing(Status.VERIFIED, "2 of 2 people")


@pytest.mark.parametrize(
    ("known", "standing"),
    [
        (proven(), Standing(Status.VERIFIED, "all 6 steps")),
        (ready(), Standing(Status.NOT_CHECKED, "5 of 6, next: Accept on Google's page")),
        (connected(), Standing(Status.NOT_CHECKED, "1 of 6, next: Sign out of Google on this computer")),
        (WRONG, Standing(Status.NEEDS_ATTENTION, "0 of 6, next: Create the calendar in Google")),
    ],
)
def test_one_computer_says_what_is_next(known: Evidence, standing: Standing) -> None:
    assert of_desk(travel(known)) == standing


def test_what_is_only_missing_is_amber_and_what_is_wrong_is_not() -> None:
    assert [of_desk(travel(one)).amber for one in (MISSING, WRONG)] == [True, False]
    assert [of_person([travel(one)]).amber for one in (MISSING, WRONG)] == [True, False]
