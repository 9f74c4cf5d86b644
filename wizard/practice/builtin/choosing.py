"""What somebody chose about an event of ours that was changed in Google: ours holds, theirs holds, or it is let go.

A choice is about one state of the event, named by its etag. The caller ends the transaction, and wakes the background.
"""

from datetime import datetime, timedelta

from wizard.practice.builtin import calendar, typed
from wizard.practice.builtin.calendar import Refused
from wizard.practice.builtin.on_google import Act
from wizard.practice.builtin.strayed import GONE, Stray, stray_of
from wizard.practice.builtin.typed import Rules
from wizard.store import appointments, deliveries, log, seen_events
from wizard.store.appointments import Appointment
from wizard.store.people import Person

SHORTEST, LONGEST = timedelta(minutes=typed.SHORTEST), timedelta(minutes=typed.LONGEST)
MINUTE = timedelta(minutes=1)

NOTED = {
    Act.PUT_BACK: "put back in Google",
    Act.TAKE_OVER: "taken over from Google",
    Act.PUT_AGAIN: "put into Google again",
    Act.CANCEL: "cancelled as in Google",
    Act.TAKE_AWAY: "taken out of Google",
    Act.LEAVE: "left in Google",
}
"""As each stands in the log."""


class MovedOn(Exception):
    """What stands in Google is no longer what the choice was about."""


def choose(
    person: Person, appointment: Appointment, act: Act, about: str, rules: Rules, *, at: datetime, who: str
) -> bool:
    """Do it; False where nothing is left to choose, as after a second press. Raises MovedOn, and Refused as `move` does."""
    appointments.hold_calendar(person.id)
    seen = seen_events.of([appointment.id]).get(appointment.id)
    is_owed = appointment.id in deliveries.open_of([appointment.id])
    stray = stray_of(appointment, seen, is_owed=is_owed)
    if stray is None or seen is None or (stray.is_decided and stray.etag == about):
        return False
    if stray.etag != about or act not in _open_to(appointment, stray):
        raise MovedOn
    if act is not Act.LEAVE:
        seen.overruled = stray.etag  # also where theirs holds: what is changed here next is not held up by it again
    match act:
        case Act.TAKE_OVER:
            _take_over(person, appointment, stray, rules, at=at, who=who)
        case Act.CANCEL:
            calendar.cancel(person, appointment, at=at, who=who)
        case Act.LEAVE:
            deliveries.let_go(appointment.id, at)
        case Act.PUT_BACK | Act.PUT_AGAIN | Act.TAKE_AWAY:
            deliveries.owe(appointment, at)
    deliveries.recheck([appointment.id], at)
    log.add(
        f"appointment {NOTED[act]}",
        at=at,
        who=who,
        person_id=person.id,
        workstation_id=appointment.workstation_id,
    )
    return True


def _open_to(appointment: Appointment, stray: Stray) -> frozenset[Act]:
    if appointment.cancelled_at is not None:
        return frozenset({Act.TAKE_AWAY, Act.LEAVE})
    return frozenset({Act.PUT_AGAIN, Act.CANCEL} if stray.code == GONE else {Act.PUT_BACK, Act.TAKE_OVER})


def _take_over(person: Person, appointment: Appointment, stray: Stray, rules: Rules, *, at: datetime, who: str) -> None:
    """The time and the length that stand there, on the clinic's grid or not. Google hears of it: then both agree."""
    if stray.starts_at is None or stray.ends_at is None:
        raise MovedOn
    if abs(stray.starts_at - at) > typed.FARTHEST:
        raise Refused(("choice", "In Google it stands more than two years from today. Change it there, or put it back"))
    length = stray.ends_at - stray.starts_at
    if not SHORTEST <= length <= LONGEST or length % MINUTE:
        told = f"In Google it lasts longer or shorter than an appointment here may: {typed.SHORTEST} to {typed.LONGEST}"
        raise Refused(("choice", f"{told} minutes. Change it there, or put it back"))
    calendar.place(person, appointment, stray.starts_at, int(length / MINUTE), rules, at=at, who=who)
