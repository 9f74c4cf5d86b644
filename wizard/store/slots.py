"""Slots: the start of the test appointment that belongs to one person at one workstation."""

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column

from wizard.store.database import Base, Moment, OfClinic, db


class Slot(OfClinic, Base):
    """Given once; a new row when it passed unproven, was refused or is to be booked again."""

    __tablename__ = "slots"
    __table_args__ = (UniqueConstraint("person_id", "starts_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    workstation_id: Mapped[int] = mapped_column(ForeignKey("workstations.id"))
    starts_at: Mapped[datetime] = mapped_column(Moment)
    zone_name: Mapped[str]
    minutes: Mapped[int]
    given_at: Mapped[datetime] = mapped_column(Moment)


def of_people(person_ids: list[int]) -> list[Slot]:
    """Every slot of these people, oldest first."""
    return list(db.session.scalars(select(Slot).where(Slot.person_id.in_(person_ids)).order_by(Slot.id)))


def newest(person_id: int, workstation_id: int) -> Slot | None:
    query = select(Slot).where(Slot.person_id == person_id, Slot.workstation_id == workstation_id)
    return db.session.scalars(query.order_by(Slot.id.desc())).first()


def taken(person_id: int) -> set[datetime]:
    """The starts this person's slots ever had, at any workstation: none is given twice."""
    return set(db.session.scalars(select(Slot.starts_at).where(Slot.person_id == person_id)))


def add(person_id: int, workstation_id: int, starts_at: datetime, zone_name: str, minutes: int, at: datetime) -> Slot:
    slot = Slot(
        person_id=person_id,
        workstation_id=workstation_id,
        starts_at=starts_at,
        zone_name=zone_name,
        minutes=minutes,
        given_at=at,
    )
    db.session.add(slot)
    db.session.flush()
    return slot


def starts(slot_ids: list[int]) -> dict[int, datetime]:
    """The start of each of these slots."""
    return {slot.id: slot.starts_at for slot in db.session.scalars(select(Slot).where(Slot.id.in_(slot_ids)))}
