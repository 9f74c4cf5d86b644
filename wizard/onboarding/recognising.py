"""Which event of a calendar is the test appointment of a desk: by our mark where there is one, else by its time. Pure.

The clinic's own PIMSY leaves no mark in an event. What is left is the time, which belongs to this desk alone, and Google's
own `created`: what was there before the test time was given proves nothing.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from wizard.google import Event
from wizard.steps.accept import LARGEST_SHIFT, SHIFT

AROUND = timedelta(hours=36)
"""How far on either side of the test time PIMSY Calendar is read: two zones apart, and the wrong day, lie within."""

A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class ByMark:
    """The event that carries the mark the Stand-in gave its appointment."""

    mark: str

    def pick(self, events: Sequence[Event]) -> Event | None:
        return next((event for event in events if event.mark == self.mark), None)


@dataclass(frozen=True, slots=True)
class ByTime:
    """The event at the desk's test time; where there is none, one that was meant to be it and stands at another time."""

    starts_at: datetime
    minutes: int
    given_at: datetime
    other_starts: Collection[datetime] = ()  # test times of this person's other desks, booked there
    other_events: Collection[str] = ()  # ids of events that another desk has recognised as its own

    def pick(self, events: Sequence[Event]) -> Event | None:
        """A live one at the time, the cancelled rest of one, or the live one that is most like it; None without any."""
        ours = [event for event in events if self.is_new(event) and event.id not in self.other_events]
        exact = [event for event in ours if event.starts_at == self.starts_at]
        near = [event for event in ours if not event.is_cancelled and self._is_like_it(event)]
        return min(exact, key=lambda event: event.is_cancelled, default=None) or min(near, key=self._rank, default=None)

    def is_new(self, event: Event) -> bool:
        """Written since the test time was given. Google cuts `created` to the second, so ours is cut likewise."""
        return event.created is not None and event.created >= self.given_at.replace(microsecond=0)

    def is_there(self, events: Sequence[Event]) -> bool:
        """Whether a live one stands at the very time."""
        return any(
            self.is_new(event) and not event.is_cancelled for event in events if event.starts_at == self.starts_at
        )

    def _is_like_it(self, event: Event) -> bool:
        """As long as the test, or shifted as by a time zone; a real client's at the half hour is neither."""
        if event.starts_at in self.other_starts:
            return False
        return self._is_as_long(event) or (self._is_shifted(event) and event.ends_at - event.starts_at < A_DAY)

    def _is_as_long(self, event: Event) -> bool:
        return event.ends_at - event.starts_at == timedelta(minutes=self.minutes)

    def _is_shifted(self, event: Event) -> bool:
        shift = event.starts_at - self.starts_at
        return not shift % SHIFT and abs(shift) <= LARGEST_SHIFT

    def _rank(self, event: Event) -> tuple[bool, bool, timedelta]:
        return not self._is_as_long(event), not self._is_shifted(event), abs(event.starts_at - self.starts_at)
