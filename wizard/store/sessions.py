"""Sessions of this wizard, kept on the server so that signing out ends them there."""

import hashlib
import secrets
from datetime import datetime, timedelta

from sqlalchemy import ForeignKey, or_, select, update
from sqlalchemy.orm import Mapped, mapped_column

from wizard.store import personal_links, support_looks
from wizard.store.database import Base, Moment, db

IDLE = timedelta(minutes=15)
LONGEST = timedelta(hours=12)
RENEWED_FOR = timedelta(days=7)
"""How long a browser that a personal link opened goes on after the last visit that renewed it."""

RENEWED_EVERY = timedelta(days=1)
TOUCHED_EVERY = timedelta(minutes=1)
"""A press is noted at most once in so long, so a sign-in may end as much earlier."""

WARNED_BEFORE = timedelta(minutes=2)
WARNED_AFTER = IDLE - TOUCHED_EVERY - WARNED_BEFORE
"""From the last press to the question whether somebody is still there."""


class Session(Base):
    """A sign-in. Only the digest of its name is stored: who reads the table cannot take one over.

    `handed_to`: the administrator who signed in gave the computer to this person, whose own set-up is all it opens.
    """

    __tablename__ = "sessions"

    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(unique=True)
    clinic_id: Mapped[int] = mapped_column(ForeignKey("clinics.id"))
    administrator_id: Mapped[int | None] = mapped_column(ForeignKey("administrators.id"))
    support_look_id: Mapped[int | None] = mapped_column(ForeignKey("support_looks.id"))  # instead: support looks
    personal_link_id: Mapped[int | None] = mapped_column(ForeignKey("personal_links.id"))  # instead: a person's own
    handed_to: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    begun_at: Mapped[datetime] = mapped_column(Moment)
    active_at: Mapped[datetime] = mapped_column(Moment)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)

    @property
    def renewed_every(self) -> timedelta:
        """A visit moves `active_at` at most once in so long."""
        return TOUCHED_EVERY if self.personal_link_id is None else RENEWED_EVERY


def begin(clinic_id: int, administrator_id: int, at: datetime) -> str:
    """A new session; its name (256 random bits) is returned once and not kept."""
    name = secrets.token_urlsafe(32)
    row = Session(
        digest=_digest(name), clinic_id=clinic_id, administrator_id=administrator_id, begun_at=at, active_at=at
    )
    db.session.add(row)
    db.session.flush()
    return name


def begin_support(clinic_id: int, support_look_id: int, at: datetime) -> str:
    """The session of a support look, which lasts as long as the look itself; its name as in `begin`."""
    name = secrets.token_urlsafe(32)
    db.session.add(
        Session(digest=_digest(name), clinic_id=clinic_id, support_look_id=support_look_id, begun_at=at, active_at=at)
    )
    db.session.flush()
    return name


def begin_personal(clinic_id: int, personal_link_id: int, at: datetime) -> str:
    """The session of a browser that a personal link opened; its name as in `begin`."""
    name = secrets.token_urlsafe(32)
    db.session.add(
        Session(digest=_digest(name), clinic_id=clinic_id, personal_link_id=personal_link_id, begun_at=at, active_at=at)
    )
    db.session.flush()
    return name


def named(name: str) -> Session | None:
    """The session of that name, ended or not."""
    return db.session.scalars(select(Session).where(Session.digest == _digest(name))).one_or_none()


def is_handed(name: str) -> bool:
    """Whether the sign-in of that name, ended or not, had given its computer to somebody."""
    row = named(name)
    return row is not None and row.handed_to is not None


def living(name: str, at: datetime) -> Session | None:
    """The session of that name, unless it ended, was idle for 15 minutes or is 12 hours old; a support look's, while
    that lasts; a person's own for 7 days after it was renewed, while nobody took back the link that opened it.
    """
    row = named(name)
    if row is None or row.ended_at is not None:
        return None
    if row.support_look_id is not None:
        return row if support_looks.lasting(row.support_look_id, at) else None
    if row.personal_link_id is not None:
        link = personal_links.find_anywhere(row.personal_link_id)
        return row if link and link.ended_at is None and at - row.active_at <= RENEWED_FOR else None
    return row if at - row.active_at <= IDLE and at - row.begun_at <= LONGEST else None


def hand(name: str, person_id: int) -> None:
    """The computer is this person's from now on: the sign-in of that name opens her own set-up and nothing else."""
    row = named(name)
    if row is not None:
        row.handed_to = person_id


def end(name: str, at: datetime) -> None:
    row = named(name)
    if row is not None and row.ended_at is None:
        row.ended_at = at


def end_others(administrator_id: int, name: str, at: datetime) -> None:
    """Every sign-in of this administrator ends but the one of that name."""
    db.session.execute(
        update(Session)
        .where(
            Session.administrator_id == administrator_id, Session.digest != _digest(name), Session.ended_at.is_(None)
        )
        .values(ended_at=at)
        .execution_options(synchronize_session=False)
    )


def end_of_person(person_id: int, link_ids: list[int], at: datetime) -> None:
    """Every browser that opens this person's own set-up: by one of these links of hers, or handed over to her."""
    db.session.execute(
        update(Session)
        .where(
            or_(Session.handed_to == person_id, Session.personal_link_id.in_(link_ids)),
            Session.ended_at.is_(None),
        )
        .values(ended_at=at)
        .execution_options(synchronize_session=False)
    )


def _digest(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()
