"""Maria's office with everything set up but what a test is about: what she booked, and what is owed to Google for it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import Flask

from e2e.fake_google import FakeGoogle
from e2e.launcher import TODAY
from wizard.background.dispatcher import Dispatcher, Limits
from wizard.background.jobs import Jobs
from wizard.clock import Clock
from wizard.practice.builtin import calendar, personnel, settings
from wizard.practice.builtin.errand import Turn
from wizard.practice.builtin.personnel import Details
from wizard.practice.builtin.typed import Rules, Wish
from wizard.store import (
    appointments,
    authorizations,
    clients,
    clinics,
    deliveries,
    grants,
    jobs,
    people,
    pins,
    postgresql,
    workstations,
)
from wizard.store.appointments import Appointment
from wizard.store.database import db, of_clinic
from wizard.store.deliveries import Delivery
from wizard.store.grants import Grant
from wizard.views.present import Services

ACCOUNT, CALENDAR = "maria@clinic.example", "PIMSY Calendar"
NINE = TODAY + timedelta(hours=23)  # Tuesday, 9:00 AM
TEN = NINE + timedelta(hours=1)
LEASE = timedelta(seconds=60)


@dataclass
class Office:
    """Every verb is a transaction of its own, as a request is. People and desks are numbered from 1."""

    app: Flask
    google: FakeGoogle
    now: datetime = TODAY

    def clock(self) -> datetime:
        """Stands still, so that a test can reckon with it; Google's own goes on beside it."""
        return self.now

    def waits(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)
        self.google.world.clock.advance(seconds)

    @property
    def services(self) -> Services:
        services: Services = self.app.extensions["wizard"]
        return services

    @contextmanager
    def inside(self) -> Iterator[None]:
        with self.app.app_context():
            clinic = clinics.first()
            assert clinic is not None
            with of_clinic(clinic.id):
                yield
                db.session.commit()

    def opens(self) -> None:
        """-233 is True, the folder names the account, the calendar is pinned, and two desks have names."""
        self.google.world.adds_calendar(ACCOUNT, CALENDAR)
        with self.inside():
            for name in ("Front desk 1", "Front desk 2"):
                workstations.add(name, self.now)
        self.turns_setting("True")
        self.saves_folder(ACCOUNT)
        self.pins_calendar()

    def turns_setting(self, value: str) -> None:
        with self.inside():
            settings.save({settings.SYNC: value}, at=self.now, who="Dana Hill", workstation_id=1)

    def saves_folder(self, account: str, *, is_suspended: bool = False) -> None:
        with self.inside():
            details = Details(account, is_suspended, profile="Clinician", email="")
            personnel.save(people.everyone()[0], details, at=self.now, who="Dana Hill", workstation_id=1)

    def pins_calendar(self, owner: str = ACCOUNT) -> None:
        """Maria's is that of this account from now on."""
        with self.inside():
            found = self.google.world.calendar_of(owner, CALENDAR)
            pins.add(1, 1, self.google.world.account(owner).sub, found.id, self.now)
            deliveries.hasten(self.now, 1)

    def accepts(self, desk: int = 1) -> None:
        """Maria lets the integration write, at this desk; where the grant was seen dead, its next generation begins."""
        tokens = self.google.world.grants_token(ACCOUNT, "integration", ["openid", "email", "calendar.events.owned"])
        with self.inside():
            sub = self.google.world.account(ACCOUNT).sub
            grant = grants.of(1, "integration") or grants.add(1, desk, "integration", sub, self.now)
            if grant.is_dead:
                grant.generation, grant.since = grant.generation + 1, self.now + timedelta(seconds=1)
            grant.email, grant.expires_at = ACCOUNT, self.now + timedelta(hours=1)
            grant.refresh_token = self.services.cipher.encrypt(tokens["refresh_token"])
            grant.access_token = self.services.cipher.encrypt(tokens["access_token"])
            grant.version += 1
            db.session.flush()
            authorizations.add(1, desk, grant.id, sub, grant.generation, self.now)

    def is_accepted(self) -> bool:
        with self.inside():
            return grants.of(1, "integration") is not None

    def books(self, starts_at: datetime = NINE, desk: int = 1) -> int:
        """Ten minutes for the test client."""
        with self.inside():
            return self._book(starts_at, desk)

    def _book(self, starts_at: datetime, desk: int) -> int:
        maria, clinic = people.everyone()[0], clinics.present()
        wish = Wish(clients.of_people([1])[0].id, "TEST", "Main office", starts_at, 10)
        rules = Rules(clinic.zone, clinic.grid_minutes)
        return calendar.book(maria, desk, wish, rules, at=self.now, who="Dana Hill").id

    def moves(self, appointment_id: int, starts_at: datetime) -> None:
        with self.inside():
            maria, clinic = people.everyone()[0], clinics.present()
            rules = Rules(clinic.zone, clinic.grid_minutes)
            calendar.move(maria, self.appointment(appointment_id), starts_at, rules, at=self.now, who="Dana Hill")

    def cancels(self, appointment_id: int) -> None:
        with self.inside():
            calendar.cancel(people.everyone()[0], self.appointment(appointment_id), at=self.now, who="Dana Hill")

    def claims(self, delivery: Delivery) -> Turn:
        """What a worker holds that is about to be late: the lease runs out, and it does not notice."""
        with self.inside():
            fence = deliveries.claim(delivery.id, delivery.fence, self.now, self.now + LEASE)
            assert fence is not None
        never = self.now + timedelta(days=1)
        return Turn(delivery.id, fence, never, never)

    def delivers(self, after: float = 0) -> int:
        """What the dispatcher, or the workers, try when so many seconds have passed."""
        self.waits(after)
        dispatcher, settings = self.dispatcher(), self.services.settings
        if settings.background == "thread":
            return dispatcher.run_once()
        doors = {jobs.DELIVER: dispatcher.try_one}
        conninfo = postgresql.conninfo(settings.database_url)
        workers = Jobs(self.app, self.clock, conninfo, doors, lease_s=LEASE.total_seconds(), at_a_time=4)
        return workers.run_once()

    def dispatcher(self, clock: Clock | None = None, limits: Limits | None = None) -> Dispatcher:
        lease_s = LEASE.total_seconds()
        return Dispatcher(self.app, self.services.google, clock or self.clock, lease_s, lambda: 0.5, limits)

    def appointment_undone(self, starts_at: datetime) -> None:
        """Booked, and the transaction of it rolled back."""
        self._book(starts_at, 1)
        db.session.rollback()

    def breaks_zone_of(self, appointment_id: int) -> None:
        """Nobody can write down when it begins."""
        self.appointment(appointment_id).zone_name = "Nowhere/Atall"

    def appointment(self, appointment_id: int) -> Appointment:
        found = appointments.find(appointment_id)
        assert found is not None
        return found

    def reads(self, appointment_id: int) -> Appointment:
        with self.inside():
            return self.appointment(appointment_id)

    def owes(self, appointment_id: int) -> Delivery | None:
        """What Google has not confirmed of it yet."""
        with self.inside():
            return deliveries.open_of([appointment_id]).get(appointment_id)

    def owes_surely(self, appointment_id: int) -> Delivery:
        delivery = self.owes(appointment_id)
        assert delivery is not None
        return delivery

    def grant(self) -> Grant:
        with self.inside():
            found = grants.of(1, "integration")
            assert found is not None
            return found

    def on_google(self) -> list[datetime]:
        """When the appointments begin that stand in PIMSY Calendar."""
        events = self.google.world.events_in(ACCOUNT, CALENDAR)
        return [datetime.fromisoformat(event["start"]["dateTime"]).astimezone(TODAY.tzinfo) for event in events]

    def asked(self) -> list[str]:
        """The questions to Google's calendar so far."""
        return [call.method for call in self.google.world.calls() if call.method.startswith("events.")]
