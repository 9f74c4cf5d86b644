"""Workstations: the browsers at which people are set up, each named once."""

import re
import secrets
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import chain, count

from sqlalchemy import func, select, true
from sqlalchemy.orm import Mapped, mapped_column

from wizard.store import deleted_clinics
from wizard.store.database import LARGEST_ID, Base, Moment, OfClinic, db, of_every_clinic
from wizard.store.encryption import Cipher, Unreadable

LONGEST_NAME = 60
CODE_LASTS = timedelta(hours=1)
DIGITS = 6
ONE_MORE_BROWSER = re.compile(r", (?:second browser|third browser|browser \d+)$")


class Workstation(OfClinic, Base):
    """A computer under the name its clinic calls it.

    `books_for` is its rule for who has to be set up at it, "everybody" or "nobody"; `needs` holds what differs.
    `code` (encrypted) lets a browser that forgot have the name back, until `code_until`.
    """

    __tablename__ = "workstations"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    named_at: Mapped[datetime] = mapped_column(Moment)
    books_for: Mapped[str] = mapped_column(default="everybody", server_default="everybody")
    has_pimsy: Mapped[bool] = mapped_column(default=True, server_default=true())  # a telephone has none: step 1 only
    retired_at: Mapped[datetime | None] = mapped_column(Moment)
    code: Mapped[str] = mapped_column(default="", server_default="")
    code_until: Mapped[datetime | None] = mapped_column(Moment)


def all_of_clinic() -> list[Workstation]:
    """All workstations the clinic uses, in the order they were named."""
    return list(
        db.session.scalars(select(Workstation).where(Workstation.retired_at.is_(None)).order_by(Workstation.id))
    )


def desks_of_clinic() -> list[Workstation]:
    """Those PIMSY is used on, where steps 2, 5 and 6 belong: all but the telephones."""
    return [workstation for workstation in all_of_clinic() if workstation.has_pimsy]


def ever() -> list[Workstation]:
    """All workstations the clinic ever named, in that order; evidence of one that is not used any more is kept."""
    return list(db.session.scalars(select(Workstation).order_by(Workstation.id)))


def find_ever(workstation_id: int) -> Workstation | None:
    """The same as `find`, whether or not it is still used."""
    if workstation_id > LARGEST_ID:
        return None
    return db.session.scalars(select(Workstation).where(Workstation.id == workstation_id)).one_or_none()


def find(workstation_id: int) -> Workstation | None:
    """None where the clinic uses no such workstation."""
    if workstation_id > LARGEST_ID:
        return None
    query = select(Workstation).where(Workstation.id == workstation_id, Workstation.retired_at.is_(None))
    return db.session.scalars(query).one_or_none()


def named(name: str) -> Workstation | None:
    """The workstation of that name, whatever the case."""
    # in Python: SQLite's lower() knows the letters of ASCII alone
    return next((found for found in all_of_clinic() if found.name.casefold() == name.casefold()), None)


def _next_id() -> int | None:
    """SQLite gives the number of a deleted row to the next one, and cookies of a deleted clinic's computers carry theirs
    for a year: a new clinic's computer must not be taken for one of them. None: the database's own next number is new.
    """
    last = deleted_clinics.last_workstation()
    if not last or db.engine.dialect.name != "sqlite":
        return None
    with of_every_clinic():
        newest = db.session.scalars(select(func.max(Workstation.id))).one() or 0
    return None if newest >= last else last + 1


def find_anywhere(workstation_id: int) -> Workstation | None:
    """The workstation of that id, of whichever clinic, retired or not; asked by what names a browser and opens nothing."""
    if workstation_id > LARGEST_ID:
        return None
    with of_every_clinic():
        return db.session.scalars(select(Workstation).where(Workstation.id == workstation_id)).one_or_none()


def add(name: str, at: datetime, *, has_pimsy: bool = True) -> Workstation:
    workstation = Workstation(id=_next_id(), name=name, named_at=at, has_pimsy=has_pimsy)
    db.session.add(workstation)
    db.session.flush()
    return workstation


def phone_of(name: str, at: datetime) -> Workstation:
    """The telephone of that name, a new one where there is none; a computer that is called so keeps its name."""
    known = named(name[:LONGEST_NAME].rstrip())
    if known is not None and not known.has_pimsy:
        return known
    endings = chain(("", " (phone)"), (f" (phone {number})" for number in count(2)))
    return add(_free(name, endings), at, has_pimsy=False)


def one_more_browser(name: str) -> str:
    """The name to propose for another browser of that computer: "Front desk 1, second browser"."""
    endings = chain((", second browser", ", third browser"), (f", browser {number}" for number in count(4)))
    return _free(ONE_MORE_BROWSER.sub("", name), endings)


def _free(name: str, endings: Iterator[str]) -> str:
    """The name with the first ending that makes it nobody's, never too long."""
    taken = {found.name.casefold() for found in all_of_clinic()}
    wishes = (f"{name[: LONGEST_NAME - len(ending)].rstrip()}{ending}" for ending in endings)
    return next(wish for wish in wishes if wish.casefold() not in taken)


def show_code(cipher: Cipher, workstation: Workstation, at: datetime) -> str:
    """Six digits by which a browser that forgot has this name back: once, within an hour. Earlier ones end."""
    digits = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
    workstation.code, workstation.code_until = cipher.encrypt(digits), at + CODE_LASTS
    return digits


def code_of(cipher: Cipher, workstation: Workstation, at: datetime) -> str:
    """The digits that are good now, to be read out; empty where there are none, or by a key that was lost."""
    if not workstation.code or workstation.code_until is None or at >= workstation.code_until:
        return ""
    try:
        return cipher.decrypt(workstation.code)
    except Unreadable:
        return ""


def use_code(cipher: Cipher, workstation: Workstation, digits: str, at: datetime) -> bool:
    """Whether these are the digits; they are good no more then. The caller ends the transaction."""
    good = code_of(cipher, workstation, at)
    if not good or not secrets.compare_digest(good.encode(), digits.encode(errors="replace")):
        return False
    workstation.code, workstation.code_until = "", None
    return True
