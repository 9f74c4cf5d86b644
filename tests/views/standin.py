"""Maria at the Stand-in for PIMSY, ready for step 5: what its tests send, and how they read its calendar."""

import re
from datetime import UTC, datetime

from flask import Flask
from werkzeug.test import TestResponse

from tests.walking import MARIA, Desk
from wizard.store import appointments, deliveries
from wizard.store.appointments import Appointment
from wizard.store.database import of_clinic

CALENDAR = f"/practice/calendar/{MARIA}"
WEEK = f"{CALENDAR}?week=2026-11-23"
BOOK = f"{CALENDAR}/appointments"
SLOT = {"client": "1", "code": "TEST", "location": "Main office", "day": "2026-11-24", "time": "06:10", "minutes": "10"}
HTMX = {"HX-Request": "true", "HX-Request-Type": "partial", "HX-Source": "form#booking-form"}


def all_booked(app: Flask, person: int = MARIA) -> list[Appointment]:
    with app.app_context(), of_clinic(1):
        start, end = datetime(2026, 1, 1, tzinfo=UTC), datetime(2029, 1, 1, tzinfo=UTC)
        return appointments.between(person, start, end)


def owed(app: Flask, appointment_id: int = 1) -> bool:
    with app.app_context(), of_clinic(1):
        return appointment_id in deliveries.open_of([appointment_id])


def by_script(desk: Desk, address: str = BOOK, **fields: str) -> TestResponse:
    return desk.client.post(address, data={"csrf_token": desk.token(), **SLOT, **fields}, headers=HTMX)


def said_of(page: str, appointment_id: int = 1) -> str:
    """What the grid says of an appointment."""
    block = re.search(rf'id="appointment-{appointment_id}">(.*?)</div>', page, re.DOTALL)
    assert block is not None
    return " ".join(re.sub(r"<[^>]+>", " ", block[1]).split())


def sends_the_test(desk: Desk) -> None:
    """Steps 5 and 6: booked, accepted, and on Google."""
    desk.books()
    desk.accepts()
    desk.turns_background()
