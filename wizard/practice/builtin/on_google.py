"""What stands on Google of an appointment, in words. Pure."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from wizard.store.appointments import Appointment
from wizard.store.deliveries import Delivery
from wizard.when import exact_point, point

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


@dataclass(frozen=True, slots=True)
class Standing:
    """The words; how often it is worth asking for newer ones, empty when settled; what the reader can do about it."""

    words: str
    pace: str = ""
    can_be_tried: bool = False
    waits_here: bool = False  # for an acceptance at the reader's own computer


def standing(appointment: Appointment, delivery: Delivery | None, scene: Scene) -> Standing:
    """What stands on Google of this appointment, given what is still owed to Google for it, if anything."""
    if appointment.unsent:
        return Standing(NEVER[appointment.unsent].format(name=scene.name))
    if appointment.cancelled_at is not None and not appointment.calendar_id:
        return Standing("Never sent to Google: cancelled before")
    if delivery is not None:
        return owed(delivery, scene)
    if appointment.removed_at is not None:
        return Standing(f"Gone from Google {exact_point(appointment.removed_at, scene.now, scene.zone)}")
    sent_at = appointment.sent_at or appointment.changed_at
    return Standing(f"On Google: sent {exact_point(sent_at, scene.now, scene.zone)}")


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
    if delivery.reason in {"", "REVOKED-PIMSY", "ORG-POLICY"} or delivery.failing_since is None:
        return Standing("On its way to Google", QUICK)
    since = point(delivery.failing_since, scene.now, scene.zone)
    again = "next try within a minute"
    if delivery.due_at - scene.now >= timedelta(minutes=1):
        again = f"next try {point(delivery.due_at, scene.now, scene.zone)}"
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
