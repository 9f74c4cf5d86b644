"""The form in which an appointment is booked: how it is filled in, and how it is read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from wizard.practice.builtin import calendar, typed
from wizard.practice.builtin.calendar import Refused
from wizard.practice.builtin.settings import Problem
from wizard.practice.builtin.typed import Rules, Wish
from wizard.store import clients
from wizard.store.people import Person
from wizard.views import standin
from wizard.views.present import clinic, now

FIELDS = ("client", "code", "location", "day", "time", "minutes")
TEST_CODE, TEST_LOCATION = "TEST", "Main office"


class Start(Protocol):
    """What the form is filled in with: the slot of this desk."""

    @property
    def starts_at(self) -> datetime: ...
    @property
    def minutes(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Form:
    """All that parts/_booking_form.html shows; `typed` is what stands in the fields, by name."""

    person: Person
    clients: tuple[clients.Client, ...]
    typed: Mapping[str, str]
    today: str
    grid_s: int
    problems: tuple[Problem, ...]


def booking_form_of(person: Person, slot: Start | None) -> Form:
    """The form as it is first shown: the test client, and the test time of this desk where there is one."""
    zone = clinic().zone
    hers = clients.of_people([person.id])
    local = slot.starts_at.astimezone(zone) if slot else None
    return form_of(
        person,
        {
            "client": str(hers[0].id) if hers else "",
            "code": TEST_CODE,
            "location": TEST_LOCATION,
            "day": (local or now().astimezone(zone)).date().isoformat(),
            "time": f"{local:%H:%M}" if local else "",
            "minutes": str(slot.minutes if slot else clinic().grid_minutes),
        },
    )


def form_of(person: Person, said: Mapping[str, str], problems: Sequence[Problem] = ()) -> Form:
    """The form with what was typed, and what has to change."""
    return Form(
        person=person,
        clients=tuple(clients.of_people([person.id])),
        typed=said,
        today=now().astimezone(clinic().zone).date().isoformat(),
        grid_s=clinic().grid_minutes * 60,
        problems=tuple(problems),
    )


def rules() -> Rules:
    """The clinic's own."""
    return Rules(clinic().zone, clinic().grid_minutes)


def start_of(day: str, clock_time: str, by: Rules, at: datetime, fields: Sequence[str]) -> datetime:
    """The instant that was typed. Raises Refused."""
    starts_at, problems = typed.start_of(day, clock_time, by, at, fields)
    if starts_at is None:
        raise Refused(*problems)
    return starts_at


def wish_of(person: Person, said: Mapping[str, str], by: Rules, at: datetime) -> Wish:
    """The appointment that was typed. Raises Refused with everything there is to change."""
    starts_at, late = typed.start_of(said["day"], said["time"], by, at)
    minutes = typed.length_of(said["minutes"])
    client_id = standin.number_of(said["client"])
    problems = [*calendar.problems_of(person, client_id, said["code"], said["location"]), *late]
    if minutes is None:
        problems.append(("minutes", f"Choose a length from {typed.SHORTEST} to {typed.LONGEST} minutes"))
    if problems or starts_at is None or minutes is None:
        raise Refused(*problems)
    return Wish(client_id, said["code"], said["location"], starts_at, minutes)
