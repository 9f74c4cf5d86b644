"""Browsers: which of them carry a workstation's name, and by which turn of their cookie they were last seen.

The cookie is written anew with a higher turn now and then. One that comes with a turn that was replaced long ago is a
copy: its name stands at two machines.
"""

import hashlib
from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column

from wizard.store.database import Base, Moment, OfClinic, db


class Browser(OfClinic, Base):
    """One browser under a workstation's name. `agent` is its kind in words, such as "Chrome on Windows"."""

    __tablename__ = "browsers"
    __table_args__ = (UniqueConstraint("digest", "clinic_id", name="uq_browsers_digest"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str]
    workstation_id: Mapped[int] = mapped_column(ForeignKey("workstations.id"), index=True)
    turn: Mapped[int] = mapped_column(default=0)
    turned_at: Mapped[datetime] = mapped_column(Moment)
    agent: Mapped[str] = mapped_column(default="")
    first_seen: Mapped[datetime] = mapped_column(Moment)
    last_seen: Mapped[datetime] = mapped_column(Moment)


def find(browser_id: str) -> Browser | None:
    """The browser whose cookie carries that id; None before it carried a name."""
    return db.session.scalars(select(Browser).where(Browser.digest == digest_of(browser_id))).one_or_none()


def of_workstations(workstation_ids: list[int]) -> list[Browser]:
    """Every browser that carries one of these names, oldest first."""
    query = select(Browser).where(Browser.workstation_id.in_(workstation_ids))
    return list(db.session.scalars(query.order_by(Browser.id)))


def digest_of(browser_id: str) -> str:
    return hashlib.sha256(browser_id.encode(errors="replace")).hexdigest()
