"""Repair: look at everything again, open the card that says what is wrong, and lead through the article's last resort."""

from dataclasses import dataclass

from flask import Blueprint, Response, abort, make_response, redirect, render_template, url_for

from wizard import repairing
from wizard.google import GoogleTrouble
from wizard.journey import Journey, Stop, travel
from wizard.repairing import Progress
from wizard.report import report
from wizard.steps.step import UNSEEN
from wizard.store import answers, grants, workstations
from wizard.store.database import db
from wizard.store.workstations import Workstation
from wizard.verdict import Status
from wizard.views import allowing, doing, symptoms
from wizard.views.noting import note
from wizard.views.panel import words_for
from wizard.views.present import acting, clinic, helper, now, own_person, person, services
from wizard.views.travelling import evidence_here, known, named_workstation

bp = Blueprint("fix", __name__, url_prefix="/setup")


@dataclass(frozen=True, slots=True)
class Again:
    """One computer in the repair: where it stands, and where its work goes on."""

    workstation: Workstation
    is_here: bool
    progress: Progress


@bp.get("/<int:person_id>/fix")
def show(person_id: int) -> Response:
    """What was found, what the person sees instead, and what removing the permission at Google would end."""
    who = person(person_id)
    here, desks = named_workstation(who), workstations.desks_of_clinic()
    read = known([who], workstations.all_of_clinic())
    facts = [(desk, read.evidence(who, desk)) for desk in desks]
    evidence = read.evidence(who, here)
    journey, asks = travel(evidence), helper()
    return make_response(
        render_template(
            "fix.html",
            person=who,
            evidence=evidence,
            journey=journey,
            wrong=_wrong(journey),
            found={stop.step.slug: words_for(stop.verdict, asks).because for stop in journey},
            unseen=any(stop.verdict.aside or stop.verdict.code in UNSEEN for stop in journey),
            symptoms=symptoms.of(who.id, evidence, is_own=own_person() is not None),
            removal=repairing.removal(evidence),
            again=[
                Again(desk, desk.id == here.id, repairing.desk(known_here, travel(known_here)))
                for desk, known_here in facts
                if repairing.has_work(known_here)
            ],
            repair_begun=evidence.answered("repair", ""),
            report=report(journey, evidence, clinic=clinic().name),
            allowed=None if own_person() else allowing.present(),
            doing=doing.of("fix", who, evidence),
        )
    )


@bp.post("/<int:person_id>/fix/repair")
def begin_repair(person_id: int) -> Response:
    """By hand nothing shows that the permission ended: from this moment on a new test appointment counts as its repair."""
    who = person(person_id)
    if evidence_here(who).practice_is_readable:
        abort(404)
    answers.give(who.id, None, "repair", "", at=now(), by=acting())
    note("repair begun", person_id=who.id)
    db.session.commit()
    return make_response(redirect(f"{url_for('fix.show', person_id=who.id)}#repair", 303))


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
