"""Mails: the letters that are to be sent, an outbox like the deliveries'. Their words are encrypted.

A letter may carry a personal link, so its words are forgotten once it has left, and once nobody tries any more.
"""

from datetime import datetime, timedelta
from enum import Enum

from sqlalchemy import ColumnElement, ForeignKey, and_, select, update
from sqlalchemy.orm import Mapped, mapped_column

from wizard.store import leasing
from wizard.store.database import Base, Moment, db

TRIED_FOR = timedelta(days=7)
"""A letter that could not be sent for so long is given up: the link in it has ended."""

WITHDRAWN = "Its link was taken back"


class MailKind(Enum):
    """What a letter is."""

    PERSONAL_LINK = "personal link"  # to a person: her own link
    ASKED = "asked for a link"  # to an administrator: this person asks for a new one
    DRIFT = "what the patrol found"  # to a person or an administrator: what is no longer as it was, and what is again


class Mail(leasing.Leased, Base):
    """One letter. `trouble` is why the last try did not send it; `sent_at` none while it waits.

    Without words and not sent: nobody tries any more, and `trouble` says why.
    """

    __tablename__ = "mails"

    kind: Mapped[str]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    address: Mapped[str]
    subject: Mapped[str]
    words: Mapped[str]  # encrypted; empty once it was sent
    made_at: Mapped[datetime] = mapped_column(Moment)
    sent_at: Mapped[datetime | None] = mapped_column(Moment)
    trouble: Mapped[str] = mapped_column(default="")

    @property
    def is_waiting(self) -> bool:
        """It will be tried, for the first time or again."""
        return self.sent_at is None and bool(self.words)

    @property
    def is_given_up(self) -> bool:
        return self.sent_at is None and not self.words


def add(kind: MailKind, person_id: int | None, address: str, subject: str, words: str, at: datetime) -> Mail:
    """One more letter to be sent, in the transaction of what it tells of; `words` are encrypted already."""
    mail = Mail(
        kind=kind.value,
        person_id=person_id,
        address=address,
        subject=subject,
        words=words,
        made_at=at,
        due_at=at,
        trouble="",
    )
    db.session.add(mail)
    db.session.flush()
    return mail


def of_clinic() -> list[Mail]:
    """Every letter of the clinic, newest first."""
    return list(db.session.scalars(select(Mail).order_by(Mail.id.desc())))


def find(mail_id: int) -> Mail | None:
    return db.session.scalars(select(Mail).where(Mail.id == mail_id)).one_or_none()


def due(at: datetime, limit: int = 50, *, mail_id: int | None = None) -> list[Mail]:
    """What could be sent now, or that letter if it could: due, and in nobody's hand."""
    query = select(Mail).where(_is_open(), leasing.is_due(Mail, at), leasing.is_free(Mail, at))
    if mail_id is not None:
        query = query.where(Mail.id == mail_id)
    return list(db.session.scalars(query.order_by(Mail.due_at, Mail.id).limit(limit)))


def claim(mail_id: int, fence: int, at: datetime, until: datetime) -> int | None:
    """Lease the letter seen under `fence`; the new fence number, or None when another was quicker."""
    return leasing.claim(Mail, mail_id, fence, _is_open(), at=at, until=until)


def close(mail_id: int, fence: int, **values: object) -> bool:
    """Write what the try brought and give the lease back, if the letter is still ours. Says whether it was."""
    return leasing.close(Mail, mail_id, fence, _is_open(), **values)


def put_off(until: datetime, trouble: str) -> None:
    """The mail server took nothing: the clinic's other letters wait as well and keep their tries."""
    db.session.execute(
        update(Mail)
        .where(_is_open(), Mail.leased_until.is_(None), Mail.due_at < until)
        .values(due_at=until, trouble=trouble)
        .execution_options(synchronize_session=False)
    )


def withdraw(person_id: int) -> None:
    """No link of this person's is good any more, so no letter that waits may carry one to her.

    One that is being sent just now may still leave: what it opens has ended all the same.
    """
    db.session.execute(
        update(Mail)
        .where(Mail.person_id == person_id, Mail.kind == MailKind.PERSONAL_LINK.value, _is_open())
        .values(words="", trouble=WITHDRAWN)
        .execution_options(synchronize_session=False)
    )


def _is_open() -> ColumnElement[bool]:
    return and_(Mail.sent_at.is_(None), Mail.words != "")
