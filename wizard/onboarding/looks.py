"""The kinds of looks a patrol is made of: each is one question about one permission, what it costs, and what it means.

Another kind is one more class in `KINDS`: its permission, how often it is asked, its question, and whose sighting it moves.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from wizard.google import CalendarGone, Google, StoredTokens
from wizard.onboarding import seen_as
from wizard.quiet import COUNTED_FOR, Counts, counted
from wizard.store.grants import Grant
from wizard.store.patrols import COUNTING


@dataclass(frozen=True, slots=True)
class Errand:
    """A look in hand: all that its question needs, read beforehand with those of many others.

    `held` are its tokens once they were opened, none where their key is lost; `calendar_id` is empty while no calendar is
    known.
    """

    look_id: int
    fence: int
    deadline: datetime
    clinic_id: int
    zone: ZoneInfo
    kind: str
    person_id: int
    grant_id: int
    sub: str
    grant: Grant = field(repr=False)
    calendar_id: str
    etag: str
    shown: Any
    due_at: datetime
    looked_at: datetime | None
    tries: int
    failure: str
    failing_since: datetime | None
    held: StoredTokens | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Answered:
    """What a question brought: the value as its subject's sighting keeps it, none where there is no such; and the etag."""

    value: Any = None
    etag: str = ""


class Kind(ABC):
    """One kind of look: of which permission, how often, and what its sightings are of, if any are kept."""

    permission: ClassVar[str]
    every: ClassVar[timedelta]
    subject: ClassVar[str] = ""

    @abstractmethod
    def ask(self, google: Google, errand: Errand, now: datetime) -> Answered:
        """In a thread of its own, outside any transaction. Raises GoogleTrouble."""

    def troubles(self, errand: Errand) -> tuple[Any, ...] | None:  # noqa: ARG002 - for those that tell of it
        """The subject whose failure a question without an answer is; none where no page tells of it."""
        return None

    def keep(self, errand: Errand, answer: Answered, at: datetime) -> None:  # noqa: B027 - most have no more to keep
        """What is to be kept besides the sighting, of an answer that is another than the last; within its transaction."""


class Pinned(Kind):
    """The checker: is the calendar still there, still this account's own, still of that name? One question, mostly 304."""

    permission = "checker"
    every = timedelta(hours=6)
    subject = "pinned"

    def ask(self, google: Google, errand: Errand, now: datetime) -> Answered:  # noqa: ARG002 - the kinds' signature
        if errand.held is None or not errand.calendar_id:
            google.still_reaches(errand.grant_id)  # nothing is pinned yet, so there is no more to ask
            return Answered()
        found = google.entry(errand.held, errand.calendar_id, errand.etag)
        if found is None:
            return Answered(errand.shown, errand.etag)
        return Answered(seen_as.store_pinned(found.pinned), found.etag)

    def troubles(self, errand: Errand) -> tuple[Any, ...] | None:
        return ("calendars", errand.person_id, None, errand.sub)


class Writing(Kind):
    """The integration, which may list nothing: a refresh shows that it lives, and keeps Google from ending it unused."""

    permission = "integration"
    every = timedelta(hours=6)

    def ask(self, google: Google, errand: Errand, now: datetime) -> Answered:  # noqa: ARG002 - the kinds' signature
        google.still_reaches(errand.grant_id)
        return Answered()


class Counting(Kind):
    """By hand, where the clinic asked for it: when the entries of PIMSY Calendar were written, and nothing else of them."""

    permission = "checker"
    every = timedelta(hours=12)
    subject = COUNTING

    def ask(self, google: Google, errand: Errand, now: datetime) -> Answered:
        before = read_counts(errand.shown)
        if errand.held is None or not errand.calendar_id:
            return Answered(errand.shown)
        try:
            times = google.written_since(errand.held, errand.calendar_id, now - COUNTED_FOR)
        except CalendarGone:
            return Answered(errand.shown)  # the other look says so
        return Answered(store_counts(counted(times, errand.zone, before)))

    def troubles(self, errand: Errand) -> tuple[Any, ...] | None:
        return (COUNTING, errand.person_id)


KINDS: Mapping[str, Kind] = {"checker": Pinned(), "integration": Writing(), COUNTING: Counting()}


def store_counts(counts: Counts) -> Any:
    days = {day.isoformat(): count for day, count in sorted(counts.days.items())}
    return {"days": days, "last": counts.last.isoformat() if counts.last else ""}


def read_counts(stored: Any) -> Counts:
    if not stored:
        return Counts({})
    days = {date.fromisoformat(day): count for day, count in stored["days"].items()}
    return Counts(days, datetime.fromisoformat(stored["last"]) if stored["last"] else None)
