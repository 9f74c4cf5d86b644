"""Support's own side: six digits open one clinic for an hour, to be read and not changed, without a client in sight.

These pages are made for whoever is on the telephone. They say where everybody stands and by which card, and leave out what
is not support's: calendars by their names, appointments, the screens of the practice.
"""

from dataclasses import dataclass

from flask import Blueprint, Response, abort, make_response, redirect, render_template, request, session, url_for

from wizard.cards import card_of, number_of
from wizard.evidence import NAME, Evidence
from wizard.journey import Journey, Stop, travel
from wizard.report import report
from wizard.store import clinics, people, sessions, support_looks, workstations
from wizard.store.database import db, of_clinic
from wizard.verdict import Status, Verdict
from wizard.views import limits
from wizard.views.noting import note
from wizard.views.panel import panel_of
from wizard.views.present import clinic, now, services, support_look
from wizard.views.travelling import known

bp = Blueprint("support", __name__, url_prefix="/support")

WRONG_DIGITS = "10 per 15 minutes"
WRONG_DIGITS_FROM_ANYWHERE = "200 per hour"
"""Of a million numbers: who guesses from many places at once gets no further than two in ten thousand."""

NOT_THESE = "These digits open nothing. They are good once, for one hour: ask for the six that stand on the screen now"


def _was_wrong(response: Response) -> bool:
    return response.status_code != 303  # noqa: PLR2004 - the answer to the right digits


@dataclass(frozen=True, slots=True)
class Line:
    """One step as support reads it."""

    stop: Stop
    words: str
    second_line: str
    card: int | None


@bp.get("")
def show() -> Response:
    """Where support types the digits."""
    return make_response(render_template("support.html", problems=[], has_ended="ended" in request.args))


@bp.post("")
@limits.per_address(WRONG_DIGITS, counts=_was_wrong)
@limits.in_all(WRONG_DIGITS_FROM_ANYWHERE, counts=_was_wrong)
def enter() -> Response:
    """Open the look these digits stand for; they are good no more."""
    digits = "".join(request.form.get("digits", "").split())
    look = support_looks.open_with(services().cipher, digits, now())
    if look is None:
        _note_refusal()
        page = render_template("support.html", problems=[("digits", NOT_THESE)], has_ended=False)
        return make_response(page, 422)
    with of_clinic(look.clinic_id):
        session["support"] = sessions.begin_support(look.clinic_id, look.id, now())
        note("support began to look", who="support")
        db.session.commit()
    return make_response(redirect(url_for("support.everybody"), 303))


def _note_refusal() -> None:
    """Nobody knows which clinic was meant: as for a sign-in with an unknown address, the line stands with the first."""
    oldest = clinics.first()
    if oldest is None:
        db.session.commit()
        return
    with of_clinic(oldest.id):
        note("digits of support refused", who="somebody on the telephone")
        db.session.commit()


@bp.get("/clinic")
def everybody() -> Response:
    """Who stands where: people and computers, each with what needs somebody."""
    everyone, desks = people.everyone(), workstations.desks_of_clinic()
    read = known(everyone, desks)
    rows = [(who, [(desk, _summary(travel(read.evidence(who, desk)))) for desk in desks]) for who in everyone]
    return make_response(render_template("support_clinic.html", rows=rows, desks=desks, **_frame()))


@bp.get("/clinic/<int:person_id>/<int:workstation_id>")
def one(person_id: int, workstation_id: int) -> Response:
    """One person at one computer: the six steps, and the report."""
    who, desk = people.find(person_id), workstations.find(workstation_id)
    if who is None or desk is None:
        abort(404)
    evidence = known([who], [desk]).evidence(who, desk)
    journey = travel(evidence)
    return make_response(
        render_template(
            "support_person.html",
            who=who,
            desk=desk,
            lines=[_line(stop, evidence) for stop in journey],
            report=report(journey, evidence, clinic=clinic().name),
            account=evidence.address,
            **_frame(),
        )
    )


def _frame() -> dict[str, object]:
    here = clinic()
    return {
        "clinic": here.name,
        "about": here,
        "practice_is_standin": here.practice == "builtin",
        "look": support_look(),
    }


def _summary(journey: Journey) -> tuple[Verdict, str, int | None]:
    """The one stop worth a word: what needs somebody, else what is next; none where all is done."""
    wrong = next((stop for stop in journey if stop.verdict.status is Status.NEEDS_ATTENTION), None)
    stop = wrong or journey.current
    if stop is None:
        return journey.stops[-1].verdict, f"{journey.verified} of 6", None
    words = _discreet(stop.verdict) or stop.verdict.note
    return stop.verdict, f"step {stop.step.number}: {words}", number_of(stop.verdict.code)


def _line(stop: Stop, evidence: Evidence) -> Line:
    panel = panel_of(stop, evidence)
    return Line(stop, _discreet(stop.verdict), panel.second_line, panel.card)


def _discreet(verdict: Verdict) -> str:
    """The finding without the name somebody gave a calendar: then the card's own headline stands for it."""
    card = card_of(verdict.code)
    if card is not None and verdict.code.startswith("CAL-") and verdict.found != NAME:
        return card.headline
    return verdict.for_others
