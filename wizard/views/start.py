"""The start: whose calendar, and what this computer is called."""

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for

from wizard.onboarding import slotting
from wizard.store import answers, people
from wizard.store.database import db
from wizard.views import bookmark, desk, naming
from wizard.views.present import acting, everyone_here, handed_by, now, own_person, workstation
from wizard.views.queues import queue_of
from wizard.views.title_first import look_first
from wizard.views.travelling import known, next_page_of

bp = Blueprint("start", __name__)


@bp.get("/")
def show() -> Response:
    """Whose calendar is to be set up at this computer."""
    own = own_person()
    if own is not None and handed_by() is not None and workstation() is not None:
        return make_response(redirect(next_page_of(own), 303))
    chosen = request.args.get("person", "")
    return make_response(_page(chosen, "", []))


@bp.post("/")
def begin() -> Response:
    """Name this computer once, then open the person's journey."""
    chosen = request.form.get("person", "")
    name = naming.typed()
    who = people.find(int(chosen)) if chosen.isascii() and chosen.isdecimal() and len(chosen) < LONGEST_ID else None
    who = own_person() or who  # whatever a person's form says, it begins her own set-up
    problems: list[tuple[str, str]] = []
    if who is None:
        problems.append(("person", "Choose whose calendar you want to set up"))
    is_asked = workstation() is None and not naming.is_phone()
    if is_asked:
        problems += naming.problems_of(name)
    if problems or who is None:
        return make_response(_page(chosen, name, problems), 422)
    here = workstation() or (naming.settle(name) if is_asked else naming.phone_of(who))
    if here is None:
        carried = {"person": chosen, "road": request.form.get("road", "")}
        return naming.forgot(name, url_for("start.begin"), url_for("start.by_code"), carried)
    slotting.ensure(who, here, now())
    if request.form.get("road") == "just check":
        answers.give(who.id, here.id, "just check", "", at=now(), by=acting())
        # PIMSY saved the folder long ago where it works already: what it would not save again is asked of nobody.
        answers.take_back(who.id, None, "password", "personnel-folder", at=now())
    db.session.commit()
    return make_response(redirect(look_first(who, here) or bookmark.first(next_page_of(who), who), 303))


@bp.post("/start/code")
@naming.per_address
@naming.per_clinic
def by_code() -> Response:
    """The same with the six digits an administrator reads out, at a computer that has the name already."""
    return begin()


LONGEST_ID = 10


def _page(chosen: str, name: str, problems: list[tuple[str, str]]) -> str:
    everyone = everyone_here()
    here = workstation()
    journeys = {}
    if here is not None:
        read = known(everyone, [here])
        if everyone and here.has_pimsy and own_person() is None:
            return desk.page(here, queue_of(read, everyone, here), chosen, problems)
        journeys = {who.id: read.journey(who, here) for who in everyone}
    return render_template(
        "start.html",
        everyone=everyone,
        journeys=journeys,
        chosen=chosen,
        name=name,
        problems=problems,
    )
