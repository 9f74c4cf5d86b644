"""Workstations: the browsers at which people are set up, each named once."""

from datetime import datetime

from sqlalchemy import func, select, true
from sqlalchemy.orm import Mapped, mapped_column

from wizard.store import deleted_clinics
from wizard.store.database import LARGEST_ID, Base, Moment, OfClinic, db, of_every_clinic

LONGEST_NAME = 60


class Workstation(OfClinic, Base):
    """A computer under the name its clinic calls it.

    `books_for` is its rule for who has to be set up at it, "everybody" or "nobody"; `needs` holds what differs.
    `code` (encrypted) lets a browser that forgot have the name back, until `code_until`.
    """

    __tablename__ = "workstations"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    named_at: Mapped[datetime] = mapped_column(Moment)
    books_for: Mapped[str] = mapped_column(default="everybody", server_default="everybody")
    has_pimsy: Mapped[bool] = mapped_column(default=True, server_default=true())  # a telephone has none: step 1 only
    retired_at: Mapped[datetime | None] = mapped_column(Moment)
    code: Mapped[str] = mapped_column(default="", server_default="")
    code_until: Mapped[datetime | None] = mapped_column(Moment)


def all_of_clinic() -> list[Workstation]:
    """All workstations the clinic uses, in the order they were named."""
    return list(
        db.session.scalars(select(Workstation).where(Workstation.retired_at.is_(None)).order_by(Workstation.id))
    )


def ever() -> list[Workstation]:
    """All workstations the clinic ever named, in that order; evidence of one that is not used any more is kept."""
    return list(db.session.scalars(select(Workstation).order_by(Workstation.id)))


def find_ever(workstation_id: int) -> Workstation | None:
    """The same as `find`, whether or not it is still used."""
    if workstation_id > LARGEST_ID:
        return None
    return db.session.scalars(select(Workstation).where(Workstation.id == workstation_id)).one_or_none()


def find(workstation_id: int) -> Workstation | None:
    """None where the clinic uses no such workstation."""
    query = select(Workstation).where(Workstation.id == workstation_id, Workstation.retired_at.is_(None))
    return db.session.scalars(query).one_or_none()


def named(name: str) -> Workstation | None:
    """The workstation of that name, whatever the case."""
    # in Python: SQLite's lower() knows the letters of ASCII alone
    return next((found for found in all_of_clinic() if found.name.casefold() == name.casefold()), None)


def _next_id() -> int | None:
    """SQLite gives the number of a deleted row to the next one, and cookies of a deleted clinic's computers carry theirs
    for a year: a new clinic's computer must not be taken for one of them. None: the database's own next number is new.
    """
    last = deleted_clinics.last_workstation()
    if not last or db.engine.dialect.name != "sqlite":
        return None
    with of_every_clinic():
        newest = db.session.scalars(select(func.max(Workstation.id))).one() or 0
    return None if newest >= last else last + 1


def add(name: str, at: datetime) -> Workstation:
    workstation = Workstation(id=_next_id(), name=name, named_at=at)
    db.session.add(workstation)
    db.session.flush()
    return workstation
