"""Every error as a page that says what happened, what was not harmed, and where to go."""

import logging
import secrets
from http import HTTPStatus

from flask import Flask, Response, g, make_response, render_template, request, session
from flask_limiter.errors import RateLimitExceeded
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, SecurityError

from wizard.onboarding.connecting import Stale
from wizard.store import postgresql
from wizard.store.database import db
from wizard.views import ended_link, limits, signing_in, taking_back
from wizard.views.htmx import htmx

log = logging.getLogger(__name__)

UNAUTHORIZED = HTTPStatus.UNAUTHORIZED

WORDS = {
    400: ("This request cannot be read", "Something in the address or the form was not as a browser sends it."),
    401: ("Sign in again", "Your sign-in to this wizard has ended. Sign in again, your progress is kept."),
    403: ("This is not yours to open", "You are signed in, but this page belongs to somebody else."),
    404: ("There is no such page", "The address may be mistyped, or what it named is not here any more."),
    405: ("This address does not take that", "The page may be old. Open it again and press the button there."),
    413: ("That is too much text", "A form of this wizard never needs so much."),
    429: ("Too many requests", "This wizard gets too many requests from here. Wait a minute, then go on."),
}
PRESS_AGAIN = "What you pressed last was not taken: press it again then."
FROM_THE_DATABASE = ("administrator", "own_person", "workstation", "person")
PLAIN = ("This cannot be done", "The wizard does not answer this kind of request.")


def install(app: Flask) -> None:
    app.register_error_handler(CSRFError, _old_form)
    app.register_error_handler(Stale, _stale)
    app.register_error_handler(RateLimitExceeded, _too_many_tries)
    app.register_error_handler(HTTPException, _named)
    app.register_error_handler(Exception, _ours)


def page(status: int, heading: str, words: str, *, card: str = "", number: str = "", is_end: bool = False) -> Response:
    """The error page; a part of a page gets the same words alone, without a trigger, so that it stops asking.

    `is_end`: there is no page of ours yet that it could lead to.
    """
    db.session.rollback()
    template = "parts/_trouble.html" if htmx else "error.html"
    back = signing_in.asked_for() if status == UNAUTHORIZED else ""
    if status == UNAUTHORIZED and not htmx:  # a part comes of a look as a rule, which nobody pressed
        words = f"{words} {PRESS_AGAIN}"
    is_handed = status == UNAUTHORIZED and taking_back.was_handed()
    given = {"heading": heading, "words": words, "card": card, "number": number, "status": status, "back": back}
    body = render_template(template, **given, is_end=is_end, is_handed=is_handed)
    return make_response(body, status)


def not_set_up() -> Response:
    """Before the first administrator nothing else is served."""
    words = (
        "Whoever started it finds the link that sets it up where it runs: in its window or its log, "
        "in the line that begins with “First run”."
    )
    return page(HTTPStatus.SERVICE_UNAVAILABLE, "This wizard is not set up yet", words, is_end=True)


def _named(error: HTTPException) -> Response:
    status = error.code or 500
    if isinstance(error, SecurityError):
        # a foreign Host: no address of ours can be built for it, and none is to be
        return make_response("This wizard does not answer under that name.\n", 400, {"Content-Type": "text/plain"})
    if status >= 500:  # noqa: PLR2004 - the class of answers that are our fault
        return _ours(error)
    if status < 400:  # noqa: PLR2004 - a redirect that Werkzeug raises is no error
        return make_response(error.get_response())
    if status == UNAUTHORIZED and "by_link" in session:
        return ended_link.instead_of_a_sign_in()
    if status == UNAUTHORIZED and request.method == "GET" and not htmx:
        return _sign_in_first()
    heading, words = WORDS.get(status, PLAIN)
    response = page(status, heading, words)
    for name, value in error.get_headers():
        if name in {"Allow", "Retry-After"}:
            response.headers[name] = value
    return response


def _sign_in_first() -> Response:
    """The sign-in's form at the address that was asked for, where it leads back to; at a desk the queue without names."""
    db.session.rollback()
    if asleep := taking_back.asleep_page():
        return make_response(asleep, UNAUTHORIZED)
    given = {"back": signing_in.asked_for(), "email": "", "problems": [], "was_here": "signed_in" in session}
    return make_response(render_template("sign_in.html", **given), UNAUTHORIZED)


def _too_many_tries(error: RateLimitExceeded) -> Response:  # noqa: ARG001 - which limit it was is nobody's business
    minutes = limits.minutes_to_wait()
    log.warning("too many tries at %s from %s", request.endpoint, request.remote_addr)
    wait = "1 minute" if minutes == 1 else f"{minutes} minutes"
    right = "link" if request.blueprint == "own_link" else "password"
    words = f"Nothing is locked. You can try again in {wait}; the right {right}, too, is taken only then."
    response = page(HTTPStatus.TOO_MANY_REQUESTS, "Too many tries", words)
    response.headers["Retry-After"] = str(minutes * 60)
    return response


def _old_form(error: CSRFError) -> Response:
    log.warning("a form without its token was refused: %s", error.description)
    return page(400, "This form is from another sign-in", "Nothing was changed. Open the page again and repeat it.")


def _stale(error: Stale) -> Response:  # noqa: ARG001 - the error carries nothing on purpose
    log.warning("an answer from Google was refused: unknown, used, too old or another browser's")
    return page(
        400,
        "This answer from Google is too old or was used before",
        "Nothing was changed. Open the step again and start from there.",
        card="TRIP-STALE",
    )


def _away() -> Response:
    """Nothing of the page is read from the database either."""
    for name in FROM_THE_DATABASE:
        g.pop(name, None)
    words = (
        "It comes back by itself as a rule, within a minute. Open the page again then: it shows whether what you pressed "
        "last was taken."
    )
    response = page(HTTPStatus.SERVICE_UNAVAILABLE, "The wizard cannot reach its database just now", words)
    response.headers["Retry-After"] = "10"
    return response


def _ours(error: Exception) -> Response:
    if postgresql.is_away(error):
        log.warning("the database did not answer at %s %s: %s", request.method, request.endpoint, error)
        return _away()
    if postgresql.is_unreadable(error):
        return page(400, *WORDS[400])
    number = secrets.token_hex(2).upper()
    log.error("fault %s at %s %s", number, request.method, request.endpoint, exc_info=error)
    for name in FROM_THE_DATABASE:
        g.pop(name, None)  # the database may be what is wrong: the page says nothing that has to be read from it
    words = "Nothing you did was lost. Tell support this number, then open the page again."
    return page(500, "Something is wrong on our side, not yours", words, card="OUR-FAULT", number=number)
