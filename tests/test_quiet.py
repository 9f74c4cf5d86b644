"""How much is usual, and when its absence is worth saying: whole working days without anything, and enough of them."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from wizard.quiet import Counts, counted, is_quiet, usual

ZONE = ZoneInfo("America/New_York")
WEEK = frozenset({0, 1, 2, 3, 4})
WEDNESDAY = datetime(2026, 11, 18, 20, 0, tzinfo=UTC)  # 3 PM at the clinic


def three_a_day(last: datetime = WEDNESDAY, days: int = 10) -> Counts:
    times = [
        day - timedelta(hours=hour)
        for back in range(days)
        if (day := last - timedelta(days=back)).weekday() in WEEK
        for hour in range(3)
    ]
    return counted(times, ZONE, Counts({}))


def test_what_is_usual_is_the_middle_of_the_working_days() -> None:
    counts = Counts({date(2026, 11, 16): 3, date(2026, 11, 17): 9, date(2026, 11, 18): 3}, WEDNESDAY)

    assert usual(counts, ZONE, WEEK) == 3
    assert usual(Counts({}), ZONE, WEEK) == 0


@pytest.mark.parametrize(
    ("days", "is_said"),
    [
        (1, False),  # Thursday is not over
        (2, False),  # one day without appointments is no news
        (3, True),  # Thursday and Friday
        (4, True),
        (5, True),
    ],
)
def test_it_is_said_once_two_usual_days_passed(days: int, is_said: bool) -> None:
    assert is_quiet(three_a_day(), WEDNESDAY + timedelta(days=days), ZONE, WEEK) is is_said


def test_a_weekend_is_no_silence() -> None:
    friday = WEDNESDAY + timedelta(days=2)

    assert not is_quiet(three_a_day(friday), friday + timedelta(days=3), ZONE, WEEK)


def test_who_gets_one_a_day_is_waited_for_longer() -> None:
    one_a_day = counted([WEDNESDAY - timedelta(days=back) for back in range(3)], ZONE, Counts({}))

    assert not is_quiet(one_a_day, WEDNESDAY + timedelta(days=5), ZONE, WEEK)
    assert is_quiet(one_a_day, WEDNESDAY + timedelta(days=8), ZONE, WEEK)


def test_nothing_ever_came_is_nothing_to_say() -> None:
    assert not is_quiet(Counts({}), WEDNESDAY, ZONE, WEEK)


def test_what_is_usual_stays_known_while_nothing_comes() -> None:
    counts = three_a_day()

    assert counted([], ZONE, counts) == counts
    assert counted([WEDNESDAY], ZONE, counts) == counts
