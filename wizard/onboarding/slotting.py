"""Slotting: which slot a desk gets, and when it gets another one."""

from collections.abc import Collection
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from wizard.store import clinics, people, slots, workstations

FIRST_MINUTE = 6 * 60
"""Six in the morning: before the first client, and never inside the hour that daylight saving skips."""


def first_free(
    now: datetime, zone: ZoneInfo, works_on: Collection[int], grid_minutes: int, taken: Collection[datetime]
) -> datetime:
    """Start of the next free test time, aware, in the clinic's zone: its next working day, early, on its grid.

    Raises ValueError when a clinic works on no day.
    """
    if not works_on:
        message = "a clinic that works on no day has no next working day"
        raise ValueError(message)
    day = now.astimezone(zone).date()
    while True:
        day += timedelta(days=1)
        if day.weekday() not in works_on:
            continue
        for minute in range(FIRST_MINUTE + grid_minutes, 24 * 60, grid_minutes):
            start = datetime.combine(day, time(minute // 60, minute % 60), zone)
            if start not in taken:
                return start


def ensure(person: people.Person, workstation: workstations.Workstation, now: datetime) -> slots.Slot | None:
    """The desk's slot: the one it has, or a first one; None at a telephone, where nothing is booked."""
    if not workstation.has_pimsy:
        return None
    return slots.newest(person.id, workstation.id) or give_another(person, workstation, now)


def give_another(person: people.Person, workstation: workstations.Workstation, now: datetime) -> slots.Slot:
    """A new slot; the earlier ones stay, as evidence and so that no start is given twice."""
    clinic = clinics.present()
    start = first_free(now, clinic.zone, clinic.works_on, clinic.grid_minutes, slots.taken(person.id))
    return slots.add(person.id, workstation.id, start, clinic.zone_name, clinic.grid_minutes, now)


def take_over(
    person: people.Person, workstation: workstations.Workstation, starts_at: datetime, now: datetime
) -> slots.Slot:
    """The time at which PIMSY took the test instead becomes the desk's; the present one where it is the very same.

    It counts as given when the one it replaces was: it was booked before anybody typed it here.
    """
    present = slots.newest(person.id, workstation.id)
    if present is not None and present.starts_at == starts_at:
        return present
    clinic = clinics.present()
    minutes, given_at = (present.minutes, present.given_at) if present else (clinic.grid_minutes, now)
    return slots.add(person.id, workstation.id, starts_at, clinic.zone_name, minutes, given_at)
