"""The clinic's computers: what each is called, how many are proven there, and which are not used any more."""

from flask import Blueprint, Response, abort, make_response, redirect, render_template, request, url_for

from wizard.standing import of_workstation
from wizard.store import needs, people, workstations
from wizard.store.database import db
from wizard.store.workstations import Workstation
from wizard.views import naming
from wizard.views.noting import note
from wizard.views.people import needs_desk
from wizard.views.present import now
from wizard.views.travelling import known

bp = Blueprint("in_use", __name__, url_prefix="/computers")


@bp.get("")
def show() -> Response:
    """Every computer, in the order they were named; those that are not used any more below."""
    desks, everyone, decided = workstations.ever(), people.everyone(), needs.decided()
    used = [desk for desk in desks if desk.retired_at is None]
    read = known(everyone, used)
    rows = [
        (
            desk,
            of_workstation([read.journey(who, desk) for who in everyone if needs_desk(who.id, desk, decided)]),
        )
        for desk in used
    ]
    unused = [desk for desk in desks if desk.retired_at is not None]
    return make_response(render_template("computers.html", rows=rows, unused=unused))


@bp.get("/<int:workstation_id>")
def one(workstation_id: int) -> Response:
    """One computer: another name for it, or its end."""
    desk = _desk(workstation_id)
    return make_response(_page(desk, desk.name, []))


@bp.post("/<int:workstation_id>")
def rename(workstation_id: int) -> Response:
    """Another name; what was proven there stays proven."""
    desk, name = _desk(workstation_id), " ".join(request.form.get("name", "").split())
    if problems := _problems_of(name, desk):
        return make_response(_page(desk, name, problems), 422)
    if desk.name != name:
        note("computer renamed", workstation_id=desk.id, detail=name)
        desk.name = name
    db.session.commit()
    return _to_all()


@bp.get("/<int:workstation_id>/retire")
def confirm(workstation_id: int) -> Response:
    """What ends, before it does."""
    desk = _desk(workstation_id)
    return _to_all() if desk.retired_at else make_response(render_template("retire_computer.html", desk=desk))


@bp.post("/<int:workstation_id>/retire")
def retire(workstation_id: int) -> Response:
    """Nobody is to be set up there any more; what was proven there is kept."""
    desk = _desk(workstation_id)
    if desk.retired_at is None:
        note("computer is not used any more", workstation_id=desk.id, detail=desk.name)
        desk.retired_at = now()
    db.session.commit()
    return _to_all()


@bp.post("/<int:workstation_id>/use-again")
def use_again(workstation_id: int) -> Response:
    """It is used again, under its name; whoever needs it needs it again, and what was proven there counts."""
    desk = _desk(workstation_id)
    if desk.retired_at is None:
        return _to_all()
    if problems := _problems_of(desk.name, desk):
        return make_response(_page(desk, desk.name, problems), 422)
    desk.retired_at = None
    note("computer is used again", workstation_id=desk.id, detail=desk.name)
    db.session.commit()
    return _to_all()


def _problems_of(name: str, desk: Workstation) -> list[tuple[str, str]]:
    """What has to change before this can be its name, as (id of the field, sentence)."""
    if problems := naming.problems_of(name):
        return [("name", words) for _, words in problems]
    same = workstations.named(name)
    if same is not None and same.id != desk.id:
        return [("name", f"Another computer is called {same.name} already. Choose another name")]
    return []


def _desk(workstation_id: int) -> Workstation:
    """The computer of this clinic, whether or not it is used; anybody else's address is 404."""
    return workstations.find_ever(workstation_id) or abort(404)


def _to_all() -> Response:
    return make_response(redirect(url_for("in_use.show"), 303))


def _page(desk: Workstation, name: str, problems: list[tuple[str, str]]) -> str:
    return render_template("computer.html", desk=desk, name=name, problems=problems)
