"""What PostgreSQL has to be told so that it keeps what SQLite keeps by itself: whoever writes for a clinic stands in line.

SQLite lets one writer in at a time. Here those of one clinic wait for each other and those of others go on. A
transaction that writes takes its clinic's turn with its first statement on the clinic's behalf and keeps it until it ends;
what it reads from then on is what all before it left. Statements on behalf of no clinic, or of every one, wait for nobody:
each of them says in its own WHERE what it relies on.
"""

from datetime import timedelta
from typing import Any

import sqlalchemy
from sqlalchemy import Engine, event, make_url
from sqlalchemy.engine import Connection, ExceptionContext
from sqlalchemy.exc import DataError, DBAPIError

from wizard.store.database import clinic_of_turn, is_only_reading

KIND_OF_TURN = 0x57495A44
"""Of advisory locks, which are two numbers: this one, and a clinic's id."""

WAITS = timedelta(seconds=10)
"""For whoever writes before: as long as SQLite waits, then the page says that it was not done."""

LEFT_OPEN = timedelta(seconds=8)
"""A process that was frozen in the middle of a transaction keeps nobody longer from writing; it finds its transaction gone."""

KEPT_OPEN = 8
BESIDE = 22
"""Connections beside those of the threads that answer: deliveries and the patrol with eight each that may refresh a token,
letters, the lookout, the watch, one to spare."""

OPTIONS = {
    "synchronous_commit": "on",  # what was answered "booked" is on the disk, whatever the server was told in general
    "timezone": "UTC",
    "lock_timeout": f"{WAITS // timedelta(milliseconds=1)}ms",
    "idle_in_transaction_session_timeout": f"{LEFT_OPEN // timedelta(milliseconds=1)}ms",
    "application_name": "wizard",
}

GONE = ("08", "57P")
"""Classes of SQLSTATE: no connection; the server ends, or begins."""

MIGRATES = -1
"""The second number of the advisory lock of whoever migrates; a clinic's id is over zero."""

IN_LINE = "turns taken"
READS = "only reads"


def is_postgresql(database_url: str) -> bool:
    return make_url(database_url).get_backend_name() == "postgresql"


def engine_options(database_url: str, threads: int) -> dict[str, Any]:
    """For create_engine; `threads` is how many requests are answered at a time."""
    if not is_postgresql(database_url):
        return {}
    return {
        "pool_size": KEPT_OPEN,
        "max_overflow": most_connections(threads) - KEPT_OPEN,
        "pool_timeout": WAITS.total_seconds(),
        "pool_pre_ping": True,  # after the server was restarted the first question opens a new connection
        "connect_args": {
            "connect_timeout": 5,
            "options": _told(),
        },
    }


def conninfo(database_url: str) -> str:
    """The address as libpq takes it, with what every connection of ours is told."""
    from psycopg.conninfo import make_conninfo

    url = make_url(database_url).set(drivername="postgresql").render_as_string(hide_password=False)
    return make_conninfo(url, options=_told())


def _told() -> str:
    return " ".join(f"-c {name}={value}" for name, value in OPTIONS.items())


def most_connections(threads: int) -> int:
    """That one process opens at a time, beside a worker's own three to hear of jobs."""
    return max(threads, KEPT_OPEN) + BESIDE


def one_who_migrates(connection: Connection) -> None:
    """Several processes may start at once: the first brings the tables up to date, the others find them so."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("SET LOCAL lock_timeout = '5min'")
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({KIND_OF_TURN}, {MIGRATES})")


def may_be_long(connection: Connection) -> None:
    """This transaction waits for another database, which takes as long as it takes."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("SET LOCAL idle_in_transaction_session_timeout = 0")


def is_away(error: BaseException) -> bool:
    """The database does not answer, or another writer kept us waiting too long: in a moment it may be different."""
    if isinstance(error, sqlalchemy.exc.TimeoutError):
        return True
    if not isinstance(error, DBAPIError):
        return False
    state = getattr(error.orig, "sqlstate", "")
    if type(error.orig).__module__.partition(".")[0] != "psycopg":
        return False
    if error.connection_invalidated or (state is None and isinstance(error, sqlalchemy.exc.OperationalError)):
        return True
    return bool(state) and (state.startswith(GONE) or state in {"55P03", "40P01", "25P03"})


def is_unreadable(error: BaseException) -> bool:
    """Something that was asked or to be kept holds a NUL, or a number beyond what a column takes: nobody types that."""
    return isinstance(error, DataError) and type(error.orig).__module__.partition(".")[0] == "psycopg"


@event.listens_for(Engine, "begin")
def _begin(connection: Connection) -> None:
    """A page is read as the database was at one moment; whoever writes sees with each statement what stands by then."""
    if connection.dialect.name != "postgresql":
        return
    reads = is_only_reading()
    connection.info[IN_LINE], connection.info[READS] = set(), reads
    driver = connection.connection.driver_connection
    if driver is not None:
        _set(driver, reads=reads)


def _set(driver: Any, *, reads: bool) -> None:
    """The driver says both with its own BEGIN, at no further question to the server."""
    from psycopg import IsolationLevel

    level = IsolationLevel.REPEATABLE_READ if reads else IsolationLevel.READ_COMMITTED
    if driver.isolation_level is not level:
        driver.isolation_level = level
    if driver.read_only is not reads:
        driver.read_only = reads


@event.listens_for(Engine, "handle_error")
def _hide_values(context: ExceptionContext) -> None:
    """PostgreSQL tells the row that it refuses ("DETAIL: Failing row contains ..."), and what is raised may be logged."""
    error = context.original_exception
    if type(error).__module__.partition(".")[0] != "psycopg":
        return
    words = str(error).partition("\n")[0]
    error.args = (words,)
    if context.sqlalchemy_exception is not None:
        context.sqlalchemy_exception.args = (f"({type(error).__name__}) {words}",)


@event.listens_for(Engine, "before_cursor_execute")
def _take_turn(
    connection: Connection,
    cursor: Any,  # the driver's own
    statement: str,  # noqa: ARG001 - SQLAlchemy's signature
    parameters: object,  # noqa: ARG001 - the same
    context: object,  # noqa: ARG001 - the same
    executemany: bool,  # noqa: ARG001 - the same
) -> None:
    clinic_id = clinic_of_turn()
    if clinic_id is None or connection.dialect.name != "postgresql":
        return
    taken = connection.info.get(IN_LINE)
    if taken is None or connection.info[READS] or clinic_id in taken:
        return
    cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", (KIND_OF_TURN, clinic_id))
    taken.add(clinic_id)
