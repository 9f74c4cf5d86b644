"""Broken twins: the product without one of its measures. A suite that finds nothing wrong with one proves nothing.

Each replaces one function, from outside. In a child it stays so until the child is killed; here it ends with the block.
"""

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, Engine, event, select
from sqlalchemy.engine import Connection

from wizard.google import Event, Google
from wizard.onboarding.vault import GrantVault
from wizard.practice.builtin import backoff
from wizard.store import leasing
from wizard.store.appointments import new_event_id
from wizard.store.database import db

Undo = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Twin:
    """`lacks`: the measure it goes without, in words. `suites`: those that have to catch it."""

    name: str
    lacks: str
    suites: tuple[str, ...]
    breaks: Callable[[], Undo]


def _replaced(holder: Any, name: str, by: Any) -> Undo:
    kept = holder.__dict__[name]
    setattr(holder, name, by)
    return lambda: setattr(holder, name, kept)


def _without_lease() -> Undo:
    """What was claimed is nobody else's, ever: the same as taking it out of a queue before it is done."""

    def never_again(row: type[leasing.Leased], _at: object) -> ColumnElement[bool]:
        return row.leased_until.is_(None)

    return _replaced(leasing, "is_free", never_again)


def _without_fence() -> Undo:
    """Whoever has carried a delivery out closes it, also one whose lease another has taken over meanwhile."""

    def close(
        row: type[leasing.Leased], row_id: int, _fence: int, is_open: ColumnElement[bool], **values: object
    ) -> bool:
        found = db.session.scalars(select(row).where(row.id == row_id, is_open)).one_or_none()
        for name, value in values.items() if found is not None else ():
            setattr(found, name, value)
        if found is not None:
            found.leased_until = None
            db.session.flush()
        return True

    def close_all(
        row: type[leasing.Leased], held: Collection[tuple[int, int]], is_open: ColumnElement[bool], **values: object
    ) -> set[int]:
        return {row_id for row_id, fence in held if close(row, row_id, fence, is_open, **values)}

    undo = (_replaced(leasing, "close", close), _replaced(leasing, "close_all", close_all))
    return lambda: [one() for one in undo]


def _with_fresh_ids() -> Undo:
    """Each try writes under an id of its own, as a program does that lets Google choose it."""
    write = Google.write

    def writes(google: Google, grant_id: int, calendar_id: str, event: Event) -> Event:
        return write(google, grant_id, calendar_id, replace(event, id=new_event_id()))

    return _replaced(Google, "write", writes)


def _synchronous(level: str) -> Callable[[], Undo]:
    def breaks() -> Undo:
        def connects(connection: Any, _record: object) -> None:
            connection.execute(f"PRAGMA synchronous={level}")

        event.listen(Engine, "connect", connects)
        return lambda: event.remove(Engine, "connect", connects)

    return breaks


def _without_refresh_lock() -> Undo:
    def lock(_vault: GrantVault, _grant_id: int) -> Any:
        return nullcontext()

    return _replaced(GrantVault, "lock", lock)


def _without_back_off() -> Undo:
    """Tries again a second later, whatever Google says."""
    return _replaced(backoff, "backoff", lambda *_arguments: 1.0)


def _statement_by_statement() -> Undo:
    """A migration of which each statement is committed by itself."""

    def commits(_connection: Connection, cursor: Any, statement: str, *_rest: object) -> None:
        if statement.strip().startswith(("CREATE", "ALTER", "DROP")):
            cursor.connection.execute("COMMIT")
            cursor.connection.execute("BEGIN IMMEDIATE")

    event.listen(Engine, "after_cursor_execute", commits)
    return lambda: event.remove(Engine, "after_cursor_execute", commits)


TWINS = {
    twin.name: twin
    for twin in (
        Twin("no lease", "a lease that runs out", ("R2", "R3"), _without_lease),
        Twin("no fence", "a fence that shuts out the late", ("R10.1",), _without_fence),
        Twin("fresh id", "an id that is stored before the first send", ("R1", "R2", "R12"), _with_fresh_ids),
        Twin("no fsync", "synchronous=FULL, OFF instead", ("R4",), _synchronous("OFF")),
        Twin("some fsync", "synchronous=FULL, NORMAL instead", ("R4",), _synchronous("NORMAL")),
        Twin("no refresh lock", "one refresh at a time", ("R5",), _without_refresh_lock),
        Twin("no back-off", "waits that grow", ("R7",), _without_back_off),
        Twin("no transaction", "one transaction for all of a migration", ("R2.14",), _statement_by_statement),
    )
}


@contextmanager
def broken(name: str) -> Iterator[None]:
    """This process is that twin; the empty name is the product itself."""
    undo = TWINS[name].breaks() if name else lambda: None
    try:
        yield
    finally:
        undo()
