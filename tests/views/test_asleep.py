"""After an idle sign-in has ended the desk's queue stays on its screen, nobody is named, and one password brings it back."""

import re

import pytest
from flask import Flask

from e2e import own
from e2e.fake_google import FakeGoogle, World
from tests.views.test_desk import TAKE_BACK, WRONG, adds_lee, changes, form_token, hands_to
from tests.views.test_queries import counted, grow
from tests.views.test_sign_in import log_of, signs_in
from tests.walking import JOE, MARIA, SAM, TOKEN, Desk

GO_ON = "/desk/go-on"
QUIET = 16 * 60


@pytest.fixture
def desk(own_app: Flask, google: FakeGoogle) -> Desk:
    """Front desk 1 of a clinic in service; Dana is signed in, and nobody is set up."""
    desk = Desk(own_app, google).signs_in()
    desk.begins(MARIA)
    return desk


def goes_on(desk: Desk, password: str = own.PASSWORD, at: str = "/", **more: str) -> tuple[int, str, str]:
    """The form as it stands on that page: status, where it leads to, the page."""
    page = desk.client.get(at).text
    form, back = TOKEN.search(page), re.search(r'name="back" value="([^"]*)"', page)
    assert form
    assert back
    data = {"csrf_token": form[1], "back": back[1], "password": password, **more}
    answer = desk.client.post(GO_ON, data=data)
    return answer.status_code, answer.location, answer.text


def test_the_queue_stays_and_names_nobody(desk: Desk, world: World) -> None:
    world.clock.advance(QUIET)

    answer = desk.client.get("/")

    assert answer.status_code == 401
    assert "<h1>Front desk 1: 4 people left</h1>" in answer.text
    assert re.findall(r"<li><span>(\w+)</span> <span>([^<]*)</span></li>", answer.text) == [
        ("1st", "6 left"),
        ("2nd", "6 left"),
        ("3rd", "6 left"),
        ("4th", "6 left"),
    ]
    assert 'Somebody else? <a href="/sign-in">Sign in</a>' in answer.text
    for word in ("Maria", "Joe", "Sam", "Ana", "Dana", "Hill", "@", "Cedar"):
        assert word not in answer.text
    assert len(re.findall(r'type="(?:password|email|text)"', answer.text)) == 1


@pytest.mark.parametrize("there", ["/", f"/?person={SAM}"])
def test_one_password_brings_it_back_at_the_same_place(own_app: Flask, desk: Desk, world: World, there: str) -> None:
    before = desk.client.get(there).text
    world.clock.advance(QUIET)

    status, back, _ = goes_on(desk, at=there)

    assert (status, back) == (303, there)
    assert blank(desk.client.get(back).text) == blank(before)
    assert log_of(own_app)[-1] == ("Dana Hill", "came back to the desk")


def blank(page: str) -> str:
    return re.sub(r'name="csrf_token" value="[^"]+"', "", page)


def test_while_it_was_handed_over_every_page_shows_the_queue_and_she_goes_on(desk: Desk, world: World) -> None:
    hands_to(desk, MARIA)
    world.clock.advance(QUIET)

    pages = [desk.client.get(address) for address in ("/", f"/setup/{MARIA}/create-calendar", TAKE_BACK)]
    status, back, _ = goes_on(desk, at=f"/setup/{MARIA}/create-calendar")

    assert [page.status_code for page in pages] == [401, 401, 401]
    assert all("Front desk 1: 4 people left" in page.text and "Maria" not in page.text for page in pages)
    assert (status, back) == (303, f"/?person={MARIA}")
    assert "Hand this computer to Maria" in desk.client.get(back).text


def test_a_part_of_hers_says_so_and_leads_to_the_queue(desk: Desk, world: World) -> None:
    hands_to(desk, MARIA)
    form = form_token(desk.client, TAKE_BACK)
    world.clock.advance(QUIET)
    headers = {"HX-Request": "true", "Referer": f"http://localhost/setup/{MARIA}/create-calendar"}

    part = desk.client.post(f"/setup/{MARIA}/create-calendar/check", data={"csrf_token": form}, headers=headers)
    pressed = desk.client.post(f"/setup/{MARIA}/create-calendar", data={"csrf_token": form, "answer": "continue"})

    assert part.status_code == pressed.status_code == 401
    assert "<html" not in part.text
    assert "hx-trigger" not in part.text
    assert all('href="/">Go on</a>' in answer.text and "/sign-in" not in answer.text for answer in (part, pressed))


def test_her_presses_keep_it_awake(desk: Desk, world: World) -> None:
    hands_to(desk, MARIA)
    form = form_token(desk.client, TAKE_BACK)
    page = desk.client.get(f"/setup/{MARIA}/create-calendar").text
    statuses = []
    for _ in range(3):
        world.clock.advance(12 * 60)
        statuses.append(desk.client.post("/account/stay", data={"csrf_token": form, "now": "1"}).status_code)

    assert statuses == [204, 204, 204]
    assert '<dialog id="idle"' in page
    assert "this computer asks for Dana Hill's password in 2 minutes" in page
    assert desk.client.get(f"/setup/{MARIA}/create-calendar").status_code == 200


@pytest.mark.parametrize("password", ["nine small brown bird", ""])
def test_a_wrong_password_shows_the_queue_again(own_app: Flask, desk: Desk, world: World, password: str) -> None:
    world.clock.advance(QUIET)

    status, _, page = goes_on(desk, password, email=own.DANA)

    assert status == 422
    assert WRONG in page
    assert "Front desk 1: 4 people left" in page
    assert not any(word in page for word in ("Maria", "Dana", "@"))
    assert desk.client.get("/overview").status_code == 401
    assert log_of(own_app)[-1] == ("Dana Hill", "coming back to the desk refused")


def test_wrong_ones_are_counted_with_those_of_the_sign_in(desk: Desk, world: World) -> None:
    world.clock.advance(QUIET)
    refused = [goes_on(desk, "wrong", email=f"{number}@cedar.example")[0] for number in range(6)]
    refused += [signs_in(desk.client, password="wrong").status_code for _ in range(4)]

    assert refused == [422] * 10
    assert goes_on(desk)[0] == 429


def test_another_administrator_s_password_is_not_the_one(own_app: Flask, desk: Desk, world: World) -> None:
    adds_lee(own_app, 1)
    world.clock.advance(QUIET)

    assert goes_on(desk, "seven tall pine trees")[0] == 422
    assert signs_in(desk.client, "lee@cedar.example", "seven tall pine trees").status_code == 303
    assert "Front desk 1: who is next" in desk.client.get("/").text


def test_the_name_of_the_session_is_new(own_app: Flask, desk: Desk, world: World) -> None:
    copied = desk.client.get_cookie("wizard_session")
    assert copied
    world.clock.advance(QUIET)
    goes_on(desk)
    thief = own_app.test_client()
    thief.set_cookie("wizard_session", copied.value)

    assert thief.get("/overview").status_code == 401
    assert desk.client.get("/overview").status_code == 200


def test_only_the_desk_s_own_browser_shows_it(own_app: Flask, desk: Desk, world: World) -> None:
    """Both cookies: the computer's name, and the sign-in that ended. Whoever signs out takes the queue along."""
    computer, signed_in = (desk.client.get_cookie(name) for name in ("wizard_workstation", "wizard_session"))
    assert computer
    assert signed_in
    nameless, stranger = own_app.test_client(), own_app.test_client()
    nameless.set_cookie("wizard_session", signed_in.value)
    stranger.set_cookie("wizard_workstation", computer.value)
    world.clock.advance(QUIET)

    assert all("<h1>Sign in to this wizard</h1>" in one.get("/").text for one in (nameless, stranger))
    assert stranger.post(GO_ON, data={"csrf_token": form_token(stranger, "/")}).location == "/sign-in"
    assert "Sign in to this wizard" in desk.client.get(f"/setup/{MARIA}").text, "another page leads back to itself"


def test_who_signs_out_is_asked_for_everything(desk: Desk) -> None:
    desk.post("/account/sign-out")

    assert "<h1>Sign in to this wizard</h1>" in desk.client.get("/").text


def test_who_signs_out_of_a_handed_computer_leaves_the_queue(desk: Desk) -> None:
    hands_to(desk, MARIA)
    form = form_token(desk.client, TAKE_BACK)
    desk.client.post("/account/sign-out", data={"csrf_token": form})

    page = desk.client.get("/").text
    assert "Front desk 1: 4 people left" in page
    assert goes_on(desk)[1] == f"/?person={MARIA}"


def test_one_and_nobody(own_app: Flask, desk: Desk, world: World) -> None:
    changes(own_app, person_1=False, person_3=False, person_4=False)
    world.clock.advance(QUIET)
    one = desk.client.get("/").text
    changes(own_app, person_2=False)
    nobody = desk.client.get("/").text

    assert "<h1>Front desk 1: 1 person left</h1>" in one
    assert "<h1>Front desk 1: nobody is left</h1>" in nobody
    assert "Who is left here" not in nobody


def test_in_the_try_out_a_handed_computer_asks_for_a_press(app: Flask, google: FakeGoogle) -> None:
    desk = Desk(app, google)
    desk.begins()
    hands_to(desk, JOE)
    google.world.clock.advance(QUIET)

    page = desk.client.get(f"/setup/{JOE}/create-calendar")
    status, back, _ = goes_on(desk)

    assert page.status_code == 401
    assert 'type="password"' not in page.text
    assert (status, back) == (303, f"/?person={JOE}")


def test_it_costs_the_same_for_a_larger_clinic(own_app: Flask, desk: Desk, world: World) -> None:
    world.clock.advance(QUIET)
    desk.client.get("/")
    with counted(own_app) as before:
        desk.client.get("/")
    grow(own_app)
    with counted(own_app) as after:
        page = desk.client.get("/").text

    assert "24 people left" in page
    assert len(after) == len(before) < 30
