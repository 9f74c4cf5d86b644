"""What is typed for an appointment: what is taken, and the sentence for everything that is not."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from wizard.practice.builtin import typed
from wizard.practice.builtin.typed import Rules

NOW = datetime(2026, 3, 6, 15, 0, tzinfo=UTC)  # a Friday, 10:00 AM; the clocks go forward on Sunday Mar 8
RULES = Rules(ZoneInfo("America/New_York"), 10)
AUTUMN = datetime(2026, 10, 30, 14, 0, tzinfo=UTC)  # the clocks go back on Sunday Nov 1
DAY, TIME = "day", "time"


@pytest.mark.parametrize(
    ("day", "clock_time", "start"),
    [
        ("2026-03-06", "10:10", datetime(2026, 3, 6, 15, 10, tzinfo=UTC)),
        ("2026-03-07", "6:10 AM", datetime(2026, 3, 7, 11, 10, tzinfo=UTC)),
        ("2026-03-07", "12:00 am", datetime(2026, 3, 7, 5, 0, tzinfo=UTC)),
        ("2026-03-07", " 12:30PM ", datetime(2026, 3, 7, 17, 30, tzinfo=UTC)),
        ("2026-03-07", "06:10:00", datetime(2026, 3, 7, 11, 10, tzinfo=UTC)),
        ("2026-03-08", "01:50", datetime(2026, 3, 8, 6, 50, tzinfo=UTC)),
        ("2026-03-08", "03:00", datetime(2026, 3, 8, 7, 0, tzinfo=UTC)),
        ("2026-03-14", "23:50", datetime(2026, 3, 15, 3, 50, tzinfo=UTC)),
    ],
)
def test_start_of_a_local_day_and_time(day: str, clock_time: str, start: datetime) -> None:
    assert typed.start_of(day, clock_time, RULES, NOW) == (start, [])


@pytest.mark.parametrize(
    ("day", "clock_time", "problems"),
    [
        ("", "", [(DAY, "Type the day as in 2026-11-24"), (TIME, "Type the time as in 6:10 AM")]),
        ("tomorrow", "06:10", [(DAY, "Type the day as in 2026-11-24")]),
        ("20260307", "06:10", [(DAY, "Type the day as in 2026-11-24")]),
        ("2026-02-30", "06:10", [(DAY, "Type the day as in 2026-11-24")]),
        ("٢٠٢٦-03-07", "06:10", [(DAY, "Type the day as in 2026-11-24")]),
        ("2026-03-05", "06:10", [(DAY, "Choose a day that has not passed")]),
        ("0001-01-01", "00:00", [(DAY, "Choose a day that has not passed")]),
        ("9999-12-31", "23:50", [(DAY, "Choose a day within the next two years")]),
        ("2026-03-07", "25:00", [(TIME, "Type the time as in 6:10 AM")]),
        ("2026-03-07", "13:00 PM", [(TIME, "Type the time as in 6:10 AM")]),
        ("2026-03-07", "0:10 AM", [(TIME, "Type the time as in 6:10 AM")]),
        ("2026-03-07", "6", [(TIME, "Type the time as in 6:10 AM")]),
        ("2026-03-07", "06:15", [(TIME, "Choose a time on the clinic's grid of 10 minutes, as in 6:00, 6:10, 6:20")]),
        ("2026-03-06", "10:00", [(TIME, "It is 10:00 AM already. Choose a later time")]),
        ("2026-03-08", "02:30", [(TIME, "On Sunday Mar 8 the clocks skip 2:30 AM. Choose another time")]),
        ("2026-03-08", "02:00", [(TIME, "On Sunday Mar 8 the clocks skip 2:00 AM. Choose another time")]),
    ],
)
def test_what_has_to_change_before_there_is_a_start(day: str, clock_time: str, problems: list[tuple[str, str]]) -> None:
    assert typed.start_of(day, clock_time, RULES, NOW) == (None, problems)


def test_the_hour_that_comes_twice_is_taken_the_first_time() -> None:
    assert typed.start_of("2026-11-01", "01:30", RULES, AUTUMN) == (datetime(2026, 11, 1, 5, 30, tzinfo=UTC), [])


def test_problems_stand_at_the_fields_of_the_form_that_asked() -> None:
    assert typed.start_of("", "06:10", RULES, NOW, ("move-day", "move-time"))[1] == [
        ("move-day", "Type the day as in 2026-11-24")
    ]


@pytest.mark.parametrize(
    ("text", "minutes"),
    [("5", 5), ("10", 10), ("480", 480), ("4", None), ("481", None), ("", None), ("ten", None), ("1e2", None),
     ("-10", None), ("٣٠", None), ("9" * 5000, None)],
)  # fmt: skip
def test_a_length_is_whole_minutes_from_5_to_480(text: str, minutes: int | None) -> None:
    assert typed.length_of(text) == minutes


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("Main office", []),
        ("x" * 200, []),
        ("x" * 201, [("code", "Shorten the billing code to 200 letters")]),
        ("a\x00b", [("code", "Use letters, numbers and spaces only in the billing code")]),
    ],
)
def test_a_line_of_text_is_printable_and_not_too_long(text: str, problems: list[tuple[str, str]]) -> None:
    assert typed.problem_of_text("code", "billing code", text) == problems


def test_a_day_and_a_time_alone() -> None:
    assert (typed.day_of("2026-11-24"), typed.time_of("6:10 pm")) == (date(2026, 11, 24), time(18, 10))
