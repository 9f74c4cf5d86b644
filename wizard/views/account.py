"""The account page: who is signed in, what this computer is called, which permissions were given."""

from flask import Blueprint, Response, g, make_response, redirect, render_template, request, session, url_for

from wizard.store import grants, people, sessions, workstations
from wizard.store.database import db
from wizard.views import allowing, computers, naming, own_account
from wizard.views.noting import note
from wizard.views.present import handed_by, now, own_person, workstation

bp = Blueprint("account", __name__)


@bp.get("/account")
def show() -> Response:
    """Everything this wizard knows of who is here."""
    return make_response(_page("", []))


@bp.post("/account/computer")
def rename() -> Response:
    """Give this computer another name; what was proven here stays proven."""
    name, here = naming.typed(), workstation()
    problems = naming.problems_of(name)
    same = workstations.named(name) if name else None
    if same is not None and here is None:
        words = f"A computer is called {same.name} already. Is it this one? Say so on the start page"
        problems.append(("workstation", words))
    elif same is not None and here is not None and same.id != here.id:
        problems.append(("workstation", f"Another computer is called {same.name} already. Choose another name"))
    if problems:
        return make_response(_page(name, problems), 422)
    if here is None:
        here = workstations.add(name, now())
        naming.carry(here)
    note("computer renamed", workstation_id=here.id, detail=name)
    here.name = name
    db.session.commit()
    return make_response(redirect(url_for("account.show"), 303))


@bp.post("/account/stay")
def stay() -> Response:
    """Somebody is still here: the press itself keeps the sign-in, there is nothing else to do."""
    return make_response("", 204)


@bp.post("/account/sign-out")
def sign_out() -> Response:
    """End this sign-in on the server; a computer that was handed over then shows the queue, without names."""
    sessions.end(session.get("signed_in", "") if handed_by() else session.pop("signed_in", ""), now())
    note("signed out")
    was_by_link = "by_link" in session
    for marker in ("by_link", "_permanent"):  # of a personal link: nothing in this browser says any more whose it was
        session.pop(marker, None)
    db.session.commit()
    return make_response(redirect(url_for("own_link.enter" if was_by_link else "start.show"), 303))


def _page(name: str, problems: list[tuple[str, str]]) -> str:
    if (own := own_person()) is not None:
        return own_account.page(own, name, problems)
    everyone = people.everyone()
    given = {(row.person_id, row.permission): row for row in grants.standing([who.id for who in everyone])}
    changed = request.args.get("changed", "")
    return render_template(
        "account.html",
        everyone=everyone,
        given=given,
        name=name,
        problems=problems,
        changed=changed,
        allowed=allowing.present(),
        computers=computers.every() if g.administrator is not None else [],
        bookmark=computers.address_here(),
    )
