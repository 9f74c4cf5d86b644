"""The first run: a link printed where the wizard was started makes the clinic and its first administrator."""

from dataclasses import dataclass

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for

from wizard import passwords
from wizard.store import administrators, clinics, links, people
from wizard.store.database import db, of_clinic
from wizard.store.links import LinkPurpose
from wizard.views import clinic_form, signing_in
from wizard.views.noting import note
from wizard.views.present import now

bp = Blueprint("first_run", __name__, url_prefix="/first-run")

LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class You:
    """The first administrator as she types herself."""

    name: str = ""
    email: str = ""


@bp.get("/<token>")
def show(token: str) -> Response:
    """One page, four headings."""
    if not _is_good(token):
        return _over()
    return make_response(_page(token, clinic_form.Typed(), You(), []))


@bp.post("/<token>")
def create(token: str) -> Response:
    """The clinic and its administrator, both or neither; then she is signed in."""
    if not _is_good(token):
        return _over()
    typed = clinic_form.read()
    you = You(" ".join(request.form.get("name", "").split()), request.form.get("email", "").strip())
    password = request.form.get("password", "")
    problems = clinic_form.problems_of(typed) + problems_of(you)
    if problem := passwords.problem_with(password, you.email, typed.name):
        problems.append(("password", problem))
    if problems:
        return make_response(_page(token, typed, you, problems), 422)
    db.session.commit()  # argon2 takes its time: nobody waits for the database meanwhile
    digest = passwords.digest_of(password)
    if not links.use(token, now()):
        return _over()
    clinic = clinics.Clinic(created_at=now())
    clinic_form.keep(typed, clinic)
    db.session.add(clinic)
    db.session.flush()
    with of_clinic(clinic.id):
        who = administrators.add(you.name, you.email, digest)
        note("clinic and first administrator made", who=who.name)
        signing_in.begin(who)
        db.session.commit()
    return make_response(redirect(url_for("start.show"), 303))


def problems_of(you: You) -> list[tuple[str, str]]:
    """What has to change before somebody can be an administrator, as (id of the field, sentence)."""
    found: list[tuple[str, str]] = []
    if not you.name or not you.name.isprintable() or len(you.name) > LONGEST_NAME:
        found.append(("name", f"Type the name, at most {LONGEST_NAME} letters"))
    if not you.email or not people.may_be_address(you.email):
        found.append(("email", "Type the whole e-mail address, as in dana@clinic.example"))
    return found


def _is_good(token: str) -> bool:
    """Its own purpose, its own time, and nobody was quicker."""
    link = links.living(token, now())
    return link is not None and link.purpose == LinkPurpose.FIRST_RUN.value and not administrators.exist_anywhere()


def _over() -> Response:
    db.session.rollback()
    return make_response(render_template("first_run_over.html", is_set_up=administrators.exist_anywhere()), 410)


def _page(token: str, typed: clinic_form.Typed, you: You, problems: list[tuple[str, str]]) -> str:
    return render_template(
        "first_run.html", token=token, typed=typed, you=you, problems=problems, choices=clinic_form, proven=""
    )
