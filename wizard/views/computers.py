"""The clinic's computers as an administrator sees them: which browsers carry each name, and the digits to read out."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from flask import Blueprint, Response, abort, make_response, redirect, url_for

from wizard.store import browsers, workstations
from wizard.store.browsers import Browser
from wizard.store.database import db
from wizard.store.workstations import Workstation
from wizard.views import bookmark
from wizard.views.noting import note
from wizard.views.present import administrator, now, services, workstation

bp = Blueprint("computers", __name__, url_prefix="/computers")

SHOWN: Final = 3
"""A browser that forgets leaves a row each time: the newest tell enough."""


@dataclass(frozen=True, slots=True)
class Computer:
    """One computer: the browsers seen under its name, newest first, and the digits that are good now."""

    workstation: Workstation
    browsers: tuple[Browser, ...]
    more: int  # browsers that are not listed
    digits: str
    until: datetime | None
    is_here: bool


def every() -> list[Computer]:
    """All computers of the clinic, telephones too, in a constant number of queries."""
    known = workstations.all_of_clinic()
    seen: dict[int, list[Browser]] = {}
    for browser in browsers.of_workstations([one.id for one in known]):
        seen.setdefault(browser.workstation_id, []).append(browser)
    here = workstation()
    return [
        Computer(
            workstation=one,
            browsers=tuple(seen.get(one.id, [])[:SHOWN]),
            more=max(0, len(seen.get(one.id, [])) - SHOWN),
            digits=workstations.code_of(services().cipher, one, now()),
            until=one.code_until,
            is_here=here is not None and here.id == one.id,
        )
        for one in known
    ]


def address_here() -> str:
    """The address to bookmark at this computer; empty while it has no name."""
    here = workstation()
    return bookmark.address_of(here) if here is not None else ""


@bp.post("/<int:workstation_id>/code")
def show_code(workstation_id: int) -> Response:
    """Six new digits for that computer; earlier ones are good no more."""
    there = workstations.find(workstation_id)
    if there is None:
        abort(404)
    workstations.show_code(services().cipher, there, now())
    note("showed a computer's digits", workstation_id=there.id, detail=there.name, who=administrator().name)
    db.session.commit()
    return make_response(redirect(f"{url_for('account.show')}#computer-{there.id}", 303))
