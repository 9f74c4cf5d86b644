"""Help that needs no sign-in: every failure card by its number or its code, and whether its page helped."""

from flask import Blueprint, Response, abort, make_response, redirect, render_template, request, url_for

from wizard.cards import CARDS, Card, card_of
from wizard.store import clinics, help_votes
from wizard.store.database import db
from wizard.views import limits

bp = Blueprint("help", __name__, url_prefix="/help")

VOTES = {"yes": True, "no": False}

VOTES_OF_ONE_ADDRESS = "60 per 15 minutes"


@bp.get("/")
def index() -> Response:
    """All cards, by number."""
    return make_response(render_template("help_index.html", cards=CARDS, **_numbers_to_call()))


@bp.get("/<card>")
def show(card: str) -> Response:
    """One card: what it means and what cures it. The number and the code are the same page."""
    found = _card(card)
    votes = help_votes.count(found.code) if request.args.get("helped") in VOTES else None
    return make_response(render_template("help.html", card=found, votes=votes, **_numbers_to_call()))


@bp.post("/<card>")
@limits.per_address(VOTES_OF_ONE_ADDRESS, counts=lambda _response: True)
def vote(card: str) -> Response:
    """ "Was this helpful?": counted for the card, of nobody in particular."""
    found, said = _card(card), request.form.get("helped", "")
    if said not in VOTES:
        abort(400)
    help_votes.add(found.code, helped=VOTES[said])
    db.session.commit()
    return make_response(redirect(url_for("help.show", card=found.code, helped=said), 303))


def _card(spoken: str) -> Card:
    found = card_of(spoken)
    if found is None:
        abort(404)
    return found


def _numbers_to_call() -> dict[str, tuple[str, str]]:
    """The clinic's own, where this installation serves one: nobody is signed in who could say which clinic calls."""
    match clinics.every():
        case [clinic]:
            return {"telephones": (clinic.pimsy_phone, clinic.wizard_phone)}
        case _:
            return {}
