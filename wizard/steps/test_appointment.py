"""Step 5: the test appointment of this person at this computer is booked, at the time that belongs to both alone."""

from dataclasses import replace

from wizard.evidence import CANT_SEE, Appointment, Arrival, Evidence, FolderFact, SettingFact, Slot
from wizard.steps.step import NOT_BEGUN, SAID, Once, Step
from wizard.verdict import Status, Verdict
from wizard.when import clock_time, day, day_and_time, point, short_time

BOOKED = Verdict(Status.VERIFIED, "BOOKED", "Booked for {when}.")
BOOKED_AND_TIDIED = replace(BOOKED, note="Cancelled at {cancelled}. The proof stands.")
PROVED = replace(BOOKED, note="proved by the appointment of {time}")
NO_CLIENT = Verdict(
    Status.NEEDS_ATTENTION,
    "CLIENT-NONE",
    "{name} has no client, so {name} cannot book.",
    "Add the test client on {name}'s Clients tab.",
)
AGAIN = Verdict(
    Status.NEEDS_ATTENTION,
    "APPT-AGAIN",
    "The test time {when} proves nothing any more: it has passed, or the permission ended after it was given.",
    "Book it again: a new test time is given for it.",
    amber=True,
)
NONE = Verdict(
    Status.NEEDS_ATTENTION,
    "APPT-NONE",
    "There is no appointment on {day} at {time} in My SAL Calendar.",
    "Book it again.",
    amber=True,
)
EARLY = Verdict(
    Status.NEEDS_ATTENTION,
    "APPT-EARLY",
    "You booked at {booked}. The setting became True at {since}. What was booked before is not sent.",
    "Book it again.",
)
EARLY_AND_STILL_OFF = replace(
    EARLY,
    because="You booked at {booked}, while -233 was not True. What is booked before it is True is not sent.",
    remedy="Set -233 to True in step 3, then book it again.",
)
UNSENT_FOLDER_EMPTY = Verdict(
    Status.NEEDS_ATTENTION,
    "FOLDER-EMPTY",
    "You booked at {booked}. Google Calendar was empty in {name}'s folder then, so nothing was sent.",
    "Fill it in step 4, then book it again.",
)
UNSENT_FOLDER_OTHER = replace(
    UNSENT_FOLDER_EMPTY,
    code="FOLDER-OTHER",
    because="You booked at {booked}. {name}'s folder named another account then, so nothing was sent.",
    remedy="Name {account} in step 4, then book it again.",
)
UNSENT_SUSPENDED = replace(
    UNSENT_FOLDER_EMPTY,
    code="USER-SUSPENDED",
    because="You booked at {booked}. {name} was marked Suspended (Login) then, so nothing was sent.",
    remedy="Clear that box in step 4, then book it again.",
)
UNSENT_OTHERWISE = replace(
    UNSENT_FOLDER_EMPTY,
    code="APPT-UNSENT",
    because="You booked at {booked}, and it was not sent.",
    remedy="Look at steps 3 and 4, then book it again.",
)

UNSENT = {verdict.code: verdict for verdict in (UNSENT_FOLDER_EMPTY, UNSENT_FOLDER_OTHER, UNSENT_SUSPENDED)}


def check(evidence: Evidence) -> Verdict:
    if arrived := evidence.sealed:
        return _sealed(arrived, evidence)
    if evidence.appointment is CANT_SEE:
        return _by_hand(evidence)
    return _judge(evidence.appointment, evidence)


def _sealed(arrived: Arrival, evidence: Evidence) -> Verdict:
    booked, verdict, cancelled = evidence.appointment, BOOKED, ""
    if booked is CANT_SEE:
        verdict = PROVED
    elif booked is not None and booked.slot_id == arrived.slot_id and booked.cancelled_at:
        verdict, cancelled = BOOKED_AND_TIDIED, point(booked.cancelled_at, evidence.now, evidence.zone)
    filled = verdict.fill(
        when=day_and_time(arrived.starts_at, evidence.zone),
        time=short_time(arrived.starts_at, evidence.zone),
        cancelled=cancelled,
    )
    return replace(filled, seen=arrived.read_at)


def _by_hand(evidence: Evidence) -> Verdict:
    said, slot = evidence.answered("said", STEP.slug), evidence.slot
    if said is None or (slot is not None and said.at < slot.given_at):
        return NOT_BEGUN
    return _again(slot, evidence) if slot is not None and evidence.slot_is_spent else SAID


def _judge(booked: Appointment | None, evidence: Evidence) -> Verdict:
    slot, asked = evidence.slot, evidence.answered("asked", STEP.slug)
    # Without a client there is no first act by which the step could begin: it has to be said before.
    if isinstance(evidence.folder, FolderFact) and not evidence.folder.has_client:
        return NO_CLIENT.fill(name=evidence.first_name)
    if slot is None:
        return NOT_BEGUN
    if evidence.slot_is_spent:
        return _again(slot, evidence) if booked is not None and booked.cancelled_at is None else NOT_BEGUN
    if booked is None:
        return _none(slot, evidence) if asked is not None and asked.at >= slot.given_at else NOT_BEGUN
    if booked.cancelled_at is not None or booked.starts_at != slot.starts_at:
        return _none(slot, evidence)
    if booked.unsent and booked.sent_at is None:
        return _unsent(booked, evidence)
    return replace(BOOKED.fill(when=day_and_time(slot.starts_at, evidence.zone)), seen=evidence.now)


def _again(slot: Slot, evidence: Evidence) -> Verdict:
    return AGAIN.fill(when=day_and_time(slot.starts_at, evidence.zone))


def _none(slot: Slot, evidence: Evidence) -> Verdict:
    zone = evidence.zone
    return replace(NONE.fill(day=day(slot.starts_at, zone), time=clock_time(slot.starts_at, zone)), seen=evidence.now)


def _unsent(booked: Appointment, evidence: Evidence) -> Verdict:
    at, setting = point(booked.booked_at, evidence.now, evidence.zone), evidence.setting
    if booked.unsent != "SET-OFF":
        verdict = UNSENT.get(booked.unsent, UNSENT_OTHERWISE)
        return verdict.fill(booked=at, name=evidence.first_name, account=evidence.address or "the right account")
    if isinstance(setting, SettingFact) and setting.is_on and setting.since is not None:
        return EARLY.fill(booked=at, since=point(setting.since, evidence.now, evidence.zone))
    return EARLY_AND_STILL_OFF.fill(booked=at)


STEP = Step(
    number=5,
    slug="test-appointment",
    title="Book a test appointment",
    why="Use a test client: what is sent can be read in this Google calendar.",
    once=Once.DESK,
    check=check,
    polls=frozenset({"CLIENT-NONE", "APPT-AGAIN", "APPT-NONE", "APPT-EARLY", "APPT-UNSENT"})
    | {"FOLDER-EMPTY", "FOLDER-OTHER", "USER-SUSPENDED"},
    may_be_passed_by_hand=True,
)
