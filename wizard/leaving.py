"""Leaving the desk: after step 6 the person is signed in to Google at a computer that others use as well.

It is no step: what was proven stays proven. It is checked like step 2, by a silent sign-in that Google refuses.
"""

from dataclasses import replace
from datetime import datetime

from wizard.evidence import Evidence, Outcome, Purpose, Trip
from wizard.steps.sign_out import NO_CONTROL
from wizard.steps.step import aside, unseen
from wizard.verdict import Status, Verdict
from wizard.when import exact_point

OPEN = Verdict(
    Status.NEEDS_ATTENTION,
    "LEAVE-DESK",
    "{name} is still signed in to Google here.",
    "Open Google's sign-out page. It signs out every account in this browser. Come back and check.",
    amber=True,
)
MAY_BE_OPEN = replace(OPEN, because="{name} may still be signed in to Google here.")
STILL_OPEN = replace(
    OPEN,
    because="{account} is still signed in to Google here.",
    remedy="Open Google's sign-out page, close other Google tabs, then check again.",
)
LEFT = Verdict(Status.VERIFIED, "DESK-LEFT", "{account} is signed out of Google on this computer, {at}.")
NOT_SHOWN = replace(
    NO_CONTROL, remedy="Look at a Google page in this browser: nobody's picture stands at its top right."
)


def was_there(evidence: Evidence) -> bool:
    """Whether this person's Google account was ever signed in at this computer: one to be cleaned when she leaves the clinic.

    She accepted there, her appointment was proven from there, or Google answered there with her account.
    """
    told = any(trip.is_own and trip.outcome.brought_a_code for trip in evidence.trips)
    return evidence.authorization is not None or bool(evidence.arrivals) or told


STILL_OPEN_HERE = "Google still open here"
"""What stands beside a proof of somebody who has not left the desk yet."""


def is_open(evidence: Evidence) -> bool:
    """Whether the person is, or may be, signed in to Google at a desk that others use after she was proven there."""
    leave = check(evidence)
    return leave is not None and leave.code == OPEN.code


def check(evidence: Evidence) -> Verdict | None:
    """Where leaving stands; None where nothing is asked: not proven, nobody to ask by, or one person's own computer."""
    proof, grant = evidence.sealed, evidence.checker
    if proof is None or grant is None or grant.is_dead:
        return None
    if not evidence.colleagues or evidence.answered("own computer", ""):
        return None
    accepted = evidence.authorization.at if evidence.authorization and evidence.holds_authorization else None
    # By hand nobody tells when the person accepted; Google's own time of the event comes closest.
    since = accepted or proof.created or proof.read_at
    told = [trip for trip in evidence.trips if _tells(trip, grant.account.sub)]
    # A refusal from before step 6 says nothing any more: there she signed in again, by hand where nobody saw it.
    is_known = bool(told) and (told[-1].came_back_at >= since or told[-1].outcome.brought_a_code)
    if not is_known or _is_doubtful(told[-1], evidence):
        last = max(since, told[-1].came_back_at) if told else since
        return aside(MAY_BE_OPEN.fill(name=evidence.first_name), _silence(evidence, last))
    return aside(_judge(told[-1], evidence, grant.account.email), _silence(evidence, told[-1].came_back_at))


def _tells(trip: Trip, sub: str) -> bool:
    """A code of this account says that it is signed in; a refusal to this account that it is not.

    A refusal without a hint says neither: several accounts signed in at once get the same (google-api-javascript-client
    issue 232), and hers may be one of them.
    """
    if trip.outcome.brought_a_code:
        return trip.account is not None and trip.account.sub == sub
    is_about_her = trip.is_own and trip.sub == sub and trip.alive_before and trip.alive_after
    is_refused = trip.purpose is Purpose.SIGNED_OUT and trip.outcome is Outcome.REFUSED
    return is_refused and is_about_her and trip.is_hinted


def _is_doubtful(told: Trip, evidence: Evidence) -> bool:
    """She was signed in, and since then a question without a hint was refused: she left, or she is not alone."""
    return told.outcome.brought_a_code and any(
        trip.outcome is Outcome.REFUSED and not trip.is_hinted and trip.came_back_at > told.came_back_at
        for trip in evidence.trips
    )


def _judge(trip: Trip, evidence: Evidence, account: str) -> Verdict:
    if trip.outcome is not Outcome.REFUSED:
        is_asked = trip.purpose is Purpose.SIGNED_OUT
        return (STILL_OPEN if is_asked else OPEN).fill(account=account, name=evidence.first_name)
    if not evidence.has_control:
        return NOT_SHOWN.fill(checker=evidence.checker_name)
    at = exact_point(trip.came_back_at, evidence.now, evidence.zone)
    return replace(LEFT.fill(account=account, at=at), seen=trip.came_back_at)


def _silence(evidence: Evidence, since: datetime) -> str:
    """The code of a check since then that brought no answer."""
    asked = [trip for trip in evidence.own_trips(Purpose.SIGNED_OUT) if trip.came_back_at > since]
    is_silent = bool(asked) and asked[-1].outcome is Outcome.UNSEEN
    return unseen(asked[-1].failure, evidence).code if is_silent else ""
