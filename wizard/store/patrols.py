"""Patrols: what is looked at by itself, and when again. No outbox but a query: a look is due, is carried out, is due later.

How a look is claimed and closed is the rule of every leased row (`leasing`); here many are at once, in two statements.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    JSON,
    ColumnElement,
    ForeignKey,
    Index,
    UniqueConstraint,
    and_,
    delete,
    exists,
    func,
    or_,
    select,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, mapped_column

from wizard.store import leasing
from wizard.store.clinics import Clinic
from wizard.store.database import Base, Moment, db
from wizard.store.grants import Grant
from wizard.store.people import Person

PACE = timedelta(minutes=1)
"""However often somebody presses, Google is not asked the same more often."""

COUNTING = "arrivals"
"""The kind of look that a clinic has to ask for: how much PIMSY sends."""


class Look(leasing.Leased, Base):
    """One question about one permission, asked again and again. `tries` counts those in a row without an answer.

    `shown` is what its subject showed when `etag` came with it: that is what "not changed since" means.
    """

    __tablename__ = "looks"
    __table_args__ = (
        UniqueConstraint("grant_id", "kind", name="uq_looks_of_grant"),
        Index("ix_looks_due_at", "due_at"),
    )

    kind: Mapped[str]
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    grant_id: Mapped[int] = mapped_column(ForeignKey("grants.id"))
    asked_at: Mapped[datetime | None] = mapped_column(Moment)
    looked_at: Mapped[datetime | None] = mapped_column(Moment)  # the last answer, whatever it said
    failure: Mapped[str] = mapped_column(default="")  # the code of the last look, where it brought none
    failing_since: Mapped[datetime | None] = mapped_column(Moment)
    etag: Mapped[str] = mapped_column(default="")
    shown: Mapped[Any] = mapped_column(JSON, nullable=True, default=None)


def unlisted(kind: str, permission: str) -> list[Grant]:
    """Permissions that stand and have no look of that kind yet; of people who work here."""
    query = select(Grant).where(
        Grant.permission == permission,
        Grant.ended_at.is_(None),
        ~exists().where(Look.grant_id == Grant.id, Look.kind == kind),
        exists().where(Person.id == Grant.person_id, Person.left_at.is_(None)),
    )
    return list(db.session.scalars(query))


def add(kind: str, due: Sequence[tuple[Grant, datetime]]) -> None:
    """A look of that kind at each of these permissions; one that another process listed meanwhile stays as it is."""
    rows = [
        {"clinic_id": grant.clinic_id, "person_id": grant.person_id, "grant_id": grant.id, "kind": kind, "due_at": at}
        for grant, at in due
    ]
    if rows:
        new = postgresql.insert(Look) if db.engine.dialect.name == "postgresql" else sqlite.insert(Look)
        db.session.execute(new.on_conflict_do_nothing(index_elements=["grant_id", "kind"]), rows)


def forget_ended() -> None:
    """A permission that another account replaced, or that was taken back, is not looked at again."""
    ended = select(Grant.id).where(Grant.ended_at.is_not(None))
    db.session.execute(delete(Look).where(Look.grant_id.in_(ended)).execution_options(synchronize_session=False))


def find(look_id: int) -> Look | None:
    return db.session.scalars(select(Look).where(Look.id == look_id)).one_or_none()


def claim(
    at: datetime, until: datetime, limit: int, *, not_since: datetime | None = None, look_id: int | None = None
) -> list[Look]:
    """Lease so many of those that are due, and nobody's; their `fence` is the new one.

    `not_since`: due or not, of all that were not asked since then. The caller ends the transaction.
    """
    wanted = leasing.is_due(Look, at) if not_since is None else _not_asked_since(not_since)
    query = select(Look).where(wanted, leasing.is_free(Look, at), _is_open())
    if look_id is not None:
        query = query.where(Look.id == look_id)
    query = query.order_by(Look.due_at, Look.id).limit(limit).with_for_update(skip_locked=True, of=Look)
    found = list(db.session.scalars(query))
    db.session.execute(
        update(Look)
        .where(Look.id.in_([look.id for look in found]))
        .values(fence=Look.fence + 1, leased_until=until, asked_at=at)
        .execution_options(synchronize_session=False)
    )
    for look in found:
        db.session.expunge(look)  # a value of its own from here on: many threads read it
        look.fence += 1
    return found


def ours(fences: Mapping[int, int]) -> set[int]:
    """Those of these looks, by id and fence, that nobody else has claimed since; they stay ours until the transaction ends."""
    query = select(Look.id, Look.fence).where(Look.id.in_(fences)).with_for_update()
    return {row.id for row in db.session.execute(query) if row.fence == fences[row.id]}


def close(rows: Sequence[dict[str, Any]]) -> None:
    """Write what looks brought and give them back: each row holds its `id` and the same columns as all others."""
    if rows:
        db.session.execute(update(Look), [row | {"leased_until": None} for row in rows])


def of_people(person_ids: Collection[int]) -> list[Look]:
    query = select(Look).where(Look.person_id.in_(person_ids), _is_open())
    return list(db.session.scalars(query.order_by(Look.person_id, Look.id)))


def hasten(person_id: int, at: datetime) -> None:
    """Hers are due now, but for those that were asked less than `PACE` ago or are asked just now."""
    db.session.execute(
        update(Look)
        .where(
            Look.person_id == person_id,
            Look.due_at > at,
            leasing.is_free(Look, at),
            or_(Look.asked_at.is_(None), Look.asked_at <= at - PACE, Look.asked_at > at),
        )
        .values(due_at=at)
        .execution_options(synchronize_session=False)
    )


def count_open() -> int:
    """How many looks there are to carry out, due or not."""
    return db.session.scalars(select(func.count()).select_from(Look).where(_is_open())).one()


def failing() -> list[Look]:
    """Those whose last question brought no answer, the longest first."""
    query = select(Look).where(Look.failing_since.is_not(None), _is_open())
    return list(db.session.scalars(query.order_by(Look.failing_since, Look.id)))


def refused() -> list[Look]:
    """Those that Google answered with a refusal: nothing but somebody's deed cures it."""
    query = select(Look).where(Look.failing_since.is_(None), Look.failure != "", _is_open())
    return list(db.session.scalars(query.order_by(Look.id)))


def round_of_clinic() -> tuple[datetime | None, datetime | None, int]:
    """The oldest and the newest answer among the clinic's looks, and how many have none yet."""
    query = select(func.min(Look.looked_at), func.max(Look.looked_at), func.count().filter(Look.looked_at.is_(None)))
    oldest, newest, never = db.session.execute(query.where(_is_open())).one()
    return oldest, newest, never


def _not_asked_since(at: datetime) -> ColumnElement[bool]:
    return or_(Look.asked_at.is_(None), Look.asked_at < at)


def _is_open() -> ColumnElement[bool]:
    """Somebody works here by a permission that stands and lives; what was not asked for is not counted."""
    return and_(
        exists().where(Person.id == Look.person_id, Person.left_at.is_(None)),
        exists().where(
            Grant.id == Look.grant_id,
            Grant.ended_at.is_(None),
            or_(Grant.died_at.is_(None), Grant.died_at < Grant.since),
        ),
        or_(
            Look.kind != COUNTING,
            exists().where(Clinic.id == Look.clinic_id, Clinic.counts_arrivals, Clinic.practice == "by hand"),
        ),
    )
