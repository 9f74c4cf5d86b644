"""Taking a computer back: from the person it was handed to, or after an idle sign-in has ended, by one password."""

from dataclasses import dataclass

from flask import Blueprint, Response, abort, g, make_response, redirect, render_template, request, session, url_for

from wizard.store import administrators, sessions, workstations
from wizard.store.administrators import Administrator
from wizard.store.database import db, of_clinic
from wizard.store.sessions import Session
from wizard.store.workstations import Workstation
from wizard.views import desk, limits, signing_in
from wizard.views.noting import note
from wizard.views.present import handed_by, own_person, services
from wizard.views.queues import queue_at
from wizard.views.travelling import named_workstation

bp = Blueprint("taking_back", __name__, url_prefix="/desk")

NOT_THIS = "This is not the password. Type it again"


@dataclass(frozen=True, slots=True)
class Asleep:
    """A computer whose sign-in has ended: the queue stays on its screen, and names nobody."""

    row: Session
    administrator: Administrator
    here: Workstation


def _was_refused(response: Response) -> bool:
    return response.status_code != 303  # noqa: PLR2004 - the answer to a password that was right


@bp.get("/take-back")
def show() -> Response:
    """Whose password is asked for; where nothing is handed over there is nothing to take back."""
    return make_response(_page([])) if handed_by() else _to_start()


@bp.post("/take-back")
@limits.of_passwords(limits.email_signed_in, counts=_was_refused)
def take_back() -> Response:
    """The password of whoever handed it over; the queue goes on behind the person whose turn it was."""
    who, person = handed_by(), own_person()
    if who is None or person is None:
        return _to_start()
    if not _is_known(who):
        note("taking the computer back refused", who=who.name, person_id=person.id)
        db.session.commit()
        return make_response(_page([("password", NOT_THIS)]), 422)
    then = desk.start_after(queue_at(named_workstation(person)), person.id)
    _wake(who, "computer taken back")
    return make_response(redirect(then, 303))


@bp.post("/go-on")
@limits.of_passwords(limits.email_signed_in, counts=_was_refused)
def go_on() -> Response:
    """The same after an idle sign-in has ended: back to where the queue stood."""
    asleep = _asleep()
    if asleep is None:
        return make_response(redirect(url_for("sign_in.show"), 303))
    who, handed_to, g.workstation = asleep.administrator, asleep.row.handed_to, asleep.here
    back = signing_in.way_back(request.form.get("back", ""))
    if not _is_known(who):
        note("coming back to the desk refused", who=who.name)
        db.session.commit()
        return make_response(_asleep_page(asleep, back, [("password", NOT_THIS)]), 422)
    _wake(who, "came back to the desk")
    return make_response(redirect(url_for("start.show", person=handed_to) if handed_to else back, 303))


def asleep_page() -> str:
    """The queue without names, for a request whose sign-in has ended; empty where another page has to answer.

    That is the start of a computer that has a name, and every page of one that was handed over.
    """
    asleep = _asleep()
    if asleep is None or (request.endpoint != "start.show" and asleep.row.handed_to is None):
        return ""
    return _asleep_page(asleep, signing_in.asked_for(), [])


def was_handed() -> bool:
    """Whether the page around the part that asks would show the queue without names."""
    asleep = _asleep()
    return asleep is not None and asleep.row.handed_to is not None


def _asleep() -> Asleep | None:
    """The sign-in that this browser's cookie still names. From here on queries are bound to its clinic."""
    row = sessions.named(session.get("signed_in", ""))
    if row is None or row.administrator_id is None:
        return None
    g.scope.enter_context(of_clinic(row.clinic_id))
    who = administrators.find(row.administrator_id)
    here = workstations.find(g.browser.workstation_id)
    return Asleep(row, who, here) if who and here else None


def _is_known(who: Administrator) -> bool:
    """By her password; in the try-out nobody has one."""
    return services().settings.is_tryout or signing_in.is_password_of(who, request.form.get("password", ""))


def _wake(who: Administrator, what: str) -> None:
    signing_in.keep_up(who, request.form.get("password", ""))
    signing_in.begin(who, what)
    db.session.commit()


def _page(problems: list[tuple[str, str]]) -> str:
    return render_template("take_back.html", problems=problems)


def _asleep_page(asleep: Asleep, back: str, problems: list[tuple[str, str]]) -> str:
    return render_template("asleep.html", here=asleep.here, queue=queue_at(asleep.here), back=back, problems=problems)


def _to_start() -> Response:
    if own_person() is not None:
        abort(404)  # by a link of her own: nobody handed her this computer
    return make_response(redirect(url_for("start.show"), 303))
