"""The log is append-only in the database itself, whatever sends the statement."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta

import pytest
from flask_migrate import downgrade
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError

from e2e.launcher import TODAY
from wizard.config import Settings
from wizard.store import log, schema
from wizard.store.clinics import Clinic
from wizard.store.database import db

CHANGED, KEPT = "the log is never changed", "the log is kept while its clinic lives"
REPLACES = (
    "INSERT OR REPLACE INTO log (id, at, who, what, detail, address, clinic_id) "
    "VALUES (1, '2026-11-23', 'somebody else', 'nothing', '', '', 1)"
)
REFUSED = [
    ("UPDATE log SET who = 'somebody else'", CHANGED),
    ("UPDATE log SET at = '2020-01-01' WHERE id = 1", CHANGED),
    ("UPDATE OR REPLACE log SET id = 2 WHERE id = 1", CHANGED),
    ("UPDATE log SET clinic_id = clinic_id", CHANGED),
    ("DELETE FROM log", KEPT),
    ("DELETE FROM log WHERE id = 1", KEPT),
    (REPLACES, CHANGED),
    (REPLACES.replace("INSERT OR REPLACE", "REPLACE"), CHANGED),
    ("INSERT INTO log SELECT * FROM log WHERE true ON CONFLICT (id) DO UPDATE SET who = 'somebody else'", CHANGED),
]


@pytest.fixture
def noted(clinic: Clinic) -> int:
    """Two things were done; the clinic's number."""
    for what in ("person added", "person left the clinic"):
        log.add(what, at=TODAY, who="Dana Hill")
    db.session.commit()
    return clinic.id


@pytest.fixture
def elsewhere(settings: Settings) -> Iterator[sqlite3.Connection]:
    """Somebody who opens the file without this program: the database knows none of our settings."""
    with closing(sqlite3.connect(settings.data_dir / "wizard.sqlite", isolation_level=None)) as connection:
        yield connection


def rows() -> list[tuple[object, ...]]:
    found = [tuple(row) for row in db.session.execute(text("SELECT * FROM log ORDER BY id"))]
    db.session.commit()
    return found


@pytest.mark.sqlite_alone
@pytest.mark.parametrize(("statement", "why"), REFUSED)
def test_no_row_is_changed_or_taken_away(noted: int, statement: str, why: str) -> None:
    before = rows()

    with pytest.raises(IntegrityError, match=why):
        db.session.execute(text(statement))
    db.session.rollback()

    assert noted == 1
    assert (len(before), rows()) == (2, before)


@pytest.mark.sqlite_alone
@pytest.mark.parametrize("recursive", ["ON", "OFF"])
@pytest.mark.parametrize(("statement", "why"), REFUSED)
def test_nor_by_somebody_who_opens_the_file(
    noted: int, elsewhere: sqlite3.Connection, statement: str, why: str, recursive: str
) -> None:
    """REPLACE fires no trigger of DELETE where recursive_triggers is off, which is how SQLite begins."""
    before = rows()
    elsewhere.execute(f"PRAGMA recursive_triggers={recursive}")

    with pytest.raises(sqlite3.IntegrityError, match=why):
        elsewhere.execute(statement)

    assert noted == 1
    assert rows() == before


@pytest.mark.over_every_database
def test_of_a_clinic_that_has_ended_the_log_may_go_and_no_other(noted: int) -> None:
    db.session.execute(text("UPDATE clinics SET ended_at = '2026-11-23' WHERE id = :id"), {"id": noted})

    gone = db.session.execute(text("DELETE FROM log"))
    db.session.commit()

    assert gone.rowcount == 2  # type: ignore[attr-defined]
    assert rows() == []


@pytest.mark.over_every_database
def test_a_log_that_is_let_go_of_may_be_changed_as_little(noted: int) -> None:
    db.session.execute(text("UPDATE clinics SET ended_at = '2026-11-23' WHERE id = :id"), {"id": noted})

    with pytest.raises(DBAPIError, match=CHANGED):
        db.session.execute(text("UPDATE log SET who = 'somebody else'"))
    db.session.rollback()


@pytest.mark.over_every_database
def test_without_its_migration_a_row_can_be_changed(noted: int) -> None:
    """The twin: it is these triggers that refuse, and nothing else would."""
    downgrade(directory=str(schema.MIGRATIONS), revision="0005")

    db.session.execute(text("UPDATE log SET who = 'somebody else'"))
    db.session.commit()

    assert noted == 1
    assert {row[2] for row in rows()} == {"somebody else"}


def test_what_is_noted_carries_the_address_it_came_from(clinic: Clinic) -> None:
    with log.coming_from("192.0.2.7"):
        log.add("signed in", at=TODAY, who="Dana Hill")
    log.add("signed out", at=TODAY, who="Dana Hill")
    db.session.commit()

    assert [(row.what, row.address) for row in log.everything(log.Asked())] == [
        ("signed out", ""),
        ("signed in", "192.0.2.7"),
    ]
    assert clinic.id == 1


def test_pages_of_the_log_follow_each_other_without_gap_or_repeat(clinic: Clinic) -> None:
    for number in range(7):
        log.add(f"thing {number}", at=TODAY + timedelta(days=number), who="Dana Hill", person_id=number % 2)
    db.session.commit()

    first = log.newest(log.Asked(), 3)
    second = log.newest(log.Asked(), 3, before=first[-1].id)
    log.add("meanwhile", at=TODAY, who="Dana Hill")
    third = log.newest(log.Asked(), 3, before=second[-1].id)

    assert [row.what for row in (*first, *second, *third)] == [f"thing {number}" for number in reversed(range(7))]
    assert clinic.id == 1


def test_the_filter_takes_a_person_and_a_span(clinic: Clinic) -> None:
    for number in range(6):
        log.add(f"thing {number}", at=TODAY + timedelta(days=number), who="Dana Hill", person_id=number % 2)
    db.session.commit()
    asked = log.Asked(person_id=1, since=TODAY + timedelta(days=1), until=TODAY + timedelta(days=5))

    assert [row.what for row in log.everything(asked)] == ["thing 3", "thing 1"]
    assert clinic.id == 1
