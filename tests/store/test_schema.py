"""The migrations make the tables that the code means."""

import pytest
from flask import Flask
from flask_migrate import check
from sqlalchemy import inspect, text

from wizard.store import schema
from wizard.store.clinics import Clinic
from wizard.store.database import db


def test_nothing_is_missing_from_the_migrations(clinic: Clinic) -> None:
    assert clinic.id
    db.session.commit()

    check(directory=str(schema.MIGRATIONS))


def test_a_column_nobody_migrated_is_noticed(clinic: Clinic) -> None:
    assert clinic.id
    db.session.execute(text("ALTER TABLE people DROP COLUMN google_account"))
    db.session.commit()

    with pytest.raises(SystemExit):
        check(directory=str(schema.MIGRATIONS))


def test_every_table_but_locks_paces_and_votes_on_help_has_a_clinic(app: Flask) -> None:
    with app.app_context():
        tables = {
            name: {column["name"] for column in inspect(db.engine).get_columns(name)}
            for name in inspect(db.engine).get_table_names()
        }

    without = {name for name, columns in tables.items() if "clinic_id" not in columns}

    assert without == {"clinics", "deleted_clinics", "help_votes", "locks", "paces", "alembic_version"}
