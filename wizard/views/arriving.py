"""What happens before and after every request: who is here, of which clinic, at which computer, and may they."""

from contextlib import ExitStack
from typing import NoReturn
from urllib.parse import urlsplit

from flask import Flask, Response, abort, current_app, g, make_response, redirect, request, session, url_for
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import SecurityError

from wizard import access
from wizard.store import (
    administrators,
    browsers,
    clinics,
    log,
    people,
    personal_links,
    sessions,
    support_looks,
)
from wizard.store.database import db, of_clinic, only_reading
from wizard.views import cookies, errors, phone, statics, travelling, turning, which
from wizard.views.htmx import htmx, vary
from wizard.views.noting import note
from wizard.views.present import now, services

LEAVES_A_TRACE = frozenset({"google.connect", "google.callback"})
"""The only addresses at which a GET writes: a trip to Google is noted, and its answer. (Support's are noted before.)"""

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "font-src 'self'; form-action 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'"
    ),
    # not no-referrer: browsers then send "Origin: null", and Flask-WTF over https refuses every form
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Resource-Policy": "same-origin",
}


SAFE = frozenset({"GET", "HEAD", "OPTIONS"})

SET_UP = "wizard is set up"
"""Under this name the app remembers that somebody can sign in here, until its last clinic is deleted."""


def install(app: Flask) -> None:
    app.before_request(_refuse_foreign_names)
    app.before_request(_refuse_foreign_forms)
    app.before_request(_arrive)
    app.after_request(_leave)
    app.teardown_request(_end)


def _refuse_foreign_names() -> None:
    """Before anything else: under another Host than our own no page of ours can be built, not even an error's."""
    if isinstance(request.routing_exception, SecurityError):
        raise request.routing_exception


def _refuse_foreign_forms() -> None:
    """A form sent by a page of somebody else's is refused, even with a token of ours in it.

    Every browser of today says one of the two with a form (fetch.spec.whatwg.org, w3.org/TR/fetch-metadata).
    """
    if request.method in SAFE:
        return
    site, origin = request.headers.get("Sec-Fetch-Site", "none"), request.headers.get("Origin")
    if site not in {"same-origin", "none"} or (origin is not None and urlsplit(origin).netloc != request.host):
        raise CSRFError("The form was sent from another site.")


def _arrive() -> Response | None:
    g.scope = ExitStack()
    g.came_as = cookies.read(request, services().settings)
    g.browser = g.came_as or cookies.new()
    g.copied = None
    g.scope.enter_context(log.coming_from(request.remote_addr or ""))
    g.administrator = None
    g.own_person = None
    g.handed_by = None
    g.workstation = None
    if request.endpoint not in access.BEFORE_FIRST_RUN and not _is_set_up():
        return errors.not_set_up()
    shows = request.method in SAFE and request.endpoint not in LEAVES_A_TRACE
    if request.endpoint is None or access.may(access.Role.NOBODY, request.endpoint):
        if shows:
            g.scope.enter_context(only_reading())
        return None
    if access.may(access.Role.SUPPORT, request.endpoint):
        return _let_support_in()
    _recognise()
    role = _role()
    if not access.may(role, request.endpoint):
        _refuse(role, 401 if role is access.Role.NOBODY else 403)
    if role is access.Role.PERSON and (request.view_args or {}).get("person_id", g.own_person.id) != g.own_person.id:
        _refuse(role, 404)  # as for a person of another clinic: nobody is told who else there is
    asked = which.asks() or phone.leads_back()
    if asked is not None:
        return asked
    if shows:
        g.scope.enter_context(only_reading())
    return None


def _refuse(role: access.Role, status: int) -> NoReturn:
    """Whoever is known here and asks for what is not hers is noted."""
    if role is not access.Role.NOBODY:
        note("refused to open a page", detail=f"{request.method} {request.endpoint}")
        db.session.commit()
    abort(status)


def _is_set_up() -> bool:
    """Somebody can sign in here. Asked of the database until it is so, and not again: an administrator stays as long as her clinic."""
    if services().settings.is_tryout or SET_UP in current_app.extensions:
        return True
    with only_reading():
        found = administrators.exist_anywhere()
        db.session.commit()
    if found:
        current_app.extensions[SET_UP] = True
    return found


def _role() -> access.Role:
    if g.own_person is not None:
        return access.Role.PERSON
    return access.Role.ADMINISTRATOR if g.administrator is not None else access.Role.NOBODY


def _recognise() -> None:
    """Who is signed in, and which computer this is."""
    name = session.get("signed_in", "")
    with only_reading():
        found = sessions.living(name, now()) if name else None
        was_handed = found is None and bool(name) and sessions.is_handed(name)
        db.session.commit()
    if found is None and services().settings.is_tryout and "by_link" not in session and not was_handed:
        found = _sign_in_sample()
    if found is None:
        return
    g.scope.enter_context(of_clinic(found.clinic_id))
    g.sign_in = found.id
    with only_reading():
        g.own_person = _person_of(found)
        signed_in = administrators.find(found.administrator_id) if found.administrator_id else None
        if found.handed_to is not None:
            g.handed_by = signed_in
        elif g.own_person is None:
            g.administrator = signed_in
        g.workstation, met = browsers.of_cookie(g.browser.id, g.browser.workstation_id)
        db.session.commit()
    turning.take_turn(met, is_visit=_counts_as_activity())
    if _counts_as_activity() and abs(now() - found.active_at) > found.renewed_every and _goes_on(found):
        found.active_at = now()
        db.session.commit()


def _goes_on(found: sessions.Session) -> bool:
    """A browser that a personal link opened is renewed while there is something left to do in it; asked once a day."""
    if found.personal_link_id is None:
        return True
    who, here = g.own_person, g.workstation
    if who is None:
        return False
    with only_reading():
        is_left = here is None or travelling.known([who], [here]).journey(who, here).current is not None
        db.session.commit()
    return is_left


def _person_of(found: sessions.Session) -> people.Person | None:
    """Whose own set-up this sign-in opens; None for an administrator's, and for somebody who left the clinic."""
    link = g.personal_link = personal_links.find_anywhere(found.personal_link_id) if found.personal_link_id else None
    whose = link.person_id if link else found.handed_to
    person = people.find(whose) if whose is not None else None
    return person if person is not None and person.left_at is None else None


def _let_support_in() -> Response | None:
    """Support by its own session, whoever else is signed in in that browser; the page it opens is noted first."""
    with only_reading():
        found = sessions.living(session["support"], now()) if "support" in session else None
        look = support_looks.lasting(found.support_look_id, now()) if found and found.support_look_id else None
        db.session.commit()
    if look is None:
        return make_response(redirect(url_for("support.show", ended="yes"), 303))
    g.scope.enter_context(of_clinic(look.clinic_id))
    g.support_look = look
    note(support_looks.OPENED, who="support", detail=request.path)
    db.session.commit()
    g.scope.enter_context(only_reading())
    return None


def _sign_in_sample() -> sessions.Session | None:
    """Try-out only, on this computer only: the sample administrator of the newest clinic is signed in from the start."""
    clinic = clinics.newest()
    if clinic is None:
        return None
    with of_clinic(clinic.id):
        administrator = administrators.first()
    if administrator is None:
        return None
    session["signed_in"] = sessions.begin(clinic.id, administrator.id, now())
    found = sessions.living(session["signed_in"], now())
    db.session.commit()
    return found


def _counts_as_activity() -> bool:
    """A page that asks by itself keeps nobody signed in; a press does."""
    return not (htmx and "now" not in request.form)


def _leave(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    settings = services().settings
    if settings.is_https:
        response.headers.setdefault("Strict-Transport-Security", "max-age=63072000; includeSubDomains")
    if request.endpoint == "static":
        return statics.keep(response)
    response.headers["Cache-Control"] = "no-store"
    if "browser" in g and (g.browser != g.came_as or _shows_page()):
        cookies.write(response, settings, g.browser)
    return vary(response)


def _shows_page() -> bool:
    """A page renews the cookie. A part that asks by itself, or an answer that waited for Google, does not: another tab
    may have been given the next turn meanwhile, and the older one would take its place.
    """
    return request.method in SAFE and request.endpoint not in LEAVES_A_TRACE and not htmx


def _end(error: BaseException | None) -> None:  # noqa: ARG001 - Flask's signature
    db.session.remove()
    scope = g.pop("scope", None)
    if scope is not None:
        scope.close()
