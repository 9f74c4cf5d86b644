"""The record: what was seen, by which permission, when; leaving the desk; tidying up; and the sheet to take along."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, Response, abort, make_response, redirect, render_template, request, url_for

from wizard import leaving, tidying
from wizard.evidence import Evidence
from wizard.journey import Stop, travel
from wizard.onboarding.evidence import Known
from wizard.practice.builtin import BuiltIn, calendar
from wizard.queueing import Place
from wizard.report import report
from wizard.steps import STEPS, sign_out
from wizard.store import answers, appointments
from wizard.store.database import db
from wizard.store.people import Person
from wizard.store.workstations import Workstation
from wizard.verdict import Verdict
from wizard.views import doing
from wizard.views.htmx import htmx
from wizard.views.noting import note
from wizard.views.panel import cards_on, panel_of, words_for
from wizard.views.present import acting, clinic, everyone_here, helper, now, own_person, person, services
from wizard.views.queues import queue_of
from wizard.views.travelling import evidence_here, known, named_workstation

bp = Blueprint("record", __name__, url_prefix="/setup")

ASKED_IN_ONE_TRIP = frozenset({sign_out.OUT.code, sign_out.STILL.code})
"""What that trip shows of the next person: signed out, or which account is not."""


@dataclass(frozen=True, slots=True)
class Tidying:
    """Where the test appointment's end stands: "stands", "going" once it is cancelled, "gone"."""

    state: str
    seen: str  # what the page shows: an answer that says the same is 204


@bp.get("/<int:person_id>/record")
def show(person_id: int) -> Response:
    """What proves this person's set-up at this computer; before there is anything to show, the hub."""
    who = person(person_id)
    here = named_workstation(who)
    everyone = everyone_here()
    read = known(everyone, [here])
    evidence = read.evidence(who, here)
    journey, asks = travel(evidence), helper()
    if evidence.sealed is None and journey.current is not None:
        return make_response(redirect(url_for("hub.show", person_id=who.id), 303))
    queue = queue_of(read, everyone, here)
    following = queue.after(who.id) if own_person() is None else None
    return make_response(
        render_template(
            "record.html",
            person=who,
            evidence=evidence,
            journey=journey,
            lines={stop.step.slug: panel_of(stop, evidence, helper=asks).second_line for stop in journey},
            seen_by={stop.step.slug: _seen_by(stop, evidence) for stop in journey},
            arrival=evidence.sealed,
            leave=leaving.check(evidence),
            tidying=_tidying(evidence),
            looked=evidence.answered("title", "none") or evidence.answered("title", "client"),
            report=report(journey, evidence, clinic=clinic().name),
            next_here=following,
            next_sign_out=_sign_out_of(following, read, everyone, here),
            numbers=cards_on(journey, evidence),
            doing=doing.of("record", who, evidence),
            found={stop.step.slug: words_for(stop.verdict, asks).because for stop in journey},
        )
    )


def _sign_out_of(place: Place | None, read: Known, everyone: Sequence[Person], here: Workstation) -> Verdict | None:
    """What is known of the next person's step 2: the trip by which this one leaves the desk asks for both."""
    who = next((one for one in everyone if place and one.id == place.person_id), None)
    verdict = read.journey(who, here).stop(sign_out.STEP.slug).verdict if who else None
    return verdict if verdict and verdict.code in ASKED_IN_ONE_TRIP else None


@bp.post("/<int:person_id>/record/look")
def look(person_id: int) -> Response:
    """Look whether the test appointment is gone; nothing new is 204, so that the page stays quiet."""
    who = person(person_id)
    here = named_workstation(who)
    services().looking.again(who, here, "accept", evidence_here(who), pressed="now" in request.form)
    if not htmx:
        return _to_record(who)
    evidence = evidence_here(who)
    tidied = _tidying(evidence)
    if request.form.get("seen") == tidied.seen and "now" not in request.form:
        return make_response("", 204)
    return make_response(render_template("parts/_tidy.html", person=who, evidence=evidence, tidying=tidied))


@bp.post("/<int:person_id>/record/cancel")
def cancel(person_id: int) -> Response:
    """Cancel the test appointment in the Stand-in; what was sent is taken back from Google."""
    who = person(person_id)
    arrival = evidence_here(who).sealed
    if clinic().practice != BuiltIn.name or arrival is None:
        abort(404)
    for row in appointments.of_slots([arrival.slot_id]):
        calendar.cancel(who, row, at=now(), who=acting())
    db.session.commit()
    services().background.wake()
    return _to_record(who)


@bp.post("/<int:person_id>/record/own-computer")
def own_computer(person_id: int) -> Response:
    """Nobody else uses this computer: nobody is asked to sign out before leaving it."""
    who = person(person_id)
    here = named_workstation(who)
    answers.give(who.id, here.id, "own computer", "", at=now(), by=acting())
    note("is one person's own computer", person_id=who.id, workstation_id=here.id)
    db.session.commit()
    return _to_record(who)


@bp.get("/<int:person_id>/print")
def sheet(person_id: int) -> Response:
    """The six steps on one page of paper, to be ticked by hand."""
    who = person(person_id)
    return make_response(render_template("sheet.html", person=who, steps=STEPS, address=services().settings.public_url))


def _to_record(who: Person) -> Response:
    return make_response(redirect(url_for("record.show", person_id=who.id), 303))


def _tidying(evidence: Evidence) -> Tidying:
    state = tidying.state_of(evidence) or tidying.STANDS  # nothing is shown of it where nothing is proven
    return Tidying(state, f"{state}:{evidence.gone_at or ''}")


def _seen_by(stop: Stop, evidence: Evidence) -> str:
    """By which permission, or by whom, what stands beside a step was seen."""
    if stop.verdict.said:
        return f"{evidence.first_name}'s word"
    if not stop.verdict.is_verified:
        return "nobody"
    match stop.step.slug:
        case "create-calendar" | "accept":
            return f"{evidence.checker_name}, a permission that cannot write"
        case "sign-out":
            return "Google's refusal to sign this browser in"
        case _:
            return "the Stand-in" if evidence.practice_is_readable else f"{evidence.checker_name}, by what arrived"
