"""Adding a whole list of people: nothing is written before it was looked through, and nothing twice."""

import csv
import io

import pytest
from flask import Flask
from sqlalchemy import text
from werkzeug.test import TestResponse

from e2e.fake_google import FakeGoogle
from tests.own_pimsy import opens_clinic
from tests.views.test_queries import counted
from tests.walking import Desk
from wizard.rosters import MOST_LINES
from wizard.store import folders, people
from wizard.store.database import db, of_clinic

THREE = "Ida Roe, ida@clinic.example\nLee Moss, lee@clinic.example, lee@home.example\nMia Ott"


@pytest.fixture
def desk(app: Flask, google: FakeGoogle) -> Desk:
    return Desk(app, google)


def looks_through(desk: Desk, lines: str = "", file: bytes | None = None, name: str = "people.csv") -> TestResponse:
    data: dict[str, object] = {"csrf_token": desk.token(), "lines": lines}
    if file is not None:
        data["file"] = (io.BytesIO(file), name)
    return desk.client.post("/people/list", data=data, content_type="multipart/form-data")


def here(desk: Desk) -> list[tuple[str, str, str]]:
    with desk.app.app_context(), of_clinic(1):
        found = [(who.name, who.google_account, who.email) for who in people.everyone()]
        db.session.commit()
    return found


def test_a_list_is_looked_through_before_anything_is_written(desk: Desk) -> None:
    before = here(desk)

    page = looks_through(desk, f"{THREE}\nMaria Lopez")

    assert page.status_code == 200
    assert "3 people are new. 1 is here already. Nothing is written yet." in page.text
    assert "Add 3 people" in page.text
    assert here(desk) == before


def test_who_is_new_is_added_once_however_often_the_list_is_sent(desk: Desk) -> None:
    before = here(desk)

    added = desk.post("/people/list/add", lines=THREE)
    again = desk.post("/people/list/add", lines=THREE)

    assert (added.location, again.location) == ("/people?added=3&known=0", "/people?added=0&known=3")
    assert here(desk)[len(before) :] == [
        ("Ida Roe", "ida@clinic.example", ""),
        ("Lee Moss", "lee@clinic.example", "lee@home.example"),
        ("Mia Ott", "", ""),
    ]
    assert "3 people were added." in desk.client.get(added.location).text
    assert "Nobody was added. 3 were here already" in " ".join(
        desk.client.get(again.location).text.replace("<strong>", "").replace("</strong>", "").split()
    )


def test_with_the_stand_in_everybody_has_a_folder_and_clients(desk: Desk) -> None:
    desk.post("/people/list/add", lines=THREE)

    with desk.app.app_context(), of_clinic(1):
        ids = [who.id for who in people.everyone()][-3:]
        assert set(folders.of_people(ids)) == set(ids)
        db.session.commit()
    assert desk.client.get(f"/practice/personnel/{ids[0]}?tab=clients").status_code == 200


def test_by_hand_nobody_gets_a_folder_here(app: Flask, google: FakeGoogle) -> None:
    opens_clinic(app)
    desk = Desk(app, google)

    assert desk.post("/people/list/add", lines=THREE).status_code == 303
    with app.app_context():
        assert db.session.execute(text("SELECT count(*) FROM folders WHERE clinic_id = 2")).scalar_one() == 0


def test_with_one_problem_nothing_is_written_and_the_text_stays(desk: Desk) -> None:
    before, lines = here(desk), f"{THREE}\nAna B., ana@"

    for answer in (looks_through(desk, lines), desk.post("/people/list/add", lines=lines)):
        assert answer.status_code == 422
        assert "Error: Add people" in answer.text
        assert "There is 1 thing to change" in answer.text
        assert "Line 4: “ana@” is no whole address (Google address)." in answer.text
        assert (
            "Ida Roe, ida@clinic.example\nLee Moss, lee@clinic.example, lee@home.example\nMia Ott\nAna B., ana@</textarea>"
            in (answer.text.replace("\r\n", "\n"))
        )
    assert here(desk) == before


def test_a_file_is_read_like_a_paste(desk: Desk) -> None:
    file = "Name;Google address;E-mail\r\nJosé Ortiz;jose@clinic.example;\r\n".encode("cp1252")

    page = looks_through(desk, file=file)

    assert "1 person is new." in page.text
    assert "José Ortiz" in page.text


@pytest.mark.parametrize(
    ("lines", "file", "says"),
    [
        ("", b"", "There is nobody in this list"),
        ("Ida Roe", b"Lee Moss", "There is a list here and a file as well: send one of them"),
        ("", b"PK\x03\x04 a workbook", "This file is no text."),
        ("", b"Lee Moss, lee", "Line 1: “lee” is no whole address"),
    ],
)
def test_a_file_that_cannot_be_taken_says_why(desk: Desk, lines: str, file: bytes, says: str) -> None:
    answer = looks_through(desk, lines, file)

    assert (answer.status_code, says in answer.text) == (422, True)


def test_the_template_is_an_empty_list(desk: Desk) -> None:
    template = desk.client.get("/people/template.csv")
    sent_back = looks_through(desk, file=template.data)

    assert template.content_type == "text/csv; charset=utf-8"
    assert list(csv.reader(io.StringIO(template.data.decode("utf-8-sig")))) == [["Name", "Google address", "E-mail"]]
    assert "There is nobody in this list" in sent_back.text


def test_the_list_can_be_changed_after_it_was_looked_through(desk: Desk) -> None:
    page = desk.post("/people/list", lines=THREE, change="1")

    assert (page.status_code, "Mia Ott</textarea>" in page.text) == (200, True)


def test_who_is_here_under_another_name_or_address_is_said(desk: Desk) -> None:
    page = looks_through(desk, "M. Lopez, maria@clinic.example\nJoe Hale, joe@elsewhere.example").text

    assert "Maria Lopez</a>, who has this Google address" in page
    assert "Joe Hale</a>, with joe@clinic.example instead of joe@elsewhere.example" in page
    assert "Add 0" not in page


def test_who_left_is_not_added_as_somebody_new(desk: Desk) -> None:
    desk.post("/people/1/leave")

    page = looks_through(desk, "Maria Lopez").text
    one = desk.post("/people/add", name="maria lopez", google_account="")

    assert "left the clinic" in page
    assert "Nobody is new." in page
    assert (one.status_code, "worked here before" in one.text) == (422, True)


def test_a_list_may_be_longer_than_any_other_form_and_has_an_end(desk: Desk) -> None:
    longest = "\n".join(f"{'Person ' * 9}{number}, person{number}@{'a' * 60}.example" for number in range(MOST_LINES))
    assert len(longest) > 64 * 1024
    before = here(desk)

    taken = looks_through(desk, longest)
    refused = looks_through(desk, longest * 4)
    elsewhere = desk.post("/account/computer", workstation=longest)

    assert (taken.status_code, refused.status_code, elsewhere.status_code) == (200, 413, 413)
    assert "This list is too large" in refused.text
    assert "A list may hold 500 people and 256 kilobytes" in refused.text
    assert here(desk) == before
    assert desk.post("/people/list/add", lines=longest).location == "/people?added=500&known=0"


def test_a_longer_list_costs_no_more_questions(desk: Desk, app: Flask) -> None:
    desk.client.get("/people/add")
    with counted(app) as few:
        looks_through(desk, "Ida Roe")
    with counted(app) as many:
        looks_through(desk, "\n".join(f"Person {number}" for number in range(200)))

    assert len(few) == len(many)


def test_everybody_who_was_added_is_noted(desk: Desk, app: Flask) -> None:
    desk.post("/people/list/add", lines=THREE)

    with app.app_context():
        noted = db.session.execute(text("SELECT who, what, person_id, address FROM log ORDER BY id")).all()
    assert [tuple(row) for row in noted] == [("Dana Hill", "person added", number, "127.0.0.1") for number in (5, 6, 7)]
