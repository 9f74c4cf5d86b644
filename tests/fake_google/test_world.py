"""/_world/ from outside, the log, and a world kept in a file."""

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
import requests

from e2e.fake_google import FakeGoogle, World
from e2e.fake_google.worlds import WORLDS
from tests.fake_google.conftest import JOE, MARIA
from tests.fake_google.visitor import App, Visitor

Rest = Callable[..., requests.Response]
Post = Callable[..., requests.Response]
POINT = {"dateTime": "2026-11-24T06:10:00-05:00"}


@pytest.fixture
def post(base: str) -> Post:
    return lambda address, **body: requests.post(f"{base}/_world/{address}", json=body, timeout=5)


@pytest.fixture
def state(base: str) -> Callable[[], Any]:
    return lambda: requests.get(base + "/_world/state", timeout=5).json()


def test_the_fresh_world(state: Callable[[], Any], world: World) -> None:
    told = state()

    assert [(one["email"], one["hd"]) for one in told["accounts"]] == [
        (MARIA, "clinic.example"), (JOE, "clinic.example"), ("frontdesk@gmail.example", ""),
    ]  # fmt: skip
    assert all([calendar["primary"] for calendar in one["calendars"]] == [True] for one in told["accounts"])
    assert {name: (one["secret"], one["any_loopback"]) for name, one in told["clients"].items()} == {
        "checker": ("checker-secret", True),
        "integration": ("integration-secret", True),
    }
    assert len(told["projects"]) == 2
    assert not told["browsers"]


@pytest.mark.parametrize("name", WORLDS)
def test_every_world_can_be_gone_back_to(post: Post, state: Callable[[], Any], name: str) -> None:
    assert post("reset", world=name).json()["world"] == name
    assert state()["world"] == name


@pytest.mark.parametrize(
    ("name", "summaries"),
    [
        ("calendar there", ["PIMSY Calendar"]),
        ("two calendars of that name", ["PIMSY Calendar", "PIMSY Calendar"]),
        ("calendar misspelt", ["Pimsy calendar"]),
        ("calendar of somebody else", ["PIMSY Calendar"]),
    ],
)
def test_a_world_is_what_its_name_says(world: World, name: str, summaries: list[str]) -> None:
    world.reset(name)

    assert [calendar.summary for calendar in world.calendars_of(MARIA)[1:]] == summaries


def test_reset_forgets_everything(post: Post, rest: Rest, world: World, state: Callable[[], Any]) -> None:
    rest("POST", "calendars", json={"summary": "x"})
    post("clock", advance_s=86_400)
    post("faults", kind="backendError", times=None)
    post("person", does="cancel")

    post("reset")

    told = state()
    assert (told["faults"], told["people"], told["clock"]["ahead_s"]) == ([], [], 0)
    assert told["live_tokens"] == {"access_tokens": 0, "codes": 0, "refresh_tokens": 0}
    assert len(world.calendars) == 3
    assert world.calls() == []


def test_reset_takes_milliseconds(world: World) -> None:
    started = time.perf_counter()
    for _ in range(20):
        world.reset()

    assert (time.perf_counter() - started) / 20 < 0.02


def test_an_email_keeps_its_sub(world: World) -> None:
    before = world.account(MARIA).sub

    world.reset()

    assert world.account(MARIA).sub == before


def test_an_account_may_change_its_email(world: World, rest: Rest) -> None:
    sub = world.account(MARIA).sub

    world.changes_email(MARIA, "maria.lopez@clinic.example")

    (entry,) = rest("GET", "users/me/calendarList", account="maria.lopez@clinic.example").json()["items"]
    assert (entry["id"], entry["summary"], entry["primary"]) == (
        "maria.lopez@clinic.example", "maria.lopez@clinic.example", True,
    )  # fmt: skip
    assert world.account("maria.lopez@clinic.example").sub == sub
    assert world.find_account(MARIA) is None


def test_an_account_is_added_with_its_primary_calendar(post: Post, world: World) -> None:
    told = post("accounts", email="ada@other.example", hd="other.example").json()

    assert told["sub"] == world.account("ada@other.example").sub
    assert [(one.id, one.primary) for one in world.calendars_of("ada@other.example")] == [("ada@other.example", True)]


def test_tokens_without_a_browser(post: Post, base: str) -> None:
    told = post("tokens", account=MARIA, client_id="checker", scopes=["openid", "calendarlist.readonly"]).json()

    answer = requests.get(
        base + "/calendar/v3/users/me/calendarList",
        headers={"Authorization": f"Bearer {told['access_token']}"},
        timeout=5,
    )
    assert answer.status_code == 200
    assert set(told) == {"access_token", "refresh_token"}


def test_calendars_and_events_are_set_up(post: Post, world: World) -> None:
    post("calendars", account=MARIA, summary="PIMSY Calendar", hidden=True)
    made = post("events", email=MARIA, calendar="PIMSY Calendar", resource={"start": POINT, "end": POINT}).json()

    assert [one["id"] for one in world.events_in(MARIA, "PIMSY Calendar")] == [made["id"]]


def test_a_person_without_a_browser(post: Post, visitor: Visitor, checker: App) -> None:
    post("person", does="leave_empty", account=MARIA, box="events.owned")

    assert "events.owned" not in visitor.opens(checker.question()).brought["scope"]


def test_a_person_chooses_another_account_than_the_one_meant(post: Post, visitor: Visitor, checker: App) -> None:
    post("person", does="continue", account=JOE)

    code = visitor.signs_in(MARIA).opens(checker.question(login_hint=MARIA)).brought["code"]

    access = checker.redeems(code).json()["access_token"]
    told = requests.get(visitor.base + "/v1/userinfo", headers={"Authorization": f"Bearer {access}"}, timeout=5).json()
    assert told["email"] == JOE


def test_sessions_from_outside(post: Post, visitor: Visitor) -> None:
    visitor.opens("/Logout")

    post("sessions", email=MARIA)
    assert visitor.opens("/calendar/").heading == "Calendar"
    post("sessions")
    assert visitor.opens("/calendar/").heading == "Choose an account"


def test_the_clock_moves_and_is_told(post: Post, state: Callable[[], Any]) -> None:
    before = datetime.fromisoformat(state()["now"])

    told = post("clock", advance_s=34 * 86_400).json()

    moved = datetime.fromisoformat(told["now"]) - before
    assert timedelta(days=34) <= moved < timedelta(days=34, seconds=10)
    assert post("clock", now="2026-11-24T06:10:00-05:00").json()["now"].startswith("2026-11-24T11:10:0")


def test_the_date_header_stays_real(post: Post, base: str) -> None:
    from email.utils import parsedate_to_datetime

    def said() -> float:
        answer = requests.get(base + "/oauth2/v3/certs", timeout=5)
        return parsedate_to_datetime(answer.headers["Date"]).timestamp() - time.time()

    post("clock", advance_s=86_400)
    assert abs(said()) < 5
    post("clock", skew_s=420)
    assert 410 < said() < 430


def test_manners_are_switched(post: Post, world: World) -> None:
    post("manners", silent_refusal="immediate_failed")

    assert world.manners.silent_refusal == "immediate_failed"


@pytest.mark.parametrize(
    ("address", "body", "says"),
    [
        ("reset", {"world": "elsewhere"}, "No world is called elsewhere."),
        ("accounts", {"email": MARIA}, f"{MARIA} exists"),
        ("accounts", {}, "email"),
        ("tokens", {"account": "nobody", "client_id": "checker", "scopes": ["openid"]}, "There is no nobody here"),
        ("tokens", {"account": MARIA, "client_id": "checker", "scopes": ["everything"]}, "everything"),
        ("faults", {"kind": "flood"}, "flood is no kind of fault"),
        ("person", {"does": "dance"}, "dance is nothing a person does"),
        ("person", {"account": "nobody"}, "There is no nobody here"),
        ("manners", {"mood": "good"}, "mood: there are "),
        ("clock", {"advance_s": "soon"}, "soon"),
        ("events", {"email": MARIA, "calendar": "None", "resource": {}}, "There is no"),
    ],
)
def test_what_cannot_be_done_is_said(post: Post, address: str, body: dict[str, Any], says: str) -> None:
    answer = post(address, **body)

    assert answer.status_code == 400
    assert says in answer.json()["error"]


def test_the_log_tells_every_question(rest: Rest, world: World, base: str, visitor: Visitor, checker: App) -> None:
    code = visitor.consents(checker, MARIA)["code"]
    checker.redeems(code)
    rest("GET", "users/me/calendarList", params={"showHidden": "true"})
    rest("POST", "calendars", json={"summary": "x"}, scopes=("openid",))

    (listed,) = world.calls("calendarList.list")
    assert (listed.verb, listed.path, listed.query) == (
        "GET", "/calendar/v3/users/me/calendarList", {"showHidden": ["true"]},
    )  # fmt: skip
    assert (listed.account, listed.client_id, listed.status) == (MARIA, "integration", 200)
    (made,) = world.calls("calendars.insert")
    assert (made.status, made.body) == (403, {"summary": "x"})
    (redeemed,) = world.calls("token")
    assert (redeemed.account, redeemed.client_id, redeemed.status) == (MARIA, "checker", 200)
    told = requests.get(base + "/_world/log?method=token", timeout=5).json()
    assert [one["method"] for one in told] == ["token"]


def test_the_control_room_is_not_logged(post: Post, base: str, world: World) -> None:
    post("clock", advance_s=1)
    requests.get(base + "/_static/fake_google.css", timeout=5)

    assert world.calls() == []


def test_faults_leave_the_control_room_alone(google: FakeGoogle, state: Callable[[], Any]) -> None:
    google.goes_silent()

    assert state()["faults"][0]["kind"] == "drop"
