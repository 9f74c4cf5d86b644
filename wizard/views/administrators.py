"""The administrators of a clinic: who they are, one more of them, and one's own password."""

from dataclasses import dataclass

from flask import Blueprint, Response, make_response, redirect, render_template, request, session, url_for

from wizard import notices, passwords
from wizard.store import administrators, links, sessions
from wizard.store.database import db
from wizard.store.links import LinkPurpose
from wizard.views import first_run, limits
from wizard.views.noting import note
from wizard.views.present import acting, administrator, clinic, now, services

bp = Blueprint("administrators", __name__, url_prefix="/account")


@dataclass(frozen=True, slots=True)
class Invited:
    """A link that was just made; it is shown once."""

    name: str
    email: str
    address: str
    is_mailed: bool
    trouble: str  # why it could not be mailed; empty where it was, or where there is no mail


@bp.get("/administrators")
def show() -> Response:
    """Everybody who may set up this clinic."""
    return make_response(_page(first_run.You(), []))


@bp.post("/administrators")
def add() -> Response:
    """One more administrator, or a new link for one who has no password yet. The link is shown once, on this page."""
    you = first_run.You(" ".join(request.form.get("name", "").split()), request.form.get("email", "").strip())
    problems = first_run.problems_of(you)
    known = administrators.of_email(you.email)
    if known is not None and (known.clinic_id != clinic().id or known.password_digest is not None):
        problems.append(("email", f"{you.email} is an administrator already"))
    if problems:
        return make_response(_page(you, problems), 422)
    who = known or administrators.add(you.name, you.email)
    who.name = you.name
    token = links.make(
        LinkPurpose.ADMINISTRATOR, now(), clinic_id=who.clinic_id, administrator_id=who.id, email=who.email
    )
    note("administrator added", detail=who.name)
    db.session.commit()
    return make_response(_page(first_run.You(), [], _tell(who, token)))


@bp.get("/password")
def password() -> Response:
    """The form for another password."""
    return make_response(render_template("password.html", problems=[]))


@bp.post("/password")
@limits.per_address(limits.OF_ONE_ADDRESS, counts=lambda response: response.status_code != 303)  # noqa: PLR2004
def change_password() -> Response:
    """Another password, for whoever knows the present one; every other sign-in of hers ends."""
    who, present, wanted = administrator(), request.form.get("present", ""), request.form.get("password", "")
    problems: list[tuple[str, str]] = []
    clinic_name, digest = clinic().name, who.password_digest
    db.session.commit()  # argon2 takes its time: nobody waits for the database meanwhile
    if not passwords.is_right(digest, present):
        problems.append(("present", "This is not your present password. Type it again"))
    if problem := passwords.problem_with(wanted, who.email, clinic_name):
        problems.append(("password", problem))
    if problems:
        if problems[0][0] == "present":
            note("another password refused: the present one was wrong", who=who.name)
            db.session.commit()
        return make_response(render_template("password.html", problems=problems), 422)
    who.password_digest = passwords.digest_of(wanted)
    sessions.end_others(who.id, session.get("signed_in", ""), now())
    links.end_all(who.id, now())
    note("password changed", who=who.name)
    db.session.commit()
    return make_response(redirect(url_for("account.show", changed="password"), 303))


def _tell(who: administrators.Administrator, token: str) -> Invited:
    """By mail where there is mail, outside the transaction; on the page in any case."""
    settings = services().settings
    address = f"{settings.public_url.rstrip('/')}/sign-in/link/{token}"
    if not settings.mail_url:
        return Invited(who.name, who.email, address, is_mailed=False, trouble="")
    letter = notices.invitation(who.email, clinic().name, acting(), address)
    db.session.commit()  # nobody waits for the database while the mail server thinks
    try:
        notices.send(settings, letter)
    except notices.NotSent as error:
        return Invited(who.name, who.email, address, is_mailed=False, trouble=str(error))
    return Invited(who.name, who.email, address, is_mailed=True, trouble="")


def _page(you: first_run.You, problems: list[tuple[str, str]], invited: Invited | None = None) -> str:
    everyone = administrators.everyone()
    return render_template("administrators.html", everyone=everyone, you=you, problems=problems, invited=invited)
