"""Is this installation fit? For administrators: what was found last, and a press to look at everything now."""

from flask import Blueprint, Response, make_response, redirect, render_template, url_for

from wizard.doctor.telling import conclusion
from wizard.store.database import db
from wizard.views.noting import note
from wizard.views.present import services

bp = Blueprint("doctor", __name__)


@bp.get("/account/doctor")
def show() -> Response:
    """What was found last. Asks nobody."""
    doctor = services().doctor
    report = doctor.last()
    return make_response(
        render_template("doctor.html", report=report, conclusion=conclusion(report), looked=doctor.examined_at)
    )


@bp.post("/account/doctor")
def look() -> Response:
    """Look at everything now, Google included."""
    note("doctor asked")
    db.session.commit()
    services().doctor.examine()
    return make_response(redirect(url_for("doctor.show"), 303))
