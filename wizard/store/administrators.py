"""Administrators: who may set up everybody of a clinic."""

from sqlalchemy import select
from sqlalchemy.orm import Mapped, mapped_column

from wizard.store.database import Base, OfClinic, db


class Administrator(OfClinic, Base):
    """Somebody who signs in to this wizard."""

    __tablename__ = "administrators"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    email: Mapped[str]


def find(administrator_id: int) -> Administrator | None:
    return db.session.scalars(select(Administrator).where(Administrator.id == administrator_id)).one_or_none()


def first() -> Administrator | None:
    return db.session.scalars(select(Administrator).order_by(Administrator.id)).first()
