"""Where an event of ours does not stand in Google as its appointment does here, because somebody changed it there. Pure."""

from dataclasses import dataclass
from datetime import datetime

from wizard.google import Found
from wizard.store.appointments import Appointment
from wizard.store.seen_events import SeenEvent, Stands

MOVED, GONE = "MOVED-THERE", "GONE-THERE"
CODES = frozenset({MOVED, GONE})


@dataclass(frozen=True, slots=True)
class Stray:
    """What was found there and when, `starts_at` and `ends_at` where it stands.

    `etag` names that very state: a choice made about it says nothing about a later one. `is_decided`: somebody chose that
    ours holds, and it is on its way.
    """

    code: str
    seen_at: datetime
    etag: str
    is_decided: bool
    starts_at: datetime | None = None
    ends_at: datetime | None = None


def stray_of(appointment: Appointment, seen: SeenEvent | None, *, is_owed: bool) -> Stray | None:
    """None where it stands as it should, or only not yet: what stands there is what we wrote.

    `is_owed`: something of the appointment has yet to be said to Google. A cancelled appointment whose event was moved
    strays while it is to be taken back; once nothing is owed, somebody chose to leave it there.
    """
    if seen is None or seen.calendar_id != appointment.calendar_id or appointment.removed_at is not None:
        return None
    is_cancelled = appointment.cancelled_at is not None
    is_decided = bool(seen.overruled) and seen.overruled == seen.etag
    if seen.is_gone:
        return None if is_cancelled else Stray(GONE, seen.first_seen, seen.etag, is_decided)
    stands = (seen.starts_at, seen.ends_at)
    is_ours = seen.said_starts_at is None or stands == (seen.said_starts_at, seen.said_ends_at)
    if is_ours or (is_cancelled and not is_owed):
        return None
    if not is_cancelled and stands == (appointment.starts_at, appointment.ends_at):
        return None
    return Stray(MOVED, seen.first_seen, seen.etag, is_decided, *stands)


def stands_of(found: Found, calendar_id: str, before: SeenEvent | None) -> Stands:
    """What Google showed of an event, as it is kept. What is gone without a trace of its times keeps those it had."""
    starts_at, ends_at = found.times or ((before.starts_at, before.ends_at) if before else (None, None))
    said = found.said or ((before.said_starts_at, before.said_ends_at) if before else (None, None))
    return Stands(
        calendar_id=calendar_id,
        etag=found.etag,
        is_gone=found.is_gone,
        is_touched=found.is_touched,
        starts_at=starts_at,
        ends_at=ends_at,
        said_starts_at=said[0],
        said_ends_at=said[1],
    )
