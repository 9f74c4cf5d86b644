"""A name typed again: the browser forgot, is another one of the same computer, or it is another computer."""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import text
from werkzeug.test import TestResponse

from e2e.fake_google import FakeGoogle
from tests import personal
from tests.walking import MARIA, Desk
from wizard.store.database import db

DIGITS = re.compile(r'aria-hidden="true">(\d{3}) (\d{3})<')
FORGOT = "This browser no longer knows which computer it is. Nothing is undone."


@pytest.fixture
def desk(app: Flask, google: FakeGoogle) -> Desk:
    return Desk(app, google)


@pytest.fixture
def forgot(app: Flask, google: FakeGoogle) -> Desk:
    """The same computer's browser without its cookie; Dana is signed in there."""
    return Desk(app, google)


def computers(app: Flask) -> list[str]:
    with app.app_context():
        names = list(db.session.execute(text("SELECT name FROM workstations ORDER BY id")).scalars())
        db.session.commit()
    return names


def log_of(app: Flask) -> list[tuple[str, str]]:
    with app.app_context():
        rows = db.session.execute(text("SELECT what, detail FROM log ORDER BY id")).all()
        db.session.commit()
    return [(what, detail) for what, detail in rows]


def shown(desk: Desk, workstation: int = 1) -> str:
    """An administrator's press under Account, and the digits she reads out."""
    answer = desk.post(f"/computers/{workstation}/code")
    assert answer.location == f"/account#computer-{workstation}"
    found = DIGITS.search(desk.client.get("/account").text)
    assert found is not None
    return found[1] + found[2]


def test_an_administrator_is_asked_and_says_so_by_one_press(desk: Desk, forgot: Desk) -> None:
    desk.proves()

    asked = forgot.begins()
    recognised = forgot.post("/", person=str(MARIA), workstation="Front desk 1", same="1")

    assert asked.status_code == 422
    assert "<h1>Which computer is this?</h1>" in asked.text
    assert FORGOT in asked.text
    assert "card 45" in asked.text
    assert "The six digits" not in asked.text
    assert recognised.location == f"/setup/{MARIA}"


def test_nothing_is_undone_because_a_cookie_is_gone(app: Flask, desk: Desk, forgot: Desk) -> None:
    """Every status and line of before: at the hub, in the record, and in the overview meanwhile."""
    desk.proves()
    addresses = (f"/setup/{MARIA}", f"/setup/{MARIA}/record", f"/setup/{MARIA}/accept")
    before = [main(desk.client.get(address).text) for address in addresses]
    overview = main(desk.client.get("/overview").text)

    meanwhile = main(forgot.client.get("/overview").text)
    forgot.begins()
    forgot.post("/", person=str(MARIA), workstation="Front desk 1", same="1")
    after = [main(forgot.client.get(address).text) for address in addresses]

    assert "6 of 6" in before[0]
    assert after == before
    assert words(meanwhile) == words(overview)
    assert computers(app) == ["Front desk 1"]


def words(overview: str) -> str:
    """What stands there, at whichever computer it is read: elsewhere a cell is no link and names the address to type."""
    shown = re.sub(r"<i>[^<]*</i>|</?a\b[^>]*>", "", overview.partition("</table>")[0])
    shown = shown.replace(" (this computer)", "")
    return " ".join(re.sub(r"<[^>]+>", " ", shown).split())


def main(page: str) -> str:
    """Without what belongs to the request: its form token, since when the page looks, when the Stand-in was read."""
    return re.sub(r'name="(csrf_token|since)" value="[^"]+"|today \d+:\d\d [AP]M', "", page.partition("<main")[2])


def test_another_browser_of_the_same_computer_is_a_computer_of_its_own(app: Flask, desk: Desk, forgot: Desk) -> None:
    desk.proves()

    asked = forgot.begins()
    named = forgot.post("/", person=str(MARIA), workstation="Front desk 1, second browser")

    assert 'value="Front desk 1, second browser"' in asked.text
    assert "Google's sign-in belongs to a browser, not to the machine." in asked.text
    assert named.location == f"/setup/{MARIA}/sign-out", "steps 2, 5 and 6 are this browser's own"
    assert computers(app) == ["Front desk 1", "Front desk 1, second browser"]


def test_another_computer_gets_another_name(app: Flask, desk: Desk, forgot: Desk) -> None:
    desk.begins()
    forgot.begins()

    assert forgot.post("/", person=str(MARIA), workstation="Front desk 2").status_code == 303
    assert computers(app) == ["Front desk 1", "Front desk 2"]
    assert [what for what, _ in log_of(app)] == ["computer named", "computer named"]


def test_the_short_road_is_kept_through_the_question(desk: Desk, forgot: Desk) -> None:
    desk.begins()
    asked = forgot.post("/", person=str(MARIA), workstation="Front desk 1", road="just check")
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', asked.text))

    forgot.post("/", **{**fields, "same": "1", "csrf_token": forgot.token()})

    assert (fields["person"], fields["road"]) == (str(MARIA), "just check")
    assert "You only check what works already" in forgot.sees(MARIA, "create-calendar")


@pytest.mark.parametrize("becomes", [personal.by_link, personal.handed])
def test_a_person_needs_the_digits_that_dana_reads_out(
    app: Flask, desk: Desk, forgot: Desk, becomes: Callable[[Desk, int], Desk]
) -> None:
    desk.proves()
    maria = becomes(forgot, MARIA)

    asked = says_it_is(maria)
    by_press = says_it_is(maria, same="1")
    digits = shown(desk)
    recognised = says_it_is(maria, "/start/code", same="1", code=f" {digits[:3]} {digits[3:]} ")

    assert (asked.status_code, by_press.status_code) == (422, 422), "a press is not enough"
    assert "Dana reads out six digits" in asked.text
    assert "Show the digits" not in asked.text.partition("<form")[0]
    assert recognised.location == f"/setup/{MARIA}"
    assert f"Maria Lopez on {desk.name}: 6 of 6" in maria.client.get(f"/setup/{MARIA}").text
    assert ("computer recognised", "Front desk 1") in log_of(app)
    assert digits not in str(log_of(app))


def says_it_is(desk: Desk, address: str = "/", **fields: str) -> TestResponse:
    """By the token of the start page: a person has no account page here."""
    found = re.search(r'name="csrf_token" value="([^"]+)"', desk.client.get("/").text)
    assert found is not None
    data = {"csrf_token": found[1], "person": str(MARIA), "workstation": "Front desk 1", **fields}
    return desk.client.post(address, data=data)


def test_wrong_used_and_old_digits_are_the_question_again(desk: Desk, app: Flask, google: FakeGoogle) -> None:
    desk.begins()
    digits = shown(desk)
    wrong = f"{(int(digits) + 1) % 10**6:06}"
    first, second, third = (personal.by_link(Desk(app, google), MARIA) for _ in range(3))

    mistyped = says_it_is(first, "/start/code", code=wrong)
    right = says_it_is(first, "/start/code", code=digits)
    used = says_it_is(second, "/start/code", code=digits)
    again = shown(desk)
    google.world.clock.advance(60 * 60)
    old = says_it_is(third, "/start/code", code=again)

    assert [answer.status_code for answer in (mistyped, right, used, old)] == [422, 303, 422, 422]
    assert "These digits are not the ones." in mistyped.text
    assert "<title>Error: Which computer is this?</title>" in mistyped.text


def test_digits_of_one_computer_name_no_other(desk: Desk, app: Flask, google: FakeGoogle) -> None:
    desk.begins()
    Desk(app, google, "Front desk 2").begins()
    digits = shown(desk, workstation=2)
    maria = personal.by_link(Desk(app, google), MARIA)

    assert says_it_is(maria, "/start/code", code=digits).status_code == 422


def test_whoever_guesses_is_stopped_and_holds_up_nobodys_start(desk: Desk, app: Flask, google: FakeGoogle) -> None:
    desk.begins()
    maria = personal.by_link(Desk(app, google), MARIA)
    guesses = [says_it_is(maria, "/start/code", code=f"{number:06}").status_code for number in range(11)]

    assert guesses == [422] * 10 + [429]
    assert Desk(app, google, "Front desk 3").begins().status_code == 303


def test_digits_are_taken_only_where_wrong_ones_are_counted(desk: Desk, app: Flask, google: FakeGoogle) -> None:
    desk.begins()
    digits = shown(desk)
    maria = personal.by_link(Desk(app, google), MARIA)

    assert says_it_is(maria, "/", code=digits, same="1").status_code == 422


def test_only_an_administrator_shows_digits_and_only_of_her_clinic(desk: Desk, app: Flask, google: FakeGoogle) -> None:
    desk.begins()
    maria = personal.by_link(Desk(app, google), MARIA)
    found = re.search(r'name="csrf_token" value="([^"]+)"', maria.client.get("/").text)
    assert found is not None

    assert maria.client.post("/computers/1/code", data={"csrf_token": found[1]}).status_code == 403
    assert [desk.post(f"/computers/{number}/code").status_code for number in (99, 2**40)] == [404, 404]


def test_the_account_page_tells_which_browsers_carry_each_name(app: Flask, google: FakeGoogle) -> None:
    desk = Desk(app, google)
    desk.client.environ_base["HTTP_USER_AGENT"] = (
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36"
    )
    desk.begins()
    page = desk.client.get("/account").text

    assert "Front desk 1 (this computer)" in page
    assert "Chrome on Windows, seen today 10:00 AM" in page
    assert "Show the digits<" in page


def test_the_account_page_names_no_computer_twice(desk: Desk, forgot: Desk, app: Flask) -> None:
    desk.begins()

    taken = forgot.post("/account/computer", workstation="front desk 1")
    free = forgot.post("/account/computer", workstation="Front desk 2")

    assert taken.status_code == 422
    assert "A computer is called Front desk 1 already. Is it this one? Say so on the start page" in taken.text
    assert free.status_code == 303
    assert computers(app) == ["Front desk 1", "Front desk 2"]
    assert "Front desk 2 (this computer)" in forgot.client.get("/account").text
