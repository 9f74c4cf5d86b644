"""Booking in My SAL Calendar: where it leads, and everything that is refused."""

import pytest
from flask import Flask

from e2e.fake_google import FakeGoogle
from tests.views.standin import BOOK, SLOT, WEEK, all_booked, by_script, owed, said_of
from tests.walking import MARIA, Desk


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


def test_booked_with_a_script_google_s_page_opens(desk: Desk, app: Flask) -> None:
    answer = by_script(desk, back="step")

    (booked,) = all_booked(app)
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (204, f"/google/connect/{MARIA}/integration")
    assert (booked.slot_id, booked.unsent, owed(app)) == (1, "", True)
    assert said_of(desk.client.get(WEEK).text).startswith("T.C. 6:10 Held until Maria accepts on this computer")


def test_booked_without_a_script_the_next_step_has_the_link_to_google(connected: Desk) -> None:
    answer = connected.post(BOOK, **SLOT)

    assert (answer.status_code, answer.location) == (303, f"/setup/{MARIA}/accept")
    assert f'href="/google/connect/{MARIA}/integration"' in connected.client.get(answer.location).text


def test_booked_where_she_has_accepted_it_goes_out_at_once(connected: Desk, google: FakeGoogle) -> None:
    connected.books()
    connected.accepts()
    from_step = connected.post(BOOK, **{**SLOT, "time": "09:00"}, back="step")
    from_calendar = connected.post(BOOK, **{**SLOT, "time": "10:00"})
    by_htmx = by_script(connected, time="11:00")
    connected.turns_background()

    assert from_step.location == f"/setup/{MARIA}/accept"
    assert from_calendar.location == WEEK
    assert by_htmx.headers["HX-Redirect"] == WEEK
    assert len(google.world.events_in("maria@clinic.example", "PIMSY Calendar")) == 4
    assert said_of(connected.client.get(WEEK).text) == "T.C. 6:10 On Google: sent 10:00 AM"


@pytest.mark.parametrize(("back", "location"), [("step", f"/setup/{MARIA}/test-appointment"), ("", WEEK)])
def test_booked_while_the_setting_is_false_it_goes_back_and_says_why(
    connected: Desk, app: Flask, back: str, location: str
) -> None:
    connected.post("/practice/settings", **{"value-233": "False", "was-233": "True"})

    answer = connected.post(BOOK, **SLOT, back=back)
    connected.post("/practice/settings", **{"value-233": "True", "was-233": "False"})

    assert (answer.status_code, answer.location) == (303, location)
    assert said_of(connected.client.get(WEEK).text) == "T.C. 6:10 Not sent: -233 was False when it was booked"
    assert (owed(app), connected.turns_background()) == (False, 0)


def test_a_double_click_books_once(connected: Desk, app: Flask) -> None:
    first, second = connected.post(BOOK, **SLOT), connected.post(BOOK, **SLOT)

    assert (first.location, second.location) == (f"/setup/{MARIA}/accept",) * 2
    assert len(all_booked(app)) == 1


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"client": "4"}, "Choose one of Maria&#39;s clients"),
        ({"client": ""}, "Choose one of Maria&#39;s clients"),
        ({"client": "9" * 400}, "Choose one of Maria&#39;s clients"),
        ({"code": "x" * 201}, "Shorten the billing code to 200 letters"),
        ({"location": "x" * 10_000}, "Shorten the location to 200 letters"),
        ({"location": "a\x07b"}, "Use letters, numbers and spaces only in the location"),
        ({"day": ""}, "Type the day as in 2026-11-24"),
        ({"day": "2026-11-22"}, "Choose a day that has not passed"),
        ({"day": "2036-11-24"}, "Choose a day within the next two years"),
        ({"day": "2027-03-14", "time": "02:30"}, "On Sunday Mar 14 the clocks skip 2:30 AM. Choose another time"),
        ({"day": "2026-11-23", "time": "09:50"}, "It is 10:00 AM already. Choose a later time"),
        ({"time": "noon"}, "Type the time as in 6:10 AM"),
        ({"time": "06:05"}, "Choose a time on the clinic&#39;s grid of 10 minutes, as in 6:00, 6:10, 6:20"),
        ({"minutes": "4"}, "Choose a length from 5 to 480 minutes"),
        ({"minutes": "481"}, "Choose a length from 5 to 480 minutes"),
        ({"minutes": ""}, "Choose a length from 5 to 480 minutes"),
    ],
)
def test_what_cannot_be_booked_is_refused_at_its_field_and_stays_typed(
    desk: Desk, app: Flask, fields: dict[str, str], sentence: str
) -> None:
    plain = desk.post(BOOK, **{**SLOT, "code": "KEPT", **fields})
    part = by_script(desk, **{"code": "KEPT", **fields})

    (field,) = set(fields) - {"day"} or {"day"}
    assert (plain.status_code, part.status_code) == (422, 422)
    assert plain.text.count(sentence) == part.text.count(sentence) == 2
    assert f'id="{field}-problem"' in plain.text
    assert "<title>Error: My SAL Calendar" in plain.text
    assert part.text.lstrip().startswith("<form")
    assert fields.get("code", "KEPT") in plain.text
    assert all_booked(app) == []


def test_everything_wrong_is_said_at_once(desk: Desk) -> None:
    answer = desk.post(BOOK)

    assert "There are 4 things to change" in answer.text


def test_one_in_the_way_is_named(desk: Desk) -> None:
    desk.post(BOOK, **SLOT)

    answer = desk.post(BOOK, **{**SLOT, "minutes": "30"})

    assert answer.status_code == 422
    assert "Maria has an appointment from 6:10 AM to 6:20 AM. Choose another time" in answer.text


def test_a_computer_without_a_name_is_asked_for_one_first(desk: Desk, app: Flask) -> None:
    unnamed = Desk(app, desk.google)
    unnamed.client.get("/")

    answer = unnamed.post(BOOK, **SLOT)

    assert (answer.status_code, answer.location) == (303, f"/?person={MARIA}")
    assert all_booked(app) == []
