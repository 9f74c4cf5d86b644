"""Changing the account a set-up is for: the way out of a wrong address."""

import pytest
from flask import Flask

from e2e.fake_google import FakeGoogle
from tests.walking import JOE, MARIA, SAM, Desk


@pytest.fixture
def desk(app: Flask, google: FakeGoogle) -> Desk:
    return Desk(app, google)


def test_a_wrong_yes_can_be_mended(desk: Desk, google: FakeGoogle) -> None:
    desk.begins(SAM)
    google.world.adds_calendar("sam@clinic.example", "PIMSY Calendar")
    desk.trip(SAM, "checker", "frontdesk@gmail.example")
    desk.post(f"/setup/{SAM}/create-calendar", answer="yes")

    desk.post(f"/setup/{SAM}/account", google_account="sam@clinic.example")
    desk.trip(SAM, "checker", "sam@clinic.example")

    assert "Found PIMSY Calendar in sam@clinic.example." in desk.sees(SAM, "create-calendar")


def test_the_proofs_of_the_old_account_end(desk: Desk) -> None:
    desk.proves()

    changed = desk.post(f"/setup/{MARIA}/account", google_account="frontdesk@gmail.example")
    hub = desk.client.get(f"/setup/{MARIA}").text

    assert changed.location == f"/setup/{MARIA}/create-calendar"
    assert "Maria Lopez on Front desk 1: 1 of 6" in hub  # -233 alone: the folder still names the old account


def test_the_card_of_a_wrong_account_leads_there(desk: Desk) -> None:
    desk.begins()
    desk.trip(MARIA, "checker", "frontdesk@gmail.example")

    assert f'href="/setup/{MARIA}/account"' in desk.sees(MARIA, "create-calendar")


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("maria", "Type the whole address"),
        ("a b@c.example", "Type the whole address"),
        ("x" * 300 + "@c.example", "Type the whole address"),
        ("JOE@clinic.example", "is already entered for Joe Hale"),
    ],
)
def test_an_address_that_cannot_be_meant_changes_nothing(desk: Desk, typed: str, says: str) -> None:
    desk.begins()

    answer = desk.post(f"/setup/{MARIA}/account", google_account=typed)

    assert answer.status_code == 422
    assert says in answer.text
    assert "maria@clinic.example" in desk.client.get(f"/setup/{MARIA}/account").text


def test_another_person_is_not_touched(desk: Desk) -> None:
    desk.proves(JOE, "joe@clinic.example")
    desk.begins(MARIA)

    desk.post(f"/setup/{MARIA}/account", google_account="")

    assert "Joe Hale on Front desk 1: 6 of 6" in desk.client.get(f"/setup/{JOE}").text
