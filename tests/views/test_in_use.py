"""The computers' pages: their names, how many are proven there, and what ends with one that is not used any more."""

import pytest
from flask import Flask
from sqlalchemy import text

from e2e.fake_google import FakeGoogle
from tests.own_pimsy import OwnDesk, opens_clinic, writes
from tests.walking import JOE, MARIA, Desk
from wizard.store import needs
from wizard.store.database import db, of_clinic

FIRST, SECOND = "/computers/1", "/computers/2"


@pytest.fixture
def desk(app: Flask, google: FakeGoogle) -> Desk:
    """Maria is proven at the first of two computers."""
    desk = Desk(app, google)
    desk.proves()
    Desk(app, google, "Front desk 2").begins(MARIA)
    return desk


def noted(app: Flask) -> list[tuple[str, int, str]]:
    with app.app_context():
        query = "SELECT what, workstation_id, detail FROM log WHERE what LIKE 'computer %' ORDER BY id"
        rows = db.session.execute(text(query)).all()
        db.session.commit()
    return [tuple(row) for row in rows][2:]  # after both were named


def test_every_computer_says_when_it_was_named_and_who_is_proven(desk: Desk, google: FakeGoogle) -> None:
    page = desk.client.get("/computers").text
    with desk.app.app_context(), of_clinic(1):
        for person in (2, 3, 4):
            needs.decide(person, 1, is_needed=False, at=google.world.now(), by="Dana Hill")
        db.session.commit()
    alone = desk.client.get("/computers").text

    assert "Front desk 1</a> (this computer)</th><td>today 10:0" in page
    assert "1 of 4 people" in page
    assert "0 of 4 people" in page
    assert "1 of 1 person" in alone
    assert "everybody who needs it stands there as “not begun”" in page


def test_a_computer_is_renamed_from_anywhere(desk: Desk) -> None:
    answer = desk.post(SECOND, name="Back  office")

    assert (answer.status_code, answer.location) == (303, "/computers")
    assert "Back office" in desk.client.get("/overview").text
    assert noted(desk.app) == [("computer renamed", 2, "Back office")]
    desk.post(SECOND, name="Back office")
    assert len(noted(desk.app)) == 1, "the same name again is no change"


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("", "Give this computer a name"),
        ("a\x07b", "Use letters, numbers and spaces only"),
        ("A" * 61, "Choose a shorter name: at most 60 letters"),
        ("FRONT DESK 1", "Another computer is called Front desk 1 already"),
    ],
)
def test_a_name_that_cannot_be_its_own_is_said(desk: Desk, name: str, says: str) -> None:
    answer = desk.post(SECOND, name=name)

    assert (answer.status_code, says in answer.text) == (422, True)
    assert noted(desk.app) == []


def test_what_is_not_used_any_more_leaves_every_list_and_keeps_its_proof(desk: Desk) -> None:
    asks = desk.client.get(f"{FIRST}/retire").text
    answer = desk.post(f"{FIRST}/retire")
    overview, page = desk.client.get("/overview").text, desk.client.get("/computers").text

    assert "Nobody has to be set up there any more" in asks
    assert answer.location == "/computers"
    assert "Front desk 1" not in overview
    assert "0 of 4 done." in overview
    assert "Not used any more" in page
    assert "What is this computer called?" in desk.client.get("/").text, "its browser has no name here"
    assert noted(desk.app) == [("computer is not used any more", 1, "Front desk 1")]

    back = desk.post(f"{FIRST}/use-again")
    desk.post("/", person=str(MARIA), workstation="Front desk 1", same="1")

    assert back.location == "/computers"
    assert "1 of 8 done." in desk.client.get("/overview").text
    assert "Maria Lopez is set up on Front desk 1" in desk.client.get(f"/setup/{MARIA}/record").text


def test_retiring_twice_is_once_and_what_is_used_needs_no_return(desk: Desk) -> None:
    for address in (f"{FIRST}/retire", f"{FIRST}/retire", f"{SECOND}/use-again"):
        assert desk.post(address).location == "/computers"

    assert desk.client.get(f"{FIRST}/retire").location == "/computers"
    assert [what for what, _, _ in noted(desk.app)] == ["computer is not used any more"]


def test_a_name_that_was_given_away_meanwhile_is_changed_first(desk: Desk, google: FakeGoogle) -> None:
    desk.post(f"{FIRST}/retire")
    Desk(desk.app, google, "Front desk 1").begins(JOE)

    refused = desk.post(f"{FIRST}/use-again")
    desk.post(FIRST, name="Old front desk")
    back = desk.post(f"{FIRST}/use-again")

    assert (refused.status_code, back.status_code) == (422, 303)
    assert "Another computer is called Front desk 1 already" in refused.text
    assert "Old front desk" in desk.client.get("/overview").text


def test_what_was_proven_by_hand_at_a_retired_computer_still_tells_where(app: Flask, google: FakeGoogle) -> None:
    """The proof of -233 and of the folder is Front desk 1's; it names the computer, used or not."""
    maria = opens_clinic(app)["Maria Lopez"]
    desk = OwnDesk(app, google)
    desk.tells_everything(maria)
    writes(google)
    desk.looks(maria)
    desk.post(f"/setup/{maria}/title/answer", shows="none")
    second = OwnDesk(app, google, "Front desk 2")

    desk.post("/computers/1/retire")
    second.begins(maria)

    hub = second.client.get(f"/setup/{maria}").text
    assert "3 of 6" in hub
    assert "Front desk 1" in hub


def test_a_person_s_test_time_at_a_retired_computer_stays_its_own(app: Flask, google: FakeGoogle) -> None:
    maria = opens_clinic(app)["Maria Lopez"]
    desk = OwnDesk(app, google)
    desk.tells_everything(maria)
    second = OwnDesk(app, google, "Front desk 2")
    second.begins(maria)
    second.signs_out(maria)
    second.post("/computers/1/retire")

    answer = second.post(f"/setup/{maria}/test-appointment/time", day="2026-11-24", time="06:10")

    assert answer.status_code == 422
    assert "belongs to Front desk 1" in answer.text


@pytest.mark.parametrize("address", ["", "/retire"])
@pytest.mark.parametrize("number", ["99", "9" * 30])
def test_a_computer_nobody_has_is_no_page(desk: Desk, address: str, number: str) -> None:
    assert desk.client.get(f"/computers/{number}{address}").status_code == 404
