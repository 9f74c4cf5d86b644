"""The log: who did what when, from where. Rows are added and never changed; no client data, no tokens."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Mapped, mapped_column

from wizard.store.database import Base, Moment, OfClinic, db


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


def add(
    what: str,
    *,
    at: datetime,
    who: str,
    person_id: int | None = None,
    workstation_id: int | None = None,
    detail: str = "",
    address: str = "",
) -> None:
    db.session.add(
        LogEntry(
            at=at,
            who=who,
            what=what,
            person_id=person_id,
            workstation_id=workstation_id,
            detail=detail,
            address=address,
        )
    )


def of(what: str, since: datetime) -> list[LogEntry]:
    """What was done of that kind since then, oldest first."""
    query = select(LogEntry).where(LogEntry.what == what, LogEntry.at >= since)
    return list(db.session.scalars(query.order_by(LogEntry.id)))
