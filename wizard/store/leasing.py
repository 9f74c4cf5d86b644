"""A lease and a fence on a row of an outbox: who does it until when, and the number that shuts out the late.

A row is claimed with a lease and a fence number, done, and closed with the fence number in the WHERE: a killed
worker's lease runs out and the row is done again, a late worker changes nothing.
"""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, or_, tuple_, update
from sqlalchemy.orm import Mapped, mapped_column

from wizard.store.database import Moment, OfClinic, db

LONGEST_LEASE, LONGEST_WAIT = timedelta(minutes=15), timedelta(days=1)
"""What seems to be leased or put off for longer was written before the clock was set back, and is due."""


class Leased(OfClinic):
    """A row that is owed until it is done. What makes it open is its own table's word."""

    id: Mapped[int] = mapped_column(primary_key=True)
    due_at: Mapped[datetime] = mapped_column(Moment)
    tries: Mapped[int] = mapped_column(default=0)
    leased_until: Mapped[datetime | None] = mapped_column(Moment)
    fence: Mapped[int] = mapped_column(default=0)


def is_due(row: type[Leased], at: datetime) -> ColumnElement[bool]:
    return or_(row.due_at <= at, row.due_at > at + LONGEST_WAIT)


def is_free(row: type[Leased], at: datetime) -> ColumnElement[bool]:
    return or_(
        row.leased_until.is_(None),
        row.leased_until <= at,
        row.leased_until > at + LONGEST_LEASE,
    )


def claim(
    row: type[Leased], row_id: int, fence: int, is_open: ColumnElement[bool], *, at: datetime, until: datetime
) -> int | None:
    """Lease the row seen under `fence`; the new fence number, or None when another was quicker."""
    done = db.session.execute(
        update(row)
        .where(
            row.id == row_id,
            row.fence == fence,
            is_open,
            is_due(row, at),  # it may have been put off since it was seen
            is_free(row, at),
        )
        .values(fence=fence + 1, leased_until=until)
        .execution_options(synchronize_session=False)
    )
    return fence + 1 if done.rowcount == 1 else None  # type: ignore[attr-defined]  # CursorResult, which Session.execute's type hides


def claim_all(
    row: type[Leased],
    seen: Collection[tuple[int, int]],
    is_open: ColumnElement[bool],
    *,
    at: datetime,
    until: datetime,
) -> set[int]:
    """The same for many at once, each seen as (id, fence): the ids of those that are ours now, under fence + 1."""
    if not seen:
        return set()
    claimed = db.session.execute(
        update(row)
        .where(tuple_(row.id, row.fence).in_(seen), is_open, is_due(row, at), is_free(row, at))
        .values(fence=row.fence + 1, leased_until=until)
        .returning(row.id)
        .execution_options(synchronize_session=False)
    )
    return set(claimed.scalars())


def close_all(
    row: type[Leased], held: Collection[tuple[int, int]], is_open: ColumnElement[bool], **values: object
) -> set[int]:
    """Close many in the same way, each held as (id, fence); the ids of those that were still ours."""
    if not held:
        return set()
    closed = db.session.execute(
        update(row)
        .where(tuple_(row.id, row.fence).in_(held), is_open)
        .values(leased_until=None, **values)
        .returning(row.id)
        .execution_options(synchronize_session=False)
    )
    return set(closed.scalars())


def close(row: type[Leased], row_id: int, fence: int, is_open: ColumnElement[bool], **values: object) -> bool:
    """Write what the try brought and give the lease back, if the row is still ours. Says whether it was."""
    done = db.session.execute(
        update(row)
        .where(row.id == row_id, row.fence == fence, is_open)
        .values(leased_until=None, **values)
        .execution_options(synchronize_session=False)
    )
    return done.rowcount == 1  # type: ignore[attr-defined,no-any-return]  # CursorResult, which Session.execute's type hides
