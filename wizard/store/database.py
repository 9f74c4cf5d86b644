"""The one connection to the database: how it is opened, how a transaction begins, whose rows it may touch.

Every row but a session's and a lock's belongs to a clinic. `of_clinic` says whose turn it is; a query without one
raises, so that no view can forget it.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import DateTime, Engine, ForeignKey, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection, Dialect
from sqlalchemy.orm import (
    DeclarativeBase,
    Mapped,
    ORMExecuteState,
    declared_attr,
    mapped_column,
    with_loader_criteria,
)
from sqlalchemy.orm import Session as OrmSession
from sqlalchemy.types import TypeDecorator

LARGEST_ID = 2**31 - 1
"""An id beyond it is nobody's, and no question: PostgreSQL's integer ends there, SQLite's driver raises later on."""


class NoClinic(RuntimeError):
    """A query of clinic rows was made before anybody said which clinic."""


class Base(DeclarativeBase):
    """The tables' common ancestor."""


db = SQLAlchemy(model_class=Base, session_options={"expire_on_commit": False})
"""Rows stay readable after a commit: what is known is handed on while Google is asked, outside any transaction.

A query brings what stands now all the same, also into a row that somebody still holds from before (`_read_anew`).
"""

_clinic: ContextVar[int | None] = ContextVar("clinic", default=None)
_everywhere: ContextVar[bool] = ContextVar("everywhere", default=False)
_reading: ContextVar[bool] = ContextVar("reading", default=False)


class Moment(TypeDecorator[datetime]):
    """An aware time in UTC. SQLite keeps no zone, so it is taken off on the way in and put back on the way out."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Raises ValueError for a naive time: nobody could say what it means."""
        if value is None:
            return None
        if value.tzinfo is None:
            message = "a time without a zone"
            raise ValueError(message)
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - SQLAlchemy's signature
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class OfClinic:
    """A table whose every row belongs to a clinic; new rows take the clinic whose turn it is."""

    @declared_attr
    def clinic_id(self) -> Mapped[int]:
        return mapped_column(ForeignKey("clinics.id"), default=present_clinic, index=True)


def present_clinic() -> int:
    """The id of the clinic whose turn it is. Raises NoClinic when nobody said."""
    clinic_id = _clinic.get()
    if clinic_id is None:
        raise NoClinic
    return clinic_id


@contextmanager
def of_clinic(clinic_id: int) -> Iterator[None]:
    """Every query inside sees this clinic's rows only."""
    token = _clinic.set(clinic_id)
    try:
        yield
    finally:
        _clinic.reset(token)


@contextmanager
def of_every_clinic() -> Iterator[None]:
    """For the background, which asks what is due anywhere and then turns to one clinic at a time."""
    token = _everywhere.set(True)
    try:
        yield
    finally:
        _everywhere.reset(token)


@contextmanager
def only_reading() -> Iterator[None]:
    """Transactions that begin inside do so without the write lock: for showing a page."""
    token = _reading.set(True)
    try:
        yield
    finally:
        _reading.reset(token)


def add_missing(table: type[Base], rows: list[dict[str, object]]) -> None:
    """Add those rows whose key nobody has used yet, also where another transaction adds them at this moment."""
    insert = sqlite.insert if db.session.get_bind().dialect.name == "sqlite" else postgresql.insert
    if rows:
        db.session.execute(insert(table).on_conflict_do_nothing(), rows)


@contextmanager
def writing_after_all() -> Iterator[None]:
    """Inside `only_reading`: transactions that begin here may write."""
    token = _reading.set(False)
    try:
        yield
    finally:
        _reading.reset(token)


def clinic_of_turn() -> int | None:
    """The id of the clinic whose turn it is; None where nobody said."""
    return _clinic.get()


def is_only_reading() -> bool:
    return _reading.get()


@event.listens_for(OrmSession, "do_orm_execute")
def _read_anew(state: ORMExecuteState) -> None:
    """Without it a row held from before Google was asked would hide what another thread has written since."""
    if state.is_select and not state.is_column_load and not state.is_relationship_load:
        state.update_execution_options(populate_existing=True)


@event.listens_for(OrmSession, "do_orm_execute")
def _bind_to_clinic(state: ORMExecuteState) -> None:
    if state.is_column_load or state.is_relationship_load or _everywhere.get():
        return
    if not any(issubclass(mapper.class_, OfClinic) for mapper in state.all_mappers):
        return
    clinic_id = present_clinic()
    state.statement = state.statement.options(
        with_loader_criteria(OfClinic, lambda cls: cls.clinic_id == clinic_id, include_aliases=True)
    )


@event.listens_for(Engine, "connect")
def _prepare_sqlite(connection: Any, record: Any) -> None:  # noqa: ARG001 - the driver's own object
    """WAL and FULL: a committed booking survives the power going (sqlite.org/pragma.html#pragma_synchronous)."""
    if not isinstance(connection, sqlite3.Connection):
        return
    connection.isolation_level = None  # we say BEGIN ourselves: pysqlite would wait until the first write
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "busy_timeout=10000",
        "recursive_triggers=ON",
    ):
        connection.execute(f"PRAGMA {pragma}")


@event.listens_for(Engine, "checkin")
def _end_what_failed(connection: Any, record: Any) -> None:  # noqa: ARG001 - the driver's own object
    """A commit that fails leaves SQLite's transaction open, and SQLAlchemy (2.1) takes it for ended: it would hold the
    write lock against everybody until somebody happens to be lent this connection."""
    if isinstance(connection, sqlite3.Connection) and connection.in_transaction:
        connection.rollback()


@event.listens_for(Engine, "begin")
def _begin(connection: Connection) -> None:
    """IMMEDIATE, so that what reads and then writes cannot lose another's write between the two."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN" if _reading.get() else "BEGIN IMMEDIATE")
