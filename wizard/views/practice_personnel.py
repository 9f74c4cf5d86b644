"""User Personnel Folder of the Stand-in: a person's details and, at the bottom left, her Google account."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, Response, abort, make_response, redirect, render_template, request, url_for

from wizard import when
from wizard.practice.builtin import personnel
from wizard.practice.builtin.personnel import PROFILES, Details
from wizard.practice.builtin.settings import Problem
from wizard.store import clients, folders, grants, people
from wizard.store.database import db
from wizard.store.people import Person
from wizard.views import present, standin
from wizard.views.htmx import is_partial, leave
from wizard.views.present import acting, clinic, now, services, workstation

bp = Blueprint("practice_personnel", __name__, url_prefix="/practice/personnel")
standin.only_with_it(bp)

TABS = {"details": "User Details", "clients": "Clients", "documents": "Documents"}


@dataclass(frozen=True, slots=True)
class Form:
    """All that parts/_folder_form.html shows."""

    person: Person
    details: Details
    profiles: tuple[str, ...]
    is_suggested: bool  # the account comes from step 1 and is not saved yet
    saved: str
    problems: tuple[Problem, ...]


def form_of(
    person: Person,
    suggestion: str,
    *,
    typed: Details | None = None,
    problems: Sequence[Problem] = (),
    is_saved: bool = False,
) -> Form:
    """The folder's first tab. An empty account is filled in with the suggestion, to be looked at and saved."""
    folder = folders.find(person.id) or folders.Folder(
        google_account="", is_suspended=False, profile=PROFILES[0], email=""
    )
    details = typed or Details(
        google_account=folder.google_account or suggestion,
        is_suspended=folder.is_suspended,
        profile=folder.profile,
        email=folder.email,
    )
    saved_at = folder.saved_at
    return Form(
        person=person,
        details=details,
        profiles=PROFILES,
        is_suggested=typed is None and not folder.google_account and bool(suggestion),
        saved=f"Saved {when.exact_point(saved_at, now(), clinic().zone)}" if is_saved and saved_at else "",
        problems=tuple(problems),
    )


@bp.get("/<int:person_id>")
def show(person_id: int) -> Response:
    """The folder, at the tab of `?tab=`."""
    who = present.person(person_id)
    tab = request.args.get("tab", "details")
    suggestion = _account_of_the_set_up(who) if "fill" in request.args else ""
    form = form_of(who, suggestion, is_saved=request.args.get("saved") == "1")
    return make_response(_page(who, form, tab if tab in TABS else "details"))


@bp.post("/<int:person_id>")
def save(person_id: int) -> Response:
    """Save the details, or add the test client on the Clients tab."""
    who = present.person(person_id)
    here = workstation()
    workstation_id = here.id if here else None
    if "add" in request.form:
        personnel.add_test_client(who, at=now(), who=acting(), workstation_id=workstation_id)
        db.session.commit()
        return make_response(redirect(url_for("practice_personnel.show", person_id=who.id, tab="clients"), 303))
    if "google_account" not in request.form:
        abort(400)
    before = form_of(who, "").details
    details = Details(
        google_account=standin.line("google_account"),
        is_suspended="suspended" in request.form,
        profile=standin.line("profile", before.profile),
        email=standin.line("email", before.email),
    )
    problems = personnel.problems_of(details)
    if problems:
        form = form_of(who, "", typed=details, problems=problems)
        return make_response(_part(who, form) if is_partial() else _page(who, form, "details"), 422)
    personnel.save(who, details, at=now(), who=acting(), workstation_id=workstation_id)
    db.session.commit()
    services().background.wake()
    if standin.back_to() == standin.STEP:
        return leave(url_for("step.show", person_id=who.id, slug="personnel-folder"))
    return leave(url_for("practice_personnel.show", person_id=who.id, saved=1))


def _account_of_the_set_up(who: Person) -> str:
    """To be looked at and saved, where an administrator was asked for it and came without the step around it."""
    grant = grants.of(who.id, "checker")
    return grant.email if grant is not None else who.google_account


def _part(who: Person, form: Form) -> str:
    return render_template("parts/_folder_form.html", form=form, back_to=standin.back_to(), person=who)


def _page(who: Person, form: Form, tab: str) -> str:
    return render_template(
        "practice_personnel.html",
        form=form,
        person=who,
        everyone=people.everyone(),
        clients=clients.of_people([who.id]),
        tabs=TABS,
        tab=tab,
        back_to=standin.back_to(),
    )
