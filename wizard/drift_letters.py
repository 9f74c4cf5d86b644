"""The letters about drifts: to the person it is about, and one for all of them to the clinic's administrators. Pure.

No client, no secret; whose calendar it is and what was found stand on the overview in the same words.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from wizard.drifting import QUIET, Cause
from wizard.invitations import Written, first_name

ABOUT = {
    "REVOKED-CHK": "the permission to look was removed at Google",
    "REVOKED-PIMSY": "the permission to write appointments was removed at Google",
    "GRANT-PART": "a permission is narrower than it was",
    "GOOGLE-NOCAL": "Google Calendar is turned off",
    "CAL-GONE": "PIMSY Calendar is not there any more",
    "CAL-RENAMED": "PIMSY Calendar has another name",
    "CAL-OTHERS": "PIMSY Calendar belongs to somebody else",
    "CAL-DUP": "there are several calendars named PIMSY Calendar",
    "CAL-PRIMARY": "the main calendar is named PIMSY Calendar",
    "PIMSY-QUIET": "nothing new has arrived from PIMSY",
    "GOOGLE-BUSY": "Google is not answering",
    "OPERATOR-SETUP": "this wizard's own set-up at Google is not complete",
}
"""What a subject line and a line of good news say of a cause; others are told by what was found alone."""

GENERIC = "appointments cannot be sent to Google"

STANDIN = "This clinic uses the Stand-in for PIMSY. This is not PIMSY."


@dataclass(frozen=True, slots=True)
class Line:
    """One cause in a letter to the administrators; `who` is empty where it is the whole clinic's."""

    who: str
    cause: Cause


@dataclass(frozen=True, slots=True)
class Sender:
    """Which clinic's wizard writes, and the address its pages begin with."""

    clinic: str
    base: str
    is_standin: bool = False


def to_person(name: str, person_id: int, cause: Cause, sender: Sender) -> Written:
    """What was found with her own set-up, and where it is repaired."""
    return _written(
        f"Google Calendar Sync: {about(cause.code)}",
        (
            f"Hello {first_name(name)},",
            "",
            f"the Google Calendar Sync wizard of {sender.clinic} looks at your set-up by itself, and found:",
            "",
            cause.found,
            f"What to do: {cause.cure}" if cause.cure else "",
            "",
            "Open this page at your computer:",
            f"{sender.base}/setup/{person_id}/{'watch' if cause.code == QUIET else 'fix'}",
            "Does it ask for a password? Open your own link first, or ask your clinic for one.",
            "",
            "This letter comes once a week until it is repaired, and one more says that it is.",
            "Your Google password is typed only on Google's own pages. Nobody asks for it here or on the telephone.",
        ),
        sender,
    )


def cured_to_person(name: str, code: str, sender: Sender) -> Written:
    """The last letter about it."""
    return _written(
        f"It is cured: {about(code)}",
        (
            f"Hello {first_name(name)},",
            "",
            f"we told you that {about(code)}. It is cured: the wizard of {sender.clinic} has looked again.",
            "There is nothing to do.",
        ),
        sender,
    )


def to_office(found: Sequence[Line], cured: Sequence[tuple[str, str]], sender: Sender) -> Written:
    """All that was found, and all that is cured (who and code), since the last letter."""
    if found:
        first, more = found[0], len(found) - 1
        what = f"{first.who}: {about(first.cause.code)}" if first.who else about(first.cause.code)
        subject = f"Google Calendar Sync: {what}" + (f", and {more} more" if more else "")
    else:
        subject = "Google Calendar Sync: it is cured"
    lines = [f"The Google Calendar Sync wizard of {sender.clinic} looks at finished set-ups by itself."]
    if found:
        lines += ["", "It found:"]
        for line in found:
            words = f"{line.cause.found} What to do: {line.cause.cure}" if line.cause.cure else line.cause.found
            lines.append(f"- {line.who}: {words}" if line.who else f"- {words}")
    if cured:
        lines += ["", "We told you of this, and it is cured:"]
        lines += [f"- {who}: {about(code)}" if who else f"- {about(code)}" for who, code in cured]
    lines += ["", "Who is set up, and where:", f"{sender.base}/overview"]
    if found:
        lines += ["", "You read of each once, then once a week while it lasts, and once more when it is cured."]
    return _written(subject, lines, sender)


def about(code: str) -> str:
    return ABOUT.get(code, GENERIC)


def _written(subject: str, lines: Sequence[str], sender: Sender) -> Written:
    told = [*lines, *(("", STANDIN) if sender.is_standin else ()), ""]
    return Written(subject, "\n".join(told))
