"""One cookie at two machines, and a page of another computer: this browser is asked which one it is."""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from itsdangerous import URLSafeSerializer
from sqlalchemy import text
from werkzeug.test import TestResponse

from e2e.fake_google import FakeGoogle
from tests import personal
from tests.views.test_naming import computers, log_of, main, shown
from tests.walking import JOE, MARIA, TOKEN, Desk
from wizard.store.database import db

MINUTE, HOUR = 60, 60 * 60
COOKIE = "wizard_workstation"
PARTIAL = {"HX-Request": "true", "HX-Request-Type": "partial", "HX-Source": "form#check"}


@pytest.fixture
def desk(app: Flask, google: FakeGoogle) -> Desk:
    desk = Desk(app, google)
    desk.begins()
    return desk


@pytest.fixture
def copy(app: Flask, google: FakeGoogle, desk: Desk) -> Desk:
    """Another machine with the same cookie, since the first one was given a newer turn more than a minute ago."""
    other = Desk(app, google)
    copies(desk, other)
    google.world.clock.advance(HOUR)
    desk.client.get("/")
    google.world.clock.advance(MINUTE + 1)
    return other


def copies(desk: Desk, other: Desk) -> None:
    cookie = desk.client.get_cookie(COOKIE)
    assert cookie is not None
    other.client.set_cookie(COOKIE, cookie.value)


def value(desk: Desk) -> str:
    cookie = desk.client.get_cookie(COOKIE)
    assert cookie is not None
    return cookie.value


def answers(desk: Desk, **fields: str) -> TestResponse:
    found = TOKEN.search(desk.client.get("/which-computer").text)
    assert found is not None
    return desk.client.post("/which-computer", data={"csrf_token": found[1], **fields})


def turns(app: Flask) -> list[tuple[int, int]]:
    """Workstation and turn of each browser that is known."""
    with app.app_context():
        rows = db.session.execute(text("SELECT workstation_id, turn FROM browsers ORDER BY id")).all()
        db.session.commit()
    return [(workstation, turn) for workstation, turn in rows]


# ── the turn ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_visit_raises_the_turn_once_an_hour(app: Flask, desk: Desk, google: FakeGoogle) -> None:
    seen = [turns(app)]
    for minutes in (30, 29, 1, 0, 60):
        google.world.clock.advance(minutes * MINUTE)
        desk.client.get("/overview")
        seen.append(turns(app))

    assert seen == [[(1, 1)], [(1, 1)], [(1, 1)], [(1, 2)], [(1, 2)], [(1, 3)]]


def test_a_page_that_looks_by_itself_is_no_visit(app: Flask, desk: Desk, google: FakeGoogle) -> None:
    google.world.clock.advance(HOUR)
    desk.client.get("/overview", headers=PARTIAL)

    assert turns(app) == [(1, 1)]


def test_tabs_that_were_under_way_are_no_copy(app: Flask, desk: Desk, google: FakeGoogle) -> None:
    """Several tabs opened at once: whichever comes back last, the browser holds the newest turn."""
    tabs = [Desk(app, google) for _ in range(3)]
    for tab in tabs:
        copies(desk, tab)
    google.world.clock.advance(HOUR)
    desk.client.get("/")
    google.world.clock.advance(MINUTE - 10)

    pages = [tab.client.get(f"/setup/{MARIA}/create-calendar").status_code for tab in tabs]

    assert pages == [200] * 3
    assert turns(app) == [(1, 2)]
    google.world.clock.advance(10 * MINUTE)
    assert [tab.client.get(f"/setup/{MARIA}/create-calendar").status_code for tab in tabs] == [200] * 3


def test_a_part_that_comes_back_late_puts_no_older_turn_in_its_place(desk: Desk, google: FakeGoogle) -> None:
    quiet = desk.check(MARIA, "create-calendar", seen="")
    part = desk.client.get("/overview", headers=PARTIAL)
    page = desk.client.get("/overview")

    assert [answer.headers.get("Set-Cookie", "").startswith(COOKIE) for answer in (quiet, part, page)] == [
        False,
        False,
        True,
    ]


def test_a_cookie_from_before_turns_is_taken_once(app: Flask, google: FakeGoogle) -> None:
    """T56: signed before there were turns, by an older key or not: the same computer, and given its first turn."""
    desk, other = Desk(app, google), Desk(app, google)
    desk.begins()
    with app.app_context():
        db.session.execute(text("DELETE FROM browsers"))
        db.session.commit()
    key = app.extensions["wizard"].settings.secret_keys[0]
    old = URLSafeSerializer(key, salt="workstation").dumps({"browser": "b", "workstation": 1})
    for one in (desk, other):
        one.client.set_cookie(COOKIE, str(old))

    taken = desk.client.get("/").text
    google.world.clock.advance(MINUTE + 1)

    assert "This computer is called <strong>Front desk 1</strong>" in taken
    assert turns(app) == [(1, 1)]
    assert desk.client.get("/").status_code == 200
    assert other.client.get("/").location == "/which-computer?back=/"


# ── two machines ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_machine_with_the_older_turn_is_asked_before_any_set_up_page(desk: Desk, copy: Desk) -> None:
    pages = ["/", f"/setup/{MARIA}", f"/setup/{MARIA}/create-calendar", f"/google/connect/{MARIA}/checker", "/account"]
    led = [copy.client.get(page) for page in pages]
    asked = copy.client.get(led[2].location)

    assert {answer.status_code for answer in led} == {303}
    assert all(answer.location.startswith("/which-computer?back=") for answer in led)
    assert "<h1>Which one is this?</h1>" in asked.text
    assert "Two machines say that they are Front desk 1." in asked.text
    assert "card 44" in asked.text
    assert copy.client.get("/overview").status_code == 200, "it belongs to no computer"
    assert desk.client.get(f"/setup/{MARIA}/create-calendar").status_code == 200, "the other one goes on"


def test_panels_stay_and_a_press_leads_to_the_question(copy: Desk) -> None:
    address = f"/setup/{MARIA}/create-calendar/check"
    token = TOKEN.search(copy.client.get("/which-computer").text)
    assert token is not None
    data = {"csrf_token": token[1], "seen": "waiting:CAL-NONE:3s"}

    poll = copy.client.post(address, data=data, headers=PARTIAL)
    press = copy.client.post(address, data={**data, "now": "1"}, headers=PARTIAL)
    form = copy.client.post(f"/setup/{MARIA}/create-calendar", data={**data, "answer": "continue"})

    assert (poll.status_code, poll.data, "HX-Redirect" in poll.headers) == (204, b"", False)
    assert (press.status_code, press.headers["HX-Redirect"]) == (204, f"/which-computer?back=/setup/{MARIA}&pressed=1")
    assert (form.status_code, form.location) == (303, f"/which-computer?back=/setup/{MARIA}&pressed=1")
    assert "What you pressed last was not taken" in copy.client.get(form.location).text


def test_it_is_that_computer_under_a_browser_of_its_own(app: Flask, desk: Desk, copy: Desk) -> None:
    old = value(copy)
    answer = answers(copy, workstation="Front desk 1", same="1", back=f"/setup/{MARIA}/create-calendar")

    assert answer.location == f"/setup/{MARIA}/create-calendar"
    assert value(copy) != old
    assert turns(app) == [(1, 2), (1, 1)]
    assert copy.client.get(f"/setup/{MARIA}/create-calendar").status_code == 200
    assert desk.client.get(f"/setup/{MARIA}/create-calendar").status_code == 200
    assert computers(app) == ["Front desk 1"]
    assert log_of(app)[-1] == ("browser took the name of a computer", "Front desk 1")


def test_it_is_another_computer(app: Flask, desk: Desk, copy: Desk, google: FakeGoogle) -> None:
    answer = answers(copy, workstation="Front desk 2", back=f"/setup/{MARIA}")
    page = copy.client.get(f"/setup/{MARIA}").text
    google.world.clock.advance(2 * HOUR)

    assert answer.location == f"/setup/{MARIA}"
    assert "Maria Lopez on Front desk 2" in page
    assert turns(app) == [(1, 2), (2, 1)]
    assert [one.client.get("/").status_code for one in (desk, copy, desk, copy)] == [200] * 4


@pytest.mark.parametrize("typed", ["", "x" * 61, "a\x00b"])
def test_a_name_that_cannot_be_one_is_said_at_its_field(copy: Desk, typed: str) -> None:
    answer = answers(copy, workstation=typed)

    assert answer.status_code == 422
    assert 'id="workstation-problem"' in answer.text
    assert "<title>Error: Which one is this?</title>" in answer.text


def test_it_is_a_computer_that_has_a_name_already(app: Flask, google: FakeGoogle, copy: Desk) -> None:
    Desk(app, google, "Front desk 2").begins(JOE)

    asked = answers(copy, workstation="Front desk 2", back=f"/setup/{MARIA}")
    answer = answers(copy, workstation="Front desk 2", same="1", back=f"/setup/{MARIA}")

    assert (asked.status_code, answer.location) == (422, f"/setup/{MARIA}")
    assert "A computer is called Front desk 2 already. Is it this one?" in asked.text
    assert "Maria Lopez on Front desk 2" in copy.client.get(f"/setup/{MARIA}").text


@pytest.mark.parametrize("becomes", [personal.by_link, personal.handed])
def test_a_person_answers_it_too(app: Flask, copy: Desk, becomes: Callable[[Desk, int], Desk]) -> None:
    """What the browser's own cookie says needs no digits; another computer's name does."""
    maria = becomes(copy, MARIA)
    asked = maria.client.get(f"/setup/{MARIA}")

    answer = answers(maria, workstation="Front desk 1", same="1", back=f"/setup/{MARIA}")

    assert asked.location == f"/which-computer?back=/setup/{MARIA}"
    assert answer.location == f"/setup/{MARIA}"
    assert maria.client.get(f"/setup/{MARIA}").status_code == 200


def test_a_person_needs_digits_for_another_computers_name(app: Flask, google: FakeGoogle, copy: Desk) -> None:
    there = Desk(app, google, "Front desk 2")
    there.begins(JOE)
    maria = personal.by_link(copy, MARIA)

    by_press = answers(maria, workstation="Front desk 2", same="1")
    token = TOKEN.search(by_press.text)
    assert token is not None
    by_digits = maria.client.post(
        "/which-computer/code",
        data={
            "csrf_token": token[1],
            "workstation": "Front desk 2",
            "code": shown(there, 2),
            "back": f"/setup/{MARIA}",
        },
    )

    assert by_press.status_code == 422
    assert by_digits.location == f"/setup/{MARIA}"


def test_it_can_be_left_without_an_answer(copy: Desk) -> None:
    token = TOKEN.search(copy.client.get("/which-computer").text)
    assert token is not None

    assert copy.client.post("/account/stay", data={"csrf_token": token[1]}).status_code == 204
    assert copy.client.post("/account/sign-out", data={"csrf_token": token[1]}).status_code == 303


def test_who_is_no_copy_is_asked_nothing(desk: Desk) -> None:
    assert desk.client.get(f"/which-computer?back=/setup/{MARIA}").location == f"/setup/{MARIA}"
    assert desk.post("/which-computer").status_code == 400


@pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example", "/google/callback", "/no/such/page", ""])
def test_the_way_back_is_a_page_of_ours(copy: Desk, back: str) -> None:
    assert answers(copy, workstation="Front desk 1", same="1", back=back).location == "/"


def test_nothing_is_lost(app: Flask, google: FakeGoogle) -> None:
    desk, other = Desk(app, google), Desk(app, google)
    desk.proves()
    before = main(desk.client.get(f"/setup/{MARIA}").text)
    copies(desk, other)
    google.world.clock.advance(HOUR)
    desk.client.get("/")
    google.world.clock.advance(2 * MINUTE)

    answers(other, workstation="Front desk 1", same="1")

    assert "6 of 6" in before
    assert main(other.client.get(f"/setup/{MARIA}").text) == before


# ── a page of another computer ────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def second(app: Flask, google: FakeGoogle, desk: Desk) -> Desk:
    second = Desk(app, google, "Front desk 2")
    second.begins(JOE)
    return second


def test_a_page_of_another_computer_names_both(second: Desk) -> None:
    page = second.client.get(f"/setup/{MARIA}/create-calendar?at=1")
    stay = re.search(r'href="([^"]+)">Switch to Front desk 2<', page.text)

    assert page.status_code == 200
    assert "This page is for Front desk 1. You are at Front desk 2." in page.text
    assert "card 44" in page.text
    assert stay is not None
    assert stay[1] == f"/setup/{MARIA}/create-calendar"
    assert "Maria Lopez on Front desk 2" in second.client.get(stay[1]).text


def test_this_is_that_computer(app: Flask, second: Desk) -> None:
    address = f"/setup/{MARIA}/create-calendar?at=1"
    page = second.client.get(address).text
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))
    answer = second.client.post("/which-computer", data={**fields, "same": "1"})

    assert answer.location == address
    assert "Maria Lopez on Front desk 1" in second.client.get(answer.location).text
    assert turns(app) == [(1, 1), (1, 2)], "the browser keeps its own id, under the other name"


def test_at_the_computer_itself_the_page_opens(desk: Desk) -> None:
    assert "Maria Lopez on Front desk 1" in desk.client.get(f"/setup/{MARIA}/create-calendar?at=1").text


def test_a_browser_without_a_name_is_asked_too(app: Flask, google: FakeGoogle, desk: Desk) -> None:
    new = Desk(app, google)
    page = new.client.get(f"/setup/{MARIA}?at=1").text
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))

    assert "This page is for Front desk 1. This browser has no computer&#39;s name yet." in page
    assert new.client.post("/which-computer", data={**fields, "same": "1"}).location == f"/setup/{MARIA}?at=1"


def test_a_person_needs_digits_there(desk: Desk, second: Desk) -> None:
    maria = personal.by_link(second, MARIA)
    page = maria.client.get(f"/setup/{MARIA}?at=1").text
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))

    assert 'action="/which-computer/code"' in page
    assert maria.client.post("/which-computer", data={**fields, "same": "1"}).status_code == 422
    right = maria.client.post("/which-computer/code", data={**fields, "code": shown(desk)})
    assert right.location == f"/setup/{MARIA}?at=1"
    assert "Maria Lopez on Front desk 1" in maria.client.get(right.location).text


@pytest.mark.parametrize("at", ["99", "0", "x", "-1", "1" * 30, "१", ""])
def test_a_computer_nobody_knows_is_no_page(second: Desk, at: str) -> None:
    assert second.client.get(f"/setup/{MARIA}?at={at}").status_code == 404


def test_a_part_that_looks_by_itself_is_not_asked(second: Desk) -> None:
    assert second.client.get("/overview?at=1", headers=PARTIAL).status_code == 200
