"""The start: whose calendar, and what this computer is called."""

from flask import Blueprint, Response, g, make_response, redirect, render_template, request, url_for

from wizard.onboarding import slotting
from wizard.store import answers, people, sightings, workstations
from wizard.store.database import db
from wizard.views.cookies import Browser
from wizard.views.noting import note
from wizard.views.present import acting, everyone_here, now, own_person, practice, workstation
from wizard.views.travelling import known, next_page_of

bp = Blueprint("start", __name__)


@bp.get("/")
def show() -> Response:
    """Whose calendar is to be set up at this computer."""
    chosen = request.args.get("person", "")
    return make_response(_page(chosen, "", []))


@bp.post("/")
def begin() -> Response:
    """Name this computer once, then open the person's journey."""
    chosen = request.form.get("person", "")
    name = " ".join(request.form.get("workstation", "").split())
    who = people.find(int(chosen)) if chosen.isascii() and chosen.isdecimal() and len(chosen) < LONGEST_ID else None
    who = own_person() or who
    problems: list[tuple[str, str]] = []
    if who is None:
        problems.append(("person", "Choose whose calendar you want to set up"))
    if workstation() is None:
        if not name:
            problems.append(("workstation", "Give this computer a name, for example Front desk 1"))
        elif len(name) > workstations.LONGEST_NAME:
            problems.append(
                ("workstation", f"Choose a shorter name: at most {workstations.LONGEST_NAME} letters and spaces")
            )
        elif not name.isprintable():
            problems.append(("workstation", "Use letters, numbers and spaces only in the computer's name"))
        elif workstations.named(name) is not None and "same" not in request.form:
            problems.append(("workstation", f"A computer is called {name} already. Is it this one?"))
    if problems or who is None:
        return make_response(
            _page(chosen, name, problems, is_known=name != "" and workstations.named(name) is not None), 422
        )
    here = workstation() or _named(name)
    slotting.ensure(who, here, now())
    if request.form.get("road") == "just check":
        answers.give(who.id, here.id, "just check", "", at=now(), by=acting())
        # PIMSY saved the folder long ago where it works already: what it would not save again is asked of nobody.
        answers.take_back(who.id, None, "password", "personnel-folder", at=now())
    db.session.commit()
    g.workstation = here
    return make_response(redirect(_look_first(who, here) or next_page_of(who), 303))


def _look_first(who: people.Person, here: workstations.Workstation) -> str:
    """After the clinic's first proof the round stops until somebody has looked at the title that arrived."""
    found = sightings.newest_proof(by_hand=practice().name == "by hand")
    if found is None or answers.all_of_clinic("title"):
        return ""
    proof, _ = found
    if (proof.person_id, proof.workstation_id) == (who.id, here.id):
        return ""
    if own_person() is not None and proof.person_id != who.id:  # it is somebody else's to look at
        return ""
    return url_for("title.show", person_id=proof.person_id, then=who.id)


LONGEST_ID = 10


def _named(name: str) -> workstations.Workstation:
    """This browser's computer from now on: a new one, or a known one whose browser forgot."""
    found = workstations.named(name)
    here = found or workstations.add(name, now())
    g.browser = Browser(g.browser.id, here.id)
    what = "computer recognised" if found else "computer named"
    note(what, workstation_id=here.id, detail=name)
    return here


def _page(chosen: str, name: str, problems: list[tuple[str, str]], *, is_known: bool = False) -> str:
    everyone = everyone_here()
    here = workstation()
    journeys = {}
    if here is not None:
        read = known(everyone, [here])
        journeys = {who.id: read.journey(who, here) for who in everyone}
    return render_template(
        "start.html",
        everyone=everyone,
        journeys=journeys,
        chosen=chosen,
        name=name,
        problems=problems,
        is_known=is_known,
    )
