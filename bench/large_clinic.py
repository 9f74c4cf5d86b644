"""A clinic of any size in the middle of its round: what is stored of every person at every computer.

Of four cells three are proven and one waits for its appointment, so that each costs what a real one does. Rows are as the
wizard writes them, without a Google, and go to the database in few statements.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from wizard.evidence import Outcome, Purpose
from wizard.practice.builtin import furnish
from wizard.practice.builtin.sample import ZONE
from wizard.practice.builtin.settings import SYNC
from wizard.store import administrators, clients, clinics, folders, grants, people, practice_settings, workstations
from wizard.store.answers import Answer
from wizard.store.appointments import Appointment, new_event_id
from wizard.store.attempts import Attempt
from wizard.store.authorizations import Authorization
from wizard.store.database import db, of_clinic
from wizard.store.pins import Pin
from wizard.store.sightings import Sighting, Subject
from wizard.store.slots import Slot

CHECKER: Final = "checker"
"""The try-out's client: its silent sign-in was answered once, else no sign-out would count."""

TEST_LASTS: Final = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Ready:
    """A person who has done steps 1 and 4."""

    who: people.Person
    sub: str
    client_id: int
    grant_id: int  # of the writing permission

    @property
    def calendar(self) -> str:
        return f"calendar-{self.who.id}"


def open_clinic(people_count: int, desk_count: int, now: datetime) -> int:
    """One more clinic with the Stand-in; its id. The caller ends the transaction."""
    clinic = clinics.Clinic(name="Large Clinic", zone_name=ZONE, practice="builtin", agreement="yes", created_at=now)
    db.session.add(clinic)
    db.session.flush()
    with of_clinic(clinic.id):
        email = f"dana-{clinic.id}@large.example"
        db.session.add(administrators.Administrator(name="Dana Hill", email=email))
        desks = [workstations.add(f"Front desk {number}", now) for number in range(1, desk_count + 1)]
        everyone = [people.add(f"Person {number}", f"{number}@large.example") for number in range(1, people_count + 1)]
        furnish(everyone, now)
        _turn_on(now)
        ready = _prepare(everyone, desks[0], now - timedelta(days=2), clinic.id)
        for column, desk in enumerate(desks):
            _set_up(ready, desk, column, now - timedelta(days=1, minutes=-column * people_count))
    return clinic.id


def _turn_on(now: datetime) -> None:
    setting = practice_settings.find(SYNC)
    if setting is None:
        raise RuntimeError("the Stand-in has no -233")
    setting.your_value, setting.edited_at, setting.edited_by = "True", now, "Dana Hill"
    setting.turned_at = now - timedelta(days=3)


def _prepare(everyone: list[people.Person], desk: workstations.Workstation, at: datetime, clinic: int) -> list[Ready]:
    """Steps 1 and 4, and both permissions of everybody."""
    ids = [who.id for who in everyone]
    details, tests = folders.of_people(ids), {client.person_id: client.id for client in clients.of_people(ids)}
    subs = {who.id: f"sub-{clinic}-{who.id}" for who in everyone}
    given = {}
    for who in everyone:
        for permission in ("checker", "integration"):
            given[who.id, permission] = grants.add(who.id, desk.id, permission, subs[who.id], at)
            given[who.id, permission].email = who.google_account
        folder = details[who.id]
        folder.google_account, folder.saved_at, folder.saved_by = who.google_account, at, "Dana Hill"
    db.session.flush()
    ready = [Ready(who, subs[who.id], tests[who.id], given[who.id, "integration"].id) for who in everyone]
    for one in ready:
        listed = {"id": one.calendar, "summary": "PIMSY Calendar", "role": "owner", "primary": False, "data_owner": ""}
        db.session.add_all(
            [
                Pin(person_id=one.who.id, workstation_id=desk.id, sub=one.sub, calendar_id=one.calendar, at=at),
                _trip(one, desk, Purpose.CHECKER, Outcome.GRANTED, at),
                _trip(one, desk, Purpose.SIGNED_OUT, Outcome.SIGNED_IN, at, return_to="create-calendar"),
                _seen("calendars", one, None, one.sub, [listed], at),
            ]
        )
    db.session.flush()
    return ready


def _set_up(ready: list[Ready], desk: workstations.Workstation, column: int, begun: datetime) -> None:
    """Steps 2, 5 and 6 of one person after the other at one computer, a minute each."""
    times = {one.who.id: begun + timedelta(minutes=row) for row, one in enumerate(ready)}
    slots = {one.who.id: _slot(one, desk, column, times[one.who.id]) for one in ready}
    db.session.add_all(slots.values())
    db.session.flush()
    for row, one in enumerate(ready):
        at, slot = times[one.who.id], slots[one.who.id]
        booked, accepted_at = _booked(one, slot, at), at + timedelta(seconds=20)
        here = {"person_id": one.who.id, "workstation_id": desk.id}
        db.session.add_all(
            [
                booked,
                _trip(one, desk, Purpose.SIGNED_OUT, Outcome.REFUSED, at),
                _trip(one, desk, Purpose.INTEGRATION, Outcome.GRANTED, accepted_at),
                Authorization(**here, grant_id=one.grant_id, sub=one.sub, generation=1, at=accepted_at),
                Answer(**here, kind="asked", slug="accept", at=accepted_at, by=one.who.name),
            ]
        )
        if (row + column) % 4:
            db.session.add(_seen("arrival", one, desk, slot.id, _event(one, slot, booked, at), accepted_at))
    db.session.flush()


def _slot(one: Ready, desk: workstations.Workstation, column: int, at: datetime) -> Slot:
    starts_at = at.replace(hour=11, minute=10, second=0, microsecond=0) + timedelta(days=2) + column * TEST_LASTS
    return Slot(
        person_id=one.who.id, workstation_id=desk.id, starts_at=starts_at, zone_name=ZONE, minutes=10, given_at=at
    )


def _booked(one: Ready, slot: Slot, at: datetime) -> Appointment:
    return Appointment(
        person_id=one.who.id,
        workstation_id=slot.workstation_id,
        client_id=one.client_id,
        slot_id=slot.id,
        starts_at=slot.starts_at,
        zone_name=ZONE,
        minutes=10,
        booked_at=at,
        changed_at=at,
        sent_at=at,
        event_id=new_event_id(),
    )


def _event(one: Ready, slot: Slot, booked: Appointment, at: datetime) -> dict[str, Any]:
    return {
        "slot": slot.id,
        "at_slot": True,
        "event": booked.event_id,
        "calendar": one.calendar,
        "sub": one.sub,
        "starts": slot.starts_at.isoformat(),
        "ends": (slot.starts_at + TEST_LASTS).isoformat(),
        "live": True,
        "created": at.isoformat(),
        "creator": one.who.google_account,
        "generation": 1,
        "link": "",
    }


def _trip(
    one: Ready,
    desk: workstations.Workstation,
    purpose: Purpose,
    outcome: Outcome,
    at: datetime,
    return_to: str = "sign-out",
) -> Attempt:
    came = {"came_sub": one.sub, "came_email": one.who.google_account} if outcome.brought_a_code else {}
    return Attempt(
        state=new_event_id(),
        purpose=purpose.value,
        person_id=one.who.id,
        workstation_id=desk.id,
        browser="browser/1",
        client_id=CHECKER,
        return_to=return_to,
        begun_at=at,
        ended_at=at + timedelta(seconds=5),
        outcome=outcome.value,
        sub=one.sub,
        alive_before=True,
        alive_after=True,
        **came,
    )


def _seen(
    name: str, one: Ready, desk: workstations.Workstation | None, about: int | str, value: object, at: datetime
) -> Subject:
    place = (name, one.who.id, desk.id if desk else None, about)
    seen_at = at + timedelta(seconds=10)
    sighting = Sighting(value=value, first_seen=seen_at, last_seen=seen_at)
    return Subject(
        key="/".join(str(part) for part in place if part is not None),
        name=name,
        person_id=one.who.id,
        workstation_id=desk.id if desk else None,
        asked_at=seen_at,
        sightings=[sighting],
    )
