"""The log: who did what when, from where. Rows are added and never changed; no client data, no tokens.

The database itself refuses a change, and a deletion while the clinic lives (migration 0006).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Mapped, mapped_column

from wizard.store.database import LARGEST_ID, Base, Moment, OfClinic, db

_address: ContextVar[str] = ContextVar("address", default="")


class LogEntry(OfClinic, Base):
    """One thing that was done."""

    __tablename__ = "log"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(Moment)
    who: Mapped[str]
    what: Mapped[str]
    person_id: Mapped[int | None]
    workstation_id: Mapped[int | None]
    detail: Mapped[str] = mapped_column(default="")
    address: Mapped[str] = mapped_column(default="", server_default="")  # of the network, from where it was done


@dataclass(frozen=True, slots=True)
class Asked:
    """Which rows are asked for; `since` and `until` are aware times, `until` exclusive."""

    person_id: int | None = None
    workstation_id: int | None = None
    since: datetime | None = None
    until: datetime | None = None


@contextmanager
def coming_from(address: str) -> Iterator[None]:
    """What is noted inside was done from this address of the network, whichever layer notes it."""
    token = _address.set(address)
    try:
        yield
    finally:
        _address.reset(token)


def add(
    what: str,
    *,
    at: datetime,
    who: str,
    person_id: int | None = None,
    workstation_id: int | None = None,
    detail: str = "",
) -> None:
    """In the transaction of what was done, which the caller ends."""
    db.session.add(
        LogEntry(
            at=at,
            who=who,
            what=what,
            person_id=person_id,
            workstation_id=workstation_id,
            detail=detail,
            address=_address.get(),
        )
    )


def of(what: str, since: datetime) -> list[LogEntry]:
    """What was done of that kind since then, oldest first."""
    query = select(LogEntry).where(LogEntry.what == what, LogEntry.at >= since)
    return list(db.session.scalars(query.order_by(LogEntry.id)))


def newest(asked: Asked, limit: int, *, before: int | None = None) -> list[LogEntry]:
    """At most so many of the rows asked for, newest first; `before` is the id of the last row seen already."""
    query = _matching(asked)
    if before is not None:
        query = query.where(LogEntry.id < min(before, LARGEST_ID))
    return list(db.session.scalars(query.order_by(LogEntry.id.desc()).limit(limit)))


def everything(asked: Asked) -> list[LogEntry]:
    """All rows asked for, newest first."""
    return list(db.session.scalars(_matching(asked).order_by(LogEntry.id.desc())))


def _matching(asked: Asked) -> Select[LogEntry]:
    query = select(LogEntry)
    if asked.person_id is not None:
        query = query.where(LogEntry.person_id == asked.person_id)
    if asked.workstation_id is not None:
        query = query.where(LogEntry.workstation_id == asked.workstation_id)
    if asked.since is not None:
        query = query.where(LogEntry.at >= asked.since)
    if asked.until is not None:
        query = query.where(LogEntry.at < asked.until)
    return query
