"""A step: its page, what a person answers on it, and the check that looks again."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, abort, make_response, redirect, render_template, request, url_for

from wizard import stayed
from wizard.evidence import Evidence
from wizard.journey import Journey, Stop, travel
from wizard.onboarding import slotting
from wizard.onboarding.looking import Looked
from wizard.steps.step import RETURNS_TO, Step
from wizard.store import answers
from wizard.store.database import db
from wizard.store.people import Person
from wizard.views import doing, roads, telling
from wizard.views.htmx import htmx, leave
from wizard.views.noting import note
from wizard.views.panel import Panel, panel_of
from wizard.views.present import acting, helper, now, person, services
from wizard.views.title_first import look_first
from wizard.views.travelling import evidence_here, named_workstation

bp = Blueprint("step", __name__, url_prefix="/setup")

LONGEST_TIME = 12
"""Digits of a time in seconds, with room to spare; Python refuses to read numbers that do not end."""


@bp.get("/<int:person_id>/<slug>")
def show(person_id: int, slug: str) -> Response:
    """The step's page; one that cannot be reached yet leads to the step that is next."""
    who = person(person_id)
    evidence = evidence_here(who)
    journey = travel(evidence)
    stop = _stop(journey, slug)
    if not stop.is_reachable:
        return _to(who, _next(journey))
    if slug == telling.BOOKING and not _is_booked(evidence) and (look := look_first(who, named_workstation(who))):
        return make_response(redirect(look, 303))
    return make_response(_page(who, evidence, journey, stop))


@bp.post("/<int:person_id>/<slug>")
def answer(person_id: int, slug: str) -> Response:
    """What a person says: go on, go on without this check, right, another account, book it again."""
    who = person(person_id)
    evidence = evidence_here(who)
    stop = _stop(travel(evidence), slug)
    if not stop.is_reachable:
        return leave(url_for("step.show", person_id=who.id, slug=_next(travel(evidence)).step.slug))
    said = request.form.get("answer", "")
    if said not in ANSWERS:
        abort(400)
    return ANSWERS[said](who, stop)


@bp.post("/<int:person_id>/<slug>/check")
def check(person_id: int, slug: str) -> Response:
    """Look again, and answer with what is to be seen: nothing new is 204, so that the page stays quiet."""
    who = person(person_id)
    here = named_workstation(who)
    before = evidence_here(who)
    stop = _stop(travel(before), slug)
    if slug == "sign-out" or not stop.is_reachable:
        abort(404)
    pressed = "now" in request.form
    looked = services().looking.again(who, here, slug, before, pressed=pressed)
    if pressed:
        answers.give(who.id, here.id, "asked", slug, at=now(), by=acting())
        db.session.commit()
    if not htmx:
        return make_response(redirect(url_for("step.show", person_id=who.id, slug=slug), 303))
    evidence = evidence_here(who)
    journey = travel(evidence)
    panel = _panel(_stop(journey, slug), evidence)
    is_as_before = request.form.get("seen") == panel.seen
    if looked is Looked.NO_ROOM or (is_as_before and not pressed):  # who pressed is told, also that nothing changed
        return make_response("", 204)
    return make_response(
        render_template(
            "parts/_check_answer.html",
            person=who,
            evidence=evidence,
            journey=journey,
            panel=panel,
            current_slug=slug,
            google_pages=services().settings.google_pages,
        )
    )


def _page(who: Person, evidence: Evidence, journey: Journey, stop: Stop) -> str:
    step: Step = stop.step
    given: dict[str, Any] = {
        "person": who,
        "evidence": evidence,
        "journey": journey,
        "panel": panel_of(stop, evidence, helper=helper()),
        "stop": stop,
        "current_slug": step.slug,
        "state": stop.verdict.status.name,
        "back": journey.before(step.slug),
        "doing": doing.of(step.slug, who, evidence),
        "google_steps": RETURNS_TO.values(),
        "google_pages_asked": stayed.PAGES if stop.verdict.code == "GOOGLE-PAGE-STAYED" else (),
    }
    return render_template(f"steps/{step.slug.replace('-', '_')}.html", **given)


def _panel(stop: Stop, evidence: Evidence) -> Panel:
    """The panel as the asking page is to go on: a press begins the quick pace anew, "Pause checking" ends it."""
    form = request.form
    acted = "now" in form or "resume" in form
    since = form.get("since", "")
    return panel_of(
        stop,
        evidence,
        helper=helper(),
        since=int(since) if since.isdecimal() and len(since) <= LONGEST_TIME and not acted else None,
        is_stopped="pause" in form or ("stopped" in form.get("seen", "") and not acted),
    )


def _is_booked(evidence: Evidence) -> bool:
    return evidence.sealed is not None or evidence.booked_at is not None


def _stop(journey: Journey, slug: str) -> Stop:
    try:
        return journey.stop(slug)
    except KeyError:
        abort(404)


def _next(journey: Journey) -> Stop:
    return journey.current or journey.stops[-1]


def _to(who: Person, stop: Stop) -> Response:
    return make_response(redirect(url_for("step.show", person_id=who.id, slug=stop.step.slug), 303))


def _go_on(who: Person, stop: Stop) -> Response:
    here = named_workstation(who)
    slotting.ensure(who, here, now())
    db.session.commit()
    if not stop.lets_pass:
        answers.give(who.id, here.id, "asked", stop.step.slug, at=now(), by=acting())
        db.session.commit()
        return leave(url_for("step.show", person_id=who.id, slug=stop.step.slug))
    following = travel(evidence_here(who)).left_after(stop.step.slug)
    if following is None:
        return leave(url_for("record.show", person_id=who.id))
    return leave(url_for("step.show", person_id=who.id, slug=following.step.slug))


def _pass(who: Person, stop: Stop) -> Response:
    if not stop.may_be_passed:
        abort(400)
    here = named_workstation(who)
    slotting.ensure(who, here, now())
    answers.give(who.id, here.id, "passed by", stop.step.slug, at=now(), by=acting())
    note(f"went on without the check of step {stop.step.number}", person_id=who.id, workstation_id=here.id)
    db.session.commit()
    following = travel(evidence_here(who)).left_after(stop.step.slug)
    return leave(url_for("step.show", person_id=who.id, slug=(following or stop).step.slug))


def _yes(who: Person, stop: Stop) -> Response:
    here = named_workstation(who)
    if services().connecting.confirm(who, here.id):
        db.session.commit()
        services().looking.again(who, here, stop.step.slug, evidence_here(who), pressed=True)
    db.session.commit()
    return leave(url_for("step.show", person_id=who.id, slug=stop.step.slug))


def _another(who: Person, stop: Stop) -> Response:
    services().connecting.decline(who, named_workstation(who).id)
    return leave(url_for("step.show", person_id=who.id, slug=stop.step.slug))


def _again(who: Person, stop: Stop) -> Response:
    if stop.step.slug not in {"test-appointment", "accept"}:
        abort(400)
    here = named_workstation(who)
    slotting.give_another(who, here, now())
    answers.take_back(who.id, here.id, "asked", "test-appointment", at=now())
    db.session.commit()
    return leave(url_for("step.show", person_id=who.id, slug="test-appointment"))


ANSWERS: dict[str, Callable[[Person, Stop], Response]] = {
    "continue": _go_on,
    "pass": _pass,
    "yes": _yes,
    "another": _another,
    "again": _again,
    **telling.ANSWERS,
    **roads.ANSWERS,
}
