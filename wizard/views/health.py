"""Whether the wizard is alive, and whether it could do its work."""

from flask import Blueprint, Response, jsonify, make_response

from wizard.doctor.telling import public
from wizard.views.present import services

bp = Blueprint("health", __name__)


@bp.get("/healthz")
def alive() -> Response:
    """The process answers."""
    return make_response("ok\n", 200, {"Content-Type": "text/plain; charset=utf-8"})


@bp.get("/healthz/ready")
def ready() -> Response:
    """Doctor's list: 503 where something makes this installation unfit. Asks Google nothing; what was found is not told.

    Database, room and background are looked at now, at most once in five seconds, the rest as it was found last.
    """
    report = services().doctor.glance()
    return make_response(jsonify(public(report)), 200 if report.is_fit else 503)
