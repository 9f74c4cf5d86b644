"""Deleted clinics: all that is left of one, a number and a time, and nothing of anybody."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Mapped, mapped_column

from wizard.store.database import Base, Moment, db


class DeletedClinic(Base):
    """`last_workstation` is the highest number its computers had: their cookies outlive it, so none is given again."""

    __tablename__ = "deleted_clinics"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int]  # it had as a clinic
    ended_at: Mapped[datetime] = mapped_column(Moment)
    last_workstation: Mapped[int]


def last_workstation() -> int:
    """The highest number that a computer of any deleted clinic had; 0 where there was none."""
    return db.session.scalars(select(func.max(DeletedClinic.last_workstation))).one() or 0
