"""What deliveries have to say to Google, read in one transaction; or what holds them back."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from wizard.google import Event
from wizard.practice.builtin import backoff, settings
from wizard.practice.builtin.calendar import kept_back
from wizard.practice.builtin.strayed import stray_of
from wizard.practice.builtin.summary import INITIALS, summary
from wizard.store import appointments, clients, clinics, deliveries, folders, grants, locks, pins, seen_events
from wizard.store.appointments import Appointment
from wizard.store.database import of_every_clinic
from wizard.store.deliveries import Delivery
from wizard.store.folders import Folder
from wizard.store.grants import Grant
from wizard.store.pins import Pin
from wizard.store.seen_events import SeenEvent

SOON_S = 1.0
Chance = Callable[[], float]
"""A random number from 0 to 1."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A worker's hold of a delivery: its fence, the end of its lease, and the time after which it asks Google no more."""

    delivery_id: int
    fence: int
    deadline: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class Errand:
    """One appointment as it is now, and where it goes. `moved_from` is a calendar that another one has replaced.

    `event.etag` is what stands there as far as we know; `over` that of what somebody chose to have overwritten.
    """

    clinic_id: int
    appointment_id: int
    grant_id: int
    lock: str
    lock_fence: int
    calendar_id: str
    event: Event
    changed_at: datetime
    is_cancelled: bool
    was_sent: bool
    moved_from: str
    failures: int  # tries in a row that did not succeed, before this one
    over: str = ""

    @property
    def questions(self) -> int:
        """How many Google is asked as a rule: what was sent before is read first, unless we know what stands there."""
        return 2 if (self.was_sent or self.is_cancelled) and not self.event.etag else 1


@dataclass(frozen=True, slots=True)
class Setback:
    """Why Google has not confirmed it, and when to try again. Without a reason: nothing is wrong, only not yet.

    `is_of_account`: what waits for the same account waits as well. `fault` is the number to quote to support.
    `is_too_fast`: Google asked for fewer questions.
    """

    reason: str
    wait_s: float
    is_try: bool = False
    is_of_account: bool = True
    fault: str = ""
    is_too_fast: bool = False


LATER = Setback("", SOON_S, is_of_account=False)
"""Somebody else talks to Google for this account, or our time is nearly up."""

DEAD = Setback("REVOKED-PIMSY", SOON_S)
"""Held from now on by the claim's own query, until a new consent; then it goes at once."""

BLOCKED = Setback("ORG-POLICY", SOON_S)
"""The same: the organisation has blocked us, and its Google administrator comes first."""


@dataclass(frozen=True, slots=True)
class Around:
    """All that the errands of some people depend on beside their appointments, read at once. By person, or by clinic."""

    grants: Mapping[int, Grant]
    pins: Mapping[int, Pin]
    folders: Mapping[int, Folder]
    on_in: Collection[int]
    titles: Mapping[int, str]
    client_names: Mapping[int, str]
    seen: Mapping[int, SeenEvent]  # by appointment

    def held(self, appointment: Appointment, grant: Grant) -> str:
        """The code of what the clinic or the person has to put right first."""
        folder, pin = self.folders.get(appointment.person_id), self.pins.get(appointment.person_id)
        if reason := kept_back(folder, is_on=appointment.clinic_id in self.on_in):
            return reason
        if folder is None or folder.google_account.casefold() != grant.email.casefold():
            return "FOLDER-OTHER"
        if pin is None:
            return "CAL-NONE"
        return "" if pin.sub == grant.sub else "ACC-WRONG"

    def event(self, appointment: Appointment, grant: Grant, seen: SeenEvent | None) -> Event:
        """As it is to be, with what we know of what stands there."""
        is_there = seen is not None and seen.calendar_id == appointment.calendar_id and not seen.is_gone
        return Event(
            id=appointment.event_id,
            mark=appointment.event_id,
            starts_at=appointment.starts_at,
            ends_at=appointment.ends_at,
            zone=appointment.zone_name,
            summary=summary(
                self.titles[appointment.clinic_id],
                appointment.client_id,
                self.client_names.get(appointment.client_id, ""),
                is_test=appointment.slot_id is not None,
                is_managed=bool(grant.hd),
            ),
            etag=seen.etag if seen is not None and is_there else "",
            is_touched=seen is not None and seen.is_touched,
        )


def read(turns: Sequence[Turn], now: datetime, chance: Chance) -> dict[int, Errand | Setback | None]:
    """By delivery: the errand, with its account locked; what holds it back; None where there is nothing to say.

    In whichever clinics, in a constant number of queries. Where a calendar goes to is noted in the same transaction, which
    the caller ends before anything is said to Google: see _is_unheard_of.
    """
    with of_every_clinic():
        rows = {row.id: row for row in deliveries.of_ids([turn.delivery_id for turn in turns])}
        found = appointments.to_write({row.appointment_id for row in rows.values()})
        around = _around(list(found.values()))
        told: dict[int, Errand | Setback | None] = {}
        ready: list[tuple[Turn, Delivery, Appointment]] = []
        for turn in turns:
            row = rows.get(turn.delivery_id)
            appointment = found.get(row.appointment_id) if row else None
            if row is None or appointment is None or _is_unheard_of(appointment):
                told[turn.delivery_id] = None
            elif setback := _setback(appointment, around, turn, now, chance):
                told[turn.delivery_id] = setback
            else:
                ready.append((turn, row, appointment))
        fences = _take_locks(ready, around, now)
        for turn, row, appointment in ready:
            grant, pin = around.grants[appointment.person_id], around.pins[appointment.person_id]
            lock = deliveries.account(grant.sub)
            fence = fences.pop(lock, None)  # of two of one account the second has to wait
            told[turn.delivery_id] = _errand(row, appointment, around, grant, pin, fence) if fence else LATER
        return told


def _around(there: Sequence[Appointment]) -> Around:
    people, in_clinics = list({row.person_id for row in there}), {row.clinic_id for row in there}
    titles = clinics.event_titles(in_clinics)
    told = {row.client_id for row in there if titles[row.clinic_id] == INITIALS}
    return Around(
        grants={grant.person_id: grant for grant in grants.standing(people) if grant.permission == "integration"},
        pins=pins.newest(people),
        folders=folders.of_people(people),
        on_in=settings.on_in(in_clinics),
        titles=titles,
        client_names=clients.names_of(told) if told else {},
        seen=seen_events.of([row.id for row in there]),
    )


def _setback(appointment: Appointment, around: Around, turn: Turn, now: datetime, chance: Chance) -> Setback | None:
    grant = around.grants.get(appointment.person_id)
    if grant is None or grant.is_dead:
        return DEAD
    if reason := around.held(appointment, grant):
        return Setback(reason, backoff.slow(chance()))
    stray = stray_of(appointment, around.seen.get(appointment.id), is_owed=True)
    if stray is not None and not stray.is_decided:
        return of_stray(stray.code, chance)
    return LATER if now >= turn.deadline else None


def of_stray(code: str, chance: Chance) -> Setback:
    """Somebody changed it in Google: it waits for a choice, and nothing else of the account waits with it."""
    return Setback(code, backoff.slow(chance()), is_of_account=False)


def _take_locks(ready: Sequence[tuple[Turn, Delivery, Appointment]], around: Around, now: datetime) -> dict[str, int]:
    if not ready:
        return {}
    names = {deliveries.account(around.grants[appointment.person_id].sub) for _, _, appointment in ready}
    return locks.take_all(names, now, min(turn.until for turn, _, _ in ready) - now)


def _errand(row: Delivery, appointment: Appointment, around: Around, grant: Grant, pin: Pin, lock_fence: int) -> Errand:
    seen = around.seen.get(appointment.id)
    stray = stray_of(appointment, seen, is_owed=True)
    is_cancelled = appointment.cancelled_at is not None
    moved_from = appointment.calendar_id if appointment.calendar_id not in {"", pin.calendar_id} else ""
    if not is_cancelled and not moved_from:
        appointment.calendar_id = pin.calendar_id  # before the first send: see _is_unheard_of
    return Errand(
        clinic_id=appointment.clinic_id,
        appointment_id=appointment.id,
        grant_id=grant.id,
        lock=deliveries.account(grant.sub),
        lock_fence=lock_fence,
        calendar_id=pin.calendar_id,
        event=around.event(appointment, grant, None if moved_from else seen),
        changed_at=appointment.changed_at,
        is_cancelled=is_cancelled,
        was_sent=appointment.sent_at is not None and not moved_from,
        moved_from=moved_from,
        failures=row.tries,
        over=stray.etag if stray is not None else "",
    )


def _is_unheard_of(appointment: Appointment) -> bool:
    """Cancelled before anything of it was said to Google: its calendar is noted before the first word."""
    return appointment.cancelled_at is not None and not appointment.calendar_id
