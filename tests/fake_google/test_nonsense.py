"""What no client should send is refused, in Google's words or in /_world/'s, and spoils nothing for who asks next."""

import base64
import json
from collections.abc import Callable
from typing import Any

import pytest
import requests

from e2e.fake_google import World
from tests.fake_google.conftest import MARIA

Rest = Callable[..., requests.Response]
NAME = "PIMSY Calendar"
TIMES = {"start": {"dateTime": "2026-11-24T06:10:00-05:00"}, "end": {"dateTime": "2026-11-24T06:20:00-05:00"}}
LONG_AGO = {"dateTime": "0001-01-01T00:00:00+14:00"}


@pytest.fixture
def events(world: World) -> str:
    return f"calendars/{world.adds_calendar(MARIA, NAME).id}/events"


@pytest.fixture
def post(base: str) -> Callable[[str, Any], requests.Response]:
    return lambda door, body: requests.post(f"{base}/_world/{door}", data=json.dumps(body), timeout=5, headers=AS_JSON)


AS_JSON = {"Content-Type": "application/json"}


@pytest.mark.parametrize("sent", ["[" * 100_000, '{"start":' * 30_000, '{"start":', "[]", "1"])
def test_json_that_cannot_be_read(rest: Rest, events: str, sent: str) -> None:
    answer = rest("POST", events, data=sent, headers=AS_JSON)

    assert (answer.status_code, answer.json()["error"]["errors"][0]["reason"]) == (400, "parseError")


@pytest.mark.parametrize(
    "told",
    [
        {"kind": "page"},
        {"kind": "sync"},
        {"kind": "page", "of": "x", "start": 0, "until": 0},
        {"kind": "sync", "of": "x", "since": "y"},
        ["page"],
    ],
)
@pytest.mark.parametrize("name", ["pageToken", "syncToken"])
def test_a_token_of_somebody_elses_making(rest: Rest, events: str, told: Any, name: str) -> None:
    forged = base64.urlsafe_b64encode(json.dumps(told).encode()).decode()

    answer = rest("GET", events, params={name: forged})

    assert (answer.status_code, answer.json()["error"]["errors"][0]["location"]) == (400, name)


@pytest.mark.parametrize("since", ["x", None, [], {}, 1.5, True])
def test_a_sync_token_that_was_tampered_with(rest: Rest, events: str, since: Any) -> None:
    given = json.loads(base64.urlsafe_b64decode(rest("GET", events).json()["nextSyncToken"]))
    forged = base64.urlsafe_b64encode(json.dumps(given | {"since": since}).encode()).decode()

    assert rest("GET", events, params={"syncToken": forged}).status_code == 400


@pytest.mark.parametrize(
    "point",
    [LONG_AGO, {"dateTime": "9999-12-31T23:59:00-14:00"}, {"date": "20261124"}, {"date": "2026-W48-2"}],
)
def test_a_time_that_cannot_be_told_everywhere(rest: Rest, events: str, point: dict[str, str]) -> None:
    answer = rest("POST", events, json={"start": point, "end": point})

    assert (answer.status_code, rest("GET", events).status_code) == (400, 200)


@pytest.mark.parametrize(
    "reminders",
    [
        {"useDefault": False, "overrides": [{"method": "smoke signal", "minutes": 5}]},
        {"useDefault": False, "overrides": [{"method": "popup", "minutes": -1}]},
        {"useDefault": False, "overrides": [{"method": "popup", "minutes": 40_321}]},
        {"useDefault": False, "overrides": [{"method": "popup"}]},
        {"useDefault": False, "overrides": [None]},
    ],
)
def test_a_reminder_google_does_not_know(rest: Rest, events: str, reminders: dict[str, Any]) -> None:
    assert rest("POST", events, json=TIMES | {"reminders": reminders}).status_code == 400


@pytest.mark.parametrize("number", ["٣", " 5", "+5", "1_0", "1e1"])
def test_a_number_is_written_in_plain_digits(rest: Rest, events: str, number: str) -> None:
    assert rest("GET", events, params={"maxResults": number}).status_code == 400


def test_a_filter_is_read_where_there_is_nothing_to_filter(rest: Rest, events: str) -> None:
    assert rest("GET", events, params={"privateExtendedProperty": "no sign of equality"}).status_code == 400


@pytest.mark.parametrize(
    ("door", "body"),
    [
        ("accounts", {"email": 1}),
        ("accounts", {"email": "zoe@clinic.example", "calendar_off": "yes"}),
        ("accounts", {"email": ""}),
        ("accounts", {"email": "zoe"}),
        ("accounts", {"email": "zoe@clinic.example", "sub": 7}),
        ("accounts", {"email": "MARIA@clinic.example"}),
        ("clients", {"client_id": "checker", "secret": "another"}),
        ("clients", {"client_id": "", "secret": "another"}),
        ("calendars", {"account": MARIA, "summary": ""}),
        ("disabled", {"email": None}),
        ("sessions", {"email": []}),
        ("calendars", {"account": 1, "summary": NAME}),
        ("calendars", {"account": MARIA}),
        ("calendars", {"account": MARIA, "summary": NAME, "hidden": "yes"}),
        ("tokens", {"account": MARIA, "client_id": "checker", "scopes": "openid"}),
        ("faults", {"kind": "drop", "at": 1}),
        ("faults", {"kind": "drop", "at": "event.insert"}),
        ("faults", {"kind": "drop", "times": 0}),
        ("faults", {"kind": "drop", "passes": -1}),
        ("faults", {"kind": "delay", "seconds": float("nan")}),
        ("faults", {"kind": "nothing of the sort"}),
        ("person", {"account": 7}),
        ("manners", {"longest_page": "x"}),
        ("manners", {"longest_page": 0}),
        ("manners", {"silent_refusal": "shrug"}),
        ("manners", {"owned_scope_elsewhere": 418}),
        ("clock", {"advance_s": 1e300}),
        ("clock", {"advance_s": "1"}),
        ("clock", {"ahead": 1}),
        ("clock", {"now": "2026-11-24T06:10:00"}),
        ("reset", {"wrold": "fresh"}),
        ("reset", {"world": ["fresh"]}),
        ("reset", {"now": ""}),
        ("keys", {"keep_old": "no"}),
    ],
)
def test_nonsense_at_the_back_door_changes_nothing(
    base: str, post: Callable[[str, Any], requests.Response], world: World, door: str, body: dict[str, Any]
) -> None:
    answer = post(door, body)

    assert answer.status_code == 400
    assert answer.json()["error"]
    assert requests.get(f"{base}/.well-known/openid-configuration", timeout=5).status_code == 200
    assert (world.faults.as_json(), len(world.accounts), world.clock.ahead_s) == ([], 3, 0.0)


def test_two_accounts_are_never_one(post: Callable[[str, Any], requests.Response], world: World) -> None:
    sub = world.account(MARIA).sub

    answer = post("accounts", {"email": "zoe@clinic.example", "sub": sub})

    assert (answer.status_code, answer.json()) == (400, {"error": f"{sub} exists"})
    assert world.account(sub).email == MARIA


@pytest.mark.parametrize(("verb", "door"), [("GET", "reset"), ("POST", "state"), ("POST", "resett"), ("PUT", "clock")])
def test_a_back_door_that_is_not_there(base: str, verb: str, door: str) -> None:
    answer = requests.request(verb, f"{base}/_world/{door}", timeout=5)

    assert answer.status_code == 404
    assert answer.json()["error"].startswith(f"There is no {verb} /_world/{door} here.")


@pytest.mark.parametrize("address", ["http://[::1", "http://127.0.0.1:99999999/", "http://localhost:port/"])
def test_a_way_back_that_is_no_address(base: str, address: str) -> None:
    asked = {"client_id": "checker", "redirect_uri": address, "response_type": "code", "scope": "openid"}

    answer = requests.get(f"{base}/o/oauth2/v2/auth", params=asked, timeout=5, allow_redirects=False)

    assert answer.status_code == 400
    assert "redirect_uri_mismatch" in answer.text
