"""The facts a check may meet: what people did, what they said, what looks at Google and the practice brought.

Times are aware and in UTC.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Generic, TypeVar

T = TypeVar("T")


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

    @property
    def brought_a_code(self) -> bool:
        """Google answered with a code: somebody was signed in to Google in that browser at that time."""
        return self in CODES


CODES = frozenset(
    {
        Outcome.GRANTED,
        Outcome.TO_CONFIRM,
        Outcome.DECLINED,
        Outcome.WRONG_ACCOUNT,
        Outcome.TAKEN_ACCOUNT,
        Outcome.BOX_EMPTY,
        Outcome.NO_REFRESH,
        Outcome.SIGNED_IN,
    }
)


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
    `died_at` is when a look first found the present generation, or the one before it, dead: a second look at a dead
    grant does not move it, and it stays known after a repair.
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
    is_own: bool = True  # of this person and her set-up; other people's, and the control after connecting, carry False
    is_leaving: bool = False  # asked from the record, before the desk is left: it says nothing about step 2
    missing: tuple[str, ...] = ()  # permissions not granted, in Google's words
    taken_by: str = ""  # whose account it is already, where it is another person's of this clinic
    alive_before: bool = False
    alive_after: bool = False
    failure: str = ""

    @property
    def came_back_at(self) -> datetime:
        """When the browser came back; when it left, where it has not."""
        return self.ended_at or self.begun_at


@dataclass(frozen=True, slots=True)
class Pin:
    """The calendar found by its exact name once and known by its id since."""

    calendar_id: str
    sub: str
    at: datetime
    seen_at: datetime | None = None  # the newest look that showed it; None: not since it was pinned


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
    is_your_value: bool = False  # "Your Value" is filled; otherwise the default is in force
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
    mark: str = ""  # by which its copy on Google is recognised; empty where the practice system leaves none


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
    is_at_slot: bool = True  # it starts at the very instant its slot does
    created: datetime | None = None
    creator: str = ""
    generation: int = 0  # of this desk's authorization that was valid when it was read; 0 where there was none, by hand
    link: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a person said; the kinds stand in `wizard.store.answers`."""

    kind: str
    slug: str
    at: datetime
    by: str
