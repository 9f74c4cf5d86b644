"""Who may open what: every route has an owner, and a new one is refused to everybody until it is given one."""

from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from werkzeug.routing import Rule

from e2e.fake_google import FakeGoogle, World
from tests.walking import MARIA, Desk
from wizard import access
from wizard.access import ROUTES, Role, may
from wizard.app import create_app
from wizard.config import Settings

VALUES: dict[str, Any] = {
    "person_id": MARIA,
    "appointment_id": 1,
    "slug": "create-calendar",
    "purpose": "checker",
    "card": "01",
    "filename": "css/base.css",
    "token": "no-such-token",
    "workstation_id": 1,
}
UNSAFE = frozenset({"POST", "PUT", "PATCH", "DELETE"})


def rules(app: Flask) -> list[Rule]:
    return list(app.url_map.iter_rules())


def address_of(app: Flask, rule: Rule) -> str:
    with app.test_request_context():
        return app.url_for(rule.endpoint, **{name: VALUES[name] for name in rule.arguments})


def test_every_route_has_an_owner_and_every_owner_a_route(app: Flask) -> None:
    """T37: a route that vanishes or appears is red here."""
    assert {rule.endpoint for rule in rules(app)} == set(ROUTES)


def test_a_route_that_is_not_listed_is_refused_to_everybody() -> None:
    assert [may(role, "practice_calendar.a_new_one") for role in Role] == [False] * len(Role)


@pytest.fixture
def serving(settings: Settings, world: World) -> Flask:
    """The same wizard without the try-out's open door: nobody is signed in."""
    return create_app(replace(settings, is_tryout=False), world.now)


def test_nobody_who_is_not_signed_in_passes(serving: Flask) -> None:
    """T39: no session: every route of the signed-in is 401, whatever its method."""
    serving.config["WTF_CSRF_ENABLED"] = False  # it would refuse the unsafe ones before anybody asks who is here
    client = serving.test_client()
    answers = {
        (rule.endpoint, method): client.open(address_of(serving, rule), method=method).status_code
        for rule in rules(serving)
        for method in (rule.methods or set()) - {"OPTIONS"}
        if not ROUTES[rule.endpoint] & {Role.NOBODY, Role.SUPPORT}
    }

    assert len(answers) > 40
    assert set(answers.values()) == {401}


def test_an_unlisted_route_is_refused_to_an_administrator_too(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(access.ROUTES, "overview.show")

    answer = app.test_client().get("/overview")

    assert answer.status_code == 403


@pytest.mark.parametrize("name", ["unknown", ""])
def test_a_session_that_is_unknown_opens_nothing(serving: Flask, name: str) -> None:
    """T39: a session id that is unknown or empty is nobody's."""
    client = serving.test_client()
    with client.session_transaction() as session:
        session["signed_in"] = name

    assert client.get("/overview").status_code == 401


def test_a_session_ends_on_the_server(app: Flask, serving: Flask) -> None:
    """T39: what was signed out is dead, also for who kept a copy of its cookie."""
    desk = Desk(app, FakeGoogle(World()))
    desk.begins()
    copied = desk.client.get_cookie("wizard_session")
    assert copied is not None
    thief = serving.test_client()
    thief.set_cookie("wizard_session", copied.value)
    before = thief.get("/overview").status_code

    desk.post("/account/sign-out")

    assert (before, thief.get("/overview").status_code) == (200, 401)


@pytest.mark.parametrize(("minutes", "status"), [(14, 200), (16, 401)])
def test_a_session_ends_when_nobody_is_there(
    app: Flask, serving: Flask, google: FakeGoogle, minutes: int, status: int
) -> None:
    """T39: fifteen idle minutes; a page that asks by itself keeps nobody signed in."""
    desk = Desk(app, google)
    desk.begins()
    kept = desk.client.get_cookie("wizard_session")
    token = desk.token()
    assert kept is not None
    client = serving.test_client()
    client.set_cookie("wizard_session", kept.value)
    cookie = desk.client.get_cookie("wizard_workstation")
    assert cookie is not None
    client.set_cookie("wizard_workstation", cookie.value)
    google.world.clock.advance(7 * 60)
    polled = client.post(
        f"/setup/{MARIA}/create-calendar/check", data={"csrf_token": token}, headers={"HX-Request": "true"}
    )
    google.world.clock.advance((minutes - 7) * 60)

    assert polled.status_code == 200
    assert client.get("/overview").status_code == status


def test_a_copied_workstation_cookie_opens_nothing(app: Flask, serving: Flask, google: FakeGoogle) -> None:
    desk = Desk(app, google)
    desk.begins()
    copied = desk.client.get_cookie("wizard_workstation")
    assert copied is not None
    thief = serving.test_client()
    thief.set_cookie("wizard_workstation", copied.value)

    assert thief.get(f"/setup/{MARIA}").status_code == 401


def unsafe(app: Flask) -> list[tuple[str, str]]:
    return [
        (method, address_of(app, rule)) for rule in rules(app) for method in sorted((rule.methods or set()) & UNSAFE)
    ]


def test_every_unsafe_route_asks_for_its_token(app: Flask, google: FakeGoogle) -> None:
    """T38: no token, a wrong one, another sign-in's, also by htmx: refused."""
    desk, other = Desk(app, google), Desk(app, google, "Front desk 2")
    desk.begins()
    other.begins()
    foreign = other.token()
    answers = [
        desk.client.open(address, method=method, data=data, headers=headers)
        for method, address in unsafe(app)
        for data in ({}, {"csrf_token": "wrong"}, {"csrf_token": foreign})
        for headers in ({}, {"HX-Request": "true"})
    ]

    assert len(answers) > 6 * 10
    assert {answer.status_code for answer in answers} == {400}
    assert all("Nothing was changed" in answer.text for answer in answers)


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "null"},
        {"Origin": "https://evil.example"},
        {"Origin": "http://localhost:1"},
    ],
)
def test_a_form_from_elsewhere_is_refused_with_its_token_too(
    app: Flask, google: FakeGoogle, headers: dict[str, str]
) -> None:
    """T38: a token that leaked is of no use from another site."""
    desk = Desk(app, google)
    desk.begins()
    token = desk.token()
    answers = [
        desk.client.open(address, method=method, data={"csrf_token": token}, headers=headers)
        for method, address in unsafe(app)
    ]

    assert {answer.status_code for answer in answers} == {400}
    assert all("Nothing was changed" in answer.text for answer in answers)


@pytest.mark.parametrize(
    "headers", [{"Sec-Fetch-Site": "same-origin", "Origin": "http://localhost"}, {"Sec-Fetch-Site": "none"}]
)
def test_a_form_of_ours_is_taken(app: Flask, google: FakeGoogle, headers: dict[str, str]) -> None:
    """T38, T55: with its own origin, also after a night in an open tab."""
    desk = Desk(app, google)
    desk.begins()
    token = desk.token()
    google.world.clock.advance(10 * 60)

    answer = desk.client.post(
        "/account/computer", data={"csrf_token": token, "workstation": "Front desk 9"}, headers=headers
    )

    assert answer.status_code == 303
