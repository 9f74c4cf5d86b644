"""What somebody does in Google to events of ours, what is seen of it, and what is chosen about it."""

import threading
from datetime import datetime, timedelta

from tests.background.office import ACCOUNT, CALENDAR, LEASE, NINE, TEN, Office
from wizard.onboarding.looking import Looked
from wizard.onboarding.straying import AT_ONCE, Straying, Told, strays
from wizard.practice.builtin import choosing
from wizard.practice.builtin.on_google import Act
from wizard.practice.builtin.typed import Rules
from wizard.store import clinics, people, seen_events
from wizard.store.database import db
from wizard.store.seen_events import SeenEvent

ELEVEN = NINE + timedelta(hours=2)


def sent(office: Office) -> int:
    office.accepts()
    booked = office.books()
    office.delivers()
    return booked


def event_id(office: Office, booked: int) -> str:
    return office.reads(booked).event_id


def moves_there(office: Office, booked: int, to: datetime = TEN, minutes: int = 10) -> None:
    sides = {"start": to, "end": to + timedelta(minutes=minutes)}
    times = {side: {"dateTime": at.isoformat()} for side, at in sides.items()}
    office.google.world.changes_event(ACCOUNT, CALENDAR, event_id(office, booked), **times)


def deletes_there(office: Office, booked: int) -> None:
    office.google.world.deletes_event(ACCOUNT, CALENDAR, event_id(office, booked))


def looks(office: Office, after: float = 2, at_once: int = AT_ONCE) -> Looked:
    office.waits(after)
    with office.inside():
        room = threading.BoundedSemaphore()
        straying = Straying(office.services.google, office.clock, room, LEASE.total_seconds(), at_once)
        return straying.look(people.everyone()[0])


def told(office: Office) -> list[Told]:
    with office.inside():
        return strays(office.now)


def seen(office: Office, booked: int) -> SeenEvent | None:
    with office.inside():
        return seen_events.of([booked]).get(booked)


def chooses(office: Office, booked: int, act: Act, about: str = "") -> bool:
    """About what was last seen there, unless another state is named."""
    shown = seen(office, booked)
    assert shown is not None
    with office.inside():
        rules = Rules(clinics.present().zone, clinics.present().grid_minutes)
        maria, appointment = people.everyone()[0], office.appointment(booked)
        try:
            return choosing.choose(maria, appointment, act, about or shown.etag, rules, at=office.now, who="Dana Hill")
        except Exception:
            db.session.rollback()
            raise
