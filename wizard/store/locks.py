"""Locks that several processes share: a row with an owner's fence and an end, so that a killed owner blocks nobody."""

from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Mapped, mapped_column

from wizard.store.database import Base, Moment, db


class Lock(Base):
    """Who holds `name`, by the number of its turn, until when."""

    __tablename__ = "locks"

    name: Mapped[str] = mapped_column(primary_key=True)
    fence: Mapped[int] = mapped_column(default=1)
    until: Mapped[datetime] = mapped_column(Moment)


def take(name: str, at: datetime, lasts: timedelta) -> int | None:
    """The fence number of this turn, or None while somebody else holds the lock. `lasts` has to be over zero."""
    if lasts <= timedelta(0):
        message = "a lock that lasts no time shuts nobody out"
        raise ValueError(message)
    lock = db.session.scalars(select(Lock).where(Lock.name == name).with_for_update()).one_or_none()
    if lock is None:
        db.session.add(Lock(name=name, fence=1, until=at + lasts))
        db.session.flush()
        return 1
    if lock.until > at:
        return None
    lock.fence, lock.until = lock.fence + 1, at + lasts
    db.session.flush()
    return lock.fence


def release(name: str, fence: int, at: datetime) -> bool:
    """Give it back; only who holds that fence can. Says whether it did."""
    done = db.session.execute(
        update(Lock)
        .where(Lock.name == name, Lock.fence == fence, Lock.until > at)
        .values(until=at)
        .execution_options(synchronize_session=False)
    )
    return done.rowcount == 1  # type: ignore[attr-defined,no-any-return]  # CursorResult, which Session.execute's type hides


def forget_before(at: datetime) -> None:
    """Drop what ended long ago."""
    db.session.execute(delete(Lock).where(Lock.until < at).execution_options(synchronize_session=False))
