"""From stored facts to Evidence: everything about some people at some workstations, in a constant number of queries."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from wizard import evidence as facts
from wizard.config import Settings
from wizard.journey import Journey, travel
from wizard.onboarding import by_hand, seen_as, trips
from wizard.practice import Practice
from wizard.store import answers, attempts, authorizations, clinics, grants, pins, sightings, slots
from wizard.store.people import Person, count_of_clinic
from wizard.store.workstations import Workstation, ever

TRIPS_OF = timedelta(days=30)
Looks = tuple[sightings.Subject, list[sightings.Sighting]]

ANOTHER = "another account of this computer"

Place = tuple[int, int | None]
"""A person and a workstation; none where something holds at all of hers."""


class Known:
    """What is known about these people at these workstations now. Reading it calls nobody.

    `names_others`: an administrator reads it. A person is not told who else there is: whose account another one is.
    """

    def __init__(
        self,
        clinic: clinics.Clinic,
        people: Sequence[Person],
        workstations: Sequence[Workstation],
        practice: Practice,
        settings: Settings,
        now: datetime,
        *,
        names_others: bool = True,
    ) -> None:
        self._names_others = names_others
        self._clinic, self._settings, self._now = clinic, settings, now
        ids = [person.id for person in people]
        desks = [workstation.id for workstation in workstations]
        self._desk_names = {desk.id: desk.name for desk in ever()}
        self._grants = {(row.person_id, row.permission): row for row in grants.telling(ids)}
        self._pins = pins.newest(ids)
        self._authorizations = {(row.person_id, row.workstation_id): row for row in authorizations.of_people(ids)}
        self._every_slot = {row.id: row for row in slots.of_people(ids)}
        self._slots = {(row.person_id, row.workstation_id): row for row in self._every_slot.values()}
        self._answers: defaultdict[Place, list[facts.Answer]] = defaultdict(list)
        for said in answers.standing(ids):
            fact = facts.Answer(said.kind, said.slug, said.at, said.by)
            self._answers[said.person_id, said.workstation_id].append(fact)
        self._trips = trips.by_desk(attempts.of_workstations(desks, now - TRIPS_OF))
        self._subjects: dict[str, Looks] = {}
        self._subjects_at: defaultdict[Place, list[Looks]] = defaultdict(list)
        for subject, sighting in sightings.of_people(ids):
            if subject.key not in self._subjects:
                self._subjects[subject.key] = (subject, [])
                self._subjects_at[subject.person_id, subject.workstation_id].append(self._subjects[subject.key])
            if sighting is not None:
                self._subjects[subject.key][1].append(sighting)
        self._setting = practice.setting()
        self._folders = practice.folders(ids)
        self._appointments = practice.test_appointments(list(self._every_slot))
        self._by_hand = by_hand.read(ids) if isinstance(self._appointments, facts.CantSee) else by_hand.ByHand()
        self._count = count_of_clinic()
        self._proofs: dict[int, dict[int, facts.Arrival]] = {}
        self._is_title_looked_at = bool(answers.all_of_clinic("title"))
        self._has_control = attempts.control_exists(settings.checker.id)

    def journey(self, person: Person, workstation: Workstation) -> Journey:
        return travel(self.evidence(person, workstation))

    def evidence(self, person: Person, workstation: Workstation) -> facts.Evidence:
        """All a check may look at, for this person at this workstation."""
        slot = self._slots.get((person.id, workstation.id))
        authorization = self._authorizations.get((person.id, workstation.id))
        looks = self._looks_for_arrival(person.id, workstation.id)
        about = f"{person.id}/{workstation.id}/{slot.id if slot else 0}"
        newest = looks.get(slot.id) if slot else None
        elsewhere, proven_at = self._proof_elsewhere(person.id, workstation.id)
        known = facts.Evidence(
            now=self._now,
            zone=self._clinic.zone,
            person=person.name,
            workstation=workstation.name,
            has_pimsy=workstation.has_pimsy,
            checker_name=self._settings.checker.name,
            integration_name=self._settings.integration.name,
            one_project=self._settings.one_project and self._clinic.writes_here,
            is_portal=self._clinic.pimsy_kind == "portal",
            is_testing=self._settings.google_audience == "testing",
            account_meant=person.google_account,
            checker=self._grant(person.id, "checker"),
            integration=self._grant(person.id, "integration"),
            has_control=self._has_control,
            pin=self._pin(person.id),
            calendars=self._sighting(self._calendars_key(person.id), seen_as.calendars),
            pinned_now=self._sighting(f"pinned/{person.id}", seen_as.pinned),
            trips=self._told(person.id, workstation.id),
            setting=self._setting,
            folder=self._folders.get(person.id, facts.CANT_SEE),
            slot=None if slot is None else facts.Slot(slot.id, slot.starts_at, slot.minutes, slot.given_at),
            appointment=self._appointment(slot),
            authorization=facts.Authorization(authorization.sub, authorization.at, authorization.generation)
            if authorization
            else None,
            arrivals=self._arrivals(looks),
            arrival_looked_at=newest[1][-1].last_seen if newest and newest[1] else None,
            arrival_failure=newest[0].failure if newest else "",
            failure_notes=self._failure_notes(person.id, workstation.id),
            missed_at=self._missed_at(looks, slot),
            clinic_arrival=self._by_hand.arrival,
            person_arrival=elsewhere,
            in_main=self._sighting(f"main/{about}", seen_as.is_found),
            in_other=self._in_other(person.id, workstation.id, f"other/{about}/"),
            answers=self._answers_of(person.id, workstation.id),
            colleagues=self._count - 1,
            gone_at=_gone_at(looks),
            is_title_looked_at=self._is_title_looked_at,
            done_at=self._done_at(person.id, workstation),
        )
        if self._by_hand.arrival is None or known.sealed is not None:
            return known
        places = {"enable-setting": self._by_hand.arrived_at, "personnel-folder": proven_at}
        proven = {slug: self._desk_names[desk] for slug, desk in places.items() if desk not in {0, workstation.id}}
        return replace(known, done_at={**known.done_at, **proven})

    def _grant(self, person_id: int, permission: str) -> facts.Grant | None:
        row = self._grants.get((person_id, permission))
        return None if row is None else grant_of(row)

    def _calendars_key(self, person_id: int) -> str:
        """The list of the account connected now: another account's says nothing about this one."""
        return f"calendars/{person_id}/{self._sub(person_id)}"

    def _sub(self, person_id: int) -> str:
        """The account connected now."""
        grant = self._grants.get((person_id, "checker"))
        return grant.sub if grant else ""

    def _pin(self, person_id: int) -> facts.Pin | None:
        row = self._pins.get(person_id)
        if row is None:
            return None
        shown = [
            sighting.last_seen
            for key in (self._calendars_key(person_id), f"pinned/{person_id}")
            for sighting in self._subjects.get(key, (None, []))[1]
            if seen_as.shows(sighting.value, row.calendar_id)
        ]
        return facts.Pin(row.calendar_id, row.sub, row.at, max(shown, default=None))

    def _done_at(self, person_id: int, here: Workstation) -> dict[str, str]:
        """Where the steps that are not this desk's own were done, when that is another computer."""
        pin, folder = self._pins.get(person_id), self._folders.get(person_id)
        places = {
            "create-calendar": self._desk_names.get(pin.workstation_id or 0, "") if pin else "",
            "enable-setting": self._setting.where if isinstance(self._setting, facts.SettingFact) else "",
            "personnel-folder": folder.where if isinstance(folder, facts.FolderFact) else "",
        }
        return {slug: place for slug, place in places.items() if place and place != here.name}

    def _sighting(self, key: str, read: Any) -> facts.Sighting[Any]:
        subject, found = self._subjects.get(key, (None, []))
        if subject is None:
            return facts.Sighting()
        if not found:
            return facts.Sighting(failure=subject.failure)
        newest = found[-1]
        return facts.Sighting(read(newest.value), newest.first_seen, newest.last_seen, subject.failure)

    def _in_other(self, person_id: int, workstation_id: int, prefix: str) -> facts.Sighting[str]:
        """What the looks at other accounts brought together; the newest speaks for them all."""
        looks = [one for one in self._subjects_at[person_id, workstation_id] if one[0].key.startswith(prefix)]
        newest = [rows[-1] for _, rows in looks if rows]
        if not looks:
            return facts.Sighting()
        failure = next((subject.failure for subject, _ in looks if subject.failure), "")
        account = next((row.value["account"] for row in newest if row.value["found"]), "")
        account = account if self._names_others or not account else ANOTHER
        seen = max((row.last_seen for row in newest), default=None)
        return facts.Sighting(account if newest else None, seen, seen, failure)

    def _told(self, person_id: int, workstation_id: int) -> tuple[facts.Trip, ...]:
        trips = self._trips[workstation_id].told(person_id, self._sub(person_id))
        return trips if self._names_others else tuple(replace(trip, taken_by="") for trip in trips)

    def _answers_of(self, person_id: int, workstation_id: int) -> tuple[facts.Answer, ...]:
        own = self._answers[person_id, None] + self._answers[person_id, workstation_id]
        return tuple(sorted([*own, *self._by_hand.told(person_id)], key=lambda answer: answer.at))

    def _proof_elsewhere(self, person_id: int, here: int) -> tuple[facts.Arrival | None, int]:
        """By hand: the newest arrival of this person at another computer that no later test there refuted, and where."""
        if self._by_hand.arrival is None:
            return None, 0
        if person_id not in self._proofs:
            self._proofs[person_id] = self._proofs_of(person_id)
        return by_hand.newest_elsewhere(self._proofs[person_id], here)

    def _proofs_of(self, person_id: int) -> dict[int, facts.Arrival]:
        proofs: dict[int, facts.Arrival] = {}
        for desk in self._desk_names:
            looks = self._looks_for_arrival(person_id, desk)
            missed = self._missed_at(looks, self._slots.get((person_id, desk)))
            seen = [one for one in self._arrivals(looks) if one.is_live and one.is_at_slot]
            if seen and (missed is None or missed < seen[-1].read_at):
                proofs[desk] = seen[-1]
        return proofs

    def _failure_notes(self, person_id: int, workstation_id: int) -> dict[str, str]:
        """What was said with failures that nobody here knows better, the newest of each, on trips and in looks."""
        looks = [
            (subject.asked_at or self._now, subject.failure, subject.failure_note)
            for place in (None, workstation_id)
            for subject, _ in self._subjects_at[person_id, place]
        ]
        failures = sorted([*self._trips[workstation_id].failures(person_id), *looks])
        return {failure: note for _, failure, note in failures if note}

    def _looks_for_arrival(self, person_id: int, workstation_id: int) -> dict[int, Looks]:
        """By slot, oldest first: the subject and what was seen of it."""
        found = {
            int(looks[0].key.rsplit("/", 1)[1]): looks
            for looks in self._subjects_at[person_id, workstation_id]
            if looks[0].name == "arrival"
        }
        return {slot_id: found[slot_id] for slot_id in sorted(found)}

    def _arrivals(self, looks: dict[int, Looks]) -> tuple[facts.Arrival, ...]:
        seen = [seen_as.arrival(row) for _, rows in looks.values() for row in rows if row.value is not None]
        if isinstance(self._appointments, facts.CantSee):
            seen = [arrival for arrival in seen if not arrival.generation]  # the Stand-in's tell nothing of PIMSY
        return tuple(sorted(seen, key=lambda arrival: arrival.read_at))

    def _missed_at(self, looks: dict[int, Looks], newest: slots.Slot | None) -> datetime | None:
        """When the newest test of an earlier slot was booked that a look long after did not find."""
        missed = [
            booked_at
            for slot_id, (_, rows) in looks.items()
            if (booked_at := self._booked_at(slot_id)) is not None
            and (newest is None or slot_id != newest.id)
            and rows
            and not any(seen_as.is_live(row.value) for row in rows)
            and rows[-1].last_seen - booked_at > facts.ARRIVAL_MAY_TAKE
        ]
        return max(missed, default=None)

    def _booked_at(self, slot_id: int) -> datetime | None:
        if isinstance(self._appointments, facts.CantSee):
            return self._by_hand.booked_at(self._every_slot[slot_id])
        booked = self._appointments.get(slot_id)
        return booked.booked_at if booked else None

    def _appointment(self, slot: slots.Slot | None) -> facts.Appointment | facts.CantSee | None:
        if isinstance(self._appointments, facts.CantSee):
            return self._appointments
        return None if slot is None else self._appointments.get(slot.id)


def _gone_at(looks: dict[int, Looks]) -> datetime | None:
    """When the newest test appointment that was ever seen live was first seen no more; None while it stands."""
    live = [rows for _, rows in looks.values() if any(seen_as.is_live(row.value) for row in rows)]
    newest = live[-1] if live else []
    return newest[-1].first_seen if newest and not seen_as.is_live(newest[-1].value) else None


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
