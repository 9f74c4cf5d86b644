"""The pulse: until when something in the background has promised to turn again, so that its silence can be told."""

from datetime import datetime, timedelta

from sqlalchemy import select, update

from wizard.store.database import add_missing, db
from wizard.store.locks import FREE, Lock

DISPATCHER, PATROL = "pulse/dispatcher", "pulse/patrol"
PROMISED = timedelta(minutes=2)


def beat(name: str, at: datetime) -> None:
    """It turned at this time. The row is a lock's (who, how often, until when) that shuts nobody out."""
    add_missing(
        Lock, [{"name": name, "fence": 0, "until": FREE}]
    )  # several workers may beat for the first time at once
    db.session.execute(
        update(Lock)
        .where(Lock.name == name)
        .values(fence=Lock.fence + 1, until=at + PROMISED)
        .execution_options(synchronize_session=False)
    )


def last(name: str) -> datetime | None:
    """When it turned last; None where it never did."""
    until = db.session.scalars(select(Lock.until).where(Lock.name == name)).one_or_none()
    return None if until is None else until - PROMISED
