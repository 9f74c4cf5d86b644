"""What stands in Google of an appointment, as it was last written or read there: one row for each event of ours.

No row holds whether that is right: `wizard.practice.builtin.strayed` concludes it.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import Mapped, mapped_column

from wizard.store.appointments import MOST_ASKED, Appointment
from wizard.store.database import Base, Moment, OfClinic, db
from wizard.store.people import Person


class SeenEvent(OfClinic, Base):
    """One event. `said_*` are the times we wrote, as the event itself carries them; None where nobody noted them.

    `overruled` is the etag of what somebody chose to have overwritten: our word counts against that state, no newer one.
    """

    __tablename__ = "seen_events"

    id: Mapped[int] = mapped_column(primary_key=True)
    appointment_id: Mapped[int] = mapped_column(ForeignKey("appointments.id"), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    calendar_id: Mapped[str]
    etag: Mapped[str]
    is_gone: Mapped[bool]
    is_touched: Mapped[bool]  # somebody else may have added to it since we wrote it
    starts_at: Mapped[datetime | None] = mapped_column(Moment)
    ends_at: Mapped[datetime | None] = mapped_column(Moment)
    said_starts_at: Mapped[datetime | None] = mapped_column(Moment)
    said_ends_at: Mapped[datetime | None] = mapped_column(Moment)
    first_seen: Mapped[datetime] = mapped_column(Moment)  # that it stands so, or is gone; not a new colour
    last_seen: Mapped[datetime] = mapped_column(Moment)
    overruled: Mapped[str] = mapped_column(default="")


@dataclass(frozen=True, slots=True)
class Stands:
    """What a look or an answer brought of one event; the fields of the row."""

    calendar_id: str
    etag: str
    is_gone: bool
    is_touched: bool
    starts_at: datetime | None
    ends_at: datetime | None
    said_starts_at: datetime | None
    said_ends_at: datetime | None


def note(appointment: Appointment, row: SeenEvent | None, brought: Stands, at: datetime) -> bool:
    """Keep what stands there now, in the row of it where there is one; says whether it stands otherwise than before."""
    if row is None:
        row = SeenEvent(
            clinic_id=appointment.clinic_id,
            appointment_id=appointment.id,
            person_id=appointment.person_id,
            first_seen=at,
            last_seen=at,
            overruled="",
        )
        db.session.add(row)
        before = None
    else:
        before = (row.calendar_id, row.is_gone, row.starts_at, row.ends_at)
    now = (brought.calendar_id, brought.is_gone, brought.starts_at, brought.ends_at)
    if brought.etag != row.etag:
        row.overruled = ""
        row.is_touched = brought.is_touched
    for name in ("calendar_id", "etag", "is_gone", "starts_at", "ends_at", "said_starts_at", "said_ends_at"):
        setattr(row, name, getattr(brought, name))
    row.last_seen = at
    if before != now:
        row.first_seen = at
    return before != now


def of(appointment_ids: list[int]) -> dict[int, SeenEvent]:
    """By appointment. Any number of ids."""
    found: dict[int, SeenEvent] = {}
    for start in range(0, len(appointment_ids), MOST_ASKED):
        some = appointment_ids[start : start + MOST_ASKED]
        query = select(SeenEvent).where(SeenEvent.appointment_id.in_(some))
        found |= {row.appointment_id: row for row in db.session.scalars(query)}
    return found


def out_of_place(person_id: int | None = None) -> list[tuple[SeenEvent, Appointment]]:
    """Those that do not stand in Google where we wrote them, of a person or of all who work here, the earliest first.

    They may yet be right: what is under way to Google does not stand there yet.
    """
    query = (
        select(SeenEvent, Appointment)
        .join(Appointment, Appointment.id == SeenEvent.appointment_id)
        .join(Person, Person.id == SeenEvent.person_id)
        .where(
            Person.left_at.is_(None),
            Appointment.removed_at.is_(None),
            SeenEvent.is_gone
            | (SeenEvent.starts_at != SeenEvent.said_starts_at)
            | (SeenEvent.ends_at != SeenEvent.said_ends_at),
        )
        .order_by(Appointment.starts_at, Appointment.id)
    )
    if person_id is not None:
        query = query.where(SeenEvent.person_id == person_id)
    return [(row[0], row[1]) for row in db.session.execute(query)]
