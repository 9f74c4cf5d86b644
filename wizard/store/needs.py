"""Needs: at which workstations a person has to be set up, where a clinic decided otherwise than by the workstation's rule."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column

from wizard.store.database import Base, Moment, OfClinic, db


class Need(OfClinic, Base):
    """The clinic's decision about one person at one workstation."""

    __tablename__ = "needs"
    __table_args__ = (UniqueConstraint("person_id", "workstation_id", name="uq_needs_cell"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    workstation_id: Mapped[int] = mapped_column(ForeignKey("workstations.id"))
    is_needed: Mapped[bool]
    at: Mapped[datetime] = mapped_column(Moment)
    by: Mapped[str]


def decided() -> dict[tuple[int, int], bool]:
    """What the clinic decided, by (person, workstation)."""
    return {(need.person_id, need.workstation_id): need.is_needed for need in db.session.scalars(select(Need))}


def decide(person_id: int, workstation_id: int, *, is_needed: bool, at: datetime, by: str) -> None:
    """The newest decision about that cell stands."""
    decide_all({(person_id, workstation_id): is_needed}, at=at, by=by)


def decide_all(decisions: Mapping[tuple[int, int], bool], *, at: datetime, by: str) -> None:
    """The same about many cells, by (person, workstation), in two questions to the database however many they are."""
    query = select(Need).where(Need.person_id.in_({person_id for person_id, _ in decisions}))
    known = {(need.person_id, need.workstation_id): need for need in db.session.scalars(query)}
    for place, is_needed in decisions.items():
        need = known.get(place)
        if need is None:
            need = Need(person_id=place[0], workstation_id=place[1])
            db.session.add(need)
        need.is_needed, need.at, need.by = is_needed, at, by
