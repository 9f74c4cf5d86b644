"""The people of the clinic: who works here and where she stands, who left, and one person's own page."""

from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for

from wizard import addresses, leaving, rosters
from wizard.evidence import Arrival, Evidence
from wizard.journey import Journey, travel
from wizard.needing import is_needed
from wizard.standing import Standing, of_desk, of_person
from wizard.store import grants, needs, people, workstations
from wizard.store.database import db
from wizard.store.people import Person
from wizard.store.workstations import Workstation
from wizard.verdict import Verdict
from wizard.views.noting import note
from wizard.views.present import now, person, services
from wizard.views.travelling import known

bp = Blueprint("people", __name__, url_prefix="/people")

LONGEST_COUNT = 4


@dataclass(frozen=True, slots=True)
class Typed:
    """One person's form as it is filled in."""

    name: str
    google_account: str
    email: str


@dataclass(frozen=True, slots=True)
class Desk:
    """One computer on a person's page. `left` is what the last sign-out check there says, none where there was none."""

    workstation: Workstation
    journey: Journey
    arrival: Arrival | None
    standing: Standing
    left: Verdict | None
    left_at: datetime | None


@bp.get("")
def show() -> Response:
    """Everybody with where she stands over the computers she needs, from stored facts."""
    ever, desks, decided = people.ever(), workstations.all_of_clinic(), needs.decided()
    everyone = [who for who in ever if who.left_at is None]
    gone = [who for who in ever if who.left_at is not None]
    read = known(everyone, desks)
    rows = [
        (who, of_person([read.journey(who, desk) for desk in desks if needs_desk(who.id, desk, decided)]))
        for who in everyone
    ]
    open_still = {row.person_id for row in grants.standing([who.id for who in gone])}
    return make_response(
        render_template(
            "people.html",
            rows=rows,
            gone=[
                (who, who.id in open_still) for who in sorted(gone, key=lambda who: who.left_at or now(), reverse=True)
            ],
            added=_count("added"),
            known=_count("known"),
            needed=starters_desks(desks),
        )
    )


@bp.get("/<int:person_id>")
def one(person_id: int) -> Response:
    """One person: her name and letters, the computers she has to be set up at; of one who left, what was."""
    who = person(person_id)
    return make_response(page(who, Typed(who.name, who.google_account, who.email), []))


@bp.post("/<int:person_id>")
def change(person_id: int) -> Response:
    """Another name or e-mail. The account is changed here only while nothing is connected: then it ends nothing.

    The account of somebody who left stays as well: what is known of her is about it.
    """
    who = person(person_id)
    keeps_account = who.left_at is not None or bool(grants.standing([who.id]))
    typed = Typed(
        " ".join(request.form.get("name", "").split()),
        who.google_account if keeps_account else request.form.get("google_account", "").strip(),
        request.form.get("email", "").strip(),
    )
    problems = problems_of(typed, who.id)
    if problems:
        return make_response(page(who, typed, problems), 422)
    before = Typed(who.name, who.google_account, who.email)
    who.name, who.google_account, who.email = typed.name, typed.google_account, typed.email
    changed = [
        field for field in ("name", "google_account", "email") if getattr(before, field) != getattr(typed, field)
    ]
    if changed:
        note("person changed", person_id=who.id, detail=", ".join(changed).replace("_", " "))
    db.session.commit()
    return make_response(redirect(url_for("people.one", person_id=who.id, saved=1), 303))


def problems_of(typed: Typed, person_id: int) -> list[tuple[str, str]]:
    """What has to change before it can be kept, as (id of the field, sentence)."""
    found: list[tuple[str, str]] = []
    others = {other.id: other for other in people.everyone() if other.id != person_id}
    if not typed.name or not typed.name.isprintable() or len(typed.name) > rosters.LONGEST_NAME:
        found.append(("name", f"Type the name as PIMSY shows it, at most {rosters.LONGEST_NAME} letters"))
    elif any(typed.name.casefold() == other.name.casefold() for other in others.values()):
        found.append(("name", f"{typed.name} is somebody else here. Add what tells the two apart"))
    if not people.may_be_address(typed.google_account):
        found.append(("google_account", addresses.WHOLE))
    elif typed.google_account and (owners := people.meant_by(typed.google_account) & set(others)):
        names = ", ".join(others[owner].name for owner in sorted(owners))
        found.append(("google_account", f"{typed.google_account} is already entered for {names}"))
    if not people.may_be_address(typed.email):
        found.append(("email", addresses.WHOLE))
    return found


def page(who: Person, typed: Typed, problems: list[tuple[str, str]]) -> str:
    """The page of one person, also with what has to change in it."""
    decided = needs.decided()
    desks = workstations.ever() if who.left_at else workstations.all_of_clinic()
    read = known([who], desks)
    facts = [(desk, read.evidence(who, desk)) for desk in desks]
    permissions = grants.standing([who.id])
    return render_template(
        "person.html",
        person=who,
        typed=typed,
        problems=problems,
        is_saved=request.args.get("saved") == "1",
        permissions=permissions,
        account=next((row.email for row in permissions if row.permission == "checker"), who.google_account),
        needed=[_desk(desk, seen) for desk, seen in facts if needs_desk(who.id, desk, decided)],
        visited=[_desk(desk, seen) for desk, seen in facts if leaving.was_there(seen)],
        pages=services().settings.google_pages,
    )


def needs_desk(person_id: int, desk: Workstation, decided: dict[tuple[int, int], bool]) -> bool:
    """Whether she has to be set up at this computer, as the clinic decided or by the computer's rule."""
    return desk.has_pimsy and is_needed(desk.books_for, decided.get((person_id, desk.id)))


def starters_desks(desks: list[Workstation]) -> list[Workstation]:
    """Where somebody has to be set up of whom the clinic has decided nothing yet."""
    return [desk for desk in desks if needs_desk(0, desk, {})]


def _desk(desk: Workstation, evidence: Evidence) -> Desk:
    journey, left = travel(evidence), leaving.check(evidence)
    return Desk(desk, journey, evidence.sealed, of_desk(journey), left, left.seen if left else None)


def _count(name: str) -> int | None:
    """A number of the address, for the sentence that says what was just done."""
    said = request.args.get(name, "")
    return int(said) if said.isascii() and said.isdecimal() and len(said) <= LONGEST_COUNT else None
