"""Repair: look at everything again, open the card that says what is wrong, and lead through the article's last resort."""

from flask import Blueprint, Response, make_response, redirect, render_template, url_for

from wizard.google import GoogleTrouble
from wizard.journey import Journey, Stop, travel
from wizard.steps.step import UNSEEN
from wizard.store import grants, workstations
from wizard.store.database import db
from wizard.verdict import Status
from wizard.views import doing
from wizard.views.present import now, person, services
from wizard.views.travelling import evidence_here, known, named_workstation

bp = Blueprint("fix", __name__, url_prefix="/setup")


@bp.get("/<int:person_id>/fix")
def show(person_id: int) -> Response:
    """What was found, and what removing the permission at Google would end."""
    who = person(person_id)
    evidence = evidence_here(who)
    journey = travel(evidence)
    desks = workstations.all_of_clinic()
    read = known([who], desks)
    proven_at = [desk for desk in desks if read.evidence(who, desk).sealed is not None]
    return make_response(
        render_template(
            "fix.html",
            person=who,
            evidence=evidence,
            journey=journey,
            wrong=_wrong(journey),
            unseen=any(stop.verdict.aside or stop.verdict.code in UNSEEN for stop in journey),
            proven_at=proven_at,
            doing=doing.of("fix", who, evidence),
        )
    )


@bp.post("/<int:person_id>/fix")
def look(person_id: int) -> Response:
    """Ask Google about everything of this person, then open the step that needs somebody.

    Where several do, the page lists them: what ended a permission stands at step 6, behind what its end undid.
    """
    who = person(person_id)
    here = named_workstation(who)
    for permission in ("checker", "integration"):
        grant = grants.of(who.id, permission)
        if grant is not None and not grant.is_dead:
            grant_id = grant.id
            db.session.commit()
            try:
                services().looking.permission_lives(grant_id)
            except GoogleTrouble:
                continue  # the looks below say on their own cards that Google is silent
    for slug in ("create-calendar", "accept"):
        services().looking.again(who, here, slug, evidence_here(who), pressed=True)
    match _wrong(travel(evidence_here(who))):
        case [stop] if stop.is_reachable:
            return make_response(redirect(url_for("step.show", person_id=who.id, slug=stop.step.slug), 303))
        case _:
            return make_response(redirect(url_for("fix.show", person_id=who.id, looked=int(now().timestamp())), 303))


def _wrong(journey: Journey) -> list[Stop]:
    wrong = [stop for stop in journey if stop.verdict.status is Status.NEEDS_ATTENTION]
    # The end of a permission undoes earlier steps: told after them, it reads like one more thing instead of the cause.
    return sorted(wrong, key=lambda stop: not stop.verdict.code.startswith("REVOKED"))
