"""People: whose calendars are set up."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Mapped, mapped_column

from wizard.addresses import may_be_address as may_be_address  # noqa: PLC0414 - part of what this module offers
from wizard.store.database import LARGEST_ID, Base, Moment, OfClinic, db


class Person(OfClinic, Base):
    """Somebody of the clinic. `google_account` is the e-mail an administrator entered, empty when nobody did.

    `email` is where letters go, empty where that is the Google account; `left_at` says that she works here no more.
    """

    __tablename__ = "people"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    google_account: Mapped[str] = mapped_column(default="")
    email: Mapped[str] = mapped_column(default="", server_default="")
    left_at: Mapped[datetime | None] = mapped_column(Moment)

    @property
    def first_name(self) -> str:
        return self.name.split()[0] if self.name.split() else self.name


def everyone() -> list[Person]:
    """All people who work at the clinic, in the order they were entered."""
    return list(db.session.scalars(select(Person).where(Person.left_at.is_(None)).order_by(Person.id)))


def who_left() -> list[Person]:
    """Those who work here no more, the last one first."""
    return list(db.session.scalars(select(Person).where(Person.left_at.is_not(None)).order_by(Person.left_at.desc())))


def ever() -> list[Person]:
    """All people the clinic ever had, in the order they were entered."""
    return list(db.session.scalars(select(Person).order_by(Person.id)))


def add(name: str, google_account: str, email: str = "") -> Person:
    """One more person of the clinic whose turn it is."""
    person = Person(name=name, google_account=google_account, email=email)
    db.session.add(person)
    db.session.flush()
    return person


def count_of_clinic() -> int:
    """How many people work at the clinic."""
    return len(list(db.session.scalars(select(Person.id).where(Person.left_at.is_(None)))))


def find(person_id: int) -> Person | None:
    """None where the clinic has no such person."""
    if person_id > LARGEST_ID:
        return None
    return db.session.scalars(select(Person).where(Person.id == person_id)).one_or_none()


def meant_by(email: str) -> set[int]:
    """The people for whom an administrator entered this e-mail, whatever its case."""
    return {person.id for person in everyone() if person.google_account.casefold() == email.casefold()}
