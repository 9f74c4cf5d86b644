"""Help that needs no sign-in: every failure card by its number or its code."""

from flask import Blueprint, Response, abort, make_response, render_template

from wizard.cards import CARDS, card_of

bp = Blueprint("help", __name__, url_prefix="/help")


@bp.get("/")
def index() -> Response:
    """All cards, by number."""
    return make_response(render_template("help_index.html", cards=CARDS))


@bp.get("/<card>")
def show(card: str) -> Response:
    """One card: what it means and what cures it. The number and the code are the same page."""
    found = card_of(card)
    if found is None:
        abort(404)
    return make_response(render_template("help.html", card=found))
