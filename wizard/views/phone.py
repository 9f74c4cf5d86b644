"""A telephone, or a computer PIMSY is not used on: step 1 can be done at it, and the rest leads back to its one page."""

from typing import Final

from flask import Blueprint, Response, g, make_response, redirect, render_template, request, url_for

from wizard.evidence import Purpose
from wizard.journey import Journey
from wizard.steps import STEPS
from wizard.steps.step import RETURNS_TO
from wizard.store.database import db
from wizard.store.people import Person
from wizard.views.cookies import Browser
from wizard.views.htmx import leave
from wizard.views.noting import note
from wizard.views.present import services, workstation

bp = Blueprint("phone", __name__)

AT_A_DESK: Final = frozenset(
    {
        "record.show",
        "record.look",
        "record.cancel",
        "record.own_computer",
        "booked_time.show",
        "booked_time.save",
        "practice_calendar.show",
        "practice_calendar.book",
        "practice_calendar.move",
        "practice_calendar.cancel",
        "practice_calendar.try_now",
        "fix.show",
        "fix.look",
        "fix.begin_repair",
    }
)
"""What belongs to a computer PIMSY is used on, beside the steps that do."""

OF_A_STEP: Final = frozenset({"step.show", "step.answer", "step.check", "stayed.show", "stayed.tell"})


def leads_back() -> Response | None:
    """At a telephone, from what belongs to a desk to the person's page here; None where the request may go on."""
    here = workstation()
    if here is None or here.has_pimsy or not _is_of_a_desk():
        return None
    return leave(url_for("hub.show", person_id=(request.view_args or {})["person_id"]))


def page(who: Person, journey: Journey) -> Response:
    """The person's page at a telephone: step 1, and where the rest is done."""
    address = services().settings.public_url
    return make_response(render_template("phone.html", person=who, stop=journey.stops[0], address=address))


@bp.post("/not-a-phone")
def forget() -> Response:
    """PIMSY is used on this computer after all: the start page asks for its name."""
    here = workstation()
    if here is not None and not here.has_pimsy:
        note("phone is a computer after all", workstation_id=here.id, detail=here.name)
        g.browser = Browser(g.browser.id, turn=g.browser.turn)
        db.session.commit()
    return make_response(redirect(url_for("start.show"), 303))


def _is_of_a_desk() -> bool:
    given = request.view_args or {}
    match request.endpoint:
        case step if step in OF_A_STEP:
            return bool(given.get("slug") != STEPS[0].slug)
        case "google.connect":
            purposes = {purpose.value for purpose in Purpose if RETURNS_TO[purpose] != STEPS[0].slug}
            return given.get("purpose") in purposes
        case page_of_a_desk:
            return page_of_a_desk in AT_A_DESK
