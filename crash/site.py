"""A clinic in full swing over one database: many people at many desks, every one of them authorized, and its Google.

It is opened through the store and the world, without a browser. What a front desk does there stands in `frontdesk`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import select

from crash.ledger import Booked, Count, Live, count
from crash.twins import TWINS
from e2e.fake_google import FakeGoogle, World
from e2e.launcher import TODAY
from wizard import tryout
from wizard.app import create_app
from wizard.clock import Clock
from wizard.config import Settings
from wizard.google import Permission
from wizard.google.events import MARK
from wizard.google.scopes import asked_for
from wizard.practice.builtin import furnish, personnel, settings
from wizard.practice.builtin.personnel import Details
from wizard.practice.builtin.sample import ZONE
from wizard.store import authorizations, clinics, grants, jobs, people, pins, schema, workstations
from wizard.store.appointments import Appointment
from wizard.store.database import db, of_clinic, only_reading
from wizard.store.deliveries import Delivery
from wizard.views.present import Services

CALENDAR = "PIMSY Calendar"
DOMAIN = "clinic.example"
LEASE_S = 60.0
SHORT_LEASE_S = 2.0
"""Where a kill is waited for in real time."""

SIGN_IN_S = 1.0
"""A killed refresher's lock lasts twice as long and two seconds more, which has to end within the lease and five."""

PATIENCE_S = 3.0
"""How long a question to the stand-in may take. It answers in a few milliseconds, on a machine that does nothing else."""


@dataclass(frozen=True, slots=True)
class Premises:
    """What a process needs to know to work at the same place: it can be handed to another one."""

    settings: Settings
    ahead_s: float  # of world time before this machine's clock
    twin: str = ""  # the broken twin it is to be; empty: the product

    def app(self, clock: Clock) -> Flask:
        if self.twin:
            TWINS[self.twin].breaks()
        return create_app(self.settings, clock)


@dataclass
class Site:
    """The installation as this process sees it, and the world it writes to."""

    app: Flask
    google: FakeGoogle
    settings: Settings
    people: int
    twin: str = ""

    @property
    def world(self) -> World:
        return self.google.world

    @property
    def lease_s(self) -> float:
        return self.settings.lease_s

    @property
    def services(self) -> Services:
        services: Services = self.app.extensions["wizard"]
        return services

    @property
    def background(self) -> Any:
        """The dispatcher, of which `Services` promises its views no more than that it can be woken."""
        return self.services.background

    def premises(self) -> Premises:
        return Premises(self.settings, self.world.clock.ahead_s, self.twin)

    def delivers(self) -> int:
        """What is due now is tried once; a fault in between is one that the thread would have logged."""
        try:
            tried: int = self.background.run_once()
        except Exception:  # noqa: BLE001 - the dispatcher's thread goes on after whatever broke, and so does this
            with self.app.app_context():
                db.session.rollback()
            return 1
        return tried

    def drains(self, at_most: timedelta = timedelta(hours=4), step_s: float = 20.0) -> None:
        """Nothing breaks any more, and time goes by until nothing is owed, or for as long as it may take."""
        self.world.faults.forget()
        until = self.world.now() + at_most
        while self.owed() and self.world.now() < until:
            while self.delivers():
                pass
            self.world.clock.advance(step_s)
            step_s = min(step_s * 1.5, 900.0)

    def owed(self) -> int:
        with inside(self.app), only_reading():
            return len(db.session.scalars(select(Delivery.id).where(Delivery.done_at.is_(None))).all())

    def jobs(self) -> int:
        """What is left of the workers' own queue: a killed worker's job keeps its account to itself until it is swept."""
        if self.settings.background != "workers":
            return 0
        with inside(self.app), only_reading():
            return len(jobs.living())

    def counts(self, answered: frozenset[str] = frozenset()) -> Count:
        return count(booked(self.app), live(self.world), answered)

    def close(self) -> None:
        self.services.google.close()
        with self.app.app_context():
            schema.close()


def account_of(person_id: int) -> str:
    """People are numbered from 1."""
    return f"person{person_id}@{DOMAIN}"


@contextmanager
def inside(app: Flask) -> Iterator[None]:
    """A transaction of the clinic, as a request is one."""
    with app.app_context():
        clinic = clinics.first()
        if clinic is None:
            raise LookupError("nobody opened a clinic here")
        with of_clinic(clinic.id):
            yield
            db.session.commit()


def booked(app: Flask) -> list[Booked]:
    """Every appointment the clinic committed that was to be sent."""
    with inside(app), only_reading():
        owed = set(db.session.scalars(select(Delivery.appointment_id).where(Delivery.done_at.is_(None))))
        calendars = {who.id: pin.calendar_id for who in people.ever() if (pin := pins.of(who.id))}
        return [
            Booked(
                row.event_id,
                calendars[row.person_id],
                row.starts_at,
                row.ends_at,
                row.cancelled_at is not None,
                row.id in owed,
            )
            for row in db.session.scalars(select(Appointment).where(Appointment.unsent == ""))
        ]


def live(world: World) -> list[Live]:
    """Every event that stands in anybody's calendar, known by our mark, or by its own id where it has none."""
    found = []
    with world.lock:
        for calendar in world.calendars.values():
            for event in calendar.events.values():
                if event.cancelled:
                    continue
                marks = event.resource.get("extendedProperties", {}).get("private", {})
                starts, ends = (datetime.fromisoformat(event.resource[side]["dateTime"]) for side in ("start", "end"))
                found.append(Live(marks.get(MARK, event.id), calendar.id, starts, ends))
    return found


def settings_at(
    folder: Path,
    google_url: str,
    database_url: str = "",
    patience_s: float = PATIENCE_S,
    sign_in_s: float = SIGN_IN_S,
    lease_s: float = LEASE_S,
) -> Settings:
    """The try-out's. A suite that holds questions up on purpose has less patience, a crowd more."""
    found = tryout.settings_for(folder, 5000, google_url, database_url)
    return replace(found, lease_s=lease_s, google_calendar_timeout_s=patience_s, google_sign_in_timeout_s=sign_in_s)


def opened(google: FakeGoogle, settings: Settings, people_count: int = 4, desk_count: int = 2) -> Site:
    """A migrated database with one clinic in it; the world begins today."""
    google.world.reset()
    google.world.clock.set(TODAY)
    app = create_app(settings, google.world.now)
    schema.bring_up_to_date(app)
    with app.app_context():
        _open_clinic(app, google.world, people_count, desk_count)
    return Site(app, google, settings, people_count)


def _open_clinic(app: Flask, world: World, people_count: int, desk_count: int) -> None:
    now = world.now()
    clinic = clinics.Clinic(name="Maple Clinic", zone_name=ZONE, practice="builtin", agreement="yes", created_at=now)
    db.session.add(clinic)
    db.session.flush()
    with of_clinic(clinic.id):
        desks = [workstations.add(f"Front desk {number}", now) for number in range(1, desk_count + 1)]
        everyone = [people.add(f"Person {number}", account_of(number)) for number in range(1, people_count + 1)]
        furnish(everyone, now)
        settings.save({settings.SYNC: "True"}, at=now, who="Dana Hill", workstation_id=desks[0].id)
        for person in everyone:
            world.adds_account(person.google_account, DOMAIN)
            _authorize(app, world, person, desks)
        db.session.commit()


def _authorize(app: Flask, world: World, person: people.Person, desks: list[workstations.Workstation]) -> None:
    """Steps 1, 4 and 6 of one person, at every desk: both permissions are given."""
    now, account, cipher = world.now(), person.google_account, app.extensions["wizard"].cipher
    sub, calendar = world.account(account).sub, world.adds_calendar(account, CALENDAR)
    personnel.save(
        person, Details(account, False, "Clinician", ""), at=now, who="Dana Hill", workstation_id=desks[0].id
    )
    pins.add(person.id, desks[0].id, sub, calendar.id, now)
    for permission in Permission:
        tokens = world.grants_token(account, permission.value, list(asked_for(permission)))
        grant = grants.add(person.id, desks[0].id, permission.value, sub, now)
        grant.email, grant.hd, grant.expires_at = account, DOMAIN, now + timedelta(hours=1)
        grant.scopes = sorted(asked_for(permission))
        grant.refresh_token = cipher.encrypt(tokens["refresh_token"])
        grant.access_token = cipher.encrypt(tokens["access_token"])
        db.session.flush()
    for desk in desks:
        authorizations.add(person.id, desk.id, grant.id, sub, grant.generation, now)  # of the one that writes
