"""What waits for Google: one page over all people of the clinic, without a client's name."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for

from wizard.practice.builtin.on_google import Scene, owed
from wizard.practice.builtin.strayed import CODES
from wizard.store import authorizations, deliveries, people, seen_events, workstations
from wizard.store.database import db
from wizard.store.deliveries import Delivery
from wizard.store.people import Person
from wizard.views import present
from wizard.views.noting import note
from wizard.views.present import clinic, now, services, workstation

bp = Blueprint("waiting", __name__, url_prefix="/overview/waiting")

LONG = timedelta(hours=4)
"""From then on the overview says since when, and how much waits."""


HELD = "Held: it was changed in Google"


@dataclass(frozen=True, slots=True)
class Wait:
    """Appointments of one person that wait for the same; `since` is when the first of them failed.

    `week` is the day by which My SAL Calendar shows what somebody has to choose about; empty where nobody has to.
    """

    who: Person
    words: str
    count: int
    since: datetime
    can_be_tried: bool
    week: str = ""


@bp.get("")
def show() -> Response:
    """Who waits, since when, for what, and when it is tried again. A constant number of queries."""
    waits = _waits(deliveries.stuck())
    return make_response(
        render_template(
            "waiting.html",
            waits=waits,
            total=sum(wait.count for wait in waits),
            can_be_tried=any(wait.can_be_tried for wait in waits),
            is_held=any(not wait.can_be_tried for wait in waits),
            is_tried=request.args.get("tried") == "1",
        )
    )


@bp.post("/try")
def try_all() -> Response:
    """Everything that waits in this clinic is due now."""
    return _try(None)


@bp.post("/try/<int:person_id>")
def try_person(person_id: int) -> Response:
    """Everything that waits for this person's Google account is due now."""
    return _try(present.person(person_id))


def _try(who: Person | None) -> Response:
    deliveries.hasten(now(), who.id if who else None)
    note("what waits for Google was tried at once", person_id=who.id if who else None)
    db.session.commit()
    services().background.wake()
    return make_response(redirect(url_for("waiting.show", tried=1), 303))


def _waits(stuck: list[Delivery]) -> list[Wait]:
    who_has = {who.id: who for who in people.everyone()}
    accepted = authorizations.holding_of(who_has)
    desks, here = {desk.id: desk.name for desk in workstations.ever()}, workstation()
    zone, at = clinic().zone, now()
    changed = _changed_there()
    alike: defaultdict[tuple[int, str, bool, str], list[Delivery]] = defaultdict(list)
    for row in stuck:
        if (who := who_has.get(row.person_id)) is None:
            continue
        if row.reason in CODES and row.appointment_id in changed:
            day = changed[row.appointment_id].astimezone(zone).date().isoformat()
            alike[who.id, HELD, False, day].append(row)
            continue
        scene = Scene(
            name=who.first_name,
            zone=zone,
            now=at,
            here=here.id if here else 0,
            desks=desks,
            accepted_at=accepted.get(who.id, frozenset()),
        )
        standing = owed(row, scene)
        alike[who.id, standing.words, standing.can_be_tried, ""].append(row)
    return [
        Wait(
            who=who_has[person_id],
            words=words,
            count=len({row.appointment_id for row in rows}),
            since=min(row.failing_since or row.made_at for row in rows),
            can_be_tried=can_be_tried,
            week=week,
        )
        for (person_id, words, can_be_tried, week), rows in alike.items()
    ]


def _changed_there() -> dict[int, datetime]:
    """The appointments whose event somebody changed in Google, with nothing chosen about it as it stands; when they begin."""
    return {
        appointment.id: appointment.starts_at
        for seen, appointment in seen_events.out_of_place()
        if seen.overruled != seen.etag
    }
