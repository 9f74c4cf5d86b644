"""From stored facts to Evidence: everything about some people at some workstations, in a constant number of queries."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from wizard import evidence as facts
from wizard.config import Settings
from wizard.journey import Journey, travel
from wizard.onboarding import seen_as
from wizard.practice import Practice
from wizard.store import answers, attempts, authorizations, clinics, grants, pins, sightings, slots
from wizard.store.people import Person
from wizard.store.workstations import Workstation

TRIPS_OF = timedelta(days=30)
CONTROL_RETURNS_TO = "create-calendar"
"""The silent sign-in right after step 1 comes back there: it is the control, and says nothing about a sign-out."""


class Known:
    """What is known about these people at these workstations now. Reading it calls nobody."""

    def __init__(  # noqa: PLR0913 - each is a thing one asks about, none is an option
        self,
        clinic: clinics.Clinic,
        people: Sequence[Person],
        workstations: Sequence[Workstation],
        practice: Practice,
        settings: Settings,
        now: datetime,
    ) -> None:
        self._clinic, self._settings, self._now = clinic, settings, now
        ids = [person.id for person in people]
        desks = [workstation.id for workstation in workstations]
        self._desk_names = {workstation.id: workstation.name for workstation in workstations}
        self._grants = {(row.person_id, row.permission): row for row in grants.standing(ids)}
        self._pins = pins.newest(ids)
        self._authorizations = {(row.person_id, row.workstation_id): row for row in authorizations.of_people(ids)}
        self._slots = {(row.person_id, row.workstation_id): row for row in slots.of_people(ids)}
        self._answers = answers.standing(ids)
        self._trips: defaultdict[int, list[attempts.Attempt]] = defaultdict(list)
        for row in attempts.of_workstations(desks, now - TRIPS_OF):
            self._trips[row.workstation_id].append(row)
        self._subjects: defaultdict[int, dict[str, tuple[sightings.Subject, list[sightings.Sighting]]]] = defaultdict(
            dict
        )
        for subject, sighting in sightings.of_people(ids):
            _, found = self._subjects[subject.person_id].setdefault(subject.key, (subject, []))
            if sighting is not None:
                found.append(sighting)
        self._setting = practice.setting()
        self._folders = practice.folders(ids)
        self._appointments = practice.test_appointments([row.id for row in self._slots.values()])
        self._has_control = attempts.control_exists(settings.checker.id)

    def journey(self, person: Person, workstation: Workstation) -> Journey:
        return travel(self.evidence(person, workstation))

    def evidence(self, person: Person, workstation: Workstation) -> facts.Evidence:
        """All a check may look at, for this person at this workstation."""
        at = (person.id, workstation.id)
        slot = self._slots.get(at)
        authorization = self._authorizations.get(at)
        arrivals, arrival_looked_at, arrival_failure = self._arrivals(person.id, workstation.id, slot)
        return facts.Evidence(
            now=self._now,
            zone=self._clinic.zone,
            person=person.name,
            workstation=workstation.name,
            checker_name=self._settings.checker.name,
            integration_name=self._settings.integration.name,
            one_project=self._settings.one_project,
            account_meant=person.google_account,
            checker=self._grant(person.id, "checker"),
            integration=self._grant(person.id, "integration"),
            has_control=self._has_control,
            pin=self._pin(person.id),
            calendars=self._sighting(person.id, f"calendars/{person.id}", seen_as.calendars),
            pinned_now=self._sighting(person.id, f"pinned/{person.id}", seen_as.pinned),
            trips=tuple(trip_of(row, person.id) for row in self._trips[workstation.id]),
            setting=self._setting,
            folder=self._folders.get(person.id, facts.CANT_SEE),
            slot=None if slot is None else facts.Slot(slot.id, slot.starts_at, slot.minutes, slot.given_at),
            appointment=self._appointment(slot),
            authorization=authorization
            and facts.Authorization(authorization.sub, authorization.at, authorization.generation),
            arrivals=arrivals,
            arrival_looked_at=arrival_looked_at,
            arrival_failure=arrival_failure,
            answers=tuple(
                facts.Answer(row.kind, row.slug, row.at, row.by)
                for row in self._answers
                if row.person_id == person.id and answers.holds_at(row, workstation.id)
            ),
        )

    def where(self, person_id: int, permission: str) -> str:
        """The name of the workstation where a permission was given, empty where it is not known."""
        row = self._grants.get((person_id, permission))
        return self._desk_names.get(row.workstation_id or 0, "") if row else ""

    def _grant(self, person_id: int, permission: str) -> facts.Grant | None:
        row = self._grants.get((person_id, permission))
        return None if row is None else grant_of(row)

    def _pin(self, person_id: int) -> facts.Pin | None:
        row = self._pins.get(person_id)
        return None if row is None else facts.Pin(row.calendar_id, row.sub, row.at)

    def _sighting(self, person_id: int, key: str, read: Any) -> facts.Sighting[Any]:  # noqa: ANN401 - any subject's value
        subject, found = self._subjects[person_id].get(key, (None, []))
        if subject is None:
            return facts.Sighting()
        if not found:
            return facts.Sighting(failure=subject.failure)
        newest = found[-1]
        return facts.Sighting(read(newest.value), newest.first_seen, newest.last_seen, subject.failure)

    def _arrivals(
        self, person_id: int, workstation_id: int, slot: slots.Slot | None
    ) -> tuple[tuple[facts.Arrival, ...], datetime | None, str]:
        arrived: list[facts.Arrival] = []
        looked_at, failure = None, ""
        for subject, found in self._subjects[person_id].values():
            if (subject.name, subject.workstation_id) != ("arrival", workstation_id):
                continue
            arrived.extend(seen_as.arrival(row) for row in found if row.value is not None)
            if slot is not None and subject.key == arrival_key(person_id, workstation_id, slot.id):
                looked_at, failure = found[-1].last_seen if found else None, subject.failure
        return tuple(sorted(arrived, key=lambda seen: seen.read_at)), looked_at, failure

    def _appointment(self, slot: slots.Slot | None) -> facts.Appointment | facts.CantSee | None:
        if isinstance(self._appointments, facts.CantSee):
            return self._appointments
        return None if slot is None else self._appointments.get(slot.id)


def arrival_key(person_id: int, workstation_id: int, slot_id: int) -> str:
    return f"arrival/{person_id}/{workstation_id}/{slot_id}"


def grant_of(row: grants.Grant) -> facts.Grant:
    """The row without its tokens."""
    return facts.Grant(
        account=facts.Account(row.sub, row.email, row.hd),
        given_at=row.given_at,
        since=row.since,
        generation=row.generation,
        died_at=row.died_at,
        death=row.death,
    )


def trip_of(row: attempts.Attempt, person_id: int) -> facts.Trip:
    """An attempt as the steps see it, from one person's side."""
    purpose = facts.Purpose(row.purpose)
    is_control = purpose is facts.Purpose.SIGNED_OUT and row.return_to == CONTROL_RETURNS_TO
    return facts.Trip(
        purpose=purpose,
        begun_at=row.begun_at,
        outcome=facts.Outcome(row.outcome),
        ended_at=row.ended_at,
        sub=row.sub,
        account=facts.Account(row.came_sub, row.came_email, row.came_hd) if row.came_sub else None,
        is_hinted=row.is_hinted,
        is_own=row.person_id == person_id and not is_control,
        missing=tuple(row.missing),
        alive_before=row.alive_before,
        alive_after=row.alive_after,
        failure=row.failure,
    )
