"""The first run: before it nothing else is served, and its link makes the clinic and its administrator, once."""

import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from e2e import own
from e2e.fake_google import World
from tests.databases import Database
from tests.walking import TOKEN
from wizard.app import create_app
from wizard.config import Settings
from wizard.store import administrators, clinics, folders, links, people, schema
from wizard.store.clinics import Clinic
from wizard.store.database import db, of_clinic
from wizard.store.links import LinkPurpose

FILLED_IN = {
    "clinic": "Cedar  Clinic",
    "zone": "America/Chicago",
    "day": ["0", "1", "2", "3"],
    "pimsy_phone": "877.334.8512 ext. 3",
    "wizard_phone": "555 0100",
    "pimsy_kind": "portal",
    "accounts_kind": "workspace",
    "agreement": "not known",
    "practice": "by hand",
    "name": "Dana Hill",
    "email": "Dana@Cedar.example",
    "password": own.PASSWORD,
}


@pytest.fixture
def unused(settings: Settings, world: World, tmp_path: Path, empty: Path, database: Database) -> Iterator[Flask]:
    """A wizard in service that nobody has set up."""
    file = f"sqlite:///{shutil.copy(empty, tmp_path / 'unused.sqlite')}"
    nothing = replace(own.in_service(settings), database_url=file, background="thread")
    app = create_app(database.under_nothing(nothing), world.now)
    yield app
    with app.app_context():
        schema.close()


def link(app: Flask, purpose: LinkPurpose = LinkPurpose.FIRST_RUN) -> str:
    with app.app_context():
        token = links.make(purpose, app.extensions["wizard"].clock())
        db.session.commit()
    return f"/first-run/{token}"


def sends(client: FlaskClient, address: str, **changed: object) -> TestResponse:
    token = TOKEN.search(client.get(address).text)
    assert token is not None
    fields = {name: value for name, value in {**FILLED_IN, **changed}.items() if value is not None}
    return client.post(address, data={"csrf_token": token[1], **fields})


def the_clinic(app: Flask) -> Clinic | None:
    with app.app_context():
        return clinics.first()


@pytest.mark.parametrize("address", ["/", "/overview", "/sign-in", "/account", "/setup/1", "/nothing", "/try-out"])
def test_before_it_nothing_else_is_served(unused: Flask, address: str) -> None:
    answer = unused.test_client().get(address)

    assert answer.status_code == 503
    assert "This wizard is not set up yet" in answer.text
    assert "the line that begins with “First run”" in answer.text
    assert 'href="/"' not in answer.text.partition("<main")[2].partition("</main")[0], "no page to go to yet"


@pytest.mark.parametrize("address", ["/healthz", "/healthz/ready", "/help/", "/help/17", "/static/css/base.css"])
def test_before_it_health_and_help_are_there(unused: Flask, address: str) -> None:
    with unused.test_client().get(address) as answer:
        assert answer.status_code == 200


@pytest.mark.parametrize("address", ["/", "/help/", "/healthz", "/first-run/x"])
def test_before_it_a_foreign_host_is_refused_as_it_is_afterwards(unused: Flask, address: str) -> None:
    answer = unused.test_client().get(address, headers={"Host": "evil.example"})

    assert (answer.status_code, answer.text) == (400, "This wizard does not answer under that name.\n")


def test_it_makes_the_clinic_and_its_administrator_and_signs_her_in(unused: Flask) -> None:
    client = unused.test_client()
    address = link(unused)

    page = client.get(address).text
    answer = sends(client, address)

    headings = re.findall(r"<h[12][^>]*>([^<]+)<", page.partition("<main")[2])
    assert headings == ["Your clinic", "Clinic", "Google", "Which PIMSY?", "You"]
    assert (answer.status_code, answer.location) == (303, "/")
    assert "Nobody is set up yet" in client.get("/").text
    clinic = the_clinic(unused)
    assert clinic is not None
    assert {name: getattr(clinic, name) for name in KEPT} == KEPT
    with unused.app_context(), of_clinic(clinic.id):
        (dana,) = administrators.everyone()
    assert (dana.name, dana.email) == ("Dana Hill", "dana@cedar.example")
    assert own.PASSWORD not in str(dana.password_digest)


KEPT = {
    "name": "Cedar Clinic",
    "zone_name": "America/Chicago",
    "working_days": "0123",
    "grid_minutes": 10,
    "pimsy_phone": "877.334.8512 ext. 3",
    "wizard_phone": "555 0100",
    "pimsy_kind": "portal",
    "accounts_kind": "workspace",
    "agreement": "not known",
    "practice": "by hand",
}


def test_it_is_good_once(unused: Flask) -> None:
    client, late = unused.test_client(), unused.test_client()
    address = link(unused)
    token = TOKEN.search(late.get(address).text)
    assert token is not None
    sends(client, address)

    again = late.post(address, data={"csrf_token": token[1], **FILLED_IN, "clinic": "Elm Clinic"})

    assert (again.status_code, "This link has ended" in again.text) == (410, True)
    assert "This wizard is set up already" in late.get(address).text
    assert late.get("/overview").status_code == 401
    with unused.app_context():
        assert [clinic.name for clinic in clinics.every()] == ["Cedar Clinic"]


def test_an_older_link_and_another_one_s_open_nothing(unused: Flask, world: World) -> None:
    older = link(unused)
    world.clock.advance(1)
    newer = link(unused)
    other = newer.replace("/first-run/", "/sign-in/link/")
    client = unused.test_client()

    answers = [client.get(address).status_code for address in (older, "/first-run/guessed", other, newer)]
    world.clock.advance(timedelta(days=7).total_seconds())

    assert answers == [410, 410, 503, 200]
    assert client.get(newer).status_code == 410


@pytest.mark.parametrize(
    ("changed", "field", "says"),
    [
        ({"clinic": " "}, "clinic", "Type the clinic&#39;s name"),
        ({"clinic": "x" * 81}, "clinic", "Type the clinic&#39;s name"),
        ({"zone": ""}, "zone", "Choose the time zone"),
        ({"zone": "../etc/passwd"}, "zone", "Choose the time zone"),
        ({"day": []}, "days", "Tick at least one working day"),
        ({"day": ["7"]}, "days", "Tick at least one working day"),
        ({"wizard_phone": "5" * 41}, "wizard_phone", "Type a telephone number"),
        ({"pimsy_kind": "x"}, "pimsy_kind", "Choose how you open PIMSY"),
        ({"accounts_kind": None}, "accounts_kind", "Choose which kind"),
        ({"agreement": None}, "agreement", "Say whether the clinic has accepted"),
        ({"practice": None}, "practice", "Choose which PIMSY"),
        ({"practice": "builtin"}, "nothing_reaches", "Tick that nothing reaches PIMSY"),
        ({"name": ""}, "name", "Type the name"),
        ({"email": "dana"}, "email", "Type the whole e-mail address"),
        ({"password": "short"}, "password", "Choose a longer password"),
        ({"password": "cedar clinic"}, "password", "Choose another password"),
    ],
)
def test_what_cannot_be_kept_is_said_at_its_field(
    unused: Flask, changed: dict[str, object], field: str, says: str
) -> None:
    client = unused.test_client()

    answer = sends(client, link(unused), **changed)

    assert answer.status_code == 422
    assert "<title>Error: " in answer.text
    assert f'<a href="#{field}">{says}' in answer.text
    assert f'id="{field}"' in answer.text
    assert own.PASSWORD not in answer.text
    assert the_clinic(unused) is None
    assert client.get("/").status_code == 503


def test_training_without_pimsy_is_furnished_when_somebody_is_added(unused: Flask) -> None:
    client = unused.test_client()
    sends(client, link(unused), practice="builtin", nothing_reaches="1")

    page = client.get("/people/add").text
    token = TOKEN.search(page)
    assert token is not None
    added = client.post("/people/add", data={"csrf_token": token[1], "name": "Dana Hill", "google_account": ""})

    assert "This is not PIMSY" in page
    assert (added.status_code, added.location) == (303, "/?person=1")
    clinic = the_clinic(unused)
    assert clinic is not None
    with unused.app_context(), of_clinic(clinic.id):
        assert folders.find(1) is not None
        assert [who.name for who in people.everyone()] == ["Dana Hill"]
    assert client.get("/practice/settings").status_code == 200
