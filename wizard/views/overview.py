"""The overview: who is set up, and where. It follows by itself what is done at the desks, from stored facts only."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from flask import Blueprint, Response, make_response, render_template, request

from wizard.journey import Stop
from wizard.needing import next_of
from wizard.onboarding.straying import Told, strays
from wizard.spreadsheet import written
from wizard.steps.step import Once
from wizard.store import answers, deliveries
from wizard.verdict import Status
from wizard.views import asked, matrix, patrolled
from wizard.views.compressing import compressed
from wizard.views.htmx import is_partial
from wizard.views.matrix import Cell, Matrix, Row
from wizard.views.present import clinic, now, workstation
from wizard.views.standin import number_of
from wizard.views.waiting import LONG

bp = Blueprint("overview", __name__)

SHOW: Mapping[str, str] = {
    "": "Everybody",
    "attention": "Needs attention first",
    "left": "Only who is not done",
    "name": "By name",
}
ORDER = (Status.NEEDS_ATTENTION, Status.WAITING, Status.NOT_CHECKED, Status.VERIFIED)

LOOKS = {
    Status.VERIFIED: "verified",
    Status.WAITING: "waiting",
    Status.NEEDS_ATTENTION: "wrong",
    Status.NOT_CHECKED: "open",
}
"""The names under which tables.css knows the four words; a thousand cells carry one each."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What of the table is shown, and in which order; an address that names anything else shows everything."""

    show: str
    desk: int  # the one computer shown, by its id; 0: all

    @property
    def query(self) -> dict[str, str | int]:
        """As it stands in an address."""
        chosen: dict[str, str | int] = {"show": self.show, "desk": self.desk}
        return {name: value for name, value in chosen.items() if value}


@bp.get("/overview")
def show() -> Response:
    """Who is set up, and where."""
    whole = matrix.read()
    choice = _chosen(whole)
    template = "parts/_overview_answer.html" if is_partial() else "overview.html"
    given = {
        "whole": whole,
        "table": _shown(whole, choice),
        "choice": choice,
        "show": SHOW,
        "here": workstation(),
        "setting": _setting(whole),
        "done": sum(cell.is_done for cell in whole.needed),
        "total": len(whole.needed),
        "attention": sum(cell.status is Status.NEEDS_ATTENTION for row in whole.rows for cell in _cells(row)),
        "standing": sum(cell.has_test_standing for _, cell in whole.cells),
        "tests_due": sum(cell.is_test_due for _, cell in whole.cells),
        "patrol": patrolled.round_of_clinic(),
        "quiet": [one for one in patrolled.quiet_of([row.who for row in whole.rows]) if one.is_quiet],
        "changed": _changed(whole),
        "next": _next(whole),
        "asked": _asked(whole),
        "look": look,
        "backlog": (backlog := deliveries.backlog()),
        "waits_long": backlog.since is not None and now() - backlog.since >= LONG,
    }
    return compressed(make_response(render_template(template, **given)))


@bp.get("/overview.csv")
def as_csv() -> Response:
    """The table as it is shown, for a spreadsheet; the setting's line stands last."""
    whole = matrix.read()
    table, setting = _shown(whole, _chosen(whole)), _setting(whole)
    rows = [
        ["Person", "For the person (1, 4)", *(f"{desk.name} (2, 5, 6)" for desk in table.desks)],
        *([row.who.name, *(cell.words for cell in _cells(row))] for row in table.rows),
    ]
    if setting is not None:
        verdict = setting.verdict
        line = verdict.note or ("" if verdict.is_verified else verdict.for_others)
        rows.append(["System setting -233", f"{verdict.status.value} – {line}" if line else verdict.status.value])
    headers = {"Content-Type": "text/csv; charset=utf-8", "Content-Disposition": "attachment; filename=overview.csv"}
    return make_response(written(rows), 200, headers)


def look(cell: Cell) -> str:
    """The class of a cell: its word, and "missing" where something is missing rather than wrong."""
    is_amber = cell.stop is not None and cell.stop.verdict.amber and cell.status is Status.NEEDS_ATTENTION
    return "missing" if is_amber else LOOKS[cell.status]


def _chosen(whole: Matrix) -> Choice:
    show_, desk = request.args.get("show", ""), number_of(request.args.get("desk", ""))
    return Choice(show_ if show_ in SHOW else "", desk if desk in whole.desk_names else 0)


def _shown(whole: Matrix, choice: Choice) -> Matrix:
    table = whole
    if choice.desk:
        at = [desk.id for desk in whole.desks].index(choice.desk)
        rows = tuple(replace(row, cells=row.cells[at : at + 1]) for row in whole.rows)
        table = replace(whole, desks=whole.desks[at : at + 1], rows=rows)
    if choice.show == "attention":
        return replace(table, rows=tuple(sorted(table.rows, key=_urgency)))
    if choice.show == "left":
        return replace(table, rows=tuple(row for row in table.rows if any(cell.is_open for cell in row.cells)))
    if choice.show == "name":
        return replace(table, rows=tuple(sorted(table.rows, key=lambda row: row.who.name.casefold())))
    return table


def _urgency(row: Row) -> int:
    """The word that needs somebody most, of the cells that are needed."""
    return min((ORDER.index(cell.status) for cell in _cells(row) if cell.is_needed), default=len(ORDER))


def _cells(row: Row) -> list[Cell]:
    return [*([row.own] if row.own else []), *row.cells]


def _setting(whole: Matrix) -> Stop | None:
    journey = whole.rows[0].journey if whole.rows else None
    return journey.of(Once.CLINIC)[0] if journey else None


@dataclass(frozen=True, slots=True)
class Next:
    """Whom to set up next, and where; `is_here`: at this computer."""

    who: str
    person_id: int
    desk: str
    is_here: bool


def _next(whole: Matrix) -> Next | None:
    here = workstation()
    place = next_of(whole.round, whole.waiting, here.id if here else None)
    if place is None:
        return None
    person, desk = place
    return Next(whole.names[person], person, whole.desk_names[desk], here is not None and desk == here.id)


@dataclass(frozen=True, slots=True)
class Changed:
    """How many appointments of a person somebody changed in Google, and the week of the first of them."""

    who: str
    person_id: int
    count: int
    week: str

    @property
    def words(self) -> str:
        return f"{self.who}: {self.count} {'appointment' if self.count == 1 else 'appointments'}"


def _changed(whole: Matrix) -> list[Changed]:
    """Whose appointments do not stand in Google as here, and nobody has chosen what holds."""
    by_person: dict[int, list[Told]] = {}
    for told in strays(now()) if clinic().practice == "builtin" else ():
        by_person.setdefault(told.person_id, []).append(told)
    return [
        Changed(
            whole.names[person_id],
            person_id,
            len(found),
            found[0].starts_at.astimezone(clinic().zone).date().isoformat(),
        )
        for person_id, found in by_person.items()
        if person_id in whole.names
    ]


def _asked(whole: Matrix) -> list[asked.Wish]:
    everyone = [row.who for row in whole.rows]
    journeys = {row.who.id: row.journey for row in whole.rows if row.journey is not None}
    return asked.wishes(everyone, journeys, answers.all_of_clinic("tell"), asked.unanswered(everyone))
