"""The clinic's settings and its people, changed by an administrator after the first run."""

from html import unescape

import pytest
from flask import Flask
from sqlalchemy import text

from e2e.fake_google import FakeGoogle
from tests.walking import MARIA, SAM, Desk
from wizard.store import clinics, folders, people
from wizard.store.clinics import Clinic
from wizard.store.database import db, of_clinic

AS_IT_IS = {
    "clinic": "Cedar Clinic",
    "zone": "America/New_York",
    "day": ["0", "1", "2", "3", "4"],
    "grid": "10",
    "pimsy_phone": "877.334.8512 ext. 3",
    "wizard_phone": "",
    "pimsy_kind": "desktop",
    "accounts_kind": "workspace",
    "agreement": "not known",
    "practice": "by hand",
}


@pytest.fixture
def desk(own_app: Flask, google: FakeGoogle) -> Desk:
    return Desk(own_app, google).signs_in()


def saves(desk: Desk, **changed: str | list[str]) -> int:
    data = {"csrf_token": desk.token(), **AS_IT_IS, **changed}
    return desk.client.post("/account/clinic", data=data).status_code


def the_clinic(desk: Desk) -> Clinic:
    with desk.app.app_context():
        clinic = clinics.first()
    assert clinic is not None
    return clinic


def test_what_is_saved_is_shown_and_used(desk: Desk) -> None:
    status = saves(desk, clinic="Elm Clinic", zone="America/Denver", day=["1", "5"], grid="15", agreement="yes")

    clinic = the_clinic(desk)
    page = desk.client.get("/account/clinic?saved=1").text
    assert status == 303
    assert (clinic.name, clinic.zone_name, clinic.working_days) == ("Elm Clinic", "America/Denver", "15")
    assert (clinic.grid_minutes, clinic.agreement) == (15, "yes")
    assert '<option value="America/Denver" selected>Mountain (Denver)</option>' in page
    assert "Saved." in page
    with desk.app.app_context():
        what, detail = db.session.execute(text("SELECT what, detail FROM log")).one()
    assert (what, detail) == (
        "clinic settings changed",
        "name, zone_name, working_days, grid_minutes, agreement",
    )
    assert "Elm Clinic" in desk.client.get("/").text


def test_the_form_as_it_is_shown_changes_nothing(desk: Desk) -> None:
    before = the_clinic(desk)

    assert saves(desk) == 303
    after = the_clinic(desk)
    assert {name: getattr(after, name) for name in COLUMNS} == {name: getattr(before, name) for name in COLUMNS}


COLUMNS = [column.name for column in Clinic.__table__.columns]


@pytest.mark.parametrize(
    "changed", [{"grid": "0"}, {"grid": "x"}, {"zone": "Mars/Olympus"}, {"day": []}, {"practice": "x"}, {"clinic": ""}]
)
def test_what_cannot_be_saved_changes_nothing(desk: Desk, changed: dict[str, str | list[str]]) -> None:
    assert saves(desk, **{"wizard_phone": "555 0100", **changed}) == 422
    assert the_clinic(desk).wizard_phone == ""


def test_another_pimsy_can_be_chosen_while_nobody_is_proven(desk: Desk) -> None:
    assert saves(desk, practice="builtin") == 422, "without the tick"
    assert saves(desk, practice="builtin", nothing_reaches="1") == 303

    assert "This is not PIMSY" in desk.client.get("/").text
    with desk.app.app_context(), of_clinic(1):
        assert folders.find(MARIA) is not None


def test_once_somebody_is_proven_it_stays(app: Flask, google: FakeGoogle) -> None:
    desk = Desk(app, google)
    desk.proves()

    page = desk.client.get("/account/clinic").text
    status = saves(desk, clinic="Maple Clinic")

    assert "Maria Lopez is set up with it already, so it stays" in page
    assert status == 422
    assert the_clinic(desk).practice == "builtin"
    assert saves(desk, practice="builtin", nothing_reaches="1") == 303


def test_what_the_stand_in_proved_proves_nothing_of_pimsy(app: Flask, google: FakeGoogle) -> None:
    desk = Desk(app, google)
    desk.proves()
    google.world.clock.advance(60)
    desk.post(f"/setup/{MARIA}/start-again")

    status = saves(desk, clinic="Maple Clinic")

    assert status == 303
    page = desk.sees(MARIA, "enable-setting")
    assert "proved by the appointment" not in page
    assert "Not checked" in page


def test_a_person_is_added_and_her_set_up_begins(desk: Desk) -> None:
    answer = desk.post("/people/add", name=" Ida  Roe ", google_account="ida@clinic.example")

    with desk.app.app_context(), of_clinic(1):
        ida = people.everyone()[-1]
    assert (ida.name, ida.google_account) == ("Ida Roe", "ida@clinic.example")
    assert (answer.status_code, answer.location) == (303, f"/?person={ida.id}")
    assert f'value="{ida.id}" checked' in desk.client.get(answer.location).text
    assert desk.post("/", person=str(ida.id), workstation="Front desk 1").location == f"/setup/{ida.id}/create-calendar"


def test_then_another_one(desk: Desk) -> None:
    answer = desk.post("/people/add", name="Ida Roe", google_account="", another="1")

    assert answer.location == "/people/add"
    assert "<li>Ida Roe</li>" in desk.client.get(answer.location).text


@pytest.mark.parametrize(
    ("name", "account", "says"),
    [
        ("", "", "Type the name as PIMSY shows it"),
        ("x" * 81, "", "Type the name as PIMSY shows it"),
        ("maria lopez", "", "is here already"),
        ("Ida Roe", "ida at clinic", "Type the whole address"),
        ("Ida Roe", "MARIA@clinic.example", "is already entered for Maria Lopez"),
    ],
)
def test_who_cannot_be_added_is_said_at_the_field(desk: Desk, name: str, account: str, says: str) -> None:
    answer = desk.post("/people/add", name=name, google_account=account)

    assert (answer.status_code, says in answer.text) == (422, True)
    with desk.app.app_context(), of_clinic(1):
        assert len(people.everyone()) == SAM + 1


def test_the_agreement_is_asked_after_at_step_5_until_somebody_says_yes(app: Flask, google: FakeGoogle) -> None:
    desk = Desk(app, google)
    desk.creates_calendar()
    desk.prepares_practice()
    asked = []
    for agreement in ("no", "not known", "yes"):
        saves(desk, clinic="Maple Clinic", practice="builtin", nothing_reaches="1", agreement=agreement)
        asked.append("has your clinic accepted Google's agreement" in desk.sees(MARIA, "test-appointment"))

    assert asked == [True, True, False]


@pytest.mark.parametrize("choice", ["initials", "number"])
@pytest.mark.parametrize(
    ("agreement", "accounts_kind", "refusal"),
    [
        ("yes", "workspace", ""),
        ("no", "workspace", "Say above that the clinic has accepted Google's agreement"),
        ("not known", "workspace", "Say above that the clinic has accepted Google's agreement"),
        ("yes", "free", "Google's agreement does not cover free accounts"),
    ],
)
def test_a_title_may_tell_of_a_client_only_under_googles_agreement(
    desk: Desk, choice: str, agreement: str, accounts_kind: str, refusal: str
) -> None:
    data = {**AS_IT_IS, "practice": "builtin", "nothing_reaches": "1", "agreement": agreement}
    data |= {"accounts_kind": accounts_kind, "event_title": choice, "csrf_token": desk.token()}

    answer = desk.client.post("/account/clinic", data=data)

    assert (answer.status_code, refusal in unescape(answer.text)) == (422 if refusal else 303, True)
    assert the_clinic(desk).event_title == ("nothing" if refusal else choice)


def test_no_title_is_asked_for_where_pimsy_writes_its_own(desk: Desk) -> None:
    assert "The title of an appointment" not in desk.client.get("/account/clinic").text


def test_the_page_says_what_becomes_of_what_stands_in_google(app: Flask, google: FakeGoogle) -> None:
    page = Desk(app, google).client.get("/account/clinic").text

    assert "What stands in Google keeps its title until its appointment is moved." in page
