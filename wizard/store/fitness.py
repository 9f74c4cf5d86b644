"""Whether the database is there, of this version and writable. Asked by doctor; nothing is changed by asking."""

from pathlib import Path

from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import make_url, select, text, update
from sqlalchemy.exc import SQLAlchemyError

from wizard.store.database import db, writing_after_all
from wizard.store.grants import Grant
from wizard.store.locks import Lock
from wizard.store.schema import MIGRATIONS

MEMORY = ":memory:"


class Unusable(Exception):
    """The database does not do what was asked of it. The driver's words, without statement and values."""


def file_of(database_url: str) -> Path | None:
    """SQLite's file; None for another database, and for one in memory."""
    address = make_url(database_url)
    if address.get_backend_name() != "sqlite" or address.database in {None, "", MEMORY}:
        return None
    return Path(str(address.database))


def revisions() -> tuple[str, str]:
    """The revision of the tables, empty where there are none yet, and the newest this program knows. Raises Unusable."""
    known = ScriptDirectory(str(MIGRATIONS)).get_current_head() or ""
    try:
        return MigrationContext.configure(db.session.connection()).get_current_revision() or "", known
    except SQLAlchemyError as error:
        raise _said(error) from None
    finally:
        db.session.rollback()


def write_and_undo() -> None:
    """Take the write lock and change a row that is nobody's, then roll back. Raises Unusable."""
    try:
        with writing_after_all():
            db.session.execute(update(Lock).where(Lock.name == "").values(fence=0))
    except SQLAlchemyError as error:
        raise _said(error) from None
    finally:
        db.session.rollback()


def journal() -> str:
    """SQLite's way of keeping a transaction whole, "wal" as it should be; empty for another database."""
    if db.engine.dialect.name != "sqlite":
        return ""
    try:
        return str(db.session.execute(text("PRAGMA journal_mode")).scalar())
    finally:
        db.session.rollback()


def secrets_of_grants() -> list[str]:
    """What is encrypted in every grant that stands. Called inside `of_every_clinic`."""
    query = select(Grant.refresh_token, Grant.access_token).where(Grant.ended_at.is_(None))
    try:
        return [secret for row in db.session.execute(query) for secret in row if secret]
    finally:
        db.session.rollback()


def _said(error: SQLAlchemyError) -> Unusable:
    return Unusable(str(getattr(error, "orig", None) or type(error).__name__))
