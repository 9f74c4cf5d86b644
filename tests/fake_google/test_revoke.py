"""Ending a permission: by the app, and by the person under Connections."""

import pytest

from e2e.fake_google import World
from tests.fake_google.conftest import JOE, MARIA
from tests.fake_google.visitor import App, Visitor

GONE = {"error": "invalid_token", "error_description": "Token expired or revoked"}


def alive(app: App, token: str) -> bool:
    return app.refreshes(token).status_code == 200


@pytest.mark.parametrize("kind", ["access_token", "refresh_token"])
def test_either_token_ends_both(checker: App, world: World, kind: str) -> None:
    tokens = world.grants_token(MARIA, "checker", ["openid"])

    assert checker.revokes(tokens[kind]).status_code == 200
    assert not alive(checker, tokens["refresh_token"])
    assert checker.revokes(tokens["access_token"]).json() == GONE


@pytest.mark.parametrize("token", ["", "made-up"])
def test_what_is_no_token_is_refused(checker: App, token: str) -> None:
    answer = checker.revokes(token)

    assert (answer.status_code, answer.json()) == (400, GONE)


@pytest.mark.parametrize(("name", "survives"), [("fresh", True), ("one project for both", False)])
def test_the_whole_project_ends(checker: App, integration: App, world: World, name: str, survives: bool) -> None:
    world.reset(name)
    mine = world.grants_token(MARIA, "checker", ["openid"])["refresh_token"]
    ours = world.grants_token(MARIA, "integration", ["openid"])["refresh_token"]

    integration.revokes(ours)

    assert not alive(integration, ours)
    assert alive(checker, mine) is survives


def test_nobody_else_is_touched(checker: App, world: World) -> None:
    joes = world.grants_token(JOE, "checker", ["openid"])["refresh_token"]

    checker.revokes(world.grants_token(MARIA, "checker", ["openid"])["refresh_token"])

    assert alive(checker, joes)


def test_the_effect_may_come_later(checker: App, world: World) -> None:
    world.manners.revocation_delay_s = 60
    token = world.grants_token(MARIA, "checker", ["openid"])["refresh_token"]

    assert checker.revokes(token).status_code == 200
    assert alive(checker, token)
    world.clock.advance(61)
    assert not alive(checker, token)


def test_a_code_on_its_way_ends_too(visitor: Visitor, checker: App, world: World) -> None:
    code = visitor.consents(checker, MARIA)["code"]

    world.removes_permission(MARIA, "checker")

    assert checker.redeems(code).json()["error"] == "invalid_grant"


def test_a_person_deletes_a_connection(visitor: Visitor, checker: App, integration: App) -> None:
    mine = checker.redeems(visitor.consents(checker, MARIA)["code"]).json()["refresh_token"]
    ours = integration.redeems(visitor.consents(integration, MARIA)["code"]).json()["refresh_token"]

    visitor.opens("/connections")
    assert visitor.heading == "Third-party apps & services"
    assert visitor.sees.index("Calendar Sync Checker") < visitor.sees.index("PIMSY Calendar Integration")
    visitor.opens("/connections/integration-project")
    assert "See, create, change, and delete events on Google calendars you own" in visitor.sees
    visitor.follows("Delete all connections you have with PIMSY Calendar Integration").presses("Confirm")

    assert "PIMSY Calendar Integration" not in visitor.sees
    assert (alive(checker, mine), alive(integration, ours)) == (True, False)


def test_two_accounts_are_asked_which(visitor: Visitor, checker: App) -> None:
    visitor.consents(checker, MARIA)
    visitor.signs_in(JOE)

    assert visitor.opens("/connections").heading == "Choose an account"
    assert "No app has access to this account." in visitor.presses(JOE).sees
    assert "Calendar Sync Checker" in visitor.opens("/connections").presses(MARIA).sees


def test_after_a_deletion_everything_is_asked_as_at_first(visitor: Visitor, checker: App, world: World) -> None:
    visitor.consents(checker, MARIA)
    world.removes_permission(MARIA, "checker")

    visitor.opens(checker.question(prompt=None))

    assert visitor.heading == "Sign in to Calendar Sync Checker"
