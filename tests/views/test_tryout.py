"""The try-out's scenarios: one press makes the world ready and opens a clinic beside the others, which stay as they are."""

from dataclasses import replace

import pytest
from flask import Flask

from e2e.fake_google import FakeGoogle, World
from e2e.launcher import TODAY
from tests.walking import MARIA, Desk
from wizard.app import create_app
from wizard.config import Settings
from wizard.store import clients, clinics, people
from wizard.store.database import of_clinic
from wizard.views.tryout_scenarios import read_all

MARIAS = "maria@clinic.example"


@pytest.fixture
def desk(app: Flask, google: FakeGoogle) -> Desk:
    return Desk(app, google)


def test_everything_that_can_be_played_by_hand_is_listed(desk: Desk, settings: Settings) -> None:
    assert settings.scenarios is not None
    page = desk.client.get("/try-out").text

    for scenario in read_all(settings.scenarios):
        words = f"… {scenario.when} <".replace("'", "&#39;")
        assert (words in page) is not bool(scenario.suite_only), scenario.id


def test_the_start_page_leads_there(desk: Desk) -> None:
    assert 'href="/try-out"' in desk.client.get("/").text


def test_one_press_makes_the_world_ready_and_leaves_the_clinic_before_as_it_is(
    app: Flask, desk: Desk, world: World
) -> None:
    desk.begins(MARIA)

    begun = desk.post("/try-out/CAL-NEAR", variant="typo")

    page = desk.client.get(begun.location)
    assert (begun.status_code, page.status_code) == (303, 200)
    assert "When a letter of the calendar&#39;s name is wrong" in page.text
    assert "Connect the checker as maria@clinic.example." in page.text
    assert "“Found PIMSY Calender: the last letters must be -ar.”" in page.text
    assert [calendar.summary for calendar in world.calendars_of(MARIAS)] == [MARIAS, "PIMSY Calender"]
    assert world.find_account("sam@clinic.example") is not None
    with app.app_context():
        old, new = clinics.every()
        assert (old.name, new.name) == ("Maple Clinic", "Maple Clinic")
        with of_clinic(new.id):
            first = people.everyone()[0]
    assert f'href="/?person={first.id}"' in page.text
    assert "What is this computer called?" in desk.client.get("/").text
    assert desk.client.get(f"/setup/{MARIA}").status_code == 404, "the clinic before is not this one's"


def test_a_browser_that_comes_new_is_in_the_newest_clinic(app: Flask, desk: Desk, google: FakeGoogle) -> None:
    desk.post("/try-out/CAL-NEAR", variant="case")

    other = Desk(app, google, "Front desk 2")

    assert other.client.get(f"/setup/{MARIA}").status_code == 404
    assert other.begins(MARIA + 4).status_code == 303


def test_the_scenario_without_clients_takes_them_from_its_person_alone(app: Flask, desk: Desk) -> None:
    desk.post("/try-out/CLIENT-NONE")

    with app.app_context():
        clinic = clinics.newest()
        assert clinic is not None
        with of_clinic(clinic.id):
            have = {one.name: bool(clients.of_people([one.id])) for one in people.everyone()}
    assert have == {"Maria Lopez": False, "Joe Hale": True, "Sam Reed": True, "Ana Brook": True}


def test_what_happens_in_the_world_happens_by_a_press(desk: Desk, world: World) -> None:
    page = desk.client.get(desk.post("/try-out/GOOGLE-BUSY").location).text
    assert [fault.kind for fault in world.faults.planned] == ["drop"]
    act = page.split('name="act" value="')[1].split('"')[0]

    happened = desk.post("/try-out/GOOGLE-BUSY/world", act=act)

    assert world.faults.planned == []
    assert "It is so now." in desk.client.get(happened.location).text


@pytest.mark.parametrize("act", ["", "0", "99", "-1", "x"])
def test_only_an_act_of_the_world_can_be_pressed(desk: Desk, act: str) -> None:
    assert desk.post("/try-out/GOOGLE-BUSY/world", act=act).status_code == 400


@pytest.mark.parametrize(
    "address", ["/try-out/NOTHING", "/try-out/CAL-NEAR?variant=none", "/try-out/EVT-TIME?variant=moved+on+Google"]
)
def test_what_is_no_scenario_for_hands_is_not_there(desk: Desk, address: str) -> None:
    assert desk.client.get(address).status_code == 404


def test_a_stand_in_that_does_not_answer_is_said_and_no_clinic_is_opened(app: Flask, settings: Settings) -> None:
    away = create_app(replace(settings, google_api_url="http://127.0.0.1:1/"))
    desk = Desk(away, FakeGoogle(World()))

    answer = desk.post("/try-out/CAL-NEAR")

    assert answer.status_code == 503
    assert "The stand-in Google does not answer." in answer.text
    with app.app_context():
        assert len(clinics.every()) == 1


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_in_service_there_is_no_such_page(settings: Settings, desk: Desk, world: World, method: str) -> None:
    desk.begins()
    cookie = desk.client.get_cookie("wizard_session")
    serving = create_app(replace(settings, is_tryout=False), world.now)
    serving.config["WTF_CSRF_ENABLED"] = False
    client = serving.test_client()
    assert cookie is not None
    client.set_cookie("wizard_session", cookie.value)

    assert client.get("/overview").status_code == 200
    assert client.open("/try-out/CAL-NEAR", method=method).status_code == 404


def test_own_pimsy_is_played_too_and_what_it_writes_comes_by_a_press(app: Flask, desk: Desk, world: World) -> None:
    begun = desk.post("/try-out/EVT-ZONE", practice="by hand")
    page = desk.client.get(begun.location).text
    world.clock.set(TODAY)  # a world that begins anew begins in real time
    world.adds_calendar(MARIAS, "PIMSY Calendar")

    happened = desk.post("/try-out/EVT-ZONE/world", practice="by hand", act="0")

    assert "This clinic has its own PIMSY." in page
    assert "PIMSY writes an appointment from 09:10 to 09:20 for maria@clinic.example." in page
    assert "It is so now." in desk.client.get(happened.location).text
    [event] = world.events_in(MARIAS, "PIMSY Calendar")
    assert event["start"]["dateTime"] == "2026-11-24T09:10:00-05:00"
    with app.app_context():
        newest = clinics.newest()
        assert newest is not None
        assert newest.practice == "by hand"


def test_of_a_code_with_both_each_practice_can_be_asked_for(desk: Desk) -> None:
    pages = {
        practice: desk.client.get(f"/try-out/CAL-DUP?variant=two&practice={practice}").text
        for practice in ("builtin", "by hand")
    }

    assert "This clinic has its own PIMSY." in pages["by hand"]
    assert "This clinic has its own PIMSY." not in pages["builtin"]
