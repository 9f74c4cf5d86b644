"""One-time links: an address that is good once, for one purpose, until its time is over. Only its digest is kept."""

import hashlib
import secrets
from datetime import datetime, timedelta
from enum import Enum

from sqlalchemy import ColumnElement, ForeignKey, select, update
from sqlalchemy.orm import Mapped, mapped_column

from wizard.store.database import Base, Moment, db


class LinkPurpose(Enum):
    """What a link opens."""

    FIRST_RUN = "first-run"  # make the clinic and its first administrator
    ADMINISTRATOR = "administrator"  # an administrator who was added chooses her first password
    PASSWORD = "password"  # noqa: S105 - the name of a purpose; an administrator chooses another password


GOOD_FOR = {
    LinkPurpose.FIRST_RUN: timedelta(days=7),
    LinkPurpose.ADMINISTRATOR: timedelta(days=7),
    LinkPurpose.PASSWORD: timedelta(hours=1),
}


class OneTimeLink(Base):
    """`clinic_id` and `administrator_id` are none for the first run alone: then there is neither."""

    __tablename__ = "one_time_links"

    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(unique=True)
    purpose: Mapped[str]
    clinic_id: Mapped[int | None] = mapped_column(ForeignKey("clinics.id"))
    administrator_id: Mapped[int | None] = mapped_column(ForeignKey("administrators.id"))
    email: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(Moment)
    expires_at: Mapped[datetime] = mapped_column(Moment)
    used_at: Mapped[datetime | None] = mapped_column(Moment)


def make(
    purpose: LinkPurpose,
    at: datetime,
    *,
    clinic_id: int | None = None,
    administrator_id: int | None = None,
    email: str = "",
) -> str:
    """A new link's token (256 random bits), told once. Earlier links to the same end are good no more.

    An invitation stays good beside a link to a new password, which anybody may ask for in its owner's name.
    """
    _end(administrator_id, at, OneTimeLink.purpose == purpose.value)
    token = secrets.token_urlsafe(32)
    db.session.add(
        OneTimeLink(
            digest=_digest(token),
            purpose=purpose.value,
            clinic_id=clinic_id,
            administrator_id=administrator_id,
            email=email,
            created_at=at,
            expires_at=at + GOOD_FOR[purpose],
        )
    )
    db.session.flush()
    return token


def living(token: str, at: datetime) -> OneTimeLink | None:
    """The link of that token while it is good; None when it is unknown, used or over."""
    row = db.session.scalars(select(OneTimeLink).where(OneTimeLink.digest == _digest(token))).one_or_none()
    return row if row is not None and row.used_at is None and at < row.expires_at else None


def use(token: str, at: datetime) -> bool:
    """Use it up. Says whether it was still good: of two who come at once one is told no."""
    used = db.session.execute(
        update(OneTimeLink)
        .where(OneTimeLink.digest == _digest(token), OneTimeLink.used_at.is_(None), OneTimeLink.expires_at > at)
        .values(used_at=at)
        .execution_options(synchronize_session=False)
    )
    return used.rowcount == 1  # type: ignore[attr-defined,no-any-return]  # CursorResult, which Session.execute's type hides


def end_all(administrator_id: int, at: datetime) -> None:
    """She has chosen a password: no link of hers is good any more."""
    _end(administrator_id, at)


def _end(administrator_id: int | None, at: datetime, *which: ColumnElement[bool]) -> None:
    db.session.execute(
        update(OneTimeLink)
        .where(
            OneTimeLink.administrator_id.is_(None)
            if administrator_id is None
            else OneTimeLink.administrator_id == administrator_id,
            OneTimeLink.used_at.is_(None),
            OneTimeLink.expires_at > at,
            *which,
        )
        .values(expires_at=at)
        .execution_options(synchronize_session=False)
    )


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
