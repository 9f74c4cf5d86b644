"""Maria is proven at Front desk 1 of Maple Clinic, and the patrol walks when a test says so."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random
from typing import TypeVar

from flask import Flask

from e2e.fake_google import FakeGoogle, World
from tests.walking import Desk
from wizard.background.patrol import Patrol
from wizard.onboarding.drifted import Office
from wizard.onboarding.vault import GrantVault
from wizard.store import clinics, drifts, mails, patrols
from wizard.store.database import db, of_clinic
from wizard.store.drifts import Drift
from wizard.store.patrols import Look
from wizard.views.present import Services

T = TypeVar("T")
MARIAS = "maria@clinic.example"
SOON = timedelta(minutes=1)


@dataclass
class Patrolled:
    """Every verb is a transaction of its own. Time is the world's alone."""

    app: Flask
    google: FakeGoogle
    desk: Desk
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
        office = Office(services.settings, services.practices, services.cipher)
        vault = GrantVault(services.cipher, services.clock)
        return Patrol(
            self.app, services.google, vault, office, services.clock, wake_postman=lambda: None, chance=chance
        )

    def walks(self, after: timedelta = SOON) -> int:
        """The patrol's turn when so much time has passed."""
        self.world.clock.advance(after.total_seconds())
        return self.patrol.run_once()

    def walks_round(self, times: int = 1) -> None:
        """Long enough that everything comes due, in turns of half an hour as they would be."""
        for _ in range(times * 14):
            self.walks(timedelta(minutes=30))

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
        return self._reads(lambda: {look.kind: look for look in patrols.of_people([1])})

    def drifts(self) -> list[Drift]:
        return self._reads(lambda: drifts.lasting())

    @property
    def clinic_id(self) -> int:
        with self.app.app_context():
            clinic = clinics.first()
            db.session.commit()
        assert clinic is not None
        return clinic.id

    def _reads(self, read: Callable[[], T]) -> T:
        with self.app.app_context(), of_clinic(self.clinic_id):
            found = read()
            db.session.commit()
        return found
