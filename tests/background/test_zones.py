"""What Google shows is what the practice shows: as an instant, and on the clinic's clock, whatever the zones and the season.

Zones are the whole database's, and days lie in the two years in which somebody may book: so daylight-saving changes both
ways, half and quarter hours, and zones that change by half an hour or by Ramadan are among them.
"""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from tests.background.office import ACCOUNT, CALENDAR, Office
from wizard import when
from wizard.google.events import Event, read_event, written
from wizard.practice.builtin.typed import Rules, start_of
from wizard.store import clinics

NOW = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
FIRST, LAST = date(2026, 11, 25), date(2028, 11, 20)
ZONES = sorted(zone for zone in available_timezones() if "/" in zone and not zone.startswith(("Etc/", "SystemV/")))
CHANGING = ["America/New_York", "America/Chicago", "Australia/Lord_Howe", "Europe/Berlin", "Africa/Casablanca"]

zones = st.one_of(st.sampled_from(CHANGING), st.sampled_from(ZONES)).map(ZoneInfo)
days = st.dates(FIRST, LAST)
times = st.builds(time, st.integers(0, 23), st.integers(0, 5).map(lambda ten: 10 * ten))
instants = st.builds(lambda day, at: datetime.combine(day, at, UTC), days, times)
lengths = st.integers(1, 48).map(lambda count: 10 * count)


def said_to_google(starts_at: datetime, minutes: int, zone: ZoneInfo) -> dict[str, Any]:
    return written(
        Event("a" * 5, starts_at, starts_at + timedelta(minutes=minutes), "PIMSY appointment", zone=zone.key)
    )


@settings(max_examples=300)
@given(instants, lengths, zones)
def test_the_instants_are_the_same_there(starts_at: datetime, minutes: int, zone: ZoneInfo) -> None:
    body = said_to_google(starts_at, minutes, zone)

    start, end = (datetime.fromisoformat(body[side]["dateTime"]) for side in ("start", "end"))

    assert (start, end - start) == (starts_at, timedelta(minutes=minutes))
    assert body["start"]["timeZone"] == body["end"]["timeZone"] == zone.key


@settings(max_examples=300)
@given(instants, lengths, zones)
def test_the_clinics_clock_reads_the_same_there(starts_at: datetime, minutes: int, zone: ZoneInfo) -> None:
    body = said_to_google(starts_at, minutes, zone)

    wall = datetime.fromisoformat(body["start"]["dateTime"]).replace(tzinfo=None)

    assert f"{wall.hour % 12 or 12}:{wall:%M}" == when.short_time(starts_at, zone)
    assert wall == starts_at.astimezone(zone).replace(tzinfo=None)


@settings(max_examples=300)
@given(days, times, zones)
def test_what_is_typed_is_what_stands_there(day: date, at: time, zone: ZoneInfo) -> None:
    """An hour that a change skips is refused, and the one it repeats is taken the first time."""
    starts_at, problems = start_of(day.isoformat(), f"{at:%H:%M}", Rules(zone, 10), NOW)
    naive = datetime.combine(day, at)
    exists = naive.replace(tzinfo=zone).astimezone(UTC).astimezone(zone).replace(tzinfo=None) == naive
    assert (starts_at is not None, not problems) == (exists, exists)
    assume(starts_at is not None)
    assert starts_at is not None

    said = datetime.fromisoformat(said_to_google(starts_at, 10, zone)["start"]["dateTime"])

    assert said.replace(tzinfo=None) == naive
    assert said == min(naive.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))


@settings(max_examples=100)
@given(instants, lengths, zones, zones)
def test_somebody_on_the_road_finds_the_same_instant(
    starts_at: datetime, minutes: int, zone: ZoneInfo, elsewhere: ZoneInfo
) -> None:
    """Her calendar may be in another zone than the clinic: what carries its own offset is not read in that one."""
    body = said_to_google(starts_at, minutes, zone)

    found = read_event(body | {"kind": "calendar#event"}, elsewhere.key)

    assert (found.starts_at, found.ends_at) == (starts_at, starts_at + timedelta(minutes=minutes))


@pytest.mark.parametrize(
    ("zone", "at", "said"),
    [
        ("America/New_York", datetime(2027, 3, 14, 6, 50, tzinfo=UTC), "2027-03-14T01:50:00-05:00"),
        ("America/New_York", datetime(2027, 3, 14, 7, 0, tzinfo=UTC), "2027-03-14T03:00:00-04:00"),
        ("America/New_York", datetime(2027, 11, 7, 5, 30, tzinfo=UTC), "2027-11-07T01:30:00-04:00"),
        ("America/New_York", datetime(2027, 11, 7, 6, 30, tzinfo=UTC), "2027-11-07T01:30:00-05:00"),
        ("Australia/Lord_Howe", datetime(2027, 4, 3, 15, 0, tzinfo=UTC), "2027-04-04T01:30:00+10:30"),
        ("Asia/Kathmandu", datetime(2027, 4, 3, 15, 0, tzinfo=UTC), "2027-04-03T20:45:00+05:45"),
    ],
)
def test_before_and_after_a_change(zone: str, at: datetime, said: str) -> None:
    assert said_to_google(at, 10, ZoneInfo(zone))["start"] == {"dateTime": said, "timeZone": zone}


@settings(max_examples=3, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(zones, st.lists(st.tuples(instants, instants), min_size=8, max_size=8, unique_by=lambda pair: pair[0]))
def test_booked_moved_and_cancelled_through_the_whole_of_it(
    office: Office, zone: ZoneInfo, pairs: list[tuple[datetime, datetime]]
) -> None:
    """Eight appointments at a time: all booked, all moved, half of them cancelled, each time read back from Google."""
    if not office.is_accepted():
        office.accepts()
    with office.inside():
        clinics.present().zone_name = zone.key
    days_apart = [timedelta(days=800 * count) for count in range(8)]
    from_, to = ([pair[side] + apart for pair, apart in zip(pairs, days_apart, strict=True)] for side in (0, 1))

    booked = [office.books(at) for at in from_]
    office.delivers(after=30)
    first = shown(office, zone)
    for row, at in zip(booked, to, strict=True):
        office.moves(row, at)
    office.delivers(after=30)
    second = shown(office, zone)
    for row in booked[::2]:
        office.cancels(row)
    office.delivers(after=30)
    third = shown(office, zone)
    for row in booked[1::2]:
        office.cancels(row)
    office.delivers(after=30)

    assert first == sorted(from_)
    assert second == sorted(to)
    assert third == sorted(to[1::2])
    assert shown(office, zone) == []


def shown(office: Office, zone: ZoneInfo) -> list[datetime]:
    """When they begin in Google, as instants; each is written on the clinic's clock."""
    events = office.google.world.events_in(ACCOUNT, CALENDAR)
    starts = [datetime.fromisoformat(event["start"]["dateTime"]) for event in events]
    assert {event["start"]["timeZone"] for event in events} <= {zone.key}
    return sorted(start.astimezone(UTC) for start in starts)
