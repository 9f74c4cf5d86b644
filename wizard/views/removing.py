"""Removing the checker: what ends with it is said first, and Google's silence changes nothing."""

from flask import Blueprint, Response, make_response, redirect, render_template, url_for

from wizard.google import GoogleTrouble
from wizard.onboarding.stopping import remove_checker
from wizard.store import grants
from wizard.store.people import Person
from wizard.views.present import acting, clinic, person, services
from wizard.views.travelling import named_workstation

bp = Blueprint("removing", __name__, url_prefix="/setup")


@bp.get("/<int:person_id>/remove-checker")
def show(person_id: int) -> Response:
    """What ends, before it does."""
    return make_response(_page(person(person_id)))


@bp.post("/<int:person_id>/remove-checker")
def remove(person_id: int) -> Response:
    """End it at Google, then here; while Google is silent neither."""
    who = person(person_id)
    here = named_workstation(who)
    try:
        remove_checker(services().google, services().clock, who, here, by=acting())
    except GoogleTrouble:
        return make_response(_page(person(person_id), is_silent=True), 503)
    return make_response(redirect(url_for("hub.show", person_id=who.id), 303))


def _page(who: Person, *, is_silent: bool = False) -> str:
    settings = services().settings
    return render_template(
        "remove_checker.html",
        person=who,
        grant=grants.of(who.id, "checker"),
        is_one_project=settings.one_project and clinic().writes_here,
        is_silent=is_silent,
        pages=settings.google_pages,
    )
