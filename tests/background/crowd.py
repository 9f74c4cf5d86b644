"""Many accounts of one clinic, each set up with appointments of its own that are owed to Google."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from tests.background.office import CALENDAR, NINE, Office
from wizard.store import authorizations, clients, deliveries, folders, grants, people, pins
from wizard.store.appointments import Appointment
from wizard.store.database import db

SCOPES = ["openid", "email", "calendar.events.owned"]


@dataclass(frozen=True, slots=True)
class Crowd:
    """The e-mail addresses of the accounts, and the ids of the appointments."""

    accounts: tuple[str, ...]
    appointments: tuple[int, ...]


def gathers(office: Office, accounts: int, each: int) -> Crowd:
    """People with an account each, all of whom accepted at the first desk; `each` appointments of theirs wait to be sent."""
    emails = tuple(f"person-{number}@clinic.example" for number in range(accounts))
    found = [_account(office, email) for email in emails]
    with office.inside():
        booked = [
            row.id
            for email, sub, calendar_id, access, refresh in found
            for row in _person(office, email, sub, calendar_id, (access, refresh), each)
        ]
    return Crowd(emails, tuple(booked))


def starts(crowd: Crowd, office: Office) -> list[datetime]:
    """When the events begin that stand in their calendars, of all together."""
    events = [event for email in crowd.accounts for event in office.google.world.events_in(email, CALENDAR)]
    return sorted(datetime.fromisoformat(event["start"]["dateTime"]) for event in events)


def _account(office: Office, email: str) -> tuple[str, str, str, str, str]:
    world = office.google.world
    world.adds_account(email, "clinic.example")
    calendar, tokens = world.adds_calendar(email, CALENDAR), world.grants_token(email, "integration", SCOPES)
    return email, world.account(email).sub, calendar.id, tokens["access_token"], tokens["refresh_token"]


def _person(
    office: Office, email: str, sub: str, calendar_id: str, tokens: tuple[str, str], each: int
) -> list[Appointment]:
    cipher, who = office.services.cipher, people.add(email, email)
    db.session.flush()
    client = clients.add(who.id, "Wilhelmina Xanthopoulos", is_test=False)
    db.session.add(folders.Folder(person_id=who.id, google_account=email))
    pins.add(who.id, 1, sub, calendar_id, office.now)
    grant = grants.add(who.id, 1, "integration", sub, office.now)
    grant.email, grant.hd, grant.expires_at = email, "clinic.example", office.now + timedelta(hours=1)
    grant.access_token, grant.refresh_token = cipher.encrypt(tokens[0]), cipher.encrypt(tokens[1])
    db.session.flush()
    authorizations.add(who.id, 1, grant.id, sub, 1, office.now)
    booked = [
        Appointment(
            person_id=who.id,
            workstation_id=1,
            client_id=client.id,
            starts_at=NINE + timedelta(minutes=20 * count),
            zone_name="America/New_York",
            minutes=10,
            booked_at=office.now,
            changed_at=office.now,
        )
        for count in range(each)
    ]
    db.session.add_all(booked)
    db.session.flush()
    for row in booked:
        deliveries.add(row, office.now)
    return booked
