"""Pins: the calendar found by its exact name once and known by its id since."""

from datetime import datetime

from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import Mapped, mapped_column

from wizard.store.database import Base, Moment, OfClinic, db


class Pin(OfClinic, Base):
    """The newest of a person decides; older ones stay as evidence of what was."""

    __tablename__ = "pins"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    workstation_id: Mapped[int | None] = mapped_column(ForeignKey("workstations.id"))
    sub: Mapped[str]
    calendar_id: Mapped[str]
    at: Mapped[datetime] = mapped_column(Moment)


def newest(person_ids: list[int]) -> dict[int, Pin]:
    """The pin that decides, by person."""
    query = select(Pin).where(Pin.person_id.in_(person_ids)).order_by(Pin.id)
    return {pin.person_id: pin for pin in db.session.scalars(query)}


def of(person_id: int) -> Pin | None:
    return newest([person_id]).get(person_id)


def add(person_id: int, workstation_id: int | None, sub: str, calendar_id: str, at: datetime) -> None:
    db.session.add(Pin(person_id=person_id, workstation_id=workstation_id, sub=sub, calendar_id=calendar_id, at=at))
