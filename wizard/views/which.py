"""Which computer is this? Asked where a page belongs to another one, and where one cookie is seen at two machines."""

from typing import Any, Final

from flask import Blueprint, Response, abort, g, make_response, redirect, request, url_for

from wizard import access
from wizard.store import workstations
from wizard.store.database import db
from wizard.store.workstations import Workstation
from wizard.views import naming, signing_in, standin
from wizard.views.htmx import htmx, leave
from wizard.views.naming import Question
from wizard.views.present import own_person, workstation

bp = Blueprint("which", __name__)

NEVER_ASKED: Final = frozenset({"which.show", "which.choose", "which.by_code", "account.stay", "account.sign_out"})
"""The question itself, and what ends or keeps a sign-in whichever computer it is."""

AT: Final = "at"
"""In an address: the computer its page belongs to."""


def asks() -> Response | None:
    """The question instead of what was requested; None where it may go on.

    A page that looks by itself stays as it is meanwhile, and a press leads to the question.
    """
    endpoint = str(request.endpoint)
    if endpoint in NEVER_ASKED:
        return None
    if g.copied is not None and access.may(access.Role.PERSON, endpoint):
        if htmx and "now" not in request.form:
            return make_response("", 204)
        return leave(url_for("which.show", back=_back(), pressed=None if request.method == "GET" else 1))
    if request.method == "GET" and AT in request.args and not htmx:
        return _elsewhere()
    return None


@bp.get("/which-computer")
def show() -> Response:
    """One cookie at two machines: this one says which computer it is."""
    if g.copied is None:
        return _to(_wanted())
    return naming.page(_of_two(g.copied))


@bp.post("/which-computer")
def choose() -> Response:
    """The computer that was said, by its name; then the page that was wanted."""
    name, there = naming.typed(), g.copied
    problems = naming.problems_of(name)
    if problems and there is not None:
        return naming.page(_of_two(there, name, problems), 422)
    if problems:
        abort(400)  # every other page that leads here names the computer itself
    back = _wanted()
    if naming.settle(name) is None:
        return naming.forgot(name, url_for("which.choose"), url_for("which.by_code"), {"back": back})
    db.session.commit()
    return _to(back)


@bp.post("/which-computer/code")
@naming.per_address
@naming.per_clinic
def by_code() -> Response:
    """The same with the six digits an administrator reads out."""
    return choose()


def _elsewhere() -> Response | None:
    """The page is another computer's: a link, or a sheet of a round."""
    said, here = request.args.get(AT, ""), workstation()
    there = workstations.find(standin.number_of(said)) if said else None
    if there is None:
        abort(404)
    if here is not None and here.id == there.id:
        return None
    is_person = own_person() is not None
    return naming.page(
        Question(
            card="WS-OTHER",
            heading="A page of another computer",
            headline=f"This page is for {there.name}. You are at {here.name}."
            if here
            else f"This page is for {there.name}. This browser has no computer's name yet.",
            words="Each computer has steps of its own: what is done at one counts for that one.",
            there=there,
            it_is=url_for("which.by_code" if is_person else "which.choose"),
            says_it_is=f"This is {there.name}",
            carried={"workstation": there.name, "back": request.full_path},
            by_code=is_person,
            stay=(f"Switch to {here.name}" if here else "Give it another name", _without_at()),
        )
    )


def _of_two(there: Workstation, typed: str = "", problems: list[tuple[str, str]] | None = None) -> Question:
    words = (
        "The browser's cookie was copied, with a profile or a whole disk: another machine goes on under that name. "
        "Say which computer this one is. What was proven stays proven."
    )
    if "pressed" in request.args:
        words += " What you pressed last was not taken: press it again then."
    return Question(
        card="WS-OTHER",
        heading="Which one is this?",
        headline=f"Two machines say that they are {there.name}.",
        words=words,
        there=there,
        it_is=url_for("which.choose"),
        says_it_is=f"It is {there.name}",
        carried={"back": _wanted()},
        other=url_for("which.choose"),
        one_more=workstations.one_more_browser(there.name),
        typed=typed,
        problems=tuple(problems or ()),
    )


def _back() -> str:
    """Where the answer leads: the page that was asked for, or, after a form, the one of the person it was about."""
    if request.method == "GET":
        return signing_in.asked_for()
    person_id = (request.view_args or {}).get("person_id")
    return url_for("hub.show", person_id=person_id) if person_id else url_for("start.show")


def _wanted() -> str:
    return signing_in.way_back(request.values.get("back", ""))


def _without_at() -> str:
    rest = request.args.copy()
    rest.poplist(AT)
    given: dict[str, Any] = {**(request.view_args or {}), **rest.to_dict()}
    return url_for(str(request.endpoint), **given)


def _to(address: str) -> Response:
    return make_response(redirect(address, 303))
