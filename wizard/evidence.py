"""All a check may look at: the present, and the facts of one person at one workstation, each with its time.

Times are aware and in UTC. Nothing here does I/O and nothing here is a conclusion, with one exception that several
steps share: whether a proof of arrival still holds (`Evidence.sealed`).
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum
from typing import Generic, TypeVar
from zoneinfo import ZoneInfo

T = TypeVar("T")

NAME = "PIMSY Calendar"
"""The exact name the calendar must have (the article: "very important to name it exactly like this")."""

ARRIVAL_MAY_TAKE = timedelta(minutes=5)
"""How long an appointment may be under way before its absence is a finding."""


class CantSee(Enum):
    """The practice system cannot be read: its own answer, never a yes or a no."""

    CANT_SEE = "cannot be seen"


CANT_SEE = CantSee.CANT_SEE


class Purpose(Enum):
    """What a trip to Google is for; the value is the word in its address."""

    CHECKER = "checker"
    INTEGRATION = "integration"
    SIGNED_OUT = "signed-out"


class Outcome(Enum):
    """How a trip to Google ended, as a fact of that trip."""

    OPEN = "open"  # the browser has not come back
    GRANTED = "granted"  # a code came back, was exchanged, and everything matched
    TO_CONFIRM = "to confirm"  # a code of an account nobody has named yet: the person is asked before anything is kept
    DECLINED = "declined"  # the person said it is not the right account
    CANCELLED = "cancelled"  # Cancel on Google's page
    WRONG_ACCOUNT = "wrong account"
    TAKEN_ACCOUNT = "taken account"  # another person of this clinic uses it
    BOX_EMPTY = "box empty"  # a permission asked for was not granted
    NO_REFRESH = "no refresh token"
    SIGNED_IN = "signed in"  # a silent sign-in was answered by a code: a Google session lives in this browser
    REFUSED = "refused"  # a silent sign-in was refused
    PERMISSION_GONE = "permission gone"  # the checker's permission was dead when a silent sign-in was to be judged
    UNSEEN = "could not look"  # Google was silent or answered what we cannot read; `failure` says which


@dataclass(frozen=True, slots=True)
class Account:
    """A Google account. `sub` is its key; the e-mail may change; `hd` is the Workspace domain, empty for a free one."""

    sub: str
    email: str
    hd: str = ""


@dataclass(frozen=True, slots=True)
class Calendar:
    """An entry of Google's calendar list; `summary` is the real title, not the reader's private label for it."""

    id: str
    summary: str
    access_role: str = "owner"
    is_primary: bool = False
    data_owner: str = ""  # e-mail; empty where Google does not say

    def is_owned_by(self, account: Account) -> bool:
        """The role is owner and, where Google names a data owner, it is this account (release notes of 2025-11)."""
        same = not self.data_owner or self.data_owner.casefold() == account.email.casefold()
        return self.access_role == "owner" and same


@dataclass(frozen=True, slots=True)
class PinnedNow:
    """The pinned calendar as an answer about its events showed it; `is_gone` after a 404."""

    calendar_id: str
    summary: str = ""
    access_role: str = ""
    is_gone: bool = False


@dataclass(frozen=True, slots=True)
class Sighting(Generic[T]):
    """What looks at one subject brought: the newest value, since when and until when it was seen, the last failure."""

    value: T | None = None  # None: no look has succeeded yet
    first_seen: datetime | None = None
    last_seen: datetime | None = None
    failure: str = ""  # of the last look, a code; leaves the three above alone


@dataclass(frozen=True, slots=True)
class Grant:
    """What Google let us do for one account and permission.

    `generation` counts consents given after the grant was seen dead; `since` is the consent that began this one.
    `died_at` is the newest time it was seen dead and stays known after a repair.
    """

    account: Account
    given_at: datetime
    since: datetime
    generation: int = 1
    died_at: datetime | None = None
    death: str = ""  # Google's reason: "invalid_grant" or "invalid_rapt"

    @property
    def is_dead(self) -> bool:
        return self.died_at is not None and self.died_at >= self.since


@dataclass(frozen=True, slots=True)
class Authorization:
    """This person accepted at this workstation, under that generation of the writing grant."""

    sub: str
    at: datetime
    generation: int


@dataclass(frozen=True, slots=True)
class Trip:
    """One trip of this browser to Google."""

    purpose: Purpose
    begun_at: datetime
    outcome: Outcome
    ended_at: datetime | None = None
    sub: str = ""  # the account meant: whose sign-out is asked about, whose permission is wanted
    account: Account | None = None  # who came back
    is_hinted: bool = True  # a silent sign-in with a login_hint; the second one goes without
    is_own: bool = True  # of this person; other people's trips of the same browser carry False
    missing: tuple[str, ...] = ()  # permissions not granted, in Google's words
    alive_before: bool = False
    alive_after: bool = False
    failure: str = ""


@dataclass(frozen=True, slots=True)
class Pin:
    """The calendar found by its exact name once and known by its id since."""

    calendar_id: str
    sub: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Slot:
    """Start of the test appointment that belongs to this person at this workstation alone."""

    id: int
    starts_at: datetime
    minutes: int
    given_at: datetime


@dataclass(frozen=True, slots=True)
class SettingFact:
    """System setting -233 as the practice system has it: the effective value, since when, and who set it where."""

    is_on: bool
    is_touched: bool = False  # somebody saved this setting at least once
    since: datetime | None = None
    where: str = ""


@dataclass(frozen=True, slots=True)
class FolderFact:
    """A person's folder: the Google account it names ("" when empty) and what keeps her from syncing."""

    google_account: str
    is_suspended: bool = False
    has_client: bool = True
    is_touched: bool = False
    saved_at: datetime | None = None
    where: str = ""


@dataclass(frozen=True, slots=True)
class Appointment:
    """The practice system's test appointment of one slot."""

    slot_id: int
    starts_at: datetime
    minutes: int
    booked_at: datetime
    cancelled_at: datetime | None = None
    unsent: str = ""  # the code of what kept it from being sent when it was booked ("SET-OFF", "FOLDER-EMPTY")
    sent_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Arrival:
    """The test appointment as the checker read it on Google: `is_live` False when only its cancelled rest was there."""

    slot_id: int
    event_id: str
    calendar_id: str
    sub: str  # whose permission read it
    starts_at: datetime
    ends_at: datetime
    is_live: bool
    read_at: datetime  # when it was first read like this
    last_read_at: datetime
    created: datetime | None = None
    creator: str = ""
    generation: int = 0  # of the authorization it was read under; 0 by hand
    link: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a person said: `kind` is "passed by", "said", "asked" or "start again"."""

    kind: str
    slug: str
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """The facts about one person at one workstation, and the present."""

    now: datetime
    zone: ZoneInfo
    person: str
    workstation: str
    checker_name: str = "the checker"
    integration_name: str = "PIMSY Calendar Integration"
    one_project: bool = False  # both permissions belong to one client: removing one ends the other
    account_meant: str = ""  # the e-mail an administrator entered; decides before the first grant only
    checker: Grant | None = None
    integration: Grant | None = None
    has_control: bool = False  # this checker client once had a silent sign-in answered by the hinted account
    pin: Pin | None = None
    calendars: Sighting[tuple[Calendar, ...]] = field(default_factory=Sighting)
    pinned_now: Sighting[PinnedNow] = field(default_factory=Sighting)
    trips: tuple[Trip, ...] = ()  # of this browser, oldest first, other people's included
    setting: SettingFact | CantSee = CANT_SEE
    folder: FolderFact | CantSee = CANT_SEE
    slot: Slot | None = None  # the newest
    appointment: Appointment | None | CantSee = CANT_SEE  # of the newest slot
    authorization: Authorization | None = None  # the newest of this person at this workstation
    arrivals: tuple[Arrival, ...] = ()  # of this person at this workstation, oldest first
    arrival_failure: str = ""  # of the last look for the appointment, a code
    clinic_arrival: Arrival | None = None  # the newest proof of anybody in the clinic: stands for -233 by hand
    answers: tuple[Answer, ...] = ()  # that stand, oldest first

    @property
    def practice_is_readable(self) -> bool:
        return self.appointment is not CANT_SEE

    @property
    def holds_authorization(self) -> bool:
        """This person's acceptance at this workstation is of the writing grant's present generation, which lives."""
        grant, given = self.integration, self.authorization
        return (
            grant is not None
            and given is not None
            and not grant.is_dead
            and (given.generation, given.sub) == (grant.generation, grant.account.sub)
        )

    @property
    def slot_is_spent(self) -> bool:
        """The test time passed, or the writing grant died after it was given: what it proved is of the past."""
        slot = self.slot
        if slot is None:
            return False
        died_at = self.integration.died_at if self.integration else None
        return slot.starts_at <= self.now or (died_at is not None and slot.given_at <= died_at)

    @property
    def arrival(self) -> Arrival | None:
        """The newest reading of the present slot's appointment, live or not."""
        of_slot = [seen for seen in self.arrivals if self.slot is not None and seen.slot_id == self.slot.id]
        return of_slot[-1] if of_slot else None

    @property
    def sealed(self) -> Arrival | None:
        """The newest live reading that no named act has ended since. Age and tidying up end nothing.

        It ends by: another pinned calendar, another account, the writing grant seen dead (its generation moved on), a
        later test of this desk that did not arrive, "start this person again".
        """
        holding = [seen for seen in self.arrivals if seen.is_live and self._holds(seen)]
        return holding[-1] if holding else None

    def _holds(self, seen: Arrival) -> bool:
        if self.checker is not None and seen.sub != self.checker.account.sub:
            return False
        if self.pin is not None and seen.calendar_id != self.pin.calendar_id:
            return False
        if seen.generation:
            if self.integration is None or self.integration.is_dead:
                return False
            if seen.generation != self.integration.generation:
                return False
        if any(answer.kind == "start again" and answer.at >= seen.read_at for answer in self.answers):
            return False
        return not self._later_test_is_missing(seen)

    def _later_test_is_missing(self, seen: Arrival) -> bool:
        slot, booked = self.slot, self.appointment
        if slot is None or slot.id == seen.slot_id or not isinstance(booked, Appointment):
            return False
        arrived = any(other.slot_id == slot.id and other.is_live for other in self.arrivals)
        return not arrived and booked.cancelled_at is None and self.now - booked.booked_at > ARRIVAL_MAY_TAKE

    def answered(self, kind: str, slug: str) -> Answer | None:
        """The newest standing answer of that kind about that step."""
        found = [answer for answer in self.answers if (answer.kind, answer.slug) == (kind, slug)]
        return found[-1] if found else None

    def own_trips(self, purpose: Purpose) -> tuple[Trip, ...]:
        return tuple(trip for trip in self.trips if trip.is_own and trip.purpose is purpose)
