"""What looks bring, as it is written into a sighting and read out of it again."""

from datetime import datetime
from typing import Any

from wizard.evidence import Arrival, Calendar, PinnedNow, Slot
from wizard.google import Event
from wizard.store.sightings import Sighting

Stored = Any
"""What a JSON column holds."""


def store_calendars(seen: tuple[Calendar, ...]) -> Stored:
    """In the order of their ids, so that the same calendars are the same value."""
    return [
        {
            "id": entry.id,
            "summary": entry.summary,
            "role": entry.access_role,
            "primary": entry.is_primary,
            "data_owner": entry.data_owner,
        }
        for entry in sorted(seen, key=lambda entry: entry.id)
    ]


def calendars(stored: Stored) -> tuple[Calendar, ...]:
    return tuple(
        Calendar(entry["id"], entry["summary"], entry["role"], entry["primary"], entry["data_owner"])
        for entry in stored
    )


def store_pinned(seen: PinnedNow) -> Stored:
    return {"id": seen.calendar_id, "summary": seen.summary, "role": seen.access_role, "gone": seen.is_gone}


def pinned(stored: Stored) -> PinnedNow:
    return PinnedNow(stored["id"], stored["summary"], stored["role"], stored["gone"])


def store_event(event: Event | None, *, slot: Slot, calendar_id: str, sub: str, generation: int) -> Stored:
    """The few values a check reads; no title is kept. None: it is not there."""
    if event is None:
        return None
    return {
        "slot": slot.id,
        "at_slot": event.starts_at == slot.starts_at,
        "event": event.id,
        "calendar": calendar_id,
        "sub": sub,
        "starts": event.starts_at.isoformat(),
        "ends": event.ends_at.isoformat(),
        "live": event.status != "cancelled",
        "created": event.created.isoformat() if event.created else "",
        "creator": event.creator,
        "generation": generation,
        "link": event.link,
    }


def is_found(stored: Stored) -> bool:
    """What a look outside of PIMSY Calendar brought."""
    return bool(stored["found"])


def is_live(stored: Stored) -> bool:
    """Whether a look for an event found it, and not its cancelled rest."""
    return stored is not None and bool(stored["live"])


def shows(stored: Stored, calendar_id: str) -> bool:
    """Whether a calendar was there: in a list, or as the answer about itself."""
    if isinstance(stored, list):
        return any(entry["id"] == calendar_id for entry in stored)
    return bool(stored["id"] == calendar_id and not stored["gone"])


def arrival(row: Sighting) -> Arrival:
    """A sighting of an event, with the times at which it was first and last read like this."""
    stored = row.value
    return Arrival(
        slot_id=stored["slot"],
        event_id=stored["event"],
        calendar_id=stored["calendar"],
        sub=stored["sub"],
        starts_at=datetime.fromisoformat(stored["starts"]),
        ends_at=datetime.fromisoformat(stored["ends"]),
        is_live=stored["live"],
        read_at=row.first_seen,
        last_read_at=row.last_seen,
        is_at_slot=stored["at_slot"],
        created=datetime.fromisoformat(stored["created"]) if stored["created"] else None,
        creator=stored["creator"],
        generation=stored["generation"],
        link=stored["link"],
    )
