"""Going on without the checker: what is not seen then, and the account, which nobody else will name."""

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for

from wizard import addresses
from wizard.onboarding import slotting
from wizard.store import answers, grants, people
from wizard.store.database import db
from wizard.views.noting import note
from wizard.views.present import acting, helper, now, own_person, person, services
from wizard.views.travelling import named_workstation

bp = Blueprint("without_checker", __name__, url_prefix="/setup")


@bp.get("/<int:person_id>/without-checker")
def show(person_id: int) -> Response:
    """What it means, before it is chosen; a person whose checker is connected has nothing to go without."""
    who = person(person_id)
    if grants.of(who.id, "checker") is not None:
        return _to_step_1(who)
    return make_response(_page(who, who.google_account, []))


@bp.post("/<int:person_id>/without-checker")
def choose(person_id: int) -> Response:
    """From now on nobody looks, on every computer of this person, until the checker is connected."""
    who = person(person_id)
    here = named_workstation(who)
    if grants.of(who.id, "checker") is not None:
        return _to_step_1(who)
    typed = request.form.get("google_account", who.google_account).strip()
    problems = _problems(who, typed)
    if problems:
        return make_response(_page(who, typed, problems), 422)
    who.google_account = typed
    slotting.ensure(who, here, now())
    answers.give(who.id, None, "without checker", "", at=now(), by=acting())
    note("went on without the checker", person_id=who.id, workstation_id=here.id)
    db.session.commit()
    return _to_step_1(who)


def _problems(who: people.Person, typed: str) -> list[tuple[str, str]]:
    if not typed or not people.may_be_address(typed):
        return [("google_account", addresses.WHOLE)]
    others = people.meant_by(typed) - {who.id}
    if own_person() is not None and others:  # who else there is, she is not told
        return [("google_account", f"{typed} is entered for somebody else. Type your own, or ask {helper()}")]
    names = ", ".join(other.name for other in people.everyone() if other.id in others)
    return [("google_account", f"{typed} is already entered for {names}")] if others else []


def _to_step_1(who: people.Person) -> Response:
    return make_response(redirect(url_for("step.show", person_id=who.id, slug="create-calendar"), 303))


def _page(who: people.Person, typed: str, problems: list[tuple[str, str]]) -> str:
    return render_template(
        "without_checker.html",
        person=who,
        typed=typed,
        is_entered=bool(who.google_account),
        problems=problems,
        pages=services().settings.google_pages,
    )
