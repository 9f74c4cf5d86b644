"""Support looks: for one hour somebody on the telephone may read, not change, what the wizard knows of one clinic."""

import secrets
from datetime import datetime, timedelta

from sqlalchemy import Select, select
from sqlalchemy.orm import Mapped, mapped_column

from wizard.store.database import Base, Moment, OfClinic, db, of_every_clinic
from wizard.store.encryption import Cipher

LASTS = timedelta(hours=1)
DIGITS = 6

OPENED = "support opened a page"
"""What the log says of each of its pages; the clinic reads them while the look lasts."""


class SupportLook(OfClinic, Base):
    """`digits` are encrypted: whoever allowed the look reads them out as often as the telephone needs it."""

    __tablename__ = "support_looks"

    id: Mapped[int] = mapped_column(primary_key=True)
    digits: Mapped[str]
    made_by: Mapped[str]
    made_at: Mapped[datetime] = mapped_column(Moment)
    ends_at: Mapped[datetime] = mapped_column(Moment)
    opened_at: Mapped[datetime | None] = mapped_column(Moment)  # the digits were typed: they are good no more
    ended_at: Mapped[datetime | None] = mapped_column(Moment)  # somebody of the clinic stopped it


def allow(cipher: Cipher, made_by: str, at: datetime) -> SupportLook:
    """A look of this clinic from now on; an earlier one ends, so that there is one number to read out."""
    stop(at)
    look = SupportLook(
        digits=cipher.encrypt(_unlike(_waiting(cipher, at))), made_by=made_by, made_at=at, ends_at=at + LASTS
    )
    db.session.add(look)
    db.session.flush()
    return look


def present(at: datetime) -> SupportLook | None:
    """The look of this clinic that lasts, opened or not; the newest, should two have been allowed at once."""
    return db.session.scalars(_lasting(at).order_by(SupportLook.id.desc())).first()


def stop(at: datetime) -> None:
    """The look of this clinic ends now, and the session it opened with it."""
    for look in db.session.scalars(_lasting(at)):
        look.ended_at = at


def open_with(cipher: Cipher, digits: str, at: datetime) -> SupportLook | None:
    """The look these digits open, of whichever clinic: once, and only while it lasts."""
    for look, waiting in _waiting(cipher, at).items():
        if secrets.compare_digest(waiting.encode(), digits.encode()):
            look.opened_at = at
            return look
    return None


def lasting(look_id: int, at: datetime) -> SupportLook | None:
    """The look of that id, while it lasts; asked before anybody knows the clinic."""
    with of_every_clinic():
        return db.session.scalars(_lasting(at).where(SupportLook.id == look_id)).one_or_none()


def _lasting(at: datetime) -> Select[SupportLook]:
    return select(SupportLook).where(SupportLook.ended_at.is_(None), SupportLook.ends_at > at)


def _waiting(cipher: Cipher, at: datetime) -> dict[SupportLook, str]:
    """The digits nobody has typed yet, in all clinics: a handful at most, since each lasts an hour."""
    with of_every_clinic():
        looks = db.session.scalars(_lasting(at).where(SupportLook.opened_at.is_(None))).all()
    return {look: cipher.decrypt(look.digits) for look in looks}


def _unlike(taken: dict[SupportLook, str]) -> str:
    while (digits := f"{secrets.randbelow(10**DIGITS):0{DIGITS}}") in taken.values():
        pass
    return digits
