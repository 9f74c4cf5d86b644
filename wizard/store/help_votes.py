"""Whether a help page helped: a Yes or a No a row, of nobody in particular."""

from sqlalchemy import func, select
from sqlalchemy.orm import Mapped, mapped_column

from wizard.store.database import Base, db


class HelpVote(Base):
    """No clinic, no person and no time: help is read without a sign-in, and only the numbers are wanted."""

    __tablename__ = "help_votes"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(index=True)
    helped: Mapped[bool]


def add(code: str, *, helped: bool) -> None:
    db.session.add(HelpVote(code=code, helped=helped))


def count(code: str) -> tuple[int, int]:
    """How often Yes and how often No."""
    query = select(HelpVote.helped, func.count()).where(HelpVote.code == code).group_by(HelpVote.helped)
    found = {row[0]: row[1] for row in db.session.execute(query)}
    return found.get(True, 0), found.get(False, 0)
