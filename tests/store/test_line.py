"""On PostgreSQL those who write for one clinic wait for each other, and nobody waits for another clinic."""

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import psycopg
import pytest
from flask import Flask
from sqlalchemy import text

from tests.databases import CHOICES, conninfo
from wizard.config import Settings
from wizard.store import clinics, locks, people
from wizard.store.clinics import Clinic
from wizard.store.database import db, of_clinic, of_every_clinic, only_reading

pytestmark = pytest.mark.parametrize("database", CHOICES["postgres"], indirect=True)

NOW = datetime(2026, 11, 23, 15, tzinfo=UTC)
WAITING = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"


def begins(app: Flask, does: Callable[[], None]) -> threading.Thread:
    """In a thread and an app of its own, as a request is."""

    def run() -> None:
        with app.app_context():
            does()
            db.session.commit()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def adds_a_minute(clinic_id: int) -> Callable[[], None]:
    def add() -> None:
        with of_clinic(clinic_id):
            clinics.present().grid_minutes += 1

    return add


@pytest.fixture
def other(clinic: Clinic) -> int:
    """The id of a second clinic."""
    row = Clinic(name="Elm Clinic", zone_name="America/Chicago", practice="builtin", created_at=NOW)
    db.session.add(row)
    db.session.commit()
    return row.id


def test_who_writes_for_the_same_clinic_waits_and_reads_what_was_written_before(
    app: Flask, clinic: Clinic, settings: Settings
) -> None:
    clinic.grid_minutes = 10
    db.session.commit()
    clinics.present().grid_minutes += 1
    db.session.flush()

    second = begins(app, adds_a_minute(clinic.id))
    with psycopg.connect(conninfo(settings.database_url), autocommit=True) as watching:
        while watching.execute(WAITING).fetchone() != (1,):
            pass
    db.session.commit()
    second.join()

    db.session.expire_all()
    assert clinics.present().grid_minutes == 12


def test_who_writes_for_another_clinic_goes_on(app: Flask, clinic: Clinic, other: int) -> None:
    clinics.present().grid_minutes = 11
    db.session.flush()

    elsewhere = begins(app, adds_a_minute(other))
    elsewhere.join(10)

    assert not elsewhere.is_alive()
    db.session.rollback()
    assert db.session.get_one(Clinic, other).grid_minutes == 11


def test_who_reads_or_asks_about_every_clinic_takes_no_turn(clinic: Clinic) -> None:
    held = text("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()")
    db.session.commit()

    with only_reading():
        people.everyone()
        reading = db.session.execute(held).scalar()
        db.session.commit()
    people.everyone()
    writing = db.session.execute(held).scalar()
    db.session.commit()
    after = db.session.execute(held).scalar()  # the clinic's turn again: this test stands inside of it
    db.session.commit()

    assert (reading, writing, after) == (0, 1, 1)


def test_before_the_clinic_is_known_nobody_waits(app: Flask, clinic: Clinic) -> None:
    clinics.present().grid_minutes = 11
    db.session.flush()
    seen: list[int] = []

    def asks() -> None:
        with of_every_clinic():
            seen.append(len(people.everyone()))

    asking = threading.Thread(target=lambda: begins(app, asks).join())
    asking.start()
    asking.join(10)

    assert seen == [4]
    db.session.rollback()


def test_of_two_who_take_a_new_lock_at_once_one_has_it(app: Flask, clinic: Clinic, settings: Settings) -> None:
    """A lock belongs to no clinic, so nobody's turn keeps the two apart: the row does."""
    waits = "SELECT count(*) FROM pg_locks WHERE locktype = 'transactionid' AND NOT granted"
    db.session.rollback()
    taken: list[int | None] = []
    with app.app_context():
        taken.append(locks.take("account/1", NOW, timedelta(seconds=10)))

        second = threading.Thread(
            target=lambda: begins(app, lambda: taken.append(locks.take("account/1", NOW, timedelta(seconds=10)))).join()
        )
        second.start()
        with psycopg.connect(conninfo(settings.database_url), autocommit=True) as watching:
            while watching.execute(waits).fetchone() != (1,):
                pass
        db.session.commit()
        second.join()

    assert taken == [1, None]
