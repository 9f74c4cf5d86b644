"""Administrators: who may set up everybody of a clinic."""

from sqlalchemy import Index, select, text
from sqlalchemy.orm import Mapped, mapped_column

from wizard.store.database import Base, OfClinic, db, of_every_clinic

SIGNS_IN = text("password_digest IS NOT NULL")


class Administrator(OfClinic, Base):
    """Somebody who signs in to this wizard: with a password, or, in the try-out alone, without one."""

    __tablename__ = "administrators"
    __table_args__ = (
        Index("uq_administrators_who_sign_in", "email", unique=True, sqlite_where=SIGNS_IN, postgresql_where=SIGNS_IN),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    email: Mapped[str]  # in small letters where somebody typed it: it is what she signs in with
    password_digest: Mapped[str | None]  # argon2id; none before the first password was chosen


def find(administrator_id: int) -> Administrator | None:
    return db.session.scalars(select(Administrator).where(Administrator.id == administrator_id)).one_or_none()


def first() -> Administrator | None:
    return db.session.scalars(select(Administrator).order_by(Administrator.id)).first()


def everyone() -> list[Administrator]:
    """All administrators of the clinic, in the order they were added."""
    return list(db.session.scalars(select(Administrator).order_by(Administrator.id)))


def add(name: str, email: str, password_digest: str | None = None) -> Administrator:
    """One more administrator of the clinic whose turn it is; without a digest she cannot sign in yet."""
    administrator = Administrator(name=name, email=email.casefold(), password_digest=password_digest)
    db.session.add(administrator)
    db.session.flush()
    return administrator


def of_email(email: str) -> Administrator | None:
    """Whoever has this address in any clinic of this installation, whatever its case; who can sign in comes first."""
    if not email.isprintable():  # PostgreSQL takes no NUL, and nobody has such an address
        return None
    query = select(Administrator).where(Administrator.email == email.casefold())
    with of_every_clinic():
        return db.session.scalars(query.order_by(Administrator.password_digest.is_(None), Administrator.id)).first()


def exist_anywhere() -> bool:
    """Whether this installation was set up: some clinic has an administrator."""
    with of_every_clinic():
        return db.session.execute(select(Administrator.id).limit(1)).first() is not None


def can_anybody_sign_in() -> bool:
    """Whether one of them has a password; in a try-out nobody has."""
    query = select(Administrator.id).where(Administrator.password_digest.is_not(None)).limit(1)
    with of_every_clinic():
        return db.session.execute(query).first() is not None
