"""Browsers: which of them carry a workstation's name, and by which turn of their cookie they were last seen.

The cookie is written anew with a higher turn now and then. One that comes with a turn that was replaced long ago is a
copy: its name stands at two machines.
"""

import hashlib
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import ForeignKey, UniqueConstraint, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column

from wizard.store.database import LARGEST_ID, Base, Moment, OfClinic, db
from wizard.store.workstations import Workstation

TURNS_EVERY: Final = timedelta(hours=1)
"""A visit raises the turn at most once in so long: two machines with one cookie are told apart at the latest then."""

OVERLAP: Final = timedelta(seconds=60)
"""Tabs of one browser may still be under way with the turn before: for so long that is nothing."""


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

    def is_copied_by(self, turn: int, at: datetime) -> bool:
        """Whether a cookie with that turn is not this browser's own: a newer one was given long ago."""
        return turn < self.turn and at - self.turned_at > OVERLAP

    def is_due(self, turn: int, workstation_id: int, at: datetime) -> bool:
        """Whether the next turn is to be given: an hour has passed, the name is another one, or the row is the older
        of the two, as after a restored backup.
        """
        return turn > self.turn or workstation_id != self.workstation_id or at - self.turned_at >= TURNS_EVERY


def of_cookie(browser_id: str, workstation_id: int) -> tuple[Workstation | None, Browser | None]:
    """The workstation a cookie names, None where the clinic uses it no more, and what is known of the browser.

    Asked at every request, so it is one query.
    """
    if not 0 < workstation_id <= LARGEST_ID:
        return None, None
    query = (
        select(Workstation, Browser)
        .outerjoin(Browser, Browser.digest == digest_of(browser_id))
        .where(Workstation.id == workstation_id, Workstation.retired_at.is_(None))
    )
    row = db.session.execute(query).one_or_none()
    return (row[0], row[1]) if row else (None, None)


def find(browser_id: str) -> Browser | None:
    """The browser whose cookie carries that id; None before it carried a name."""
    return db.session.scalars(select(Browser).where(Browser.digest == digest_of(browser_id))).one_or_none()


def of_workstations(workstation_ids: list[int]) -> list[Browser]:
    """Every browser that carries one of these names, the one seen last first."""
    query = select(Browser).where(Browser.workstation_id.in_(workstation_ids))
    return list(db.session.scalars(query.order_by(Browser.last_seen.desc(), Browser.id.desc())))


def take_turn(browser_id: str, turn: int, workstation_id: int, agent: str, at: datetime) -> int:
    """The turn this browser's cookie carries from now on, under that name; `turn` is the one it came with.

    Of two tabs that come at once the first raises it and both carry the same. The caller ends the transaction.
    """
    query = select(Browser).where(Browser.digest == digest_of(browser_id)).with_for_update()
    row = db.session.scalars(query).one_or_none() or _add(browser_id, turn, workstation_id, agent, at)
    if row is None:  # another process added it between the two
        row = db.session.scalars(query).one()
    if row.is_due(turn, workstation_id, at):
        row.turn, row.turned_at = max(turn, row.turn) + 1, at
    row.workstation_id, row.agent, row.last_seen = workstation_id, agent, at
    db.session.flush()
    return row.turn


def _add(browser_id: str, turn: int, workstation_id: int, agent: str, at: datetime) -> Browser | None:
    row = Browser(
        digest=digest_of(browser_id),
        workstation_id=workstation_id,
        turn=turn + 1,
        turned_at=at,
        agent=agent,
        first_seen=at,
        last_seen=at,
    )
    try:
        with db.session.begin_nested():
            db.session.add(row)
    except IntegrityError:
        return None
    return row


def digest_of(browser_id: str) -> str:
    return hashlib.sha256(browser_id.encode(errors="replace")).hexdigest()
