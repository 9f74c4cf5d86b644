"""The short roads: what a step says where a person only checks what works already, goes without the checker, or stopped it.

A road never makes a step count as proven. It changes what is asked and the words, or nothing.
"""

from dataclasses import replace

from wizard.evidence import Answer, Evidence, FolderFact
from wizard.steps import accept, personnel_folder, sign_out
from wizard.steps.step import NOT_BEGUN, SAID, Step
from wizard.verdict import Status, Verdict
from wizard.when import day_and_time, point, short_time

NOT_ASKED = Verdict(
    Status.NOT_CHECKED,
    "NOT-ASKED",
    "You only check what works already. The test appointment that arrives proves this.",
    note="not needed here",
)
NOBODY_ASKS = replace(
    NOT_ASKED,
    because="You only check what works already, so nobody has to sign out of Google.",
)
STOPPED = Verdict(
    Status.NOT_CHECKED,
    "CHK-STOPPED",
    "The checker was removed at {at}. What it saw before is kept; nobody looks any more.",
    note="cannot be seen",
)
UNWATCHED = Verdict(
    Status.NOT_CHECKED,
    "CAL-UNSEEN",
    "Nobody looks whether PIMSY Calendar is there: {checker} is not connected.",
    note="cannot be seen",
)
SAID_UNWATCHED = replace(SAID, because="Nobody looked: {checker} is not connected. You can connect it later.")
SAID_BEFORE = replace(SAID, because="You signed out before the checker was connected, so nobody looked.")
FOLDER_UNWATCHED = replace(
    SAID, because="{name}'s folder names {account}. Nobody looked whether that account owns the calendar."
)
LOOK_YOURSELF = Verdict(
    Status.NOT_CHECKED,
    "EVT-UNSEEN",
    "Open Google Calendar. Is it there, {when}?",
    note="cannot be seen",
)
SEEN_BY_PERSON = replace(
    SAID, because="You saw the {time} appointment in Google Calendar. Nobody else looked. You can connect later."
)
MISSED_BY_PERSON = replace(accept.NONE, because="You do not see the {time} appointment in Google Calendar.", amber=True)

NO_PAGE = Verdict(
    Status.NOT_CHECKED,
    accept.PAGE_NONE.code,
    "No Google page opened. Open Google Calendar all the same. Is it there, {when}?",
    "It is not? In this order:",
    note="cannot be seen",
    in_order=accept.PAGE_NONE.in_order,
)
NO_PAGE_PORTAL = replace(NO_PAGE, in_order=accept.PAGE_NONE_PORTAL.in_order)

ASKED_LATER_BY_HAND = frozenset({"enable-setting", "personnel-folder"})
"""Where the practice system cannot be read the arrival proves these; where it can, what it shows is no matter of asking."""


GROWN_OLD = frozenset({sign_out.OLD.code, sign_out.ENDED_UNNAMED.code})
"""A sign-out that was shown all the same and counts no more: nobody asked for it."""


def check(step: Step, evidence: Evidence) -> Verdict:
    """The step's own verdict, or what stands in its place on this person's road."""
    verdict = step.check(evidence)
    if (without := evidence.goes_without_checker) is not None:
        return _unwatched(step.slug, verdict, evidence, without)
    if (stopped := evidence.has_stopped) is not None and step.slug == "create-calendar" and verdict == NOT_BEGUN:
        return STOPPED.fill(at=point(stopped.at, evidence.now, evidence.zone))
    if step.slug == "sign-out" and verdict == NOT_BEGUN and evidence.said_done(step.slug):
        return SAID_BEFORE  # connected since: what was done meanwhile goes on from there
    if evidence.just_checks is not None and (verdict == NOT_BEGUN or verdict.code in GROWN_OLD):
        return _just_checked(step.slug, evidence)
    return verdict


def passes(verdict: Verdict, evidence: Evidence) -> Answer | None:
    """The answer by which a road lets the person on past that verdict."""
    if verdict.code == NOT_ASKED.code:
        return evidence.just_checks
    # What was proven here stands; another computer has nothing yet, and somebody has to look there.
    return evidence.has_stopped if verdict.code == STOPPED.code and evidence.sealed is not None else None


def _just_checked(slug: str, evidence: Evidence) -> Verdict:
    if slug == "sign-out":
        return NOBODY_ASKS
    is_left_out = slug in ASKED_LATER_BY_HAND and not evidence.practice_is_readable
    return NOT_ASKED if is_left_out else NOT_BEGUN


def _unwatched(slug: str, verdict: Verdict, evidence: Evidence, without: Answer) -> Verdict:
    match slug:
        case "create-calendar":
            unseen = _calendar(verdict, evidence, without)
        case "sign-out":
            unseen = SAID_UNWATCHED if evidence.said_done(slug) and not verdict.is_verified else verdict
        case "personnel-folder":
            unseen = _folder(verdict, evidence)
        case "accept":
            unseen = _arrival(verdict, evidence)
        case "test-appointment":
            unseen = SAID if evidence.seen_by_person and not verdict.is_verified else verdict
        case _:
            unseen = verdict
    is_bare = unseen in {SAID, SAID_UNWATCHED}
    return SAID_UNWATCHED.fill(checker=evidence.checker_name) if is_bare else unseen


def _calendar(verdict: Verdict, evidence: Evidence, without: Answer) -> Verdict:
    trips = [trip for trip in evidence.trips if trip.is_own and trip.begun_at > without.at]
    if trips and verdict != NOT_BEGUN:  # the person went to connect it after all: what became of that comes first
        return verdict
    return SAID if evidence.said_done("create-calendar") else UNWATCHED.fill(checker=evidence.checker_name)


def _folder(verdict: Verdict, evidence: Evidence) -> Verdict:
    folder = evidence.folder
    if verdict.code != personnel_folder.UNOWNED.code or not isinstance(folder, FolderFact):
        return verdict
    named = folder.google_account
    unseen = FOLDER_UNWATCHED if named.casefold() == evidence.address.casefold() else personnel_folder.OTHER
    filled = unseen.fill(name=evidence.first_name, account=evidence.address, found=named)
    return replace(filled, found=named, seen=verdict.seen)


def _arrival(verdict: Verdict, evidence: Evidence) -> Verdict:
    slot = evidence.slot
    if verdict.is_verified or slot is None:
        return verdict
    if evidence.seen_by_person:
        return SEEN_BY_PERSON.fill(time=short_time(slot.starts_at, evidence.zone))
    if verdict.code != LOOK_YOURSELF.code:
        return verdict
    if evidence.has_no_page:
        no_page = NO_PAGE_PORTAL if evidence.is_portal else NO_PAGE
        return no_page.fill(when=day_and_time(slot.starts_at, evidence.zone), account=evidence.address)
    if evidence.missed_by_person:
        return MISSED_BY_PERSON.fill(
            time=short_time(slot.starts_at, evidence.zone), name=evidence.first_name, account=evidence.address
        )
    return LOOK_YOURSELF.fill(when=day_and_time(slot.starts_at, evidence.zone))
