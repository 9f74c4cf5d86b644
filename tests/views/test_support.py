"""Let support look for one hour: six digits, a reading role without clients, a log of every page, an end."""

import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from e2e.fake_google import FakeGoogle
from tests.test_access import VALUES
from tests.walking import JOE, MARIA, TOKEN, Desk
from wizard.access import ROUTES, Role
from wizard.store import clinics, log
from wizard.store.database import of_clinic

DIGITS = re.compile(r'aria-hidden="true">(\d{3}) (\d{3})<')
CLINIC, PERSON = "/support/clinic", f"/support/clinic/{MARIA}/1"


@pytest.fixture
def desk(own_app: Flask, google: FakeGoogle) -> Desk:
    """Dana at a computer of a clinic in service; Maria has begun there."""
    desk = Desk(own_app, google).signs_in()
    desk.begins()
    return desk


@pytest.fixture
def caller(own_app: Flask) -> FlaskClient:
    """Support's own browser, where nobody is signed in."""
    return own_app.test_client()


def allow(desk: Desk) -> str:
    """Dana's press; the six digits she reads out."""
    desk.post("/support/allow", person=str(MARIA))
    found = DIGITS.search(desk.client.get(f"/setup/{MARIA}/fix").text)
    assert found is not None
    return found[1] + found[2]


def type_in(caller: FlaskClient, digits: str) -> Any:
    found = TOKEN.search(caller.get("/support").text)
    assert found is not None
    return caller.post("/support", data={"csrf_token": found[1], "digits": digits})


def test_six_digits_open_this_clinic_to_be_read(desk: Desk, caller: FlaskClient) -> None:
    digits = allow(desk)

    answer = type_in(caller, f" {digits[:3]} {digits[3:]} ")
    clinic, person = caller.get(CLINIC), caller.get(PERSON)

    assert (answer.status_code, answer.location) == (303, CLINIC)
    assert (clinic.status_code, person.status_code) == (200, 200)
    assert "You are looking at Cedar Clinic" in clinic.text
    assert "Maria Lopez" in clinic.text
    assert "Maria Lopez on Front desk 1" in person.text
    assert "Steps: 1 Not checked NOT-BEGUN" in person.text
    assert "<form" not in clinic.text + person.text, "there is nothing to press"


def test_the_account_page_offers_the_same(desk: Desk) -> None:
    answer = desk.post("/support/allow")

    assert answer.location == "/account#support"
    assert DIGITS.search(desk.client.get("/account").text)


def test_the_digits_are_good_once(desk: Desk, own_app: Flask, caller: FlaskClient) -> None:
    digits = allow(desk)
    type_in(caller, digits)

    again = type_in(own_app.test_client(), digits)

    assert again.status_code == 422
    assert "These digits open nothing" in again.text
    assert DIGITS.search(desk.client.get(f"/setup/{MARIA}/fix").text) is None


@pytest.mark.parametrize("digits", ["", "000000", "abcdef", "1' OR '1'='1", "９９９９９９"])
def test_wrong_digits_open_nothing(desk: Desk, caller: FlaskClient, digits: str) -> None:
    allow(desk)

    assert type_in(caller, digits).status_code == 422
    assert caller.get(CLINIC).location == "/support?ended=yes"


def test_whoever_guesses_is_stopped(desk: Desk, caller: FlaskClient) -> None:
    digits = allow(desk)

    answers = [type_in(caller, "000000").status_code for _ in range(11)]

    assert answers == [422] * 10 + [429]
    assert type_in(caller, digits).status_code == 429


def test_it_ends_after_one_hour(desk: Desk, caller: FlaskClient, google: FakeGoogle) -> None:
    type_in(caller, allow(desk))

    google.world.clock.advance(59 * 60)
    before = caller.get(CLINIC).status_code
    google.world.clock.advance(60)
    after = caller.get(PERSON)

    assert (before, after.status_code, after.location) == (200, 303, "/support?ended=yes")
    assert "This look is over" in caller.get(after.location).text


def test_it_ends_by_stop_it_now(desk: Desk, caller: FlaskClient) -> None:
    type_in(caller, allow(desk))
    before = caller.get(CLINIC).status_code

    desk.post("/support/stop", person=str(MARIA))

    assert (before, caller.get(CLINIC).location) == (200, "/support?ended=yes")


def test_new_digits_end_the_look_before(desk: Desk, caller: FlaskClient) -> None:
    type_in(caller, allow(desk))

    desk.post("/support/allow")

    assert caller.get(CLINIC).location == "/support?ended=yes"


def test_every_page_it_opens_is_noted_for_the_clinic(desk: Desk, own_app: Flask, caller: FlaskClient) -> None:
    type_in(caller, allow(desk))
    for address in (CLINIC, PERSON):
        caller.get(address)

    shown = desk.client.get(f"/setup/{MARIA}/fix").text

    assert "2 pages were opened" in shown
    assert f": {CLINIC}<" in shown
    assert f": {PERSON}<" in shown
    with own_app.app_context():
        clinic = clinics.first()
        assert clinic is not None
        with of_clinic(clinic.id):
            entries = log.of("support opened a page", clinic.created_at)
    assert [(entry.who, entry.detail) for entry in entries] == [("support", CLINIC), ("support", PERSON)]


def test_support_may_get_its_own_pages_alone_and_send_no_form(desk: Desk, own_app: Flask, caller: FlaskClient) -> None:
    """The matrix: every route and method, by the session of a look."""
    type_in(caller, allow(desk))
    own_app.config["WTF_CSRF_ENABLED"] = False  # it would refuse the unsafe ones before anybody asks who is here
    answered: dict[tuple[str, str], int] = {}
    for rule in own_app.url_map.iter_rules():
        if Role.NOBODY in ROUTES[rule.endpoint]:
            continue
        with own_app.test_request_context():
            address = own_app.url_for(
                rule.endpoint, **{name: {**VALUES, "workstation_id": 1}[name] for name in rule.arguments}
            )
        for method in (rule.methods or set()) - {"OPTIONS"}:
            answered[rule.endpoint, method] = caller.open(address, method=method).status_code

    opened = {key for key, status in answered.items() if status not in {401, 403}}

    assert len(answered) > 60
    assert opened == {(name, method) for name in ("support.everybody", "support.one") for method in ("GET", "HEAD")}


def test_an_administrator_is_not_support(desk: Desk) -> None:
    assert desk.client.get(CLINIC).location == "/support?ended=yes"


def test_only_an_administrator_lets_support_look(own_app: Flask, caller: FlaskClient) -> None:
    found = TOKEN.search(caller.get("/support").text)
    assert found is not None

    for address in ("/support/allow", "/support/stop"):
        assert caller.post(address, data={"csrf_token": found[1]}).status_code == 401


@pytest.mark.parametrize("address", [f"/support/clinic/{MARIA}/99", "/support/clinic/99/1"])
def test_what_is_not_of_this_clinic_is_not_there(desk: Desk, caller: FlaskClient, address: str) -> None:
    type_in(caller, allow(desk))

    assert caller.get(address).status_code == 404


def test_no_client_no_calendar_s_name_and_no_title_is_shown(app: Flask, google: FakeGoogle) -> None:
    desk, caller = Desk(app, google), app.test_client()
    desk.proves()
    google.world.adds_calendar("maria@clinic.example", "Therapy of Jane Doe")
    google.world.adds_event(
        "maria@clinic.example",
        "PIMSY Calendar",
        {
            "summary": "Jane Doe F41.1",
            "start": {"dateTime": "2026-11-24T12:00:00Z"},
            "end": {"dateTime": "2026-11-24T12:10:00Z"},
        },
    )
    google.world.renames_calendar("maria@clinic.example", "PIMSY Calendar", "Jane Doe's calendar")
    google.world.clock.advance(5)
    desk.check(MARIA, "create-calendar", now="1")
    assert "Jane Doe" in desk.sees(MARIA, "create-calendar")
    type_in(caller, allow(desk))

    pages = "".join(caller.get(address).text for address in (CLINIC, PERSON, f"/support/clinic/{JOE}/1"))

    assert "Jane" not in pages
    assert "Therapy" not in pages
    assert "Test Client" not in pages
    assert "T.C." not in pages
    assert "The calendar we know has another name now." in pages
    assert "card 07" in pages
