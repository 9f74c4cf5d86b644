"""A failure that nobody here knows better gets a number, which stands in the log too, and keeps Google's own words."""

import logging
import secrets

from wizard.google import ClockWrong, GoogleTrouble
from wizard.when import spoken

NUMBERED = frozenset({"OUR-FAULT", "OPERATOR-SETUP"})

log = logging.getLogger(__name__)


def note_of(trouble: GoogleTrouble, before: str = "") -> str:
    """ "4F2A 412 conditionNotMet: Precondition Failed"; empty for what needs no number.

    `before`: the note of the last such failure. One that says the same keeps its number, so that a page which looks by
    itself does not change with every look.
    """
    if isinstance(trouble, ClockWrong):
        return f" {spoken(trouble.off)}"  # no number: everybody can set a clock
    return written(trouble.said, before, type(trouble).__name__) if trouble.code in NUMBERED else ""


def written(said: str, before: str = "", kind: str = "") -> str:
    """The note with those words, which are Google's and clean; it is logged."""
    number, _, words = before.partition(" ")
    if not number or words != said:
        number = secrets.token_hex(2).upper()
    log.error("number %s: %s %s", number, kind, said)
    return f"{number} {said}".strip()
