"""The leak look: the title of the event that arrived, shown once at a press, and what somebody says it shows.

The title is in one answer to one request and nowhere else: not stored, not logged, not in an address.
"""

from flask import Blueprint, Response, abort, make_response, redirect, render_template, request, url_for

from wizard.evidence import Arrival
from wizard.google import GoogleTrouble
from wizard.onboarding import seen_as
from wizard.store import answers, people, sightings
from wizard.store.database import db
from wizard.store.people import Person
from wizard.titles import seems_to_hold
from wizard.views.noting import note
from wizard.views.present import acting, clinic, now, own_person, person, practice, services
from wizard.views.standin import number_of

bp = Blueprint("title", __name__, url_prefix="/setup")

VERDICTS = {"none": "shows no client", "client": "shows a client"}
"""What may be said of it, and as which words it is kept."""


@bp.get("/<int:person_id>/title")
def show(person_id: int) -> Response:
    """Why somebody has to look, and the two ways to do it."""
    who = person(person_id)
    return make_response(_page(who)) if _arrival_of(who) else _to_hub(who)


@bp.post("/<int:person_id>/title")
def look(person_id: int) -> Response:
    """Ask Google for the title of the event that arrived, and show it in this answer alone."""
    who = person(person_id)
    arrival = _arrival_of(who)
    if arrival is None:
        return _to_hub(who)
    try:
        title = services().looking.title(who, arrival)
    except GoogleTrouble:
        return make_response(_page(person(person_id), is_silent=True), 503)
    return make_response(_page(person(person_id), title=title, is_gone=title is None))


@bp.post("/<int:person_id>/title/answer")
def answer(person_id: int) -> Response:
    """The verdict alone is kept; the round goes on, or says first what to do."""
    who = person(person_id)
    said = request.form.get("shows", "")
    if said not in VERDICTS or _arrival_of(who) is None:
        abort(400)
    for slug in VERDICTS:
        answers.take_back(who.id, None, "title", slug, at=now())
    answers.give(who.id, None, "title", said, at=now(), by=acting())
    note(f"said that the title {VERDICTS[said]}", person_id=who.id)
    db.session.commit()
    following = _following()
    if said == "client":
        then = following.id if following else None
        return make_response(redirect(url_for("title.show", person_id=who.id, then=then), 303))
    if following is None:
        return make_response(redirect(url_for("record.show", person_id=who.id), 303))
    return make_response(redirect(url_for("start.show", person=following.id), 303))  # handed over or not is asked there


def _arrival_of(who: Person) -> Arrival | None:
    """The newest test appointment of this person that was seen live at its time, at whichever computer.

    At another time it may be somebody's real appointment, which nobody asked to see.
    """
    is_by_hand = practice().name == "by hand"
    read = [
        seen_as.arrival(sighting)
        for subject, sighting in sightings.of_people([who.id])
        if subject.name == "arrival" and sighting is not None and sighting.value is not None
    ]
    seen = [one for one in read if one.is_live and one.is_at_slot and is_by_hand is (one.generation == 0)]
    return max(seen, key=lambda arrival: arrival.read_at, default=None)


def _following() -> Person | None:
    """Who is next once somebody has looked; a person goes on with nobody but herself."""
    found, own = people.find(number_of(request.values.get("then", ""))), own_person()
    return found if own is None or (found is not None and found.id == own.id) else None


def _to_hub(who: Person) -> Response:
    """Nothing of this person's has arrived: there is nothing to look at, and nobody can say what it shows."""
    return make_response(redirect(url_for("hub.show", person_id=who.id), 303))


def _page(who: Person, *, title: str | None = None, is_gone: bool = False, is_silent: bool = False) -> str:
    said = [row for row in answers.standing([who.id]) if row.kind == "title"]
    ours = [one.name for one in people.everyone()]
    return render_template(
        "title.html",
        person=who,
        title=title,
        seems=seems_to_hold(title, ours) if title else (),
        is_gone=is_gone,
        is_silent=is_silent,
        said=said[-1] if said else None,
        following=_following(),
        agreement=clinic().agreement,
        pages=services().settings.google_pages,
    )
