"""Step 1: the checker is connected, and there is exactly one Google calendar of the exact name, of the right account."""

from dataclasses import replace
from datetime import timedelta

from wizard.evidence import NAME, Account, Calendar, Evidence, Grant, Outcome, Pin, Purpose
from wizard.names import difference, is_near
from wizard.steps.step import (
    NOT_BEGUN,
    WEATHER,
    Once,
    Step,
    answer,
    aside,
    calendar_gone,
    checker_revoked,
    unseen,
    wrong_since,
)
from wizard.verdict import Status, Verdict

ACC_CONFIRM = Verdict(
    Status.WAITING,
    "ACC-CONFIRM",
    "Appointments will go to {account}. Right?",
    "Say yes, or use another account. Nothing is kept before you answer.",
)
LOOKING = Verdict(Status.WAITING, "CAL-LOOKING", "Looking for PIMSY Calendar in {account}.")
NONE = Verdict(
    Status.WAITING,
    "CAL-NONE",
    "We do not see PIMSY Calendar in {account} yet.{others}",
    "Create it in Google Calendar as {account}, with the name PIMSY Calendar.",
    discreet="We do not see PIMSY Calendar in {account} yet.{count}",
)
NONE_FOR_LONG = replace(
    NONE,
    status=Status.NEEDS_ATTENTION,
    remedy="Was it the right account? Open Google Calendar as {account} and create it with the name PIMSY Calendar.",
    amber=True,
)
NEAR_IN_CASE = Verdict(
    Status.NEEDS_ATTENTION,
    "CAL-NEAR",
    "Found {shown}. It has to be PIMSY Calendar: {words}.",
    "Rename it to PIMSY Calendar: open its settings in Google Calendar, click Name and type over it.",
)
NEAR = replace(NEAR_IN_CASE, because="Found {shown}: {words}.")
DUP = Verdict(
    Status.NEEDS_ATTENTION,
    "CAL-DUP",
    "There are {count} calendars named PIMSY Calendar. Appointments may go to either.",
    "Open each in Google Calendar. Keep the one that has appointments and rename the other “Old PIMSY”. Delete neither.",
)
PRIMARY = Verdict(
    Status.NEEDS_ATTENTION,
    "CAL-PRIMARY",
    "Your main calendar has this name. Private events would stand beside appointments.",
    "Rename the main calendar, then create a separate one named PIMSY Calendar.",
)
OTHERS = Verdict(
    Status.NEEDS_ATTENTION,
    "CAL-OTHERS",
    "This PIMSY Calendar belongs to {owner} and is shared with you.",
    "Create your own PIMSY Calendar as {account}.",
)
RENAMED = Verdict(
    Status.NEEDS_ATTENTION,
    "CAL-RENAMED",
    "The calendar we know is now called {found}. Its appointments are unharmed.",
    "Rename it back to PIMSY Calendar.",
)
FOUND = Verdict(
    Status.VERIFIED, "FOUND", "Found PIMSY Calendar in {account}.", note="A Workspace account of {domain}.", found=NAME
)
FOUND_IN_FREE = replace(FOUND, note="A free Google account: Google's agreement for health data does not cover it.")

PATIENCE = timedelta(minutes=2)
"""How long the calendar may be missing before that needs attention rather than time."""

MOST_NAMES = 5
LONGEST_NAME = 40


def check(evidence: Evidence) -> Verdict:
    grant = evidence.checker
    if grant is None:
        return wrong_since(evidence, Purpose.CHECKER, None) or _before_the_grant(evidence)
    wrong = wrong_since(evidence, Purpose.CHECKER, grant.died_at if grant.is_dead else grant.given_at)
    if grant.is_dead:
        return wrong or checker_revoked(evidence)
    return aside(_look(evidence, grant), evidence.calendars.failure or (wrong.code if wrong else ""))


def qualifying(calendars: tuple[Calendar, ...], account: Account) -> Calendar | None:
    """The one calendar that may be pinned: exact name, owned by this account, not the primary; None unless single."""
    match _owned(calendars, account):
        case [calendar]:
            return calendar
        case _:
            return None


def judge(calendars: tuple[Calendar, ...], account: Account, pin: Pin | None = None) -> Verdict | None:
    """What a calendar list says; None when it shows nothing of that name. Pin: the one known of this account.

    A changed name of the pinned calendar is told before what else stands in the list, unless another one qualifies.
    """
    owned = _owned(calendars, account)
    exact = [calendar for calendar in calendars if calendar.summary == NAME]
    if len(owned) > 1:
        return DUP.fill(count=str(len(owned)))
    if owned:
        return (FOUND if account.hd else FOUND_IN_FREE).fill(account=account.email, domain=account.hd)
    if renamed := [entry.summary for entry in calendars if pin and entry.id == pin.calendar_id and entry not in exact]:
        return replace(RENAMED.fill(found=renamed[0]), found=renamed[0])
    if any(calendar.is_primary for calendar in exact):
        return PRIMARY
    if exact:
        return OTHERS.fill(owner=exact[0].data_owner or "another account", account=account.email)
    near = [entry.summary for entry in calendars if _could_be_renamed(entry, account) and is_near(entry.summary, NAME)]
    return _near(near[0]) if near else None


def _before_the_grant(evidence: Evidence) -> Verdict:
    trips = evidence.own_trips(Purpose.CHECKER)
    if trips and trips[-1].outcome is Outcome.TO_CONFIRM and trips[-1].account:
        return ACC_CONFIRM.fill(account=trips[-1].account.email)
    return NOT_BEGUN


def _look(evidence: Evidence, grant: Grant) -> Verdict:
    looked, account, pin = evidence.calendars_now, grant.account, evidence.pinned
    if verdict := answer(looked.failure, evidence):
        return verdict
    if looked.value is None:
        return unseen(looked.failure, evidence) if looked.failure else LOOKING.fill(account=account.email)
    verdict = judge(looked.value, account, pin)
    if verdict is None and pin and evidence.pinned_is_gone:
        verdict = calendar_gone(evidence, pin)
    return replace(verdict or _none(evidence, looked.value, grant), seen=looked.last_seen)


def _none(evidence: Evidence, calendars: tuple[Calendar, ...], grant: Grant) -> Verdict:
    since = max(grant.given_at, evidence.calendars.first_seen or grant.given_at)
    # The main calendar is named like the account, as a rule: it says nothing new.
    names = [calendar.summary for calendar in calendars if not calendar.is_primary]
    named = ", ".join(_shortened(name) for name in names[:MOST_NAMES]) + (", …" if len(names) > MOST_NAMES else "")
    counted = "1 other calendar" if len(names) == 1 else f"{len(names)} other calendars"
    verdict = NONE_FOR_LONG if evidence.now - since > PATIENCE else NONE
    return verdict.fill(
        account=grant.account.email,
        others=f" We see: {named}." if names else "",
        count=f" We see {counted}." if names else "",
    )


def _near(found: str) -> Verdict:
    told = difference(found, NAME)
    verdict = NEAR_IN_CASE if told.is_of_case else NEAR
    return replace(verdict.fill(shown=told.shown, words=told.words), found=found)


def _owned(calendars: tuple[Calendar, ...], account: Account) -> list[Calendar]:
    return [entry for entry in calendars if entry.summary == NAME and _could_be_renamed(entry, account)]


def _could_be_renamed(calendar: Calendar, account: Account) -> bool:
    return calendar.is_owned_by(account) and not calendar.is_primary


def _shortened(name: str) -> str:
    return name if len(name) <= LONGEST_NAME else f"{name[:LONGEST_NAME]}…"


STEP = Step(
    number=1,
    slug="create-calendar",
    title="Create the calendar in Google",
    why="Appointments go only to a calendar with exactly this name.",
    once=Once.PERSON,
    check=check,
    polls=WEATHER
    | {"GOOGLE-PAGE-STAYED", "CAL-LOOKING", "CAL-NONE", "CAL-NEAR", "CAL-DUP"}
    | {"CAL-PRIMARY", "CAL-OTHERS", "CAL-GONE", "CAL-RENAMED"},
)
