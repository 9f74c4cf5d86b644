"""The Calendar API: which questions there are comes from Google's description; what they do, from the modules here."""

import functools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from flask import Flask, Response, jsonify, make_response, request
from flask.typing import ResponseReturnValue

from .. import asker, errors, permissions
from ..description import BASE, Method, methods
from ..errors import ApiError, NotBuilt
from ..nouns import Json
from ..world import World
from . import body, calendar_list, calendars, events, masks, parameters
from .call import Question

BUILT: Final[dict[str, Callable[[Question], Json | None]]] = {
    "calendarList.list": calendar_list.list_,
    "calendarList.get": calendar_list.get,
    "calendarList.insert": calendar_list.insert,
    "calendarList.patch": calendar_list.patch,
    "calendarList.delete": calendar_list.delete,
    "calendars.get": calendars.get,
    "calendars.insert": calendars.insert,
    "calendars.patch": calendars.patch,
    "calendars.update": calendars.update,
    "calendars.delete": calendars.delete,
    "events.get": events.get,
    "events.list": events.list_,
    "events.insert": events.insert,
    "events.patch": events.patch,
    "events.update": events.update,
    "events.delete": events.delete,
}


@dataclass(frozen=True, slots=True)
class CalendarApi:
    """Every method of the description has its address here; `strict` holds each answer against its schema."""

    world: World
    strict: bool

    def open(self, app: Flask) -> None:
        for method in methods().values():
            app.add_url_rule(
                BASE + method.path.replace("{", "<").replace("}", ">"),
                method.name,
                functools.partial(self.answer, method),
                methods=[method.verb],
                provide_automatic_options=False,
            )
        app.add_url_rule("/batch/calendar/v3", "batch", lambda: not_built("batch"), methods=["POST"])
        verbs = ["GET", "POST", "PUT", "PATCH", "DELETE"]
        app.add_url_rule(f"{BASE}<path:rest>", "unknown", self.unknown, methods=verbs)
        app.register_error_handler(ApiError, errors.told)
        app.register_error_handler(NotBuilt, lambda error: not_built(str(error)))

    def answer(self, method: Method, **path: str) -> Response:
        """Permission first, then the question, then the calendar. Raises ApiError, NotBuilt."""
        if method.name not in BUILT:
            raise NotBuilt(method.name)
        question = ask(self.world, method, path)
        found = BUILT[method.name](question)
        if found is None:
            return make_response("", 204)
        if self.strict:
            from . import schemas

            schemas.check(method.answer, found)
        etag = found["etag"]
        if method.verb == "GET" and is_held(etag):
            return make_response("", 304, {"ETag": etag})
        mask = question.given.get("fields")
        shown = masks.apply(masks.read(mask, method.answer), found) if mask else found
        return make_response(jsonify(shown), 200, {"ETag": etag})

    def unknown(self, **_path: str) -> ResponseReturnValue:
        return errors.told(ApiError("notFound"))


def is_held(etag: str) -> bool:
    """Whether the asker has this already: If-None-Match compares weakly (RFC 9110 section 13.1.2)."""
    held = {one.strip().removeprefix("W/") for one in request.headers.get("If-None-Match", "").split(",")}
    return bool(held & {etag, "*"})


def not_built(name: str) -> ResponseReturnValue:
    message = f"{name} is not built in this stand-in for Google."
    entry = {"domain": "fake_google", "reason": "notBuilt", "message": message}
    return jsonify({"error": {"errors": [entry], "code": 501, "message": message}}), 501


def ask(world: World, method: Method, path: dict[str, str]) -> Question:
    if not request.headers.get("Authorization", "").partition(" ")[2]:
        raise ApiError("loginRequired")
    token = permissions.bearer(world, asker.bearer())
    if token is None:
        raise ApiError("authError")
    scopes = method.scopes & set(token.scopes)
    if not scopes:
        raise ApiError("insufficientPermissions")
    account, project = world.accounts[token.sub], world.project_of(token.client)
    if not project.calendar_api_on:
        raise ApiError("accessNotConfigured", number=project.number)
    if account.calendar_off:
        raise ApiError("notACalendarUser")
    given = parameters.read(method, request.args)
    if "fields" in given and method.answer:
        masks.read(given["fields"], method.answer)
    sent = body.read(method, request.get_data()) if method.body else {}
    if_match = request.headers.get("If-Match", "")
    return Question(world, method, account, project, frozenset(scopes), given, path, sent, if_match)
