"""Authorizations: a person accepted on Google's page at a workstation."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import Mapped, mapped_column

from wizard.store.database import Base, Moment, OfClinic, db
from wizard.store.grants import Grant


class Authorization(OfClinic, Base):
    """Valid while its generation is the grant's present one and the grant lives."""

    __tablename__ = "authorizations"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    workstation_id: Mapped[int] = mapped_column(ForeignKey("workstations.id"))
    grant_id: Mapped[int] = mapped_column(ForeignKey("grants.id"))
    sub: Mapped[str]
    generation: Mapped[int]
    at: Mapped[datetime] = mapped_column(Moment)


def of_people(person_ids: list[int]) -> list[Authorization]:
    """Every authorization of these people, oldest first."""
    query = select(Authorization).where(Authorization.person_id.in_(person_ids))
    return list(db.session.scalars(query.order_by(Authorization.id)))


def holding(person_id: int) -> frozenset[int]:
    """The workstations at which this person's acceptance is of her writing grant's present generation, which lives."""
    return holding_of([person_id]).get(person_id, frozenset())


def holding_of(person_ids: Collection[int]) -> dict[int, frozenset[int]]:
    """The same of many people; who has none is not in it."""
    query = (
        select(Authorization.person_id, Authorization.workstation_id)
        .join(Grant, Grant.id == Authorization.grant_id)
        .where(
            Authorization.person_id.in_(person_ids),
            Authorization.generation == Grant.generation,
            Grant.ended_at.is_(None),
            (Grant.died_at.is_(None)) | (Grant.died_at < Grant.since),
        )
    )
    found: defaultdict[int, set[int]] = defaultdict(set)
    for row in db.session.execute(query):
        found[row.person_id].add(row.workstation_id)
    return {person_id: frozenset(there) for person_id, there in found.items()}


def add(person_id: int, workstation_id: int, grant_id: int, sub: str, generation: int, at: datetime) -> None:
    db.session.add(
        Authorization(
            person_id=person_id,
            workstation_id=workstation_id,
            grant_id=grant_id,
            sub=sub,
            generation=generation,
            at=at,
        )
    )
