"""Locks that several processes share: a row with an owner's fence and an end, so that a killed owner blocks nobody."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import select, update
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


def release(name: str, fence: int, at: datetime) -> bool:
    """Give it back; only who holds that fence can. Says whether it did."""
    done = db.session.execute(
        update(Lock)
        .where(Lock.name == name, Lock.fence == fence, Lock.until > at)
        .values(until=FREE)
        .execution_options(synchronize_session=False)
    )
    return done.rowcount == 1  # type: ignore[attr-defined,no-any-return]  # CursorResult, which Session.execute's type hides
