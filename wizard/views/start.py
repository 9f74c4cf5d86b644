"""The start: whose calendar, and what this computer is called."""

from flask import Blueprint, Response, g, make_response, redirect, render_template, request, url_for

from wizard.onboarding import slotting
from wizard.store import log, people, workstations
from wizard.store.database import db
from wizard.views.cookies import Browser
from wizard.views.present import administrator, now, workstation
from wizard.views.travelling import known

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
        elif workstations.named(name) is not None:
            problems.append(("workstation", f"Another computer is called {name} already. Choose another name"))
    if problems or who is None:
        return make_response(_page(chosen, name, problems), 422)
    here = workstation()
    if here is None:
        here = workstations.add(name, now())
        g.browser = Browser(g.browser.id, here.id)
        log.add("computer named", at=now(), who=administrator().name, workstation_id=here.id, detail=name)
    slotting.ensure(who, here, now())
    db.session.commit()
    journey = known([who], [here]).journey(who, here)
    if journey.current is None:
        return make_response(redirect(url_for("hub.show", person_id=who.id), 303))
    return make_response(redirect(url_for("step.show", person_id=who.id, slug=journey.current.step.slug), 303))


LONGEST_ID = 10


def _page(chosen: str, name: str, problems: list[tuple[str, str]]) -> str:
    everyone = people.everyone()
    here = workstation()
    journeys = {}
    if here is not None:
        read = known(everyone, [here])
        journeys = {who.id: read.journey(who, here) for who in everyone}
    return render_template(
        "start.html", everyone=everyone, journeys=journeys, chosen=chosen, name=name, problems=problems
    )
