"""What the wizard looks at by itself for one person, what it found, what was told by mail; by hand: is she away?"""

from datetime import date, timedelta

from flask import Blueprint, Response, abort, make_response, redirect, render_template, request, url_for

from wizard.drift_letters import about
from wizard.store import answers, drifts, grants, patrols
from wizard.store.database import db
from wizard.store.people import Person
from wizard.views import patrolled
from wizard.views.noting import note
from wizard.views.present import acting, clinic, now, person, services

bp = Blueprint("watching", __name__, url_prefix="/setup")

LONGEST_AWAY = timedelta(days=366)
AWAY = "away"


@bp.get("/<int:person_id>/watch")
def show(person_id: int) -> Response:
    """From stored facts alone."""
    return make_response(_page(person(person_id), "", []))


@bp.post("/<int:person_id>/watch/look")
def look(person_id: int) -> Response:
    """Her turn comes now; the patrol asks, not this request."""
    who = person(person_id)
    patrols.hasten(who.id, now())
    db.session.commit()
    services().patrol.wake()
    return make_response(redirect(url_for("watching.show", person_id=who.id, looks=1), 303))


@bp.post("/<int:person_id>/watch/away")
def away(person_id: int) -> Response:
    """Nothing will come until that day: no letter says before that nothing came."""
    who = _by_hand(person_id)
    typed = request.form.get("until", "").strip()
    until, today = _day(typed), now().astimezone(clinic().zone).date()
    if until is None or not today <= until <= today + LONGEST_AWAY:
        return make_response(_page(who, typed, [("until", "Type a day from today on, within a year")]), 422)
    answers.take_back_all(who.id, AWAY, at=now())
    answers.give(who.id, None, AWAY, until.isoformat(), at=now(), by=acting())
    note("said to be away", person_id=who.id, detail=f"until {until.isoformat()}")
    db.session.commit()
    return _to(who)


@bp.post("/<int:person_id>/watch/back")
def back(person_id: int) -> Response:
    """She is here again: what is usual is expected from now on."""
    who = _by_hand(person_id)
    answers.take_back_all(who.id, AWAY, at=now())
    note("said to be back", person_id=who.id)
    db.session.commit()
    return _to(who)


def _by_hand(person_id: int) -> Person:
    """Where the practice can be read nobody has to say it."""
    who = person(person_id)
    if clinic().writes_here:
        abort(404)
    return who


def _day(typed: str) -> date | None:
    try:
        return date.fromisoformat(typed)
    except ValueError:
        return None


def _to(who: Person) -> Response:
    return make_response(redirect(url_for("watching.show", person_id=who.id), 303))


def _page(who: Person, typed: str, problems: list[tuple[str, str]]) -> str:
    here, quiet = clinic(), patrolled.quiet_of([who])
    return render_template(
        "watch.html",
        person=who,
        looks=patrols.of_people([who.id]),
        is_connected=any(not grant.is_dead for grant in grants.standing([who.id])),
        told=[(about(drift.code), drift) for drift in drifts.of_person(who.id)],
        quiet=quiet[0] if quiet else None,
        is_asked=request.args.get("looks") == "1",
        typed=typed,
        problems=problems,
        today=now().astimezone(here.zone).date().isoformat(),
    )
