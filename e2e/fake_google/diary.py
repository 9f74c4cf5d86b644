"""Calendars, the lists they stand on, and their events: what changes them, and how they read."""

import base64
import secrets
from typing import TYPE_CHECKING, Any, Final

from . import times
from .errors import ApiError
from .nouns import Account, Calendar, Entry, Event, Json

if TYPE_CHECKING:
    from .world import World

ROLES: Final = ("none", "freeBusyReader", "reader", "writer", "owner")  # each may do what those before it may
FIRST_ETAG: Final = 3_180_000_000_000_000


def role_of(calendar: Calendar, sub: str) -> str:
    return calendar.roles.get(sub, "reader" if calendar.public else "none")


def may(role: str, least: str) -> bool:
    return ROLES.index(role) >= ROLES.index(least)


def next_change(world: "World") -> int:
    world.changes += 1
    return world.changes


def etag(changed: int) -> str:
    return f'"{FIRST_ETAG + changed}"'


# Calendars


def make_primary(world: "World", account: Account) -> Calendar:
    """Every account's main calendar: its id and its name are the e-mail."""
    return make_calendar(world, account, account.email, id=account.email, primary=True)


def rename_primary(world: "World", account: Account, email: str) -> None:
    """The main calendar under a new e-mail; a name its person gave it stays."""
    calendar = world.calendars.pop(account.email)
    world.calendars[email] = calendar
    summary = email if calendar.summary == account.email else calendar.summary
    for listed in world.entries.values():
        if entry := listed.pop(calendar.id, None):
            entry.calendar, listed[email] = email, entry
    change_calendar(world, calendar, id=email, summary=summary)


def make_calendar(world: "World", account: Account, summary: str, *, hidden: bool = False, **fields: Any) -> Calendar:
    """A calendar of this account, on its list. Names are not unique; the id is the server's."""
    changed = next_change(world)
    given = {"id": f"c_{secrets.token_hex(32)}@group.calendar.google.com", "time_zone": account.time_zone} | fields
    calendar = Calendar(summary=summary, owner=account.sub, **given)
    calendar.roles[account.sub] = "owner"
    calendar.updated, calendar.changed = world.clock.seconds(), changed
    world.calendars[calendar.id] = calendar
    put_on_list(world, calendar, account.sub, hidden=hidden)
    return calendar


def put_on_list(world: "World", calendar: Calendar, sub: str, *, hidden: bool = False) -> Entry:
    entry = Entry(calendar.id, hidden=hidden, changed=next_change(world))
    world.entries.setdefault(sub, {})[calendar.id] = entry
    return entry


def share(world: "World", calendar: Calendar, reader: Account, role: str) -> None:
    calendar.roles[reader.sub] = role
    put_on_list(world, calendar, reader.sub)


def change_calendar(world: "World", calendar: Calendar, **changes: Any) -> None:
    for name, value in changes.items():
        setattr(calendar, name, value)
    calendar.changed, calendar.updated = next_change(world), world.clock.seconds()
    for listed in world.entries.values():
        if calendar.id in listed:
            listed[calendar.id].changed = calendar.changed


def delete_calendar(world: "World", calendar: Calendar) -> None:
    """It answers 404 from now on and stays on the lists as deleted."""
    change_calendar(world, calendar, deleted=True)
    for listed in world.entries.values():
        if calendar.id in listed:
            listed[calendar.id].deleted = True


def change_entry(world: "World", entry: Entry, **changes: Any) -> None:
    for name, value in changes.items():
        setattr(entry, name, value)
    entry.changed = next_change(world)


def read_calendar(world: "World", calendar: Calendar) -> Json:
    """A `Calendar` resource."""
    read = {
        "kind": "calendar#calendar",
        "etag": etag(calendar.changed),
        "id": calendar.id,
        "summary": calendar.summary,
        "description": calendar.description,
        "location": calendar.location,
        "timeZone": calendar.time_zone,
        "dataOwner": "" if calendar.primary else world.accounts[calendar.owner].email,
        "conferenceProperties": {"allowedConferenceSolutionTypes": ["hangoutsMeet"]},
    }
    return {name: value for name, value in read.items() if value != ""}


def read_entry(world: "World", sub: str, entry: Entry) -> Json:
    """A `CalendarListEntry` resource: the calendar as this person has it on the list."""
    calendar = world.calendars[entry.calendar]
    read = read_calendar(world, calendar) | {
        "kind": "calendar#calendarListEntry",
        "etag": etag(max(entry.changed, calendar.changed)),
        "accessRole": role_of(calendar, sub),
        "colorId": "14",
        "backgroundColor": "#9fe1e7",
        "foregroundColor": "#000000",
        "selected": not entry.hidden,
        "defaultReminders": [],
    }
    read |= entry.given
    flags = {"primary": calendar.primary, "hidden": entry.hidden, "deleted": entry.deleted}
    read |= {name: True for name, holds in flags.items() if holds}
    return read if read["selected"] else {name: value for name, value in read.items() if name != "selected"}


# Events


def add_event(world: "World", calendar: Calendar, account: Account, resource: Json) -> Event:
    """Written by `account`, under the id given or one of the server's. Raises ApiError duplicate, also for a cancelled id."""
    id_ = resource.get("id") or secrets.token_hex(13)
    if id_ in calendar.events:
        raise ApiError("duplicate")
    now = world.clock.seconds()
    written = {"status": "confirmed"} | resource | {"id": id_, "creator": {"email": account.email}}
    event = Event(id_, written, now, now, next_change(world), resource.get("sequence", 0))
    calendar.events[id_] = event
    calendar.updated = now
    return event


def change_event(world: "World", calendar: Calendar, event: Event, resource: Json) -> None:
    """`resource` is the whole event from now on, but for what only Google writes."""
    moved = any(resource.get(side) != event.resource.get(side) for side in ("start", "end"))
    event.sequence = max(resource.get("sequence", 0), event.sequence + moved)
    event.resource = resource | {"id": event.id, "creator": event.resource["creator"]}
    event.updated, event.changed = world.clock.seconds(), next_change(world)
    calendar.updated = event.updated


def cancel_event(world: "World", calendar: Calendar, event: Event) -> None:
    """Deleted for people, still there for the API: `status` cancelled, its id used up."""
    change_event(world, calendar, event, event.resource | {"status": "cancelled"})


def read_event(world: "World", calendar: Calendar, event: Event, zone: str = "") -> Json:
    """An `Event` resource, its times in `zone` (the calendar's when left out)."""
    written = event.resource
    creator = dict(written["creator"])
    organizer: Json = {"email": calendar.id, "displayName": calendar.summary, "self": True}
    if calendar.primary:
        organizer = {"email": calendar.id, "self": True}
        creator |= {"self": True} if creator["email"] == calendar.id else {}
    return written | {
        "kind": "calendar#event",
        "etag": etag(event.changed),
        "id": event.id,
        "htmlLink": f"https://www.google.com/calendar/event?eid={link_id(calendar, event)}",
        "created": times.whole_second(event.created),
        "updated": times.stamp(event.updated),
        "creator": creator,
        "organizer": organizer,
        "start": times.in_zone(written["start"], calendar.time_zone, zone or calendar.time_zone),
        "end": times.in_zone(written["end"], calendar.time_zone, zone or calendar.time_zone),
        "iCalUID": f"{event.id}@google.com",
        "sequence": event.sequence,
        "reminders": written.get("reminders", {"useDefault": True}),
        "eventType": written.get("eventType", "default"),
    }


def link_id(calendar: Calendar, event: Event) -> str:
    return base64.urlsafe_b64encode(f"{event.id} {calendar.id}".encode()).decode().rstrip("=")
