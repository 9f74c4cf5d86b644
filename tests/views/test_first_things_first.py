"""Where a card stands on its page, and what else is offered there: one act at a time, and never its opposite."""

import re

import pytest
from flask import Flask

from e2e.fake_google import FakeGoogle
from tests.walking import MARIA, Desk


@pytest.fixture
def desk(app: Flask, google: FakeGoogle) -> Desk:
    return Desk(app, google)


def test_a_card_about_google_stands_first_and_alone_leads_back_there(desk: Desk) -> None:
    desk.begins()
    desk.trip(MARIA, "checker", "frontdesk@gmail.example")

    page = desk.sees(MARIA, "create-calendar")

    assert page.index("You signed in as frontdesk@gmail.example") < page.index("Tick <strong>every box</strong>")
    assert page.count(f'href="/google/connect/{MARIA}/checker"') == 1
    assert "Check now" not in page


@pytest.mark.parametrize("name", ["Pimsy calendar", "PIMSY Calender"])
def test_beside_a_calendar_to_rename_no_new_one_is_offered(desk: Desk, google: FakeGoogle, name: str) -> None:
    desk.begins()
    google.world.adds_calendar("maria@clinic.example", name)
    desk.trip(MARIA, "checker", "maria@clinic.example")

    page = desk.sees(MARIA, "create-calendar")

    assert "Rename it to PIMSY Calendar" in page
    assert "Click <strong>Create calendar</strong>" not in page
    assert 'data-copies="exact-name"' in page


def test_beside_two_calendars_of_the_name_no_third_is_offered(desk: Desk, google: FakeGoogle) -> None:
    desk.begins()
    google.world.adds_calendar("maria@clinic.example", "PIMSY Calendar")
    google.world.adds_calendar("maria@clinic.example", "PIMSY Calendar")
    desk.trip(MARIA, "checker", "maria@clinic.example")

    page = desk.sees(MARIA, "create-calendar")

    assert "There are 2 calendars named PIMSY Calendar" in page
    assert "Click <strong>Create calendar</strong>" not in page


def test_the_third_time_the_way_on_is_the_main_button(desk: Desk, google: FakeGoogle) -> None:
    desk.begins()
    google.world.adds_calendar("maria@clinic.example", "PIMSY Calendar")
    desk.trip(MARIA, "checker", "maria@clinic.example")
    for _ in range(3):
        desk.trip(MARIA, "signed-out")

    page = desk.sees(MARIA, "sign-out")

    assert re.findall(r'class="(button[^"]*)"[^>]*value="pass"', page) == ["button button--primary"]
    assert page.index("Continue without this check") < page.index("not this one")  # Chrome's own picture is drawn


def test_what_ended_a_permission_is_told_before_what_its_end_undid(desk: Desk, google: FakeGoogle) -> None:
    desk.proves()
    google.world.removes_permission("maria@clinic.example", "integration")
    desk.post(f"/setup/{MARIA}/fix")

    page = desk.client.get(f"/setup/{MARIA}/fix").text
    hub = desk.client.get(f"/setup/{MARIA}").text

    assert page.index("was removed at Google") < page.index("proves nothing any more")
    assert "The permission of PIMSY Calendar Integration was removed at Google." in hub


def test_the_overview_counts_what_needs_somebody_for_the_person_too(desk: Desk, google: FakeGoogle) -> None:
    desk.creates_calendar()
    google.world.deletes_calendar("maria@clinic.example", "PIMSY Calendar")
    google.world.clock.advance(60)
    desk.check(MARIA, "create-calendar", now="1")

    assert "0 of 4 done. 1 needs attention." in desk.client.get("/overview").text


def test_a_trip_that_google_did_not_finish_is_asked_again_and_not_waited_for(desk: Desk, google: FakeGoogle) -> None:
    desk.begins()
    address = desk.goes_to_google(MARIA, "checker")
    google.accepts("maria@clinic.example")
    answer = desk.answer_of(address)
    google.goes_silent()
    desk.client.get(answer)

    page = desk.sees(MARIA, "create-calendar")

    assert "Google is not answering" in page
    assert "Ask again in a few minutes" in page
    assert page.count(f'href="/google/connect/{MARIA}/checker"') == 1
    assert "We keep looking" not in page
