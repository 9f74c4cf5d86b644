"""Maria is proven at Front desk 1 of Maple Clinic, and the patrol walks when a test says so."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any, TypeVar

from flask import Flask

from e2e.compiled import compiles_once
from e2e.fake_google import FakeGoogle, World, state
from e2e.launcher import TODAY, settings_of
from tests.databases import Database
from tests.walking import Desk
from wizard.app import create_app
from wizard.background.patrol import Patrol
from wizard.config import Settings
from wizard.onboarding.drifted import Office
from wizard.onboarding.vault import GrantVault
from wizard.practice.builtin import calendar
from wizard.practice.builtin.typed import Rules
from wizard.store import appointments, clinics, drifts, mails, patrols, people, schema, slots
from wizard.store.database import db, of_clinic
from wizard.store.drifts import Drift
from wizard.store.patrols import Look
from wizard.views.present import Services

T = TypeVar("T")
DATABASE, TOKENS = "wizard.sqlite", "secret-key"
MARIAS = "maria@clinic.example"
SOON = timedelta(minutes=1)


@dataclass(frozen=True)
class Proven:
    """Maria proven once for all tests of a process: the wizard's settings, and the world as it stood then."""

    settings: Settings
    world: dict[str, Any]

    @contextmanager
    def opened(self, google: FakeGoogle, google_url: str, folder: Path, database: Database) -> Iterator[Flask]:
        """A wizard over a copy of it; Google as it was, and nobody has asked it anything."""
        google.world.reset()
        state.fill(google.world, deepcopy(self.world))
        shutil.copy(self.settings.data_dir / TOKENS, folder / TOKENS)
        copied = settings_of(folder, self.settings.data_dir / DATABASE, 5000, google_url)
        app = create_app(database.under_copy(copied, self.settings.database_url), google.world.now)
        yield compiles_once(app)
        with app.app_context():
            schema.close()


def prove(google: FakeGoogle, settings: Settings) -> Proven:
    google.world.reset()
    google.world.clock.set(TODAY)
    app = create_app(settings, google.world.now)
    Desk(app, google).proves()
    with app.app_context():
        schema.close()
    return Proven(settings, state.as_json(google.world))


@dataclass
class Patrolled:
    """Every verb is a transaction of its own. Time is the world's alone."""

    app: Flask
    google: FakeGoogle
    desk: Desk
    has_mail: bool = True
    patrol: Patrol = field(init=False)

    def __post_init__(self) -> None:
        self.patrol = self.another()

    @property
    def services(self) -> Services:
        services: Services = self.app.extensions["wizard"]
        return services

    @property
    def world(self) -> World:
        return self.google.world

    def another(self, seed: int = 1) -> Patrol:
        """A patrol of its own, as another process has one."""
        services, chance = self.services, Random(seed).random
        settings = services.settings if self.has_mail else replace(services.settings, is_tryout=False)
        office = Office(settings, services.practices, services.cipher)
        vault = GrantVault(services.cipher, services.clock)
        return Patrol(
            self.app, services.google, vault, office, services.clock, wake_postman=lambda: None, chance=chance
        )

    def walks(self, after: timedelta = SOON) -> int:
        """The patrol's turn when so much time has passed."""
        self.world.clock.advance(after.total_seconds())
        return self.patrol.run_once()

    def walks_round(self, times: int = 1) -> None:
        """Long enough that everything comes due, and that the administrators' letter leaves after it."""
        for _ in range(times * 4):
            self.walks(timedelta(hours=2))

    def moves_her_test(self) -> None:
        """Maria's test appointment is owed to Google once more, an hour later."""
        with self.app.app_context(), of_clinic(self.clinic_id):
            (test,) = appointments.of_slots([slot.id for slot in slots.of_people([1])])
            rules = Rules(clinics.present().zone, clinics.present().grid_minutes)
            later = test.starts_at + timedelta(hours=1)
            calendar.move(people.everyone()[0], test, later, rules, at=self.world.now(), who="Dana Hill")
            db.session.commit()

    def asked(self, since: int = 0) -> list[str]:
        """The questions to Google's calendar and for tokens, from the one of that number on."""
        wanted = ("calendarList.", "events.", "token")
        return [call.method for call in self.world.calls()[since:] if call.method.startswith(wanted)]

    def letters(self) -> list[tuple[str, str, str]]:
        """To whom, subject and words of all letters about drifts, oldest first."""
        decrypt = self.services.cipher.decrypt
        with self.app.app_context(), of_clinic(self.clinic_id):
            found = [mail for mail in reversed(mails.of_clinic()) if mail.kind == "what the patrol found"]
            told = [(mail.address, mail.subject, decrypt(mail.words)) for mail in found]
            db.session.commit()
        return told

    def subjects(self) -> list[tuple[str, str]]:
        return [(to, subject) for to, subject, _ in self.letters()]

    def looks(self) -> dict[str, Look]:
        """Maria's, by kind."""
        return self.reads(lambda: {look.kind: look for look in patrols.of_people([1])})

    def drifts(self) -> list[Drift]:
        return self.reads(drifts.lasting)

    @property
    def clinic_id(self) -> int:
        with self.app.app_context():
            clinic = clinics.first()
            db.session.commit()
        assert clinic is not None
        return clinic.id

    def reads(self, read: Callable[[], T]) -> T:
        """What the store says inside the clinic."""
        with self.app.app_context(), of_clinic(self.clinic_id):
            found = read()
            db.session.commit()
        return found
