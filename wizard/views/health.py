"""Whether the wizard is alive, and whether it could do its work."""

from flask import Blueprint, Response, jsonify, make_response

from wizard.store.database import is_answering

bp = Blueprint("health", __name__)


@bp.get("/healthz")
def alive() -> Response:
    """The process answers."""
    return make_response("ok\n", 200, {"Content-Type": "text/plain; charset=utf-8"})


@bp.get("/healthz/ready")
def ready() -> Response:
    """The database answers too; an error of its driver is a 500 like any other fault of ours."""
    return make_response(jsonify(database=is_answering()))
