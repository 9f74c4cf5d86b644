"""My SAL Calendar of the Stand-in, by its address: a week, moving, cancelling, and what stands on Google."""

import re

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from e2e.fake_google import FakeGoogle
from tests.views.standin import BOOK, CALENDAR, HTMX, SLOT, WEEK, all_booked, by_script, owed, said_of, sends_the_test
from tests.views.test_queries import counted
from tests.walking import JOE, MARIA, Desk
from wizard.store import clinics
from wizard.store.database import db, of_clinic
from wizard.store.people import Person


@pytest.fixture
def desk(app: Flask, google: FakeGoogle) -> Desk:
    """The Stand-in sends for Maria; she has not been to Google."""
    desk = Desk(app, google)
    desk.begins()
    desk.prepares_practice()
    return desk


@pytest.fixture
def connected(desk: Desk) -> Desk:
    """Maria is ready for step 5."""
    desk.creates_calendar()
    return desk


def test_the_week_outlines_the_test_time_of_this_desk(desk: Desk) -> None:
    page = desk.client.get(WEEK).text

    assert re.findall(r'<th scope="col"[^>]*>(\w+ \d+)</th>', page) == [
        "Mon 23",
        "Tue 24",
        "Wed 25",
        "Thu 26",
        "Fri 27",
    ]
    assert '<div class="slot">6:10 test time</div>' in page
    assert 'name="time" value="06:10"' in page
    assert "hx-get" not in page


def test_the_weekend_shows_where_something_is_booked(desk: Desk) -> None:
    desk.post(BOOK, **{**SLOT, "day": "2026-11-28"})

    days = re.findall(r'<th scope="col"[^>]*>(\w+) \d+</th>', desk.client.get(WEEK).text)

    assert days == ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]


@pytest.mark.parametrize("week", ["2026-11-25", "2026-11-29"])
def test_any_day_opens_its_week(desk: Desk, week: str) -> None:
    assert "week of Nov 23" in desk.client.get(f"{CALENDAR}?week={week}").text


@pytest.mark.parametrize("week", ["tomorrow", "2026-13-40", "0001-01-01", "9999-12-31", "<b>", "9" * 10_000])
def test_a_week_that_is_none_is_400_and_shows_this_one(desk: Desk, week: str) -> None:
    answer = desk.client.get(CALENDAR, query_string={"week": week})

    assert answer.status_code == 400
    assert "is no day this calendar has. This is the present week." in answer.text
    assert "week of Nov 23" in answer.text


def test_move_and_cancel_reach_google(connected: Desk, google: FakeGoogle) -> None:
    sends_the_test(connected)
    moved = connected.post(f"{BOOK}/1/move", day="2026-12-01", time="9:00 AM")
    connected.turns_background()
    (event,) = google.world.events_in("maria@clinic.example", "PIMSY Calendar")
    cancelled = connected.post(f"{BOOK}/1/cancel")
    connected.turns_background()

    there = f"{CALENDAR}?week=2026-11-30#appointment-1"
    assert (moved.status_code, moved.location, cancelled.location) == (303, there, there)
    assert event["start"]["dateTime"] == "2026-12-01T09:00:00-05:00"
    assert google.world.events_in("maria@clinic.example", "PIMSY Calendar") == []
    assert said_of(connected.client.get(there).text) == "T.C. 9:00 cancelled Gone from Google 10:00 AM"


def test_cancelled_twice_is_owed_once(connected: Desk, app: Flask) -> None:
    sends_the_test(connected)
    connected.post(f"{BOOK}/1/cancel")
    connected.turns_background()

    again = connected.post(f"{BOOK}/1/cancel")

    assert (again.status_code, owed(app), connected.turns_background()) == (303, False, 0)


@pytest.mark.parametrize(
    ("fields", "field", "sentence"),
    [
        ({"day": "2026-11-20", "time": "06:10"}, "move-day", "Choose a day that has not passed"),
        ({"day": "2026-11-24", "time": "06:15"}, "move-time", "Choose a time on the clinic&#39;s grid"),
        ({"day": "2026-11-24", "time": "09:00"}, "move-time", "Maria has an appointment from 9:00 AM to 9:10 AM"),
        ({}, "move-day", "Type the day as in 2026-11-24"),
    ],
)
def test_what_cannot_be_moved_stays_where_it_is(
    desk: Desk, app: Flask, fields: dict[str, str], field: str, sentence: str
) -> None:
    desk.post(BOOK, **SLOT)
    desk.post(BOOK, **{**SLOT, "time": "09:00"})

    answer = desk.post(f"{BOOK}/1/move", **fields)

    assert answer.status_code == 422
    assert f'id="{field}-problem"' in answer.text
    assert sentence in answer.text
    assert [booked.changed_at == booked.booked_at for booked in all_booked(app)] == [True, True]


def test_a_cancelled_one_is_not_moved(desk: Desk) -> None:
    desk.post(BOOK, **SLOT)
    desk.post(f"{BOOK}/1/cancel")

    answer = desk.post(f"{BOOK}/1/move", day="2026-11-25", time="06:10")

    assert answer.status_code == 422
    assert "This appointment is cancelled. Book a new one" in answer.text


@pytest.mark.parametrize("act", ["move", "cancel", "try"])
@pytest.mark.parametrize(("person", "appointment"), [(JOE, "1"), (MARIA, "99"), (99, "1"), (MARIA, "9" * 40)])
def test_somebody_else_s_or_nobody_s_is_404(desk: Desk, app: Flask, act: str, person: int, appointment: str) -> None:
    desk.post(BOOK, **SLOT)

    address = f"/practice/calendar/{person}/appointments/{appointment}/{act}"
    answer = desk.post(address, day="2026-11-25", time="06:10")

    assert answer.status_code == 404
    assert [(booked.cancelled_at, booked.changed_at == booked.booked_at) for booked in all_booked(app)] == [
        (None, True)
    ]


def test_another_clinic_s_person_is_404_everywhere(desk: Desk, app: Flask) -> None:
    with app.app_context():
        oak = clinics.Clinic(
            name="Oak", zone_name="America/Chicago", practice="builtin", created_at=desk.google.world.now()
        )
        db.session.add(oak)
        db.session.flush()
        with of_clinic(oak.id):
            stranger = Person(name="Kim Wood")
            db.session.add(stranger)
            db.session.commit()
        theirs = stranger.id

    answers = [
        desk.client.get(f"/practice/calendar/{theirs}"),
        desk.client.get(f"/practice/personnel/{theirs}"),
        desk.post(f"/practice/calendar/{theirs}/appointments", **SLOT),
        desk.post(f"/practice/personnel/{theirs}", google_account="kim@clinic.example"),
    ]

    assert [answer.status_code for answer in answers] == [404] * 4


def test_a_silent_google_shows_since_when_and_lets_it_be_tried_now(connected: Desk, google: FakeGoogle) -> None:
    sends_the_test(connected)
    google.goes_silent()
    connected.post(f"{BOOK}/1/move", day="2026-11-24", time="09:00")
    connected.turns_background()
    waiting = connected.client.get(WEEK).text
    google.answers_again()
    before = connected.turns_background()

    tried = connected.post(f"{BOOK}/1/try")
    after = connected.turns_background()

    assert said_of(waiting) == "T.C. 9:00 Waiting for Google since 10:00, next try within a minute Try now"
    assert f'action="{BOOK}/1/try"' in waiting
    assert (before, tried.location, after) == (0, f"{WEEK}#appointment-1", 1)
    assert said_of(connected.client.get(WEEK).text) == "T.C. 9:00 On Google: sent 10:00 AM"


class TestThePartThatAsksAgain:
    """The grid by htmx."""

    def asks(self, desk: Desk, page: str) -> TestResponse:
        address = re.search(r'hx-get="([^"]+)"', page)
        assert address is not None
        return desk.client.get(address[1].replace("&amp;", "&"), headers={**HTMX, "HX-Source": "div#week"})

    def test_it_is_quiet_while_it_says_the_same(self, desk: Desk) -> None:
        by_script(desk)
        page = desk.client.get(WEEK).text

        again = self.asks(desk, page)

        assert 'hx-trigger="every 10s,' in page
        assert (again.status_code, again.data) == (204, b"")

    def test_it_comes_once_more_without_a_trigger_when_nothing_is_open(self, connected: Desk) -> None:
        by_script(connected)
        page = connected.client.get(WEEK).text
        connected.accepts()
        connected.turns_background()

        part = self.asks(connected, page)

        assert part.status_code == 200
        assert part.text.lstrip().startswith('<div id="week">')
        assert "hx-get" not in part.text
        assert "T.C. 6:10: On Google: sent 10:00 AM." in part.text.split('hx-swap-oob="innerHTML:#live">')[1]

    def test_a_plain_request_for_the_part_gets_the_page(self, desk: Desk) -> None:
        answer = desk.client.get(f"{WEEK}&part=week&seen=x")

        assert answer.status_code == 200
        assert "<h1>My SAL Calendar: Maria Lopez</h1>" in answer.text


@pytest.mark.parametrize("appointment", ["1", "99", "x", "9" * 40])
def test_an_appointment_is_opened_for_a_change_by_a_link(desk: Desk, appointment: str) -> None:
    desk.post(BOOK, **SLOT)

    page = desk.client.get(f"{WEEK}&appointment={appointment}")

    assert page.status_code == 200
    assert ("T.C., Tuesday Nov 24, 6:10 AM, 10 minutes" in page.text) == (appointment == "1")
    assert (f'action="{BOOK}/1/move"' in page.text) == (appointment == "1")


def test_a_page_costs_the_same_however_much_is_booked(desk: Desk, app: Flask) -> None:
    desk.post(BOOK, **SLOT)
    with counted(app) as few:
        desk.client.get(WEEK)
    for hour in range(7, 17):
        desk.post(BOOK, **{**SLOT, "time": f"{hour:02}:00"})
    with counted(app) as many:
        desk.client.get(WEEK)

    assert len(all_booked(app)) == 11
    assert len(few) == len(many)
