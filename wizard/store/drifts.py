"""Drifts: what was told by mail about a set-up that is no longer as it was proven, so that nothing is told twice.

No page judges by them: where somebody stands is concluded anew each time. A row is one stretch of one cause.
"""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ForeignKey, Index, exists, or_, select, text
from sqlalchemy.orm import Mapped, mapped_column

from wizard.store.database import Base, Moment, OfClinic, db
from wizard.store.deliveries import Delivery
from wizard.store.people import Person

LASTS = text("ended_at IS NULL")


class Drift(OfClinic, Base):
    """From when the patrol knew of it until it knew of it no more; when its owner and the administrators were told last.

    `is_cured`: it was repaired; else it ended otherwise (she left, the permission was taken back) and nobody is told.
    """

    __tablename__ = "drifts"
    __table_args__ = (
        Index("uq_drifts_that_last", "clinic_id", "key", unique=True, sqlite_where=LASTS, postgresql_where=LASTS),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str]  # whose it is and its code; one of each lasts at a time
    code: Mapped[str]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)  # none: the whole clinic's
    begun_at: Mapped[datetime] = mapped_column(Moment)
    told_at: Mapped[datetime | None] = mapped_column(Moment)
    office_told_at: Mapped[datetime | None] = mapped_column(Moment)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)
    is_cured: Mapped[bool] = mapped_column(default=False)
    cure_told_at: Mapped[datetime | None] = mapped_column(Moment)  # to the administrators


def key_of(code: str, person_id: int | None) -> str:
    return f"clinic/{code}" if person_id is None else f"person/{person_id}/{code}"


def begin(code: str, person_id: int | None, at: datetime) -> Drift:
    drift = Drift(key=key_of(code, person_id), code=code, person_id=person_id, begun_at=at)
    db.session.add(drift)
    db.session.flush()
    return drift


def lasting() -> list[Drift]:
    """Those that last, oldest first."""
    return list(db.session.scalars(select(Drift).where(Drift.ended_at.is_(None)).order_by(Drift.id)))


def cured_untold() -> list[Drift]:
    """Those that administrators were told of, and not yet that they are cured."""
    query = select(Drift).where(Drift.is_cured, Drift.office_told_at.is_not(None), Drift.cure_told_at.is_(None))
    return list(db.session.scalars(query.order_by(Drift.id)))


def ended_since(keys: Collection[str], at: datetime) -> list[Drift]:
    """Earlier stretches of these that were told since then, or seem to be told later than now."""
    told = or_(Drift.told_at >= at, Drift.office_told_at >= at)
    return list(db.session.scalars(select(Drift).where(Drift.key.in_(keys), Drift.ended_at.is_not(None), told)))


def undelivered(at: datetime) -> list[Delivery]:
    """What Google has not taken since before then, of people who work here, the longest first."""
    works_here = exists().where(Person.id == Delivery.person_id, Person.left_at.is_(None))
    query = select(Delivery).where(
        Delivery.done_at.is_(None), Delivery.reason != "", Delivery.failing_since <= at, works_here
    )
    return list(db.session.scalars(query.order_by(Delivery.failing_since, Delivery.id)))


def office_told_last() -> datetime | None:
    """When a letter about any of them went to the administrators last."""
    rows = db.session.execute(select(Drift.office_told_at, Drift.cure_told_at)).all()
    return max((at for row in rows for at in row if at is not None), default=None)


def of_person(person_id: int) -> list[Drift]:
    """Hers, newest first."""
    return list(db.session.scalars(select(Drift).where(Drift.person_id == person_id).order_by(Drift.id.desc())))
