"""Jobs of Procrastinate, which ring the bell for what is owed. They carry ids, live in PostgreSQL, and none is ever missed.

The outbox is the truth: a job that is lost is deferred anew, one that comes twice finds nothing to do.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import text

from wizard.store import deliveries, grants, mails
from wizard.store.database import db, of_every_clinic
from wizard.store.leasing import Leased
from wizard.store.postgresql import KIND_OF_TURN

AT_ONCE = 1000
"""Of each kind: the rest is due still when these are done."""

SWEEPS = 0
"""The second number of the advisory lock of whoever sweeps; a clinic's id is never zero."""


class Job(NamedTuple):
    """What is to be tried: the task's name, the row, and under which lock: one at a time each."""

    task: str
    clinic_id: int
    row_id: int
    lock: str


DELIVER, SEND_LETTER = "deliver", "send_letter"


def of_row(row: Leased) -> Job | None:
    """The job for a row that was just written; None where it is held until somebody accepts, or is no job's."""
    if isinstance(row, deliveries.Delivery):
        sub = grants.account_of(row.person_id, "integration")
        return None if sub is None else Job(DELIVER, row.clinic_id, row.id, deliveries.account(sub))
    return Job(SEND_LETTER, row.clinic_id, row.id, _letters(row)) if isinstance(row, mails.Mail) else None


def due(at: datetime, limit: int = AT_ONCE) -> list[Job]:
    """What could be tried now, so much of each kind; of every clinic inside `of_every_clinic`, else of the present one.

    Of a Google account no more than a few: the next sweep comes before it could do more.
    """
    return [
        *(Job(DELIVER, owed.clinic_id, owed.id, deliveries.account(owed.sub)) for owed in deliveries.line(at, limit)),
        *(Job(SEND_LETTER, row.clinic_id, row.id, _letters(row)) for row in mails.due(at, limit)),
    ]


def living() -> set[tuple[str, int, int]]:
    """Task, clinic and row of every job that waits or is being done."""
    query = text(
        "SELECT task_name, (args->>'clinic_id')::int, (args->>'row_id')::int FROM procrastinate_jobs"
        " WHERE status IN ('todo', 'doing')"
    )
    return {(row[0], row[1], row[2]) for row in db.session.execute(query)}


def waiting() -> int:
    return int(db.session.execute(text("SELECT count(*) FROM procrastinate_jobs WHERE status = 'todo'")).scalar_one())


def drop_left(after: timedelta) -> None:
    """Jobs in the hand of a worker that has given no sign for so long (real time): each would shut out its account."""
    statement = text(
        "DELETE FROM procrastinate_jobs WHERE status = 'doing' AND (worker_id IS NULL OR worker_id IN"
        " (SELECT id FROM procrastinate_workers WHERE last_heartbeat < now() - make_interval(secs => :seconds)))"
    )
    db.session.execute(statement, {"seconds": after.total_seconds()})


@contextmanager
def sweeping() -> Iterator[bool]:
    """A transaction over every clinic; false where another process sweeps just now."""
    with of_every_clinic():
        lock = text("SELECT pg_try_advisory_xact_lock(:kind, :sweeps)")
        yield bool(db.session.execute(lock, {"kind": KIND_OF_TURN, "sweeps": SWEEPS}).scalar())
        db.session.commit()


def connection() -> Any:
    """The driver's own connection of the present transaction: what is deferred on it is kept and dropped with it."""
    return db.session.connection().connection.driver_connection


def _letters(row: Leased) -> str:
    return f"letters/{row.clinic_id}"
