"""The log is append-only on PostgreSQL, too: by its own triggers, whatever sends the statement."""

from collections.abc import Iterator

import psycopg
import pytest
from psycopg.errors import RaiseException

from e2e.launcher import TODAY
from tests.databases import CHOICES, conninfo
from tests.store.test_log import CHANGED, KEPT
from wizard.config import Settings
from wizard.store import log
from wizard.store.clinics import Clinic
from wizard.store.database import db

pytestmark = pytest.mark.parametrize("database", CHOICES["postgres"], indirect=True)

REFUSED = [
    ("UPDATE log SET who = 'somebody else'", CHANGED),
    ("UPDATE log SET id = 2 WHERE id = 1", CHANGED),
    ("UPDATE log SET clinic_id = clinic_id", CHANGED),
    ("DELETE FROM log", KEPT),
    ("DELETE FROM log WHERE id = 1", KEPT),
    ("TRUNCATE log", CHANGED),
    ("TRUNCATE clinics CASCADE", CHANGED),
    ("INSERT INTO log SELECT * FROM log ON CONFLICT (id) DO UPDATE SET who = 'somebody else'", CHANGED),
    (
        "MERGE INTO log USING clinics ON log.clinic_id = clinics.id WHEN MATCHED THEN UPDATE SET who = 'somebody else'",
        CHANGED,
    ),
]


@pytest.fixture
def elsewhere(clinic: Clinic, settings: Settings) -> Iterator[psycopg.Connection]:
    """Two things were done; and somebody opens the database without this program."""
    for what in ("person added", "person left the clinic"):
        log.add(what, at=TODAY, who="Dana Hill")
    db.session.commit()
    with psycopg.connect(conninfo(settings.database_url), autocommit=True) as connection:
        yield connection


def test_no_row_is_changed_or_taken_away(elsewhere: psycopg.Connection) -> None:
    before = elsewhere.execute("SELECT * FROM log ORDER BY id").fetchall()

    for statement, why in REFUSED:
        with pytest.raises(RaiseException, match=why):
            elsewhere.execute(statement.encode())

    assert len(before) == 2
    assert elsewhere.execute("SELECT * FROM log ORDER BY id").fetchall() == before
