"""Adding people: whose calendars are to be set up, one at a time or a whole list."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from werkzeug.exceptions import RequestEntityTooLarge

from wizard import addresses, rosters, spreadsheet
from wizard.practice.builtin import furnish
from wizard.store import people
from wizard.store.database import db
from wizard.views import errors
from wizard.views.noting import note
from wizard.views.present import acting, clinic, now

bp = Blueprint("adding_people", __name__, url_prefix="/people")

LARGEST_LIST = 256 * 1024
"""Bytes of a list with all that a form adds: 500 people with both addresses take less than half of it."""


@dataclass(frozen=True, slots=True)
class Typed:
    """The forms as they are filled in: one person, or a list."""

    name: str = ""
    google_account: str = ""
    lines: str = ""


@bp.url_value_preprocessor
def _take_a_list(endpoint: str | None, values: dict[str, Any] | None) -> None:  # noqa: ARG001 - Flask's signature
    """Said before anybody reads the form: a list may be longer than any other form of this wizard."""
    request.max_content_length = LARGEST_LIST


@bp.errorhandler(RequestEntityTooLarge)
def too_large(error: RequestEntityTooLarge) -> Response:  # noqa: ARG001 - it says no more than its name
    return errors.page(
        413,
        "This list is too large",
        f"Nobody was added. A list may hold {rosters.MOST_LINES} people and {LARGEST_LIST // 1024} kilobytes: "
        "send it in parts. A workbook or a picture is no list: save it as CSV first.",
    )


@bp.get("/add")
def show() -> Response:
    """Who is here already, and the forms. For a clinic without people it begins with whoever is signed in."""
    name = acting() if not people.everyone() else ""
    return make_response(_page(Typed(name), []))


@bp.post("/add")
def add() -> Response:
    """One more person; then on to her set-up, or to the next one."""
    typed = Typed(" ".join(request.form.get("name", "").split()), request.form.get("google_account", "").strip())
    problems = problems_of(typed)
    if problems:
        return make_response(_page(typed, problems), 422)
    (person,) = _add([rosters.Line(1, typed.name, typed.google_account)])
    db.session.commit()
    if "another" in request.form:
        return make_response(redirect(url_for("adding_people.show"), 303))
    return make_response(redirect(url_for("start.show", person=person.id), 303))


@bp.get("/template.csv")
def template() -> Response:
    """An empty list with its titles, for a spreadsheet."""
    file = make_response(spreadsheet.written([rosters.COLUMNS]))
    file.content_type = "text/csv; charset=utf-8"
    file.headers["Content-Disposition"] = 'attachment; filename="people.csv"'
    return file


@bp.post("/list")
def look_through() -> Response:
    """What a list would add, before anything is written; with a problem in it, the form again."""
    text, problem = _sent()
    if problem:
        return make_response(_page(Typed(lines=text), [("lines", problem)]), 422)
    if "change" in request.form:
        return make_response(_page(Typed(lines=text), []))
    found = rosters.sort(text, _here())
    if found.problems:
        return make_response(_page(Typed(lines=text), [("lines", words) for words in found.problems]), 422)
    return make_response(render_template("adding_list.html", found=found, lines=text))


@bp.post("/list/add")
def add_list() -> Response:
    """Add who is new in the list that was looked through; it is read again, for somebody may have added one meanwhile."""
    text = request.form.get("lines", "")
    found = rosters.sort(text, _here())
    if found.problems:
        return make_response(_page(Typed(lines=text), [("lines", words) for words in found.problems]), 422)
    _add(found.new)
    db.session.commit()
    return make_response(redirect(url_for("people.show", added=len(found.new), known=len(found.known)), 303))


def problems_of(typed: Typed) -> list[tuple[str, str]]:
    """What has to change before this can be one more person, as (id of the field, sentence)."""
    found: list[tuple[str, str]] = []
    everyone, gone = people.everyone(), people.who_left()
    if not typed.name or not typed.name.isprintable() or len(typed.name) > rosters.LONGEST_NAME:
        found.append(("name", f"Type the name as PIMSY shows it, at most {rosters.LONGEST_NAME} letters"))
    elif any(typed.name.casefold() == other.name.casefold() for other in everyone):
        found.append(
            ("name", f"{typed.name} is here already. Add what tells the two apart, for example a middle initial")
        )
    elif any(typed.name.casefold() == other.name.casefold() for other in gone):
        found.append(
            (
                "name",
                f"{typed.name} worked here before: open People, “Worked here before”. Somebody else? Add an initial",
            )
        )
    if not people.may_be_address(typed.google_account):
        found.append(("google_account", addresses.WHOLE))
    elif typed.google_account and (others := people.meant_by(typed.google_account)):
        names = ", ".join(other.name for other in everyone if other.id in others)
        found.append(("google_account", f"{typed.google_account} is already entered for {names}"))
    return found


def _add(lines: Sequence[rosters.Line]) -> list[people.Person]:
    """The caller ends the transaction."""
    added = [people.add(line.name, line.google_account, line.email) for line in lines]
    if clinic().practice == "builtin":
        furnish(added, now())
    for person in added:
        note("person added", person_id=person.id)
    return added


def _here() -> list[rosters.Known]:
    return [
        rosters.Known(who.id, who.name, who.google_account, has_left=who.left_at is not None) for who in people.ever()
    ]


def _sent() -> tuple[str, str]:
    """The list that was pasted or uploaded, and why it cannot be taken."""
    text, upload = request.form.get("lines", ""), request.files.get("file")
    if upload is None or not upload.filename:
        return text, ""
    if text.strip():
        return text, "There is a list here and a file as well: send one of them"
    read = rosters.decoded(upload.read())
    if read is None:
        return text, "This file is no text. In the spreadsheet choose “Save as” and CSV, then send that file"
    return read.removeprefix("\ufeff"), ""


def _page(typed: Typed, problems: list[tuple[str, str]]) -> str:
    return render_template(
        "adding_people.html",
        everyone=people.everyone(),
        typed=typed,
        problems=problems,
        most_lines=rosters.MOST_LINES,
        columns=rosters.COLUMNS,
    )
