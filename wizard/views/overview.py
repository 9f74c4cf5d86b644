"""The overview: people as rows, workstations as columns, every cell from the same journeys as the pages."""

from dataclasses import dataclass, replace

from flask import Blueprint, Response, make_response, render_template

from wizard import leaving
from wizard.evidence import Evidence
from wizard.journey import Journey, Stop, travel, worst
from wizard.steps.step import SAID, Once
from wizard.store import answers, people, workstations
from wizard.verdict import Status
from wizard.views import asked
from wizard.views.htmx import is_partial
from wizard.views.present import workstation
from wizard.views.travelling import known

bp = Blueprint("overview", __name__)


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a cell: one of the four words, and a second line."""

    status: Status
    line: str
    stop: Stop | None = None  # the next thing to do


@bp.get("/overview")
def show() -> Response:
    """Who is set up, and where. Read from stored facts only."""
    everyone, desks = people.everyone(), workstations.all_of_clinic()
    read = known(everyone, desks)
    facts = {(who.id, desk.id): read.evidence(who, desk) for who in everyone for desk in desks}
    journeys = {key: travel(evidence) for key, evidence in facts.items()}
    rows = [
        (
            who,
            _cell(journeys[who.id, desks[0].id], Once.PERSON) if desks else None,
            [_desk_cell(journeys[who.id, desk.id], facts[who.id, desk.id]) for desk in desks],
        )
        for who in everyone
    ]
    cells = [cell for _, _, row in rows for cell in row]
    seen = [own for _, own, _ in rows if own] + cells
    any_journeys = {who.id: journeys[who.id, desks[0].id] for who in everyone if desks}
    given = {
        "asked": asked.wishes(everyone, any_journeys, answers.all_of_clinic("tell"), asked.unanswered(everyone)),
        "rows": rows,
        "desks": desks,
        "here": workstation(),
        "setting": next(iter(journeys.values())).of(Once.CLINIC)[0] if journeys else None,
        "done": sum(journey.is_proven for journey in journeys.values()),
        "total": len(cells),
        "attention": sum(cell.status is Status.NEEDS_ATTENTION for cell in seen),
    }
    template = "parts/_overview.html" if is_partial() else "overview.html"
    return make_response(render_template(template, **given))


def _desk_cell(journey: Journey, evidence: Evidence) -> Cell:
    """One desk's cell; a proof stays a proof while the person is still signed in to Google there, and says so."""
    cell, leave = _cell(journey, Once.DESK), leaving.check(evidence)
    is_open = leave is not None and leave.code == leaving.OPEN.code and cell.status is Status.VERIFIED
    return replace(cell, line="Google still open here") if is_open else cell


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
        wrong = next(stop for stop in stops if stop.verdict.status is status)
        return Cell(status, wrong.verdict.for_others, wrong)
    if len(left) == len(stops) and all(stop.verdict.code == "NOT-BEGUN" for stop in stops):
        return Cell(Status.NOT_CHECKED, "not begun", left[0])
    return Cell(status, f"{len(left)} left, next: {left[0].step.title}", left[0])
