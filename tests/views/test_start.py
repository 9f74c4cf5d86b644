"""The start: whose calendar, and which computer."""

import pytest
from flask import Flask

from e2e.fake_google import FakeGoogle
from tests.walking import MARIA, Desk
from wizard.views.present import Services


@pytest.fixture
def desk(app: Flask, google: FakeGoogle) -> Desk:
    return Desk(app, google)


def test_a_browser_that_forgot_is_asked_and_nothing_is_undone(app: Flask, desk: Desk, google: FakeGoogle) -> None:
    desk.proves()
    forgot = Desk(app, google, desk.name)

    asked = forgot.begins()
    forgot.post("/", person=str(MARIA), workstation=desk.name, same="1")

    assert (asked.status_code, "A computer is called Front desk 1 already. Is it this one?" in asked.text) == (
        422,
        True,
    )
    assert "Maria Lopez on Front desk 1: 6 of 6" in forgot.client.get(f"/setup/{MARIA}").text


def test_a_computer_is_known_by_its_cookie_and_signed_anew_by_the_first_key(desk: Desk, services: Services) -> None:
    desk.begins()

    again = desk.client.get("/")

    assert "This computer is called <strong>Front desk 1</strong>" in again.text
    assert "wizard_workstation=" in again.headers["Set-Cookie"]
    assert services.settings.secret_keys[0] not in again.headers["Set-Cookie"]


def test_a_cookie_nobody_of_ours_signed_is_a_new_computer(desk: Desk) -> None:
    desk.begins()
    desk.client.set_cookie("wizard_workstation", "forged", domain="localhost")

    page = desk.client.get("/")

    assert "What is this computer called?" in page.text
