"""The whole clinic: handed over as one file, or deleted with everything that is known of it."""

import logging

from flask import Blueprint, Response, current_app, g, make_response, render_template, request, session

from wizard import passwords
from wizard.archive import packed
from wizard.onboarding.revoking import Kept, take_back
from wizard.store import clinics, people, whole, workstations
from wizard.store.database import db
from wizard.views import arriving, limits
from wizard.views.cookies import Browser
from wizard.views.noting import note
from wizard.views.present import acting, administrator, clinic, now, services

bp = Blueprint("whole_clinic", __name__, url_prefix="/account/clinic")

log = logging.getLogger(__name__)


@bp.post("/export")
def export() -> Response:
    """Everything that carries this clinic's number, without secrets. A form, for that it was taken away is noted."""
    note("clinic exported")
    db.session.flush()
    tables = list(whole.everything())
    here, at = clinic(), now()
    read_first = render_template("export_readme.txt", name=here.name, by=acting(), at=at, tables=tables)
    data = packed({one.table: one.rows for one in tables}, read_first, at)
    db.session.commit()
    file = make_response(data)
    file.content_type = "application/zip"
    file.headers["Content-Disposition"] = f'attachment; filename="clinic-{at.astimezone(here.zone):%Y-%m-%d}.zip"'
    return file


@bp.get("/delete")
def confirm() -> Response:
    """What ends, before it does."""
    return make_response(_page("", []))


@bp.post("/delete")
@limits.per_address(limits.OF_ONE_ADDRESS, counts=lambda response: response.status_code != 200)  # noqa: PLR2004
def delete() -> Response:
    """Take the permissions back as far as Google answers, then delete everything. The answer is the last page there is."""
    who, here = administrator(), clinic()
    name, clinic_id, digest = here.name, here.id, who.password_digest
    typed, password = " ".join(request.form.get("clinic", "").split()), request.form.get("password", "")
    db.session.commit()  # argon2 takes its time: nobody waits for the database meanwhile
    problems: list[tuple[str, str]] = []
    if typed != name:
        problems.append(("clinic", f"Type the clinic's name as it stands here: {name}"))
    if digest is not None and not passwords.is_right(digest, password):
        problems.append(("password", "This is not your password. Type it again"))
        note("deletion of the clinic refused: the password was wrong")
        db.session.commit()
    if problems:
        return make_response(_page(typed, problems), 422)
    note("deletion of the clinic begun")
    db.session.commit()
    kept = take_back(services().google, services().clock, [one.id for one in people.ever()], by=who.name)
    names = {one.id: one.name for one in people.ever()}
    rows = whole.erase(now())
    is_last = clinics.first() is None
    db.session.commit()
    log.warning("clinic %s was deleted whole by an administrator of it: %s rows", clinic_id, rows)
    _forget_who_is_here(is_last=is_last)
    return make_response(_last_page(name, kept, names, is_last=is_last))


def _forget_who_is_here(*, is_last: bool) -> None:
    """Nothing of the clinic is left to show, and this browser carries a number that is nobody's."""
    session.clear()
    for known in ("administrator", "own_person", "workstation", "person"):
        g.pop(known, None)
    g.browser = Browser(g.browser.id)
    if is_last:
        current_app.extensions.pop(arriving.SET_UP, None)


def _last_page(name: str, kept: list[Kept], names: dict[int, str], *, is_last: bool) -> str:
    return render_template(
        "clinic_deleted.html",
        name=name,
        kept=[(names[one.person_id], one) for one in kept],
        is_last=is_last,
        pages=services().settings.google_pages,
    )


def _page(typed: str, problems: list[tuple[str, str]]) -> str:
    return render_template(
        "delete_clinic.html",
        typed=typed,
        problems=problems,
        here=clinic(),
        everyone=people.ever(),
        desks=workstations.ever(),
        asks_password=administrator().password_digest is not None,
    )
