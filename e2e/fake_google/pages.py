"""How this Google's pages for people are drawn."""

from http import HTTPStatus

from flask import Response, make_response, render_template

from .authorize import Blocked
from .browser import Disabled


def page(template: str, status: int = HTTPStatus.OK, **context: object) -> Response:
    return make_response(render_template(template, **context), status)


def disabled(error: Disabled) -> Response:
    return page("disabled.html", email=str(error))


def blocked(error: Blocked) -> Response:
    return page("blocked.html", error.status, blocked=error)
