"""What a delivery has to say to Google, read in one transaction; or what holds it back."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from wizard.clock import Clock
from wizard.google import Event
from wizard.practice.builtin import backoff
from wizard.practice.builtin.calendar import keeps_from_sending
from wizard.practice.builtin.strayed import stray_of
from wizard.store import appointments, deliveries, folders, grants, locks, pins, seen_events

SOON_S = 1.0
Chance = Callable[[], float]
"""A random number from 0 to 1."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A worker's hold of a delivery: its fence, the end of its lease, and the time after which it asks Google no more."""

    delivery_id: int
    fence: int
    deadline: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class Errand:
    """One appointment as it is now, and where it goes. `moved_from` is a calendar that another one has replaced.

    `event.etag` is what stands there as far as we know; `over` that of what somebody chose to have overwritten.
    """

    appointment_id: int
    grant_id: int
    lock: str
    lock_fence: int
    calendar_id: str
    event: Event
    changed_at: datetime
    is_cancelled: bool
    was_sent: bool
    moved_from: str
    over: str = ""


@dataclass(frozen=True, slots=True)
class Setback:
    """Why Google has not confirmed it, and when to try again. Without a reason: nothing is wrong, only not yet.

    `is_of_account`: what waits for the same account waits as well.
    """

    reason: str
    wait_s: float
    is_try: bool = False
    is_of_account: bool = True


LATER = Setback("", SOON_S, is_of_account=False)
"""Somebody else talks to Google for this account, or our time is nearly up."""

DEAD = Setback("REVOKED-PIMSY", SOON_S)
"""Held from now on by the claim's own query, until a new consent; then it goes at once."""


def read(turn: Turn, clock: Clock, chance: Chance) -> Errand | Setback | None:
    """The errand, with its account locked; what holds it back; None where there is nothing to say.

    The caller ends the transaction.
    """
    delivery = deliveries.find(turn.delivery_id)
    appointment = appointments.find(delivery.appointment_id) if delivery else None
    if appointment is None or _is_unheard_of(appointment):
        return None
    grant, pin = grants.of(appointment.person_id, "integration"), pins.of(appointment.person_id)
    if grant is None or grant.is_dead:
        return DEAD
    if reason := _held(appointment.person_id, grant, pin):
        return Setback(reason, backoff.slow(chance()))
    seen = seen_events.of([appointment.id]).get(appointment.id)
    stray = stray_of(appointment, seen, is_owed=True)
    if stray is not None and not stray.is_decided:
        return of_stray(stray.code, chance)
    now, lock = clock(), f"account/{grant.sub}"
    if pin is None or now >= turn.deadline:
        return LATER
    fence = locks.take(lock, now, turn.until - now)
    if fence is None:
        return LATER
    is_cancelled = appointment.cancelled_at is not None
    moved_from = appointment.calendar_id if appointment.calendar_id not in {"", pin.calendar_id} else ""
    if not is_cancelled and not moved_from:
        appointment.calendar_id = pin.calendar_id  # before the first send: see _is_unheard_of
    return Errand(
        appointment_id=appointment.id,
        grant_id=grant.id,
        lock=lock,
        lock_fence=fence,
        calendar_id=pin.calendar_id,
        event=_event(appointment, None if moved_from else seen),
        changed_at=appointment.changed_at,
        is_cancelled=is_cancelled,
        was_sent=appointment.sent_at is not None and not moved_from,
        moved_from=moved_from,
        over=stray.etag if stray is not None else "",
    )


def of_stray(code: str, chance: Chance) -> Setback:
    """Somebody changed it in Google: it waits for a choice, and nothing else of the account waits with it."""
    return Setback(code, backoff.slow(chance()), is_of_account=False)


def _held(person_id: int, grant: grants.Grant, pin: pins.Pin | None) -> str:
    """The code of what the clinic or the person has to put right first."""
    if reason := keeps_from_sending(person_id):
        return reason
    folder = folders.find(person_id)
    if folder is None or folder.google_account.casefold() != grant.email.casefold():
        return "FOLDER-OTHER"
    if pin is None:
        return "CAL-NONE"
    return "" if pin.sub == grant.sub else "ACC-WRONG"


def _is_unheard_of(appointment: appointments.Appointment) -> bool:
    """Cancelled before anything of it was said to Google: its calendar is noted before the first word."""
    return appointment.cancelled_at is not None and not appointment.calendar_id


def _event(appointment: appointments.Appointment, seen: seen_events.SeenEvent | None) -> Event:
    """As it is to be, with what we know of what stands there.

    The title says nothing of the client: Google may hold such data only under an agreement of its own."""
    return Event(
        id=appointment.event_id,
        mark=appointment.event_id,
        starts_at=appointment.starts_at,
        ends_at=appointment.ends_at,
        zone=appointment.zone_name,
        summary="PIMSY sync test" if appointment.slot_id else "PIMSY appointment",
        etag=seen.etag if seen is not None and seen.calendar_id == appointment.calendar_id and not seen.is_gone else "",
        is_touched=seen is not None and seen.is_touched,
    )
