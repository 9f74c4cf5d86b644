"""The front desk: books, moves and cancels at random, each by the practice's own verbs in a transaction of its own."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from flask import Flask
from sqlalchemy import func, select

from crash.site import inside
from wizard.clock import Clock
from wizard.practice.builtin import calendar
from wizard.practice.builtin.typed import Rules, Wish
from wizard.store import authorizations, clients, clinics, people
from wizard.store.appointments import Appointment
from wizard.store.database import db
from wizard.store.deliveries import Delivery
from wizard.store.people import Person

DAYS, TIMES = 90, 48
"""A person's appointments lie in the next 90 days, at one of 48 times of ten minutes each."""

MINUTES = 10
WHO = "Dana Hill"
BOOK, MOVE, CANCEL = "book", "move", "cancel"
KINDS = (BOOK, BOOK, MOVE, CANCEL)


@dataclass
class FrontDesk:
    """Somebody who works there. The same chance gives the same day's work."""

    app: Flask
    clock: Clock
    chance: random.Random
    answered: Callable[[str], object] = field(default=lambda _mark: None)
    """Told the mark of each booking once its transaction has ended: the person has seen that it stands."""

    def acts(self, kind: str = "") -> None:
        """One of the three, or the one that is named; where there is nothing to move or cancel it books."""
        does: dict[str, Callable[[], None]] = {BOOK: self.books, MOVE: self.moves, CANCEL: self.cancels}
        does[kind or self.chance.choice(KINDS)]()

    def books(self, person_id: int = 0, workstation_id: int = 0) -> None:
        """For somebody, at a desk where she has accepted, unless both are named."""
        with inside(self.app):
            person = people.find(person_id) or self.chance.choice(people.everyone())
            desk_id = workstation_id or self.chance.choice(sorted(authorizations.holding(person.id)))
            client, rules = clients.of_people([person.id])[0], self._rules()
            while True:
                wish = Wish(client.id, "TEST", "Main office", self._when(), MINUTES)
                try:
                    booked = calendar.book(person, desk_id, wish, rules, at=self.clock(), who=WHO)
                    break
                except calendar.Refused:
                    continue
            mark = booked.event_id
        self.answered(mark)

    def moves(self, *, newest: bool = False) -> None:
        """Any that stands, or the one that was booked last."""
        with inside(self.app):
            found = self._newest() if newest else self._any()
            if found is not None:
                person, appointment = found
                try:
                    calendar.move(person, appointment, self._when(), self._rules(), at=self.clock(), who=WHO)
                except calendar.Refused:
                    found = None
        if found is None:
            self.books()

    def cancels(self) -> None:
        with inside(self.app):
            found = self._any()
            if found is not None:
                calendar.cancel(*found, at=self.clock(), who=WHO)
        if found is None:
            self.books()

    def _any(self) -> tuple[Person, Appointment] | None:
        """One that stands, and on Google rather than on its way there: then a change of it has something to say."""
        query = select(Appointment).where(Appointment.cancelled_at.is_(None))
        owed = select(Delivery.appointment_id).where(Delivery.done_at.is_(None))
        for narrowed in (query.where(Appointment.id.not_in(owed)), query):
            number = db.session.scalar(select(func.count()).select_from(narrowed.subquery())) or 0
            if number:
                chosen = narrowed.order_by(Appointment.id).offset(self.chance.randrange(number)).limit(1)
                return self._of_its_person(db.session.scalars(chosen).one())
        return None

    def _newest(self) -> tuple[Person, Appointment] | None:
        newest = db.session.scalars(select(Appointment).order_by(Appointment.id.desc())).first()
        return self._of_its_person(newest) if newest is not None else None

    def _of_its_person(self, appointment: Appointment) -> tuple[Person, Appointment] | None:
        person = people.find(appointment.person_id)
        return (person, appointment) if person is not None else None

    def _when(self) -> datetime:
        day = timedelta(days=1 + self.chance.randrange(DAYS))
        hour = self.clock().replace(hour=14, minute=0, second=0, microsecond=0)
        return hour + day + self.chance.randrange(TIMES) * timedelta(minutes=MINUTES)

    def _rules(self) -> Rules:
        clinic = clinics.present()
        return Rules(clinic.zone, clinic.grid_minutes)
