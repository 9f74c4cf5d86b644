"""What a person typed for an appointment, read: a day, a time, a length, or the sentence that says what to change.

Pure: the clinic's zone, its grid and the present are arguments.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from wizard import when
from wizard.practice.builtin.settings import Problem

SHORTEST, LONGEST = 5, 480
"""Minutes."""

LONGEST_TEXT = 200
FARTHEST = timedelta(days=2 * 365)
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
TIME = re.compile(r"([0-9]{1,2}):([0-9]{2})(?::00)?(?:\s*([AP])\.?M\.?)?", re.IGNORECASE)
NOON = 12


@dataclass(frozen=True, slots=True)
class Rules:
    """The clinic's own: where it lies, and the minutes its appointments start on."""

    zone: ZoneInfo
    grid_minutes: int


@dataclass(frozen=True, slots=True)
class Wish:
    """An appointment somebody wants; `starts_at` is aware, in UTC."""

    client_id: int
    code: str
    location: str
    starts_at: datetime
    minutes: int


def day_of(text: str) -> date | None:
    """2026-11-24, and nothing else that ISO 8601 would let pass."""
    if DAY.fullmatch(text) is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def time_of(text: str) -> time | None:
    """06:10 as a browser's time field sends it, or 6:10 AM as a person types it."""
    found = TIME.fullmatch(text.strip())
    if found is None:
        return None
    hour, minute, half = int(found[1]), int(found[2]), (found[3] or "").upper()
    if half:
        if not 1 <= hour <= NOON:
            return None
        hour = hour % NOON + (NOON if half == "P" else 0)
    try:
        return time(hour, minute)
    except ValueError:
        return None


def start_of(
    day: str, clock_time: str, rules: Rules, now: datetime, fields: Sequence[str] = ("day", "time")
) -> tuple[datetime | None, list[Problem]]:
    """The instant of a local day and time, or what has to change, under the ids of the two fields.

    The hour that a clock put back repeats is taken the first time.
    """
    on_day, on_time = fields
    begins, at = day_of(day), time_of(clock_time)
    found: list[Problem] = []
    if begins is None:
        found.append((on_day, "Type the day as in 2026-11-24"))
    if at is None:
        found.append((on_time, "Type the time as in 6:10 AM"))
    elif at.minute % rules.grid_minutes:
        found.append((on_time, _on_grid(rules.grid_minutes)))
    if begins is None or at is None:
        return None, found
    today = now.astimezone(rules.zone).date()
    if begins < today:
        found.append((on_day, "Choose a day that has not passed"))
    elif begins - today > FARTHEST:
        found.append((on_day, "Choose a day within the next two years"))
    if found:
        return None, found
    start = datetime.combine(begins, at, rules.zone).astimezone(UTC)
    local = start.astimezone(rules.zone)
    if (local.date(), local.time()) != (begins, at):
        said = f"{at.hour % NOON or NOON}:{at:%M %p}"
        return None, [(on_time, f"On {when.day(start, rules.zone)} the clocks skip {said}. Choose another time")]
    if start <= now:
        return None, [(on_time, f"It is {when.clock_time(now, rules.zone)} already. Choose a later time")]
    return start, []


def _on_grid(minutes: int) -> str:
    starts = ", ".join(f"6:{minute:02}" for minute in range(0, 60, minutes)[:3])
    return f"Choose a time on the clinic's grid of {minutes} minutes, as in {starts}"


def length_of(text: str) -> int | None:
    """Whole minutes from 5 to 480."""
    is_number = text.isascii() and text.isdecimal() and len(text) <= len(str(LONGEST))
    return int(text) if is_number and SHORTEST <= int(text) <= LONGEST else None


def problem_of_text(field: str, label: str, text: str) -> list[Problem]:
    """A line of text: printable, and not longer than the field."""
    if len(text) > LONGEST_TEXT:
        return [(field, f"Shorten the {label} to {LONGEST_TEXT} letters")]
    if not text.isprintable():
        return [(field, f"Use letters, numbers and spaces only in the {label}")]
    return []
