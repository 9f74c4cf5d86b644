"""Evidence for tests: one morning of Maria Lopez at Front desk 1, so that two cases differ in one line.

Every time is a number of minutes from `NOW`, Tuesday 2026-11-24, 10:00 in the clinic's zone; before it is negative.
"""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from wizard.evidence import (
    NAME,
    Account,
    Answer,
    Appointment,
    Arrival,
    Authorization,
    Calendar,
    Evidence,
    FolderFact,
    Grant,
    Outcome,
    Pin,
    PinnedNow,
    Purpose,
    SettingFact,
    Sighting,
    Slot,
    Trip,
)

ZONE = ZoneInfo("America/New_York")
NOW = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)
SLOT_STARTS_AT = datetime(2026, 11, 25, 11, 10, tzinfo=UTC)
"""Wednesday Nov 25, 6:10 AM in the clinic's zone."""

MARIA = Account("sub-maria", "maria@clinic.example", "clinic.example")
JOE = Account("sub-joe", "joe@clinic.example", "clinic.example")
FRONTDESK = Account("sub-frontdesk", "frontdesk@gmail.example")

PIMSY = Calendar("id-pimsy", NAME)
MAIN = Calendar("id-main", "maria@clinic.example", is_primary=True)


def at(minutes: float) -> datetime:
    """That many minutes from NOW."""
    return NOW + timedelta(minutes=minutes)


def grant(account: Account = MARIA, given: float = -60, **more: Any) -> Grant:
    return replace(Grant(account, at(given), at(given)), **more)


def dead(account: Account = MARIA, given: float = -60, died: float = -20, **more: Any) -> Grant:
    return grant(account, given, died_at=at(died), death="invalid_grant", **more)


def repaired(account: Account = MARIA, died: float = -20, since: float = -10) -> Grant:
    """Dead once, given again, of the second generation."""
    return Grant(account, at(since), at(since), generation=2, died_at=at(died), death="invalid_grant")


def trip(purpose: Purpose, outcome: Outcome, ended: float = -5, **more: Any) -> Trip:
    """A trip of a few seconds that came back at `ended`; one that is still open began then."""
    if outcome is Outcome.OPEN:
        return replace(Trip(purpose, at(ended), outcome), **more)
    return replace(Trip(purpose, at(ended) - timedelta(seconds=5), outcome, at(ended)), **more)


def refused(ended: float = -5, **more: Any) -> Trip:
    """A silent sign-in for Maria that Google refused while the checker's permission was alive."""
    kept = {"sub": MARIA.sub, "alive_before": True, "alive_after": True}
    return trip(Purpose.SIGNED_OUT, Outcome.REFUSED, ended, **{**kept, **more})


def signed_in(account: Account | None = MARIA, ended: float = -5, **more: Any) -> Trip:
    """A silent sign-in asked for Maria and answered by a code of that account."""
    return trip(Purpose.SIGNED_OUT, Outcome.SIGNED_IN, ended, **{"sub": MARIA.sub, "account": account, **more})


def saw(*calendars: Calendar, first: float = -1, last: float = -1, failure: str = "") -> Sighting[tuple[Calendar, ...]]:
    return Sighting(calendars, at(first), at(last), failure)


def saw_pinned(summary: str = NAME, last: float = -0.5, **more: Any) -> Sighting[PinnedNow]:
    return Sighting(PinnedNow(PIMSY.id, summary, **more), at(last), at(last))


def pin(calendar: Calendar = PIMSY, account: Account = MARIA, pinned: float = -50) -> Pin:
    return Pin(calendar.id, account.sub, at(pinned))


def slot(number: int = 1, given: float = -30, starts_at: datetime = SLOT_STARTS_AT) -> Slot:
    return Slot(number, starts_at, 10, at(given))


def booked(when: float = -15, **more: Any) -> Appointment:
    return replace(Appointment(1, SLOT_STARTS_AT, 10, at(when)), **more)


def authorized(when: float = -12, generation: int = 1, account: Account = MARIA) -> Authorization:
    return Authorization(account.sub, at(when), generation)


def arrival(read: float = -10, **more: Any) -> Arrival:
    """The event of slot 1, live at its time, read by the checker under the authorization of the first generation."""
    starts_at = more.get("starts_at", SLOT_STARTS_AT)
    seen = Arrival(
        slot_id=1,
        event_id="event",
        calendar_id=PIMSY.id,
        sub=MARIA.sub,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=10),
        is_live=True,
        read_at=at(read),
        last_read_at=at(read),
        generation=1,
    )
    return replace(seen, **more)


def said(slug: str, when: float = -15, kind: str = "said") -> Answer:
    return Answer(kind, slug, at(when), "Maria Lopez")


def evidence(**facts: Any) -> Evidence:
    """Nothing is known but who, where and when; the stand-in's screens are as they are at first."""
    readable = {"setting": SettingFact(False), "folder": FolderFact(""), "appointment": None}
    return replace(Evidence(NOW, ZONE, "Maria Lopez", "Front desk 1"), **{**readable, **facts})


def by_hand(**facts: Any) -> Evidence:
    """The same with the clinic's own PIMSY, of which nothing can be read."""
    return replace(Evidence(NOW, ZONE, "Maria Lopez", "Front desk 1"), **facts)


def connected(**facts: Any) -> Evidence:
    """The checker is connected and PIMSY Calendar is found and pinned."""
    found = {"checker": grant(), "has_control": True, "calendars": saw(MAIN, PIMSY), "pin": pin()}
    return evidence(**{**found, **facts})


def ready(**facts: Any) -> Evidence:
    """Steps 1 to 5 are done: signed out, -233 True, the folder named, the test appointment booked."""
    done = {
        "trips": (refused(-25),),
        "setting": SettingFact(True, is_touched=True, is_your_value=True, since=at(-40)),
        "folder": FolderFact(MARIA.email, is_touched=True),
        "slot": slot(),
        "appointment": booked(),
    }
    return connected(**{**done, **facts})


def accepted(**facts: Any) -> Evidence:
    """Step 6's page was accepted at this desk, and Google was asked for the appointment just now."""
    given = {"integration": grant(given=-12), "authorization": authorized(), "arrival_looked_at": NOW}
    return ready(**{**given, **facts})


def proven(**facts: Any) -> Evidence:
    """All six steps are done."""
    return accepted(**{"arrivals": (arrival(),), **facts})


def told(**facts: Any) -> Evidence:
    """By hand: everything up to step 5 was done as far as anybody says so."""
    said_so = {
        "checker": grant(),
        "has_control": True,
        "calendars": saw(MAIN, PIMSY),
        "pin": pin(),
        "trips": (refused(-25),),
        "slot": slot(),
        "answers": (said("enable-setting"), said("personnel-folder"), said("test-appointment")),
        "arrival_looked_at": NOW,
    }
    return by_hand(**{**said_so, **facts})
