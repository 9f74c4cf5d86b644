"""What a person says on a short road: done though nobody looked, not there, and all six steps after all."""

from collections.abc import Callable

from flask import Response, abort, url_for

from wizard.journey import Stop, travel
from wizard.store import answers
from wizard.store.database import db
from wizard.store.people import Person
from wizard.views.htmx import leave
from wizard.views.present import acting, now, services
from wizard.views.travelling import evidence_here, named_workstation, next_page_of

CALENDAR, SIGN_OUT, ACCEPT = "create-calendar", "sign-out", "accept"


def said(who: Person, stop: Stop) -> Response:
    """The person's own word, where nobody looks: it lets on, and never counts as proven."""
    here = named_workstation(who)
    slug = _only_at(who, stop, CALENDAR, SIGN_OUT, ACCEPT)
    # The calendar is the person's own, wherever it was created; a sign-out is this browser's.
    place = None if slug == CALENDAR else here.id
    answers.take_back(who.id, here.id, "not there", slug, at=now())
    answers.give(who.id, place, "said", slug, at=now(), by=acting())
    db.session.commit()
    following = travel(evidence_here(who)).left_after(slug)
    if following is None:
        return leave(url_for("record.show", person_id=who.id))
    return leave(url_for("step.show", person_id=who.id, slug=following.step.slug))


def not_there(who: Person, stop: Stop) -> Response:
    """The person looked for the appointment in Google Calendar and does not see it."""
    here = named_workstation(who)
    slug = _only_at(who, stop, ACCEPT)
    answers.take_back(who.id, here.id, "said", slug, at=now())
    answers.give(who.id, here.id, "not there", slug, at=now(), by=acting())
    db.session.commit()
    services().looking.for_writing(who, here)
    return leave(url_for("step.show", person_id=who.id, slug=slug))


def all_steps(who: Person, stop: Stop) -> Response:  # noqa: ARG001 - it is the same on every step
    """From "just check it" to the whole way."""
    answers.take_back(who.id, named_workstation(who).id, "just check", "", at=now())
    db.session.commit()
    return leave(next_page_of(who))


ANSWERS: dict[str, Callable[[Person, Stop], Response]] = {
    "said": said,
    "not there": not_there,
    "all steps": all_steps,
}


def _only_at(who: Person, stop: Stop, *slugs: str) -> str:
    """The step's slug; 400 at other steps, and where the checker looks: it is asked, not the person."""
    if stop.step.slug not in slugs or evidence_here(who).goes_without_checker is None:
        abort(400)
    return stop.step.slug
