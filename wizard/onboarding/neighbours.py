"""Whose test appointments lie beside the one we look for: this person's at other desks, other people's at this desk."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from wizard.store import answers, attempts, grants, people, pins, sightings, slots
from wizard.store.people import Person
from wizard.store.workstations import Workstation

SEEN_HERE = timedelta(days=30)
TOLD = ("said", "test-appointment")
MOST_ACCOUNTS = 3
"""A press asks Google about no more: the account that stayed signed in here is among the newest."""


@dataclass(frozen=True, slots=True)
class OtherDesks:
    """Of one person at her other desks: test times that were booked there, and the events recognised there."""

    starts: Collection[datetime]
    events: Collection[str]


@dataclass(frozen=True, slots=True)
class Account:
    """A connected account of somebody else who was set up at this desk; `own_events` are tests of that person."""

    person_id: int
    grant_id: int
    calendar_id: str
    email: str
    own_events: Collection[str]


def other_desks(person: Person, here: Workstation) -> OtherDesks:
    """By hand nothing else tells one desk's appointment from another's."""
    told = {(answer.person_id, answer.workstation_id): answer.at for answer in _told([person.id])}
    starts = {
        slot.starts_at
        for slot in slots.of_people([person.id])
        if slot.workstation_id != here.id and _is_booked(slot, told)
    }
    recognised = _recognised([person.id], but=here.id)
    return OtherDesks(starts, {event["event"] for event in recognised[person.id]})


def of(person: Person, here: Workstation, starts_at: datetime, now: datetime) -> list[Account]:
    """The accounts that may hold this person's appointment, whoever came here last first.

    Somebody with a test of her own at that very time is left out until it is known which event that is.
    """
    trips = attempts.of_workstations([here.id], now - SEEN_HERE)
    newest_first = dict.fromkeys(trip.person_id for trip in reversed(trips) if trip.person_id != person.id)
    here_now = {one.id for one in people.everyone()}  # nobody is looked for by the permission of who left
    ids = [person_id for person_id in newest_first if person_id in here_now]
    permissions = {
        row.person_id: row for row in grants.standing(ids) if row.permission == "checker" and not row.is_dead
    }
    calendars, recognised = pins.newest(ids), _recognised(ids)
    told = {(answer.person_id, answer.workstation_id): answer.at for answer in _told(ids)}
    same_time = {
        slot.person_id: slot.id
        for slot in slots.of_people(ids)
        if slot.starts_at == starts_at and _is_booked(slot, told)
    }
    found: list[Account] = []
    for person_id in ids:
        grant, pin, own = permissions.get(person_id), calendars.get(person_id), recognised[person_id]
        is_open = person_id in same_time and all(event["slot"] != same_time[person_id] for event in own)
        if grant is not None and pin is not None and pin.sub == grant.sub and not is_open:
            events = {event["event"] for event in own}
            found.append(Account(person_id, grant.id, pin.calendar_id, grant.email, events))
    return found[:MOST_ACCOUNTS]


def _told(person_ids: list[int]) -> list[answers.Answer]:
    return [answer for answer in answers.standing(person_ids) if (answer.kind, answer.slug) == TOLD]


def _is_booked(slot: slots.Slot, told: Mapping[tuple[int, int | None], datetime]) -> bool:
    """Whether its desk said so since the slot was given."""
    said_at = told.get((slot.person_id, slot.workstation_id))
    return said_at is not None and said_at >= slot.given_at


def _recognised(person_ids: list[int], but: int | None = None) -> defaultdict[int, list[dict[str, Any]]]:
    """By person, what was seen of events that were taken for her tests, at any desk but one."""
    found: defaultdict[int, list[dict[str, Any]]] = defaultdict(list)
    for subject, sighting in sightings.of_people(person_ids):
        if subject.name == "arrival" and subject.workstation_id != but and sighting is not None and sighting.value:
            found[subject.person_id].append(sighting.value)
    return found
