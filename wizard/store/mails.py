"""Mails: the letters that are to be sent, each with a lease and a fence as a delivery has them. Their words are encrypted.

A letter may carry a personal link, so its words are forgotten once it has left.
"""

from datetime import datetime

from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import Mapped, mapped_column

from wizard.store.database import Base, Moment, OfClinic, db


class Mail(OfClinic, Base):
    """One letter. `trouble` is why the last try did not send it; `sent_at` none while it waits."""

    __tablename__ = "mails"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    address: Mapped[str]
    subject: Mapped[str]
    words: Mapped[str]  # encrypted; empty once it was sent
    made_at: Mapped[datetime] = mapped_column(Moment)
    due_at: Mapped[datetime] = mapped_column(Moment)
    tries: Mapped[int] = mapped_column(default=0)
    leased_until: Mapped[datetime | None] = mapped_column(Moment)
    fence: Mapped[int] = mapped_column(default=0)
    sent_at: Mapped[datetime | None] = mapped_column(Moment)
    trouble: Mapped[str] = mapped_column(default="")


def of_clinic() -> list[Mail]:
    """Every letter of the clinic, newest first."""
    return list(db.session.scalars(select(Mail).order_by(Mail.id.desc())))
