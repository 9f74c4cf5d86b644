"""The way to Google and back: a plain link out, one address in. Nothing the browser says is believed but `state`."""

from flask import Blueprint, Response, abort, make_response, redirect, request, url_for

from wizard.evidence import Purpose
from wizard.google import GoogleTrouble
from wizard.journey import travel
from wizard.onboarding import slotting
from wizard.steps.step import RETURNS_TO
from wizard.store import people
from wizard.store.database import db
from wizard.views.present import browser_id, now, person, practice, services, workstation
from wizard.views.queues import queue_at
from wizard.views.travelling import evidence_here, named_workstation

bp = Blueprint("google", __name__, url_prefix="/google")


@bp.get("/connect/<int:person_id>/<purpose>")
def connect(person_id: int, purpose: str) -> Response:
    """Note a trip and send the browser to Google; only where the journey has come so far."""
    who = person(person_id)
    here = named_workstation(who)
    try:
        wanted = Purpose(purpose)
    except ValueError:
        abort(404)
    if wanted is Purpose.INTEGRATION and practice().name == "by hand":
        abort(404)  # that permission belongs to the clinic's own PIMSY, which asks for it itself
    page = RETURNS_TO[wanted]
    evidence = evidence_here(who)
    may_go = wanted is Purpose.CHECKER or (wanted is Purpose.INTEGRATION and evidence.goes_without_checker is not None)
    if evidence.checker is None and not may_go:
        return _to(who.id, "create-calendar")
    journey = travel(evidence)
    if wanted is Purpose.INTEGRATION and not journey.stop(page).is_reachable and journey.current:
        return _to(who.id, journey.current.step.slug)
    if wanted is Purpose.SIGNED_OUT and request.args.get("from") == "record":
        page = "record"
    try:
        url = services().connecting.begin(who, here.id, browser_id(), wanted, page)
    except GoogleTrouble:
        return _to(who.id, page)
    return make_response(redirect(url, 302)) if url else _to(who.id, page)


@bp.get("/callback")
def callback() -> Response:
    """Google's answer. 303 to a clean address, so that neither code nor state stays in the history."""
    if request.method == "HEAD":
        abort(405)  # who only asks whether the page is there is no browser that comes back, and uses nothing up
    back = services().connecting.come_back(request.args.to_dict(flat=False), browser_id(), _next_here)
    if back.url:
        return make_response(redirect(back.url, 303))
    who = person(back.person_id)
    here = named_workstation(who)
    slotting.ensure(who, here, now())
    db.session.commit()
    services().background.wake()
    if back.page == "create-calendar":
        # after step 6 there is nothing to see yet: the held delivery has only just been released
        services().looking.again(who, here, back.page, evidence_here(who), pressed=True)
    if back.page == "accept":
        services().looking.for_writing(who, here)
    return _to(who.id, back.page)


def _next_here(person_id: int) -> people.Person | None:
    """Who is next at this computer after that person, where step 2 is left of hers and can be asked about."""
    here = workstation()
    following = queue_at(here).after(person_id) if here else None
    return people.find(following.person_id) if following and following.may_be_asked else None


def _to(person_id: int, page: str) -> Response:
    if page == "record":
        return make_response(redirect(url_for("record.show", person_id=person_id), 303))
    return make_response(redirect(url_for("step.show", person_id=person_id, slug=page), 303))
