"""Appointments of the Stand-in for PIMSY."""

import secrets
from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import Mapped, mapped_column

from wizard.store.database import LARGEST_ID, Base, Moment, OfClinic, db
from wizard.store.people import Person

MOST_ASKED = 500
"""Ids in one question to the database; SQLite takes 32,766 values, PostgreSQL's driver 65,535."""


def new_event_id() -> str:
    """A random id under which the appointment goes to Google, stored before the first send, so a repeat never doubles.

    Google takes 5 to 1024 characters of 0-9 and a-v
    (developers.google.com/workspace/calendar/api/v3/reference/events/insert).
    """
    return secrets.token_hex(20)


class Appointment(OfClinic, Base):
    """One appointment. `unsent` is the code of what kept it from being sent when it was booked: it never is, then."""

    __tablename__ = "appointments"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    workstation_id: Mapped[int] = mapped_column(ForeignKey("workstations.id"))  # where it was booked
    client_id: Mapped[int] = mapped_column(ForeignKey("clients.id"))
    slot_id: Mapped[int | None] = mapped_column(ForeignKey("slots.id"))
    code: Mapped[str] = mapped_column(default="")
    location: Mapped[str] = mapped_column(default="")
    starts_at: Mapped[datetime] = mapped_column(Moment)
    zone_name: Mapped[str]
    minutes: Mapped[int]
    booked_at: Mapped[datetime] = mapped_column(Moment)
    changed_at: Mapped[datetime] = mapped_column(Moment)
    cancelled_at: Mapped[datetime | None] = mapped_column(Moment)
    unsent: Mapped[str] = mapped_column(default="")
    event_id: Mapped[str] = mapped_column(unique=True, default=new_event_id)
    calendar_id: Mapped[str] = mapped_column(default="")  # where it lies on Google; empty until it was sent
    sent_at: Mapped[datetime | None] = mapped_column(Moment)  # the last time Google confirmed what stands here
    removed_at: Mapped[datetime | None] = mapped_column(Moment)  # Google confirmed that it is gone there

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.minutes)


def between(person_id: int, start: datetime, end: datetime) -> list[Appointment]:
    """Those that start in the span, `end` exclusive, cancelled ones too, earliest first."""
    query = select(Appointment).where(
        Appointment.person_id == person_id,
        Appointment.starts_at >= start,
        Appointment.starts_at < end,
    )
    return list(db.session.scalars(query.order_by(Appointment.starts_at, Appointment.id)))


def hold_calendar(person_id: int) -> None:
    """Two bookings of one person wait for each other until the transaction ends, so that neither overlooks the other."""
    db.session.execute(select(Person.id).where(Person.id == person_id).with_for_update())


def of_slots(slot_ids: list[int]) -> list[Appointment]:
    """The test appointments, cancelled ones too, oldest first."""
    query = select(Appointment).where(Appointment.slot_id.in_(slot_ids))
    return list(db.session.scalars(query.order_by(Appointment.id)))


def find(appointment_id: int) -> Appointment | None:
    if appointment_id > LARGEST_ID:
        return None
    return db.session.scalars(select(Appointment).where(Appointment.id == appointment_id)).one_or_none()


def of_events(person_id: int, event_ids: list[str]) -> list[Appointment]:
    """Those of this person whose events these are; what is not ours finds nothing. Any number of ids."""
    found: list[Appointment] = []
    for start in range(0, len(event_ids), MOST_ASKED):
        some = event_ids[start : start + MOST_ASKED]
        query = select(Appointment).where(Appointment.person_id == person_id, Appointment.event_id.in_(some))
        found += db.session.scalars(query.order_by(Appointment.id))
    return found


def standing(person_id: int, calendar_id: str, at: datetime) -> list[Appointment]:
    """Those still to come that Google has confirmed in this calendar, and not that they are gone from it."""
    query = select(Appointment).where(
        Appointment.person_id == person_id,
        Appointment.calendar_id == calendar_id,
        Appointment.starts_at > at,
        Appointment.sent_at.is_not(None),
        Appointment.removed_at.is_(None),
    )
    return list(db.session.scalars(query.order_by(Appointment.id)))


def hold_free(appointment_ids: Collection[int]) -> set[int]:
    """Those that nobody is changing: they stay as they are until the transaction ends. Waits for nobody.

    Who changes an appointment writes it first and its delivery second; so does whoever claims and closes deliveries.
    """
    query = select(Appointment.id).where(Appointment.id.in_(appointment_ids)).with_for_update(skip_locked=True)
    return set(db.session.scalars(query))


def to_write(appointment_ids: Collection[int]) -> dict[int, Appointment]:
    """By id; nobody else changes them until the transaction ends."""
    query = select(Appointment).where(Appointment.id.in_(appointment_ids)).order_by(Appointment.id).with_for_update()
    return {found.id: found for found in db.session.scalars(query)}
