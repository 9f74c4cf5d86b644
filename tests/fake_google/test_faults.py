"""Misbehaviour on command: where, for whom, how often, and what of it is true."""

import time
from collections.abc import Callable
from typing import Any

import pytest
import requests

from e2e.fake_google import FakeGoogle, Fault, World
from tests.fake_google.conftest import JOE, MARIA
from tests.fake_google.visitor import App, Visitor

Rest = Callable[..., requests.Response]
POINT = {"dateTime": "2026-11-24T06:10:00-05:00"}
EVENT = {"id": "abcdef", "summary": "PIMSY sync test", "start": POINT, "end": POINT}


def lists(rest: Rest, account: str = MARIA) -> int:
    return rest("GET", "users/me/calendarList", account=account).status_code


def test_a_fault_is_used_up(rest: Rest, google: FakeGoogle) -> None:
    google.breaks("backendError", "calendarList.list", times=2)

    assert [lists(rest) for _ in range(3)] == [500, 500, 200]


def test_a_standing_fault_lasts_until_forgotten(rest: Rest, google: FakeGoogle) -> None:
    google.breaks("backendError", times=None)
    assert [lists(rest) for _ in range(4)] == [500] * 4

    google.answers_again()

    assert lists(rest) == 200


def test_a_fault_lets_some_by_first(rest: Rest, world: World) -> None:
    world.plan(Fault("backendError", "calendarList.list", passes=2))

    assert [lists(rest) for _ in range(4)] == [200, 200, 500, 200]


def test_a_fault_is_of_one_account(rest: Rest, google: FakeGoogle) -> None:
    google.breaks("backendError", account="Joe@Clinic.example")

    assert [lists(rest, MARIA), lists(rest, JOE)] == [200, 500]


@pytest.mark.parametrize(
    ("at", "hit"),
    [
        ("events.insert", False),
        ("calendarList.list", True),
        ("calendarList.*", True),
        ("*", True),
        ("/calendar/v3/users/*", True),
        ("/calendar/v3/calendars/*", False),
        ("calendarlist.list", False),
    ],
)
def test_a_fault_is_at_a_method_or_a_path(rest: Rest, google: FakeGoogle, at: str, hit: bool) -> None:
    google.breaks("backendError", at)

    assert (lists(rest) == 500) is hit


def test_a_kind_nobody_knows_is_refused(google: FakeGoogle) -> None:
    with pytest.raises(ValueError, match="flood is no kind of fault; there are "):
        google.breaks("flood")


def test_retry_after_comes_along(rest: Rest, world: World) -> None:
    world.plan(Fault("rateLimitExceeded429", retry_after_s=30))

    answer = rest("GET", "users/me/calendarList")

    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "30")


@pytest.mark.parametrize(
    ("kind", "status", "kind_of_text"),
    [
        ("unavailable", 503, "application/json"),
        ("unavailable_html", 503, "text/html; charset=UTF-8"),
        ("html", 200, "text/html; charset=UTF-8"),
        ("not_json", 200, "application/json; charset=UTF-8"),
    ],
)
def test_an_answer_may_be_something_else(
    rest: Rest, google: FakeGoogle, kind: str, status: int, kind_of_text: str
) -> None:
    google.breaks(kind, "calendarList.list")

    answer = rest("GET", "users/me/calendarList")

    assert (answer.status_code, answer.headers["Content-Type"]) == (status, kind_of_text)


def test_silence_cuts_every_line_at_once(rest: Rest, base: str, google: FakeGoogle) -> None:
    google.goes_silent()

    started = time.monotonic()
    with pytest.raises(requests.ConnectionError):
        rest("GET", "users/me/calendarList")
    with pytest.raises(requests.ConnectionError):
        requests.get(base + "/.well-known/openid-configuration", timeout=5)

    assert time.monotonic() - started < 2
    google.answers_again()
    assert lists(rest) == 200


def test_a_hanging_answer_ends_the_askers_patience(base: str, google: FakeGoogle) -> None:
    google.hangs("certs")

    with pytest.raises(requests.ReadTimeout):
        requests.get(base + "/oauth2/v3/certs", timeout=0.2)

    assert requests.get(base + "/.well-known/openid-configuration", timeout=5).status_code == 200


def test_many_hanging_answers_leave_room_to_call_it_off(base: str, google: FakeGoogle) -> None:
    google.hangs("certs")

    for _ in range(20):
        with pytest.raises((requests.ReadTimeout, requests.ConnectionError)):
            requests.get(base + "/oauth2/v3/certs", timeout=0.05)

    assert requests.delete(base + "/_world/faults", timeout=5).status_code == 204
    assert requests.get(base + "/oauth2/v3/certs", timeout=5).status_code == 200


def test_a_slow_answer_is_true(rest: Rest, world: World) -> None:
    world.plan(Fault("delay", "calendarList.list", seconds=0.3))

    started = time.monotonic()

    assert lists(rest) == 200
    assert time.monotonic() - started >= 0.3


def test_a_lost_answer_leaves_the_change(rest: Rest, google: FakeGoogle, world: World) -> None:
    google.loses_the_next_answer("events.insert")

    with pytest.raises(requests.ConnectionError):
        rest("POST", "calendars/primary/events", json=EVENT)

    assert [one["id"] for one in world.events_in(MARIA, MARIA)] == ["abcdef"]
    assert rest("POST", "calendars/primary/events", json=EVENT).status_code == 409
    assert [(call.status, call.fault) for call in world.calls("events.insert")] == [(0, "lose_answer"), (409, "")]


def test_a_lost_answer_may_keep_the_asker_waiting(base: str, world: World) -> None:
    token = world.grants_token(MARIA, "integration", ["events.owned"])["access_token"]
    world.plan(Fault("lose_answer", "events.insert", seconds=30))

    with pytest.raises(requests.ReadTimeout):
        requests.post(
            f"{base}/calendar/v3/calendars/primary/events",
            json=EVENT,
            headers={"Authorization": f"Bearer {token}"},
            timeout=0.5,
        )

    assert [one["id"] for one in world.events_in(MARIA, MARIA)] == ["abcdef"]


def test_a_cut_answer_leaves_the_change(rest: Rest, google: FakeGoogle, world: World) -> None:
    google.breaks("truncate", "events.insert")

    with pytest.raises(requests.exceptions.ChunkedEncodingError):
        rest("POST", "calendars/primary/events", json=EVENT)

    assert len(world.events_in(MARIA, MARIA)) == 1


def test_a_fault_instead_of_the_answer_changes_nothing(rest: Rest, google: FakeGoogle, world: World) -> None:
    google.breaks("backendError", "events.insert")

    rest("POST", "calendars/primary/events", json=EVENT)

    assert world.events_in(MARIA, MARIA) == []


@pytest.mark.parametrize(
    ("kind", "status", "body"),
    [
        ("invalid_grant", 400, {"error": "invalid_grant", "error_description": "Token has been expired or revoked."}),
        (
            "invalid_rapt",
            400,
            {
                "error": "invalid_grant",
                "error_subtype": "invalid_rapt",
                "error_description": "reauth related error (invalid_rapt)",
            },
        ),
        (
            "rapt_required",
            400,
            {
                "error": "invalid_grant",
                "error_subtype": "rapt_required",
                "error_description": "reauth related error (rapt_required)",
            },
        ),
        ("invalid_client", 401, {"error": "invalid_client", "error_description": "Unauthorized"}),
    ],
)
def test_the_token_address_refuses(
    checker: App, google: FakeGoogle, kind: str, status: int, body: dict[str, Any]
) -> None:
    kept = google.world.grants_token(MARIA, "checker", ["openid"])["refresh_token"]
    google.breaks(kind, "token", account=MARIA)

    answer = checker.refreshes(kept)

    assert (answer.status_code, answer.json()) == (status, body)
    assert checker.refreshes(kept).status_code == 200


def test_a_code_may_bring_no_refresh_token(visitor: Visitor, checker: App, google: FakeGoogle) -> None:
    google.breaks("no_refresh_token", "token")

    told = checker.redeems(visitor.consents(checker, MARIA)["code"]).json()

    assert "refresh_token" not in told
    assert "access_token" in told


@pytest.mark.parametrize("at", ["discovery", "certs", "token", "revoke", "userinfo"])
def test_every_address_of_sign_in_can_be_silent(base: str, google: FakeGoogle, at: str) -> None:
    google.breaks("unavailable", at)
    verb, path = {
        "discovery": ("GET", "/.well-known/openid-configuration"),
        "certs": ("GET", "/oauth2/v3/certs"),
        "token": ("POST", "/token"),
        "revoke": ("POST", "/revoke"),
        "userinfo": ("GET", "/v1/userinfo"),
    }[at]

    assert requests.request(verb, base + path, timeout=5).status_code == 503
    assert requests.request(verb, base + path, timeout=5).status_code != 503
