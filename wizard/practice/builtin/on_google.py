"""What stands on Google of an appointment, in words. Pure."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from zoneinfo import ZoneInfo

from wizard.practice.builtin.strayed import CODES, GONE, Stray
from wizard.store.appointments import Appointment
from wizard.store.deliveries import Delivery
from wizard.when import clock_time, coming, day_and_time, day_of_year_and_time, exact_point, point

QUICK, SLOW = "3s", "10s"
"""How often a page asks: while we send; while somebody has to do something first."""

NEVER = {
    "SET-OFF": "Not sent: -233 was False when it was booked",
    "USER-SUSPENDED": "Not sent: {name} was marked Suspended (Login) when it was booked",
    "FOLDER-EMPTY": "Not sent: {name}'s folder named no Google account when it was booked",
}
HELD = {
    "SET-OFF": "Held: -233 is False",
    "USER-SUSPENDED": "Held: {name} is marked Suspended (Login)",
    "FOLDER-EMPTY": "Held: {name}'s folder names no Google account",
    "FOLDER-OTHER": "Held: {name}'s folder names another account than the one that accepted",
    "ACC-WRONG": "Held: PIMSY Calendar belongs to another account than the one that accepted",
    "CAL-NONE": "Held: PIMSY Calendar was not found yet",
    "CAL-GONE": "Held: PIMSY Calendar is gone in Google",
    "CAL-OTHERS": "Held: PIMSY Calendar belongs to somebody else",
    "GRANT-PART": "Held: a box was left empty on Google's page",
    "GOOGLE-NOCAL": "Held: Google Calendar is turned off for this account",
}


@dataclass(frozen=True, slots=True)
class Scene:
    """What the words depend on besides the appointment: whose it is, where the reader sits, where she has accepted."""

    name: str
    zone: ZoneInfo
    now: datetime
    here: int  # id of the reader's workstation; 0 where it has no name
    desks: Mapping[int, str]
    accepted_at: Collection[int]


class Act(Enum):
    """What somebody may choose about an event that was changed in Google; the value is what a form says."""

    PUT_BACK = "put back"
    TAKE_OVER = "take over"
    PUT_AGAIN = "put again"
    CANCEL = "cancel"
    TAKE_AWAY = "take away"
    LEAVE = "leave"


@dataclass(frozen=True, slots=True)
class Choice:
    """A button, and what it does."""

    act: Act
    words: str


@dataclass(frozen=True, slots=True)
class Standing:
    """The words; how often it is worth asking for newer ones, empty when settled; what the reader can do about it.

    `choices` are about what stands in Google under the etag `about`, and about nothing later; `card` is the code of the
    card that explains them.
    """

    words: str
    pace: str = ""
    can_be_tried: bool = False
    waits_here: bool = False  # for an acceptance at the reader's own computer
    choices: tuple[Choice, ...] = ()
    about: str = ""
    card: str = ""


def standing(appointment: Appointment, delivery: Delivery | None, scene: Scene, stray: Stray | None = None) -> Standing:
    """What stands on Google of this appointment, given what is owed to Google for it, and how it was changed there."""
    if appointment.unsent:
        return Standing(NEVER[appointment.unsent].format(name=scene.name))
    if appointment.cancelled_at is not None and not appointment.calendar_id:
        return Standing("Never sent to Google: cancelled before")
    if stray is not None and not stray.is_decided:
        return _changed(appointment, stray, scene)
    if delivery is not None:
        return owed(delivery, scene)
    if appointment.removed_at is not None:
        return Standing(f"Gone from Google {exact_point(appointment.removed_at, scene.now, scene.zone)}")
    if appointment.cancelled_at is not None:
        return Standing("Cancelled here, left in Google")
    sent_at = appointment.sent_at or appointment.changed_at
    return Standing(f"On Google: sent {exact_point(sent_at, scene.now, scene.zone)}")


def _changed(appointment: Appointment, stray: Stray, scene: Scene) -> Standing:
    """Somebody moved or deleted it there: both sides, since when we know, and the choice."""
    seen = exact_point(stray.seen_at, scene.now, scene.zone)
    here = times(appointment.starts_at, appointment.ends_at, appointment.minutes, scene.zone)
    if stray.code == GONE:
        words = f"Deleted in Google, seen {seen}. Here it is {here}."
        choices = (Choice(Act.PUT_AGAIN, "Put it there again"), Choice(Act.CANCEL, "Cancel it here too"))
    else:
        there = times(stray.starts_at, stray.ends_at, appointment.minutes, scene.zone, near=appointment.starts_at)
        words = f"In Google it stands at {there}, seen {seen}. Here it is {here}."
        choices = (Choice(Act.PUT_BACK, f"Put it back to {here}"), Choice(Act.TAKE_OVER, f"Take over {there}"))
        if appointment.cancelled_at is not None:
            words = f"In Google it stands at {there}, seen {seen}. Here it is cancelled."
            choices = (Choice(Act.TAKE_AWAY, "Take it out of Google"), Choice(Act.LEAVE, "Leave it in Google"))
    return Standing(words, SLOW, choices=choices, about=stray.etag, card=stray.code)


def times(
    starts_at: datetime | None, ends_at: datetime | None, minutes: int, zone: ZoneInfo, near: datetime | None = None
) -> str:
    """10:00 AM; with its day, and its year, where those are not `near`'s, and its end where it is not `minutes` long."""
    if starts_at is None or ends_at is None:
        return "another time"
    known, there = (near or starts_at).astimezone(zone), starts_at.astimezone(zone)
    in_words = day_and_time if known.year == there.year else day_of_year_and_time
    words = clock_time(starts_at, zone) if known.date() == there.date() else in_words(starts_at, zone)
    if ends_at - starts_at == timedelta(minutes=minutes):
        return words
    is_one_day = starts_at.astimezone(zone).date() == ends_at.astimezone(zone).date()
    return f"{words} to {(clock_time if is_one_day else day_and_time)(ends_at, zone)}"


def owed(delivery: Delivery, scene: Scene) -> Standing:
    """What keeps Google from having confirmed it."""
    if delivery.workstation_id not in scene.accepted_at:
        is_here = delivery.workstation_id == scene.here
        where = "this computer" if is_here else scene.desks.get(delivery.workstation_id, "another computer")
        held = f"Held until {scene.name} accepts on {where}"
        if delivery.reason == "REVOKED-PIMSY":
            held = f"Held: the permission was removed at Google. {scene.name} accepts once more on {where}"
        if delivery.reason == "ORG-POLICY":
            held = (
                "Held: the organisation's Google administrator has to allow PIMSY Calendar Integration. "
                f"Then {scene.name} accepts once more on {where}"
            )
        return Standing(held, SLOW, waits_here=is_here)
    if delivery.reason in HELD:
        return Standing(HELD[delivery.reason].format(name=scene.name), SLOW, can_be_tried=True)
    if delivery.reason in {"", "REVOKED-PIMSY", "ORG-POLICY", *CODES} or delivery.failing_since is None:
        return Standing("On its way to Google", QUICK)
    since = point(delivery.failing_since, scene.now, scene.zone)
    again = "next try within a minute"
    if delivery.due_at - scene.now >= timedelta(minutes=1):
        again = f"next try {coming(delivery.due_at, scene.now, scene.zone)}"
    waits = {
        "GOOGLE-BUSY": f"Waiting for Google since {since}, {again}",
        "QUOTA": f"Google has paused changes for this account since {since}, {again}",
        "OPERATOR-SETUP": f"Google has refused this wizard since {since}, {again}. "
        "Whoever runs it has to put its set-up at Google right. It is not something you did",
    }
    ours = f"Waiting since {since}, {again}. It is not something you did"
    if delivery.fault:
        ours = f"{ours}. Tell support the number {delivery.fault}"
    return Standing(waits.get(delivery.reason, ours), QUICK, can_be_tried=True)
