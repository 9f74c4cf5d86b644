"""The dispatcher's thread: it goes on by itself, it ends when told, and no single row stops it."""

import logging
import threading
from datetime import datetime

import pytest

from tests.background.office import NINE, TEN, Office
from wizard.store import authorizations, clients, clinics, deliveries, grants, workstations
from wizard.store.appointments import Appointment
from wizard.store.database import db, of_clinic
from wizard.store.people import Person

LONG_S = 10.0


class Watched:
    """A clock that tells when it is looked at."""

    def __init__(self, at: datetime) -> None:
        self.at, self.seen = at, threading.Event()

    def __call__(self) -> datetime:
        self.seen.set()
        return self.at

    def is_looked_at(self) -> bool:
        self.seen.clear()
        return self.seen.wait(LONG_S)


def test_the_thread_sends_what_is_owed_and_ends_when_told(office: Office) -> None:
    office.accepts()
    booked = office.books()
    clock = Watched(office.now)
    dispatcher = office.dispatcher(clock=clock)

    dispatcher.start()
    looked = clock.is_looked_at()
    dispatcher.stop()
    later = office.books(TEN)

    assert looked
    assert (office.on_google(), office.owes(booked)) == ([NINE], None)
    assert office.owes(later) is not None


def test_waking_makes_it_look_again(office: Office) -> None:
    clock = Watched(office.now)
    dispatcher = office.dispatcher(clock=clock)
    dispatcher.start()
    assert clock.is_looked_at()

    dispatcher.wake()
    looked = clock.is_looked_at()
    dispatcher.stop()

    assert looked


def test_a_fault_of_ours_parks_its_row_alone(office: Office, caplog: pytest.LogCaptureFixture) -> None:
    office.accepts()
    broken, sound = office.books(), office.books(TEN)
    with office.inside():
        office.appointment(broken).zone_name = "Nowhere/Atall"

    with caplog.at_level(logging.ERROR):
        tried = office.delivers()
    parked = office.owes_surely(broken)

    assert (tried, office.on_google(), office.owes(sound)) == (2, [TEN], None)
    assert (parked.reason, parked.tries, (parked.due_at - office.now).total_seconds()) == ("OUR-FAULT", 1, 1.5)
    assert f"delivery {parked.id} is put back" in caplog.text


def test_a_mended_fault_is_delivered(office: Office) -> None:
    office.accepts()
    broken = office.books()
    with office.inside():
        office.appointment(broken).zone_name = "Nowhere/Atall"
    office.delivers()
    with office.inside():
        office.appointment(broken).zone_name = "America/New_York"

    office.delivers(after=2)

    assert (office.on_google(), office.owes(broken)) == ([NINE], None)


def test_each_clinic_is_served_by_its_own_rules(office: Office) -> None:
    office.accepts()
    office.books()
    with office.app.app_context():
        oak = clinics.Clinic(name="Oak", zone_name="America/Chicago", practice="builtin", created_at=office.now)
        db.session.add(oak)
        db.session.flush()
        with of_clinic(oak.id):
            delivery_id = _owed_where_nothing_is_set_up(office.now).id
            db.session.commit()
        oak_id = oak.id

    tried = office.delivers()

    with office.app.app_context(), of_clinic(oak_id):
        held = deliveries.find(delivery_id)
    assert held is not None
    assert (tried, office.on_google(), held.reason) == (2, [NINE], "SET-OFF")


def _owed_where_nothing_is_set_up(at: datetime) -> deliveries.Delivery:
    """Somebody accepted at a desk of this clinic, whose -233 nobody ever turned on."""
    kim, desk = Person(name="Kim Wood"), workstations.add("Oak desk", at)
    db.session.add(kim)
    db.session.flush()
    client = clients.add(kim.id, "Test Client", is_test=True)
    grant = grants.add(kim.id, desk.id, "integration", "2", at)
    db.session.flush()
    authorizations.add(kim.id, desk.id, grant.id, "2", 1, at)
    appointment = Appointment(
        person_id=kim.id,
        workstation_id=desk.id,
        client_id=client.id,
        starts_at=TEN,
        zone_name="America/Chicago",
        minutes=10,
        booked_at=at,
        changed_at=at,
    )
    db.session.add(appointment)
    db.session.flush()
    return deliveries.add(appointment, at)
