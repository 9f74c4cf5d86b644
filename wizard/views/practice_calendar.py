"""My SAL Calendar of the Stand-in: a person's week, and what stands of it on Google."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from flask import Blueprint, Response, abort, make_response, redirect, render_template, request, url_for

from wizard import when
from wizard.practice.builtin import calendar, typed
from wizard.practice.builtin.calendar import Refused
from wizard.practice.builtin.settings import Problem
from wizard.practice.builtin.summary import initials
from wizard.practice.builtin.week import Week, monday_of, week_of
from wizard.store import authorizations, clients, deliveries, grants, read_marks
from wizard.store.appointments import Appointment
from wizard.store.database import db
from wizard.store.people import Person
from wizard.views import present, standin
from wizard.views.htmx import htmx, is_partial, leave
from wizard.views.practice_booking import FIELDS, Form, booking_form_of, form_of, rules, start_of, wish_of
from wizard.views.present import acting, clinic, everyone_here, now, services, workstation

__all__ = ["booking_form_of", "bp"]

bp = Blueprint("practice_calendar", __name__, url_prefix="/practice/calendar")
standin.only_with_it(bp)

FIRST_YEAR, LAST_YEAR = 2000, 2100
LONGEST_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Chosen:
    """The appointment that is open for a change."""

    appointment: Appointment
    title: str
    day: str
    time: str
    problems: tuple[Problem, ...]


@bp.get("/<int:person_id>")
def show(person_id: int) -> Response:
    """The week of `?week=`; the grid alone where htmx asks again, and nothing where it still says the same."""
    who = present.person(person_id)
    said = request.args.get("week", "")
    day = day_of(said) if said else None
    if is_partial() and request.args.get("part") == "week" and day is not None:
        return _week_part(who, day)
    note = (
        f"“{said[:LONGEST_SHOWN]}” is no day this calendar has. This is the present week." if said and not day else ""
    )
    chosen = _chosen(who, standin.number_of(request.args.get("appointment", "")))
    return make_response(page(who, day, note=note, chosen=chosen), 400 if note else 200)


@bp.post("/<int:person_id>/appointments")
def book(person_id: int) -> Response:
    """Book, then lead where the next act is: Google's page, step 6, or back with the reason it is not sent."""
    who = present.person(person_id)
    here = workstation()
    if here is None:
        return leave(url_for("start.show", person=who.id))
    said = {name: standin.line(name) for name in FIELDS}
    try:
        wish = wish_of(who, said, rules(), now())
        appointment = calendar.book(who, here.id, wish, rules(), at=now(), who=acting())
    except Refused as refused:
        db.session.rollback()
        form = form_of(who, said, refused.problems)
    else:
        is_accepted = here.id in authorizations.holding(who.id)
        db.session.commit()
        services().background.wake()
        return _after_booking(who, appointment, is_accepted=is_accepted)
    if is_partial():
        part = render_template("parts/_booking_form.html", form=form, back_to=standin.back_to(), person=who)
        return make_response(part, 422)
    return make_response(page(who, typed.day_of(said["day"]), form=form), 422)


@bp.post("/<int:person_id>/appointments/<int:appointment_id>/move")
def move(person_id: int, appointment_id: int) -> Response:
    """Another day or time; Google hears of it."""
    who, appointment = own(person_id, appointment_id)
    fields = ("move-day", "move-time")
    said = standin.line("day"), standin.line("time")
    try:
        starts_at = start_of(*said, rules(), now(), fields)
        calendar.move(who, appointment, starts_at, rules(), at=now(), who=acting())
    except Refused as refused:
        db.session.rollback()
        chosen = _chosen(who, appointment_id, said, refused.problems)
    else:
        return done(who, appointment)
    return make_response(page(who, week_day(appointment), chosen=chosen), 422)


@bp.post("/<int:person_id>/appointments/<int:appointment_id>/cancel")
def cancel(person_id: int, appointment_id: int) -> Response:
    """Cancelled; what was sent is taken back from Google."""
    who, appointment = own(person_id, appointment_id)
    calendar.cancel(who, appointment, at=now(), who=acting())
    return done(who, appointment)


@bp.post("/<int:person_id>/appointments/<int:appointment_id>/try")
def try_now(person_id: int, appointment_id: int) -> Response:
    """Everything that waits for this person's Google account is due now."""
    who, appointment = own(person_id, appointment_id)
    deliveries.hasten(now(), who.id)
    return done(who, appointment)


def _after_booking(who: Person, appointment: Appointment, *, is_accepted: bool) -> Response:
    is_from_step = standin.back_to() == standin.STEP
    if appointment.unsent:
        slug = "test-appointment"
    elif is_accepted or not htmx:
        slug = "accept"
        is_from_step = is_from_step or not is_accepted  # without a script the way to Google is a link on that page
    else:
        return leave(url_for("google.connect", person_id=who.id, purpose="integration"))
    if is_from_step:
        return leave(url_for("step.show", person_id=who.id, slug=slug))
    return leave(_week_address(who, appointment))


def done(who: Person, appointment: Appointment) -> Response:
    db.session.commit()
    services().background.wake()
    anchor = f"appointment-{appointment.id}"
    return make_response(redirect(f"{_week_address(who, appointment)}#{anchor}", 303))


def own(person_id: int, appointment_id: int) -> tuple[Person, Appointment]:
    who = present.person(person_id)
    appointment = calendar.of_person(who, appointment_id)
    if appointment is None:
        abort(404)
    return who, appointment


def _week_address(who: Person, appointment: Appointment) -> str:
    """The week the appointment lies in. Without a fragment: a script sent to one would not load the page anew."""
    week = monday_of(week_day(appointment)).isoformat()
    return url_for("practice_calendar.show", person_id=who.id, week=week)


def _chosen(
    who: Person, appointment_id: int, said: tuple[str, str] | None = None, problems: Sequence[Problem] = ()
) -> Chosen | None:
    appointment = calendar.of_person(who, appointment_id) if appointment_id else None
    if appointment is None:
        return None
    client = clients.find(appointment.client_id)
    local = _local(appointment.starts_at)
    starts = when.day_and_time(appointment.starts_at, clinic().zone)
    day, clock_time = said or (local.date().isoformat(), f"{local:%H:%M}")
    return Chosen(
        appointment=appointment,
        title=f"{initials(client.name if client else '')}, {starts}, {appointment.minutes} minutes",
        day=day,
        time=clock_time,
        problems=tuple(problems),
    )


def _week_part(who: Person, day: date) -> Response:
    week = _week(who, day)
    if request.args.get("seen") == seen(week):
        return make_response("", 204)
    return make_response(render_template("parts/_week_answer.html", person=who, week=week, seen=seen(week)))


def seen(week: Week) -> str:
    """A short name for all that the grid says: an answer that says the same is 204."""
    return hashlib.sha256(repr(week).encode()).hexdigest()[:12]


def page(
    who: Person, day: date | None, *, form: Form | None = None, chosen: Chosen | None = None, note: str = ""
) -> str:
    here = workstation()
    week = _week(who, day or now().astimezone(clinic().zone).date())
    slot = calendar.empty_slot(who.id, here.id, now()) if here else None
    return render_template(
        "practice_calendar.html",
        person=who,
        everyone=everyone_here(),
        week=week,
        seen=seen(week),
        chosen=chosen,
        form=form or booking_form_of(who, slot),
        note=note,
        rules=rules(),
        back_to=standin.back_to(),
        looked=_looked(who),
    )


def _week(who: Person, day: date) -> Week:
    return week_of(who, day, clinic(), workstation(), now())


def week_day(appointment: Appointment) -> date:
    """The day by which the week is found that the appointment lies in."""
    return _local(appointment.starts_at).date()


def _looked(who: Person) -> str:
    """When we last looked for what was changed in Google; empty where nothing can be looked at."""
    mark, grant = read_marks.of(who.id), grants.of(who.id, "integration")
    if grant is None or grant.is_dead:
        return ""
    if mark is not None and mark.failed_since is not None:
        return f"We could not look since {when.point(mark.failed_since, now(), clinic().zone)}."
    if mark is None or mark.read_at is None:
        return "Not looked yet."
    return f"Looked {when.seen(mark.read_at, now(), clinic().zone)}."


def day_of(text: str) -> date | None:
    """A day this calendar has."""
    day = typed.day_of(text)
    return day if day is not None and FIRST_YEAR <= day.year <= LAST_YEAR else None


def _local(moment: datetime) -> datetime:
    return moment.astimezone(clinic().zone)
