"""The hub: where one person stands at this computer, and the one way to begin her again."""

from flask import Blueprint, Response, make_response, redirect, render_template, url_for

from wizard.evidence import Evidence
from wizard.journey import Stop, travel
from wizard.onboarding import slotting
from wizard.onboarding.straying import strays
from wizard.steps.step import Once
from wizard.store import answers, deliveries
from wizard.store.database import db
from wizard.verdict import Status
from wizard.views import phone
from wizard.views.htmx import is_partial
from wizard.views.noting import note
from wizard.views.panel import cards_on, panel_of, words_for
from wizard.views.present import acting, clinic, helper, now, own_person, person
from wizard.views.travelling import evidence_here, named_workstation

bp = Blueprint("hub", __name__, url_prefix="/setup")


@bp.get("/<int:person_id>")
def show(person_id: int) -> Response:
    """All six steps in the groups of how often they are done, and the next one; at a telephone its own page."""
    who = person(person_id)
    evidence = evidence_here(who)
    journey = travel(evidence)
    if not evidence.has_pimsy:
        return phone.page(who, journey)
    groups = [
        ("For the clinic", journey.of(Once.CLINIC)),
        ("For you" if own_person() else f"For {who.first_name}", journey.of(Once.PERSON)),
        ("On this computer", journey.of(Once.DESK)),
    ]
    asks = helper()
    lines = {stop.step.slug: _line(stop, evidence, asks) for stop in journey}
    awaited = [stop.step.slug for stop in journey if asks and stop.step.is_administrative and not stop.lets_pass]
    given = {
        "person": who,
        "journey": journey,
        "groups": groups,
        "lines": lines,
        "numbers": cards_on(journey, evidence),
        "helper": asks,
        "awaited": awaited,
        "told": [slug for slug in awaited if evidence.answered("tell", slug)],
        "waits": bool(awaited),
        "changed": strays(now(), who.id) if clinic().practice == "builtin" else [],
        "backlog": deliveries.backlog(who.id),
    }
    return make_response(render_template("parts/_hub.html" if is_partial() else "hub.html", **given))


def _line(stop: Stop, evidence: Evidence, asks: str) -> str:
    """What stands beside the status: what needs somebody says there what it is."""
    if stop.verdict.status is Status.NEEDS_ATTENTION:
        return words_for(stop.verdict, asks).because
    return panel_of(stop, evidence, helper=asks).second_line


@bp.get("/<int:person_id>/start-again")
def confirm_start_again(person_id: int) -> Response:
    """What ends with starting again, before it does."""
    return make_response(render_template("start_again.html", person=person(person_id)))


@bp.post("/<int:person_id>/start-again")
def start_again(person_id: int) -> Response:
    """The proofs of this person stop counting, at every computer; nothing at Google or in the practice changes."""
    who = person(person_id)
    here = named_workstation(who)
    answers.give(who.id, None, "start again", "", at=now(), by=acting())
    slotting.give_another(who, here, now())
    note("started again", person_id=who.id, workstation_id=here.id)
    db.session.commit()
    return make_response(redirect(url_for("hub.show", person_id=who.id), 303))
