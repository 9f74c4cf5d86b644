"""Adding people: whose calendars are to be set up, one at a time."""

from dataclasses import dataclass

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for

from wizard.practice.builtin import furnish
from wizard.store import people
from wizard.store.database import db
from wizard.views.noting import note
from wizard.views.present import acting, clinic, now

bp = Blueprint("adding_people", __name__, url_prefix="/people")

LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class Typed:
    """The form as it is filled in."""

    name: str = ""
    google_account: str = ""


@bp.get("/add")
def show() -> Response:
    """Who is here already, and the form. For a clinic without people it begins with whoever is signed in."""
    name = acting() if not people.everyone() else ""
    return make_response(_page(Typed(name), []))


@bp.post("/add")
def add() -> Response:
    """One more person; then on to her set-up, or to the next one."""
    typed = Typed(" ".join(request.form.get("name", "").split()), request.form.get("google_account", "").strip())
    problems = problems_of(typed)
    if problems:
        return make_response(_page(typed, problems), 422)
    person = people.add(typed.name, typed.google_account)
    if clinic().practice == "builtin":
        furnish([person], now())
    note("person added", person_id=person.id)
    db.session.commit()
    if "another" in request.form:
        return make_response(redirect(url_for("adding_people.show"), 303))
    return make_response(redirect(url_for("start.show", person=person.id), 303))


def problems_of(typed: Typed) -> list[tuple[str, str]]:
    """What has to change before this can be one more person, as (id of the field, sentence)."""
    found: list[tuple[str, str]] = []
    everyone = people.everyone()
    if not typed.name or not typed.name.isprintable() or len(typed.name) > LONGEST_NAME:
        found.append(("name", f"Type the name as PIMSY shows it, at most {LONGEST_NAME} letters"))
    elif any(typed.name.casefold() == other.name.casefold() for other in everyone):
        found.append(
            ("name", f"{typed.name} is here already. Add what tells the two apart, for example a middle initial")
        )
    if not people.may_be_address(typed.google_account):
        found.append(("google_account", "Type the whole address, as in maria@clinic.example, without spaces"))
    elif typed.google_account and (others := people.meant_by(typed.google_account)):
        names = ", ".join(other.name for other in everyone if other.id in others)
        found.append(("google_account", f"{typed.google_account} is already entered for {names}"))
    return found


def _page(typed: Typed, problems: list[tuple[str, str]]) -> str:
    return render_template("adding_people.html", everyone=people.everyone(), typed=typed, problems=problems)
