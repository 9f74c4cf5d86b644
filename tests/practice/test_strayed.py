"""Where an event of ours does not stand in Google as its appointment does here, because somebody changed it there."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from wizard.google import Found
from wizard.practice.builtin.strayed import GONE, MOVED, Stray, stands_of, stray_of
from wizard.store.appointments import Appointment
from wizard.store.seen_events import SeenEvent

SEEN = datetime(2026, 11, 23, 14, 12, tzinfo=UTC)
NINE = datetime(2026, 11, 24, 14, tzinfo=UTC)
TEN, ELEVEN = NINE + timedelta(hours=1), NINE + timedelta(hours=2)
LENGTH = timedelta(minutes=10)


def booked(**changes: Any) -> Appointment:
    """At nine, and sent."""
    return Appointment(**{"calendar_id": "c", "starts_at": NINE, "minutes": 10} | changes)


def seen(stands: datetime = NINE, said: datetime | None = NINE, **changes: Any) -> SeenEvent:
    times = {"starts_at": stands, "ends_at": stands + LENGTH}
    noted = {"said_starts_at": said, "said_ends_at": said + LENGTH if said else None}
    state = {"calendar_id": "c", "etag": '"1"', "is_gone": False, "first_seen": SEEN, "overruled": ""}
    return SeenEvent(**state | times | noted | changes)


MOVED_TO_TEN = Stray(MOVED, SEEN, '"1"', is_decided=False, starts_at=TEN, ends_at=TEN + LENGTH)
DELETED = Stray(GONE, SEEN, '"1"', is_decided=False)


@pytest.mark.parametrize(
    ("appointment", "event", "found"),
    [
        (booked(), None, None),
        (booked(), seen(), None),
        (booked(starts_at=TEN), seen(), None),  # under way: what stands there is what we wrote
        (booked(), seen(TEN), MOVED_TO_TEN),
        (booked(starts_at=ELEVEN), seen(TEN), MOVED_TO_TEN),
        (booked(starts_at=TEN), seen(TEN), None),  # both sides agree by now
        (booked(), seen(TEN, said=None), None),  # nobody noted what we wrote: nobody can tell
        (booked(), seen(NINE, ends_at=TEN), Stray(MOVED, SEEN, '"1"', is_decided=False, starts_at=NINE, ends_at=TEN)),
        (booked(), seen(is_gone=True), DELETED),
        (booked(starts_at=TEN), seen(is_gone=True), DELETED),
        (booked(cancelled_at=NINE), seen(is_gone=True), None),
        (booked(cancelled_at=NINE), seen(), None),
        (booked(cancelled_at=NINE), seen(TEN), MOVED_TO_TEN),
        (booked(cancelled_at=NINE, removed_at=NINE), seen(TEN), None),
        (booked(calendar_id="another"), seen(TEN), None),
        (booked(), seen(TEN, overruled='"0"'), MOVED_TO_TEN),
        (booked(), seen(TEN, overruled='"1"'), Stray(MOVED, SEEN, '"1"', True, TEN, TEN + LENGTH)),
        (booked(), seen(is_gone=True, overruled='"1"'), Stray(GONE, SEEN, '"1"', is_decided=True)),
    ],
)
def test_what_strays(appointment: Appointment, event: SeenEvent | None, found: Stray | None) -> None:
    assert stray_of(appointment, event, is_owed=True) == found


def test_left_there_by_choice_is_no_stray() -> None:
    assert stray_of(booked(cancelled_at=NINE), seen(TEN), is_owed=False) is None


def test_what_is_gone_without_a_trace_keeps_where_it_stood() -> None:
    kept = stands_of(Found("a", '"2"', is_gone=True), "c", seen(TEN))

    assert (kept.is_gone, kept.starts_at, kept.said_starts_at) == (True, TEN, NINE)
