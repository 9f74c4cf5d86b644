"""Faults turned into answers."""

from typing import Final

from flask import Response, g, jsonify, make_response, request
from flask.typing import ResponseReturnValue

from . import errors
from .errors import ERRORS, ApiError
from .faults import AFTERWARDS, INSTEAD, LONGEST_HANG_S, PAGES, Fault
from .world import World

HTML_503: Final = """<!DOCTYPE html><html lang=en><meta charset=utf-8><title>Error 503 (Service Unavailable)!!1</title>
<p><b>503.</b> <ins>That's an error.</ins><p>The service you requested is not available at this time.
<p>Service error -27. <ins>That's all we know.</ins></html>"""
CAPTIVE_PORTAL: Final = """<!DOCTYPE html><html><head><title>Welcome to Clinic Guest WiFi</title></head>
<body><h1>Welcome to Clinic Guest WiFi</h1><p>Accept the terms of use to go on.</p></body></html>"""
TOKEN_REFUSALS: Final = {
    "invalid_grant": (400, {"error": "invalid_grant", "error_description": "Token has been expired or revoked."}),
    "invalid_client": (401, {"error": "invalid_client", "error_description": "Unauthorized"}),
    "token_unavailable": (503, {"error": "temporarily_unavailable", "error_description": "Service Unavailable"}),
} | {
    subtype: (400, {
        "error": "invalid_grant", "error_subtype": subtype, "error_description": f"reauth related error ({subtype})",
    })
    for subtype in ("invalid_rapt", "rapt_required")
}  # fmt: skip


class NoAnswer(ConnectionError):
    """The line is cut; the server closes the connection without a byte."""


def before(world: World, method: str, account: str) -> tuple[Fault, ResponseReturnValue] | None:
    """A planned answer instead of ours, after a planned delay. Raises NoAnswer."""
    if slow := world.faults.take(frozenset({"delay"}), method, request.path, account):
        world.faults.wait(slow.seconds)
    kinds = INSTEAD - PAGES if method == "auth" else INSTEAD
    fault = world.faults.take(kinds, method, request.path, account)
    if fault is None:
        return None
    answer = make_response(instead(world, fault, method))
    if fault.retry_after_s is not None:
        answer.headers["Retry-After"] = str(fault.retry_after_s)
    return fault, answer


def instead(world: World, fault: Fault, method: str) -> ResponseReturnValue:
    if fault.kind in ERRORS:
        return errors.told(ApiError(fault.kind, number=number_of_project(world)))
    if fault.kind in TOKEN_REFUSALS:
        status, body = TOKEN_REFUSALS[fault.kind]
        return jsonify(body), status
    match fault.kind:
        case "unavailable":
            return instead(world, Fault("token_unavailable" if method == "token" else "backendError503"), method)
        case "unavailable_html":
            return HTML_503, 503, {"Content-Type": "text/html; charset=UTF-8"}
        case "html":
            return CAPTIVE_PORTAL, 200, {"Content-Type": "text/html; charset=UTF-8"}
        case "not_json":
            return '{"kind": "calendar#', 200, {"Content-Type": "application/json; charset=UTF-8"}
        case "hang":
            world.faults.wait(LONGEST_HANG_S)
    raise NoAnswer


def number_of_project(world: World) -> str:
    client = world.clients.get(g.get("client_id", ""))
    return world.projects[client.project].number if client else "0"


def after(world: World, method: str, account: str, answer: Response) -> Fault | None:
    """Spoils an answer whose change was made: lost, at once or after a planned while, or cut in the middle."""
    fault = world.faults.take(AFTERWARDS, method, request.path, account)
    if fault:
        world.faults.wait(fault.seconds)
    if fault and fault.kind == "truncate":
        whole = answer.get_data()
        answer.set_data(whole[: len(whole) // 2])
        answer.headers["Content-Length"] = str(len(whole))
        answer.automatically_set_content_length = False
    return fault
