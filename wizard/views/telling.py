"""What a person tells of the clinic's own PIMSY, which nobody can read: saved, booked, no page opened, a password wanted."""

from collections.abc import Callable

from flask import Response, abort, url_for

from wizard.journey import Stop, travel
from wizard.onboarding import slotting
from wizard.store import answers
from wizard.store.database import db
from wizard.store.people import Person
from wizard.views.htmx import leave
from wizard.views.noting import note
from wizard.views.present import acting, now, own_person, practice, services
from wizard.views.travelling import evidence_here, named_workstation

NO_CLIENT = "CLIENT-NONE"
SETTING, FOLDER, BOOKING, ACCEPT = "enable-setting", "personnel-folder", "test-appointment", "accept"


def saved(who: Person, stop: Stop) -> Response:
    """Step 3 or 4 is done in PIMSY; it holds at every computer, and the next step is opened."""
    slug = _only_at(stop, SETTING, FOLDER)
    for kind in ("password", "tell"):
        answers.take_back(who.id, None, kind, slug, at=now())
    _give(who, None, "said", slug)
    return go_on(who, stop)


def password(who: Person, stop: Stop) -> Response:
    """PIMSY saves no folder without a Google password."""
    slug = _only_at(stop, FOLDER)
    answers.take_back(who.id, None, "said", slug, at=now())
    _give(who, None, "password", slug)
    return _stay(who, slug)


def tell(who: Person, stop: Stop) -> Response:
    """An administrator is to do this step; the overview says so."""
    slug = stop.step.slug
    if own_person() is None:
        _only_at(stop, SETTING, FOLDER)
    elif not (stop.step.is_administrative or (slug == BOOKING and stop.verdict.code == NO_CLIENT)):
        abort(400)
    _give(who, None, "tell", slug)
    note(f"told an administrator of step {stop.step.number}", person_id=who.id)
    return _stay(who, slug)


def booked(who: Person, stop: Stop) -> Response:
    """It stands in PIMSY at the test time, and Google's page is open."""
    return _booked(who, stop, has_page=True)


def no_page(who: Person, stop: Stop) -> Response:
    """It stands in PIMSY at the test time, and no page of Google's opened."""
    return _booked(who, stop, has_page=False)


def page_open(who: Person, stop: Stop) -> Response:
    """Google's page was found after all, behind PIMSY's window."""
    _only_at(stop, ACCEPT)
    answers.take_back(who.id, named_workstation(who).id, "no page", BOOKING, at=now())
    db.session.commit()
    return _stay(who, ACCEPT)


def look_elsewhere(who: Person, stop: Stop) -> Response:
    """The person asks for a look outside of PIMSY Calendar: nobody looks there unasked."""
    _only_at(stop, ACCEPT)
    here = named_workstation(who)
    evidence = evidence_here(who)
    if evidence.booked_at is not None and not evidence.slot_is_spent:
        services().looking.elsewhere(who, here, evidence)
        note("looked outside of PIMSY Calendar, as asked", person_id=who.id, workstation_id=here.id)
    return _stay(who, ACCEPT)


ANSWERS: dict[str, Callable[[Person, Stop], Response]] = {
    "saved": saved,
    "password": password,
    "tell": tell,
    "booked": booked,
    "no-page": no_page,
    "page-open": page_open,
    "look-elsewhere": look_elsewhere,
}


def note_booked(who: Person, workstation_id: int, *, has_page: bool) -> None:
    """The caller ends the transaction."""
    _give(who, workstation_id, "said", BOOKING)
    if has_page:
        answers.take_back(who.id, workstation_id, "no page", BOOKING, at=now())
    else:
        _give(who, workstation_id, "no page", BOOKING)
    note("test appointment said to be booked", person_id=who.id)


def go_on(who: Person, stop: Stop) -> Response:
    """To the next step that is left; the caller has written what it had to."""
    slotting.ensure(who, named_workstation(who), now())
    db.session.commit()
    following = travel(evidence_here(who)).left_after(stop.step.slug)
    return leave(url_for("step.show", person_id=who.id, slug=(following or stop).step.slug))


def _booked(who: Person, stop: Stop, *, has_page: bool) -> Response:
    slug = _only_at(stop, BOOKING)
    evidence = evidence_here(who)
    if evidence.slot is None or evidence.slot_is_spent:
        return _stay(who, slug)  # the page says so, and gives a new test time
    note_booked(who, named_workstation(who).id, has_page=has_page)
    return _stay(who, ACCEPT)


def _only_at(stop: Stop, *slugs: str) -> str:
    """The step's slug; 400 at other steps, and where the practice can be read: it is asked, not the person."""
    if practice().name != "by hand" or stop.step.slug not in slugs:
        abort(400)
    return stop.step.slug


def _give(who: Person, workstation_id: int | None, kind: str, slug: str) -> None:
    answers.give(who.id, workstation_id, kind, slug, at=now(), by=acting())


def _stay(who: Person, slug: str) -> Response:
    db.session.commit()
    return leave(url_for("step.show", person_id=who.id, slug=slug))
