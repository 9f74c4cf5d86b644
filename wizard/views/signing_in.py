"""A sign-in begins, and leads back to the page it was asked for; only to a page of ours."""

from urllib.parse import urlsplit

from flask import current_app, request, session, url_for
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from wizard import access, passwords
from wizard.store import sessions
from wizard.store.administrators import Administrator
from wizard.store.database import db
from wizard.views.htmx import htmx
from wizard.views.noting import note
from wizard.views.present import now

LONGEST = 500


def is_password_of(who: Administrator | None, password: str) -> bool:
    """Whether it is hers; for nobody it takes as long and never is. Ends the transaction."""
    digest = who.password_digest if who else None
    db.session.commit()  # argon2 takes its time: nobody waits for the database meanwhile
    return passwords.is_right(digest, password)


def keep_up(who: Administrator, password: str) -> None:
    """A password that was right is the moment to make its digest anew, where that was made with earlier parameters."""
    if who.password_digest and passwords.is_outdated(who.password_digest):
        who.password_digest = passwords.digest_of(password)


def begin(who: Administrator, what: str = "signed in") -> None:
    """A new session under a new name, and none of what an earlier visitor of this browser left in its cookie.

    The one before it ends on the server, so that no copy of its cookie lives on. The caller is inside the
    administrator's clinic, and ends the transaction.
    """
    sessions.end(session.get("signed_in", ""), now())
    session.clear()
    name = sessions.begin(who.clinic_id, who.id, now())
    session["signed_in"] = name
    note(what, who=who.name)


def way_back(said: str) -> str:
    """The path that was asked for, if it is a page for those who sign in; otherwise the start page."""
    parts = urlsplit(said) if len(said) <= LONGEST and said.isprintable() else urlsplit("")
    if parts.scheme or parts.netloc or not parts.path.startswith("/") or not _is_page(parts.path):
        return url_for("start.show")
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def asked_for() -> str:
    """Where somebody who has to sign in first wanted to go, if that is a page of ours.

    A part asks for its page, a form for the page it stands on: the browser names both.
    """
    if request.method == "GET" and not htmx:
        return way_back(request.full_path.rstrip("?"))
    named = urlsplit(request.headers.get("Referer", ""))
    return way_back(f"{named.path}?{named.query}".rstrip("?") if named.netloc == request.host else "")


def _is_page(path: str) -> bool:
    try:
        endpoint, _ = current_app.url_map.bind("").match(path, method="GET")
    except (HTTPException, RequestRedirect):
        return False
    return not access.may(access.Role.NOBODY, endpoint) and not endpoint.startswith("google.")
