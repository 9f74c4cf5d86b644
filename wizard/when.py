"""Times in the words of the person's clinic: its zone, the American form its staff reads."""

from datetime import datetime
from zoneinfo import ZoneInfo


def clock_time(moment: datetime, zone: ZoneInfo) -> str:
    """ "2:14 PM"."""
    local = moment.astimezone(zone)
    return f"{local.hour % 12 or 12}:{local:%M %p}"


def day(moment: datetime, zone: ZoneInfo) -> str:
    """ "Tuesday Nov 24"."""
    local = moment.astimezone(zone)
    return f"{local:%A %b} {local.day}"


def day_and_time(moment: datetime, zone: ZoneInfo) -> str:
    """ "Tuesday Nov 24, 6:10 AM"."""
    return f"{day(moment, zone)}, {clock_time(moment, zone)}"


def seen(moment: datetime, now: datetime, zone: ZoneInfo) -> str:
    """When something was seen, as a phrase: "today 2:14 PM", "11/20, 2:14 PM", "34 days ago"."""
    local, today = moment.astimezone(zone), now.astimezone(zone)
    days = (today.date() - local.date()).days
    if days <= 0:
        return f"today {clock_time(moment, zone)}"
    if days < OLD_AFTER_DAYS:
        return f"{local.month}/{local.day}, {clock_time(moment, zone)}"
    return f"{days} days ago"


OLD_AFTER_DAYS = 14
