"""The record: what was seen, by which permission, when; and the sheet to take along."""

from flask import Blueprint, Response, make_response, redirect, render_template, url_for

from wizard.journey import travel
from wizard.steps import STEPS
from wizard.views import doing
from wizard.views.panel import panel_of
from wizard.views.present import person, services
from wizard.views.travelling import evidence_here

bp = Blueprint("record", __name__, url_prefix="/setup")


@bp.get("/<int:person_id>/record")
def show(person_id: int) -> Response:
    """What proves this person's set-up at this computer; before there is anything to show, the hub."""
    who = person(person_id)
    evidence = evidence_here(who)
    journey = travel(evidence)
    if evidence.sealed is None:
        return make_response(redirect(url_for("hub.show", person_id=who.id), 303))
    lines = {stop.step.slug: panel_of(stop, evidence).second_line for stop in journey}
    return make_response(
        render_template(
            "record.html",
            person=who,
            evidence=evidence,
            journey=journey,
            lines=lines,
            arrival=evidence.sealed,
            doing=doing.of("record", who, evidence),
        )
    )


@bp.get("/<int:person_id>/print")
def sheet(person_id: int) -> Response:
    """The six steps on one page of paper, to be ticked by hand."""
    who = person(person_id)
    return make_response(render_template("sheet.html", person=who, steps=STEPS, address=services().settings.public_url))
