"""The ledger: whatever is not one live event for each appointment that stands, and none for anything else, is counted."""

from dataclasses import replace
from datetime import timedelta

import pytest

from crash.ledger import Booked, Count, Live, bound, count
from e2e.launcher import TODAY

HOUR = timedelta(hours=1)
BOOKED = Booked("a", "maria", TODAY, TODAY + HOUR)
CANCELLED = replace(BOOKED, mark="b", is_cancelled=True)
LIVE = Live("a", "maria", TODAY, TODAY + HOUR)


def test_one_live_event_for_each_that_stands_is_clean() -> None:
    found = count([BOOKED, CANCELLED], [LIVE], answered={"a", "b"})

    assert (found, found.is_clean) == (Count(appointments=2), True)


@pytest.mark.parametrize(
    ("booked", "live", "answered", "seen"),
    [
        ([BOOKED], [], set(), Count(1, lost=1)),
        ([], [], {"a"}, Count(lost=1)),
        ([BOOKED], [LIVE, LIVE], set(), Count(1, doubled=1)),
        ([CANCELLED], [replace(LIVE, mark="b")], set(), Count(1, doubled=1)),
        ([], [LIVE], set(), Count(doubled=1)),
        ([BOOKED], [replace(LIVE, starts_at=TODAY - HOUR)], set(), Count(1, old=1)),
        ([BOOKED], [replace(LIVE, ends_at=TODAY + 2 * HOUR)], set(), Count(1, old=1)),
        ([BOOKED], [replace(LIVE, calendar_id="joe")], set(), Count(1, old=1)),
        ([replace(BOOKED, is_owed=True)], [LIVE], set(), Count(1, stuck=1)),
    ],
    ids=[
        "nothing of it on Google",
        "answered and gone",
        "two events",
        "an event of a cancelled one",
        "an event of nothing",
        "an old time",
        "an old end",
        "another calendar",
        "still owed",
    ],
)
def test_what_is_wrong_is_counted(booked: list[Booked], live: list[Live], answered: set[str], seen: Count) -> None:
    found = count(booked, live, answered)

    assert (found, found.is_clean) == (seen, False)


def test_what_was_counted_before_is_not_counted_again() -> None:
    before = Count(3, lost=1)

    assert Count(5, lost=1, doubled=2).beyond(before) == Count(2, doubled=2)
    assert Count(1, lost=1) + Count(2, stuck=1) == Count(3, lost=1, stuck=1)


@pytest.mark.parametrize(("trials", "at_most"), [(0, 1.0), (1, 0.95), (25, 0.113), (1000, 0.00299)])
def test_no_failure_in_so_many_trials_bounds_how_often_it_may_fail(trials: int, at_most: float) -> None:
    assert bound(trials) == pytest.approx(at_most, rel=0.01)
