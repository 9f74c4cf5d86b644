"""Changed in Google: the choice about an appointment that somebody moved or deleted there, and a look for such changes."""

from flask import Blueprint, Response, abort, make_response, redirect, request, url_for

from wizard.practice.builtin import choosing
from wizard.practice.builtin.calendar import Refused
from wizard.practice.builtin.on_google import Act
from wizard.store.database import db
from wizard.views import present, standin
from wizard.views.practice_booking import rules
from wizard.views.practice_calendar import day_of, done, own, page, week_day
from wizard.views.present import acting, now, services

bp = Blueprint("moved_in_google", __name__, url_prefix="/practice/calendar")
standin.only_with_it(bp)

MOVED_ON = "It was changed in Google once more since this page was shown. Choose anew."


@bp.post("/<int:person_id>/appointments/<int:appointment_id>/choose")
def choose(person_id: int, appointment_id: int) -> Response:
    """One of the choices beside the appointment, about the very state that was shown."""
    who, appointment = own(person_id, appointment_id)
    try:
        act = Act(standin.line("choice"))
    except ValueError:
        abort(400)
    try:
        choosing.choose(who, appointment, act, standin.line("about"), rules(), at=now(), who=acting())
    except choosing.MovedOn:
        db.session.rollback()
        return make_response(page(who, week_day(appointment), note=MOVED_ON), 409)
    except Refused as refused:
        db.session.rollback()
        (_, problem), *_ = refused.problems
        return make_response(page(who, week_day(appointment), note=f"Not taken over: {problem}."), 422)
    return done(who, appointment)


@bp.post("/<int:person_id>/look")
def look(person_id: int) -> Response:
    """Ask Google now what was changed there."""
    who = present.person(person_id)
    services().straying.look(who)
    services().background.wake()
    day = day_of(request.args.get("week", ""))
    week = day.isoformat() if day else None
    return make_response(redirect(url_for("practice_calendar.show", person_id=who.id, week=week), 303))
