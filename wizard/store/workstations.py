"""Workstations: the browsers at which people are set up, each named once."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Mapped, mapped_column

from wizard.store.database import Base, Moment, OfClinic, db

LONGEST_NAME = 60


class Workstation(OfClinic, Base):
    """A computer under the name its clinic calls it."""

    __tablename__ = "workstations"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    named_at: Mapped[datetime] = mapped_column(Moment)


def all_of_clinic() -> list[Workstation]:
    """All workstations of the clinic, in the order they were named."""
    return list(db.session.scalars(select(Workstation).order_by(Workstation.id)))


def find(workstation_id: int) -> Workstation | None:
    """None where the clinic has no such workstation."""
    return db.session.scalars(select(Workstation).where(Workstation.id == workstation_id)).one_or_none()


def named(name: str) -> Workstation | None:
    """The workstation of that name, whatever the case."""
    # in Python: SQLite's lower() knows the letters of ASCII alone
    return next((found for found in all_of_clinic() if found.name.casefold() == name.casefold()), None)


def add(name: str, at: datetime) -> Workstation:
    workstation = Workstation(name=name, named_at=at)
    db.session.add(workstation)
    db.session.flush()
    return workstation
