"""The short roads by plain HTTP: just check it, and go on without the checker."""

import pytest
from flask import Flask

from e2e.fake_google import FakeGoogle
from tests.walking import MARIA, SAM, Desk

ADDRESS = "maria@clinic.example"


@pytest.fixture
def desk(app: Flask, google: FakeGoogle) -> Desk:
    return Desk(app, google)


def just_checks(desk: Desk) -> None:
    desk.post("/", person=str(MARIA), workstation=desk.name, road="just check")


def goes_without(desk: Desk, person: int = MARIA, **fields: str) -> str:
    desk.begins(person)
    return desk.post(f"/setup/{person}/without-checker", **fields).location or ""


# ── just check it ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_connect_book_read(desk: Desk, google: FakeGoogle) -> None:
    desk.prepares_practice()
    google.world.adds_calendar(ADDRESS, "PIMSY Calendar")

    just_checks(desk)
    desk.trip(MARIA, "checker", ADDRESS)
    on = desk.post(f"/setup/{MARIA}/create-calendar", answer="continue")
    desk.books()
    desk.accepts()
    desk.turns_background()
    desk.check(MARIA, "accept", now="1")
    record = desk.client.get(f"/setup/{MARIA}/record").text

    assert on.location == f"/setup/{MARIA}/test-appointment"
    assert "5 of 6" in desk.client.get(f"/setup/{MARIA}").text
    assert 'Not checked</span> <span class="status__line">– not needed here' in record


def test_the_road_is_left_by_a_press(desk: Desk, google: FakeGoogle) -> None:
    desk.prepares_practice()
    google.world.adds_calendar(ADDRESS, "PIMSY Calendar")
    just_checks(desk)
    desk.trip(MARIA, "checker", ADDRESS)
    offered = desk.sees(MARIA, "test-appointment")

    back = desk.post(f"/setup/{MARIA}/test-appointment", answer="all steps")

    assert "You only check what works already" in offered
    assert back.location == f"/setup/{MARIA}/sign-out"
    assert "You only check" not in desk.sees(MARIA, "sign-out")


def test_another_computer_is_on_its_own_road(app: Flask, desk: Desk, google: FakeGoogle) -> None:
    just_checks(desk)
    second = Desk(app, google, "Front desk 2")

    second.begins()

    assert "You only check" not in second.sees(MARIA, "create-calendar")


# ── without the checker ──────────────────────────────────────────────────────────────────────────────────────────────


def test_the_stand_in_walks_the_whole_way_unwatched(desk: Desk, google: FakeGoogle) -> None:
    google.world.adds_calendar(ADDRESS, "PIMSY Calendar")
    desk.prepares_practice()

    goes_without(desk)
    desk.post(f"/setup/{MARIA}/create-calendar", answer="said")
    on = desk.post(f"/setup/{MARIA}/sign-out", answer="said")
    desk.books()
    desk.accepts()
    desk.turns_background()
    asked = desk.sees(MARIA, "accept")
    done = desk.post(f"/setup/{MARIA}/accept", answer="said")

    assert on.location == f"/setup/{MARIA}/test-appointment"
    assert len(google.world.events_in(ADDRESS, "PIMSY Calendar")) == 1
    assert "Open Google Calendar. Is it there, Tuesday Nov 24, 6:10 AM?" in asked
    assert done.location == f"/setup/{MARIA}/record"
    assert google.world.calls("events.list") == []
    assert {call.client_id for call in google.world.calls("calendarList.list")} == {"integration"}


def test_the_record_and_the_overview_say_plainly_that_nobody_looked(desk: Desk, google: FakeGoogle) -> None:
    test_the_stand_in_walks_the_whole_way_unwatched(desk, google)

    record = desk.client.get(f"/setup/{MARIA}/record").text
    overview = desk.client.get("/overview").text

    assert "Nobody looked" in record
    assert "is set up on" not in record
    assert "you said it is done" in overview
    assert "0 of 4 done." in overview


def test_connecting_later_proves_what_is_still_there(desk: Desk, google: FakeGoogle) -> None:
    test_the_stand_in_walks_the_whole_way_unwatched(desk, google)

    desk.trip(MARIA, "checker", ADDRESS)
    desk.check(MARIA, "accept", now="1")

    assert "5 of 6" in desk.client.get(f"/setup/{MARIA}").text  # the sign-out is past
    assert "arrived at" in desk.sees(MARIA, "accept")


def test_what_the_person_does_not_see_leads_to_the_causes_and_back(desk: Desk, google: FakeGoogle) -> None:
    desk.prepares_practice()
    goes_without(desk)
    desk.post(f"/setup/{MARIA}/create-calendar", answer="said")
    desk.post(f"/setup/{MARIA}/sign-out", answer="said")
    desk.books()
    desk.accepts()
    desk.turns_background()
    google.world.adds_calendar(ADDRESS, "PIMSY Calendar")
    google.world.clock.advance(5)

    desk.post(f"/setup/{MARIA}/accept", answer="not there")
    card = desk.sees(MARIA, "accept")
    desk.turns_background()

    assert "You do not see the 6:10 appointment in Google Calendar." in card
    assert "card 29" in card
    assert len(google.world.events_in(ADDRESS, "PIMSY Calendar")) == 1
    assert desk.post(f"/setup/{MARIA}/accept", answer="said").location == f"/setup/{MARIA}/record"


def test_a_wrong_account_is_refused_by_the_address_alone(desk: Desk, google: FakeGoogle) -> None:
    google.world.adds_calendar(ADDRESS, "PIMSY Calendar")
    desk.prepares_practice()
    goes_without(desk)
    desk.post(f"/setup/{MARIA}/create-calendar", answer="said")
    desk.post(f"/setup/{MARIA}/sign-out", answer="said")
    desk.books()

    desk.trip(MARIA, "integration", "joe@clinic.example")

    page = desk.sees(MARIA, "accept")
    assert "joe@clinic.example" in page
    assert "Nothing was stored" in page


def test_without_an_address_it_is_asked_for(desk: Desk, google: FakeGoogle) -> None:
    desk.begins(SAM)
    page = desk.client.get(f"/setup/{SAM}/without-checker").text

    empty = desk.post(f"/setup/{SAM}/without-checker", google_account="")
    taken = desk.post(f"/setup/{SAM}/without-checker", google_account="Maria@clinic.example")
    good = desk.post(f"/setup/{SAM}/without-checker", google_account="sam@clinic.example")

    assert 'name="google_account"' in page
    assert (empty.status_code, taken.status_code, good.status_code) == (422, 422, 303)
    assert "already entered for Maria Lopez" in taken.text
    assert "sam@clinic.example" in desk.sees(SAM, "create-calendar")


def test_nobody_s_word_is_taken_while_the_checker_looks(desk: Desk) -> None:
    desk.creates_calendar()

    said = desk.post(f"/setup/{MARIA}/sign-out", answer="said")
    missed = desk.post(f"/setup/{MARIA}/create-calendar", answer="not there")
    chosen = desk.post(f"/setup/{MARIA}/without-checker")

    assert (said.status_code, missed.status_code) == (400, 400)
    assert chosen.location == f"/setup/{MARIA}/create-calendar"
    assert "Nobody looks" not in desk.sees(MARIA, "create-calendar")


def test_google_s_page_is_not_reached_without_the_checker_by_accident(desk: Desk) -> None:
    desk.begins()

    answer = desk.client.get(f"/google/connect/{MARIA}/integration")

    assert answer.location == f"/setup/{MARIA}/create-calendar"
