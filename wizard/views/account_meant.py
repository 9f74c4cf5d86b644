"""Another Google account for a person: the one way out of a wrong address, and a named act that ends her proofs."""

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for

from wizard import addresses
from wizard.onboarding import slotting
from wizard.store import answers, grants, people
from wizard.store.database import db
from wizard.views.noting import note
from wizard.views.present import acting, now, person
from wizard.views.travelling import named_workstation

bp = Blueprint("account_meant", __name__, url_prefix="/setup")


@bp.get("/<int:person_id>/account")
def show(person_id: int) -> Response:
    """Which account is meant, and what ends with changing it."""
    return make_response(_page(person(person_id), None, []))


@bp.post("/<int:person_id>/account")
def change(person_id: int) -> Response:
    """From now on the new address is meant; the grants of the old account stand no more, here alone.

    Nothing is revoked at Google: whoever sees the old account's list of connections removes them there.
    """
    who = person(person_id)
    here = named_workstation(who)
    address = request.form.get("google_account", "").strip()
    problems: list[tuple[str, str]] = []
    if not people.may_be_address(address):
        problems.append(("google_account", addresses.WHOLE))
    elif others := people.meant_by(address) - {who.id} if address else set():
        names = ", ".join(other.name for other in people.everyone() if other.id in others)
        problems.append(("google_account", f"{address} is already entered for {names}"))
    if problems:
        return make_response(_page(who, address, problems), 422)
    grants.end_all_of(who.id, now())
    who.google_account = address
    answers.give(who.id, None, "start again", "", at=now(), by=acting())
    slotting.give_another(who, here, now())
    note("Google account changed", person_id=who.id, workstation_id=here.id)
    db.session.commit()
    return make_response(redirect(url_for("step.show", person_id=who.id, slug="create-calendar"), 303))


def _page(who: people.Person, typed: str | None, problems: list[tuple[str, str]]) -> str:
    checker = grants.of(who.id, "checker")
    present = checker.email if checker else who.google_account
    return render_template("account_meant.html", person=who, present=present, typed=typed, problems=problems)
