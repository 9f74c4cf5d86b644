"""The ledger: the world of the fake Google held against what the practice committed. Pure.

One live event for each appointment that stands, at its times, in its calendar; none for anything else; nothing owed.
"""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import astuple, dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Booked:
    """An appointment as the practice has it. `mark` is how its event is known; times are aware, `ends_at` exclusive."""

    mark: str
    calendar_id: str
    starts_at: datetime
    ends_at: datetime
    is_cancelled: bool = False
    is_owed: bool = False


@dataclass(frozen=True, slots=True)
class Live:
    """An event that stands on Google, whatever its id."""

    mark: str
    calendar_id: str
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class Count:
    """What the ledger shows; all but `appointments` have to be 0."""

    appointments: int = 0
    lost: int = 0  # it stands, or its booking was answered, and Google has nothing of it
    doubled: int = 0  # events beyond the first of one appointment, and those of none that stands
    old: int = 0  # an event at another time than its appointment
    stuck: int = 0  # still owed when everything had its time

    def __add__(self, other: "Count") -> "Count":
        return Count(*(mine + theirs for mine, theirs in zip(astuple(self), astuple(other), strict=True)))

    def beyond(self, before: "Count") -> "Count":
        """What came since that count was taken of the same ledger."""
        return Count(*(max(0, now - then) for now, then in zip(astuple(self), astuple(before), strict=True)))

    @property
    def is_clean(self) -> bool:
        return not (self.lost or self.doubled or self.old or self.stuck)


def count(booked: Collection[Booked], live: Iterable[Live], answered: Collection[str] = ()) -> Count:
    """`answered` are the marks of bookings whose person was told that they stand: none of them may be gone."""
    by_mark = {one.mark: one for one in booked}
    events = list(live)
    seen = Counter(event.mark for event in events)
    stands = {one.mark for one in booked if not one.is_cancelled}
    return Count(
        appointments=len(by_mark),
        lost=len(stands - seen.keys()) + len(set(answered) - by_mark.keys()),
        doubled=sum(number - (mark in stands) for mark, number in seen.items()),
        old=sum(event.mark in stands and not _is_of(event, by_mark[event.mark]) for event in events),
        stuck=sum(one.is_owed for one in booked),
    )


def _is_of(event: Live, one: Booked) -> bool:
    return (event.calendar_id, event.starts_at, event.ends_at) == (one.calendar_id, one.starts_at, one.ends_at)


def bound(trials: int) -> float:
    """How often it may happen all the same, at most (95 %), when it never did in so many trials: about 3/N."""
    return 1.0 if trials < 1 else 1 - 0.05 ** (1 / trials)
