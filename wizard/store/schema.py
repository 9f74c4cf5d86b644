"""The database brought up to date: the migrations are the only way tables come to be."""

from pathlib import Path

from flask import Flask
from flask_migrate import Migrate, upgrade

from wizard.store import (  # noqa: F401 - each import makes its table known
    administrators,
    answers,
    appointments,
    attempts,
    authorizations,
    clients,
    clinics,
    deliveries,
    folders,
    grants,
    help_votes,
    links,
    locks,
    log,
    people,
    pins,
    practice_settings,
    sessions,
    sightings,
    slots,
    support_looks,
    workstations,
)
from wizard.store.database import db

MIGRATIONS = Path(__file__).resolve().parents[2] / "migrations"


def install(app: Flask) -> None:
    Migrate(app, db, directory=str(MIGRATIONS), render_as_batch=True)


def bring_up_to_date(app: Flask) -> None:
    """Run the migrations this database has not had yet; one that is up to date is left alone."""
    with app.app_context():
        upgrade(directory=str(MIGRATIONS))


def close() -> None:
    """Give back every connection, so that the database's file is whole and free."""
    db.session.remove()
    db.engine.dispose()
