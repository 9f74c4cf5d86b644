"""The leak look: Google is asked for one title at a press; it is shown once and kept nowhere."""

import logging
import sqlite3
from datetime import timedelta

import pytest
from flask import Flask

from e2e.fake_google import FakeGoogle
from tests.own_pimsy import SLOT, OwnDesk, opens_clinic, writes
from tests.walking import JOE, MARIA, Desk
from wizard.store.database import db

ADDRESS = "maria@clinic.example"
TITLE = f"/setup/{MARIA}/title"
LEAK = "John Doe, depression, 828-555-0142"


@pytest.fixture
def desk(app: Flask, google: FakeGoogle) -> Desk:
    """A desk at which Maria's appointment has arrived; nobody has looked at it."""
    desk = Desk(app, google)
    desk.arrives()
    google.world.clock.advance(60)
    return desk


def retitle(google: FakeGoogle, title: str) -> None:
    [event] = google.world.events_in(ADDRESS, "PIMSY Calendar")
    google.world.retitles_event(ADDRESS, "PIMSY Calendar", event["id"], title)


def test_google_is_asked_for_the_title_at_a_press_alone_and_for_nothing_else(desk: Desk, google: FakeGoogle) -> None:
    asked = len(google.world.calls())
    page = desk.client.get(TITLE)
    shown = desk.post(TITLE)

    [call] = [call for call in google.world.calls()[asked:] if call.path.startswith("/calendar")]
    assert page.status_code == 200
    assert (call.method, call.client_id) == ("events.get", "checker")
    assert "summary" in str(call.query)
    assert "description" not in str(call.query)
    assert "This is what Google now holds" in shown.text
    assert '<p class="title-shown">PIMSY sync test</p>' in shown.text
    assert "We see nothing in it that looks like a client" in shown.text
    assert shown.headers["Cache-Control"] == "no-store"


def test_a_title_that_seems_to_hold_a_client_is_advised_about(desk: Desk, google: FakeGoogle) -> None:
    retitle(google, LEAK)

    shown = desk.post(TITLE).text

    assert LEAK in shown
    assert "It seems to hold a person&#39;s name, a telephone number, a word from a diagnosis." in shown
    assert "What to do when it shows a client" in shown


def test_the_title_is_kept_nowhere(
    desk: Desk, google: FakeGoogle, app: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    retitle(google, LEAK)
    caplog.set_level(logging.DEBUG)

    desk.post(TITLE)
    desk.post(f"{TITLE}/answer", shows="client")
    later = [desk.client.get(address).text for address in (TITLE, f"/setup/{MARIA}/record", "/overview")]

    with app.app_context():
        database = db.engine.url.database
    assert database is not None
    with sqlite3.connect(database) as connection:
        dump = "\n".join(connection.iterdump())
    kept = "\n".join([dump, caplog.text, *later])
    assert "John Doe" not in kept
    assert "828-555" not in kept


def test_the_round_stops_until_somebody_has_looked(app: Flask, desk: Desk, google: FakeGoogle) -> None:
    next_person = desk.begins(JOE).location
    second = Desk(app, google, "Front desk 2")
    next_desk = second.begins().location
    same = desk.begins().location

    assert next_person == f"{TITLE}?then={JOE}"
    assert next_desk == f"{TITLE}?then={MARIA}"
    assert same == f"/setup/{MARIA}"
    assert "Joe Hale is next." in desk.client.get(next_person).text


def test_on_the_record_the_look_comes_before_the_next_person(desk: Desk) -> None:
    desk.post(f"/setup/{MARIA}/record/own-computer")
    waits = desk.client.get(f"/setup/{MARIA}/record").text
    desk.post(f"{TITLE}/answer", shows="none")
    on = desk.client.get(f"/setup/{MARIA}/record").text

    assert f'<a class="button button--primary" href="{TITLE}">' in waits
    assert '<button class="button">Next: Joe Hale</button>' in waits
    assert '<button class="button button--primary">Next: Joe Hale</button>' in on


def test_no_other_way_leads_past_the_look_to_the_next_appointment(app: Flask, desk: Desk, google: FakeGoogle) -> None:
    """Whoever comes by the overview, or was already on her way when the first appointment arrived."""
    second = Desk(app, google, "Front desk 2")
    second.begins()
    second.signs_out()
    booking = f"/setup/{MARIA}/test-appointment"

    waits, own = second.client.get(booking), desk.client.get(booking)
    second.post(f"{TITLE}/answer", shows="none")
    on = second.client.get(booking)

    assert (waits.status_code, waits.location) == (303, f"{TITLE}?then={MARIA}")
    assert own.status_code == 200, "where it arrived nothing more is booked"
    assert on.status_code == 200


def test_what_is_booked_already_goes_on_without_it(app: Flask, google: FakeGoogle) -> None:
    first, second = Desk(app, google), Desk(app, google, "Front desk 2")
    first.creates_calendar()
    first.prepares_practice()
    first.books()
    second.begins()
    second.signs_out()
    second.books()
    first.accepts()
    first.turns_background()
    first.check(MARIA, "accept", now="1")

    assert "Look at the title" in first.client.get(f"/setup/{MARIA}/record").text
    assert second.client.get(f"/setup/{MARIA}/test-appointment").status_code == 200


def test_the_answer_leads_on_to_who_is_next(desk: Desk) -> None:
    desk.begins(JOE)

    on = desk.post(f"{TITLE}/answer", shows="none", then=str(JOE))

    assert on.location == f"/?person={JOE}", "there it is asked whether the computer is handed over"
    assert desk.begins(JOE).location == f"/setup/{JOE}/create-calendar"
    assert "the title shows no client" in desk.client.get(f"/setup/{MARIA}/record").text


def test_a_title_that_shows_a_client_says_first_what_to_do(desk: Desk) -> None:
    back = desk.post(f"{TITLE}/answer", shows="client", then=str(JOE))
    page = desk.client.get(back.location).text

    assert back.location == f"{TITLE}?then={JOE}"
    assert "the title shows a client" in page
    assert "What to do when it shows a client" in page
    assert "Go on with Joe Hale" in page
    assert "the title shows a client" in desk.client.get(f"/setup/{MARIA}/record").text


def test_a_later_look_supersedes_the_first(desk: Desk) -> None:
    desk.post(f"{TITLE}/answer", shows="client")
    desk.post(f"{TITLE}/answer", shows="none")

    record = desk.client.get(f"/setup/{MARIA}/record").text

    assert "the title shows no client" in record
    assert "the title shows a client" not in record


def test_while_google_is_silent_the_page_says_so_and_the_answer_is_taken_all_the_same(
    desk: Desk, google: FakeGoogle
) -> None:
    google.goes_silent()

    answer = desk.post(TITLE)

    assert answer.status_code == 503
    assert "Google is not answering." in answer.text
    assert "It shows no client" in answer.text


def test_what_is_gone_cannot_be_shown(desk: Desk, google: FakeGoogle) -> None:
    desk.post(f"/practice/calendar/{MARIA}/appointments/1/cancel")
    desk.turns_background()

    shown = desk.post(TITLE)

    assert shown.status_code == 200
    assert "The test appointment is not in Google any more" in shown.text
    assert "title-shown" not in shown.text


@pytest.mark.parametrize("fields", [{}, {"shows": ""}, {"shows": "maybe"}])
def test_an_answer_that_is_none_is_refused(desk: Desk, fields: dict[str, str]) -> None:
    assert desk.post(f"{TITLE}/answer", **fields).status_code == 400
    assert "Nobody of this clinic has looked yet" in desk.client.get(f"/setup/{MARIA}/record").text


def test_nobody_s_appointment_has_no_title(desk: Desk, google: FakeGoogle) -> None:
    asked = len(google.world.calls())

    answers = [desk.client.get(f"/setup/{JOE}/title"), desk.post(f"/setup/{JOE}/title")]

    assert [answer.location for answer in answers] == [f"/setup/{JOE}"] * 2
    assert len(google.world.calls()) == asked


def test_nobody_says_what_a_title_shows_that_nobody_has(desk: Desk) -> None:
    assert desk.post(f"/setup/{JOE}/title/answer", shows="none").status_code == 400
    assert desk.begins(JOE).location == f"{TITLE}?then={JOE}", "the round still waits for somebody to look"


def test_what_came_at_another_time_is_not_shown(app: Flask, google: FakeGoogle) -> None:
    """By hand it may be a client's own appointment that only looks like the test."""
    maria = opens_clinic(app)["Maria Lopez"]
    desk = OwnDesk(app, google)
    desk.tells_everything(maria)
    writes(google, starts_at=SLOT + timedelta(minutes=20))
    seen = desk.looks(maria)

    shown = desk.post(f"/setup/{maria}/title")

    assert "An appointment arrived at 6:30, not 6:10." in seen
    assert shown.location == f"/setup/{maria}"
