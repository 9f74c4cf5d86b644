"""From the Stand-in to Google: every appointment once, as it is now, and not before somebody accepted."""

from datetime import timedelta

import pytest

from e2e.fake_google.faults import Fault
from tests.background.office import ACCOUNT, CALENDAR, NINE, TEN, Office

pytestmark = pytest.mark.over_every_database


def test_what_was_booked_before_the_setting_was_true_is_never_sent(office: Office) -> None:
    office.turns_setting("False")
    early = office.books()
    office.turns_setting("True")
    office.accepts()
    later = office.books(TEN)

    assert office.delivers() == 1
    assert office.on_google() == [TEN]
    assert (office.reads(early).sent_at, office.owes(early), office.owes(later)) == (None, None, None)


def test_a_booking_is_held_until_its_person_accepts_at_its_desk_and_then_sent_once(office: Office) -> None:
    booked = office.books()

    held = office.delivers()
    office.accepts(desk=2)
    held_still = office.delivers()
    office.accepts(desk=1)
    sent = office.delivers()
    again = office.delivers(after=60)

    assert (held, held_still, sent, again) == (0, 0, 1, 0)
    assert (office.on_google(), office.asked()) == ([NINE], ["events.insert"])
    assert office.reads(booked).sent_at == office.now - timedelta(seconds=60)


def test_nothing_of_the_client_is_in_the_event(office: Office) -> None:
    office.accepts()
    booked = office.books()
    office.delivers()

    (event,) = office.google.world.events_in(ACCOUNT, CALENDAR)

    assert (event["id"], event["summary"]) == (office.reads(booked).event_id, "PIMSY appointment")
    assert not {"description", "location", "attendees"} & set(event)
    assert event["extendedProperties"]["private"] == {
        "pimsy-mark": event["id"],
        "pimsy-times": "2026-11-24T14:00:00+00:00/2026-11-24T14:10:00+00:00",
    }


def test_move_and_cancel_reach_google(office: Office) -> None:
    office.accepts()
    booked = office.books()
    office.delivers()

    office.moves(booked, TEN)
    office.delivers()
    moved = office.on_google()
    office.waits(60)
    office.cancels(booked)
    office.delivers()

    assert moved == [TEN]
    assert office.on_google() == []
    assert (office.reads(booked).removed_at, office.owes(booked)) == (office.now, None)


def test_moved_then_cancelled_before_the_first_send_asks_google_nothing(office: Office) -> None:
    booked = office.books()
    office.moves(booked, TEN)
    office.cancels(booked)
    office.accepts()

    assert office.delivers() == 1
    assert (office.asked(), office.owes(booked)) == ([], None)
    assert office.reads(booked).removed_at is None


def test_booked_and_moved_before_the_first_send_is_one_question(office: Office) -> None:
    booked = office.books()
    office.moves(booked, TEN)
    office.accepts()
    office.delivers()

    assert (office.on_google(), office.asked()) == ([TEN], ["events.insert"])


def test_a_lost_answer_makes_no_second_event(office: Office) -> None:
    office.accepts()
    booked = office.books()
    office.google.loses_the_next_answer("events.insert")

    office.delivers()
    waiting = office.owes_surely(booked)
    office.delivers(after=2)

    assert (waiting.reason, waiting.tries, waiting.failing_since) == (
        "GOOGLE-BUSY",
        1,
        office.now - timedelta(seconds=2),
    )
    assert (office.on_google(), office.owes(booked)) == ([NINE], None)


def test_cancelled_after_a_lost_answer_leaves_nothing_there(office: Office) -> None:
    office.accepts()
    booked = office.books()
    office.google.loses_the_next_answer("events.insert")
    office.delivers()

    office.cancels(booked)
    office.delivers(after=2)

    assert (office.on_google(), office.owes(booked)) == ([], None)


def test_a_silent_google_is_left_alone_longer_each_time_and_nothing_is_dropped(office: Office) -> None:
    office.accepts()
    booked = [office.books(NINE + timedelta(minutes=10 * count)) for count in range(5)]
    office.google.goes_silent()

    waits = []
    for _ in range(12):
        assert office.delivers() == 1  # one row knocks for all of the account
        wait = (office.owes_surely(booked[0]).due_at - office.now).total_seconds()
        office.waits(wait)
        waits.append(wait)
    asked = office.asked()
    office.google.answers_again()

    assert asked == ["events.insert"] * 12
    assert waits == [1.5, 2.5, 4.5, 8.5, 16.5, 32.5, 64, 64, 64, 64, 300, 300]
    assert [office.owes_surely(row).tries for row in booked] == [12, 0, 0, 0, 0]
    assert office.delivers() == 5
    assert len(office.on_google()) == 5


def test_what_google_asked_us_to_wait_is_waited(office: Office) -> None:
    office.accepts()
    booked = office.books()
    office.google.world.plan(Fault("rateLimitExceeded", "events.insert", retry_after_s=120))

    office.delivers()

    assert office.owes_surely(booked).due_at == office.now + timedelta(seconds=120)
    assert (office.delivers(after=119), office.delivers(after=1)) == (0, 1)
    assert office.on_google() == [NINE]


def test_a_used_quota_is_asked_about_after_an_hour(office: Office) -> None:
    office.accepts()
    first, second = office.books(), office.books(TEN)
    office.google.breaks("quotaExceeded", "events.insert")

    office.delivers()

    assert [office.owes_surely(row).reason for row in (first, second)] == ["QUOTA", "QUOTA"]
    assert (office.delivers(after=3599), office.delivers(after=1)) == (0, 2)


def test_a_removed_permission_keeps_the_row_until_each_desk_accepts_again(office: Office) -> None:
    office.accepts(desk=1)
    office.accepts(desk=2)
    here, there = office.books(desk=1), office.books(TEN, desk=2)
    office.google.world.removes_permission(ACCOUNT, "integration")

    office.delivers()
    refused = office.asked()
    nothing = office.delivers(after=3600)
    office.accepts(desk=1)
    office.waits(1)
    office.delivers()

    assert (office.owes_surely(there).reason, nothing) == ("REVOKED-PIMSY", 0)
    assert len(refused) <= 2
    assert (office.on_google(), office.owes(here)) == ([NINE], None)
    assert (office.delivers(after=60), office.grant().generation) == (0, 2)


@pytest.mark.parametrize(
    ("spoil", "mend", "reason"),
    [
        (lambda o: o.turns_setting("False"), lambda o: o.turns_setting("True"), "SET-OFF"),
        (lambda o: o.saves_folder("joe@clinic.example"), lambda o: o.saves_folder(ACCOUNT.upper()), "FOLDER-OTHER"),
        (lambda o: o.saves_folder(""), lambda o: o.saves_folder(ACCOUNT), "FOLDER-EMPTY"),
        (
            lambda o: o.saves_folder(ACCOUNT, is_suspended=True),
            lambda o: o.saves_folder(ACCOUNT),
            "USER-SUSPENDED",
        ),
    ],
)
def test_what_the_clinic_changed_since_holds_the_row_until_it_is_mended(
    office: Office, spoil: object, mend: object, reason: str
) -> None:
    office.accepts()
    booked = office.books()
    assert callable(spoil)
    assert callable(mend)
    spoil(office)

    office.delivers()
    held, asked = office.owes_surely(booked), office.asked()
    mend(office)
    office.delivers()

    assert (held.reason, held.tries, asked) == (reason, 0, [])
    assert office.on_google() == [NINE]


def test_a_deleted_calendar_keeps_the_row_until_another_is_pinned(office: Office) -> None:
    office.accepts()
    sent = office.books()
    office.delivers()
    office.google.world.deletes_calendar(ACCOUNT, CALENDAR)
    waiting = office.books(TEN)
    office.moves(sent, NINE + timedelta(minutes=30))

    office.delivers()
    gone = office.owes_surely(waiting)
    office.google.world.adds_calendar(ACCOUNT, CALENDAR)
    office.pins_calendar()
    office.delivers(after=400)

    assert gone.reason == "CAL-GONE"
    assert sorted(office.on_google()) == [NINE + timedelta(minutes=30), TEN]


def test_an_event_does_not_stay_in_a_calendar_that_was_replaced(office: Office) -> None:
    office.accepts()
    booked = office.books()
    office.delivers()
    old = office.google.world.calendar_of(ACCOUNT, CALENDAR)
    office.google.world.renames_calendar(ACCOUNT, CALENDAR, "Old one")
    office.google.world.adds_calendar(ACCOUNT, CALENDAR)
    office.pins_calendar()

    office.moves(booked, TEN)
    office.delivers()

    assert office.google.world.events_in(ACCOUNT, "Old one") == []
    assert office.on_google() == [TEN]
    assert office.reads(booked).calendar_id != old.id


def test_a_calendar_pinned_in_another_account_is_not_written_to(office: Office) -> None:
    office.accepts()
    booked = office.books()
    office.google.world.adds_calendar("joe@clinic.example", CALENDAR)
    office.pins_calendar("joe@clinic.example")

    office.delivers()

    assert (office.owes_surely(booked).reason, office.asked()) == ("ACC-WRONG", [])
