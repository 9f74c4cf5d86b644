"""Codes and tokens: who gets them, for how long, and how they are refused."""

import base64
from typing import Any

import pytest
import requests

from e2e.fake_google import World
from tests.fake_google.conftest import JOE, MARIA
from tests.fake_google.visitor import App, Visitor, challenge

USED = {"error": "invalid_grant", "error_description": "Bad Request"}
DEAD = {"error": "invalid_grant", "error_description": "Token has been expired or revoked."}
NO_SECRET = {"error": "invalid_request", "error_description": "client_secret is missing."}


@pytest.fixture
def code(visitor: Visitor, checker: App) -> str:
    return visitor.consents(checker, MARIA)["code"]


def refused(answer: requests.Response) -> tuple[int, Any]:
    return answer.status_code, answer.json()


def test_a_code_brings_tokens(checker: App, code: str) -> None:
    answer = checker.redeems(code)

    assert answer.headers["Cache-Control"].startswith("no-cache, no-store")
    told = answer.json()
    assert set(told) == {"access_token", "refresh_token", "expires_in", "scope", "token_type", "id_token"}
    assert (told["token_type"], told["expires_in"]) == ("Bearer", 3599)
    assert len(code) <= 256
    assert len(told["access_token"]) <= 2048
    assert len(told["refresh_token"]) <= 512


def test_a_code_is_good_once(checker: App, code: str) -> None:
    checker.redeems(code)

    assert refused(checker.redeems(code)) == (400, USED)


def test_a_code_is_short_lived(checker: App, code: str, world: World) -> None:
    world.clock.advance(601)

    assert refused(checker.redeems(code)) == (400, USED)


def test_a_code_is_one_clients(integration: App, code: str) -> None:
    assert refused(integration.redeems(code)) == (400, USED)


@pytest.mark.parametrize(
    ("changes", "status", "body"),
    [
        ({"code": "4/0Amade-up"}, 400, {"error": "invalid_grant", "error_description": "Malformed auth code."}),
        ({"code": None}, 400, {"error": "invalid_request", "error_description": "Missing required parameter: code"}),
        (
            {"redirect_uri": "http://127.0.0.1:5000/another"},
            400,
            {"error": "redirect_uri_mismatch", "error_description": "Bad Request"},
        ),
        (
            {"redirect_uri": None},
            400,
            {"error": "invalid_request", "error_description": "Missing required parameter: redirect_uri"},
        ),
        ({"code_verifier": None}, 400, {"error": "invalid_grant", "error_description": "Missing code verifier."}),
        ({"code_verifier": "x" * 43}, 400, {"error": "invalid_grant", "error_description": "Invalid code verifier."}),
        (
            {"code_verifier": challenge()},
            400,
            {"error": "invalid_grant", "error_description": "Invalid code verifier."},
        ),
        ({"client_secret": None}, 400, NO_SECRET),
        ({"client_secret": "wrong"}, 401, {"error": "invalid_client", "error_description": "Unauthorized"}),
        (
            {"client_id": "nobody"},
            401,
            {"error": "invalid_client", "error_description": "The OAuth client was not found."},
        ),
        (
            {"client_id": None},
            400,
            {"error": "invalid_request", "error_description": "Could not determine client ID from request."},
        ),
        (
            {"grant_type": "password"},
            400,
            {"error": "unsupported_grant_type", "error_description": "Invalid grant_type: password"},
        ),
    ],
)
def test_a_refused_code_is_not_used_up(
    checker: App, code: str, changes: dict[str, str | None], status: int, body: dict[str, str]
) -> None:
    assert refused(checker.redeems(**({"code": code} | changes))) == (status, body)
    assert checker.redeems(code).status_code == 200


def test_a_plain_challenge_is_taken(visitor: Visitor, checker: App) -> None:
    code = visitor.consents(checker, MARIA, code_challenge="p" * 43, code_challenge_method="plain")["code"]

    assert checker.redeems(code, code_verifier="p" * 43).status_code == 200


def test_a_client_may_name_itself_by_basic(checker: App, code: str) -> None:
    named = base64.b64encode(b"checker:checker-secret").decode()
    form = {"grant_type": "authorization_code", "code": code, "redirect_uri": checker.callback}

    answer = requests.post(
        checker.base + "/token",
        data=form | {"code_verifier": "a-verifier-of-forty-three-characters-or-more-1"},
        headers={"Authorization": f"Basic {named}"},
        timeout=5,
    )

    assert answer.status_code == 200


@pytest.mark.parametrize(
    ("changes", "given"),
    [
        ({"access_type": "offline", "prompt": "consent"}, True),
        ({"access_type": "offline", "prompt": "select_account consent"}, True),
        ({"access_type": "online", "prompt": "consent"}, False),
        ({"access_type": None, "prompt": "consent"}, False),
        ({"access_type": "offline", "prompt": None}, False),
        ({"access_type": "offline", "prompt": "none"}, False),
    ],
)
def test_a_refresh_token_comes_offline_and_with_a_consent(
    visitor: Visitor, checker: App, changes: dict[str, str | None], given: bool
) -> None:
    visitor.consents(checker, MARIA)

    code = visitor.consents(checker, MARIA, **changes)["code"]

    assert ("refresh_token" in checker.redeems(code).json()) is given


def test_the_first_consent_needs_no_prompt_for_one(visitor: Visitor, checker: App) -> None:
    code = visitor.consents(checker, MARIA, prompt=None)["code"]

    assert "refresh_token" in checker.redeems(code).json()


def test_a_refresh_does_not_rotate(checker: App, code: str) -> None:
    kept = checker.redeems(code).json()["refresh_token"]

    first, second = checker.refreshes(kept).json(), checker.refreshes(kept).json()

    assert set(first) == {"access_token", "expires_in", "scope", "token_type", "id_token"}
    assert first["access_token"] != second["access_token"]


@pytest.mark.parametrize(
    ("changes", "status", "error"),
    [
        ({"refresh_token": "1//0made-up"}, 400, "invalid_grant"),
        ({"refresh_token": None}, 400, "invalid_request"),
        ({"client_secret": "wrong"}, 401, "invalid_client"),
        ({"client_id": "integration", "client_secret": "integration-secret"}, 400, "invalid_grant"),
        ({"scope": "openid https://www.googleapis.com/auth/calendar"}, 400, "invalid_scope"),
    ],
)
def test_a_refresh_is_refused(
    checker: App, world: World, changes: dict[str, str | None], status: int, error: str
) -> None:
    kept = world.grants_token(MARIA, "checker", ["openid", "email"])["refresh_token"]

    answer = checker.refreshes(kept, **changes)

    assert (answer.status_code, answer.json()["error"]) == (status, error)


def test_a_refresh_token_unused_for_half_a_year_dies(checker: App, world: World) -> None:
    kept = world.grants_token(MARIA, "checker", ["openid"])["refresh_token"]
    world.clock.advance(184 * 86_400)

    assert refused(checker.refreshes(kept)) == (400, DEAD)


def test_use_keeps_a_refresh_token_alive(checker: App, world: World) -> None:
    kept = world.grants_token(MARIA, "checker", ["openid"])["refresh_token"]

    for _ in range(3):
        world.clock.advance(150 * 86_400)

        assert checker.refreshes(kept).status_code == 200


def test_the_hundred_and_first_token_ends_the_oldest(checker: App, world: World) -> None:
    other = world.grants_token(JOE, "checker", ["openid"])["refresh_token"]
    kept = [world.grants_token(MARIA, "checker", ["openid"])["refresh_token"] for _ in range(100)]
    assert checker.refreshes(kept[0]).status_code == 200

    newest = world.grants_token(MARIA, "checker", ["openid"])["refresh_token"]

    assert refused(checker.refreshes(kept[0])) == (400, DEAD)
    assert [checker.refreshes(one).status_code for one in (kept[1], newest, other)] == [200, 200, 200]


@pytest.mark.parametrize(
    ("scopes", "days", "alive"),
    [
        (["openid", "email", "events.owned"], 6.9, True),
        (["openid", "email", "events.owned"], 7.1, False),
        (["openid", "email"], 7.1, True),
    ],
)
def test_a_grant_in_testing_ends_after_seven_days(
    checker: App, world: World, scopes: list[str], days: float, alive: bool
) -> None:
    world.reset("testing")
    kept = world.grants_token(MARIA, "checker", scopes)["refresh_token"]

    world.clock.advance(days * 86_400)

    assert (checker.refreshes(kept).status_code == 200) is alive


def test_after_seven_days_in_testing_the_person_is_asked_again(visitor: Visitor, checker: App, world: World) -> None:
    world.reset("testing")
    visitor.consents(checker, MARIA)
    world.clock.advance(8 * 86_400)

    visitor.opens(checker.question(prompt=None))

    assert visitor.heading == "Calendar Sync Checker wants access to your Google Account"


def test_signing_in_once_more_does_not_lengthen_what_was_given_in_testing(
    visitor: Visitor, checker: App, world: World
) -> None:
    world.reset("testing")
    visitor.consents(checker, MARIA)
    visitor.consents(checker, MARIA, scope="openid email")
    world.clock.advance(8 * 86_400)

    visitor.opens(checker.question(prompt=None))

    assert visitor.heading == "Calendar Sync Checker wants access to your Google Account"


@pytest.mark.parametrize("kind", ["device_code", "jwt-bearer"])
def test_a_way_to_tokens_that_is_described_and_not_built_says_its_name(checker: App, kind: str) -> None:
    answer = checker.posts("/token", {"grant_type": f"urn:ietf:params:oauth:grant-type:{kind}"})

    assert (answer.status_code, kind in answer.json()["error"]["message"]) == (501, True)


def test_an_access_token_ends_by_world_time(world: World, base: str) -> None:
    token = world.grants_token(MARIA, "checker", ["calendar"])["access_token"]

    def status() -> int:
        address, headers = f"{base}/calendar/v3/users/me/calendarList", {"Authorization": f"Bearer {token}"}
        return requests.get(address, headers=headers, timeout=5).status_code

    world.clock.advance(3590)
    assert status() == 200
    world.clock.advance(20)
    assert status() == 401


def test_userinfo_tells_as_much_as_the_scopes(base: str, world: World) -> None:
    def told(*scopes: str) -> Any:
        token = world.grants_token(MARIA, "checker", list(scopes))["access_token"]
        return requests.get(base + "/v1/userinfo", headers={"Authorization": f"Bearer {token}"}, timeout=5).json()

    sub = world.account(MARIA).sub
    assert told("openid") == {"sub": sub, "hd": "clinic.example"}
    assert told("openid", "email") == {"sub": sub, "hd": "clinic.example", "email": MARIA, "email_verified": True}
    assert told("openid", "profile")["given_name"] == "Maria"


def test_userinfo_refuses_an_unknown_token(base: str) -> None:
    answer = requests.get(base + "/v1/userinfo", headers={"Authorization": "Bearer made-up"}, timeout=5)

    assert answer.status_code == 401
