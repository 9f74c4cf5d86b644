"""Times as the staff of an American clinic reads them."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from wizard import when

ZONE = ZoneInfo("America/New_York")
NOW = datetime(2026, 11, 24, 19, 14, tzinfo=UTC)


@pytest.mark.parametrize(
    ("moment", "clock_time", "short_time"),
    [
        (NOW, "2:14 PM", "2:14"),
        (datetime(2026, 11, 24, 5, 0, tzinfo=UTC), "12:00 AM", "12:00"),
        (datetime(2026, 11, 24, 17, 5, tzinfo=UTC), "12:05 PM", "12:05"),
        (datetime(2026, 7, 24, 10, 10, tzinfo=UTC), "6:10 AM", "6:10"),  # daylight saving
    ],
)
def test_a_time_of_day(moment: datetime, clock_time: str, short_time: str) -> None:
    assert when.clock_time(moment, ZONE) == clock_time
    assert when.short_time(moment, ZONE) == short_time


def test_a_day() -> None:
    assert when.day(NOW, ZONE) == "Tuesday Nov 24"
    assert when.day_and_time(NOW, ZONE) == "Tuesday Nov 24, 2:14 PM"


@pytest.mark.parametrize(
    ("ago", "point", "exact_point", "seen"),
    [
        (timedelta(), "2:14", "2:14 PM", "today 2:14 PM"),
        (-timedelta(hours=20), "10:14", "10:14 AM", "today 10:14 AM"),  # a clock that runs ahead
        (timedelta(hours=14), "12:14", "12:14 AM", "today 12:14 AM"),
        (timedelta(hours=15), "11/23, 11:14 PM", "11/23, 11:14 PM", "11/23, 11:14 PM"),
        (timedelta(days=13), "11/11, 2:14 PM", "11/11, 2:14 PM", "11/11, 2:14 PM"),
        (timedelta(days=14), "11/10, 2:14 PM", "11/10, 2:14 PM", "14 days ago"),
        (timedelta(days=365), "11/24/2025, 2:14 PM", "11/24/2025, 2:14 PM", "365 days ago"),
    ],
)
def test_a_time_in_the_past(ago: timedelta, point: str, exact_point: str, seen: str) -> None:
    assert when.point(NOW - ago, NOW, ZONE) == point
    assert when.exact_point(NOW - ago, NOW, ZONE) == exact_point
    assert when.seen(NOW - ago, NOW, ZONE) == seen


@pytest.mark.parametrize(
    ("span", "minutes"),
    [
        (timedelta(seconds=59), "0 minutes"),
        (timedelta(seconds=60), "1 minute"),
        (timedelta(minutes=14, seconds=59), "14 minutes"),
    ],
)
def test_a_span_in_minutes(span: timedelta, minutes: str) -> None:
    assert when.minutes(span) == minutes


@pytest.mark.parametrize(
    ("span", "hours"),
    [
        (timedelta(hours=3), "3 hours"),
        (-timedelta(hours=1), "1 hour"),
        (timedelta(minutes=330), "5.5 hours"),
        (-timedelta(minutes=30), "0.5 hours"),
    ],
)
def test_a_shift_in_hours(span: timedelta, hours: str) -> None:
    assert when.hours(span) == hours
