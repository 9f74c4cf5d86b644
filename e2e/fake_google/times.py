"""Times as the Calendar API writes them: RFC 3339 with a mandatory offset."""

import re
from datetime import UTC, date, datetime
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from .nouns import Json

RFC3339: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?", re.ASCII)
DAY: Final = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


def parse(text: str, zone: str = "") -> datetime:
    """Aware. Without an offset the wall time of `zone`. Raises ValueError: no such time, zone, or neither is given."""
    if not RFC3339.fullmatch(text.upper()):
        raise ValueError(text)
    found = datetime.fromisoformat(text.upper())
    if found.tzinfo:
        return found
    if not zone:
        raise ValueError(f"{text} has no offset")
    return found.replace(tzinfo=find_zone(zone))


def day(text: str) -> date:
    """2026-11-24, and no other of ISO 8601's spellings. Raises ValueError."""
    if not DAY.fullmatch(text):
        raise ValueError(text)
    return date.fromisoformat(text)


def find_zone(name: str) -> ZoneInfo:
    """Raises ValueError for a name the IANA database does not hold."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as unknown:
        raise ValueError(f"{name} is no time zone") from unknown


def instant(point: Json, zone: str) -> datetime:
    """The instant of an event's start or end; a whole day begins at midnight of the calendar's zone."""
    if "date" in point:
        return datetime.combine(date.fromisoformat(point["date"]), datetime.min.time(), find_zone(zone))
    return parse(point["dateTime"], point.get("timeZone") or zone)


def in_zone(point: Json, calendar_zone: str, asked_zone: str) -> Json:
    """A start or end as Google answers it: in the zone asked for, with its offset."""
    if "date" in point:
        return {"date": point["date"]}
    said = instant(point, calendar_zone).astimezone(find_zone(asked_zone)).replace(microsecond=0).isoformat()
    return {"dateTime": said.replace("+00:00", "Z"), "timeZone": point.get("timeZone") or calendar_zone}


def stamp(seconds: float) -> str:
    """2026-11-24T14:10:00.123Z."""
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def whole_second(seconds: float) -> str:
    """2026-11-24T14:10:00.000Z: `created` is cut to the second, so it may lie before the request that made it."""
    return stamp(int(seconds))
