"""events: get, list, insert, patch, update, delete."""

from collections.abc import Callable
from typing import Any, Final

from .. import diary, times
from ..errors import ApiError
from ..nouns import Calendar, Event, Json
from . import body, event_rules, paging
from .call import Question

PAGE: Final = 250
LONGEST_PAGE: Final = 2500
NOT_WITH_SYNC: Final = frozenset({
    "iCalUID", "orderBy", "privateExtendedProperty", "q", "sharedExtendedProperty", "timeMin", "timeMax", "updatedMin",
})  # fmt: skip
MISSING: Final = {"start": "Missing start time.", "end": "Missing end time."}


def get(question: Question) -> Json:
    """Cancelled ones too: 200 is no proof of presence."""
    calendar = question.calendar()
    return read(question, calendar, question.event(calendar))


def read(question: Question, calendar: Calendar, event: Event) -> Json:
    return diary.read_event(question.world, calendar, event, asked_zone(question))


def asked_zone(question: Question) -> str:
    zone: str = question.given.get("timeZone", "")
    try:
        if zone:
            times.find_zone(zone)
    except ValueError:
        raise ApiError("invalid", "Invalid time zone value.", "timeZone") from None
    return zone


def list_(question: Question) -> Json:
    calendar, given = question.calendar(), question.given
    check_range(given)
    event_rules.check_filters(given)
    since = paging.changed_since(question, NOT_WITH_SYNC)
    found = [event for event in calendar.events.values() if wanted(calendar, event, given, since)]
    found.sort(key=order(calendar, given))
    size = min(given.get("maxResults", PAGE), LONGEST_PAGE)
    part, token = paging.page(question, found, size, syncs=not NOT_WITH_SYNC & given.keys())
    envelope = {
        "kind": "calendar#events",
        "etag": diary.etag(question.world.changes),
        "summary": calendar.summary,
        "description": calendar.description,
        "updated": times.stamp(calendar.updated),
        "timeZone": asked_zone(question) or calendar.time_zone,
        "accessRole": diary.role_of(calendar, question.account.sub),
        "defaultReminders": [],
        "items": [read(question, calendar, event) for event in part],
    }
    return {name: value for name, value in envelope.items() if value != ""} | token


def check_range(given: dict[str, Any]) -> None:
    if "timeMin" in given and "timeMax" in given and given["timeMin"] >= given["timeMax"]:
        raise ApiError("timeRangeEmpty")
    if given.get("orderBy") == "startTime" and not given.get("singleEvents"):
        raise ApiError("badRequest", "The requested ordering is not available for the particular query.", "orderBy")


def wanted(calendar: Calendar, event: Event, given: dict[str, Any], since: int | None) -> bool:
    """timeMin bounds the end and timeMax the start, both exclusive."""
    if since is not None:
        return event.changed > since
    if event.cancelled and not given.get("showDeleted") and "updatedMin" not in given:
        return False
    resource = event.resource
    if "timeMin" in given and times.instant(resource["end"], calendar.time_zone) <= given["timeMin"]:
        return False
    if "timeMax" in given and times.instant(resource["start"], calendar.time_zone) >= given["timeMax"]:
        return False
    if "updatedMin" in given and event.updated < given["updatedMin"].timestamp():
        return False
    if given.get("iCalUID", f"{event.id}@google.com") != f"{event.id}@google.com":
        return False
    if set(given.get("eventTypes", ["default"])) - {"default"} and "default" not in given["eventTypes"]:
        return False
    text = " ".join(str(resource.get(name, "")) for name in ("summary", "description", "location")).casefold()
    if any(word not in text for word in given.get("q", "").casefold().split()):
        return False
    private = event_rules.has_properties(resource, "private", given.get("privateExtendedProperty", []))
    return private and event_rules.has_properties(resource, "shared", given.get("sharedExtendedProperty", []))


def order(calendar: Calendar, given: dict[str, Any]) -> Callable[[Event], Any]:
    """An unspecified, stable order unless one is asked for: ours is that of writing."""
    match given.get("orderBy"):
        case "startTime":
            return lambda event: times.instant(event.resource["start"], calendar.time_zone)
        case "updated":
            return lambda event: (event.updated, event.changed)
    return lambda event: event.created


def insert(question: Question) -> Json:
    calendar = question.calendar("writer")
    body.required(question.method, question.body, MISSING)
    resource = event_rules.writable(question.body, question.method.name)
    resource = body.merged({}, resource)
    if id_ := question.body.get("id"):
        event_rules.check_id(id_)
        resource["id"] = id_
    event_rules.check(resource, calendar)
    event = diary.add_event(question.world, calendar, question.account, resource)
    return read(question, calendar, event)


def patch(question: Question) -> Json:
    calendar = question.calendar("writer")
    event = question.event(calendar)
    question.check_match(diary.etag(event.changed))
    sent = event_rules.writable(question.body, question.method.name)
    for side in ("start", "end"):
        if point := sent.get(side):
            other = {"date": "dateTime", "dateTime": "date"}[
                next((n for n in ("date", "dateTime") if n in point), "date")
            ]
            sent[side] = {other: None} | point
    return change(question, calendar, event, body.merged(event.resource, sent))


def update(question: Question) -> Json:
    """The whole resource: what is left out goes back to its default, so a cancelled event revives."""
    calendar = question.calendar("writer")
    event = question.event(calendar)
    question.check_match(diary.etag(event.changed))
    body.required(question.method, question.body, MISSING)
    sent = body.merged({}, event_rules.writable(question.body, question.method.name))
    return change(question, calendar, event, {"status": "confirmed"} | sent)


def change(question: Question, calendar: Calendar, event: Event, resource: Json) -> Json:
    event_rules.check(resource, calendar)
    diary.change_event(question.world, calendar, event, resource)
    return read(question, calendar, event)


def delete(question: Question) -> None:
    calendar = question.calendar("writer")
    event = question.event(calendar)
    if event.cancelled:
        raise ApiError("deleted")
    question.check_match(diary.etag(event.changed))
    diary.cancel_event(question.world, calendar, event)
