"""Named worlds in which Maria met the apps before, seen through the apps' own questions."""

from datetime import UTC, datetime
from typing import Any

import pytest
import requests

from e2e.fake_google import World
from e2e.fake_google.browser import COOKIE
from e2e.fake_google.worlds import TOKENS
from tests.fake_google.conftest import JOE, MARIA
from tests.fake_google.visitor import App, Visitor

NAME = "PIMSY Calendar"
DEAD = {"error": "invalid_grant", "error_description": "Token has been expired or revoked."}
SILENTLY = {"prompt": "none", "scope": "openid email", "access_type": None}


def refreshed(app: App) -> Any:
    return app.refreshes(TOKENS[app.client_id]).json()


def asks(app: App, path: str) -> int:
    """The Calendar API's status for the app's own permission."""
    headers = {"Authorization": f"Bearer {refreshed(app)['access_token']}"}
    return requests.get(f"{app.base}/calendar/v3/{path}", headers=headers, timeout=5).status_code


def at(base: str, desk: str) -> Visitor:
    visitor = Visitor(base)
    visitor.session.cookies.set(COOKIE, desk, domain="127.0.0.1")
    return visitor


def events_of(world: World) -> str:
    return f"calendars/{world.calendar_of(MARIA, NAME).id}/events"


def test_connected(world: World, checker: App, integration: App) -> None:
    world.reset("connected")

    assert asks(checker, "users/me/calendarList") == 200
    assert asks(integration, events_of(world)) == 200
    assert at(checker.base, "desk-1").opens("/calendar/").heading == "Calendar"


def test_box_unticked(world: World, checker: App) -> None:
    world.reset("box unticked")

    assert "events.owned" not in refreshed(checker)["scope"]
    assert asks(checker, "users/me/calendarList") == 200
    assert asks(checker, events_of(world)) == 403


def test_a_box_left_empty_is_not_asked_again_unless_the_app_insists(world: World, checker: App) -> None:
    world.reset("box unticked")
    visitor = Visitor(checker.base).signs_in(MARIA)

    assert "events.owned" not in visitor.opens(checker.question(prompt=None)).brought["scope"]
    assert visitor.opens(checker.question(prompt="consent")).boxes[1:] == [
        "See the list of Google calendars you're subscribed to", "See the events on Google calendars you own",
    ]  # fmt: skip


@pytest.mark.parametrize("now", [None, datetime(2027, 3, 1, tzinfo=UTC)])
def test_token_8_days_old_in_testing(world: World, checker: App, now: datetime | None) -> None:
    world.reset("token 8 days old in Testing", now)

    assert refreshed(checker) == DEAD
    visitor = Visitor(checker.base).signs_in(MARIA)
    assert "code" in visitor.opens(checker.question(**SILENTLY, login_hint=MARIA)).brought
    assert "error" in visitor.opens(checker.question(prompt="none", login_hint=MARIA)).brought
    if now:
        assert abs((world.now() - now).total_seconds()) < 10


def test_a_day_before_it_lived(world: World, checker: App) -> None:
    world.reset("token 8 days old in Testing")

    world.clock.advance(-2 * 86_400)

    assert asks(checker, "users/me/calendarList") == 200


def test_revoked_at_desk_2(world: World, checker: App, integration: App) -> None:
    world.reset("revoked at desk 2")

    assert (refreshed(integration), "access_token" in refreshed(checker)) == (DEAD, True)
    for desk in ("desk-1", "desk-2"):
        connections = at(checker.base, desk).opens("/connections")
        assert "Calendar Sync Checker" in connections.sees
        assert "PIMSY Calendar Integration" not in connections.sees


def test_two_accounts_at_one_desk(world: World, checker: App) -> None:
    world.reset("two accounts at one desk")
    desk = at(checker.base, "desk-1")

    assert "error" in desk.opens(checker.question(**SILENTLY)).brought
    assert desk.opens(checker.question(**SILENTLY, login_hint=JOE)).brought["authuser"] == "1"


def test_limits_used_up(world: World, checker: App) -> None:
    world.reset("limits used up")

    assert [asks(checker, "users/me/calendarList") for _ in range(3)] == [403] * 3


@pytest.mark.parametrize("client", ["checker", "integration"])
def test_workspace_admin_blocks(world: World, checker: App, integration: App, client: str) -> None:
    world.reset("Workspace admin blocks")
    app = {"checker": checker, "integration": integration}[client]

    assert "Error 400: admin_policy_enforced" in Visitor(app.base).opens(app.question()).presses(MARIA).sees


def test_account_disabled(world: World, checker: App) -> None:
    world.reset("account disabled")
    desk = at(checker.base, "desk-1")

    assert refreshed(checker) == DEAD
    assert "error" in desk.opens(checker.question(**SILENTLY, login_hint=MARIA)).brought
    assert desk.opens(checker.question()).presses(MARIA).heading == "Your account has been disabled"
    assert desk.opens("/signin/identifier").presses("Next", identifier=MARIA).heading == (
        "Your account has been disabled"
    )
    assert desk.opens("/connections").heading == "Choose an account"


def test_a_disabled_accounts_access_token_and_code_are_refused(world: World, checker: App, visitor: Visitor) -> None:
    code = visitor.consents(checker, MARIA)["code"]
    token = world.grants_token(MARIA, "checker", ["calendarlist.readonly"])["access_token"]

    world.disables_account(MARIA)

    answer = requests.get(
        f"{checker.base}/calendar/v3/users/me/calendarList", headers={"Authorization": f"Bearer {token}"}, timeout=5
    )
    assert (answer.status_code, answer.json()["error"]["errors"][0]["reason"]) == (401, "authError")
    assert checker.redeems(code).json()["error"] == "invalid_grant"


def test_an_account_is_disabled_and_enabled_from_outside(world: World, checker: App) -> None:
    world.reset("connected")

    def says(*, disabled: bool) -> int:
        body = {"email": MARIA, "disabled": disabled}
        return requests.post(checker.base + "/_world/disabled", json=body, timeout=5).status_code

    assert says(disabled=True) == 200
    assert refreshed(checker) == DEAD
    answer = requests.post(checker.base + "/_world/sessions", json={"email": MARIA}, timeout=5)
    assert (answer.status_code, answer.json()) == (400, {"error": f"{MARIA} is disabled"})
    assert says(disabled=False) == 200
    assert "access_token" in refreshed(checker)
    assert at(checker.base, "desk-1").opens("/calendar/").heading == "Choose an account"


def test_a_reset_may_set_the_time(world: World, base: str) -> None:
    body = {"world": "connected", "now": "2027-03-01T09:00:00-05:00"}

    told = requests.post(base + "/_world/reset", json=body, timeout=5).json()

    assert told["now"].startswith("2027-03-01T14:00:0")
    (event,) = [world.adds_event(MARIA, NAME, {"start": {"date": "2027-03-02"}, "end": {"date": "2027-03-03"}})]
    assert event["created"].startswith("2027-03-01T14:00:0")
