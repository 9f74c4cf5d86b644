"""My SAL Calendar of the Stand-in: book, move, cancel. Each change owes Google a delivery, in the same transaction.

The caller ends the transaction, and wakes the background after it.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from wizard import when
from wizard.practice.builtin import settings, typed
from wizard.practice.builtin.settings import Problem
from wizard.practice.builtin.typed import Rules, Wish
from wizard.store import appointments, clients, deliveries, folders, log, slots
from wizard.store.appointments import Appointment
from wizard.store.database import db
from wizard.store.folders import Folder
from wizard.store.people import Person

LONGEST = timedelta(minutes=typed.LONGEST)


class Refused(Exception):
    """The calendar does not take this; `problems` say what to change."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__()
        self.problems = problems


def book(person: Person, workstation_id: int, wish: Wish, rules: Rules, *, at: datetime, who: str) -> Appointment:
    """A new appointment, or the standing one that is the very same: a second click books nothing.

    Raises Refused where another one lies in the way.
    """
    appointments.hold_calendar(person.id)
    unsent = keeps_from_sending(person.id)
    for other in _overlapping(person.id, wish.starts_at, wish.minutes):
        if not _is_same(other, wish) or (other.unsent and not unsent):
            raise Refused(("time", _in_the_way(person, other, rules)))
        return other
    appointment = Appointment(
        person_id=person.id,
        workstation_id=workstation_id,
        client_id=wish.client_id,
        slot_id=_slot_at(person.id, workstation_id, wish.starts_at),
        code=wish.code,
        location=wish.location,
        starts_at=wish.starts_at,
        zone_name=rules.zone.key,
        minutes=wish.minutes,
        booked_at=at,
        changed_at=at,
        unsent=unsent,
    )
    db.session.add(appointment)
    db.session.flush()
    if not unsent:
        deliveries.owe(appointment, at)
    log.add("appointment booked", at=at, who=who, person_id=person.id, workstation_id=workstation_id)
    return appointment


def move(
    person: Person, appointment: Appointment, starts_at: datetime, rules: Rules, *, at: datetime, who: str
) -> None:
    """Another start, the same length. Raises Refused where it is cancelled or another one lies in the way."""
    place(person, appointment, starts_at, appointment.minutes, rules, at=at, who=who)


def place(
    person: Person,
    appointment: Appointment,
    starts_at: datetime,
    minutes: int,
    rules: Rules,
    *,
    at: datetime,
    who: str,
) -> None:
    """Another start, another length. Raises Refused as `move` does."""
    appointments.hold_calendar(person.id)
    if appointment.cancelled_at is not None:
        raise Refused(("move-day", "This appointment is cancelled. Book a new one"))
    if (appointment.starts_at, appointment.minutes) == (starts_at, minutes):
        return
    for other in _overlapping(person.id, starts_at, minutes, but=appointment.id):
        raise Refused(("move-time", _in_the_way(person, other, rules)))
    appointment.starts_at, appointment.minutes = starts_at, minutes
    appointment.zone_name, appointment.changed_at = rules.zone.key, at
    appointment.slot_id = appointment.slot_id or _slot_at(person.id, appointment.workstation_id, starts_at)
    _owe(appointment, at)
    log.add("appointment moved", at=at, who=who, person_id=person.id, workstation_id=appointment.workstation_id)


def cancel(person: Person, appointment: Appointment, *, at: datetime, who: str) -> None:
    """Cancelled it stays; a second time changes nothing."""
    if appointment.cancelled_at is not None:
        return
    appointment.cancelled_at = appointment.changed_at = at
    _owe(appointment, at)
    log.add("appointment cancelled", at=at, who=who, person_id=person.id, workstation_id=appointment.workstation_id)


def of_person(person: Person, appointment_id: int) -> Appointment | None:
    """None where the person has no such appointment."""
    found = appointments.find(appointment_id)
    return found if found is not None and found.person_id == person.id else None


def keeps_from_sending(person_id: int) -> str:
    """The code of what keeps this person's appointments from being sent now; empty where nothing does."""
    return kept_back(folders.find(person_id), is_on=settings.is_on())


def kept_back(folder: Folder | None, *, is_on: bool) -> str:
    """The same, of a folder and -233 as they were read."""
    if not is_on:
        return "SET-OFF"
    if folder is not None and folder.is_suspended:
        return "USER-SUSPENDED"
    return "" if folder is not None and folder.google_account else "FOLDER-EMPTY"


def problems_of(person: Person, client_id: int, code: str, location: str) -> list[Problem]:
    """What the calendar has against a booking, whenever it may be."""
    client = clients.find(client_id)
    is_hers = client is not None and client.person_id == person.id
    return [
        *([] if is_hers else [("client", f"Choose one of {person.first_name}'s clients")]),
        *typed.problem_of_text("code", "billing code", code),
        *typed.problem_of_text("location", "location", location),
    ]


def empty_slot(person_id: int, workstation_id: int, now: datetime) -> slots.Slot | None:
    """The desk's test time, while it lies ahead and nothing is booked at it."""
    slot = slots.newest(person_id, workstation_id)
    if slot is None or slot.starts_at <= now:
        return None
    return None if _overlapping(person_id, slot.starts_at, slot.minutes) else slot


def _owe(appointment: Appointment, at: datetime) -> None:
    if not appointment.unsent:
        deliveries.owe(appointment, at)


def _slot_at(person_id: int, workstation_id: int, starts_at: datetime) -> int | None:
    """The desk's newest slot, if the appointment starts at that very instant."""
    slot = slots.newest(person_id, workstation_id)
    return slot.id if slot is not None and slot.starts_at == starts_at else None


def _overlapping(person_id: int, starts_at: datetime, minutes: int, but: int | None = None) -> Sequence[Appointment]:
    ends_at = starts_at + timedelta(minutes=minutes)
    return [
        other
        for other in appointments.between(person_id, starts_at - LONGEST, ends_at)
        if other.cancelled_at is None and other.ends_at > starts_at and other.id != but
    ]


def _is_same(other: Appointment, wish: Wish) -> bool:
    booked = (other.client_id, other.code, other.location, other.starts_at, other.minutes)
    return booked == (wish.client_id, wish.code, wish.location, wish.starts_at, wish.minutes)


def _in_the_way(person: Person, other: Appointment, rules: Rules) -> str:
    start, end = when.clock_time(other.starts_at, rules.zone), when.clock_time(other.ends_at, rules.zone)
    lies = f"{person.first_name} has an appointment from {start} to {end}"
    if other.unsent:
        return f"{lies}, which is not sent to Google. Cancel it first, or choose another time"
    return f"{lies}. Choose another time"
