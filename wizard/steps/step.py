"""What a step is, and the outcomes that several steps share."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import Enum

from wizard.evidence import Evidence
from wizard.verdict import Status, Verdict


class Once(Enum):
    """How often a step is done; the value is said on its page."""

    CLINIC = "once per clinic"
    PERSON = "once per person"
    DESK = "once per person and computer"


Check = Callable[[Evidence], Verdict]


@dataclass(frozen=True, slots=True)
class Step:
    """A page, a question and a check. `polls` lists the codes worth looking at again by themselves."""

    number: int
    slug: str
    title: str
    why: str
    once: Once
    check: Check
    polls: frozenset[str] = frozenset()
    is_administrative: bool = False  # an administrator may do it at any time before
    may_be_passed: bool = False  # "Continue without this check"


NOT_BEGUN = Verdict(Status.NOT_CHECKED, "NOT-BEGUN", "", note="not begun")

GOOGLE_BUSY = Verdict(
    Status.WAITING,
    "GOOGLE-BUSY",
    "Google is not answering. It is not something you did.",
    "We keep trying. Nothing is lost.",
)
QUOTA = Verdict(
    Status.WAITING,
    "QUOTA",
    "Google has paused answers for this account (usage limits). Several hours are usual. Nothing is lost.",
    "Leave it for now: we try again by ourselves. Do not repeat steps.",
)
CLOCK = Verdict(
    Status.NOT_CHECKED,
    "CLOCK",
    "The clock of this wizard is wrong by more than 2 minutes, so Google's answers cannot be used.",
    "Tell the person who runs this wizard: its clock has to be set.",
)
OPERATOR_SETUP = Verdict(
    Status.NOT_CHECKED,
    "OPERATOR-SETUP",
    "The wizard's own set-up at Google is not complete.",
    "Tell the person who runs this wizard. There is nothing you can repair in your Google account.",
)
OUR_FAULT = Verdict(
    Status.NOT_CHECKED,
    "OUR-FAULT",
    "Something is wrong on our side, not yours.",
    "Nothing you did was lost. Other steps still show.",
)
GOOGLE_NOCAL = Verdict(
    Status.NEEDS_ATTENTION,
    "GOOGLE-NOCAL",
    "Google Calendar is turned off for {account}.",
    "Ask your organisation's Google administrator to turn Google Calendar on for this account.",
)
GRANT_PART_LATE = Verdict(
    Status.NEEDS_ATTENTION,
    "GRANT-PART",
    "The permission of {checker} is narrower than it was. Without it we cannot look.",
    "Ask Google again, and tick every box.",
)

UNSEEN = {verdict.code: verdict for verdict in (GOOGLE_BUSY, QUOTA, CLOCK, OPERATOR_SETUP, OUR_FAULT)}
"""What a step says when no look has ever succeeded: Waiting where time cures it, Not checked where the operator must."""

ANSWERS = {verdict.code: verdict for verdict in (GOOGLE_NOCAL, GRANT_PART_LATE)}
"""Failures that are Google's answer rather than its silence: they decide at once."""


def aside(verdict: Verdict, failure: str) -> Verdict:
    """The verdict with the code of a look that did not succeed since: it stands beside, and changes nothing."""
    return replace(verdict, aside=failure) if failure else verdict
