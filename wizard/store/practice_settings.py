"""System settings of the Stand-in for PIMSY: "Your Value" is filled only to change the default."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column

from wizard.store.database import Base, Moment, OfClinic, db


class PracticeSetting(OfClinic, Base):
    """One row of the grid. Numbers are negative, as PIMSY writes them."""

    __tablename__ = "practice_settings"
    __table_args__ = (UniqueConstraint("clinic_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int]
    name: Mapped[str]
    default_description: Mapped[str]
    default_value: Mapped[str]
    your_description: Mapped[str] = mapped_column(default="")
    your_value: Mapped[str] = mapped_column(default="")
    choices: Mapped[str] = mapped_column(default="")  # comma separated; empty: any text
    created_at: Mapped[datetime] = mapped_column(Moment)
    created_by: Mapped[str]
    edited_at: Mapped[datetime | None] = mapped_column(Moment)
    edited_by: Mapped[str] = mapped_column(default="")
    workstation_id: Mapped[int | None] = mapped_column(ForeignKey("workstations.id"))  # where it was last edited
    turned_at: Mapped[datetime | None] = mapped_column(Moment)  # when the effective value last changed

    @property
    def value(self) -> str:
        """The effective value: yours, else the default."""
        return self.your_value or self.default_value


def everything() -> list[PracticeSetting]:
    """All settings of the clinic, -1 first."""
    return list(db.session.scalars(select(PracticeSetting).order_by(PracticeSetting.number.desc())))


def find(number: int) -> PracticeSetting | None:
    return db.session.scalars(select(PracticeSetting).where(PracticeSetting.number == number)).one_or_none()


def of_number(number: int, clinic_ids: Collection[int]) -> list[PracticeSetting]:
    """The same setting of several clinics."""
    query = select(PracticeSetting).where(PracticeSetting.number == number, PracticeSetting.clinic_id.in_(clinic_ids))
    return list(db.session.scalars(query))
