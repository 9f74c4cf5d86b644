"""Sign-in: the right password and nothing else, the same answer to every wrong one, and the way back."""

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text
from werkzeug.test import TestResponse

from e2e import own
from e2e.fake_google import World
from tests.letters import Letters, mail_server
from tests.views.test_queries import counted
from tests.walking import TOKEN
from wizard.app import create_app
from wizard.config import Settings
from wizard.store import administrators, links, schema
from wizard.store.clinics import Clinic
from wizard.store.database import db, of_clinic
from wizard.store.links import LinkPurpose


@pytest.fixture
def client(own_app: Flask) -> FlaskClient:
    return own_app.test_client()


def token(client: FlaskClient, address: str = "/sign-in") -> str:
    found = TOKEN.search(client.get(address).text)
    assert found is not None
    return found[1]


def signs_in(client: FlaskClient, email: str = own.DANA, password: str = own.PASSWORD, **more: str) -> TestResponse:
    return client.post("/sign-in", data={"csrf_token": token(client), "email": email, "password": password, **more})


def log_of(app: Flask) -> list[tuple[str, str]]:
    with app.app_context():
        rows = db.session.execute(text("SELECT who, what FROM log ORDER BY id")).all()
        db.session.commit()
    return [(who, what) for who, what in rows]


def test_the_right_password_opens_the_wizard(own_app: Flask, client: FlaskClient) -> None:
    before = client.get("/overview").status_code

    answer = signs_in(client, email="Dana@CEDAR.example ")

    assert (before, answer.status_code, answer.location) == (401, 303, "/")
    assert client.get("/overview").status_code == 200
    assert log_of(own_app) == [("Dana Hill", "signed in")]


def test_the_cookie_of_before_is_good_for_nothing(own_app: Flask, client: FlaskClient) -> None:
    """Session fixation: what a visitor had before the sign-in is not what is signed in."""
    form = token(client)
    before = client.get_cookie("wizard_session")
    assert before is not None
    signs_in(client)
    thief = own_app.test_client()
    thief.set_cookie("wizard_session", before.value)

    assert thief.get("/overview").status_code == 401
    assert client.post("/account/sign-out", data={"csrf_token": form}).status_code == 400, (
        "the form's token is new, too"
    )


@pytest.mark.parametrize(
    ("email", "password"),
    [
        (own.DANA, "nine small brown bird"),
        (own.DANA, ""),
        ("nobody@cedar.example", own.PASSWORD),
        ("", ""),
        ("' OR 1=1 --", own.PASSWORD),
        (f"{own.DANA}\x00", own.PASSWORD),
        ("x" * 20_000, own.PASSWORD),
    ],
)
def test_every_wrong_one_gets_the_same_answer(client: FlaskClient, email: str, password: str) -> None:
    answer = signs_in(client, email, password)

    assert answer.status_code == 422
    assert "This e-mail and this password do not belong together. Type both again" in answer.text
    assert client.get("/overview").status_code == 401
    assert password == "" or password not in answer.text


def test_an_unknown_address_cannot_be_told_from_a_known_one(own_app: Flask, client: FlaskClient) -> None:
    known, unknown = (signs_in(client, email, "wrong password") for email in (own.DANA, "dina@cedar.example"))

    assert blank(known.text).replace(own.DANA, "…") == blank(unknown.text).replace("dina@cedar.example", "…")
    assert [what for _, what in log_of(own_app)] == ["sign-in refused", "sign-in refused"]


def test_an_unknown_address_costs_the_database_as_much(own_app: Flask, client: FlaskClient) -> None:
    signs_in(client, password="the first look at everything")
    asked = []
    for email in (own.DANA, "dina@cedar.example"):
        with counted(own_app) as statements:
            signs_in(client, email, "wrong password")
        asked.append([statement.partition(" ")[0] for statement in statements])

    assert asked[0] == asked[1]
    assert "INSERT" in asked[0]


def blank(page: str) -> str:
    return re.sub(r'name="csrf_token" value="[^"]+"', "", page)


def test_who_was_added_and_has_no_password_cannot_sign_in(own_app: Flask, client: FlaskClient) -> None:
    with own_app.app_context(), of_clinic(1):
        administrators.add("Lee Moss", "lee@cedar.example")
        db.session.commit()

    assert signs_in(client, "lee@cedar.example", "").status_code == 422


def test_the_page_is_good_to_password_managers(client: FlaskClient) -> None:
    page = client.get("/sign-in").text

    assert re.search(r'<input id="email"[^>]* type="email"[^>]* autocomplete="username"', page)
    assert re.search(r'<input id="password"[^>]* type="password"[^>]* autocomplete="current-password"', page)
    assert "Not your Google password." in page


# ── the way back ──────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("address", ["/overview", "/setup/1/create-calendar", "/practice/calendar/1?week=2026-11-23"])
def test_what_was_asked_for_is_opened_after_it(client: FlaskClient, address: str) -> None:
    asked = client.get(address)
    back = re.search(r'name="back" value="([^"]*)"', asked.text)
    assert back is not None

    answer = signs_in(client, back=back[1])

    assert (asked.status_code, answer.location) == (401, address)


@pytest.mark.parametrize(
    "said",
    [
        "https://evil.example/",
        "//evil.example/overview",
        "/\\evil.example",
        "\\\\evil.example",
        "javascript:alert(1)",
        "/nothing",
        "/sign-in",
        "/google/connect/1/checker",
        "/google/callback?state=x",
        "/overview\r\nSet-Cookie: a=b",
        "/overview" + "?" + "x" * 500,
        "overview",
        "",
    ],
)
def test_it_leads_to_a_page_of_ours_and_nowhere_else(client: FlaskClient, said: str) -> None:
    shown = client.get("/sign-in", query_string={"back": said}).text

    assert 'name="back" value="/"' in shown
    assert signs_in(client, back=said).location == "/"


def test_a_part_whose_sign_in_has_ended_says_so_and_leads_back_to_its_page(
    own_app: Flask, client: FlaskClient, world: World
) -> None:
    signs_in(client)
    form = token(client, "/account")
    world.clock.advance(16 * 60)
    headers = {"HX-Request": "true", "Referer": "http://localhost/setup/1/create-calendar"}

    part = client.post("/setup/1/create-calendar/check", data={"csrf_token": form}, headers=headers)
    pressed = client.post("/setup/1/enable-setting", data={"csrf_token": form, "answer": "saved"})
    page = client.get("/setup/1/create-calendar").text

    assert pressed.status_code == part.status_code == 401
    assert "What you pressed last was not taken: press it again then." in pressed.text
    assert "What you pressed last" not in part.text
    assert "Sign in again, your progress is kept." in part.text
    assert 'href="/sign-in?back=/setup/1/create-calendar"' in part.text
    assert "<html" not in part.text
    assert "hx-trigger" not in part.text
    assert "Your sign-in has ended. Sign in again, your progress is kept." in page


def test_an_answer_of_google_s_to_an_ended_sign_in_is_carried_nowhere(client: FlaskClient) -> None:
    page = client.get("/google/callback?state=abc&code=hush")

    assert page.status_code == 401
    assert "hush" not in page.text
    assert 'name="back" value="/"' in page.text


def test_the_first_visit_is_told_of_no_end(client: FlaskClient) -> None:
    assert "has ended" not in client.get("/").text


def test_that_nothing_is_lost_is_said_only_where_it_is_kept(client: FlaskClient) -> None:
    before = client.get("/sign-in").text
    signs_in(client)

    assert "Nothing is lost." not in before
    assert "Nothing is lost." in client.get("/").text


# ── too many tries ────────────────────────────────────────────────────────────────────────────────────────────────


def test_after_ten_wrong_passwords_an_address_waits_and_others_do_not(own_app: Flask, client: FlaskClient) -> None:
    with own_app.app_context(), of_clinic(1):
        administrators.add("Lee Moss", "lee@cedar.example", "no digest")
        db.session.commit()
    refused = [signs_in(client, password="wrong").status_code for _ in range(10)]

    answer = signs_in(client)

    assert set(refused) == {422}
    assert answer.status_code == 429
    assert re.search(r"You can try again in 1[45] minutes", answer.text)
    assert 13 * 60 < int(answer.headers["Retry-After"]) <= 15 * 60
    assert signs_in(client, "lee@cedar.example", "wrong").status_code == 422


def test_an_address_nobody_has_waits_as_well(client: FlaskClient) -> None:
    answers = [signs_in(client, "nobody@cedar.example", "wrong").status_code for _ in range(11)]

    assert answers == [422] * 10 + [429]


def test_thirty_wrong_ones_from_one_place_are_enough(client: FlaskClient) -> None:
    answers = [signs_in(client, f"guess{number}@cedar.example", "wrong").status_code for number in range(31)]

    assert answers == [422] * 30 + [429]


def test_who_guesses_elsewhere_keeps_nobody_from_her_own_computer(own_app: Flask, client: FlaskClient) -> None:
    signs_in(client)
    client.post("/", data={"csrf_token": token(client, "/"), "person": "1", "workstation": "Front desk 1"})
    client.post("/account/sign-out", data={"csrf_token": token(client, "/account")})
    stranger = own_app.test_client()

    guessed = [signs_in(stranger, password="wrong").status_code for _ in range(11)]

    assert guessed == [422] * 10 + [429]
    assert signs_in(own_app.test_client()).status_code == 429
    assert signs_in(client).status_code == 303
    there = [signs_in(client, password="wrong").status_code for _ in range(11)]
    assert there == [422] * 10 + [429], "whoever sits at it may not guess more often"


def test_right_ones_do_not_count(client: FlaskClient) -> None:
    assert {signs_in(client).status_code for _ in range(12)} == {303}


# ── forgotten ─────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def letters() -> Iterator[Letters]:
    with mail_server() as letters:
        yield letters


@pytest.fixture
def mailing(own_app: Flask, settings: Settings, letters: Letters, world: World) -> Iterator[FlaskClient]:
    """The same clinic's wizard, which can send mail."""
    with own_app.app_context():
        database = str(db.engine.url)
    mail_url = f"smtp://127.0.0.1:{letters.port}"
    app = create_app(replace(own.in_service(settings), database_url=database, mail_url=mail_url), world.now)
    yield app.test_client()
    with app.app_context():
        schema.close()


def test_a_forgotten_password_is_mended_by_mail(mailing: FlaskClient, letters: Letters, own_app: Flask) -> None:
    elsewhere = own_app.test_client()
    signs_in(elsewhere)

    said = mailing.post("/sign-in/forgotten", data={"csrf_token": token(mailing), "email": own.DANA})
    letter = letters.next()
    address = re.search(r"http://127.0.0.1:5000(/sign-in/link/\S+)", letter.get_content())
    assert address is not None
    form = token(mailing, address[1])
    answer = mailing.post(address[1], data={"csrf_token": form, "password": "another nine brown birds"})

    assert f"If {own.DANA} belongs to an administrator" in said.text
    assert letter["To"] == own.DANA
    assert (answer.status_code, answer.location) == (303, "/")
    assert mailing.get("/overview").status_code == 200
    assert elsewhere.get("/overview").status_code == 401, "every other sign-in of hers has ended"
    assert mailing.get(address[1]).status_code == 410
    assert signs_in(elsewhere).status_code == 422
    assert signs_in(elsewhere, password="another nine brown birds").status_code == 303


def test_an_address_nobody_has_gets_the_same_answer_and_no_letter(
    own_app: Flask, mailing: FlaskClient, letters: Letters
) -> None:
    pages = [
        mailing.post("/sign-in/forgotten", data={"csrf_token": token(mailing), "email": email}).text.replace(email, "…")
        for email in ("nobody@cedar.example", own.DANA)
    ]

    assert pages[0] == pages[1]
    assert letters.next()["To"] == own.DANA
    assert letters.is_empty
    assert log_of(own_app) == [
        ("an address nobody has here", "link to a new password asked for"),
        ("Dana Hill", "link to a new password mailed"),
    ], "one line and one commit for either: how long it takes tells nothing"


def test_without_mail_it_says_whom_to_ask(client: FlaskClient) -> None:
    page = client.get("/sign-in/forgotten").text
    posted = client.post("/sign-in/forgotten", data={"csrf_token": token(client), "email": own.DANA})

    assert "python -m wizard admin-link" in page
    assert f"python -m wizard admin-link {own.DANA}" in posted.text
    assert "<form" not in page.partition("<main")[2]


# ── links ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def link(app: Flask, purpose: LinkPurpose = LinkPurpose.PASSWORD) -> str:
    with app.app_context():
        dana = administrators.of_email(own.DANA)
        assert dana is not None
        at = app.extensions["wizard"].clock()
        made = links.make(purpose, at, clinic_id=dana.clinic_id, administrator_id=dana.id, email=dana.email)
        db.session.commit()
    return f"/sign-in/link/{made}"


def test_looking_at_a_link_uses_nothing_up(own_app: Flask, client: FlaskClient) -> None:
    address = link(own_app)

    pages = [client.get(address) for _ in range(3)]

    assert {page.status_code for page in pages} == {200}
    assert "Dana Hill, administrator of Cedar Clinic" in pages[0].text


@pytest.mark.parametrize("password", ["short", "dana@cedar.example", "cedar clinic"])
def test_a_weak_password_leaves_the_link_good(own_app: Flask, client: FlaskClient, password: str) -> None:
    address = link(own_app)

    refused = client.post(address, data={"csrf_token": token(client, address), "password": password})

    assert refused.status_code == 422
    assert client.get(address).status_code == 200
    assert signs_in(client).status_code == 303


@pytest.mark.parametrize(("purpose", "hours"), [(LinkPurpose.PASSWORD, 1), (LinkPurpose.ADMINISTRATOR, 7 * 24)])
def test_then_it_is_over(own_app: Flask, client: FlaskClient, world: World, purpose: LinkPurpose, hours: int) -> None:
    address = link(own_app, purpose)
    form = token(client, address)
    world.clock.advance(hours * 3600 - 1)
    just = client.get(address).status_code
    world.clock.advance(1)

    answers = [client.get(address), client.post(address, data={"csrf_token": form, "password": "x" * 12})]

    assert just == 200
    assert [answer.status_code for answer in answers] == [410, 410]
    assert all("This link has ended" in answer.text for answer in answers)
    assert signs_in(client).status_code == 303


def test_a_first_run_link_sets_no_password(own_app: Flask, client: FlaskClient) -> None:
    assert client.get(link(own_app, LinkPurpose.FIRST_RUN)).status_code == 410


def test_no_password_stands_in_the_log(own_app: Flask, client: FlaskClient, clinic: Clinic) -> None:
    assert clinic.id
    signs_in(client, password="a wrong pass phrase")
    signs_in(client)
    with own_app.app_context():
        rows = str(db.session.execute(text("SELECT * FROM log")).all())

    assert "wrong pass phrase" not in rows
    assert own.PASSWORD not in rows
    assert "127.0.0.1" in rows
