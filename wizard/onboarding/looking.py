"""Looking again: ask Google, and store what was seen. No judging here, and no transaction open while Google is asked."""

import logging
import threading
from collections.abc import Callable, Collection
from datetime import timedelta
from enum import Enum
from functools import partial
from typing import Any

from wizard.clock import Clock
from wizard.evidence import Appointment, Arrival, Evidence, PinnedNow, Slot
from wizard.google import CalendarGone, Google, GoogleTrouble, GrantDead
from wizard.onboarding import neighbours, seen_as
from wizard.onboarding.evidence import grant_of
from wizard.onboarding.recognising import AROUND, ByMark, ByTime
from wizard.onboarding.referring import note_of, written
from wizard.steps.create_calendar import qualifying
from wizard.store import deliveries, grants, pins, sightings
from wizard.store.database import db
from wizard.store.people import Person
from wizard.store.workstations import Workstation

MAIN = "primary"
"""How Google's interface calls an account's main calendar."""

PACE = timedelta(seconds=3)
PRESSED_PACE = timedelta(seconds=1)
COOLING = (timedelta(seconds=10), timedelta(seconds=20), timedelta(seconds=40), timedelta(seconds=60))
"""After a look that did not succeed, Google is left alone for so long; a press goes through all the same."""

log = logging.getLogger(__name__)


class Looked(Enum):
    """What became of the wish to look."""

    SEEN = "seen"
    IN_PART = "in part"
    NOT_SEEN = "not seen"
    TOO_SOON = "too soon"
    NO_ROOM = "no room"
    NOTHING_TO_ASK = "nothing to ask"


class Looking:
    """Asks Google on behalf of one person at a time; at most half of the server's threads may be inside Google."""

    def __init__(self, google: Google, clock: Clock, threads: int) -> None:
        self._google, self._clock = google, clock
        self.room = threading.BoundedSemaphore(max(1, threads // 2))
        """Whoever else asks Google in somebody's request shares it."""

    def again(
        self, person: Person, workstation: Workstation, slug: str, evidence: Evidence, *, pressed: bool = False
    ) -> Looked:
        """Ask what the step of that slug needs to know. One question at most."""
        if slug == "create-calendar":
            return self._calendars(person, workstation, pressed=pressed)
        if slug == "accept":
            return self._arrival(person, workstation, evidence, pressed=pressed)
        return Looked.NOTHING_TO_ASK

    def for_writing(self, person: Person, workstation: Workstation) -> Looked:
        """Without the checker the Stand-in finds its calendar by the name, as PIMSY does. It proves nothing."""
        grant = grants.of(person.id, "integration")
        if grants.of(person.id, "checker") is not None or grant is None or grant.is_dead:
            return Looked.NOTHING_TO_ASK
        return self._calendars_by(grant, person, workstation, pressed=True)

    def title(self, person: Person, arrival: Arrival) -> str | None:
        """The title of the event that arrived, as Google holds it now; None: it is gone, or nobody may look.

        It may name a client: it is kept nowhere. Raises GoogleTrouble.
        """
        grant = grants.of(person.id, "checker")
        if grant is None or grant.is_dead:
            return None
        grant_id = grant.id
        db.session.commit()
        return self._google.title(grant_id, arrival.calendar_id, arrival.event_id)

    def permission_lives(self, grant_id: int) -> bool:
        """Ask Google whether a permission is alive; a dead one is noted on its grant. Raises GoogleTrouble otherwise."""
        try:
            self._google.refresh(grant_id)
        except GrantDead:
            return False
        return True

    def _calendars(self, person: Person, workstation: Workstation, *, pressed: bool) -> Looked:
        grant = grants.of(person.id, "checker")
        if grant is None or grant.is_dead:
            return Looked.NOTHING_TO_ASK
        return self._calendars_by(grant, person, workstation, pressed=pressed)

    def _calendars_by(self, grant: grants.Grant, person: Person, workstation: Workstation, *, pressed: bool) -> Looked:
        grant_id, account = grant.id, grant_of(grant).account
        person_id, workstation_id = person.id, workstation.id

        def keep(subject: sightings.Subject, calendars: Any) -> None:
            now = self._clock()
            sightings.note(subject, seen_as.store_calendars(calendars), now)
            found, pinned = qualifying(calendars, account), pins.of(person_id)
            if found is not None and (pinned is None or (pinned.calendar_id, pinned.sub) != (found.id, account.sub)):
                pins.add(person_id, workstation_id, account.sub, found.id, now)
                deliveries.hasten(now, person_id)  # what waited for a calendar has one

        return self._ask(
            ("calendars", person_id, None, account.sub), lambda: self._google.calendars(grant_id), keep, pressed=pressed
        )

    def _arrival(self, person: Person, workstation: Workstation, evidence: Evidence, *, pressed: bool) -> Looked:
        grant, pin = grants.of(person.id, "checker"), pins.of(person.id)
        slot, wanted = evidence.slot, _wanted(person, workstation, evidence)
        if grant is None or grant.is_dead or pin is None or slot is None or wanted is None:
            return Looked.NOTHING_TO_ASK
        grant_id, sub, calendar_id, person_id = grant.id, grant.sub, pin.calendar_id, person.id
        is_marked, given = isinstance(wanted, ByMark), evidence.authorization
        generation = given.generation if is_marked and given else 0

        def ask() -> Any:
            try:
                if isinstance(wanted, ByMark):
                    return self._google.events(grant_id, calendar_id, mark=wanted.mark)
                return self._google.events_between(
                    grant_id, calendar_id, slot.starts_at - AROUND, slot.starts_at + AROUND
                )
            except CalendarGone:
                return None

        def keep(subject: sightings.Subject, brought: Any) -> None:
            now = self._clock()
            pinned = PinnedNow(calendar_id, is_gone=True) if brought is None else brought.pinned
            sightings.note(sightings.subject("pinned", person_id), seen_as.store_pinned(pinned), now)
            event = wanted.pick(brought.events) if brought else None
            stored = seen_as.store_event(event, slot=slot, calendar_id=calendar_id, sub=sub, generation=generation)
            sightings.note(subject, stored, now)

        return self._ask(("arrival", person_id, workstation.id, slot.id), ask, keep, pressed=pressed)

    def elsewhere(self, person: Person, workstation: Workstation, evidence: Evidence) -> None:
        """By hand, when somebody asks for it: does it stand in the main calendar, or in another account of this desk?

        What is kept is whether an event written since stands at the very test time: no title, nothing else.
        """
        slot, grant = evidence.slot, grants.of(person.id, "checker")
        if slot is None or evidence.practice_is_readable:
            return
        if grant is None or grant.is_dead:
            return
        looked = self._look_elsewhere(("main", person.id, workstation.id, slot.id), grant.id, MAIN, slot)
        for other in neighbours.of(person, workstation, slot.starts_at, self._clock()):
            if looked is Looked.NOT_SEEN:
                return  # Google is silent, and whoever pressed waits
            about = ("other", person.id, workstation.id, f"{slot.id}/{other.person_id}")
            looked = self._look_elsewhere(about, other.grant_id, other.calendar_id, slot, other.email, other.own_events)

    def _look_elsewhere(
        self,
        about: tuple[Any, ...],
        grant_id: int,
        calendar_id: str,
        slot: Slot,
        account: str = "",
        own_events: Collection[str] = (),
    ) -> Looked:
        wanted = ByTime(slot.starts_at, slot.minutes, slot.given_at)

        def ask() -> Any:
            end = slot.starts_at + timedelta(minutes=slot.minutes)
            return self._google.events_between(grant_id, calendar_id, slot.starts_at, end)

        def keep(subject: sightings.Subject, brought: Any) -> None:
            found = wanted.is_there([event for event in brought.events if event.id not in own_events])
            sightings.note(subject, {"found": found, "account": account}, self._clock())

        return self._ask(about, ask, keep, pressed=True)

    def _ask(
        self,
        about: tuple[Any, ...],
        ask: Callable[[], Any],
        keep: Callable[[sightings.Subject, Any], None],
        *,
        pressed: bool,
    ) -> Looked:
        subject = sightings.subject(*about)
        if not sightings.may_ask(subject, self._clock(), _pace(subject, pressed=pressed)):
            db.session.commit()
            return Looked.TOO_SOON
        if not self.room.acquire(blocking=False):
            db.session.commit()
            return Looked.NO_ROOM
        try:
            subject.asked_at = self._clock()
            db.session.commit()
            try:
                brought = ask()
            except GrantDead:
                return Looked.SEEN  # the vault has noted it: an answer, not a silence
            except GoogleTrouble as trouble:
                return self._not_seen(about, trouble.code, partial(note_of, trouble))
            except Exception:
                log.exception("a look ended in a fault of our own", extra={"subject": "/".join(map(str, about))})
                db.session.rollback()
                return self._not_seen(about, "OUR-FAULT", lambda before: written("", before, "our own"))
            keep(sightings.subject(*about), brought)
            db.session.commit()
            return Looked.SEEN
        finally:
            self.room.release()

    def _not_seen(self, about: tuple[Any, ...], failure: str, note: Callable[[str], str]) -> Looked:
        subject = sightings.subject(*about)
        sightings.note_failure(subject, failure, self._clock(), note(subject.failure_note))
        db.session.commit()
        return Looked.NOT_SEEN


def _wanted(person: Person, workstation: Workstation, evidence: Evidence) -> ByMark | ByTime | None:
    """How the test appointment of this desk is known again; None while there is none to look for."""
    slot, booked = evidence.slot, evidence.appointment
    if isinstance(booked, Appointment):
        return ByMark(booked.mark) if booked.mark and evidence.holds_authorization else None
    if booked is None or slot is None or evidence.booked_at is None:
        return None
    mine = neighbours.other_desks(person, workstation)
    return ByTime(slot.starts_at, slot.minutes, slot.given_at, mine.starts, mine.events)


def _pace(subject: sightings.Subject, *, pressed: bool) -> timedelta:
    if pressed:
        return PRESSED_PACE
    if subject.failures:
        return COOLING[min(subject.failures, len(COOLING)) - 1]
    return PACE
