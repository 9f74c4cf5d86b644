"""Parting: a person leaves the clinic, and may come back. What ends is said first; what she was is kept."""

from dataclasses import dataclass

from flask import Blueprint, Response, make_response, redirect, render_template, url_for

from wizard import leaving
from wizard.onboarding.revoking import take_back
from wizard.store import grants, personal_links, sessions, workstations
from wizard.store.database import db
from wizard.store.people import Person
from wizard.views import people
from wizard.views.noting import note
from wizard.views.present import acting, now, person, services
from wizard.views.travelling import known

bp = Blueprint("parting", __name__, url_prefix="/people")


@dataclass(frozen=True, slots=True)
class Ending:
    """What ends when she leaves."""

    permissions: list[tuple[grants.Grant, bool]]  # whether another clinic of this installation lives by the account
    links: int
    desks: list[workstations.Workstation]  # where her account was signed in


@bp.get("/<int:person_id>/leave")
def show(person_id: int) -> Response:
    """What ends, before it does."""
    who = person(person_id)
    if who.left_at is not None:
        return _to(who)
    links = [link for link in personal_links.of_people([who.id]) if link.ended_at is None]
    desks = workstations.ever()
    read = known([who], desks)
    standing = grants.standing([who.id])
    shared = grants.used_elsewhere({grant.sub for grant in standing}, who.id)
    ending = Ending(
        permissions=[(grant, grant.sub in shared) for grant in standing],
        links=len(links),
        desks=[desk for desk in desks if leaving.was_there(read.evidence(who, desk))],
    )
    return make_response(render_template("leave_clinic.html", person=who, ending=ending))


@bp.post("/<int:person_id>/leave")
def leave(person_id: int) -> Response:
    """She has left from here on, whether or not Google answers; then her permissions are taken back."""
    who = person(person_id)
    if who.left_at is None:
        who.left_at = now()
        sessions.end_of_person(who.id, [link.id for link in personal_links.of_people([who.id])], now())
        personal_links.end_all(who.id, now())
        note("person left the clinic", person_id=who.id)
    db.session.commit()
    return _take_back(who)


@bp.post("/<int:person_id>/take-back")
def try_again(person_id: int) -> Response:
    """Google did not answer before: ask once more. Of somebody who works here nothing is taken back."""
    who = person(person_id)
    return _take_back(who) if who.left_at is not None else _to(who)


@bp.post("/<int:person_id>/come-back")
def come_back(person_id: int) -> Response:
    """She works here again: her cells are open, and what she gave before has to be given anew."""
    who = person(person_id)
    if who.left_at is None:
        return _to(who)
    typed = people.Typed(who.name, who.google_account, who.email)
    if problems := people.problems_of(typed, who.id):
        return make_response(people.page(who, typed, problems), 422)
    who.left_at = None
    note("person works here again", person_id=who.id)
    db.session.commit()
    return _to(who)


def _take_back(who: Person) -> Response:
    take_back(services().google, services().clock, [who.id], by=acting())
    return _to(who)


def _to(who: Person) -> Response:
    return make_response(redirect(url_for("people.one", person_id=who.id), 303))
