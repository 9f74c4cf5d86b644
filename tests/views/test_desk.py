"""The desk: who is next at a named computer, handing it to her, and taking it back by one password."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text
from werkzeug.test import TestResponse

from e2e import own
from e2e.fake_google import FakeGoogle
from e2e.launcher import TODAY
from tests.own_pimsy import opens_clinic
from tests.views.test_sign_in import log_of, signs_in
from tests.walking import JOE, MARIA, SAM, TOKEN, Desk
from wizard import passwords
from wizard.store import administrators, needs, people, workstations
from wizard.store.database import db, of_clinic

TAKE_BACK = "/desk/take-back"
LEE, LEES = "lee@cedar.example", "seven tall pine trees"
WRONG = "This is not the password. Type it again"


@pytest.fixture
def desk(own_app: Flask, google: FakeGoogle) -> Desk:
    """Front desk 1 of a clinic in service; Dana is signed in, and nobody is set up."""
    desk = Desk(own_app, google).signs_in()
    desk.begins(MARIA)
    return desk


@pytest.fixture
def handed(desk: Desk) -> Desk:
    """The same, handed to Maria."""
    hands_to(desk, MARIA)
    return desk


def hands_to(desk: Desk, person: int) -> TestResponse:
    return desk.post("/desk/hand", person=str(person))


def form_token(client: FlaskClient, address: str) -> str:
    found = TOKEN.search(client.get(address).text)
    assert found is not None
    return found[1]


def takes_back(desk: Desk, password: str = own.PASSWORD, **more: str) -> TestResponse:
    form = form_token(desk.client, TAKE_BACK)
    return desk.client.post(TAKE_BACK, data={"csrf_token": form, "password": password, **more})


def lines_of(page: str) -> list[tuple[str, str]]:
    """The rows of the queue: a name and what stands beside it."""
    part = page.partition("Everybody who needs this computer</h2>")[2].partition("</ol>")[0]
    rows = re.findall(r"<li>(.*?)</li>", part, re.DOTALL)
    return [(words[0], words[1]) for words in (re.findall(r">\s*([^<>]*[^<>\s])\s*<", row) for row in rows)]


def changes(app: Flask, **of: object) -> None:
    """What the clinic decides of its first workstation: its rule, or cells of it by person."""
    with app.app_context(), of_clinic(1):
        here = workstations.find(1)
        assert here is not None
        here.books_for = str(of.get("books_for", here.books_for))
        for name, is_needed in of.items():
            if name.startswith("person_"):
                needs.decide(int(name.removeprefix("person_")), 1, is_needed=bool(is_needed), at=TODAY, by="Dana Hill")
        db.session.commit()


# ── who is next ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_named_computer_says_who_is_next_and_what_is_left_of_each(desk: Desk) -> None:
    page = desk.client.get("/").text

    assert "<h1>Front desk 1: who is next</h1>" in page
    assert "4 of 4 people are left at this computer." in page
    assert '<button class="button button--primary" form="hand">Hand this computer to Maria</button>' in page
    assert "Set Maria up without handing over" in page
    assert "Already works? Just check it" in page
    assert lines_of(page) == [
        ("Maria Lopez", "6 left"),
        ("Joe Hale", "6 left"),
        ("Sam Reed", "6 left"),
        ("Ana Brook", "6 left"),
    ]


def test_who_is_done_or_still_signed_in_to_google_says_so_and_the_next_one_is_named(
    app: Flask, google: FakeGoogle
) -> None:
    desk = Desk(app, google)
    desk.proves()
    open_here = desk.client.get("/").text
    desk.post(f"/setup/{MARIA}/record/own-computer")
    done = desk.client.get("/").text

    assert lines_of(open_here)[0] == ("Maria Lopez", "Google still open here")
    assert lines_of(done)[:2] == [("Maria Lopez", "done"), ("Joe Hale", "5 left")]
    assert "Hand this computer to Joe" in done
    assert "3 of 4 people are left at this computer." in done


def test_the_address_names_somebody_else(desk: Desk) -> None:
    assert "Hand this computer to Sam" in desk.client.get(f"/?person={SAM}").text
    for nobody in ("99", "x", "-1", "1" * 5000):
        assert "Hand this computer to Maria" in desk.client.get(f"/?person={nobody}").text


def test_who_is_not_needed_here_is_listed_apart(own_app: Flask, desk: Desk) -> None:
    changes(own_app, person_1=False, person_4=False)
    some = desk.client.get("/").text
    changes(own_app, books_for="nobody")
    none = desk.client.get("/").text

    assert lines_of(some) == [("Joe Hale", "6 left"), ("Sam Reed", "6 left")]
    assert re.findall(r"<li><a[^>]*>([^<]*)</a> <span>not needed here</span></li>", some) == [
        "Maria Lopez",
        "Ana Brook",
    ]
    assert "Hand this computer to Joe" in some
    assert "Nobody needs this computer." in none
    assert "Hand this computer" not in none


def test_a_computer_without_a_name_is_named_first(own_app: Flask, google: FakeGoogle) -> None:
    page = Desk(own_app, google).signs_in().client.get("/").text

    assert "<h1>Set up Google Calendar Sync</h1>" in page
    assert "What is this computer called?" in page


def test_somebody_is_set_up_without_handing_over(desk: Desk) -> None:
    refused = desk.post("/")
    on = desk.post("/", person=str(JOE))

    assert refused.status_code == 422
    assert "<details open>" in refused.text
    assert "Choose whose calendar you want to set up" in refused.text
    assert on.location == f"/setup/{JOE}/create-calendar"
    assert desk.client.get("/overview").status_code == 200


# ── handing over ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_computer_that_is_handed_over_opens_her_own_set_up_alone(own_app: Flask, desk: Desk) -> None:
    there = hands_to(desk, MARIA)
    page = desk.client.get(there.location).text

    assert there.location == f"/setup/{MARIA}/create-calendar"
    assert "Maria Lopez on Front desk 1</a>" in page
    assert f'href="{TAKE_BACK}">Take it back</a>' in page
    assert "Dana Hill" not in page.partition('id="idle"')[0]
    assert desk.client.get("/").location == there.location
    assert ("Dana Hill", "computer handed over") in log_of(own_app)


@pytest.mark.parametrize("rest", ["", "/create-calendar", "/record", "/print", "/fix", "/title"])
def test_somebody_else_s_address_is_not_there_meanwhile(handed: Desk, rest: str) -> None:
    assert handed.client.get(f"/setup/{SAM}{rest}").status_code == 404
    assert handed.client.get(f"/google/connect/{SAM}/checker").status_code == 404


def test_nobody_else_is_begun_or_named_meanwhile(own_app: Flask, handed: Desk) -> None:
    form = form_token(handed.client, TAKE_BACK)
    begun = handed.client.post("/", data={"csrf_token": form, "person": str(SAM)})
    nobody = handed.client.post("/", data={"csrf_token": form})
    pages = [handed.client.get(address).text for address in (f"/setup/{MARIA}/create-calendar", TAKE_BACK, "/help/")]

    assert begun.location.startswith(f"/setup/{MARIA}/"), "whatever the form says"
    assert nobody.location.startswith(f"/setup/{MARIA}/")
    assert not any(name in page for page in pages for name in ("Sam Reed", "Joe Hale", "Ana Brook"))
    with own_app.app_context():
        assert db.session.execute(text(f"SELECT count(*) FROM slots WHERE person_id = {SAM}")).scalar_one() == 0
        db.session.commit()


@pytest.mark.parametrize(
    "address", ["/overview", "/people/add", "/account/administrators", "/account/clinic", "/account/doctor"]
)
def test_an_administrator_s_pages_are_refused_meanwhile(handed: Desk, address: str) -> None:
    answer = handed.client.get(address)

    assert answer.status_code == 403
    assert ">Take it back</a>" in answer.text


def test_it_cannot_be_handed_on_meanwhile(handed: Desk) -> None:
    form = form_token(handed.client, TAKE_BACK)

    assert handed.client.post("/desk/hand", data={"csrf_token": form, "person": str(SAM)}).status_code == 403


@pytest.mark.parametrize("person", ["99", "", "x"])
def test_it_is_handed_to_nobody_who_is_not_of_the_clinic(own_app: Flask, desk: Desk, person: str) -> None:
    elsewhere = opens_clinic(own_app)["Maria Lopez"]

    assert [desk.post("/desk/hand", person=whose).status_code for whose in (person, str(elsewhere))] == [404, 404]
    assert desk.client.get("/overview").status_code == 200


def test_who_works_here_no_more_gets_no_computer_and_loses_the_one_she_has(own_app: Flask, handed: Desk) -> None:
    with own_app.app_context(), of_clinic(1):
        maria = people.find(MARIA)
        assert maria is not None
        maria.left_at = TODAY
        db.session.commit()

    assert handed.client.get(f"/setup/{MARIA}").status_code == 401
    assert "Front desk 1: 3 people left" in handed.client.get("/").text


def test_a_computer_without_a_name_is_handed_to_nobody(own_app: Flask, google: FakeGoogle) -> None:
    fresh = Desk(own_app, google).signs_in()

    assert hands_to(fresh, MARIA).location == f"/?person={MARIA}"
    assert fresh.client.get("/overview").status_code == 200


def test_before_the_second_person_somebody_looks_at_what_arrived(app: Flask, google: FakeGoogle) -> None:
    desk = Desk(app, google)
    desk.arrives()

    look = hands_to(desk, JOE)
    after = desk.post(f"/setup/{MARIA}/title/answer", shows="none", then=str(JOE))
    there = hands_to(desk, JOE)

    assert look.location == f"/setup/{MARIA}/title?then={JOE}"
    assert after.location == f"/?person={JOE}"
    assert there.location == f"/setup/{JOE}/create-calendar"


def test_what_she_does_stands_in_the_log_under_her_name(own_app: Flask, google: FakeGoogle, handed: Desk) -> None:
    form = form_token(handed.client, TAKE_BACK)
    google.world.adds_calendar("maria@clinic.example", "PIMSY Calendar")
    handed.trip(MARIA, "checker", "maria@clinic.example")
    headers = {"HX-Request": "true", "HX-Request-Type": "partial", "HX-Source": "form#check"}
    part = handed.client.post(
        f"/setup/{MARIA}/create-calendar/check", data={"csrf_token": form, "now": "1"}, headers=headers
    )
    handed.client.post(f"/setup/{MARIA}/sign-out", data={"csrf_token": form, "answer": "pass"})

    assert "Found PIMSY Calendar in maria@clinic.example." in part.text
    assert "<html" not in part.text
    assert log_of(own_app)[-1] == ("Maria Lopez", "went on without the check of step 2")


def test_her_record_names_nobody_and_gives_the_computer_back(app: Flask, google: FakeGoogle) -> None:
    desk = Desk(app, google)
    desk.proves()
    hands_to(desk, MARIA)

    page = desk.client.get(f"/setup/{MARIA}/record").text

    assert "Maria is done here: give the computer back to Dana Hill, who presses" in page
    assert "Joe Hale" not in page
    assert "/overview" not in page
    assert "Sam Reed" not in desk.client.get(f"/setup/{MARIA}/title?then={SAM}").text


# ── taking it back ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_one_password_takes_it_back_and_the_next_person_is_named(own_app: Flask, handed: Desk) -> None:
    asked = handed.client.get(TAKE_BACK).text
    answer = takes_back(handed)

    assert "Dana Hill handed it to Maria Lopez." in asked
    assert len(re.findall(r'type="password"|type="email"|type="text"', asked)) == 1
    assert (answer.status_code, answer.location) == (303, f"/?person={JOE}")
    assert "Hand this computer to Joe" in handed.client.get(answer.location).text
    assert handed.client.get("/overview").status_code == 200
    assert ("Dana Hill", "computer taken back") in log_of(own_app)


def test_after_the_last_one_the_desk_says_so(own_app: Flask, handed: Desk) -> None:
    changes(own_app, person_2=False, person_3=False, person_4=False)

    assert takes_back(handed).location == "/"
    assert "Hand this computer to Maria" in handed.client.get("/").text


@pytest.mark.parametrize("password", ["nine small brown bird", "", "x" * 20_000])
def test_a_wrong_one_changes_nothing(own_app: Flask, handed: Desk, password: str) -> None:
    before = handed.client.get_cookie("wizard_session")
    answer = takes_back(handed, password, email=own.DANA)

    assert answer.status_code == 422
    assert WRONG in answer.text
    assert password == "" or password not in answer.text
    assert handed.client.get("/overview").status_code == 403
    assert handed.client.get(f"/setup/{MARIA}/create-calendar").status_code == 200
    assert handed.client.get_cookie("wizard_session") == before
    assert ("Dana Hill", "taking the computer back refused") in log_of(own_app)[-2:], "and then the overview"


def test_after_ten_wrong_ones_she_waits_here_and_at_the_sign_in(handed: Desk) -> None:
    refused = {takes_back(handed, "wrong", email=f"{number}@cedar.example").status_code for number in range(10)}
    answer = takes_back(handed)
    typed = signs_in(handed.client)

    assert refused == {422}
    assert (answer.status_code, typed.status_code) == (429, 429)
    assert "Too many tries" in answer.text
    assert handed.client.get("/overview").status_code == 403


def test_the_session_of_before_is_good_for_nothing(own_app: Flask, handed: Desk) -> None:
    """Session fixation: a copy of the cookie Maria had opens neither her set-up nor the administrator's pages."""
    copied, computer = (handed.client.get_cookie(name) for name in ("wizard_session", "wizard_workstation"))
    form = form_token(handed.client, TAKE_BACK)
    assert copied
    assert computer
    takes_back(handed)
    thief = own_app.test_client()
    thief.set_cookie("wizard_session", copied.value)

    assert thief.get("/overview").status_code == 401
    assert thief.get(f"/setup/{MARIA}").status_code == 401
    assert handed.client.post("/desk/hand", data={"csrf_token": form, "person": "1"}).status_code == 400


def test_another_administrator_takes_it_back_by_signing_in(own_app: Flask, handed: Desk) -> None:
    adds_lee(own_app, 1)
    copied = handed.client.get_cookie("wizard_session")
    assert copied

    wrong = takes_back(handed, LEES)
    answer = signs_in(handed.client, LEE, LEES)
    thief = own_app.test_client()
    thief.set_cookie("wizard_session", copied.value)

    assert wrong.status_code == 422, "this one field is Dana's"
    assert (answer.status_code, answer.location) == (303, "/")
    assert "Front desk 1: who is next" in handed.client.get("/").text
    assert thief.get(f"/setup/{MARIA}").status_code == 401, "the sign-in that was handed over has ended"


def test_another_clinic_s_administrator_takes_nothing_back(own_app: Flask, handed: Desk) -> None:
    assert opens_clinic(own_app)
    adds_lee(own_app, 2)

    wrong = takes_back(handed, LEES, email=LEE)
    signs_in(handed.client, LEE, LEES)

    assert wrong.status_code == 422
    assert handed.client.get(f"/setup/{MARIA}").status_code == 404
    assert "What is this computer called?" in handed.client.get("/").text, "the queue is of another clinic"


def adds_lee(app: Flask, clinic_id: int) -> None:
    with app.app_context(), of_clinic(clinic_id):
        administrators.add("Lee Moss", LEE, passwords.digest_of(LEES))
        db.session.commit()


def test_without_a_handed_computer_there_is_nothing_to_take_back(desk: Desk) -> None:
    assert desk.client.get(TAKE_BACK).location == "/"
    assert desk.post(TAKE_BACK, password=own.PASSWORD).location == "/"


def test_in_the_try_out_one_press_takes_it_back(app: Flask, google: FakeGoogle) -> None:
    desk = Desk(app, google)
    desk.begins()
    page = desk.client.get(hands_to(desk, MARIA).location).text
    form = re.search(rf'action="{TAKE_BACK}"><input type="hidden" name="csrf_token" value="([^"]+)">', page)
    assert form is not None

    answer = desk.client.post(TAKE_BACK, data={"csrf_token": form[1]})

    assert answer.location == f"/?person={JOE}"
    assert desk.client.get("/overview").status_code == 200


# ── the next person ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_record_names_the_next_person_with_one_button(app: Flask, google: FakeGoogle) -> None:
    desk = Desk(app, google)
    desk.proves()

    page = desk.client.get(f"/setup/{MARIA}/record").text
    on = desk.post("/", person=str(JOE))

    assert re.search(r'name="person" value="2">\s*<div class="buttons">\s*<button class="button">Next: Joe Hale<', page)
    assert f'href="/?person={JOE}">Somebody else, or hand it over</a>' in page
    assert on.location == f"/setup/{JOE}/create-calendar"
