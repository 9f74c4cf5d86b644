"""What the Stand-in's three screens share: they exist for a clinic that chose it, and lead back by name alone."""

from flask import Blueprint, abort, request

from wizard.practice.builtin import BuiltIn
from wizard.store import people
from wizard.views.present import clinic

STEP, DAY_BEFORE = "step", "day-before"
"""The places besides the screen itself that a form may lead back to: the wizard's pages that include it."""

LONGEST_ID = 10


def only_with_it(bp: Blueprint) -> None:
    """Its pages are not there for a clinic with a PIMSY of its own."""
    bp.before_request(_refuse_without_it)


def _refuse_without_it() -> None:
    if clinic().practice != BuiltIn.name:
        abort(404)


def back_to() -> str:
    """Where the form came from: "step", "day-before", or "" for the screen itself. Anything else is none of them."""
    said = request.form.get("back", "")
    return said if said in {STEP, DAY_BEFORE} else ""


def person_named() -> people.Person | None:
    """The person whose step included the form; None where there is none, or none of this clinic."""
    said = number_of(request.form.get("person", ""))
    return people.find(said) if said else None


def number_of(text: str) -> int:
    """An id as a form or an address carries it; 0 where it is none."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < LONGEST_ID else 0


def line(name: str, otherwise: str = "") -> str:
    """A field of one line, without the spaces around it; a default where the form has no such field."""
    return request.form.get(name, otherwise).strip()
