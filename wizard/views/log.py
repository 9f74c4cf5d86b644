"""The log as the clinic's administrators read it: who did what, when, from where."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from flask import Blueprint, Response, abort, make_response, render_template, request
from werkzeug.datastructures import MultiDict

from wizard.spreadsheet import written
from wizard.store import log, people, workstations
from wizard.store.database import LARGEST_ID, db
from wizard.views.noting import note
from wizard.views.present import clinic, now

bp = Blueprint("log", __name__, url_prefix="/log")

ON_A_PAGE = 50


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the filter says, as it stands in the address; empty for all."""

    person: str = ""
    computer: str = ""
    day: str = ""

    @property
    def is_narrow(self) -> bool:
        return bool(self.person or self.computer or self.day)


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that was done, with names instead of ids."""

    at: datetime
    who: str
    what: str
    person: str
    computer: str
    detail: str
    address: str


@bp.get("")
def show() -> Response:
    """Newest first, a page at a time."""
    chosen = _chosen(request.args)
    everyone, desks = people.ever(), workstations.ever()
    asked = _asked(chosen, {who.id for who in everyone}, {desk.id for desk in desks})
    rows = log.newest(asked, ON_A_PAGE + 1, before=_id(request.args.get("before", "")))
    return make_response(
        render_template(
            "log.html",
            chosen=chosen,
            everyone=everyone,
            desks=desks,
            lines=_lines(rows[:ON_A_PAGE], everyone, desks),
            before=rows[ON_A_PAGE - 1].id if len(rows) > ON_A_PAGE else None,
            is_first="before" not in request.args,
            zone=clinic().zone_name.replace("_", " "),
        )
    )


@bp.post("/export")
def export() -> Response:
    """Everything the filter lets through, as a file; that it was taken away is noted itself."""
    chosen = _chosen(request.form)
    everyone, desks = people.ever(), workstations.ever()
    rows = log.everything(_asked(chosen, {who.id for who in everyone}, {desk.id for desk in desks}))
    zone = clinic().zone
    table = [("When", "Who", "What", "Person", "Computer", "More", "Network address")] + [
        (
            line.at.astimezone(zone).isoformat(" ", "seconds"),
            line.who,
            line.what,
            line.person,
            line.computer,
            line.detail,
            line.address,
        )
        for line in _lines(rows, everyone, desks)
    ]
    note("log exported", detail=f"{len(rows)} lines")
    db.session.commit()
    file = make_response(written(table))
    file.content_type = "text/csv; charset=utf-8"
    file.headers["Content-Disposition"] = f'attachment; filename="log-{now().astimezone(zone):%Y-%m-%d}.csv"'
    return file


def _chosen(given: MultiDict[str, str]) -> Chosen:
    return Chosen(given.get("person", ""), given.get("computer", ""), given.get("day", ""))


def _asked(chosen: Chosen, person_ids: set[int], workstation_ids: set[int]) -> log.Asked:
    """What is asked of the store; an address that names nobody of this clinic, or no day, is no page."""
    who, where = _id(chosen.person), _id(chosen.computer)
    if (who is not None and who not in person_ids) or (where is not None and where not in workstation_ids):
        abort(404)
    if not chosen.day:
        return log.Asked(who, where)
    try:
        day = date.fromisoformat(chosen.day)
        since, until = (datetime.combine(day + timedelta(days=later), time(), clinic().zone) for later in (0, 1))
    except (ValueError, OverflowError):
        abort(404)
    return log.Asked(who, where, since, until)


def _id(text: str) -> int | None:
    if not text:
        return None
    if not (text.isascii() and text.isdecimal() and len(text) <= len(str(LARGEST_ID))):
        abort(404)
    return int(text)


def _lines(
    rows: list[log.LogEntry], everyone: list[people.Person], desks: list[workstations.Workstation]
) -> list[Line]:
    names, computers = {who.id: who.name for who in everyone}, {desk.id: desk.name for desk in desks}
    return [
        Line(
            row.at,
            row.who,
            row.what,
            names.get(row.person_id or 0, ""),
            computers.get(row.workstation_id or 0, ""),
            row.detail,
            row.address,
        )
        for row in rows
    ]
