"""Looking for events of ours that somebody moved or deleted in Google: one question for what changed since the last look.

With the Stand-in for PIMSY alone, by the permission that wrote them. What a look brings is kept, with how far it has read,
in one transaction; a look that is cut off leaves what was known as it was. Where a whole reading lacks very many events of
ours, a look asks for some of them and keeps what it found; the calendar counts as read once none is left.
"""

import threading
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from wizard.clock import Clock
from wizard.google import Changes, Found, Google, GoogleTrouble, GrantDead
from wizard.onboarding.looking import PRESSED_PACE, Looked
from wizard.practice.builtin.strayed import stands_of, stray_of
from wizard.store import appointments, clinics, deliveries, grants, locks, pins, read_marks, seen_events
from wizard.store.appointments import Appointment
from wizard.store.database import db
from wizard.store.deliveries import Delivery
from wizard.store.people import Person
from wizard.store.seen_events import SeenEvent

DAILY = timedelta(hours=24)
"""How often a calendar is looked at where nothing was sent to it."""

AFTER_SENDING = timedelta(minutes=10)
"""How soon, at the soonest, it is looked at again where something was, or where a look did not come to its end."""

AT_ONCE = 100
"""So many events that a whole reading did not bring one look asks for; the next goes on."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Whose calendar is asked for, from where on, by which permission, and the hold of the account meanwhile."""

    person_id: int
    grant_id: int
    calendar_id: str
    token: str
    lock: str
    lock_fence: int
    asks_until: datetime  # what is asked for singly; the hold lasts longer than the last of these questions


@dataclass(frozen=True, slots=True)
class Told:
    """An appointment that somebody changed in Google and nobody here has decided about. Numbers and times: no client."""

    appointment_id: int
    person_id: int
    code: str
    starts_at: datetime
    stands_at: datetime | None  # where it stands in Google; None where it was deleted
    seen_at: datetime


class Straying:
    """`room` is how many threads may be inside Google on somebody's request.

    `lease_s`: what waits to be sent to the account waits so long at most, should this process be killed meanwhile.
    """

    def __init__(
        self,
        google: Google,
        clock: Clock,
        room: threading.BoundedSemaphore,
        lease_s: float,
        at_once: int = AT_ONCE,
    ) -> None:
        self._google, self._clock, self._room, self._at_once = google, clock, room, at_once
        self._lease = timedelta(seconds=lease_s)

    def look(self, person: Person, pace: timedelta = PRESSED_PACE) -> Looked:
        """Ask what changed in her pinned calendar, and keep it. Writes nothing there; no transaction is open meanwhile.

        TOO_SOON within `pace` of the last look, and while something is sent to the account.
        """
        if not self._room.acquire(blocking=False):
            return Looked.NO_ROOM
        try:
            wanted = _wanted(person, self._clock(), self._lease, pace)
            db.session.commit()
            if isinstance(wanted, Looked):
                return wanted
            try:
                return self._look(wanted)
            finally:
                db.session.rollback()
                locks.release(wanted.lock, wanted.lock_fence, self._clock())
                db.session.commit()
        finally:
            self._room.release()

    def _look(self, wanted: Wanted) -> Looked:
        try:
            changes = self._google.since(wanted.grant_id, wanted.calendar_id, wanted.token)
            missing = _missing(wanted, changes, self._clock())
            vanished = self._ask_for(wanted, missing)
        except GrantDead:
            return Looked.SEEN  # the vault has noted it: an answer, not a silence
        except GoogleTrouble as trouble:
            db.session.rollback()
            read_marks.note_failure(wanted.person_id, trouble.code, self._clock())
            db.session.commit()
            return Looked.NOT_SEEN
        now = self._clock()
        if not locks.release(wanted.lock, wanted.lock_fence, now):
            return Looked.TOO_SOON  # it took too long: what was sent meanwhile is newer than what we read
        is_read = len(vanished) == len(missing)
        _keep(wanted, replace(changes, found=(*changes.found, *vanished)), now, is_read=is_read)
        db.session.commit()
        return Looked.SEEN if is_read else Looked.IN_PART

    def _ask_for(self, wanted: Wanted, missing: Sequence[str]) -> list[Found]:
        """Of the first of them, and of as many as there is time for: who waits to send to the account waits for this."""
        found: list[Found] = []
        for event_id in missing[: self._at_once]:
            if found and self._clock() >= wanted.asks_until:
                break
            found.append(self._google.found(wanted.grant_id, wanted.calendar_id, event_id))
        return found


def strays(now: datetime, person_id: int | None = None) -> list[Told]:
    """What there is to tell of a person, or of everybody in the clinic, the earliest first. Two queries."""
    rows = seen_events.out_of_place(person_id)
    return told(rows, deliveries.open_of([appointment.id for _, appointment in rows]), now)


def told(rows: Iterable[tuple[SeenEvent, Appointment]], owed: Mapping[int, Delivery], now: datetime) -> list[Told]:
    """Pure. What is over here and there is nobody's concern any more, and what somebody decided is under way."""
    found = []
    for seen, appointment in rows:
        stray = stray_of(appointment, seen, is_owed=appointment.id in owed)
        if stray is None or stray.is_decided or max(appointment.ends_at, stray.ends_at or appointment.ends_at) <= now:
            continue
        found.append(
            Told(
                appointment_id=appointment.id,
                person_id=appointment.person_id,
                code=stray.code,
                starts_at=appointment.starts_at,
                stands_at=stray.starts_at,
                seen_at=stray.seen_at,
            )
        )
    return found


def _wanted(person: Person, now: datetime, lease: timedelta, pace: timedelta) -> Wanted | Looked:
    grant, pin = grants.of(person.id, "integration"), pins.of(person.id)
    if clinics.present().practice != "builtin" or person.left_at is not None:
        return Looked.NOTHING_TO_ASK
    if grant is None or grant.is_dead or pin is None or pin.sub != grant.sub:
        return Looked.NOTHING_TO_ASK
    mark, lock = read_marks.of_calendar(person.id, pin.calendar_id), deliveries.account(grant.sub)
    if mark.asked_at is not None and mark.asked_at <= now < mark.asked_at + pace:
        return Looked.TOO_SOON
    fence = locks.take(lock, now, lease)
    if fence is None:
        return Looked.TOO_SOON
    mark.asked_at = now
    return Wanted(person.id, grant.id, pin.calendar_id, mark.token, lock, fence, now + lease / 2)


def _missing(wanted: Wanted, changes: Changes, now: datetime) -> list[str]:
    """Events of ours that a whole reading did not bring. Each has to be asked for: an answer that lacks it proves nothing.

    Of one that is known to be gone from this calendar it says nothing new.
    """
    if not changes.is_whole:
        return []
    listed = {found.id for found in changes.found}
    lacking = [
        row for row in appointments.standing(wanted.person_id, wanted.calendar_id, now) if row.event_id not in listed
    ]
    seen = seen_events.of([row.id for row in lacking])
    gone = {key for key, event in seen.items() if event.is_gone and event.calendar_id == wanted.calendar_id}
    db.session.commit()
    return [row.event_id for row in lacking if row.id not in gone]


def _keep(wanted: Wanted, changes: Changes, now: datetime, *, is_read: bool) -> None:
    """What stands there of ours, and the token, together or not at all. Events that are not ours are kept nowhere.

    Unless all `is_read` the calendar is read from the same token once more, and what was found now is known by then.
    """
    mark = read_marks.of_calendar(wanted.person_id, wanted.calendar_id)
    if mark.token != wanted.token:
        return  # another calendar was pinned meanwhile
    found = {event.id: event for event in changes.found}
    ours = [
        row for row in appointments.of_events(wanted.person_id, list(found)) if row.calendar_id == wanted.calendar_id
    ]
    seen = seen_events.of([row.id for row in ours])
    changed = [row.id for row in ours if _note(row, seen.get(row.id), found[row.event_id], now)]
    deliveries.recheck([appointment_id for appointment_id in changed if appointment_id in seen], now)
    mark.failure, mark.failed_since = "", None
    if is_read:
        mark.token, mark.read_at = changes.token, now


def _note(appointment: Appointment, seen: SeenEvent | None, found: Found, now: datetime) -> bool:
    """Says whether it stands otherwise than before."""
    brought = stands_of(found, appointment.calendar_id, seen)
    is_noted = brought.said_starts_at is not None or appointment.sent_at is None
    if not is_noted and not deliveries.open_of([appointment.id]):
        # Written before events carried their times: what Google confirmed last is what stands here.
        brought = replace(brought, said_starts_at=appointment.starts_at, said_ends_at=appointment.ends_at)
    return seen_events.note(appointment, seen, brought, now)
