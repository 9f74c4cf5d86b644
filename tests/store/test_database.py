"""Every query of clinic rows is bound to a clinic, and what reads and then writes loses nothing."""

import threading
from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy.exc import StatementError

from wizard.store import clinics, people, workstations
from wizard.store.clinics import Clinic
from wizard.store.database import NoClinic, db, of_clinic, only_reading
from wizard.store.people import Person

pytestmark = pytest.mark.over_every_database

NOW = datetime(2026, 11, 23, 15, tzinfo=UTC)


@pytest.fixture
def another_clinic(clinic: Clinic) -> int:
    """A second clinic of the same installation, with one person."""
    assert clinic.id
    other = Clinic(name="Elm Clinic", zone_name="America/Chicago", practice="builtin", created_at=NOW)
    db.session.add(other)
    db.session.flush()
    with of_clinic(other.id):
        db.session.add(Person(name="Eve Elm"))
        db.session.commit()
    return other.id


def test_a_query_raises_when_nobody_said_which_clinic(app: Flask) -> None:
    with app.app_context(), pytest.raises(NoClinic):
        people.everyone()


def test_a_row_raises_when_nobody_said_whose_it_is(app: Flask) -> None:
    with app.app_context(), pytest.raises(StatementError, match="NoClinic"):
        workstations.add("Front desk 1", NOW)


def test_people_of_another_clinic_are_not_seen(another_clinic: int) -> None:
    here = [person.name for person in people.everyone()]
    with of_clinic(another_clinic):
        there = people.everyone()

    assert here == ["Maria Lopez", "Joe Hale", "Sam Reed", "Ana Brook"]
    assert [person.name for person in there] == ["Eve Elm"]
    assert people.find(there[0].id) is None


def test_a_time_without_a_zone_is_refused(clinic: Clinic) -> None:
    clinic.created_at = NOW.replace(tzinfo=None)

    with pytest.raises(StatementError, match="without a zone"):
        db.session.flush()


def test_nothing_is_lost_when_four_read_and_then_write(app: Flask, clinic: Clinic) -> None:
    clinic.grid_minutes = 0
    db.session.commit()

    def add_fifty() -> None:
        with app.app_context(), of_clinic(clinic.id):
            for _ in range(50):
                row = clinics.present()
                row.grid_minutes += 1
                db.session.commit()
                db.session.expire_all()

    threads = [threading.Thread(target=add_fifty) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    db.session.expire_all()
    assert clinics.present().grid_minutes == 4 * 50


def test_a_page_is_read_while_somebody_writes(app: Flask, clinic: Clinic) -> None:
    clinic.name = "Being renamed"
    db.session.flush()
    seen: list[str] = []

    def read() -> None:
        with app.app_context(), of_clinic(clinic.id), only_reading():
            seen.append(clinics.present().name)

    reader = threading.Thread(target=read)
    reader.start()
    reader.join(5)

    assert seen == ["Maple Clinic"]
