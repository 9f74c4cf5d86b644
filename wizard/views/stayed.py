"""What did Google show? The list of its pages from which nobody comes back, and what a person tells of them."""

from flask import Blueprint, Response, abort, make_response, redirect, render_template, request, url_for

from wizard import stayed
from wizard.steps.step import RETURNS_TO
from wizard.store import answers
from wizard.store.database import db
from wizard.store.people import Person
from wizard.views.noting import note
from wizard.views.present import acting, now, person
from wizard.views.travelling import journey_here, named_workstation

bp = Blueprint("stayed", __name__, url_prefix="/setup")

ASKED_AT = frozenset(RETURNS_TO.values())

CHOOSE = ("pages", "Choose what you saw")
TYPE = ("line", "Type only the line that begins with “Error”, for example Error 400: invalid_scope")


@bp.get("/<int:person_id>/<slug>/google-page")
def show(person_id: int, slug: str) -> Response:
    """The list on a page of its own: for whoever does not wait until its step asks."""
    who = _asked(person_id, slug)
    return make_response(_page(who, slug))


@bp.post("/<int:person_id>/<slug>/google-page")
def tell(person_id: int, slug: str) -> Response:
    """Note what the person tells; the step's check then says what it means."""
    who = _asked(person_id, slug)
    choice, line = request.form.get("page", ""), request.form.get("line", "")
    said = stayed.slug_of(choice, line)
    if said is None:
        return make_response(_page(who, slug, choice, line, [TYPE if choice == stayed.OTHER else CHOOSE]), 422)
    here = named_workstation(who)
    answers.give(who.id, here.id, "told", f"{slug}/{said}", at=now(), by=acting())
    note("told what Google showed", person_id=who.id, workstation_id=here.id, detail=f"{slug}/{said}")
    db.session.commit()
    return make_response(redirect(url_for("step.show", person_id=who.id, slug=slug), 303))


def _asked(person_id: int, slug: str) -> Person:
    """Only at the steps that lead to Google, and only where the person has come so far."""
    if slug not in ASKED_AT:
        abort(404)
    who = person(person_id)
    journey = journey_here(who)
    if not journey.stop(slug).is_reachable:
        following = journey.current or journey.stops[-1]
        abort(redirect(url_for("step.show", person_id=who.id, slug=following.step.slug), 303))
    return who


def _page(
    who: Person, slug: str, chosen: str = "", line: str = "", problems: list[tuple[str, str]] | None = None
) -> str:
    return render_template(
        "google_page.html",
        person=who,
        slug=slug,
        pages=stayed.PAGES,
        chosen=chosen,
        line=line,
        problems=problems or [],
    )
