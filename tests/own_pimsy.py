"""A person at a computer of a clinic with its own PIMSY: what she tells, and what PIMSY writes at Google meanwhile."""

from datetime import UTC, datetime, timedelta
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

from e2e.fake_google import FakeGoogle
from e2e.launcher import TODAY
from tests.walking import Desk
from wizard.practice.builtin import sample
from wizard.store import people
from wizard.store.database import db, of_clinic

MARIAS = "maria@clinic.example"
SLOT = datetime(2026, 11, 24, 11, 10, tzinfo=UTC)
"""Tuesday Nov 24, 6:10 AM at the clinic: the first test time of every computer."""


def opens_clinic(app: Flask) -> dict[str, int]:
    """One more sample clinic, with its own PIMSY; who asks next is signed in there. The ids of its people, by name."""
    with app.app_context():
        clinic = sample.open_clinic(TODAY, "by hand")
        with of_clinic(clinic.id):
            ids = {person.name: person.id for person in people.everyone()}
        db.session.commit()
    return ids


class OwnDesk(Desk):
    """One of its computers."""

    def tells(self, person: int, slug: str, answer: str) -> TestResponse:
        return self.post(f"/setup/{person}/{slug}", answer=answer)

    def looks(self, person: int) -> str:
        """Check now at step 6, and what its page shows then."""
        self.google.world.clock.advance(5)
        self.check(person, "accept", now="1")
        return self.sees(person, "accept")

    def tells_everything(self, person: int, account: str = MARIAS) -> None:
        """Steps 1 to 5; at the end the appointment is said to be booked, and Google's page to be open."""
        self.creates_calendar(person, account)
        self.tells(person, "enable-setting", "saved")
        self.tells(person, "personnel-folder", "saved")
        self.google.world.clock.advance(5)  # PIMSY is slower than a test: Google cuts the times it tells to the second
        self.tells(person, "test-appointment", "booked")


def writes(
    google: FakeGoogle,
    account: str = MARIAS,
    calendar: str = "PIMSY Calendar",
    starts_at: datetime = SLOT,
    minutes: int = 10,
) -> Any:
    """What PIMSY leaves on Google: an event without any mark of ours."""
    ends_at = starts_at + timedelta(minutes=minutes)
    moments = {"start": {"dateTime": starts_at.isoformat()}, "end": {"dateTime": ends_at.isoformat()}}
    return google.world.adds_event(account, calendar, {"summary": "T.C.", **moments})
