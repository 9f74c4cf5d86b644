"""A person's own link in hand: whose set-up it opens, the press that opens it here, and asking for a new one."""

from http import HTTPStatus

from flask import Blueprint, Response, g, make_response, redirect, render_template, request, session, url_for

from wizard.onboarding import slotting
from wizard.store import administrators, personal_links, sessions, workstations
from wizard.store.database import db, of_clinic
from wizard.views import asked, ended_link, limits
from wizard.views.noting import note
from wizard.views.present import now, services
from wizard.views.travelling import next_page_of

bp = Blueprint("own_link", __name__, url_prefix="/go")

LONGEST_CODE = 80


def _was_a_guess(response: Response) -> bool:
    return response.status_code == HTTPStatus.NOT_FOUND


@bp.get("")
def enter() -> Response:
    """The field for the code of a letter or a card, for whoever types the address by hand; then that link's own page."""
    code = "".join(request.args.get("code", "").split())[:LONGEST_CODE]
    if code and (plain := code.replace("/", "")):
        return make_response(redirect(url_for("own_link.show", token=plain), 303))
    return make_response(render_template("own_code.html"))


@bp.get("/<token>")
@limits.per_address(limits.OF_ONE_ADDRESS, counts=_was_a_guess)
def show(token: str) -> Response:
    """Whose set-up it opens and who sent it. Looking at it uses nothing up: mail programs look, too."""
    held = ended_link.held_by(token)
    if held is None:
        return _unknown()
    if not held.is_good:
        return ended_link.page(held, HTTPStatus.GONE, token)
    with of_clinic(held.clinic.id):
        return make_response(
            render_template(
                "own_link.html",
                held=held,
                token=token,
                signed_in=_who_is_signed_in(),
                practice_is_standin=held.clinic.practice == "builtin",
            )
        )


@bp.post("/<token>")
@limits.per_address(limits.OF_ONE_ADDRESS, counts=_was_a_guess)
def begin(token: str) -> Response:
    """This browser opens her set-up from now on, and nothing else; whoever was signed in here is signed out."""
    held = ended_link.held_by(token)
    if held is None:
        return _unknown()
    if not held.is_good:
        return ended_link.page(held, HTTPStatus.GONE, token)
    at, link, person = now(), held.link, held.person
    sessions.end(session.get("signed_in", ""), at)
    session.clear()
    session.permanent = True  # it outlives the browser being closed: she has no password to come back with
    session["by_link"] = True
    session["signed_in"] = sessions.begin_personal(held.clinic.id, link.id, at)
    with of_clinic(held.clinic.id):
        g.own_person = person
        g.workstation = workstations.find(g.browser.workstation_id) if g.browser.workstation_id else None
        link.opened_at = link.opened_at or at
        note("opened her own set-up by a personal link", person_id=person.id)
        if g.workstation is None:
            way = url_for("start.show")
        else:
            slotting.ensure(person, g.workstation, at)
            db.session.flush()
            way = next_page_of(person)
        db.session.commit()
    return make_response(redirect(way, 303))


@bp.post("/ask")
@limits.per_address(limits.OF_ONE_ADDRESS, counts=_was_a_guess)
def ask() -> Response:
    """The link has ended and its owner asks for a new one: Dana reads it on her pages, and in a letter where there is mail."""
    token = request.form.get("token", "")[:LONGEST_CODE]
    held = ended_link.held_by(token) if token else ended_link.held_here()
    if held is None:
        return _unknown()
    if held.may_ask:
        with of_clinic(held.clinic.id):
            if personal_links.ask(held.link, now()):
                asked.tell(held)
                note("asked for a new link", person_id=held.person.id, who=held.person.name)
            db.session.commit()
        services().postman.wake()
    return make_response(redirect(_back(token), 303))


@bp.post("/forget")
def forget() -> Response:
    """This browser is nobody's again: what a link opened in it is closed, and it asks for no new link any more."""
    sessions.end(session.get("signed_in", ""), now())
    db.session.commit()
    session.clear()
    return make_response(redirect(url_for("start.show"), 303))


def _back(token: str) -> str:
    """To the page the press came from: the link's own, her account, or what stands instead of every page of hers."""
    if token:
        return url_for("own_link.show", token=token)
    return url_for("account.show" if request.form.get("back") == "account" else "start.show")


def _unknown() -> Response:
    db.session.rollback()
    return make_response(render_template("own_code.html", is_unknown=True), HTTPStatus.NOT_FOUND)


def _who_is_signed_in() -> str:
    """The administrator who is signed in in this browser, and would be signed out; empty where nobody is."""
    found = sessions.living(session["signed_in"], now()) if "signed_in" in session else None
    if found is None or found.administrator_id is None:
        return ""
    with of_clinic(found.clinic_id):
        who = administrators.find(found.administrator_id)
        return who.name if who else ""
