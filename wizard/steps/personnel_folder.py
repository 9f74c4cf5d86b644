"""Step 4: the personnel folder names the Google account that owns the pinned calendar."""

from dataclasses import replace

from wizard.evidence import CANT_SEE, Evidence, FolderFact
from wizard.steps.step import NOT_BEGUN, SAID, Once, Step
from wizard.verdict import Status, Verdict
from wizard.when import short_time

NAMED = Verdict(Status.VERIFIED, "FOLDER-NAMED", "{name}'s folder names {account}, who owns the calendar.")
SUSPENDED = Verdict(
    Status.NEEDS_ATTENTION,
    "USER-SUSPENDED",
    "{name} is marked Suspended (Login). Nothing is sent for {name}.",
    "Clear the box Suspended (Login), then click Save.",
)
EMPTY = Verdict(
    Status.NEEDS_ATTENTION,
    "FOLDER-EMPTY",
    "Google Calendar is empty in {name}'s folder.",
    "Fill in {account}, then click Save.",
)
UNOWNED = Verdict(
    Status.NOT_CHECKED,
    "FOLDER-UNOWNED",
    "{name}'s folder names {found}. Whether that account owns the calendar is seen after step 1.",
    note="cannot be seen",
)
OTHER = Verdict(
    Status.NEEDS_ATTENTION,
    "FOLDER-OTHER",
    "{name}'s folder names {found}. The calendar belongs to {account}.",
    "Use {account} in the folder, then click Save. Or set up {found} instead.",
)
PASSWORD = Verdict(
    Status.NEEDS_ATTENTION,
    "FOLDER-PASSWORD",
    "PIMSY wants a Google password before it saves. Google no longer takes one from other programs.",
    "Stop here for this person, note the card, go on with the next; support has an answer.",
    amber=True,
)
PROVED = Verdict(
    Status.VERIFIED,
    "FOLDER-PROVED",
    "An appointment of {name} arrived in PIMSY Calendar of {account}, so the folder names it.",
    note="proved by the appointment of {time}",
)


def check(evidence: Evidence) -> Verdict:
    if evidence.folder is CANT_SEE:
        return _by_hand(evidence)
    verdict = _judge(evidence.folder, evidence)
    return verdict if verdict == NOT_BEGUN else replace(verdict, seen=evidence.now)


def _judge(folder: FolderFact, evidence: Evidence) -> Verdict:
    name, account, found = evidence.first_name, evidence.address, folder.google_account
    if folder.is_suspended:
        return SUSPENDED.fill(name=name)
    if not found:
        return EMPTY.fill(name=name, account=account or "the Google account") if folder.is_touched else NOT_BEGUN
    if evidence.pinned is None:
        return UNOWNED.fill(name=name, found=found)
    verdict = NAMED if found.casefold() == account.casefold() else OTHER
    return replace(verdict.fill(name=name, account=account, found=found), found=found)


def _by_hand(evidence: Evidence) -> Verdict:
    if arrived := evidence.folder_proof:
        time = short_time(arrived.starts_at, evidence.zone)
        filled = PROVED.fill(name=evidence.first_name, account=evidence.address or "this person", time=time)
        return replace(filled, seen=arrived.read_at)
    if evidence.answered("password", STEP.slug):
        return PASSWORD
    return SAID if evidence.answered("said", STEP.slug) else NOT_BEGUN


STEP = Step(
    number=4,
    slug="personnel-folder",
    title="Name the Google account in the personnel folder",
    why="The folder says whose calendar it is.",
    once=Once.PERSON,
    check=check,
    polls=frozenset({"FOLDER-EMPTY", "FOLDER-OTHER", "USER-SUSPENDED"}),
    is_administrative=True,
    may_be_passed_by_hand=True,
)
