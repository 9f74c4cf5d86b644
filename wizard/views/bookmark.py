"""An address to bookmark, for a browser that forgets again and again: it restores the computer's name and opens nothing."""

from datetime import timedelta
from typing import Final

from flask import Blueprint, Response, g, make_response, redirect, render_template, request, session, url_for
from itsdangerous import BadSignature, URLSafeSerializer

from wizard.store import log, people, sessions, workstations
from wizard.store.database import db
from wizard.store.workstations import Workstation
from wizard.views import errors, naming, standin
from wizard.views.cookies import Browser
from wizard.views.naming import Question
from wizard.views.present import now, own_person, services, workstation
from wizard.views.travelling import next_page_of

bp = Blueprint("bookmark", __name__)

OFTEN: Final = 2
WITHIN: Final = timedelta(days=7)
"""A computer that had to be recognised so often in so long has a browser that keeps nothing."""

NOTHING_CHANGED: Final = "Nothing was changed."


def address_of(there: Workstation) -> str:
    """The address that restores this computer's name; good as long as the computer is used."""
    token = _serializer().dumps([there.clinic_id, there.id])
    return services().settings.public_url.rstrip("/") + url_for("bookmark.restore", token=token)


def first(leads: str, who: people.Person) -> str:
    """Where a browser that was just named goes on: to the offer of its address, where it forgets again and again."""
    forgets = bool(g.get("is_recognised")) and _forgets_often()
    return url_for("bookmark.offer", person=who.id) if forgets else leads


@bp.get("/bookmark")
def offer() -> Response:
    """The address of this computer, and the way on."""
    here = workstation()
    if here is None:
        return _to_start()
    who = people.find(standin.number_of(request.args.get("person", "")))
    own = own_person()
    if own is not None:
        who = own
    leads = next_page_of(who) if who is not None else url_for("start.show")
    return make_response(render_template("bookmark.html", address=address_of(here), leads=leads))


@bp.get("/computer/<token>")
def restore(token: str) -> Response:
    """This browser has the computer's name back, in its cookie alone; one that carries another name is asked first."""
    there = _named_by(token)
    if isinstance(there, Response):
        return there
    known = workstations.find_anywhere(g.browser.workstation_id) if g.browser.workstation_id else None
    if known is None or known.retired_at is not None or known.id == there.id:
        return _take(there)
    if known.clinic_id != there.clinic_id:
        return _of_another_clinic()
    return naming.page(
        Question(
            card="WS-OTHER",
            heading="A page of another computer",
            headline=f"This page is for {there.name}. You are at {known.name}.",
            words="The address restores the name of one computer. Use it in that computer's browser only.",
            there=there,
            it_is=url_for("bookmark.take", token=token),
            says_it_is=f"This is {there.name}",
            stay=(f"Switch to {known.name}", url_for("start.show")),
        )
    )


@bp.post("/computer/<token>")
def take(token: str) -> Response:
    """It is that computer, though the browser carried another name."""
    there = _named_by(token)
    return there if isinstance(there, Response) else _take(there)


def _named_by(token: str) -> Workstation | Response:
    """The computer of that address, or the page that says why it names none. Keys of before still count."""
    try:
        clinic_id, workstation_id = _serializer().loads(token)
        there = workstations.find_anywhere(int(workstation_id))
    except (BadSignature, TypeError, ValueError):
        return errors.page(404, "This address names no computer", f"It may have been cut off. {NOTHING_CHANGED}")
    if there is None or there.clinic_id != clinic_id or there.retired_at is not None:
        return errors.page(
            404,
            "This computer is not in use any more",
            f"An administrator took its name away. {NOTHING_CHANGED} The start page asks for another name.",
        )
    found = sessions.living(session["signed_in"], now()) if "signed_in" in session else None
    return there if found is None or found.clinic_id == clinic_id else _of_another_clinic()


def _take(there: Workstation) -> Response:
    # a turn of its own comes with the next page that knows who is here: this address writes nothing but the cookie
    g.browser = Browser(g.browser.id, there.id, g.browser.turn)
    return _to_start()


def _of_another_clinic() -> Response:
    return errors.page(
        404, "This address is for a computer of another clinic", f"This browser belongs to yours. {NOTHING_CHANGED}"
    )


def _forgets_often() -> bool:
    here = workstation()
    entries = log.of(naming.RECOGNISED, now() - WITHIN)
    db.session.commit()
    return here is not None and sum(entry.workstation_id == here.id for entry in entries) >= OFTEN


def _to_start() -> Response:
    return make_response(redirect(url_for("start.show"), 303))


def _serializer() -> URLSafeSerializer:
    return URLSafeSerializer(list(reversed(services().settings.secret_keys)), salt="computer bookmark")
