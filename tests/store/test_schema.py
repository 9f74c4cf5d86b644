"""The migrations make the tables that the code means."""

from importlib.resources import files

import pytest
from flask import Flask
from flask_migrate import check
from sqlalchemy import inspect, text

from wizard.store import schema
from wizard.store.clinics import Clinic
from wizard.store.database import db


@pytest.mark.over_every_database
def test_nothing_is_missing_from_the_migrations(clinic: Clinic) -> None:
    assert clinic.id
    db.session.commit()

    check(directory=str(schema.MIGRATIONS))


@pytest.mark.over_every_database
def test_a_column_nobody_migrated_is_noticed(clinic: Clinic) -> None:
    assert clinic.id
    db.session.execute(text("ALTER TABLE people DROP COLUMN google_account"))
    db.session.commit()

    with pytest.raises(SystemExit):
        check(directory=str(schema.MIGRATIONS))


@pytest.mark.over_every_database
def test_every_table_but_locks_paces_and_votes_on_help_has_a_clinic(app: Flask) -> None:
    with app.app_context():
        tables = {
            name: {column["name"] for column in inspect(db.engine).get_columns(name)}
            for name in inspect(db.engine).get_table_names()
        }

    ours = {name: columns for name, columns in tables.items() if not name.startswith(schema.NOT_OURS)}
    without = {name for name, columns in ours.items() if "clinic_id" not in columns}

    assert without == {"clinics", "deleted_clinics", "help_votes", "locks", "paces", "alembic_version"}


def test_the_jobs_tables_are_those_of_the_version_that_is_installed() -> None:
    """Red: another procrastinate was pinned. What it changed of its tables comes by a migration of ours, with a new file."""
    ours = schema.MIGRATIONS / "procrastinate-3.10.0.sql"

    assert (files("procrastinate") / "sql" / "schema.sql").read_text() == ours.read_text()
