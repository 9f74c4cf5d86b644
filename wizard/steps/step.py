"""What a step is, and the outcomes that several steps share."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import Enum

from wizard import stayed
from wizard.evidence import Evidence, Outcome, Pin, Purpose, Trip
from wizard.verdict import Status, Verdict
from wizard.when import point


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
    may_be_passed_by_hand: bool = False  # the same, only where the practice system cannot be read


NOT_BEGUN = Verdict(Status.NOT_CHECKED, "NOT-BEGUN", "", note="not begun")
SAID = Verdict(Status.NOT_CHECKED, "SAID", "The test appointment will prove it.", note="you said it is done", said=True)

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
CLOCK_OFF = replace(CLOCK, because="The clock of this wizard is {off} wrong, so Google's answers cannot be used.")
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

CAL_OTHERS_LATE = Verdict(
    Status.NEEDS_ATTENTION,
    "CAL-OTHERS",
    "PIMSY Calendar does not belong to {account} any more.",
    "Create your own PIMSY Calendar as {account}.",
)

UNSEEN = {verdict.code: verdict for verdict in (GOOGLE_BUSY, QUOTA, CLOCK, OPERATOR_SETUP, OUR_FAULT)}
"""What a step says when no look has ever succeeded: Waiting where time cures it, Not checked where the operator must."""

ANSWERS = {verdict.code: verdict for verdict in (GOOGLE_NOCAL, GRANT_PART_LATE, CAL_OTHERS_LATE)}
"""Failures that are Google's answer rather than its silence: they decide at once."""

WEATHER = frozenset({GOOGLE_BUSY.code, QUOTA.code})
"""Silences that time cures: every step that looks goes on looking by itself."""


def unseen(failure: str, evidence: Evidence) -> Verdict:
    """What to say when no look has ever succeeded. A failure without words of its own is a fault of ours."""
    if failure == CLOCK.code and (off := evidence.words_of(failure)):
        return CLOCK_OFF.fill(off=off)
    return UNSEEN.get(failure, OUR_FAULT)


def answer(failure: str, evidence: Evidence) -> Verdict | None:
    """Google's answer in words, where the failure is one."""
    verdict = ANSWERS.get(failure)
    return verdict.fill(account=evidence.address, checker=evidence.checker_name) if verdict else None


def aside(verdict: Verdict, failure: str) -> Verdict:
    """The verdict with the code of a look that did not succeed since: it stands beside, and changes nothing."""
    return replace(verdict, aside=failure) if failure and failure != verdict.code else verdict


CAL_GONE = Verdict(
    Status.NEEDS_ATTENTION,
    "CAL-GONE",
    "It was there at {seen} and is not now. Appointments have nowhere to go.",
    "Look in Google Calendar's trash, or create it again.",
)


def calendar_gone(evidence: Evidence, pin: Pin) -> Verdict:
    """The pinned calendar left the list; the time is the newest at which an answer of Google still showed it."""
    read = [seen.last_read_at for seen in evidence.arrivals if seen.calendar_id == pin.calendar_id]
    return CAL_GONE.fill(seen=point(max(pin.at, pin.seen_at or pin.at, *read), evidence.now, evidence.zone))


REVOKED_CHK = Verdict(
    Status.NEEDS_ATTENTION,
    "REVOKED-CHK",
    "{Checker} lost its permission. Appointments are not affected.",
    "Connect {checker} again.",
)
REVOKED_CHK_RAPT = replace(
    REVOKED_CHK,
    because="{Checker} lost its permission: your organisation asks for a fresh sign-in. Appointments are not affected.",
)
REVOKED_CHK_TESTING = replace(
    REVOKED_CHK,
    because="{Checker} lost its permission. It ends every 7 days while the app is being tried.",
)
REVOKED_CHK_BOTH = replace(
    REVOKED_CHK,
    because="{Checker} lost its permission. {integration} ended with it.",
    remedy="Connect {checker} again first; step 6 asks for {integration} afterwards.",
)


def checker_revoked(evidence: Evidence) -> Verdict:
    """The checker's permission is dead, in the words of its cause."""
    grant, name = evidence.checker, evidence.checker_name
    verdict = REVOKED_CHK
    if grant is not None and grant.death == "invalid_rapt":
        verdict = REVOKED_CHK_RAPT
    elif evidence.one_project:
        verdict = REVOKED_CHK_BOTH
    elif evidence.is_testing:
        verdict = REVOKED_CHK_TESTING
    return verdict.fill(Checker=name[:1].upper() + name[1:], checker=name, integration=evidence.integration_name)


GOOGLE_PAGE_STAYED = Verdict(
    Status.WAITING,
    "GOOGLE-PAGE-STAYED",
    "You went to Google at {left} and did not come back. What did Google show?",
    "Choose below what you saw, or ask again.",
)
GRANT_CANCEL = Verdict(
    Status.NEEDS_ATTENTION,
    "GRANT-CANCEL",
    "You chose Cancel on Google's page. Nothing was shared.",
    "Ask again: without this permission {cannot}.",
    amber=True,
)
GRANT_PART = Verdict(
    Status.NEEDS_ATTENTION,
    "GRANT-PART",
    "One box was left empty: {missing}. Without it {cannot}.",
    "Ask again, and tick all boxes.",
)
GRANT_PART_MORE = replace(GRANT_PART, because="{count} boxes were left empty: {missing}. Without them {cannot}.")
GRANT_PART_UNNAMED = replace(GRANT_PART, because="A box was left empty. Without it {cannot}.")
GRANT_NOREFRESH = Verdict(
    Status.NEEDS_ATTENTION,
    "GRANT-NOREFRESH",
    "Google let {whom} now, but not later.",
    "Ask again. If this repeats, remove {permission} at Google first.",
    amber=True,
)
ACC_WRONG = Verdict(
    Status.NEEDS_ATTENTION,
    "ACC-WRONG",
    "You signed in as {account}. This set-up is for {meant}. Nothing was stored.",
    "Ask again. On Google's page click Use another account and choose {meant}.",
)
ACC_TAKEN = replace(
    ACC_WRONG,
    because="{account} is already {owner} account here. Nothing was stored.",
    remedy="Ask again. On Google's page click Use another account.",
)

ASK_LATER = "Ask again in a few minutes. Nothing is lost."
"""Instead of "We keep trying" after a trip that Google did not finish: without a permission there is nothing to try."""

TRIP_IS_LONG = timedelta(minutes=1)
"""From this age on a trip that did not come back is asked about: some of Google's pages never lead back."""

TRIP_ENDS = timedelta(minutes=10)
"""At this age an open trip has ended and can be begun again."""


RETURNS_TO = {
    Purpose.CHECKER: "create-calendar",
    Purpose.SIGNED_OUT: "sign-out",
    Purpose.INTEGRATION: "accept",
}
"""The steps to which trips come back, by their slugs, and at which a person tells why one did not."""


def page_stayed(trip: Trip, evidence: Evidence) -> Verdict | None:
    """The browser left for Google and is overdue, or the person told which page of Google's it ended at."""
    if trip.outcome is not Outcome.OPEN:
        return None
    if told := stayed.told(evidence, RETURNS_TO[trip.purpose], trip.begun_at):
        return told
    if not TRIP_IS_LONG < evidence.now - trip.begun_at < TRIP_ENDS:
        return None
    return GOOGLE_PAGE_STAYED.fill(left=point(trip.begun_at, evidence.now, evidence.zone))


def went_wrong(trip: Trip, evidence: Evidence) -> Verdict | None:
    """What a trip for a permission says when it brought none; None when it says nothing: it went well, or is under way."""
    is_checker = trip.purpose is Purpose.CHECKER
    permission = evidence.checker_name if is_checker else evidence.integration_name
    cannot = "we cannot look" if is_checker else f"{permission} cannot write"
    match trip.outcome:
        case Outcome.OPEN:
            return page_stayed(trip, evidence)
        case Outcome.CANCELLED:
            return GRANT_CANCEL.fill(cannot=cannot)
        case Outcome.BOX_EMPTY:
            return _box_empty(trip, cannot)
        case Outcome.NO_REFRESH:
            whom = "us look" if is_checker else f"{permission} write"
            return GRANT_NOREFRESH.fill(whom=whom, permission=permission)
        case Outcome.WRONG_ACCOUNT:
            return _wrong_account(trip, evidence)
        case Outcome.TAKEN_ACCOUNT:
            owner = f"{trip.taken_by}'s" if trip.taken_by else "another person's"
            return ACC_TAKEN.fill(account=_came_back(trip), owner=owner)
        case Outcome.UNSEEN:
            return answer(trip.failure, evidence) or _unanswered(trip.failure, evidence)
        case _:
            return None


def wrong_since(evidence: Evidence, purpose: Purpose, since: datetime | None) -> Verdict | None:
    """What the newest own trip for that permission says, if it was begun since then and went wrong."""
    trips = evidence.own_trips(purpose)
    if not trips or (since is not None and trips[-1].begun_at < since):
        return None
    return went_wrong(trips[-1], evidence)


def _unanswered(failure: str, evidence: Evidence) -> Verdict:
    verdict = unseen(failure, evidence)
    return replace(verdict, remedy=ASK_LATER) if verdict.code in WEATHER else verdict


def _box_empty(trip: Trip, cannot: str) -> Verdict:
    verdict = {0: GRANT_PART_UNNAMED, 1: GRANT_PART}.get(len(trip.missing), GRANT_PART_MORE)
    return verdict.fill(missing=" · ".join(trip.missing), count=str(len(trip.missing)), cannot=cannot)


def _wrong_account(trip: Trip, evidence: Evidence) -> Verdict | None:
    meant = evidence.address
    # Before the first grant an administrator may have named the account since that trip: then it is wrong no more.
    is_meant_now = not trip.sub and trip.account is not None and trip.account.email.casefold() == meant.casefold()
    return None if is_meant_now else ACC_WRONG.fill(account=_came_back(trip), meant=meant or "another account")


def _came_back(trip: Trip) -> str:
    return trip.account.email if trip.account else "another account"
