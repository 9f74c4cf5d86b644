"""Read marks: how far a person's pinned calendar has been read, so that a look asks only for what changed since."""

from datetime import datetime, timedelta

from sqlalchemy import ForeignKey, exists, or_, select
from sqlalchemy.orm import Mapped, mapped_column

from wizard.store.clinics import Clinic
from wizard.store.database import Base, Moment, OfClinic, db
from wizard.store.deliveries import Delivery
from wizard.store.grants import Grant
from wizard.store.people import Person


class ReadMark(OfClinic, Base):
    """`token` is Google's; it belongs to this calendar alone, and is empty where it has to be read whole."""

    __tablename__ = "read_marks"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), unique=True)
    calendar_id: Mapped[str]
    token: Mapped[str] = mapped_column(default="")
    asked_at: Mapped[datetime | None] = mapped_column(Moment)
    read_at: Mapped[datetime | None] = mapped_column(Moment)  # the last look that succeeded
    failure: Mapped[str] = mapped_column(default="")
    failed_since: Mapped[datetime | None] = mapped_column(Moment)


def of(person_id: int) -> ReadMark | None:
    return db.session.scalars(select(ReadMark).where(ReadMark.person_id == person_id)).one_or_none()


def of_calendar(person_id: int, calendar_id: str) -> ReadMark:
    """Made at the first look; another calendar has to be read from its beginning."""
    mark = of(person_id)
    if mark is None:
        mark = ReadMark(person_id=person_id, calendar_id=calendar_id, token="", failure="")
        db.session.add(mark)
    elif mark.calendar_id != calendar_id:
        mark.calendar_id, mark.token, mark.read_at = calendar_id, "", None
    db.session.flush()
    return mark


def note_failure(person_id: int, failure: str, at: datetime) -> None:
    """A look did not succeed: how far it was read, and all that is known, stays."""
    mark = of(person_id)
    if mark is not None:
        mark.failed_since, mark.failure = (mark.failed_since if mark.failure else None) or at, failure


def due(at: datetime, daily: timedelta, after_sending: timedelta) -> list[tuple[int, int]]:
    """Clinic and person whose calendar it is time to look at, longest unlooked first.

    `after_sending` something was sent to it since, or a look did not come to its end, and `daily` otherwise: also where
    Google did not answer. Only of people who work here in a clinic
    that the Stand-in sends for, and whose permission to write is alive.
    """
    alive = exists().where(
        Grant.person_id == Person.id,
        Grant.permission == "integration",
        Grant.ended_at.is_(None),
        (Grant.died_at.is_(None)) | (Grant.died_at < Grant.since),
    )
    has_sent = exists().where(
        Delivery.person_id == Person.id,
        Delivery.done_at <= at - after_sending,
        or_(ReadMark.asked_at.is_(None), Delivery.done_at > ReadMark.asked_at),
    )
    is_unfinished = (ReadMark.failure == "") & or_(ReadMark.read_at.is_(None), ReadMark.read_at < ReadMark.asked_at)
    query = (
        select(Person.clinic_id, Person.id)
        .join(Clinic, Clinic.id == Person.clinic_id)
        .outerjoin(ReadMark, ReadMark.person_id == Person.id)
        .where(
            Person.left_at.is_(None),
            Clinic.practice == "builtin",
            alive,
            or_(
                is_unfinished & (ReadMark.asked_at <= at - after_sending),
                has_sent & or_(ReadMark.asked_at.is_(None), ReadMark.asked_at <= at - after_sending),
                ReadMark.asked_at <= at - daily,
                ReadMark.asked_at > at,  # the clock was set back
            ),
        )
        .order_by(ReadMark.asked_at, Person.id)
    )
    return [(row[0], row[1]) for row in db.session.execute(query)]
