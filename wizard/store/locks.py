"""Locks that several processes share: a row with an owner's fence and an end, so that a killed owner blocks nobody."""

from collections.abc import Collection
from datetime import UTC, datetime, timedelta

from sqlalchemy import ColumnElement, or_, select, tuple_, update
from sqlalchemy.orm import Mapped, mapped_column

from wizard.store.database import Base, Moment, add_missing, db

LONGEST = timedelta(minutes=15)
"""No turn lasts longer. What seems to end later was taken before the clock was set back, and shuts nobody out."""

FREE = datetime(1970, 1, 1, tzinfo=UTC)
"""The end of a turn that was given back: past by any clock, also by one that is set back afterwards."""


class Lock(Base):
    """Who holds `name`, by the number of its turn, until when."""

    __tablename__ = "locks"

    name: Mapped[str] = mapped_column(primary_key=True)
    fence: Mapped[int] = mapped_column(default=1)
    until: Mapped[datetime] = mapped_column(Moment)


def take(name: str, at: datetime, lasts: timedelta) -> int | None:
    """The fence number of this turn, or None while somebody else holds the lock. `lasts` is over zero, and cut at LONGEST."""
    if lasts <= timedelta(0):
        raise ValueError("a lock that lasts no time shuts nobody out")
    until = at + min(lasts, LONGEST)
    query = select(Lock).where(Lock.name == name).with_for_update()
    lock = db.session.scalars(query).one_or_none()
    if lock is None:  # of two who come at once one adds it; the other finds it held
        add_missing(Lock, [{"name": name, "fence": 0, "until": FREE}])
        lock = db.session.scalars(query).one()
    if at < lock.until <= at + LONGEST:
        return None
    lock.fence, lock.until = lock.fence + 1, until
    db.session.flush()
    return lock.fence


def is_held(name: str, at: datetime) -> bool:
    """Whether it shuts others out at that time; nothing is taken by asking."""
    until = db.session.scalars(select(Lock.until).where(Lock.name == name)).one_or_none()
    return until is not None and at < until <= at + LONGEST


def release(name: str, fence: int, at: datetime) -> bool:
    """Give it back; only who holds that fence can. Says whether it did."""
    done = db.session.execute(
        update(Lock)
        .where(Lock.name == name, Lock.fence == fence, Lock.until > at)
        .values(until=FREE)
        .execution_options(synchronize_session=False)
    )
    return done.rowcount == 1  # type: ignore[attr-defined,no-any-return]  # CursorResult, which Session.execute's type hides


def take_all(names: Collection[str], at: datetime, lasts: timedelta) -> dict[str, int]:
    """Those of them that nobody holds, each with the fence number of this turn. Waits for nobody.

    `lasts` is over zero, and cut at LONGEST.
    """
    if lasts <= timedelta(0):
        raise ValueError("a lock that lasts no time shuts nobody out")
    query = select(Lock.name, Lock.until).where(Lock.name.in_(names))
    if missing := set(names) - {row.name for row in db.session.execute(query)}:
        add_missing(Lock, [{"name": name, "fence": 0, "until": FREE} for name in sorted(missing)])
    free = db.session.scalars(
        select(Lock.name).where(Lock.name.in_(names), is_free(at)).with_for_update(skip_locked=True)
    ).all()
    taken = db.session.execute(
        update(Lock)
        .where(Lock.name.in_(free))
        .values(fence=Lock.fence + 1, until=at + min(lasts, LONGEST))
        .returning(Lock.name, Lock.fence)
        .execution_options(synchronize_session=False)
    )
    return {row.name: row.fence for row in taken}


def release_all(held: Collection[tuple[str, int]], at: datetime) -> None:
    """Give back what is held as (name, fence); what somebody else has taken over meanwhile stays his."""
    if held:
        db.session.execute(
            update(Lock)
            .where(tuple_(Lock.name, Lock.fence).in_(held), Lock.until > at)
            .values(until=FREE)
            .execution_options(synchronize_session=False)
        )


def is_free(at: datetime) -> ColumnElement[bool]:
    """Nobody holds it at that time."""
    return or_(Lock.until <= at, Lock.until > at + LONGEST)
