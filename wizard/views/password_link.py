"""A one-time link in hand: its owner chooses a password with it, and is signed in."""

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for

from wizard import passwords
from wizard.store import administrators, clinics, links, sessions
from wizard.store.administrators import Administrator
from wizard.store.database import db, of_clinic
from wizard.store.links import LinkPurpose
from wizard.views import signing_in
from wizard.views.noting import note
from wizard.views.present import now

bp = Blueprint("password_link", __name__, url_prefix="/sign-in/link")


@bp.get("/<token>")
def show(token: str) -> Response:
    """Whose link it is, and the field for the password. Looking at it uses nothing up: mail programs look, too."""
    found = _owner(token)
    return make_response(_page(token, found, [])) if found else _over()


@bp.post("/<token>")
def choose(token: str) -> Response:
    """The password is set, every other sign-in of this administrator ends, and she is signed in here."""
    found = _owner(token)
    if found is None:
        return _over()
    who, clinic = found
    password = request.form.get("password", "")
    if problem := passwords.problem_with(password, who.email, clinic.name):
        return make_response(_page(token, found, [("password", problem)]), 422)
    db.session.commit()  # argon2 takes its time: nobody waits for the database meanwhile
    digest = passwords.digest_of(password)
    if not links.use(token, now()):
        return _over()
    with of_clinic(clinic.id):
        who.password_digest = digest
        sessions.end_others(who.id, "", now())
        links.end_all(who.id, now())
        note("password chosen by a one-time link", who=who.name)
        signing_in.begin(who)
        db.session.commit()
    return make_response(redirect(url_for("start.show"), 303))


def _owner(token: str) -> tuple[Administrator, clinics.Clinic] | None:
    link = links.living(token, now())
    if link is None or link.purpose == LinkPurpose.FIRST_RUN.value or link.clinic_id is None:
        return None
    with of_clinic(link.clinic_id):
        who = administrators.find(link.administrator_id or 0)
        return (who, clinics.present()) if who is not None else None


def _page(token: str, found: tuple[Administrator, clinics.Clinic], problems: list[tuple[str, str]]) -> str:
    who, clinic = found
    return render_template("password_link.html", token=token, who=who, clinic_name=clinic.name, problems=problems)


def _over() -> Response:
    db.session.rollback()
    return make_response(render_template("link_over.html"), 410)
