"""Step 6: the very appointment of this computer's test time is read in the pinned calendar, by the permission that reads.

Where the practice system can be read, this person must also have accepted at this computer before the event was read.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from wizard import stayed
from wizard.evidence import ARRIVAL_MAY_TAKE, Appointment, Arrival, Evidence, Purpose, Slot
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
from wizard.when import clock_time, day_and_time, exact_point, hours, minutes, point, short_time

ARRIVED = Verdict(
    Status.VERIFIED,
    "ARRIVED",
    "The appointment of {workstation}'s time arrived at {at} in PIMSY Calendar of {account}.",
)
ARRIVED_ACCEPTED = replace(ARRIVED, note="{name} accepted on this computer at {accepted}.")
LATE = replace(ARRIVED, code="EVT-LATE", note="Arrived after {minutes}. All is well.")
LATE_ACCEPTED = replace(
    LATE, note="Arrived after {minutes}. All is well. {name} accepted on this computer at {accepted}."
)
EARLIER = replace(ARRIVED, code="ARRIVED-EARLIER", note="The {time} appointment is looked for now.")
PAGE_NOT_NEEDED = replace(
    ARRIVED, code="PAGE-NOT-NEEDED", note="It arrived without a new permission: PIMSY already had one."
)
REVOKED_PIMSY = Verdict(
    Status.NEEDS_ATTENTION,
    "REVOKED-PIMSY",
    "The permission of {integration} was removed at Google.",
    "Repair: remove {integration} at Google if it still stands there, then do steps 2, 5 and 6 at each computer.",
)
REVOKED_BY_HAND = replace(
    REVOKED_PIMSY,
    because="New appointments have not arrived since {since}.",
    remedy="Whose appointment is it? It must be {name}'s. If it is, repair: remove {integration} at Google, then do"
    " steps 2, 5 and 6 at each computer.",
)
AUTH_NONE = Verdict(
    Status.NOT_CHECKED,
    "AUTH-NONE",
    "Google's page has not been accepted on this computer yet.",
    "Open Google's page, look at the address on it, and click Continue.",
    note="not begun",
)
NO_CHECKER = Verdict(
    Status.NOT_CHECKED,
    "EVT-UNSEEN",
    "Connect {checker} in step 1; then we can see whether the appointment arrives.",
    note="cannot be seen",
)
CANCELLED = Verdict(
    Status.NEEDS_ATTENTION,
    "EVT-CANCELLED",
    "It arrived and was deleted on Google before we could see it live.",
    "Book it again.",
    amber=True,
)
TIME = Verdict(
    Status.NEEDS_ATTENTION,
    "EVT-TIME",
    "An appointment arrived at {found}, not {wanted}.",
    "Book it again: step 5 shows the new test time for {workstation}.",
    amber=True,
)
DAY = replace(TIME, because="An appointment arrived for {found}, not for {wanted}.")
ZONE = Verdict(
    Status.NEEDS_ATTENTION,
    "EVT-ZONE",
    "The right appointment, {hours} off: {found}, not {wanted}.",
    "Compare three time zones: the clinic's here ({zone}), PIMSY's, and the one in Google Calendar's settings."
    " Then book it again.",
    amber=True,
)
LOOK_IN_PIMSY = ("Is -233 True and saved?", "Does the folder name {account}?")
WAITING = Verdict(Status.WAITING, "EVT-NONE", "Waiting for the {time} appointment in PIMSY Calendar.")
NONE = Verdict(
    Status.NEEDS_ATTENTION,
    "EVT-NONE",
    "The {time} appointment has not arrived.",
    "In this order:",
    in_order=(
        "Whose appointment is it? It must be {name}'s.",
        *LOOK_IN_PIMSY,
        "Was Google's page seen on this computer?",
    ),
)

NOT_IN_MAIN = "It is not in the main calendar either, looked at {looked}."
WRONG_CALENDAR = Verdict(
    Status.NEEDS_ATTENTION,
    "EVT-WRONGCAL",
    "It arrived, but in {account}'s main calendar.",
    "Check the calendar's name in step 1, then book it again.",
)
OTHER_ACCOUNT = Verdict(
    Status.NEEDS_ATTENTION,
    "EVT-OTHERACC",
    "The {time} appointment reached {found}.",
    "Do step 2 again, remove {integration} from {found} at Google, then do steps 5 and 6 again.",
)
PAGE_NONE = Verdict(
    Status.WAITING,
    "PAGE-NONE",
    "No Google page opened. We look for the appointment all the same.",
    "In this order:",
    in_order=("Look behind PIMSY's window.", *LOOK_IN_PIMSY, "Close PIMSY, open it, then book it again."),
)
PAGE_NONE_PORTAL = replace(
    PAGE_NONE,
    in_order=(
        "Look at this browser's other tabs. Did it hold back a window?",
        *LOOK_IN_PIMSY,
        "Close the Portal, open it, then book it again.",
    ),
)

LARGEST_SHIFT = timedelta(hours=14)
"""Between two clocks of the inhabited world: what is further off is another appointment, not another zone."""

SHIFT = timedelta(minutes=30)


def check(evidence: Evidence) -> Verdict:
    if proof := _proof(evidence):
        return _arrived(proof, evidence)
    grant, slot, booked_at = evidence.integration, evidence.slot, evidence.booked_at
    if grant is not None and grant.is_dead:
        revoked = REVOKED_PIMSY.fill(integration=evidence.integration_name)
        return wrong_since(evidence, Purpose.INTEGRATION, grant.died_at) or revoked
    if slot is None or booked_at is None or evidence.slot_is_spent:
        return NOT_BEGUN
    if evidence.practice_is_readable and not evidence.holds_authorization:
        return wrong_since(evidence, Purpose.INTEGRATION, booked_at) or AUTH_NONE
    return _look(slot, booked_at, evidence)


def _proof(evidence: Evidence) -> Arrival | None:
    """What is sealed, if it was read under this desk's acceptance; by hand nobody can tell who accepted where."""
    sealed, given = evidence.sealed, evidence.authorization
    if sealed is None or not evidence.practice_is_readable:
        return sealed
    is_of_this_desk = evidence.holds_authorization and given is not None and given.generation == sealed.generation
    return sealed if is_of_this_desk else None


def _arrived(proof: Arrival, evidence: Evidence) -> Verdict:
    given, took = evidence.authorization, _took(proof, evidence)
    is_late = took is not None and took > ARRIVAL_MAY_TAKE
    if evidence.practice_is_readable and given is not None:
        verdict = LATE_ACCEPTED if is_late else ARRIVED_ACCEPTED
        accepted = exact_point(given.at, evidence.now, evidence.zone)
    else:
        verdict, accepted = _arrived_by_hand(proof, evidence, LATE if is_late else ARRIVED), ""
    filled = verdict.fill(
        workstation=evidence.workstation,
        at=exact_point(proof.read_at, evidence.now, evidence.zone),
        account=evidence.address or "this person",
        name=evidence.first_name,
        accepted=accepted,
        minutes=minutes(took or timedelta()),
        time=short_time(evidence.slot.starts_at, evidence.zone) if evidence.slot else "",
    )
    return replace(filled, seen=proof.read_at)


def _arrived_by_hand(proof: Arrival, evidence: Evidence, verdict: Verdict) -> Verdict:
    is_newest = evidence.slot is not None and evidence.slot.id == proof.slot_id
    if is_newest:
        return PAGE_NOT_NEEDED if evidence.has_no_page else verdict
    return EARLIER if evidence.booked_at is not None else verdict


def _took(proof: Arrival, evidence: Evidence) -> timedelta | None:
    """How long it was under way, by Google's own time of the event where it is known; None where nobody can tell."""
    booked, given, told = evidence.appointment, evidence.authorization, evidence.booked_at
    begun: list[datetime] = []
    if isinstance(booked, Appointment) and booked.slot_id == proof.slot_id and given is not None:
        begun = [booked.booked_at, given.at]
    elif not evidence.practice_is_readable and told is not None:
        begun = [told]
    # Whoever accepted again since then tells nothing about this appointment.
    return (proof.created or proof.read_at) - max(begun) if begun and max(begun) <= proof.read_at else None


def _look(slot: Slot, booked_at: datetime, evidence: Evidence) -> Verdict:
    checker, seen, pin = evidence.checker, evidence.arrival, evidence.pinned
    if checker is None:
        return NO_CHECKER.fill(checker=evidence.checker_name)
    if seen is not None and not seen.is_live:
        return replace(aside(CANCELLED, evidence.arrival_failure), seen=seen.last_read_at)
    if seen is not None and seen.starts_at != slot.starts_at:
        return replace(aside(_elsewhen(seen, slot, evidence), evidence.arrival_failure), seen=seen.last_read_at)
    if checker.is_dead:
        return checker_revoked(evidence)
    if verdict := answer(evidence.arrival_failure, evidence):
        return verdict
    if pin is not None and evidence.pinned_is_gone:
        return calendar_gone(evidence, pin)
    if told := None if evidence.practice_is_readable else stayed.told(evidence, "accept", booked_at, is_of_pimsy=True):
        return replace(aside(told, evidence.arrival_failure), seen=evidence.arrival_looked_at)
    return _not_yet(slot, evidence)


def _not_yet(slot: Slot, evidence: Evidence) -> Verdict:
    if evidence.arrival_looked_at is None and evidence.arrival_failure:
        return unseen(evidence.arrival_failure, evidence)
    verdict = _absent(evidence).fill(
        time=short_time(slot.starts_at, evidence.zone),
        name=evidence.first_name,
        account=evidence.address,
        integration=evidence.integration_name,
        found=evidence.in_other.value or "",
        since=point(last.read_at, evidence.now, evidence.zone) if (last := evidence.last_arrival) else "",
        looked=point(looked, evidence.now, evidence.zone) if (looked := evidence.in_main.last_seen) else "",
    )
    failure = evidence.arrival_failure or evidence.in_main.failure or evidence.in_other.failure
    return replace(aside(verdict, failure), seen=evidence.arrival_looked_at)


def _absent(evidence: Evidence) -> Verdict:
    """It is not in PIMSY Calendar: what says most about where it stayed."""
    if evidence.in_main.value:
        return WRONG_CALENDAR
    if evidence.in_other.value:
        return OTHER_ACCOUNT
    is_by_hand, is_overdue = not evidence.practice_is_readable, evidence.arrival_is_overdue
    if is_by_hand and is_overdue and evidence.last_arrival:
        verdict = REVOKED_BY_HAND
    elif is_by_hand and evidence.has_no_page:
        verdict = PAGE_NONE_PORTAL if evidence.is_portal else PAGE_NONE
        verdict = replace(verdict, status=Status.NEEDS_ATTENTION, amber=True) if is_overdue else verdict
    else:
        verdict = NONE if is_overdue else WAITING
    return replace(verdict, note=NOT_IN_MAIN) if is_overdue and evidence.in_main.value is False else verdict


def _elsewhen(seen: Arrival, slot: Slot, evidence: Evidence) -> Verdict:
    """The appointment at another time: a shift by whole or half hours is a matter of zones where nobody booked it so."""
    zone, shift = evidence.zone, seen.starts_at - slot.starts_at
    here, there = seen.starts_at.astimezone(zone), slot.starts_at.astimezone(zone)
    is_same_day = here.date() == there.date()
    if not evidence.practice_is_readable and not shift % SHIFT and abs(shift) <= LARGEST_SHIFT:
        told = clock_time if is_same_day else day_and_time
        return ZONE.fill(hours=hours(shift), found=told(here, zone), wanted=told(there, zone), zone=zone.key)
    if not is_same_day:
        told, verdict = day_and_time, DAY
    else:
        told, verdict = (short_time if f"{here:%p}" == f"{there:%p}" else clock_time), TIME
    return verdict.fill(found=told(here, zone), wanted=told(there, zone), workstation=evidence.workstation)


STEP = Step(
    number=6,
    slug="accept",
    title="Accept on Google's page",
    why="Appointments go to the account on that page.",
    once=Once.DESK,
    check=check,
    polls=WEATHER
    | {"GOOGLE-PAGE-STAYED", "CAL-GONE", EARLIER.code, "PAGE-NONE", "EVT-NONE", "EVT-WRONGCAL", "EVT-OTHERACC"}
    | {"EVT-TIME", "EVT-ZONE", "EVT-CANCELLED"},
)
