"""The people's pages: where everybody stands, names and addresses, and where somebody new has to go."""

import pytest
from flask import Flask
from sqlalchemy import text

from e2e.fake_google import FakeGoogle
from tests.walking import JOE, MARIA, SAM, Desk
from wizard.store import needs, people, workstations
from wizard.store.database import db, of_clinic


@pytest.fixture
def desk(app: Flask, google: FakeGoogle) -> Desk:
    return Desk(app, google)


def row(page: str, name: str) -> str:
    """The row of the table in which that name leads."""
    return next(part for part in page.split("<tr>") if f">{name}</a></th>" in part)


def test_everybody_stands_there_with_both_addresses_and_how_far(desk: Desk, google: FakeGoogle) -> None:
    desk.proves()
    Desk(desk.app, google, "Front desk 2").begins(JOE)

    page = desk.client.get("/people").text

    assert "Verified" not in row(page, "Maria Lopez"), "one of her two computers is proven"
    assert "1 of 2 computers" in row(page, "Maria Lopez")
    assert "maria@clinic.example" in row(page, "Maria Lopez")
    assert "0 of 2 computers" in row(page, "Joe Hale")
    assert "not known yet" in row(page, "Sam Reed")
    assert "Maria leaves the clinic" in row(page, "Maria Lopez")


def test_a_computer_the_clinic_does_not_need_for_her_is_not_counted(desk: Desk, google: FakeGoogle) -> None:
    desk.proves()
    Desk(desk.app, google, "Front desk 2").begins(JOE)
    with desk.app.app_context(), of_clinic(1):
        needs.decide(MARIA, 2, is_needed=False, at=google.world.now(), by="Dana Hill")
        needs.decide(SAM, 1, is_needed=False, at=google.world.now(), by="Dana Hill")
        needs.decide(SAM, 2, is_needed=False, at=google.world.now(), by="Dana Hill")
        db.session.commit()

    page = desk.client.get("/people").text

    assert "Verified" in row(page, "Maria Lopez")
    assert "1 of 1 computer" in row(page, "Maria Lopez")
    assert "not needed at any computer" in row(page, "Sam Reed")
    assert "Front desk 2" not in desk.client.get(f"/people/{MARIA}").text


def test_somebody_new_is_told_at_which_computers(desk: Desk, google: FakeGoogle) -> None:
    desk.begins(MARIA)
    Desk(desk.app, google, "Back office").begins(MARIA)
    Desk(desk.app, google, "Store room").begins(MARIA)
    with desk.app.app_context(), of_clinic(1):
        room = workstations.named("Store room")
        assert room is not None
        room.books_for = "nobody"
        db.session.commit()

    added = desk.post("/people/list/add", lines="Ida Roe")
    page = desk.client.get(added.location).text
    own = desk.client.get("/people/5").text

    assert "This person has to be set up at: Front desk 1, Back office." in page
    assert "Front desk 1 (this computer)" in own
    assert "Back office" in own
    assert "Store room" not in own


def test_name_and_letters_can_be_changed(desk: Desk) -> None:
    answer = desk.post(
        f"/people/{MARIA}", name="Maria  Lopez-Gray", email="maria@home.example", google_account="x@y.example"
    )

    page = desk.client.get(answer.location).text
    assert (answer.status_code, answer.location) == (303, f"/people/{MARIA}?saved=1")
    assert "<h1>Maria Lopez-Gray</h1>" in page
    assert 'value="maria@home.example"' in page
    assert noted(desk) == [("person changed", MARIA, "name, google account, email")]


def test_the_account_of_somebody_connected_is_not_changed_here(desk: Desk) -> None:
    desk.creates_calendar()
    page = desk.client.get(f"/people/{MARIA}").text

    desk.post(f"/people/{MARIA}", name="Maria Lopez", email="", google_account="other@clinic.example")

    assert 'name="google_account"' not in page
    assert f"/setup/{MARIA}/account" in page
    with desk.app.app_context(), of_clinic(1):
        maria = people.find(MARIA)
        assert maria is not None
        assert maria.google_account == "maria@clinic.example"


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"name": ""}, "Type the name as PIMSY shows it"),
        ({"name": "A" * 81}, "Type the name as PIMSY shows it"),
        ({"name": "JOE HALE"}, "JOE HALE is somebody else here"),
        ({"google_account": "joe@clinic.example"}, "joe@clinic.example is already entered for Joe Hale"),
        ({"google_account": "maria"}, "Type the whole address"),
        ({"email": "maria@"}, "Type the whole address"),
    ],
)
def test_what_cannot_be_kept_is_said_at_its_field(desk: Desk, fields: dict[str, str], says: str) -> None:
    given = {"name": "Maria Lopez", "email": "", "google_account": "maria@clinic.example", **fields}

    answer = desk.post(f"/people/{MARIA}", **given)

    assert (answer.status_code, says in answer.text) == (422, True)
    assert "<h1>Maria Lopez</h1>" in answer.text
    assert noted(desk) == []


def test_saving_what_is_there_already_notes_nothing(desk: Desk) -> None:
    answer = desk.post(f"/people/{MARIA}", name="Maria Lopez", email="", google_account="maria@clinic.example")

    assert (answer.status_code, noted(desk)) == (303, [])


@pytest.mark.parametrize("query", ["added=x", "added=99999", "added=-1", "added=%D9%A3", "known=3"])
def test_a_number_that_nobody_wrote_says_nothing(desk: Desk, query: str) -> None:
    page = desk.client.get(f"/people?{query}")

    assert (page.status_code, "added.</strong>" in page.text) == (200, False)


def noted(desk: Desk) -> list[tuple[str, int, str]]:
    with desk.app.app_context():
        rows = db.session.execute(text("SELECT what, person_id, detail FROM log WHERE what LIKE 'person%'")).all()
        db.session.commit()
    return [tuple(row) for row in rows]
