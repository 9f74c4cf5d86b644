"""PIMSY would not take the test time: the person types the time that was booked instead."""

from datetime import datetime

from flask import Blueprint, Response, abort, make_response, redirect, render_template, request, url_for

from wizard import when
from wizard.journey import travel
from wizard.onboarding import slotting
from wizard.practice.builtin.typed import Rules, start_of
from wizard.store import slots, workstations
from wizard.store.database import db
from wizard.store.people import Person
from wizard.views import telling
from wizard.views.present import clinic, now, person, practice
from wizard.views.travelling import evidence_here, named_workstation

bp = Blueprint("booked_time", __name__, url_prefix="/setup")

ANY_MINUTE = 1
"""PIMSY took the time, so our own grid has no say in it."""

Problems = list[tuple[str, str]]


@bp.get("/<int:person_id>/test-appointment/time")
def show(person_id: int) -> Response:
    """The form, filled in with the day of the test time; before step 5 can be reached, the step that is next."""
    who = person(person_id)
    evidence = evidence_here(who)
    if not _is_reachable(who) or evidence.slot is None:
        return make_response(redirect(url_for("hub.show", person_id=who.id), 303))
    if evidence.slot_is_spent:
        return _to(who, telling.BOOKING)
    slot = evidence.slot
    day = slot.starts_at.astimezone(clinic().zone).date().isoformat()
    return make_response(_page(who, day, "", []))


@bp.post("/<int:person_id>/test-appointment/time")
def save(person_id: int) -> Response:
    """A new test time of this computer, said to be booked."""
    who = person(person_id)
    here = named_workstation(who)
    if not _is_reachable(who):
        abort(400)
    evidence = evidence_here(who)
    if evidence.slot is None or evidence.slot_is_spent:
        # Its own time of birth would make proof of whatever was written since: the page gives a new one first.
        return _to(who, telling.BOOKING)
    day, clock_time = request.form.get("day", ""), request.form.get("time", "")
    starts_at, problems = start_of(day, clock_time, Rules(clinic().zone, ANY_MINUTE), now())
    problems = list(problems) or _taken(who, here, starts_at)
    if problems or starts_at is None:
        return make_response(_page(who, day, clock_time, problems), 422)
    slotting.take_over(who, here, starts_at, now())
    telling.note_booked(who, here.id, has_page=request.form.get("answer") != "no-page")
    db.session.commit()
    return _to(who, telling.ACCEPT)


def _to(who: Person, slug: str) -> Response:
    return make_response(redirect(url_for("step.show", person_id=who.id, slug=slug), 303))


def _taken(who: Person, here: workstations.Workstation, starts_at: datetime | None) -> Problems:
    """Every test time is one computer's alone: it shows which computer's appointment arrived."""
    present = slots.newest(who.id, here.id)
    for slot in slots.of_people([who.id]):
        if slot.starts_at != starts_at or (present is not None and slot.id == present.id):
            continue
        said = when.day_and_time(slot.starts_at, clinic().zone)
        if slot.workstation_id == here.id:
            return [("time", f"{said} was a test time before and is used up. Book another time, and type that one")]
        names = {desk.id: desk.name for desk in workstations.ever()}
        return [("time", f"{said} belongs to {names[slot.workstation_id]}. Book another time, and type that one")]
    return []


def _is_reachable(who: Person) -> bool:
    """404 where the practice can be read: its calendar takes every test time."""
    if practice().name != "by hand":
        abort(404)
    return travel(evidence_here(who)).stop(telling.BOOKING).is_reachable


def _page(who: Person, day: str, clock_time: str, problems: Problems) -> str:
    return render_template(
        "booked_time.html",
        person=who,
        evidence=evidence_here(who),
        day=day,
        time=clock_time,
        today=now().astimezone(clinic().zone).date().isoformat(),
        problems=problems,
    )
