"""User Personnel Folder of the Stand-in, by its address."""

import re

import pytest
from flask import Flask

from e2e.fake_google import FakeGoogle
from tests.walking import MARIA, SAM, Desk
from wizard.store import clients, folders
from wizard.store.database import db, of_clinic
from wizard.store.folders import Folder

HTMX = {"HX-Request": "true", "HX-Request-Type": "partial", "HX-Source": "form#folder-form"}
ADDRESS = f"/practice/personnel/{MARIA}"


@pytest.fixture
def desk(app: Flask, google: FakeGoogle) -> Desk:
    desk = Desk(app, google)
    desk.begins()
    return desk


def folder(app: Flask, person: int = MARIA) -> Folder:
    with app.app_context(), of_clinic(1):
        found = folders.find(person)
    assert found is not None
    return found


def test_the_folder_has_an_account_and_says_why_it_has_no_password(desk: Desk) -> None:
    page = desk.client.get(ADDRESS).text

    assert 'type="password"' not in page
    assert "There is no password field: since 2025 Google takes no password from other programs" in page
    assert re.findall(r'<input[^>]*name="google_account"[^>]*value="([^"]*)"', page) == [""]


@pytest.mark.parametrize(
    ("tab", "shown"),
    [
        ("details", "Google account"),
        ("clients", "Test Client"),
        ("documents", "keeps no documents"),
        ("x", "Google account"),
    ],
)
def test_tabs_are_plain_links(desk: Desk, tab: str, shown: str) -> None:
    assert shown in desk.client.get(f"{ADDRESS}?tab={tab}").text


def test_saving_keeps_the_folder_and_says_when(desk: Desk, app: Flask) -> None:
    answer = desk.post(ADDRESS, google_account=" maria@clinic.example ", suspended="1", profile="Billing", email="")
    page = desk.client.get(answer.location).text

    kept = folder(app)
    assert (answer.status_code, answer.location) == (303, f"{ADDRESS}?saved=1")
    assert "Saved 10:00 AM" in page
    assert (kept.google_account, kept.is_suspended, kept.profile) == ("maria@clinic.example", True, "Billing")
    assert (kept.saved_by, kept.workstation_id) == ("Dana Hill", 1)


def test_an_empty_account_may_be_saved(desk: Desk, app: Flask) -> None:
    desk.post(ADDRESS, google_account="maria@clinic.example")
    desk.post(ADDRESS, google_account="")

    assert folder(app).google_account == ""


@pytest.mark.parametrize("typed", ["maria", "maria @clinic.example", "a@b@c", "x" * 10_000, "m@x\x07"])
def test_what_is_no_address_is_refused_with_what_was_typed(desk: Desk, app: Flask, typed: str) -> None:
    answer = desk.post(ADDRESS, google_account=typed)

    assert answer.status_code == 422
    assert "<title>Error: User Personnel Folder" in answer.text
    assert "Type the whole address of the Google account" in answer.text
    assert f'value="{typed}"' in answer.text
    assert folder(app).saved_at is None


def test_a_script_gets_the_form_alone_or_is_sent_on(desk: Desk) -> None:
    data = {"csrf_token": desk.token(), "back": "step"}

    refused = desk.client.post(ADDRESS, data={**data, "google_account": "maria"}, headers=HTMX)
    saved = desk.client.post(ADDRESS, data={**data, "google_account": "maria@clinic.example"}, headers=HTMX)

    assert refused.status_code == 422
    assert refused.text.lstrip().startswith("<form")
    assert saved.headers["HX-Redirect"] == f"/setup/{MARIA}/personnel-folder"


def test_saved_in_the_step_it_leads_back_there(desk: Desk) -> None:
    answer = desk.post(ADDRESS, google_account="maria@clinic.example", back="step")

    assert (answer.status_code, answer.location) == (303, f"/setup/{MARIA}/personnel-folder")


def test_a_test_client_is_added_once_where_there_is_none(desk: Desk, app: Flask) -> None:
    with app.app_context(), of_clinic(1):
        for client in clients.of_people([SAM]):
            db.session.delete(client)
        db.session.commit()
    offered = desk.client.get(f"/practice/personnel/{SAM}?tab=clients").text

    for _ in range(2):
        desk.post(f"/practice/personnel/{SAM}", add="test-client")
    page = desk.client.get(f"/practice/personnel/{SAM}?tab=clients").text

    assert "Add a test client" in offered
    assert page.count("<li>Test Client") == 1
    assert "Add a test client" not in page


@pytest.mark.parametrize("person", ["99", "0", "maria", "9" * 40])
def test_nobody_of_this_clinic_is_404(desk: Desk, person: str) -> None:
    address = f"/practice/personnel/{person}"

    assert desk.client.get(address).status_code == 404
    assert desk.post(address, google_account="").status_code == 404


def test_a_body_that_is_no_form_changes_nothing(desk: Desk, app: Flask) -> None:
    assert desk.post(ADDRESS, suspended="1").status_code == 400
    assert folder(app).saved_at is None
