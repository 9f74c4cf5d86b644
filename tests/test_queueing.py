"""The desk's queue: whom the computer still needs, what stands beside each name, and who is next."""

from typing import Any

import pytest

from tests.builders import accepted, connected, dead, evidence, proven, refused, signed_in, trip
from wizard.evidence import Evidence, Outcome, Purpose
from wizard.journey import travel
from wizard.queueing import Place, Queue, ordinal, place_of

STEP_6 = trip(Purpose.INTEGRATION, Outcome.GRANTED, -12)
LEFT = proven(colleagues=3, trips=(refused(-25), STEP_6, refused(-3)))
STILL_OPEN = proven(colleagues=3, trips=(refused(-25), STEP_6))


def place(facts: Evidence, *, is_needed: bool = True) -> Place:
    return place_of(1, facts, travel(facts), is_needed=is_needed)


def stands(person_id: int, left: int = 3, *, is_needed: bool = True, **more: Any) -> Place:
    return Place(person_id, f"Person {person_id}", "Person", is_needed, left, **more)


@pytest.mark.parametrize(
    ("facts", "line", "next_step"),
    [
        (evidence(), "6 left", "Create the calendar in Google"),
        (accepted(), "1 left", "Accept on Google's page"),
        (STILL_OPEN, "Google still open here", ""),
        (LEFT, "done", ""),
        (proven(), "done", ""),
    ],
)
def test_what_stands_beside_a_name(facts: Evidence, line: str, next_step: str) -> None:
    found = place(facts)

    assert (found.name, found.first_name, found.line, found.next_step) == ("Maria Lopez", "Maria", line, next_step)


def test_who_is_not_needed_waits_for_nothing() -> None:
    assert place(evidence()).waits
    assert not place(evidence(), is_needed=False).waits
    assert not place(LEFT).waits


@pytest.mark.parametrize(
    ("facts", "may"),
    [
        (connected(), True),
        (connected(trips=(signed_in(ended=-3),)), True),
        (connected(trips=(refused(-3),)), False),
        (connected(checker=dead()), False),
        (evidence(), False),
        (LEFT, False),
    ],
)
def test_step_2_may_be_asked_for_whom_it_is_left_and_who_can_be_asked_about(facts: Evidence, may: bool) -> None:
    assert place(facts).may_be_asked is may


QUEUE = Queue((stands(1, 0), stands(2), stands(3, is_needed=False), stands(4), stands(5, 0, is_open=True)))


@pytest.mark.parametrize(("turn", "following"), [(1, 2), (2, 4), (3, 4), (4, 2), (5, 2), (99, 2)])
def test_whoever_waits_behind_her_is_next_then_from_the_front(turn: int, following: int) -> None:
    found = QUEUE.after(turn)

    assert found is not None
    assert found.person_id == following


def test_nobody_is_next_after_the_last_one() -> None:
    assert Queue((stands(1, 0), stands(2))).after(2) is None
    assert Queue(()).after(1) is None


def test_the_queue_is_told_without_a_name() -> None:
    assert QUEUE.nameless == (("1st", "3 left"), ("2nd", "3 left"))
    assert [one.person_id for one in QUEUE.needed] == [1, 2, 4, 5]
    assert [one.person_id for one in QUEUE.others] == [3]
    assert QUEUE.of(3) == stands(3, is_needed=False)
    assert QUEUE.of(99) is None


@pytest.mark.parametrize(
    ("number", "words"),
    [(1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (11, "11th"), (12, "12th"), (21, "21st"), (112, "112th")],
)
def test_ordinals(number: int, words: str) -> None:
    assert ordinal(number) == words
