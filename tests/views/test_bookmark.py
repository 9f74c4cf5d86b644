"""The address that restores a computer's name: it works for whoever has it, opens nothing, and is offered when needed."""

import re
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from itsdangerous import URLSafeSerializer
from sqlalchemy import text

from e2e.fake_google import FakeGoogle, World
from tests import personal
from tests.own_pimsy import opens_clinic
from tests.test_access import rules
from tests.views.test_naming import computers
from tests.views.test_queries import counted
from tests.walking import MARIA, TOKEN, Desk
from wizard.access import ROUTES, Role
from wizard.app import create_app
from wizard.config import Settings
from wizard.store.database import db

DAY = 24 * 60 * 60
ADDRESS = re.compile(r'value="http://127\.0\.0\.1:5000(/computer/[^"]+)"')


@pytest.fixture
def desk(own_app: Flask, google: FakeGoogle) -> Desk:
    """Dana at a computer of a clinic in service."""
    desk = Desk(own_app, google).signs_in()
    desk.begins()
    return desk


@pytest.fixture
def forgot(own_app: Flask) -> FlaskClient:
    """A browser that knows nothing; nobody is signed in."""
    return own_app.test_client()


def address_of(desk: Desk) -> str:
    found = ADDRESS.search(desk.client.get("/account").text)
    assert found is not None
    return found[1]


def test_it_restores_the_name_and_opens_nothing(own_app: Flask, desk: Desk, forgot: FlaskClient) -> None:
    with counted(own_app) as statements:
        answer = forgot.get(address_of(desk))
    opened = {
        rule.endpoint: forgot.get(rule.rule).status_code
        for rule in rules(own_app)
        if "GET" in (rule.methods or ()) and not rule.arguments and Role.NOBODY not in ROUTES[rule.endpoint]
    }

    assert (answer.status_code, answer.location) == (303, "/")
    assert not [words for words in statements if words.startswith(("INSERT", "UPDATE", "DELETE"))]
    assert [cookie.partition("=")[0] for cookie in answer.headers.getlist("Set-Cookie")] == ["wizard_workstation"]
    assert {status for endpoint, status in opened.items() if not endpoint.startswith("support.")} == {401}
    assert (
        "This computer is called <strong>Front desk 1</strong>"
        in Desk.signs_in(with_client(desk, forgot)).client.get("/").text
    )


def with_client(desk: Desk, client: FlaskClient) -> Desk:
    other = Desk(desk.app, desk.google)
    other.client = client
    return other


def test_it_is_offered_the_second_time_in_a_week(own_app: Flask, desk: Desk, google: FakeGoogle) -> None:
    recognised = []
    for days in (1, 8, 6, 0):
        google.world.clock.advance(days * DAY)
        forgot = Desk(own_app, google).signs_in()
        recognised.append(forgot.post("/", person=str(MARIA), workstation=desk.name, same="1"))
    page = forgot.client.get(recognised[2].location).text
    leads = re.search(r'<a class="button button--primary" href="([^"]+)">Go on', page)

    assert [answer.location for answer in recognised] == [
        f"/setup/{MARIA}/create-calendar",
        f"/setup/{MARIA}/create-calendar",
        f"/bookmark?person={MARIA}",
        f"/bookmark?person={MARIA}",
    ]
    assert ADDRESS.search(page)
    assert leads is not None
    assert leads[1] == f"/setup/{MARIA}/create-calendar"
    assert computers(own_app) == ["Front desk 1"]


def test_going_on_at_a_named_computer_offers_nothing(own_app: Flask, desk: Desk, google: FakeGoogle) -> None:
    for _ in range(2):
        forgot = Desk(own_app, google).signs_in()
        forgot.post("/", person=str(MARIA), workstation=desk.name, same="1")

    assert desk.begins().location == f"/setup/{MARIA}/create-calendar"


def test_a_browser_with_another_name_is_asked(own_app: Flask, desk: Desk, google: FakeGoogle) -> None:
    second = Desk(own_app, google, "Front desk 2").signs_in()
    second.begins()
    address = address_of(desk)
    asked = second.client.get(address)
    token = TOKEN.search(asked.text)
    assert token is not None
    stays = second.client.get("/").text

    taken = second.client.post(address, data={"csrf_token": token[1]})

    assert asked.status_code == 200
    assert "This page is for Front desk 1. You are at Front desk 2." in asked.text
    assert re.search(r'href="/">Switch to Front desk 2<', asked.text)
    assert "called <strong>Front desk 2</strong>" in stays
    assert (taken.status_code, taken.location) == (303, "/")
    assert "called <strong>Front desk 1</strong>" in second.client.get("/").text


def test_at_the_computer_itself_it_changes_nothing(desk: Desk) -> None:
    assert desk.client.get(address_of(desk)).location == "/"
    assert "called <strong>Front desk 1</strong>" in desk.client.get("/").text


@pytest.mark.parametrize("change", ["cut", "altered", "foreign salt", "foreign key", "nonsense", "other words"])
def test_an_address_nobody_of_ours_signed_names_no_computer(
    own_app: Flask, desk: Desk, forgot: FlaskClient, change: str
) -> None:
    token = address_of(desk).rpartition("/")[2]
    key = own_app.extensions["wizard"].settings.secret_keys[0]
    bad = {
        "cut": token[:-3],
        "altered": "A" + token,
        "foreign salt": URLSafeSerializer(key, salt="workstation").dumps([1, 1]),
        "foreign key": URLSafeSerializer("another", salt="computer bookmark").dumps([1, 1]),
        "nonsense": "x",
        "other words": URLSafeSerializer(key, salt="computer bookmark").dumps({"a": None}),
    }[change]
    answer = forgot.get(f"/computer/{bad}")

    assert answer.status_code == 404
    assert "This address names no computer" in answer.text
    assert "Nothing was changed." in answer.text


def test_an_older_key_still_names_it(desk: Desk, settings: Settings, world: World, own_app: Flask) -> None:
    here = own_app.extensions["wizard"].settings
    rotated = create_app(replace(here, secret_keys=("a new key", *here.secret_keys)), world.now).test_client()

    assert rotated.get(address_of(desk)).location == "/"


def test_a_computer_that_was_retired_says_so(own_app: Flask, desk: Desk, forgot: FlaskClient) -> None:
    address = address_of(desk)
    with own_app.app_context():
        db.session.execute(text("UPDATE workstations SET retired_at = '2026-11-23 15:00:00'"))
        db.session.commit()

    answer = forgot.get(address)

    assert answer.status_code == 404
    assert "This computer is not in use any more" in answer.text


def test_another_clinics_is_refused_by_its_sign_in_and_by_its_name(app: Flask, google: FakeGoogle) -> None:
    first = Desk(app, google)
    first.begins()
    address = address_of(first)
    maria = opens_clinic(app)["Maria Lopez"]
    named, unnamed = Desk(app, google, "Elsewhere"), Desk(app, google)
    named.begins(maria)
    unnamed.client.get("/")
    signed_out = app.test_client()
    cookie = named.client.get_cookie("wizard_workstation")
    assert cookie is not None
    signed_out.set_cookie("wizard_workstation", cookie.value)

    answers = [client.get(address) for client in (named.client, unnamed.client, signed_out)]

    assert [answer.status_code for answer in answers] == [404] * 3
    assert all("for a computer of another clinic" in answer.text for answer in answers)
    assert not any("Front desk 1" in answer.text for answer in answers)


def test_a_person_is_offered_it_too(own_app: Flask, desk: Desk, google: FakeGoogle) -> None:
    maria = personal.by_link(Desk(own_app, google), MARIA)
    maria.client.get(address_of(desk))

    page = maria.client.get("/bookmark?person=2")

    assert ADDRESS.search(page.text)
    assert f'href="/setup/{MARIA}/create-calendar">Go on' in page.text


def test_a_browser_without_a_name_has_nothing_to_bookmark(own_app: Flask, google: FakeGoogle) -> None:
    assert Desk(own_app, google).signs_in().client.get("/bookmark").location == "/"
