"""Every row of the error table for writing: what Google says, what the delivery then waits for, and who is asked.

Nothing is ever deleted here because Google failed: what is stored is counted before and after. The words on screen are in
tests/views/test_errors_of_the_writing.py. Sources: developers.google.com/workspace/calendar/api/guides/errors, and
docs/decisions/004-the-outbox-is-the-truth.md.
"""

import logging
from dataclasses import dataclass
from datetime import timedelta
from email.utils import format_datetime

import pytest
from sqlalchemy import func, select

from e2e.fake_google.faults import Fault
from tests.background.office import ACCOUNT, NINE, TEN, Office
from wizard.google.answers import Answer, calendar_trouble
from wizard.google.errors import GoogleSilent
from wizard.store.appointments import Appointment
from wizard.store.authorizations import Authorization
from wizard.store.database import db
from wizard.store.deliveries import Delivery
from wizard.store.grants import Grant
from wizard.store.pins import Pin

HOUR, FIVE, SIX_HOURS, AGAIN = 3600.0, 300.0, 6 * 3600.0, 1.5


@dataclass(frozen=True, slots=True)
class Case:
    """A fault, and what becomes of the row that met it and of another one of the account. Waits are seconds."""

    fault: str
    reason: str
    wait_s: float
    others_wait: bool = True
    has_fault: bool = False


BUSY = [
    Case(fault, "GOOGLE-BUSY", AGAIN)
    for fault in (
        "drop",
        "backendError",
        "backendError503",
        "unavailable_html",
        "html",
        "not_json",
        "truncate",
        "lose_answer",
        "userRateLimitExceeded",
        "rateLimitExceeded",
        "rateLimitExceeded429",
    )
]
STOPPED = [
    Case(fault, reason, SIX_HOURS)
    for fault, reason in (
        ("insufficientPermissions", "GRANT-PART"),
        ("requiredAccessLevel", "CAL-OTHERS"),
        ("forbiddenForNonOrganizer", "CAL-OTHERS"),
        ("notACalendarUser", "GOOGLE-NOCAL"),
        ("notFound", "CAL-GONE"),
    )
]
OURS = [
    Case(fault, "OUR-FAULT", FIVE, others_wait=False, has_fault=True)
    for fault in ("required", "timeRangeEmpty", "conditionNotMet")
]
CASES = [
    *BUSY,
    Case("quotaExceeded", "QUOTA", HOUR),
    Case("accessNotConfigured", "OPERATOR-SETUP", FIVE),
    *STOPPED,
    *OURS,
]


def rows(office: Office) -> list[int]:
    """How many there are of everything that somebody could be tempted to delete."""
    with office.inside():
        return [
            db.session.scalar(select(func.count()).select_from(table)) or 0
            for table in (Appointment, Delivery, Grant, Authorization, Pin)
        ]


@pytest.mark.parametrize("case", CASES, ids=[case.fault for case in CASES])
def test_what_google_says_is_what_the_row_waits_for(office: Office, case: Case) -> None:
    office.accepts()
    first, second = office.books(), office.books(TEN)
    before = rows(office)
    office.google.breaks(case.fault, "events.insert", times=1)

    office.delivers()
    met, other = office.owes_surely(first), office.owes(second)

    assert (met.reason, (met.due_at - office.now).total_seconds()) == (case.reason, case.wait_s)
    assert (met.tries, bool(met.fault), met.failing_since) == (1, case.has_fault, office.now)
    assert (other is not None) == case.others_wait
    assert rows(office) == before
    assert not office.grant().is_dead


@pytest.mark.parametrize("case", CASES, ids=[case.fault for case in CASES])
def test_when_it_is_over_everything_is_there_once_and_no_reason_is_left(office: Office, case: Case) -> None:
    office.accepts()
    first, second = office.books(), office.books(TEN)
    office.google.breaks(case.fault, "events.insert", times=1)
    office.delivers()

    office.delivers(after=case.wait_s)

    assert (sorted(office.on_google()), office.owes(first), office.owes(second)) == ([NINE, TEN], None, None)
    with office.inside():
        closed = db.session.scalars(select(Delivery)).all()
        assert {(row.reason, row.fault, row.failing_since) for row in closed} == {("", "", None)}


@pytest.mark.parametrize("case", STOPPED, ids=[case.fault for case in STOPPED])
def test_what_somebody_has_to_put_right_is_not_knocked_at_meanwhile(office: Office, case: Case) -> None:
    office.accepts()
    office.books()
    office.google.breaks(case.fault, "events.insert", times=None)
    for _ in range(10):
        office.delivers(after=1800)

    assert office.asked() == ["events.insert"]


def test_a_quota_is_knocked_at_once_an_hour_by_one(office: Office) -> None:
    office.accepts()
    for count in range(4):
        office.books(NINE + timedelta(minutes=20 * count))
    office.google.breaks("quotaExceeded", "events.insert", times=None)

    for _ in range(5 * 12):
        office.delivers()
        office.waits(FIVE)

    assert office.asked() == ["events.insert"] * 5


@pytest.mark.parametrize("fault", ["invalid_grant", "invalid_rapt"])
def test_a_dead_grant_stops_its_account_and_keeps_its_rows(office: Office, fault: str) -> None:
    office.accepts()
    booked = [office.books(), office.books(TEN)]
    before = rows(office)
    office.google.breaks("authError", "events.insert", times=1)
    office.google.breaks(fault, "token", times=1)

    office.delivers()
    asked = office.asked()
    tried = [office.delivers(after=3600) for _ in range(3)]

    assert {office.owes_surely(row).reason for row in booked} == {"REVOKED-PIMSY"}
    assert (office.grant().is_dead, rows(office), tried, office.asked()) == (True, before, [0, 0, 0], asked)
    office.accepts()
    office.delivers(after=1)
    assert sorted(office.on_google()) == [NINE, TEN]


def test_a_token_that_died_early_is_refreshed_once_and_nobody_is_asked(office: Office) -> None:
    office.accepts()
    booked = office.books()
    office.google.breaks("authError", "events.insert", times=1)

    office.delivers()

    refreshes = [call for call in office.google.world.calls() if call.method == "token"]
    assert (office.on_google(), office.owes(booked), len(refreshes)) == ([NINE], None, 1)
    assert not office.grant().is_dead


@pytest.mark.parametrize("fault", ["token_unavailable", "drop", "html", "unavailable_html"])
def test_a_silent_token_address_is_weather_and_no_dead_grant(office: Office, fault: str) -> None:
    office.accepts()
    booked = office.books()
    office.google.breaks("authError", "events.insert", times=1)
    office.google.breaks(fault, "token", times=1)

    office.delivers()
    waiting = office.owes_surely(booked)
    office.delivers(after=2)

    assert (waiting.reason, office.grant().is_dead) == ("GOOGLE-BUSY", False)
    assert office.on_google() == [NINE]


def test_a_wrong_client_is_the_operators_and_nobody_reconnects(office: Office) -> None:
    office.accepts()
    booked = office.books()
    office.google.breaks("authError", "events.insert", times=1)
    office.google.breaks("invalid_client", "token", times=1)

    office.delivers()

    assert (office.owes_surely(booked).reason, office.grant().is_dead) == ("OPERATOR-SETUP", False)


def test_a_fault_of_ours_has_a_number_in_the_log_and_in_the_row(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    office.accepts()
    booked = office.books()
    office.google.breaks("required", "events.insert", times=1)

    with caplog.at_level(logging.ERROR):
        office.delivers()

    row = office.owes_surely(booked)
    assert f"fault {row.fault}: delivery {row.id} met AnswerUnreadable" in caplog.text
    assert ACCOUNT not in caplog.text


def test_an_event_of_somebody_else_under_our_id_is_left_alone(office: Office) -> None:
    office.accepts()
    booked = office.books()
    start, end = ({"dateTime": at.isoformat()} for at in (NINE, TEN))
    alien = {"id": office.reads(booked).event_id, "summary": "Lunch", "start": start, "end": end}
    office.google.world.adds_event(ACCOUNT, "PIMSY Calendar", alien)

    office.delivers()

    [event] = office.google.world.events_in(ACCOUNT, "PIMSY Calendar")
    row = office.owes_surely(booked)
    assert (event["summary"], row.reason, bool(row.fault)) == ("Lunch", "OUR-FAULT", True)


@pytest.mark.parametrize("seconds", [5, 90, 7200])
def test_retry_after_in_seconds_is_waited_where_it_is_longer(office: Office, seconds: int) -> None:
    office.accepts()
    booked = office.books()
    office.google.world.plan(Fault("backendError503", "events.insert", retry_after_s=seconds))

    office.delivers()

    assert (office.owes_surely(booked).due_at - office.now).total_seconds() == seconds


def test_retry_after_as_a_date_is_read_against_googles_own_clock(office: Office) -> None:
    said = {
        "Date": format_datetime(office.now, usegmt=True),
        "Retry-After": format_datetime(office.now + timedelta(minutes=7), usegmt=True),
    }

    trouble = calendar_trouble(Answer(503, said, b"{}"))

    assert isinstance(trouble, GoogleSilent)
    assert trouble.retry_after == 420


@pytest.mark.parametrize("status", [408, 429, 500, 502, 503, 504, 599])
def test_whatever_is_weather_is_tried_again(status: int) -> None:
    assert isinstance(calendar_trouble(Answer(status, {}, b"{}")), GoogleSilent)


def test_spent_tries_stay_visible(office: Office) -> None:
    office.accepts()
    booked = office.books()
    begun = office.now
    office.google.goes_silent()
    for _ in range(12):
        office.delivers(after=400)

    row = office.owes_surely(booked)
    assert (row.reason, row.tries, row.done_at) == ("GOOGLE-BUSY", 12, None)
    assert row.failing_since == begun + timedelta(seconds=400)
