"""Which cells are needed: one form of many boxes, of which only what was changed is kept."""

import re

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from bench.large_clinic import open_clinic
from e2e.fake_google import FakeGoogle
from e2e.launcher import TODAY
from tests.walking import ANA, JOE, MARIA, SAM, TOKEN, Desk
from wizard.practice.builtin import sample
from wizard.store import log, needs, people, workstations
from wizard.store.database import db, of_clinic, of_every_clinic

BOX = re.compile(r'<input type="checkbox"[^>]*name="needed" value="(\d+\.\d+)"[^>]*?( checked)?>')
WAS = re.compile(r'name="was" value="([^"]*)"')
EVERYBODY_EVERYWHERE = {f"{person}.{desk}" for person in (MARIA, JOE, SAM, ANA) for desk in (1, 2)}
NEEDED = "/overview/needed"


@pytest.fixture
def desk(app: Flask, google: FakeGoogle) -> Desk:
    """Front desk 1 and Front desk 2 have names."""
    desk = Desk(app, google)
    desk.begins()
    Desk(app, google, "Front desk 2").begins()
    return desk


def ticked(page: str) -> set[str]:
    boxes = BOX.findall(page)
    assert boxes
    return {place for place, checked in boxes if checked}


def send(desk: Desk, page: str, boxes: set[str], address: str = NEEDED, **rules: str) -> TestResponse:
    """The page's form with these boxes ticked; rules by field, books1="nobody"."""
    was = WAS.search(page)
    assert was
    shown = dict(re.findall(r'name="(booked\d+)" value="(\w+)"', page))
    chosen = {name.replace("booked", "books"): value for name, value in shown.items()}
    data = {"csrf_token": desk.token(), "was": was[1], "needed": sorted(boxes), **shown, **chosen, **rules}
    return desk.client.post(address, data=data)


def decided(app: Flask) -> dict[tuple[int, int], bool]:
    with app.app_context(), of_clinic(1):
        return needs.decided()


def test_everybody_is_needed_everywhere_until_somebody_decides(app: Flask, desk: Desk) -> None:
    page = desk.client.get(NEEDED).text

    assert ticked(page) == EVERYBODY_EVERYWHERE
    assert "Is anything booked at Front desk 1 for others?" in page
    assert "The answer holds for everybody whose box you never touched, and for people who are added later." in page
    assert decided(app) == {}


def test_one_form_keeps_every_box_and_notes_who_decided(app: Flask, desk: Desk) -> None:
    page = desk.client.get(NEEDED).text
    answer = send(desk, page, EVERYBODY_EVERYWHERE - {f"{JOE}.2", f"{SAM}.1", f"{SAM}.2"})
    again = desk.client.get(answer.location).text

    assert (answer.status_code, answer.location) == (303, f"{NEEDED}?saved=1")
    assert ticked(again) == {f"{MARIA}.1", f"{MARIA}.2", f"{JOE}.1", f"{ANA}.1", f"{ANA}.2"}
    assert "Saved. 5 cells are needed." in again
    assert decided(app) == {(JOE, 2): False, (SAM, 1): False, (SAM, 2): False}
    with app.app_context(), of_clinic(1):
        noted = [(one.person_id, one.who, one.detail) for one in log.of("needed cells decided", TODAY)]
    assert noted == [
        (JOE, "Dana Hill", "Front desk 2: not needed"),
        (SAM, "Dana Hill", "Front desk 1: not needed; Front desk 2: not needed"),
    ]


def test_a_computer_that_books_for_nobody_is_needed_by_whom_is_ticked(app: Flask, desk: Desk) -> None:
    page = desk.client.get(NEEDED).text
    send(desk, page, EVERYBODY_EVERYWHERE, books2="nobody")
    page = desk.client.get(NEEDED).text
    without = ticked(page)
    send(desk, page, without | {f"{JOE}.2"})
    with app.app_context(), of_clinic(1):
        newcomer = people.add("New Starter", "").id
        db.session.commit()

    assert without == {f"{person}.1" for person in (MARIA, JOE, SAM, ANA)}
    assert ticked(desk.client.get(NEEDED).text) == {*without, f"{JOE}.2", f"{newcomer}.1"}
    assert decided(app) == {(JOE, 2): True}


def test_a_box_that_somebody_touched_outlives_the_computer_s_rule(app: Flask, desk: Desk) -> None:
    send(desk, desk.client.get(NEEDED).text, EVERYBODY_EVERYWHERE - {f"{JOE}.2"})
    send(desk, desk.client.get(NEEDED).text, EVERYBODY_EVERYWHERE - {f"{SAM}.2"}, books2="nobody")

    assert ticked(desk.client.get(NEEDED).text) == {f"{p}.1" for p in (MARIA, JOE, SAM, ANA)} | {f"{JOE}.2"}
    assert decided(app) == {(JOE, 2): True, (SAM, 2): False}


def test_what_another_administrator_decided_meanwhile_stays(app: Flask, desk: Desk) -> None:
    page = desk.client.get(NEEDED).text
    send(desk, page, EVERYBODY_EVERYWHERE - {f"{ANA}.1"}, books1="nobody")
    send(desk, page, EVERYBODY_EVERYWHERE - {f"{SAM}.2"})

    assert decided(app) == {(ANA, 1): False, (SAM, 2): False}
    with app.app_context(), of_clinic(1):
        assert [at.books_for for at in workstations.all_of_clinic()] == ["nobody", "everybody"]


def test_who_was_added_since_the_page_was_shown_is_not_decided_on(app: Flask, desk: Desk) -> None:
    page = desk.client.get(NEEDED).text
    with app.app_context(), of_clinic(1):
        newcomer = people.add("New Starter", "").id
        db.session.commit()
    send(desk, page, EVERYBODY_EVERYWHERE)

    assert decided(app) == {}
    assert f"{newcomer}.1" in ticked(desk.client.get(NEEDED).text)


def test_the_same_is_asked_for_one_person(app: Flask, desk: Desk) -> None:
    address = f"{NEEDED}/{JOE}"
    page = desk.client.get(address).text
    answer = send(desk, page, {f"{JOE}.1"}, address)
    again = desk.client.get(answer.location).text

    assert "Where Joe Hale is needed" in page
    assert ticked(page) == {f"{JOE}.1", f"{JOE}.2"}
    assert ticked(again) == {f"{JOE}.1"}
    assert "Saved." in again
    assert decided(app) == {(JOE, 2): False}


def test_a_person_s_form_decides_about_nobody_else(app: Flask, desk: Desk) -> None:
    page = desk.client.get(f"{NEEDED}/{JOE}").text
    send(desk, page, {f"{JOE}.1", f"{JOE}.2", f"{MARIA}.1"}, f"{NEEDED}/{JOE}")
    send(desk, page.replace(f"{JOE}.2", f"{JOE}.2 {MARIA}.2"), {f"{JOE}.1", f"{JOE}.2"}, f"{NEEDED}/{JOE}")

    assert decided(app) == {}


@pytest.mark.parametrize(
    "box", ["", ".", "1", "1.", ".1", "1.99", "99.1", "x.y", "1.1.1", "-1.1", "9" * 400 + ".1", "\0.1"]
)
def test_a_box_of_nobody_is_none(app: Flask, desk: Desk, box: str) -> None:
    answer = send(desk, desk.client.get(NEEDED).text, EVERYBODY_EVERYWHERE | {box})

    assert answer.status_code == 303
    assert decided(app) == {}


def test_a_rule_that_there_is_not_changes_nothing(app: Flask, desk: Desk) -> None:
    send(desk, desk.client.get(NEEDED).text, EVERYBODY_EVERYWHERE, books1="some", books99="nobody")

    with app.app_context(), of_clinic(1):
        assert [at.books_for for at in workstations.all_of_clinic()] == ["everybody", "everybody"]


def test_another_clinic_s_cells_cannot_be_decided(app: Flask, google: FakeGoogle, desk: Desk) -> None:
    with app.app_context():
        sample.open_clinic(TODAY)
        db.session.commit()
    there = Desk(app, google, "Elsewhere")
    there.begins(MARIA + len(sample.PEOPLE))
    page = there.client.get(NEEDED).text
    answer = there.client.post(
        NEEDED, data={"csrf_token": there.token(), "was": "1.1 2.1 1.3", "needed": ["1.2", "5.1"], "books1": "nobody"}
    )

    assert "Front desk" not in page
    assert answer.status_code == 303
    with app.app_context(), of_every_clinic():
        assert needs.decided() == {}
        assert {at.books_for for at in workstations.all_of_clinic()} == {"everybody"}


def test_before_a_computer_has_a_name_there_is_nothing_to_decide(app: Flask, google: FakeGoogle) -> None:
    desk = Desk(app, google)

    assert "No computer has a name yet." in desk.client.get(NEEDED).text
    assert "No computer has a name yet" in desk.client.get(f"{NEEDED}/{JOE}").text
    assert desk.post(NEEDED, was="1.1").status_code == 303
    assert decided(app) == {}


def test_a_thousand_boxes_fit_into_one_form(app: Flask) -> None:
    with app.app_context():
        clinic_id = open_clinic(50, 20, TODAY)
        db.session.commit()
    client = app.test_client()
    page = client.get(NEEDED).text
    boxes, was, token = ticked(page), WAS.search(page), TOKEN.search(page)
    assert was
    assert token
    assert len(boxes) == 1000
    cleared = {place for place in boxes if place.endswith("1")}

    answer = client.post(NEEDED, data={"csrf_token": token[1], "was": was[1], "needed": sorted(boxes - cleared)})
    every = client.post(NEEDED, data={"csrf_token": token[1], "was": was[1], "needed": sorted(boxes)})

    assert (answer.status_code, every.status_code) == (303, 303)
    assert ticked(client.get(NEEDED).text) == boxes - cleared
    with app.app_context(), of_clinic(clinic_id):
        assert needs.decided() == {tuple(map(int, place.split("."))): False for place in cleared}
