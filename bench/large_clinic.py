"""A clinic of any size in the middle of its round: what is stored of every person at every computer.

Of four cells three are proven, some of them long since tidied up, and one waits for its appointment: so each costs what
a real one does. Rows are written as the wizard writes them, without a Google.
"""

from datetime import datetime, timedelta
from typing import Final

from wizard.evidence import Outcome, Purpose
from wizard.practice.builtin import furnish
from wizard.practice.builtin.sample import ZONE
from wizard.store import (
    administrators,
    answers,
    appointments,
    attempts,
    authorizations,
    clients,
    clinics,
    folders,
    grants,
    people,
    pins,
    practice_settings,
    sightings,
    slots,
    workstations,
)
from wizard.store.database import db, of_clinic

SLOT_EVERY: Final = timedelta(minutes=10)


def open_clinic(people_count: int, desk_count: int, now: datetime) -> int:
    """One more clinic with the Stand-in; its id. The caller ends the transaction.

    Its checker is the try-out's client, whose silent sign-in was answered once: else no sign-out would count.
    """
    clinic = clinics.Clinic(name="Large Clinic", zone_name=ZONE, practice="builtin", agreement="yes", created_at=now)
    db.session.add(clinic)
    db.session.flush()
    with of_clinic(clinic.id):
        db.session.add(
            administrators.Administrator(name="Dana Hill", email=f"dana-{clinic.id}@large.example"),
        )
        desks = [workstations.add(f"Front desk {number}", now) for number in range(1, desk_count + 1)]
        everyone = [people.add(f"Person {number}", f"{number}@large.example") for number in range(1, people_count + 1)]
        furnish(everyone, now)
        db.session.flush()
        _practice(now, desks[0])
        for who in everyone:
            _person(who, desks[0], now - timedelta(days=2), clinic.id)
        for column, desk in enumerate(desks):
            for row, who in enumerate(everyone):
                at = now - timedelta(days=1) + timedelta(minutes=column * people_count + row)
                _cell(who, desk, column, at, is_proven=(row + column) % 4 != 0)
        db.session.flush()
    return clinic.id


def _practice(now: datetime, desk: workstations.Workstation) -> None:
    setting = practice_settings.find(-233)
    if setting is None:
        raise RuntimeError("the Stand-in has no -233")
    setting.your_value, setting.edited_at, setting.edited_by = "True", now, "Dana Hill"
    setting.turned_at, setting.workstation_id = now - timedelta(days=3), desk.id


def _person(who: people.Person, desk: workstations.Workstation, at: datetime, clinic_id: int) -> None:
    """Steps 1 and 4, and both permissions."""
    sub = f"sub-{clinic_id}-{who.id}"
    for permission in ("checker", "integration"):
        grant = grants.add(who.id, desk.id, permission, sub, at)
        grant.email = who.google_account
    pins.add(who.id, desk.id, sub, f"calendar-{who.id}", at)
    folder = folders.find(who.id)
    if folder is None:
        raise RuntimeError(f"{who.name} has no folder")
    folder.google_account, folder.saved_at, folder.saved_by = who.google_account, at, "Dana Hill"
    calendars = [
        {"id": f"calendar-{who.id}", "summary": "PIMSY Calendar", "role": "owner", "primary": False, "data_owner": ""}
    ]
    _seen("calendars", who, None, sub, calendars, at)
    consent = _trip(Purpose.CHECKER, Outcome.GRANTED, who, desk, at)
    control = _trip(Purpose.SIGNED_OUT, Outcome.SIGNED_IN, who, desk, at, return_to="create-calendar")
    for trip in (consent, control):
        trip.came_sub, trip.came_email = sub, who.google_account


def _cell(who: people.Person, desk: workstations.Workstation, column: int, at: datetime, *, is_proven: bool) -> None:
    """Steps 2, 5 and 6."""
    checker = grants.of(who.id, "checker")
    integration = grants.of(who.id, "integration")
    if checker is None or integration is None:
        raise RuntimeError(f"{who.name} gave no permission")
    out = _trip(Purpose.SIGNED_OUT, Outcome.REFUSED, who, desk, at)
    out.alive_before = out.alive_after = True
    starts_at = at.replace(hour=11, minute=10, second=0, microsecond=0) + timedelta(days=2) + column * SLOT_EVERY
    slot = slots.add(who.id, desk.id, starts_at, ZONE, 10, at)
    booked = appointments.Appointment(
        person_id=who.id,
        workstation_id=desk.id,
        client_id=clients.of_people([who.id])[0].id,
        slot_id=slot.id,
        starts_at=starts_at,
        zone_name=ZONE,
        minutes=10,
        booked_at=at,
        changed_at=at,
        sent_at=at,
        event_id=appointments.new_event_id(),
    )
    db.session.add(booked)
    accepted_at = at + timedelta(seconds=20)
    accepted = _trip(Purpose.INTEGRATION, Outcome.GRANTED, who, desk, accepted_at)
    accepted.came_sub, accepted.came_email = checker.sub, checker.email
    authorizations.add(who.id, desk.id, integration.id, integration.sub, 1, accepted_at)
    answers.give(who.id, desk.id, "asked", "accept", at=accepted_at, by=who.name)
    if is_proven:
        event = {
            "slot": slot.id,
            "at_slot": True,
            "event": booked.event_id,
            "calendar": f"calendar-{who.id}",
            "sub": checker.sub,
            "starts": starts_at.isoformat(),
            "ends": (starts_at + timedelta(minutes=10)).isoformat(),
            "live": True,
            "created": at.isoformat(),
            "creator": checker.email,
            "generation": 1,
            "link": "",
        }
        _seen("arrival", who, desk, slot.id, event, accepted_at)


def _trip(
    purpose: Purpose,
    outcome: Outcome,
    who: people.Person,
    desk: workstations.Workstation,
    at: datetime,
    return_to: str = "sign-out",
) -> attempts.Attempt:
    checker = grants.of(who.id, "checker")
    trip = attempts.begin(
        purpose,
        person_id=who.id,
        workstation_id=desk.id,
        browser="browser/1",
        client_id="checker",
        return_to=return_to,
        at=at,
        sub=checker.sub if checker else "",
    )
    trip.end(outcome, at + timedelta(seconds=5))
    return trip


def _seen(
    name: str,
    who: people.Person,
    desk: workstations.Workstation | None,
    about: int | str,
    value: object,
    at: datetime,
) -> None:
    subject = sightings.subject(name, who.id, desk.id if desk else None, about)
    sightings.note(subject, value, at + timedelta(seconds=10))
