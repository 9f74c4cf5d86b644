"""The database brought up to date: the migrations are the only way tables come to be."""

from pathlib import Path

from flask import Flask
from flask_migrate import Migrate, upgrade
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError, OperationalError

from wizard.store import (  # noqa: F401 - each import makes its table known
    administrators,
    answers,
    appointments,
    attempts,
    authorizations,
    browsers,
    clients,
    clinics,
    deleted_clinics,
    deliveries,
    drifts,
    folders,
    grants,
    help_votes,
    links,
    locks,
    log,
    mails,
    needs,
    patrols,
    people,
    personal_links,
    pins,
    practice_settings,
    read_marks,
    seen_events,
    sessions,
    sightings,
    slots,
    support_looks,
    workstations,
)
from wizard.store.database import db

NOT_OURS = "procrastinate_"
"""How the names of tables begin that belong to somebody else; there are some on PostgreSQL."""

MIGRATIONS = Path(__file__).resolve().parents[2] / "migrations"


def install(app: Flask) -> None:
    Migrate(app, db, directory=str(MIGRATIONS), render_as_batch=True)


class NotOpened(Exception):
    """No database answers under the configured address; the driver's own words, which hold no password."""


def check_address(database_url: str) -> None:
    """Whether it names a kind of database whose driver is installed; nothing is connected. Raises NotOpened."""
    try:
        make_url(database_url).get_dialect().import_dbapi()
    except (ArgumentError, ImportError) as error:
        raise NotOpened(f"{error}. SQLite is there from the start; PostgreSQL needs its driver, psycopg") from error


def bring_up_to_date(app: Flask) -> None:
    """Run the migrations this database has not had yet; one that is up to date is left alone.

    Raises NotOpened.
    """
    with app.app_context():
        try:
            upgrade(directory=str(MIGRATIONS))
        except OperationalError as error:
            raise NotOpened(str(error.orig).splitlines()[0]) from error


def close() -> None:
    """Give back every connection, so that the database's file is whole and free."""
    db.session.remove()
    db.engine.dispose()
