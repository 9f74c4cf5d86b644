"""What `check` says once everybody was looked at: what needs attention, and who could not be looked at. Ids and codes only."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from wizard.config import Settings
from wizard.journey import Stop
from wizard.needing import is_needed
from wizard.onboarding.evidence import Known
from wizard.practice import Practice
from wizard.steps.step import Once
from wizard.store import clinics, needs, patrols, people, workstations
from wizard.store.clinics import Clinic
from wizard.store.database import db, of_clinic, only_reading
from wizard.verdict import Status

ALL_WELL, ATTENTION, UNSEEN = 0, 1, 2


@dataclass(frozen=True, slots=True, order=True)
class Wrong:
    """One step that needs attention; `workstation` 0 where it holds at all of the person's."""

    clinic: int
    person: int
    workstation: int
    step: str
    code: str


@dataclass(frozen=True, slots=True)
class Unseen:
    """One look that brought no answer, and since when."""

    clinic: int
    person: int
    look: str
    code: str
    since: datetime


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found. `looks` are the questions there are to ask, answered or not."""

    at: datetime
    looks: int
    wrong: tuple[Wrong, ...]
    unseen: tuple[Unseen, ...]

    @property
    def exit_code(self) -> int:
        """What is known to be wrong comes before what is not known."""
        if self.wrong:
            return ATTENTION
        return UNSEEN if self.unseen else ALL_WELL

    def as_json(self) -> dict[str, Any]:
        """The shape that docs/checking.md tells: numbers and codes, never a name."""
        return {
            "at": self.at.isoformat(timespec="seconds"),
            "exit": self.exit_code,
            "looks": self.looks,
            "attention": [
                {
                    "clinic": one.clinic,
                    "person": one.person,
                    "workstation": one.workstation or None,
                    "step": one.step,
                    "code": one.code,
                }
                for one in self.wrong
            ],
            "unseen": [
                {
                    "clinic": one.clinic,
                    "person": one.person,
                    "look": one.look,
                    "code": one.code,
                    "since": one.since.isoformat(timespec="seconds"),
                }
                for one in self.unseen
            ],
        }


def look_over(settings: Settings, practices: Mapping[str, Practice], now: datetime) -> Checked:
    """Everybody of every clinic, judged from stored facts by the rules of every page. Asks nobody."""
    wrong: set[Wrong] = set()
    unseen: list[Unseen] = []
    looks = 0
    with only_reading():
        for clinic in clinics.every():
            with of_clinic(clinic.id):
                wrong |= _wrong_in(clinic, settings, practices[clinic.practice], now)
                looks += patrols.count_open()
                unseen += [
                    Unseen(clinic.id, look.person_id, look.kind, look.failure, look.failing_since)
                    for look in patrols.failing()
                    if look.failing_since is not None
                ]
        db.session.commit()
    return Checked(now, looks, tuple(sorted(wrong)), tuple(unseen))


def _wrong_in(clinic: Clinic, settings: Settings, practice: Practice, now: datetime) -> set[Wrong]:
    everyone, desks = people.everyone(), workstations.desks_of_clinic()
    if not everyone or not desks:
        return set()
    decided = needs.decided()
    read = Known(clinic, everyone, desks, practice, settings, now)
    wrong: set[Wrong] = set()
    for who in everyone:
        for desk in desks:
            journey = read.journey(who, desk)
            if is_needed(desk.books_for, decided.get((who.id, desk.id))) or journey.is_proven:
                wrong |= {
                    Wrong(clinic.id, who.id, _place(stop, desk.id), stop.step.slug, stop.verdict.code)
                    for stop in journey
                    if stop.verdict.status is Status.NEEDS_ATTENTION
                }
    return wrong


def _place(stop: Stop, workstation_id: int) -> int:
    return workstation_id if stop.step.once is Once.DESK else 0
