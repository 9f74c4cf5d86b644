"""The clinic's side of a look for support: it is allowed for one hour, seen while it lasts, and stopped by a press."""

from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, Response, make_response, redirect, request, url_for

from wizard.store import log, people, support_looks
from wizard.store.database import db
from wizard.views.noting import note
from wizard.views.present import acting, now, services

bp = Blueprint("allowing", __name__, url_prefix="/support")

LONGEST_ID = 9


@dataclass(frozen=True, slots=True)
class Allowed:
    """A look that lasts: its digits until they were typed, afterwards the pages that were opened."""

    digits: str
    ends_at: datetime
    opened_at: datetime | None
    pages: tuple[tuple[datetime, str], ...]


def present() -> Allowed | None:
    """The look of this clinic that lasts; None where there is none."""
    look = support_looks.present(now())
    if look is None:
        return None
    if look.opened_at is None:
        return Allowed(services().cipher.decrypt(look.digits), look.ends_at, None, ())
    opened = tuple((entry.at, entry.detail) for entry in log.of(support_looks.OPENED, look.opened_at))
    return Allowed("", look.ends_at, look.opened_at, opened)


@bp.post("/allow")
def allow() -> Response:
    """Six new digits; those of an earlier look open nothing any more."""
    support_looks.allow(services().cipher, acting(), now())
    note("let support look for one hour")
    db.session.commit()
    return _back()


@bp.post("/stop")
def stop() -> Response:
    """Support reads nothing from now on."""
    support_looks.stop(now())
    note("stopped the look of support")
    db.session.commit()
    return _back()


def _back() -> Response:
    """To the page the press came from: a person's repair, or the account."""
    said = request.form.get("person", "")
    who = people.find(int(said)) if said.isascii() and said.isdecimal() and len(said) <= LONGEST_ID else None
    page = url_for("fix.show", person_id=who.id) if who else url_for("account.show")
    return make_response(redirect(f"{page}#support", 303))
