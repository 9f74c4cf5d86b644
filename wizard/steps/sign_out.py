"""Step 2: nobody is signed in to Google in this browser, shown by a silent sign-in that Google refuses.

A refusal counts only while the checker's permission was alive before and after it, and only once this checker client
had a silent sign-in answered (the control): else the missing consent itself may be what was refused. Source:
developers.google.com/identity/openid-connect/openid-connect (prompt=none).
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from wizard.evidence import Evidence, Grant, Outcome, Purpose, Trip
from wizard.steps.step import GOOGLE_BUSY, NOT_BEGUN, WEATHER, Once, Step, aside, checker_revoked, page_stayed, unseen
from wizard.verdict import Status, Verdict
from wizard.when import exact_point, point

OUT = Verdict(
    Status.VERIFIED,
    "SIGNED-OUT",
    "{account} is signed out on this computer, {at}.",
    note="An account that never connected {checker} could still be signed in."
    " Step 6 shows the account before anything is shared.",
)
WAS_OUT = Verdict(Status.VERIFIED, "SIGN-SEALED", "{account} was signed out on this computer, {at}.")
STILL = Verdict(
    Status.NEEDS_ATTENTION,
    "SIGN-STILL",
    "{accounts} still signed in here.",
    "Open Google's sign-out page, close other Google tabs, then check again.",
    amber=True,
)
STILL_CHROME = replace(
    STILL,
    because="Chrome itself is signed in as {account}.",
    remedy="Click the picture right of Chrome's address bar and sign out there, or continue without this check.",
)
NO_CHECKER = Verdict(
    Status.NOT_CHECKED,
    "SIGN-UNSEEN",
    "Connect {checker} in step 1; then we can see this.",
    note="cannot be seen",
)
CHECKER_DEAD = replace(
    NO_CHECKER, because="The permission of {checker} has ended. Connect it again in step 1; then we can see this."
)
NO_CONTROL = Verdict(
    Status.NOT_CHECKED,
    "SIGN-NOCONTROL",
    "Google refused the silent question, but it has never answered one of {checker} yet. So this shows nothing.",
    "Continue without this check. Step 6 shows the account before anything is shared.",
    note="cannot be seen",
)
ENDED = Verdict(
    Status.NEEDS_ATTENTION,
    "SIGN-ENDED",
    "You were signed out at {at}. {account} signed in to Google in this browser at {later}.",
    "Open Google's sign-out page, then check again.",
    amber=True,
)
ENDED_UNNAMED = replace(
    ENDED,
    status=Status.NOT_CHECKED,
    because="You were signed out at {at}. Somebody signed in to Google in this browser at {later}.",
    note="not begun",
    amber=False,
)
OLD = Verdict(
    Status.NOT_CHECKED,
    "SIGN-OLD",
    "You were signed out at {at}. That counts for 60 minutes.",
    "Open Google's sign-out page, then check again.",
    note="not begun",
)

CHECK_LATER = "Check again in a few minutes. Nothing is lost."
"""Instead of "We keep trying": only this browser can ask whether it is signed out, and only by a trip."""

HOLDS_FOR = timedelta(minutes=60)
"""How long a sign-out counts without step 6: the browser is not watched, and anybody may sign in meanwhile."""

FRESH_FOR = timedelta(minutes=10)
"""From this age on step 5 offers to ask once more."""

TRIES_BEFORE_CHROME = 3


@dataclass(frozen=True, slots=True)
class Probe:
    """One press of "Check that I am signed out": the question with a hint, then those without one that followed it."""

    trips: tuple[Trip, ...]

    @property
    def hinted(self) -> Trip:
        return self.trips[0]

    @property
    def at(self) -> datetime:
        return self.hinted.came_back_at

    @property
    def answers(self) -> tuple[Trip, ...]:
        """The questions answered by a code. Without a hint Google answers for a lone account; else it adds nothing."""
        return tuple(trip for trip in self.trips if trip.outcome is Outcome.SIGNED_IN)

    @property
    def is_refused(self) -> bool:
        trip = self.hinted
        return not self.answers and trip.outcome is Outcome.REFUSED and trip.alive_before and trip.alive_after

    def is_conclusive(self, grant: Grant) -> bool:
        # A permission that was gone then and was given again since says nothing about the browser.
        was_gone = self.hinted.outcome is Outcome.PERMISSION_GONE and self.at >= grant.since
        return bool(self.answers) or self.is_refused or was_gone


def check(evidence: Evidence) -> Verdict:
    grant = evidence.checker
    probes = probes_of(evidence)
    if sealed := _sealed(probes, evidence):
        at = exact_point(sealed.at, evidence.now, evidence.zone)
        return replace(WAS_OUT.fill(account=evidence.address or evidence.first_name, at=at), seen=sealed.at)
    if grant is None:
        return NO_CHECKER.fill(checker=evidence.checker_name)
    if grant.is_dead:
        return CHECKER_DEAD.fill(checker=evidence.checker_name)
    conclusive = [probe for probe in probes if probe.is_conclusive(grant)]
    silence = _silence(probes[-1], evidence) if probes and probes[-1] not in conclusive else None
    if not conclusive:
        return silence or NOT_BEGUN
    return aside(_judge(conclusive, evidence, grant), silence.code if silence else "")


def needs_asking_again(evidence: Evidence) -> timedelta | None:
    """How old a sign-out is that counts, but that step 5 had better ask about once more; None: no need."""
    verdict = check(evidence)
    if verdict.code != OUT.code or verdict.seen is None:
        return None
    age = evidence.now - verdict.seen
    return age if age > FRESH_FOR else None


def _judge(conclusive: list[Probe], evidence: Evidence, grant: Grant) -> Verdict:
    probe = conclusive[-1]
    if probe.answers:
        return _still(conclusive)
    if not probe.is_refused:
        return checker_revoked(evidence)
    if not evidence.has_control:
        return NO_CONTROL.fill(checker=evidence.checker_name)
    at = point(probe.at, evidence.now, evidence.zone)
    if ending := _ending(probe, evidence, evidence.now):
        later = point(ending.came_back_at, evidence.now, evidence.zone)
        if ending.account is None:
            return ENDED_UNNAMED.fill(at=at, later=later)
        return ENDED.fill(at=at, later=later, account=ending.account.email)
    if evidence.now - probe.at > HOLDS_FOR:
        return OLD.fill(at=at)
    exact = exact_point(probe.at, evidence.now, evidence.zone)
    return replace(OUT.fill(account=grant.account.email, at=exact, checker=evidence.checker_name), seen=probe.at)


def _still(conclusive: list[Probe]) -> Verdict:
    emails = [trip.account.email for trip in conclusive[-1].answers if trip.account]
    named = " and ".join(dict.fromkeys(emails))
    in_a_row = [probe for probe in conclusive[-TRIES_BEFORE_CHROME:] if probe.answers]
    if named and len(in_a_row) == TRIES_BEFORE_CHROME:
        return replace(STILL_CHROME.fill(account=named), seen=conclusive[-1].at)
    verb = "are" if len(set(emails)) > 1 else "is"
    return replace(STILL.fill(accounts=f"{named or 'A Google account'} {verb}"), seen=conclusive[-1].at)


def _silence(probe: Probe, evidence: Evidence) -> Verdict | None:
    """What a question says that brought no answer; None while it is under way, or when it is of the past."""
    if probe.hinted.outcome is Outcome.OPEN:
        return page_stayed(probe.hinted, evidence)
    if probe.hinted.outcome is Outcome.PERMISSION_GONE:
        return None
    verdict = unseen(probe.hinted.failure or GOOGLE_BUSY.code, evidence)
    return replace(verdict, remedy=CHECK_LATER) if verdict.code in WEATHER else verdict


def probes_of(evidence: Evidence) -> tuple[Probe, ...]:
    """What this browser was asked about the account of this set-up, oldest first."""
    # Whoever removed the checker after the proof leaves what it saw: the proof knows whose permission read it.
    sub = evidence.checker.account.sub if evidence.checker else evidence.sealed.sub if evidence.sealed else ""
    probes: list[Probe] = []
    for trip in evidence.own_trips(Purpose.SIGNED_OUT):
        if trip.sub != sub or trip.is_leaving:
            continue
        if trip.is_hinted:
            probes.append(Probe((trip,)))
        elif probes:
            probes[-1] = Probe((*probes[-1].trips, trip))
    return tuple(probes)


def _sealed(probes: tuple[Probe, ...], evidence: Evidence) -> Probe | None:
    """The sign-out that still counted when step 6 was done at this desk: no later question judges it anew."""
    moments: list[datetime] = []
    if evidence.authorization and evidence.holds_authorization:
        moments.append(evidence.authorization.at)
    if arrived := evidence.sealed:
        # By hand nobody tells when the person accepted; Google's own time of the event comes closest.
        moments.append(arrived.created or arrived.read_at)
    for moment in moments if evidence.has_control else []:
        before = [probe for probe in probes if probe.is_refused and probe.at <= moment]
        if before and moment - before[-1].at <= HOLDS_FOR and _ending(before[-1], evidence, moment) is None:
            return before[-1]
    return None


def _ending(probe: Probe, evidence: Evidence, until: datetime) -> Trip | None:
    """The first code that came back to this browser since the sign-out, other than by this set-up's own step 6."""
    codes = (trip for trip in evidence.trips if trip.outcome.brought_a_code and not _is_own_step_6(trip, evidence))
    since = (trip for trip in codes if probe.at < trip.came_back_at <= until)
    return min(since, key=lambda trip: trip.came_back_at, default=None)


def _is_own_step_6(trip: Trip, evidence: Evidence) -> bool:
    # What was accepted before the writing permission died belongs to the set-up that ended with it.
    died_at = evidence.integration.died_at if evidence.integration else None
    is_of_this_round = died_at is None or trip.came_back_at >= died_at
    return trip.is_own and trip.purpose is Purpose.INTEGRATION and is_of_this_round


STEP = Step(
    number=2,
    slug="sign-out",
    title="Sign out of Google on this computer",
    why="If another account is signed in here, Google may connect that one.",
    once=Once.DESK,
    check=check,
    may_be_passed=True,
)
