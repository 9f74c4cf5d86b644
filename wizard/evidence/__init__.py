"""All a check may look at: the present, and the facts of one person at one workstation, each with its time.

Nothing here does I/O and nothing here is a conclusion, with one exception that several steps share: whether a proof of
arrival still holds (`Evidence.sealed`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from wizard.evidence.facts import (
    CANT_SEE,
    Account,
    Answer,
    Appointment,
    Arrival,
    Authorization,
    Calendar,
    CantSee,
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

__all__ = [
    "ARRIVAL_MAY_TAKE",
    "CANT_SEE",
    "NAME",
    "Account",
    "Answer",
    "Appointment",
    "Arrival",
    "Authorization",
    "Calendar",
    "CantSee",
    "Evidence",
    "FolderFact",
    "Grant",
    "Outcome",
    "Pin",
    "PinnedNow",
    "Purpose",
    "SettingFact",
    "Sighting",
    "Slot",
    "Trip",
]

NAME = "PIMSY Calendar"
"""The exact name the calendar must have (the article: "very important to name it exactly like this")."""

ARRIVAL_MAY_TAKE = timedelta(minutes=5)
"""How long an appointment may be under way before its absence is a finding."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """The facts about one person at one workstation, and the present."""

    now: datetime
    zone: ZoneInfo
    person: str
    workstation: str
    has_pimsy: bool = True  # PIMSY is used on this computer; a telephone has step 1 alone
    checker_name: str = "the checker"
    integration_name: str = "PIMSY Calendar Integration"
    one_project: bool = False  # both permissions belong to one client: removing one ends the other
    is_portal: bool = False  # the clinic's own PIMSY is opened in a browser; else it is a program with a window
    is_testing: bool = False  # Google's consent page is in testing: every permission ends after 7 days
    account_meant: str = ""  # the e-mail an administrator entered; decides before the first grant only
    checker: Grant | None = None
    integration: Grant | None = None
    has_control: bool = False  # this checker client once had a silent sign-in answered by the hinted account
    pin: Pin | None = None
    calendars: Sighting[tuple[Calendar, ...]] = field(default_factory=Sighting)
    pinned_now: Sighting[PinnedNow] = field(default_factory=Sighting)
    trips: tuple[Trip, ...] = ()  # of this browser, oldest first; of other people's those that tell something of hers
    setting: SettingFact | CantSee = CANT_SEE
    folder: FolderFact | CantSee = CANT_SEE
    slot: Slot | None = None  # the newest
    appointment: Appointment | CantSee | None = CANT_SEE  # of the newest slot
    authorization: Authorization | None = None  # the newest of this person at this workstation
    arrivals: tuple[Arrival, ...] = ()  # of this person at this workstation, oldest first
    arrival_looked_at: datetime | None = None  # the last look for the newest slot's appointment that got an answer
    arrival_failure: str = ""  # of the last look for the appointment, a code
    failure_notes: Mapping[str, str] = field(default_factory=dict)  # failure -> its number, a blank, and its words
    missed_at: datetime | None = None  # when the newest test of an earlier slot was booked that never arrived
    clinic_arrival: Arrival | None = None  # the newest proof of anybody in the clinic: stands for -233 by hand
    person_arrival: Arrival | None = None  # the newest proof at another workstation: stands for the folder by hand
    in_main: Sighting[bool] = field(default_factory=Sighting)  # asked for: does it stand in the main calendar
    in_other: Sighting[str] = field(default_factory=Sighting)  # asked for: which other account has it, "" for none
    answers: tuple[Answer, ...] = ()  # that stand, oldest first
    colleagues: int = 0  # how many other people the clinic has
    gone_at: datetime | None = None  # when a look first did not find the sealed appointment any more
    is_title_looked_at: bool = False  # somebody of the clinic has said what the first arriving title shows
    done_at: Mapping[str, str] = field(default_factory=dict)  # slug -> workstation, where it is another than this one

    def words_of(self, failure: str) -> str:
        """What was said with a failure, without its number; empty where nothing was."""
        return self.failure_notes.get(failure, "").partition(" ")[2]

    def number_of(self, failure: str) -> str:
        """The number by which a failure is found in the log; empty where it needs none."""
        return self.failure_notes.get(failure, "").partition(" ")[0]

    @property
    def practice_is_readable(self) -> bool:
        return self.appointment is not CANT_SEE

    @property
    def first_name(self) -> str:
        return self.person.split(maxsplit=1)[0] if self.person.strip() else self.person

    @property
    def address(self) -> str:
        """The e-mail of the account this set-up is for: the connected one, before it the one entered; or empty."""
        return self.checker.account.email if self.checker else self.account_meant

    @property
    def pinned(self) -> Pin | None:
        """The pin, while it belongs to the account connected now; after the checker was removed, to the one that proved."""
        proof = self.sealed if self.has_stopped else None
        sub = self.checker.account.sub if self.checker else proof.sub if proof else ""
        return self.pin if self.pin is not None and self.pin.sub == sub else None

    @property
    def calendars_now(self) -> Sighting[tuple[Calendar, ...]]:
        """The calendar list; a later answer about the pinned calendar's events renames its entry, or takes it out."""
        listed, later = self.calendars, self.pinned_now
        if listed.value is None or later.value is None or listed.last_seen is None or later.last_seen is None:
            return listed
        if later.last_seen <= listed.last_seen:
            return listed
        newer = later.value
        entries = tuple(
            replace(
                entry,
                summary=newer.summary or entry.summary,
                access_role=newer.access_role or entry.access_role,
            )
            if entry.id == newer.calendar_id
            else entry
            for entry in listed.value
            if not (newer.is_gone and entry.id == newer.calendar_id)
        )
        return replace(listed, value=entries, last_seen=later.last_seen)

    @property
    def pinned_is_gone(self) -> bool:
        """The newest look does not show the pinned calendar any more."""
        pin, listed = self.pinned, self.calendars_now.value
        return pin is not None and listed is not None and all(entry.id != pin.calendar_id for entry in listed)

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
        """The test time passed, or after it was given the writing grant died or the person was started again."""
        slot = self.slot
        if slot is None:
            return False
        died_at = self.integration.died_at if self.integration else None
        is_of_the_past = died_at is not None and slot.given_at <= died_at
        return slot.starts_at <= self.now or is_of_the_past or self._is_started_again_after(slot.given_at)

    @property
    def booked_at(self) -> datetime | None:
        """When the newest slot's test was booked, as the practice has it or as the person said; None: not on its way.

        What was cancelled, or booked while it could not be sent, is on no way to Google.
        """
        slot, booked = self.slot, self.appointment
        if slot is None:
            return None
        if isinstance(booked, Appointment):
            is_unsent = booked.unsent and booked.sent_at is None
            stands = booked.slot_id == slot.id and booked.cancelled_at is None and not is_unsent
            return booked.booked_at if stands else None
        return self._told_at(slot) if booked is CANT_SEE else None

    def _told_at(self, slot: Slot) -> datetime | None:
        """When the person said that it is booked, or went on without saying so: by hand both send us looking."""
        told = [self.answered(kind, "test-appointment") for kind in ("said", "passed by")]
        return max((answer.at for answer in told if answer and answer.at >= slot.given_at), default=None)

    @property
    def has_no_page(self) -> bool:
        """The person said that no page of Google's opened when the newest slot's test was booked."""
        told, slot = self.answered("no page", "test-appointment"), self.slot
        return told is not None and slot is not None and told.at >= slot.given_at

    @property
    def expected_since(self) -> datetime | None:
        """From when on the newest slot's appointment ought to arrive: it is booked and, if accepted here, accepted."""
        booked = self.booked_at
        if booked is None or self.authorization is None or not self.holds_authorization:
            return booked
        return max(booked, self.authorization.at)

    @property
    def arrival(self) -> Arrival | None:
        """The newest reading of the newest slot's appointment, live or not."""
        return self._arrivals_of_slot[-1] if self._arrivals_of_slot else None

    @property
    def _arrivals_of_slot(self) -> tuple[Arrival, ...]:
        slot = self.slot
        return tuple(
            seen for seen in self.arrivals if slot and seen.slot_id == slot.id and self._is_of_this_calendar(seen)
        )

    @property
    def arrival_is_overdue(self) -> bool:
        """A look that was answered, more than `ARRIVAL_MAY_TAKE` after it was to be expected, did not find it live."""
        since, looked = self.expected_since, self.arrival_looked_at
        arrived = any(seen.is_live for seen in self._arrivals_of_slot)
        return since is not None and looked is not None and not arrived and looked - since > ARRIVAL_MAY_TAKE

    @property
    def sealed(self) -> Arrival | None:
        """The newest live reading at its time that no named act has ended since. Age and tidying up end nothing.

        It ends by: another pinned calendar, another account, the writing grant seen dead (its generation moved on), a
        later test of this desk that did not arrive, "start this person again".
        """
        holding = [seen for seen in self.arrivals if seen.is_live and self._is_at_slot(seen) and self._holds(seen)]
        return holding[-1] if holding else None

    @property
    def folder_proof(self) -> Arrival | None:
        """What shows by hand that the folder names this account: the proof here, or one at another workstation."""
        other = self.person_arrival
        holds = other and self._is_of_this_calendar(other) and not self._is_started_again_after(other.read_at)
        return self.sealed or (other if holds else None)

    @property
    def last_arrival(self) -> Arrival | None:
        """The newest live reading of an earlier slot's test of this desk, whether or not its seal holds."""
        slot = self.slot
        earlier = [
            seen
            for seen in self.arrivals
            if seen.is_live and seen.is_at_slot and self._is_of_this_calendar(seen) and slot and seen.slot_id != slot.id
        ]
        return earlier[-1] if earlier else None

    def _is_at_slot(self, seen: Arrival) -> bool:
        slot = self.slot
        return seen.is_at_slot and (slot is None or slot.id != seen.slot_id or slot.starts_at == seen.starts_at)

    def _holds(self, seen: Arrival) -> bool:
        if not self._is_of_this_calendar(seen) or self._is_started_again_after(seen.read_at):
            return False
        grant = self.integration
        if seen.generation and (grant is None or grant.is_dead or grant.generation != seen.generation):
            return False
        if self.missed_at is not None and self.missed_at >= seen.read_at:
            return False
        is_earlier = self.slot is not None and self.slot.id != seen.slot_id
        return not (is_earlier and self.arrival_is_overdue)

    def _is_of_this_calendar(self, seen: Arrival) -> bool:
        is_of_account = self.checker is None or self.checker.account.sub == seen.sub
        return is_of_account and (self.pin is None or self.pin.calendar_id == seen.calendar_id)

    def _is_started_again_after(self, moment: datetime) -> bool:
        return any(answer.kind == "start again" and answer.at >= moment for answer in self.answers)

    def answered(self, kind: str, slug: str) -> Answer | None:
        """The newest standing answer of that kind about that step."""
        found = [answer for answer in self.answers if (answer.kind, answer.slug) == (kind, slug)]
        return found[-1] if found else None

    @property
    def just_checks(self) -> Answer | None:
        """The person says that it works already and wants it looked at, and was not started again since."""
        said = self.answered("just check", "")
        return said if said is not None and not self._is_started_again_after(said.at) else None

    @property
    def goes_without_checker(self) -> Answer | None:
        """The person goes on though nobody looks; connecting the checker ends that by itself."""
        return self.answered("without checker", "") if self.checker is None else None

    @property
    def has_stopped(self) -> Answer | None:
        """The checker was removed after it had done its work here; what it saw before is kept."""
        return self.answered("stop", "") if self.checker is None else None

    @property
    def seen_by_person(self) -> Answer | None:
        """The person says that the newest slot's appointment stands in Google Calendar."""
        return self._about_slot(self.answered("said", "accept"))

    @property
    def missed_by_person(self) -> Answer | None:
        """The person looked for the newest slot's appointment in Google Calendar and does not see it."""
        return self._about_slot(self.answered("not there", "accept"))

    def _about_slot(self, said: Answer | None) -> Answer | None:
        return said if said is not None and self.slot is not None and said.at >= self.slot.given_at else None

    def said_done(self, slug: str) -> Answer | None:
        """The person's word about that step, unless she was started again since."""
        said = self.answered("said", slug)
        return said if said is not None and not self._is_started_again_after(said.at) else None

    def own_trips(self, purpose: Purpose) -> tuple[Trip, ...]:
        return tuple(trip for trip in self.trips if trip.is_own and trip.purpose is purpose)
