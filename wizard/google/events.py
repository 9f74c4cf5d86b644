"""Calendars and events: ours on one side, Google's JSON on the other. Pure.

Source: developers.google.com/workspace/calendar/api/v3/reference/events
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from wizard.evidence import Calendar, PinnedNow
from wizard.google.errors import AnswerUnreadable

MARK = "pimsy-mark"
"""The private property that carries our mark. Other programs with access to the event can read it, so it is no secret."""

TIMES = "pimsy-times"
"""The private property that repeats the times we wrote. Whoever moves the event leaves it behind: that is how it shows."""

CALENDAR_FIELDS = "kind,nextPageToken,items(id,summary,accessRole,primary,deleted,dataOwner)"
ENTRY_FIELDS = "kind,etag,id,summary,accessRole,deleted"
"""Of the pinned calendar's entry in the list: what can drift, and the etag by which the next question costs nothing."""

EVENT_FIELDS = "kind,id,status,etag,htmlLink,created,summary,start,end,creator/email,extendedProperties/private"
EVENTS_FIELDS = (
    "kind,summary,accessRole,timeZone,nextPageToken,"
    "items(id,status,etag,htmlLink,created,start,end,creator/email,extendedProperties/private)"
)
"""No titles of events: what proves an arrival reads no more than it needs."""

CREATED_FIELDS = "kind,nextPageToken,items(created)"
"""Of whatever stands in PIMSY Calendar no more than when it was written there: neither title nor time."""
SINCE_FIELDS = "kind,timeZone,nextPageToken,nextSyncToken,items(id,status,etag,start,end,extendedProperties/private)"
"""What tells that somebody moved or deleted an event, and nothing of what it is about."""

FOUND_FIELDS = "kind,id,status,etag,start,end,extendedProperties/private"

TITLE_FIELDS = "kind,status,summary"
"""The one question for a title, and only at a person's press."""

Times = tuple[datetime, datetime]
"""Start and end, aware, in UTC; the end is exclusive."""

BROKEN = (AttributeError, KeyError, OverflowError, TypeError, ValueError)


@dataclass(frozen=True, slots=True)
class Event:
    """An event, ours in and out. Times are aware, `ends_at` is exclusive; `zone` is the IANA zone it is written in.

    `mark` is how we know it again, its own id where none is given. What is read has UTC times, Google's `created` and
    `creator` (the e-mail of the account that wrote it), and no `summary` where the reader does not need one. `said` are
    the times we wrote last, None where we never noted them; `is_touched`: somebody may have added to it since then.
    """

    id: str
    starts_at: datetime
    ends_at: datetime
    summary: str = field(default="", repr=False)
    status: str = "confirmed"
    created: datetime | None = None
    creator: str = field(default="", repr=False)
    etag: str = ""
    link: str = ""
    mark: str = ""
    zone: str = ""
    said: Times | None = None
    is_touched: bool = field(default=False, compare=False)

    @property
    def is_cancelled(self) -> bool:
        return self.status == "cancelled"

    @property
    def times(self) -> Times:
        return (self.starts_at, self.ends_at)


VANISHED = "vanished"
"""In the place of the etag of an event of which Google kept none, or not even the id."""


@dataclass(frozen=True, slots=True)
class Found:
    """What stands in Google under the id of an event of ours. `times` is None where it was deleted without a trace of them."""

    id: str
    etag: str
    is_gone: bool
    times: Times | None = None
    said: Times | None = None
    is_touched: bool = field(default=True, compare=False)

    @property
    def is_moved(self) -> bool:
        """Somebody else put it where it stands: it is not where we said."""
        return not self.is_gone and self.said is not None and self.times != self.said


@dataclass(frozen=True, slots=True)
class CalendarNow:
    """The calendar as the envelope of its events showed it, and the events asked for, earliest first."""

    pinned: PinnedNow
    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class EntryNow:
    """The pinned calendar's entry in the account's list, and the etag to ask with the next time."""

    pinned: PinnedNow
    etag: str


def read_entry(resource: Any, calendar_id: str) -> EntryNow:
    """An entry of the list that was asked for by its id; one taken off the list is gone.

    Raises AnswerUnreadable for anything Google's reference does not allow.
    """
    entry = read_calendar(resource)
    if resource.get("deleted") is True:
        return EntryNow(PinnedNow(calendar_id, is_gone=True), "")
    return EntryNow(PinnedNow(calendar_id, entry.summary, entry.access_role), str(resource.get("etag", "")))


def written(event: Event) -> dict[str, Any]:
    """The whole resource as we send it: private, free time, no reminders, no guests, so that nothing reaches a phone."""
    return {
        "id": event.id,
        "status": "confirmed",
        "summary": event.summary,
        "start": _moment(event.starts_at, event.zone),
        "end": _moment(event.ends_at, event.zone),
        "visibility": "private",
        "transparency": "transparent",
        "reminders": {"useDefault": False},
        "extendedProperties": {"private": _private(event)},
    }


def moved(event: Event) -> dict[str, Any]:
    """The times alone, for a patch: title, colour and reminders stay as somebody made them. It was all-day no longer."""
    start, end = _moment(event.starts_at, event.zone), _moment(event.ends_at, event.zone)
    return {
        "start": start | {"date": None},
        "end": end | {"date": None},
        "extendedProperties": {"private": _private(event)},
    }


def _private(event: Event) -> dict[str, str]:
    return {MARK: event.mark or event.id, TIMES: "/".join(at.astimezone(UTC).isoformat() for at in event.times)}


def _moment(at: datetime, zone: str) -> dict[str, str]:
    if not zone:
        return {"dateTime": at.astimezone(UTC).isoformat()}
    return {"dateTime": at.astimezone(ZoneInfo(zone)).isoformat(), "timeZone": zone}


def read_event(resource: Any, calendar_zone: str = "UTC") -> Event:
    """An event out of Google's JSON. An all-day one begins at midnight of the calendar's zone.

    Raises AnswerUnreadable for anything Google's reference does not allow.
    """
    try:
        created = resource.get("created")
        return Event(
            id=str(resource["id"]),
            starts_at=_instant(resource["start"], calendar_zone),
            ends_at=_instant(resource["end"], calendar_zone),
            summary=resource.get("summary", ""),
            status=resource["status"],
            created=_aware(created, "UTC") if created else None,
            creator=resource.get("creator", {}).get("email", ""),
            etag=resource.get("etag", ""),
            link=resource.get("htmlLink", ""),
            mark=_own(resource).get(MARK, ""),
            zone=resource["start"].get("timeZone", ""),
            said=_said(_own(resource).get(TIMES)),
        )
    except BROKEN:
        raise AnswerUnreadable from None


def created_of(resource: Any) -> datetime | None:
    """When an event was written; None where Google does not say, as of one whose rest alone is left."""
    try:
        return _aware(resource["created"], "UTC") if resource.get("created") else None
    except BROKEN:
        raise AnswerUnreadable from None


def read_found(resource: Any, calendar_zone: str = "UTC") -> Found:
    """The same event as far as it matters whether it stands, and where. Raises AnswerUnreadable."""
    try:
        is_whole = "start" in resource and "end" in resource
        is_gone = resource["status"] == "cancelled"
        if not is_whole and not is_gone:
            raise AnswerUnreadable
        return Found(
            id=str(resource["id"]),
            etag=str(resource.get("etag", "")) or (VANISHED if is_gone else ""),
            is_gone=is_gone,
            times=(_instant(resource["start"], calendar_zone), _instant(resource["end"], calendar_zone))
            if is_whole
            else None,
            said=_said(_own(resource).get(TIMES)),
        )
    except BROKEN:
        raise AnswerUnreadable from None


def found_of(event: Event) -> Found:
    return Found(event.id, event.etag, event.is_cancelled, event.times, event.said, event.is_touched)


def _own(resource: Any) -> dict[str, Any]:
    private: dict[str, Any] = resource.get("extendedProperties", {}).get("private", {})
    return private


def _said(noted: Any) -> Times | None:
    """Two times as we note them; None for anything else, since other programs may write there, too."""
    try:
        start, end = (datetime.fromisoformat(part) for part in noted.split("/"))
    except BROKEN:
        return None
    return (start, end) if start.tzinfo and end.tzinfo else None


def is_bare(resource: Any) -> bool:
    """A cancelled event of which Google kept the id alone: there is nothing left to read."""
    return isinstance(resource, dict) and resource.get("status") == "cancelled" and "start" not in resource


def read_calendar(entry: Any) -> Calendar:
    """A calendar out of an entry of Google's list; `summaryOverride`, the reader's own name for it, is left alone."""
    try:
        return Calendar(
            id=str(entry["id"]),
            summary=str(entry.get("summary", "")),
            access_role=str(entry["accessRole"]),
            is_primary=entry.get("primary") is True,
            data_owner=str(entry.get("dataOwner", "")),
        )
    except BROKEN:
        raise AnswerUnreadable from None


def _instant(moment: Any, calendar_zone: str) -> datetime:
    if "dateTime" in moment:
        return _aware(moment["dateTime"], moment.get("timeZone") or calendar_zone)
    day = datetime.strptime(moment["date"], "%Y-%m-%d").date()  # noqa: DTZ007 - a day, not a moment
    return datetime.combine(day, time(), ZoneInfo(calendar_zone)).astimezone(UTC)


def _aware(said: str, zone: str) -> datetime:
    at = datetime.fromisoformat(said)
    return (at if at.tzinfo else at.replace(tzinfo=ZoneInfo(zone))).astimezone(UTC)
