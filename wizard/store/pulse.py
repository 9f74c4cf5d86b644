"""The pulse: until when something in the background has promised to turn again, so that its silence can be told."""

from datetime import datetime, timedelta

from sqlalchemy import select

from wizard.store.database import db
from wizard.store.locks import Lock

DISPATCHER, PATROL = "pulse/dispatcher", "pulse/patrol"
PROMISED = timedelta(minutes=2)


def beat(name: str, at: datetime) -> None:
    """It turned at this time. The row is a lock's (who, how often, until when) that shuts nobody out."""
    found = db.session.scalars(select(Lock).where(Lock.name == name)).one_or_none()
    if found is None:
        db.session.add(Lock(name=name, until=at + PROMISED))
    else:
        found.fence, found.until = found.fence + 1, at + PROMISED


def last(name: str) -> datetime | None:
    """When it turned last; None where it never did."""
    until = db.session.scalars(select(Lock.until).where(Lock.name == name)).one_or_none()
    return None if until is None else until - PROMISED
