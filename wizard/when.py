"""Times in the words of the person's clinic: its zone, the American form its staff reads."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

OLD_AFTER_DAYS = 14
"""From this age on a proof says how old it is instead of its date."""


def spoken(span: timedelta) -> str:
    """A length of time like "90 seconds" or "7 minutes", to the nearest."""
    seconds = round(span.total_seconds())
    return f"{seconds} seconds" if seconds < 2 * 60 else f"{round(seconds / 60)} minutes"


def clock_time(moment: datetime, zone: ZoneInfo) -> str:
    """Like 2:14 PM."""
    local = moment.astimezone(zone)
    return f"{local.hour % 12 or 12}:{local:%M %p}"


def short_time(moment: datetime, zone: ZoneInfo) -> str:
    """Like 6:10: the name of an appointment, and a time of today whose half of the day is plain."""
    local = moment.astimezone(zone)
    return f"{local.hour % 12 or 12}:{local:%M}"


def day(moment: datetime, zone: ZoneInfo) -> str:
    """Like Tuesday Nov 24."""
    local = moment.astimezone(zone)
    return f"{local:%A %b} {local.day}"


def date(moment: datetime, zone: ZoneInfo) -> str:
    """Like 11/30."""
    local = moment.astimezone(zone)
    return f"{local.month}/{local.day}"


def day_and_time(moment: datetime, zone: ZoneInfo) -> str:
    """Like Tuesday Nov 24, 6:10 AM."""
    return f"{day(moment, zone)}, {clock_time(moment, zone)}"


def day_of_year_and_time(moment: datetime, zone: ZoneInfo) -> str:
    """Like Wednesday Nov 24, 2027, 6:10 AM: where the year is not plain."""
    return f"{day(moment, zone)}, {moment.astimezone(zone).year}, {clock_time(moment, zone)}"


def stamp(moment: datetime, zone: ZoneInfo) -> str:
    """Like 11/23/2026, 10:00:05 AM: for lists that are read years later."""
    local = moment.astimezone(zone)
    return f"{local.month}/{local.day}/{local.year}, {local.hour % 12 or 12}:{local:%M:%S %p}"


def point(moment: datetime, now: datetime, zone: ZoneInfo) -> str:
    """A time in the past after "at" or "since": "10:02" if it is of today, else "11/20, 10:02 AM"."""
    return short_time(moment, zone) if _days(moment, now, zone) <= 0 else _date_and_time(moment, now, zone)


def exact_point(moment: datetime, now: datetime, zone: ZoneInfo) -> str:
    """The same for a proof, which names its half of the day: "2:14 PM", else "11/20, 2:14 PM"."""
    return clock_time(moment, zone) if _days(moment, now, zone) <= 0 else _date_and_time(moment, now, zone)


def coming(moment: datetime, now: datetime, zone: ZoneInfo) -> str:
    """A time that is yet to come: "10:06" if it is of today, else "Tuesday Nov 24, 10:06 AM"."""
    return day_and_time(moment, zone) if _days(moment, now, zone) < 0 else short_time(moment, zone)


def seen(moment: datetime, now: datetime, zone: ZoneInfo) -> str:
    """When something was seen, as a phrase: "today 2:14 PM", "11/20, 2:14 PM", "34 days ago"."""
    days = _days(moment, now, zone)
    if days <= 0:
        return f"today {clock_time(moment, zone)}"
    if days < OLD_AFTER_DAYS:
        return _date_and_time(moment, now, zone)
    return f"{days} days ago"


def minutes(span: timedelta) -> str:
    """1 minute, 14 minutes: whole ones, as they have passed."""
    count = int(span / timedelta(minutes=1))
    return "1 minute" if count == 1 else f"{count} minutes"


def hours(span: timedelta) -> str:
    """1 hour, 5.5 hours: a shift of time zones, whichever way."""
    count = abs(span) / timedelta(hours=1)
    return "1 hour" if count == 1 else f"{count:g} hours"


def _days(moment: datetime, now: datetime, zone: ZoneInfo) -> int:
    return (now.astimezone(zone).date() - moment.astimezone(zone).date()).days


def _date_and_time(moment: datetime, now: datetime, zone: ZoneInfo) -> str:
    local = moment.astimezone(zone)
    year = f"/{local.year}" if local.year != now.astimezone(zone).year else ""
    return f"{local.month}/{local.day}{year}, {clock_time(moment, zone)}"
