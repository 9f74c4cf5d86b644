"""Every row of one database written into another, whatever tables there are; secrets stay encrypted as they are.

Both sides are asked and told through the same types, so a time is the same time and a list the same list in both.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine, Table, func, insert, inspect, select
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DBAPIError, OperationalError, SQLAlchemyError, StatementError

from wizard.store import postgresql
from wizard.store.clinics import Clinic
from wizard.store.database import db
from wizard.store.deleted_clinics import DeletedClinic
from wizard.store.schema import NOT_OURS
from wizard.store.workstations import Workstation

AT_A_TIME = 500
REVISION = "alembic_version"
DIGEST_BITS = 256


class InUse(Exception):
    """Somebody else has this database open."""


class CannotAsk(Exception):
    """The database does not answer; the driver's words."""


class NotCopied(Exception):
    """A row could not be written, or what was written reads otherwise; the words say of which table."""


@dataclass(frozen=True, slots=True)
class Copied:
    """One table: how many rows, and a digest of all they hold."""

    table: str
    rows: int
    digest: str


@contextmanager
def alone(engine: Engine) -> Iterator[Connection]:
    """A transaction in which nobody else reads or writes this database. Raises InUse."""
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            _close_to_others(connection)
        try:
            if engine.dialect.name == "postgresql":
                _stop_writers(connection)
            yield connection
        finally:
            connection.rollback()
            if engine.dialect.name == "sqlite":
                driver = connection.connection.driver_connection
                if driver is not None:
                    driver.execute("PRAGMA journal_mode=WAL")


def _close_to_others(connection: Connection) -> None:
    """SQLite leaves WAL only where no other connection is open (sqlite.org/wal.html): an idle wizard shows by it."""
    driver: Any = connection.connection.driver_connection
    driver.execute("PRAGMA busy_timeout=1000")
    try:
        driver.execute("PRAGMA journal_mode=DELETE")
        connection.exec_driver_sql("SELECT 1")  # begins: by itself the transaction would not shut readers out
        driver.execute("COMMIT")
        driver.execute("BEGIN EXCLUSIVE")
    except Exception as error:
        raise InUse(str(error)) from error


def _stop_writers(connection: Connection) -> None:
    postgresql.may_be_long(connection)
    others = connection.exec_driver_sql(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        " AND backend_type = 'client backend'"
    ).scalar()
    if others:
        raise InUse(f"{others} other connections are open")
    try:
        for table in tables():
            connection.exec_driver_sql(f'LOCK TABLE "{table.name}" IN EXCLUSIVE MODE NOWAIT')
    except OperationalError as error:
        raise InUse(str(error.orig).splitlines()[0]) from error


def tables() -> list[Table]:
    """What is referred to before what refers to it."""
    return list(db.metadata.sorted_tables)


def what_is_in(engine: Engine) -> dict[str, int]:
    """The tables of this database that hold rows, with how many; a bare one, and one that was only migrated, have none.

    Raises CannotAsk.
    """
    try:
        there = set(inspect(engine).get_table_names())
    except SQLAlchemyError as error:
        raise CannotAsk(str(getattr(error, "orig", None) or error).splitlines()[0]) from error
    with engine.connect() as connection:
        known = {table.name: table for table in tables()}
        counts = {
            name: connection.execute(select(func.count()).select_from(known[name])).scalar_one() if name in known else 1
            for name in there
            if name != REVISION and not name.startswith(NOT_OURS)
        }
        connection.rollback()
    return {name: count for name, count in counts.items() if count}


def copy(source: Connection, target: Connection) -> list[Copied]:
    """All rows, in the present transaction of the target, which the caller ends. Raises NotCopied."""
    postgresql.may_be_long(target)
    copied = []
    for table in tables():
        try:
            for rows in _batches(source, table):
                target.execute(insert(table), rows)
            there, here = digest_of(source, table), digest_of(target, table)
        except (DBAPIError, StatementError) as error:
            why = str(getattr(error, "orig", None) or error).splitlines()[0]
            raise NotCopied(f"A row of the table {table.name} cannot be kept there: {why}") from error
        if there != here:
            raise NotCopied(f"The table {table.name} reads otherwise there: {here.rows} rows of {there.rows}")
        copied.append(here)
    if target.dialect.name == "postgresql":
        _go_on_counting(target)
    return copied


def _batches(source: Connection, table: Table) -> Iterator[list[dict[str, Any]]]:
    query = select(table).order_by(*table.primary_key)
    result = source.execute(query, execution_options={"yield_per": AT_A_TIME})
    for rows in result.mappings().partitions():
        yield [dict(row) for row in rows]


def digest_of(connection: Connection, table: Table) -> Copied:
    """Over every value of every row as Python has it."""
    total, count = 0, 0
    for rows in _batches(connection, table):
        total, count = total + sum_of(rows), count + len(rows)
    return Copied(table.name, count, f"{total % 2**DIGEST_BITS:064x}")


def sum_of(rows: Sequence[Mapping[str, Any]]) -> int:
    """A sum, so that it is the same in whichever order they come: two databases sort names by two rules."""
    return sum(int.from_bytes(hashlib.sha256(_plain(row).encode("utf-8", "surrogatepass")).digest()) for row in rows)


def _plain(row: Mapping[str, Any]) -> str:
    return json.dumps(dict(row), sort_keys=True, default=lambda value: value.isoformat())


def _go_on_counting(target: Connection) -> None:
    """The next number of each table is one that nothing has, nor ever had where cookies may still name it."""
    for table in tables():
        if "id" not in table.c:
            continue
        highest = [target.execute(select(func.max(table.c.id))).scalar() or 0]
        if table is Workstation.__table__:
            highest.append(target.execute(select(func.max(DeletedClinic.last_workstation))).scalar() or 0)
        if table is Clinic.__table__:
            highest.append(target.execute(select(func.max(DeletedClinic.number))).scalar() or 0)
        sequence = func.pg_get_serial_sequence(table.name, "id")
        target.execute(select(func.setval(sequence, max(*highest, 1), max(highest) > 0)))
