"""Which event is the test of a desk: by its mark, else by its time and by when it was written."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.builders import SLOT_STARTS_AT, at
from wizard.google import Event
from wizard.onboarding.recognising import ByMark, ByTime

GIVEN = at(-30) + timedelta(milliseconds=700)
TEST = ByTime(SLOT_STARTS_AT, 10, GIVEN)
TEN = timedelta(minutes=10)


def event(shift: timedelta = timedelta(), lasts: timedelta = TEN, **more: Any) -> Event:
    starts_at = SLOT_STARTS_AT + shift
    return replace(Event("one", starts_at, starts_at + lasts, created=at(-10)), **more)


EXACT, LATER, ZONE = event(), event(TEN, id="later"), event(timedelta(hours=3), id="zone")
LONG_ZONE = event(timedelta(hours=3), timedelta(minutes=50), id="long zone")
GONE = event(status="cancelled", id="gone")


@pytest.mark.parametrize(
    ("there", "found"),
    [
        ([], None),
        ([EXACT], EXACT),
        ([ZONE, LATER, GONE, EXACT], EXACT),
        ([event(lasts=timedelta(minutes=50))], event(lasts=timedelta(minutes=50))),  # a code may set its length
        ([GONE], GONE),
        ([ZONE, GONE], GONE),
        ([LATER, ZONE], ZONE),
        ([LATER], LATER),
        ([LONG_ZONE, LATER], LATER),
        ([LONG_ZONE], LONG_ZONE),
        ([replace(LATER, status="cancelled")], None),
        ([event(timedelta(minutes=20), timedelta(minutes=50))], None),  # a real client's
        ([event(timedelta(hours=15), timedelta(minutes=50))], None),  # further than two zones can be
        ([event(timedelta(hours=-6), timedelta(days=1))], None),  # a whole day
    ],
)
def test_the_one_at_its_time_counts_then_the_likest(there: list[Event], found: Event | None) -> None:
    assert TEST.pick(there) == found


@pytest.mark.parametrize(
    ("created", "is_new"),
    [
        (at(-30), True),  # the very second in which the time was given
        (at(-30) - timedelta(seconds=1), False),
        (at(0), True),
        (None, False),
    ],
)
def test_what_was_there_before_proves_nothing(created: datetime | None, is_new: bool) -> None:
    assert (TEST.pick([replace(EXACT, created=created)]) is not None) is is_new
    assert TEST.is_there([replace(EXACT, created=created)]) is is_new


def test_what_is_another_desk_s_is_left_to_it() -> None:
    assert replace(TEST, other_starts={LATER.starts_at}).pick([LATER]) is None
    assert replace(TEST, other_events={"one"}).pick([EXACT]) is None


@pytest.mark.parametrize(("seen", "is_there"), [(EXACT, True), (LATER, False), (ZONE, False), (GONE, False)])
def test_elsewhere_the_very_time_alone_counts(seen: Event, is_there: bool) -> None:
    assert TEST.is_there([seen]) is is_there


def test_a_mark_is_enough() -> None:
    marked = replace(LATER, mark="ours")

    assert ByMark("ours").pick([EXACT, marked]) == marked
    assert ByMark("ours").pick([EXACT]) is None
