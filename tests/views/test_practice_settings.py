"""System Settings of the Stand-in, by its address."""

import pytest
from flask import Flask

from e2e.fake_google import FakeGoogle
from tests.walking import MARIA, Desk
from wizard.store import clinics, practice_settings
from wizard.store.database import db, of_clinic
from wizard.store.practice_settings import PracticeSetting

HTMX = {"HX-Request": "true", "HX-Request-Type": "partial", "HX-Source": "form#setting-form"}


@pytest.fixture
def desk(app: Flask, google: FakeGoogle) -> Desk:
    desk = Desk(app, google)
    desk.begins()
    return desk


def row(app: Flask, number: int = -233) -> PracticeSetting:
    with app.app_context(), of_clinic(1):
        found = practice_settings.find(number)
    assert found is not None
    return found


def test_the_grid_says_it_is_no_pimsy_and_shows_what_the_filter_finds(desk: Desk) -> None:
    page = desk.client.get("/practice/settings?filter=calendar").text

    assert "Stand-in for PIMSY. This is not PIMSY." in page
    assert [number for number in ("-233", "-287", "-295", "-310") if f">{number}<" in page] == ["-233", "-287", "-295"]
    assert "-233 is False: the default. Your Value is empty." in page


def test_a_filter_that_finds_nothing_says_what_to_type(desk: Desk) -> None:
    page = desk.client.get("/practice/settings", query_string={"filter": "<b>" * 4000})

    assert page.status_code == 200
    assert "Filter for calendar, or for 233." in page.text
    assert "<b><b>" not in page.text


def test_saving_says_when_and_by_whom(desk: Desk, app: Flask) -> None:
    answer = desk.post("/practice/settings", filter="calendar", **{"value-233": "True", "was-233": ""})
    page = desk.client.get(answer.location).text

    assert (answer.status_code, answer.location) == (303, "/practice/settings?filter=calendar&saved=1")
    assert "Saved 10:00 AM" in page
    assert "-233 is True: your value. The default is False." in page
    assert (row(app).edited_by, row(app).workstation_id) == ("Dana Hill", 1)


def test_a_row_somebody_else_changed_meanwhile_keeps_that_change(desk: Desk, app: Flask) -> None:
    desk.post("/practice/settings", **{"value-233": "True", "was-233": "", "value-12": "", "was-12": ""})

    desk.post("/practice/settings", **{"value-233": "", "was-233": "", "value-12": "20", "was-12": ""})

    assert (row(app).value, row(app, -12).value) == ("True", "20")


@pytest.mark.parametrize("value", ["Perhaps", "true", "x" * 10_000])
def test_a_value_it_does_not_have_is_refused_with_what_was_typed(desk: Desk, app: Flask, value: str) -> None:
    answer = desk.post("/practice/settings", filter="calendar", **{"value-233": value, "value-12": "20"})

    assert answer.status_code == 422
    assert "<title>Error: System Settings" in answer.text
    assert "Choose True or False for -233, or leave it empty" in answer.text
    assert 'name="value-12" value="20"' in answer.text
    assert (row(app).edited_at, row(app, -12).edited_at) == (None, None)


def test_a_script_gets_the_form_alone(desk: Desk) -> None:
    data = {"csrf_token": desk.token(), "value-233": "Perhaps", "back": "step", "person": str(MARIA)}

    answer = desk.client.post("/practice/settings", data=data, headers=HTMX)

    assert answer.status_code == 422
    assert answer.text.lstrip().startswith("<form")
    assert "There is 1 thing to change" in answer.text
    assert 'name="back" value="step"' in answer.text


@pytest.mark.parametrize("value", ["True", "False", ""])
def test_saved_in_the_step_it_leads_back_there_and_the_step_says_how_it_stands(desk: Desk, value: str) -> None:
    fields = {"value-233": value, "was-233": "", "back": "step", "person": str(MARIA)}
    desk.google.world.adds_calendar("maria@clinic.example", "PIMSY Calendar")
    desk.trip(MARIA, "checker", "maria@clinic.example")

    answer = desk.post("/practice/settings", **fields)
    page = desk.client.get(answer.location).text

    assert (answer.status_code, answer.location) == (303, f"/setup/{MARIA}/enable-setting")
    assert ("-233 is True since" if value == "True" else "Nothing is sent to Google") in page


@pytest.mark.parametrize(
    "fields", [{"back": "https://evil.example"}, {"back": "step", "person": "99"}, {"back": "step", "person": "x" * 99}]
)
def test_a_way_back_that_does_not_exist_is_not_gone(desk: Desk, fields: dict[str, str]) -> None:
    answer = desk.post("/practice/settings", **{"value-233": "True"}, **fields)

    assert (answer.status_code, answer.location) == (303, "/practice/settings?saved=1")


def test_a_body_that_is_no_form_changes_nothing(desk: Desk, app: Flask) -> None:
    empty = desk.post("/practice/settings", filter="calendar")
    unsigned = desk.client.post("/practice/settings", data={"value-233": "True"})

    assert (empty.status_code, unsigned.status_code, row(app).edited_at) == (400, 400, None)


def test_a_clinic_with_its_own_pimsy_has_no_such_page(desk: Desk, app: Flask) -> None:
    with app.app_context():
        clinic = clinics.first()
        assert clinic is not None
        clinic.practice = "by hand"
        db.session.commit()

    answers = [desk.client.get(f"/practice/{page}").status_code for page in ("settings", "personnel/1", "calendar/1")]

    assert answers == [404, 404, 404]
