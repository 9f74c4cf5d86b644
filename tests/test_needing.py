"""Which cells are needed, what the round takes, where to go next."""

import pytest

from wizard.needing import EVERYBODY, NOBODY, Round, is_needed, next_of, round_of

MARIA, JOE, SAM = 1, 2, 3
FRONT, BACK = 10, 20
EVERYWHERE = {(person, desk) for person in (MARIA, JOE, SAM) for desk in (FRONT, BACK)}


@pytest.mark.parametrize(
    ("books_for", "decided", "expected"),
    [
        (EVERYBODY, None, True),
        (EVERYBODY, True, True),
        (EVERYBODY, False, False),
        (NOBODY, None, False),
        (NOBODY, True, True),
        (NOBODY, False, False),
    ],
)
def test_the_clinic_s_decision_comes_before_the_computer_s_rule(
    books_for: str, decided: bool | None, expected: bool
) -> None:
    assert is_needed(books_for, decided) is expected


def test_a_round_is_what_is_needed_and_not_done_computer_by_computer() -> None:
    needed = EVERYWHERE - {(SAM, BACK)}

    left = round_of([MARIA, JOE, SAM], [FRONT, BACK], needed, done={(JOE, FRONT)})

    assert left.left == ((MARIA, FRONT), (SAM, FRONT), (MARIA, BACK), (JOE, BACK))
    assert (left.people, left.desks) == ((MARIA, SAM, JOE), (FRONT, BACK))
    assert (left.desks_of(MARIA), left.desks_of(SAM)) == ((FRONT, BACK), (FRONT,))
    assert (left.people_at(FRONT), left.people_at(BACK)) == ((MARIA, SAM), (MARIA, JOE))


def test_twelve_people_at_five_desks_are_sixty_rounds_and_seventy_two_passwords() -> None:
    people, desks = range(12), range(5)
    whole = round_of(people, desks, {(person, desk) for person in people for desk in desks}, done=set())

    assert len(whole.left) == 60
    assert whole.passwords(connected=set()) == 72
    assert whole.passwords(connected={0, 1}) == 70
    assert Round(()).passwords(connected=set()) == 0


@pytest.mark.parametrize(
    ("waiting", "here", "expected"),
    [
        (set(), None, (MARIA, FRONT)),
        (set(), BACK, (MARIA, BACK)),
        ({(MARIA, BACK)}, BACK, (JOE, BACK)),
        ({(person, BACK) for person in (MARIA, JOE, SAM)}, BACK, (MARIA, FRONT)),
        (EVERYWHERE, BACK, (MARIA, BACK)),
    ],
    ids=["in order", "at this computer", "who waits is not asked", "walk where all wait here", "all wait"],
)
def test_next_is_who_waits_for_nobody_and_needs_no_walk(
    waiting: set[tuple[int, int]], here: int | None, expected: tuple[int, int]
) -> None:
    whole = round_of([MARIA, JOE, SAM], [FRONT, BACK], EVERYWHERE, done=set())

    assert next_of(whole, waiting, here) == expected


def test_nothing_is_next_when_nothing_is_left() -> None:
    assert next_of(Round(()), waiting=set(), here=FRONT) is None
