"""Clients of the people, as the Stand-in for PIMSY has them. They never leave this table for a page of Google."""

from collections.abc import Collection

from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import Mapped, mapped_column

from wizard.store.database import Base, OfClinic, db


class Client(OfClinic, Base):
    """A client on one person's Clients tab; `is_test` marks the one that exists for test appointments."""

    __tablename__ = "clients"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    name: Mapped[str]
    is_test: Mapped[bool] = mapped_column(default=False)


def of_people(person_ids: list[int]) -> list[Client]:
    """The test client first, then by name."""
    query = select(Client).where(Client.person_id.in_(person_ids))
    return list(db.session.scalars(query.order_by(Client.is_test.desc(), Client.name)))


def find(client_id: int) -> Client | None:
    return db.session.scalars(select(Client).where(Client.id == client_id)).one_or_none()


def add(person_id: int, name: str, *, is_test: bool) -> Client:
    client = Client(person_id=person_id, name=name, is_test=is_test)
    db.session.add(client)
    return client


def names_of(client_ids: Collection[int]) -> dict[int, str]:
    query = select(Client.id, Client.name).where(Client.id.in_(client_ids))
    return {row.id: row.name for row in db.session.execute(query)}
