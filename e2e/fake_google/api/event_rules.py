"""What an event may look like. Source: the description of the Event schema and …/guides/concepts/events-calendars."""

import re
from collections.abc import Sequence
from typing import Any, Final

from .. import times
from ..errors import ApiError, NotBuilt
from ..nouns import Calendar, Json

ID: Final = re.compile(r"[a-v0-9]{5,1024}")
ONE_OF: Final = {
    "status": {"confirmed", "tentative", "cancelled"},
    "transparency": {"opaque", "transparent"},
    "visibility": {"default", "public", "private", "confidential"},
}
# Accepting these would pretend that something happens: mails, repetitions, rooms, files.
NOT_BUILT: Final = (
    "attachments", "attendees", "birthdayProperties", "conferenceData", "eventLabelId", "focusTimeProperties", "gadget",
    "outOfOfficeProperties", "recurrence", "workingLocationProperties",
)  # fmt: skip
GOOGLES: Final = frozenset({
    "id", "kind", "etag", "iCalUID", "organizer", "creator", "recurringEventId", "originalStartTime",
    "endTimeUnspecified", "attendeesOmitted", "eventType", "privateCopy", "locked",
})  # fmt: skip
KEY_LENGTH: Final = 44  # unconfirmed today
VALUE_LENGTH: Final = 1024
REMINDERS: Final = 5
REMINDS_BY: Final = frozenset({"email", "popup"})
LONGEST_REMINDER: Final = 40_320  # minutes: four weeks
YEARS: Final = range(2, 9999)  # in the first and the last not every zone has a date for every instant


def writable(sent: Json, method: str) -> Json:
    """What of a request a person may write. Raises NotBuilt."""
    for name in NOT_BUILT:
        if sent.get(name):
            raise NotBuilt(f"{method} with {name}")
    if sent.get("eventType", "default") != "default":
        raise NotBuilt(f"{method} with eventType {sent['eventType']}")
    return {name: value for name, value in sent.items() if name not in GOOGLES and name not in NOT_BUILT}


def check_id(id_: str) -> None:
    if not ID.fullmatch(id_):
        raise ApiError("invalid", "Invalid resource id value.")


def check(resource: Json, calendar: Calendar) -> None:
    """Raises ApiError for a resource Google would not take."""
    for name, allowed in ONE_OF.items():
        if resource.get(name, next(iter(allowed))) not in allowed:
            raise ApiError("invalid", f"Invalid value for: {name}")
    for side in ("start", "end"):
        check_point(resource.get(side), side)
    start, end = resource["start"], resource["end"]
    if ("date" in start) != ("date" in end):
        raise ApiError("invalid", "Invalid start time.")
    try:
        begins, ends = (times.instant(point, calendar.time_zone) for point in (start, end))
    except ValueError:
        raise ApiError("badRequest") from None
    if begins.year not in YEARS or ends.year not in YEARS:
        raise ApiError("badRequest")
    if ends < begins:
        raise ApiError("timeRangeEmpty")
    check_properties(resource.get("extendedProperties", {}))
    check_reminders(resource.get("reminders", {}).get("overrides", ()))


def check_point(point: Any, side: str) -> None:
    if not point or not (point.get("date") or point.get("dateTime")):
        raise ApiError("required", f"Missing {side} time.")
    if point.get("date") and point.get("dateTime"):
        raise ApiError("invalid", f"Invalid {side} time.")
    try:
        if zone := point.get("timeZone"):
            times.find_zone(zone)
    except ValueError:
        raise ApiError("invalid", f"Invalid time zone definition for {side} time.") from None
    try:
        if point.get("date"):
            times.day(point["date"])
        else:
            times.parse(point["dateTime"], point.get("timeZone") or "UTC")
    except ValueError:
        raise ApiError("badRequest") from None
    said = point.get("dateTime", "")
    found = times.RFC3339.fullmatch(said.upper())
    if found and not found[2] and not point.get("timeZone"):
        raise ApiError("required", f"Missing time zone definition for {side} time.")


def check_reminders(overrides: Sequence[Json]) -> None:
    if len(overrides) > REMINDERS:
        raise ApiError("invalid", "Too many reminder overrides.")
    for one in overrides:
        if one.get("method") not in REMINDS_BY or not 0 <= one.get("minutes", -1) <= LONGEST_REMINDER:
            raise ApiError("invalid", "Invalid value for: reminders.overrides")


def check_properties(properties: Json) -> None:
    for kind in ("private", "shared"):
        for key, value in (properties.get(kind) or {}).items():
            if len(key) > KEY_LENGTH or len(value) > VALUE_LENGTH:
                raise ApiError("invalid", "The extended property is too long.")


def check_filters(given: dict[str, Any]) -> None:
    for name in ("privateExtendedProperty", "sharedExtendedProperty"):
        if any("=" not in one for one in given.get(name, [])):
            raise ApiError("invalid", "Invalid extended property filter.", name)


def has_properties(resource: Json, kind: str, wanted: list[str]) -> bool:
    """Whether every `name=value` of `wanted` holds."""
    held = resource.get("extendedProperties", {}).get(kind, {})
    return all(held.get(one.partition("=")[0]) == one.partition("=")[2] for one in wanted)
