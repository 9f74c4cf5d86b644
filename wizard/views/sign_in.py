"""Sign-in: an e-mail address and a password of this wizard, and what helps when it is forgotten."""

from flask import Blueprint, Response, make_response, redirect, render_template, request, session

from wizard import notices
from wizard.store import administrators, clinics, links
from wizard.store.administrators import Administrator
from wizard.store.database import db, of_clinic
from wizard.store.links import LinkPurpose
from wizard.views import limits, signing_in
from wizard.views.noting import note
from wizard.views.present import now, services

bp = Blueprint("sign_in", __name__, url_prefix="/sign-in")

NOT_THESE = "This e-mail and this password do not belong together. Type both again"
"""Said of an unknown address, too: who guesses learns nothing about who is here."""


def _was_refused(response: Response) -> bool:
    return response.status_code != 303  # noqa: PLR2004 - the answer to a sign-in that was right


@bp.get("")
def show() -> Response:
    """The form; it leads back to where somebody wanted to go."""
    return make_response(_page(signing_in.way_back(request.args.get("back", "")), "", []))


@bp.post("")
@limits.of_passwords(limits.email_typed, counts=_was_refused)
def enter() -> Response:
    """Sign in; the same words and the same work for a wrong password and for an address nobody has."""
    email = request.form.get("email", "").strip()
    password = request.form.get("password", "")
    back = signing_in.way_back(request.form.get("back", ""))
    who = administrators.of_email(email)
    if not signing_in.is_password_of(who, password) or who is None:
        _note("sign-in refused", who)
        return make_response(_page(back, email, [("email", NOT_THESE)]), 422)
    with of_clinic(who.clinic_id):
        signing_in.keep_up(who, password)
        signing_in.begin(who)
        db.session.commit()
    return make_response(redirect(back, 303))


@bp.get("/forgotten")
def forgotten() -> Response:
    """What to do without the password."""
    return make_response(_forgotten_page())


@bp.post("/forgotten")
@limits.per_address(limits.LETTERS, counts=lambda _response: True)
@limits.per_email(limits.LETTERS, counts=lambda _response: True)
def ask() -> Response:
    """A link by mail for whoever has that address here; the answer is the same for everybody."""
    email = request.form.get("email", "").strip()
    settings = services().settings
    if settings.mail_url and (who := administrators.of_email(email)) is not None:
        with of_clinic(who.clinic_id):
            token = links.make(
                LinkPurpose.PASSWORD, now(), clinic_id=who.clinic_id, administrator_id=who.id, email=who.email
            )
            note("link to a new password mailed", who=who.name)
            address = f"{settings.public_url.rstrip('/')}/sign-in/link/{token}"
            letter = notices.new_password(who.email, clinics.present().name, address)
            db.session.commit()
        notices.send_later(settings, letter)
    elif settings.mail_url:
        _note("link to a new password asked for", None)
    return make_response(_forgotten_page(asked=email))


def _page(back: str, email: str, problems: list[tuple[str, str]]) -> str:
    was_here = "signed_in" in session and not problems
    return render_template("sign_in.html", back=back, email=email, problems=problems, was_here=was_here)


def _forgotten_page(asked: str = "") -> str:
    return render_template("forgotten.html", asked=asked, is_mailed=bool(services().settings.mail_url))


def _note(what: str, who: Administrator | None) -> None:
    """As much work for an unknown address: the log's line then stands with the first clinic."""
    oldest = clinics.first()
    if oldest is None:
        return
    with of_clinic(who.clinic_id if who else oldest.id):
        name = who.name if who else "an address nobody has here"
        note(what, who=name)
        db.session.commit()
