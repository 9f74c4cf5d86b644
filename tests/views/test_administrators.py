"""Administrators: another one by a link that is shown once, and another password for oneself."""

import re
from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import text

from e2e import own
from e2e.fake_google import FakeGoogle, World
from tests.letters import mail_server
from tests.walking import TOKEN, Desk
from wizard.app import create_app
from wizard.config import Settings
from wizard.store import administrators, schema
from wizard.store.database import db, of_clinic

LEE = "lee@cedar.example"
LINK = re.compile(r'value="http://127\.0\.0\.1:5000(/sign-in/link/[^"]+)"')


@pytest.fixture
def desk(own_app: Flask, google: FakeGoogle) -> Desk:
    return Desk(own_app, google).signs_in()


def chooses(desk: Desk, address: str, password: str = "seven tall pine trees") -> int:
    """Somebody else opens the link in a browser of her own."""
    lee = desk.app.test_client()
    found = TOKEN.search(lee.get(address).text)
    assert found is not None
    answer = lee.post(address, data={"csrf_token": found[1], "password": password})
    assert lee.get("/account").status_code == 200
    return answer.status_code


def test_one_more_administrator_chooses_her_own_password(desk: Desk) -> None:
    page = desk.post("/account/administrators", name="Lee  Moss", email="Lee@Cedar.example").text
    found = LINK.search(page)
    assert found is not None

    assert "A link for Lee Moss" in page
    assert "This wizard sends no mail. Hand the link over yourself." in page
    assert "has not chosen a password yet" in page
    assert chooses(desk, found[1]) == 303
    again = desk.client.get("/account/administrators").text
    assert "has not chosen" not in again
    assert found[1] not in again, "the link is shown once"


def test_a_lost_link_is_made_again_and_the_old_one_ends(desk: Desk) -> None:
    first = LINK.search(desk.post("/account/administrators", name="Lee Moss", email=LEE).text)
    second = LINK.search(desk.post("/account/administrators", name="Lee Moss", email=LEE).text)
    assert first is not None
    assert second is not None

    assert desk.client.get(first[1]).status_code == 410
    assert chooses(desk, second[1]) == 303
    with desk.app.app_context(), of_clinic(1):
        assert [who.email for who in administrators.everyone()] == [own.DANA, LEE]


@pytest.mark.parametrize(
    ("name", "email", "says"),
    [
        ("", LEE, "Type the name"),
        ("Lee Moss", "lee", "Type the whole e-mail address"),
        ("Lee Moss", "DANA@cedar.example", "is an administrator already"),
    ],
)
def test_who_cannot_be_added_is_said_at_the_field(desk: Desk, name: str, email: str, says: str) -> None:
    answer = desk.post("/account/administrators", name=name, email=email)

    assert (answer.status_code, says in answer.text) == (422, True)
    assert LINK.search(answer.text) is None


def test_with_mail_the_link_is_mailed_and_trouble_is_said(
    own_app: Flask, settings: Settings, world: World, google: FakeGoogle
) -> None:
    with own_app.app_context():
        database = str(db.engine.url)
    with mail_server() as letters:
        mail_url = f"smtp://127.0.0.1:{letters.port}"
        app = create_app(replace(own.in_service(settings), database_url=database, mail_url=mail_url), world.now)
        desk = Desk(app, google).signs_in()
        mailed = desk.post("/account/administrators", name="Lee Moss", email=LEE).text
        letter = letters.next()
        refused = desk.post("/account/administrators", name="Ida Roe", email="refused@cedar.example").text

    found = LINK.search(mailed)
    assert found is not None
    assert f"It was mailed to {LEE}." in mailed
    assert (letter["To"], found[1] in letter.get_content()) == (LEE, True)
    assert "It was not mailed: The mail server does not take mail for this address." in refused
    assert LINK.search(refused) is not None, "the link is there to be handed over"
    with app.app_context():
        schema.close()


def test_another_password_ends_every_other_sign_in(desk: Desk, google: FakeGoogle) -> None:
    elsewhere = Desk(desk.app, google).signs_in()

    answer = desk.post("/account/password", present=own.PASSWORD, password="seven tall pine trees")

    assert (answer.status_code, answer.location) == (303, "/account?changed=password")
    assert "Your password is changed." in desk.client.get(answer.location).text
    assert elsewhere.client.get("/account").status_code == 401
    with desk.app.app_context():
        log = [row[0] for row in db.session.execute(text("SELECT what FROM log"))]
    assert log == ["password changed"]


@pytest.mark.parametrize(
    ("present", "password", "says"),
    [
        ("wrong", "seven tall pine trees", "This is not your present password"),
        (own.PASSWORD, "short", "Choose a longer password"),
        (own.PASSWORD, own.DANA, "Choose another password"),
    ],
)
def test_a_password_that_is_not_taken_changes_nothing(desk: Desk, present: str, password: str, says: str) -> None:
    answer = desk.post("/account/password", present=present, password=password)

    assert (answer.status_code, says in answer.text) == (422, True)
    assert password not in answer.text.replace(own.DANA, "") or password == own.DANA
    assert desk.post("/account/password", present=own.PASSWORD, password="seven tall pine trees").status_code == 303
