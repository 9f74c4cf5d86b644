"""A whole clinic: every row that carries its number, to be handed over or deleted, whatever tables there are."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Table, delete, func, select

from wizard.store import clinics
from wizard.store.clinics import Clinic
from wizard.store.database import db, of_every_clinic, present_clinic
from wizard.store.deleted_clinics import DeletedClinic
from wizard.store.grants import Grant
from wizard.store.locks import Lock
from wizard.store.paces import Pace
from wizard.store.workstations import Workstation

KEPT_BACK: Final = {
    "administrators": frozenset({"password_digest"}),
    "attempts": frozenset({"state", "browser", "secret", "held"}),
    "browsers": frozenset({"digest"}),
    "grants": frozenset({"refresh_token", "access_token"}),
    "mails": frozenset({"words"}),
    "one_time_links": frozenset({"digest"}),
    "personal_links": frozenset({"digest"}),
    "read_marks": frozenset({"token"}),
    "sessions": frozenset({"digest"}),
    "support_looks": frozenset({"digits"}),
    "workstations": frozenset({"code"}),
}
"""Columns that never leave: tokens, digests of passwords and of links, and what is encrypted."""


@dataclass(frozen=True, slots=True)
class Rows:
    """One table's rows of the clinic, and the columns of it that are kept back."""

    table: str
    rows: list[dict[str, Any]]
    kept_back: tuple[str, ...]


def everything() -> Iterator[Rows]:
    """The clinic's own row, then every table's, what is referred to before what refers to it; secrets are kept back."""
    for table in [_clinics(), *_tables()]:
        secret = KEPT_BACK.get(table.name, frozenset())
        query = select(*(column for column in table.c if column.name not in secret)).where(_is_ours(table))
        found = db.session.execute(query.order_by(*table.primary_key)).mappings()
        yield Rows(table.name, [dict(row) for row in found], tuple(sorted(secret)))


def erase(at: datetime) -> int:
    """Delete the clinic and every row of it; how many rows. Nothing of another clinic is touched.

    The caller ends the transaction, and hands no row of the clinic on. The log lets go only of a clinic that has ended.
    """
    clinics.present().ended_at = at
    db.session.flush()
    with of_every_clinic():
        own = select(Grant.id, Grant.sub).where(Grant.clinic_id == present_clinic())
        grants = [(row.id, row.sub) for row in db.session.execute(own)]
        newest = select(func.max(Workstation.id)).where(Workstation.clinic_id == present_clinic())
        last_workstation = db.session.scalars(newest).one() or 0
    db.session.add(DeletedClinic(number=present_clinic(), ended_at=at, last_workstation=last_workstation))
    db.session.flush()
    deleted = sum(_delete(table) for table in reversed(_tables())) + _delete(_clinics())
    _forget_locks(grants)
    db.session.expunge_all()
    return deleted


def _tables() -> list[Table]:
    return [table for table in db.metadata.sorted_tables if "clinic_id" in table.c]


def _clinics() -> Table:
    return db.metadata.tables[Clinic.__tablename__]


def _is_ours(table: Table) -> ColumnElement[bool]:
    return (table.c.id if table is _clinics() else table.c.clinic_id) == present_clinic()


def _delete(table: Table) -> int:
    done = db.session.execute(delete(table).where(_is_ours(table)))
    return int(done.rowcount)  # type: ignore[attr-defined]  # CursorResult, which Session.execute's type hides


def _forget_locks(grants: list[tuple[int, str]]) -> None:
    """A lock or a pace belongs to no clinic, and is named after a grant or an account: one that no other clinic uses goes, too."""
    with of_every_clinic():
        used = set(db.session.scalars(select(Grant.sub).where(Grant.sub.in_({sub for _, sub in grants}))))
    names = {f"grant/{grant_id}" for grant_id, _ in grants} | {f"account/{sub}" for _, sub in grants if sub not in used}
    for table in (Lock, Pace):
        db.session.execute(delete(table).where(table.name.in_(names)).execution_options(synchronize_session=False))
