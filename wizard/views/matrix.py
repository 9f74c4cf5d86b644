"""The people, the computers and what stands in every cell: read once, for the overview and all that is printed of it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace

from wizard import leaving, renewing, tidying
from wizard.evidence import Evidence
from wizard.journey import Journey, Stop, travel, worst
from wizard.needing import Place, Round, is_needed, round_of
from wizard.steps.step import SAID, Once
from wizard.store import needs, people, workstations
from wizard.store.people import Person
from wizard.store.workstations import Workstation
from wizard.verdict import Status
from wizard.views.present import clinic
from wizard.views.travelling import known

NOT_NEEDED = "not needed here"
TEST_DUE = "a new test is due"


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a cell: one of the four words, and a second line."""

    status: Status
    line: str
    stop: Stop | None = None  # the next thing to do
    is_needed: bool = True
    is_done: bool = False  # proven
    is_over: bool = False  # nothing is left to do there: proven, or passed by and said
    has_test_standing: bool = False  # the test appointment that proved it still stands
    is_test_due: bool = False  # proven longer ago than the clinic wants it; it stays proven

    @property
    def words(self) -> str:
        return f"{self.status.value} – {self.line}" if self.line else self.status.value

    @property
    def is_open(self) -> bool:
        """Somebody has to come for it."""
        return self.is_needed and not self.is_over


@dataclass(frozen=True, slots=True)
class Row:
    """One person: what is hers alone, and a cell for each computer."""

    who: Person
    own: Cell | None  # none while no computer has a name
    cells: tuple[Cell, ...]
    journey: Journey | None = None


@dataclass(frozen=True, slots=True)
class Matrix:
    """Rows in the order in which people were entered, computers in the order in which they were named."""

    desks: tuple[Workstation, ...]
    rows: tuple[Row, ...]
    connected: frozenset[int] = field(default_factory=frozenset)  # whose checker is connected, by id

    @property
    def cells(self) -> list[tuple[Place, Cell]]:
        return [
            ((row.who.id, desk.id), cell) for row in self.rows for desk, cell in zip(self.desks, row.cells, strict=True)
        ]

    @property
    def needed(self) -> list[Cell]:
        return [cell for _, cell in self.cells if cell.is_needed]

    @property
    def round(self) -> Round:
        """What is left to do."""
        return round_of(
            [row.who.id for row in self.rows],
            [desk.id for desk in self.desks],
            {place for place, cell in self.cells if cell.is_needed},
            {place for place, cell in self.cells if cell.is_over},
        )

    @property
    def waiting(self) -> set[Place]:
        return {place for place, cell in self.cells if cell.status is Status.WAITING}

    @property
    def names(self) -> dict[int, str]:
        """Of the people, by id."""
        return {row.who.id: row.who.name for row in self.rows}

    @property
    def desk_names(self) -> dict[int, str]:
        return {desk.id: desk.name for desk in self.desks}


def read() -> Matrix:
    """The clinic whose turn it is, from stored facts only."""
    everyone, desks = people.everyone(), desks_of_round()
    known_now, needed = known(everyone, desks), needed_places(everyone, desks)
    rows, connected, proof_days = [], set(), clinic().proof_days
    for who in everyone:
        facts = [known_now.evidence(who, desk) for desk in desks]
        journeys = [travel(evidence) for evidence in facts]
        cells = [
            _desk_cell(journey, evidence, is_needed=(who.id, desk.id) in needed, proof_days=proof_days)
            for desk, evidence, journey in zip(desks, facts, journeys, strict=True)
        ]
        first = journeys[0] if journeys else None
        rows.append(Row(who, _cell(first, Once.PERSON) if first else None, tuple(cells), first))
        if facts and facts[0].checker is not None:
            connected.add(who.id)
    return Matrix(tuple(desks), tuple(rows), frozenset(connected))


def desks_of_round() -> list[Workstation]:
    """The computers at which people are set up: a telephone, or one without PIMSY, takes step 1 alone."""
    return workstations.desks_of_clinic()


def needed_places(everyone: Sequence[Person], desks: Sequence[Workstation]) -> Collection[Place]:
    """Where who has to be set up."""
    decided = needs.decided()
    return {
        (who.id, desk.id)
        for who in everyone
        for desk in desks
        if is_needed(desk.books_for, decided.get((who.id, desk.id)))
    }


def _desk_cell(journey: Journey, evidence: Evidence, *, is_needed: bool, proof_days: int) -> Cell:
    """One desk's cell; a proof stays a proof where it is not needed, and while the person is signed in to Google there."""
    if not is_needed and not journey.is_proven:
        return Cell(Status.NOT_CHECKED, NOT_NEEDED, is_needed=False)
    cell = _cell(journey, Once.DESK)
    is_open = cell.status is Status.VERIFIED and leaving.is_open(evidence)
    is_due = is_needed and cell.status is Status.VERIFIED and renewing.is_due(evidence, proof_days)
    beside = [words for words, is_said in ((leaving.STILL_OPEN_HERE, is_open), (TEST_DUE, is_due)) if is_said]
    return replace(
        cell,
        line="; ".join(beside) or cell.line,
        is_test_due=is_due,
        is_needed=is_needed,
        is_done=journey.is_proven,
        is_over=journey.current is None,
        has_test_standing=tidying.state_of(evidence) == tidying.STANDS,
    )


def _cell(journey: Journey, once: Once) -> Cell:
    stops = journey.of(once)
    left = [stop for stop in stops if not stop.verdict.is_verified]
    if not left:
        return Cell(Status.VERIFIED, "")
    if all(stop.verdict.said for stop in left):
        return Cell(Status.NOT_CHECKED, SAID.note, left[0])
    if all(stop.lets_pass for stop in stops) and worst(stops) is Status.NOT_CHECKED:
        numbers = " and ".join(str(stop.step.number) for stop in left)
        return Cell(Status.NOT_CHECKED, f"left out: step {numbers}", left[0])
    status = worst(stops)
    if status is Status.NEEDS_ATTENTION:
        # What is wrong before what is missing: a permission that is gone leaves the sign-out open as well.
        wrong = min((stop for stop in stops if stop.verdict.status is status), key=lambda stop: stop.verdict.amber)
        return Cell(status, wrong.verdict.for_others, wrong)
    if len(left) == len(stops) and all(stop.verdict.code == "NOT-BEGUN" for stop in stops):
        return Cell(Status.NOT_CHECKED, "not begun", left[0])
    return Cell(status, f"{len(left)} left, next: {left[0].step.title}", left[0])
