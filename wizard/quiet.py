"""Quiet: by hand nobody sees what PIMSY does not send, but how much it sends. Pure rules over counts by day."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median
from zoneinfo import ZoneInfo

COUNTED_FOR = timedelta(days=14)
"""How far back what was written is counted; Google itself tells of four weeks."""

MISSED = 4
"""So many entries have to be missing on whole working days before it is said: one day without appointments is no news."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many entries were written on each day, and when the last one was; the days of the clinic's zone."""

    days: Mapping[date, int]
    last: datetime | None = None


def counted(times: Collection[datetime], zone: ZoneInfo, before: Counts) -> Counts:
    """What was written, by day. Nothing newer than what is known leaves the counts as they are: what is usual stays known."""
    last = max(times, default=None)
    if last is None or (before.last is not None and last <= before.last):
        return before
    days: dict[date, int] = {}
    for at in times:
        day = at.astimezone(zone).date()
        days[day] = days.get(day, 0) + 1
    return Counts(days, last)


def usual(counts: Counts, zone: ZoneInfo, works_on: Collection[int]) -> int:
    """How many came on a usual working day, up to the last that came."""
    if counts.last is None or not counts.days:
        return 0
    first, end = min(counts.days), counts.last.astimezone(zone).date()
    working = [day for day in _days(first, end + timedelta(days=1)) if day.weekday() in works_on]
    return round(median(counts.days.get(day, 0) for day in working)) if working else 0


def is_quiet(counts: Counts, now: datetime, zone: ZoneInfo, works_on: Collection[int]) -> bool:
    """Whole working days have passed on which entries usually come, and none did."""
    if counts.last is None:
        return False
    since, today = counts.last.astimezone(zone).date(), now.astimezone(zone).date()
    passed = sum(day.weekday() in works_on for day in _days(since + timedelta(days=1), today))
    return passed * usual(counts, zone, works_on) >= MISSED


def _days(start: date, end: date) -> list[date]:
    return [start + timedelta(days=count) for count in range((end - start).days)]
