"""The desk: who is next at this computer, and handing it over to her."""

from flask import Blueprint, Response, abort, make_response, redirect, render_template, request, session, url_for

from wizard.onboarding import slotting
from wizard.queueing import Queue
from wizard.store import people, sessions
from wizard.store.database import db
from wizard.store.workstations import Workstation
from wizard.views.noting import note
from wizard.views.present import now
from wizard.views.standin import number_of
from wizard.views.title_first import look_first
from wizard.views.travelling import named_workstation, next_page_of

bp = Blueprint("desk", __name__, url_prefix="/desk")


def page(here: Workstation, queue: Queue, chosen: str, problems: list[tuple[str, str]]) -> str:
    """The start page of a computer that has a name; `chosen` is the id of whoever was asked for, or empty."""
    named = queue.of(number_of(chosen))
    waiting = queue.waiting
    return render_template(
        "desk.html",
        here=here,
        queue=queue,
        named=named or (waiting[0] if waiting else None),
        problems=problems,
    )


@bp.post("/hand")
def hand() -> Response:
    """This browser opens that person's own set-up and nothing else, until an administrator takes it back."""
    who = people.find(number_of(request.form.get("person", "")))
    if who is None or who.left_at is not None:
        abort(404)
    here = named_workstation(who)
    if look := look_first(who, here):
        return make_response(redirect(look, 303))
    slotting.ensure(who, here, now())
    sessions.hand(session["signed_in"], who.id)
    note("computer handed over", person_id=who.id, workstation_id=here.id)
    db.session.commit()
    return make_response(redirect(next_page_of(who), 303))


def start_after(queue: Queue, person_id: int | None) -> str:
    """The desk's address once that person's turn is over; whoever is next stands on top."""
    following = queue.after(person_id) if person_id is not None else None
    return url_for("start.show", person=following.person_id) if following else url_for("start.show")
