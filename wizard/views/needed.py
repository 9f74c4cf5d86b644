"""Which cells are needed: the clinic's decision, by computer and by person."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for

from wizard.needing import EVERYBODY, NOBODY, Place
from wizard.store import needs, people
from wizard.store.database import db
from wizard.store.people import Person
from wizard.store.workstations import Workstation
from wizard.views import present
from wizard.views.compressing import compressed
from wizard.views.matrix import desks_of_round, needed_places
from wizard.views.noting import note
from wizard.views.present import acting, now
from wizard.views.standin import number_of

bp = Blueprint("needed", __name__, url_prefix="/overview/needed")

RULES = {EVERYBODY: "Yes, for everybody", NOBODY: "No, only for whom is ticked"}


@dataclass(frozen=True, slots=True)
class Change:
    """What a form says differently than its page did: boxes turned over, and computers given another rule."""

    boxes: dict[Place, bool]
    rules: dict[int, str]


@bp.get("")
def show() -> Response:
    """A box for every person at every computer, and each computer's rule."""
    return _page(people.everyone(), None)


@bp.get("/<int:person_id>")
def of_person(person_id: int) -> Response:
    """The same question about one person: which of the computers book for her."""
    who = present.person(person_id)
    return _page([who], who)


@bp.post("")
def save() -> Response:
    """Keep what was changed on the page; what somebody else decided meanwhile stays as it is.

    A thousand boxes are one short field each ("needed=12.5"), and only those that are ticked are sent at all. So the page
    tells in one more field which were ticked when it was shown: somebody added since then stands in neither.
    """
    everyone, desks = people.everyone(), desks_of_round()
    change = _change(everyone, desks)
    return _keep(change, desks, url_for("needed.show", saved=1))


@bp.post("/<int:person_id>")
def save_of_person(person_id: int) -> Response:
    who, desks = present.person(person_id), desks_of_round()
    return _keep(_change([who], desks), desks, url_for("needed.of_person", person_id=who.id, saved=1))


def _change(everyone: Sequence[Person], desks: Sequence[Workstation]) -> Change:
    may = {(who.id, desk.id) for who in everyone for desk in desks}
    ticked = {_place(text) for text in request.form.getlist("needed")}
    before = {_place(text) for text in request.form.get("was", "").split()}
    rules = {}
    for desk in desks:
        rule = request.form.get(f"books{desk.id}", desk.books_for)
        if rule in RULES and rule != request.form.get(f"booked{desk.id}", desk.books_for):
            rules[desk.id] = rule
    return Change({place: place in ticked for place in (ticked ^ before) & may}, rules)


def _keep(change: Change, desks: Sequence[Workstation], then: str) -> Response:
    for desk in desks:
        if desk.id in change.rules:
            desk.books_for = change.rules[desk.id]
            note("computer books for others", workstation_id=desk.id, detail=desk.books_for)
    if change.boxes:
        needs.decide_all(change.boxes, at=now(), by=acting())
    for person_id in sorted({person_id for person_id, _ in change.boxes}):
        mine = {desk_id: is_needed for (who, desk_id), is_needed in change.boxes.items() if who == person_id}
        said = [f"{desk.name}: {'needed' if mine[desk.id] else 'not needed'}" for desk in desks if desk.id in mine]
        note("needed cells decided", person_id=person_id, detail="; ".join(said))
    db.session.commit()
    return make_response(redirect(then, 303))


def _page(everyone: Sequence[Person], who: Person | None) -> Response:
    desks = desks_of_round()
    needed = needed_places(everyone, desks)
    template = "needed_of_person.html" if who else "needed.html"
    given = {
        "everyone": everyone,
        "desks": desks,
        "needed": needed,
        "was": " ".join(f"{person}.{desk}" for person, desk in sorted(needed)),
        "rules": RULES,
        "is_saved": request.args.get("saved") == "1",
    }
    return compressed(make_response(render_template(template, **given)))


def _place(text: str) -> Place:
    """A box as a form carries it, "12.5"; nobody's where it is none."""
    person, _, desk = text.partition(".")
    return number_of(person), number_of(desk)
