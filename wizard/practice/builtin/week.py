"""A week of My SAL Calendar: Monday to Friday, and the weekend where the clinic works or something is booked."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from wizard import when
from wizard.practice.builtin.calendar import empty_slot
from wizard.practice.builtin.on_google import QUICK, Scene, Standing, standing
from wizard.practice.builtin.strayed import stray_of
from wizard.practice.builtin.summary import initials
from wizard.store import appointments, authorizations, clients, deliveries, seen_events, workstations
from wizard.store.clinics import Clinic
from wizard.store.people import Person

FIRST_HOUR, LAST_HOUR = 6, 17
SATURDAY = 5
WEEK = timedelta(days=7)
NOON = 12


@dataclass(frozen=True, slots=True)
class Block:
    """An appointment as the grid shows it: initials alone, and what stands of it on Google."""

    id: int
    initials: str
    time: str
    is_test: bool
    is_cancelled: bool
    standing: Standing


@dataclass(frozen=True, slots=True)
class Cell:
    """An hour of a day; `slot` is the start of a test time that nothing is booked at."""

    blocks: tuple[Block, ...]
    slot: str


@dataclass(frozen=True, slots=True)
class Day:
    """The head of a column."""

    name: str
    is_today: bool


@dataclass(frozen=True, slots=True)
class Hour:
    """A row."""

    name: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Week:
    """The grid, and how often it is worth asking for a newer one: empty when nothing is open."""

    monday: date
    days: tuple[Day, ...]
    hours: tuple[Hour, ...]
    pace: str

    @property
    def name(self) -> str:
        return f"{self.monday:%b} {self.monday.day}"

    @property
    def before(self) -> date:
        return self.monday - WEEK

    @property
    def after(self) -> date:
        return self.monday + WEEK

    @property
    def blocks(self) -> Iterator[Block]:
        return (block for hour in self.hours for cell in hour.cells for block in cell.blocks)


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def week_of(person: Person, day: date, clinic: Clinic, here: workstations.Workstation | None, now: datetime) -> Week:
    """The week of that day, as somebody at that computer sees it. A constant number of queries."""
    monday = monday_of(day)
    start = datetime.combine(monday, time(), clinic.zone)
    end = datetime.combine(monday + WEEK, time(), clinic.zone)
    booked = appointments.between(person.id, start, end)
    scene = Scene(
        name=person.first_name,
        zone=clinic.zone,
        now=now,
        here=here.id if here else 0,
        desks={desk.id: desk.name for desk in workstations.ever()},
        accepted_at=authorizations.holding(person.id),
    )
    owed, seen = deliveries.open_of([row.id for row in booked]), seen_events.of([row.id for row in booked])
    names = {client.id: client.name for client in clients.of_people([person.id])}
    blocks: defaultdict[tuple[date, int], list[Block]] = defaultdict(list)
    for row in booked:
        local = row.starts_at.astimezone(clinic.zone)
        blocks[local.date(), local.hour].append(
            Block(
                id=row.id,
                initials=initials(names.get(row.client_id, "")),
                time=when.short_time(row.starts_at, clinic.zone),
                is_test=row.slot_id is not None,
                is_cancelled=row.cancelled_at is not None,
                standing=standing(
                    row, owed.get(row.id), scene, stray_of(row, seen.get(row.id), is_owed=row.id in owed)
                ),
            )
        )
    slot = empty_slot(person.id, here.id, now) if here else None
    is_shown = slot is not None and start <= slot.starts_at < end
    return _grid(monday, blocks, slot.starts_at.astimezone(clinic.zone) if slot and is_shown else None, clinic, now)


def _grid(
    monday: date, blocks: dict[tuple[date, int], list[Block]], slot: datetime | None, clinic: Clinic, now: datetime
) -> Week:
    filled = set(blocks) | ({(slot.date(), slot.hour)} if slot else set())
    dates = [
        day
        for day in (monday + timedelta(days=count) for count in range(7))
        if day.weekday() < SATURDAY or day.weekday() in clinic.works_on or any(day == there for there, _ in filled)
    ]
    shown = [FIRST_HOUR, LAST_HOUR, *(hour for _, hour in filled)]
    today = now.astimezone(clinic.zone).date()
    hours = tuple(
        Hour(
            f"{hour % NOON or NOON} {'AM' if hour < NOON else 'PM'}",
            tuple(
                Cell(
                    tuple(blocks.get((day, hour), ())),
                    f"{slot.hour % NOON or NOON}:{slot:%M}" if slot and (slot.date(), slot.hour) == (day, hour) else "",
                )
                for day in dates
            ),
        )
        for hour in range(min(shown), max(shown) + 1)
    )
    paces = {block.standing.pace for there in blocks.values() for block in there} - {""}
    days = tuple(Day(f"{day:%a} {day.day}", day == today) for day in dates)
    return Week(monday, days, hours, QUICK if QUICK in paces else "".join(paces))
