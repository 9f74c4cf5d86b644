"""A clinic handed over as one file, without what opens anything; and deleted with every row, and no row of another."""

import io
import json
import re
import zipfile
from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import Column, ForeignKey, Integer, String, Table, text

from e2e import own
from e2e.fake_google import FakeGoogle
from tests.views.test_parting import projects
from tests.walking import JOE, MARIA, Desk
from wizard.practice.builtin import sample
from wizard.serve import _first_run
from wizard.store import personal_links, whole, workstations
from wizard.store.database import db, of_clinic
from wizard.views.present import Services

DELETE = "/account/clinic/delete"
MAPLE = "Maple Clinic"
SECRET_BY_NAME = re.compile(r"digest|digits|token|secret|password|held|state|words|code|browser|key")
HARMLESS = {
    ("drifts", "code"),  # of a verdict
    ("drifts", "key"),  # whose it is, by her number, and that code
    ("appointments", "code"),  # of the practice: what kind of appointment it is
    ("subjects", "key"),  # what is looked at, by its ids
}


@pytest.fixture
def desk(app: Flask, google: FakeGoogle) -> Desk:
    """Maria of the first clinic is proven; she has a link, support may look, and a second clinic is as far."""
    with app.app_context():
        sample.open_clinic(google.world.now())
        db.session.commit()
    elsewhere = Desk(app, google, "Elsewhere")
    elsewhere.creates_calendar(JOE + len(sample.PEOPLE), "joe@clinic.example")
    desk = Desk(app, google)
    cookie, value = own.signed_in(app, "dana@clinic.example")
    desk.client.set_cookie(cookie, value)
    desk.proves()
    desk.post("/support/allow")
    with app.app_context(), of_clinic(1):
        personal_links.make(MARIA, "Dana Hill", google.world.now())
        db.session.commit()
    return desk


def rows_of(app: Flask, clinic_id: int) -> dict[str, list[tuple[object, ...]]]:
    """Every row of that clinic by table, of the tables that have any."""
    with app.app_context():
        tables = [table.name for table in db.metadata.sorted_tables if "clinic_id" in table.columns]
        found = {
            table: [
                tuple(row) for row in db.session.execute(text(f"SELECT * FROM {table} WHERE clinic_id = {clinic_id}"))
            ]
            for table in tables
        }
        found["clinics"] = [
            tuple(row) for row in db.session.execute(text(f"SELECT * FROM clinics WHERE id = {clinic_id}"))
        ]
        db.session.commit()
    return {table: rows for table, rows in found.items() if rows}


# ── export ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def export(desk: Desk) -> zipfile.ZipFile:
    answer = desk.post("/account/clinic/export")
    assert (answer.status_code, answer.content_type) == (200, "application/zip")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="clinic-2026-11-23.zip"'
    return zipfile.ZipFile(io.BytesIO(answer.data))


@pytest.mark.over_every_database
def test_everything_of_the_clinic_is_in_it_and_nothing_of_another(desk: Desk) -> None:
    expected = rows_of(desk.app, 1)

    archive = export(desk)

    tables = {
        name.removesuffix(".json"): json.loads(archive.read(name))
        for name in archive.namelist()
        if name != "README.txt"
    }
    with desk.app.app_context():
        all_tables = {table.name for table in db.metadata.sorted_tables if "clinic_id" in table.columns} | {"clinics"}
    assert set(tables) == all_tables
    counts = {table: len(rows) for table, rows in tables.items() if rows}
    assert counts == {table: len(rows) for table, rows in expected.items()} | {"log": len(expected["log"]) + 1}
    assert {row["clinic_id"] for table, rows in tables.items() for row in rows if table != "clinics"} == {1}
    assert tables["people"][0]["name"] == "Maria Lopez"
    assert tables["log"][-1]["what"] == "clinic exported"
    assert tables["slots"][0]["starts_at"] == "2026-11-24T11:10:00+00:00"
    assert len(counts) > 15


def test_its_first_page_says_what_is_in_it_and_what_was_kept_back(desk: Desk) -> None:
    read = export(desk).read("README.txt").decode()

    assert read.startswith("Maple Clinic: everything the calendar sync wizard knows of this clinic\n")
    assert "by Dana Hill." in read
    assert "  people.json: 4\n" in read
    assert "  grants: access_token, refresh_token\n" in read
    assert "  administrators: password_digest\n" in read


def test_nothing_in_it_opens_anything(desk: Desk, services: Services) -> None:
    """Neither a token in the clear, nor one that is encrypted, nor a digest by which somebody is recognised."""
    archive = export(desk)

    everything = "".join(archive.read(name).decode() for name in archive.namelist())
    with desk.app.app_context():
        secrets = {
            str(value)
            for table, columns in whole.KEPT_BACK.items()
            for column in columns
            for value in db.session.scalars(text(f"SELECT {column} FROM {table} WHERE {column} != ''"))
        }
        tokens = {
            services.cipher.decrypt(value) for value in db.session.scalars(text("SELECT refresh_token FROM grants"))
        }
        db.session.commit()
    assert len(secrets) > 10
    assert len(tokens) == 3
    assert not [secret for secret in secrets | tokens if secret in everything]
    words = re.findall(r'"((?:[^"\\]|\\.)*)"', everything)
    assert not [word for word in words if services.cipher.key_of(word) is not None], "something encrypted is in it"


def test_a_column_that_sounds_like_a_secret_is_kept_back_or_known_to_be_none(app: Flask) -> None:
    """A new one is red here until somebody says which it is."""
    with app.app_context():
        tables = [table for table in db.metadata.sorted_tables if "clinic_id" in table.columns]
        sounds = {
            (table.name, column.name)
            for table in tables
            for column in table.columns
            if SECRET_BY_NAME.search(column.name) and isinstance(column.type, String)
        }

    kept_back = {(table, column) for table, columns in whole.KEPT_BACK.items() for column in columns}
    assert sounds == kept_back | HARMLESS


# ── delete ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_what_ends_is_said_first(desk: Desk) -> None:
    page = desk.client.get(DELETE).text

    assert "4 people and 1 computer, every proof, every record and the log: deleted." in page
    assert 'type="password"' not in page, "the sample administrator has none"


@pytest.mark.over_every_database
def test_every_row_of_it_is_gone_and_none_of_another(desk: Desk, google: FakeGoogle) -> None:
    before, other = rows_of(desk.app, 1), rows_of(desk.app, 2)

    answer = desk.post(DELETE, clinic=MAPLE)

    assert (answer.status_code, "Maple Clinic is deleted" in answer.text) == (200, True)
    assert "This wizard holds no permission of it any more" in answer.text
    assert "No clinic is left" not in answer.text
    assert len(before) > 15
    assert rows_of(desk.app, 1) == {}
    assert rows_of(desk.app, 2) == other
    assert projects(google.world, "maria@clinic.example") == set()
    assert len(projects(google.world, "joe@clinic.example")) == 1
    with desk.app.app_context():
        if db.engine.dialect.name == "sqlite":  # PostgreSQL would have refused
            assert db.session.execute(text("PRAGMA foreign_key_check")).all() == []
        left = db.session.execute(text("SELECT number, last_workstation FROM deleted_clinics")).all()
        locks = " ".join(db.session.scalars(text("SELECT name FROM locks")))
    assert [tuple(row) for row in left] == [(1, 2)]
    assert google.world.account("maria@clinic.example").sub not in locks


def test_who_was_signed_in_is_so_no_more(desk: Desk, google: FakeGoogle) -> None:
    kept = desk.client.get_cookie("wizard_session")
    assert kept is not None

    desk.post(DELETE, clinic=MAPLE)
    thief = desk.app.test_client()
    thief.set_cookie("wizard_session", kept.value)

    assert "Front desk 1" not in thief.get("/overview").text, "the try-out signs in at the other clinic"
    assert "Elsewhere" in thief.get("/overview").text


@pytest.mark.parametrize("typed", ["", "maple clinic", "Maple", "Cedar Clinic"])
def test_another_name_deletes_nothing(desk: Desk, google: FakeGoogle, typed: str) -> None:
    answer = desk.post(DELETE, clinic=typed)

    assert (answer.status_code, "Type the clinic&#39;s name as it stands here: Maple Clinic" in answer.text) == (
        422,
        True,
    )
    assert "people" in rows_of(desk.app, 1)
    assert google.world.calls("revoke") == []


def test_google_s_silence_keeps_nothing_here_and_is_named(desk: Desk, google: FakeGoogle) -> None:
    google.goes_silent()

    answer = desk.post(DELETE, clinic=MAPLE)

    assert "Google did not take back every permission" in answer.text
    assert "Maria Lopez: Calendar Sync Checker, maria@clinic.example" in answer.text
    assert "Maria Lopez: PIMSY Calendar Integration, maria@clinic.example" in answer.text
    assert len(google.world.calls("revoke")) <= 1
    assert rows_of(desk.app, 1) == {}


@pytest.fixture
def newer(app: Flask) -> Iterator[Table]:
    """A table that somebody adds some day, with a clinic like every other."""
    table = Table(
        "letters_of_thanks",
        db.metadata,
        Column("id", Integer, primary_key=True),
        Column("clinic_id", ForeignKey("clinics.id"), nullable=False),
        Column("person_id", ForeignKey("people.id")),
        Column("said", String),
    )
    with app.app_context():
        table.create(db.engine)
        for clinic_id, person in ((1, MARIA), (2, JOE + len(sample.PEOPLE))):
            db.session.execute(table.insert().values(clinic_id=clinic_id, person_id=person, said="thank you"))
        db.session.commit()
    yield table
    db.metadata.remove(table)


def test_a_table_that_is_added_some_day_is_exported_and_deleted_by_itself(desk: Desk, newer: Table) -> None:
    assert newer.name == "letters_of_thanks"
    exported = json.loads(export(desk).read("letters_of_thanks.json"))

    answer = desk.post(DELETE, clinic=MAPLE)

    assert [row["said"] for row in exported] == ["thank you"]
    assert answer.status_code == 200
    assert "letters_of_thanks" not in rows_of(desk.app, 1)
    assert len(rows_of(desk.app, 2)["letters_of_thanks"]) == 1


def test_a_cookie_of_a_deleted_clinic_names_no_computer_of_the_next(desk: Desk, google: FakeGoogle) -> None:
    """SQLite would give the numbers again: an old computer's cookie would be taken for a new one."""
    app = desk.app
    old = Desk(app, google, "Old desk")
    old.begins(MARIA + len(sample.PEOPLE))
    with app.app_context(), of_clinic(2):
        highest = max(found.id for found in workstations.ever())
        db.session.commit()
    old.post(DELETE, clinic=MAPLE)
    with app.app_context():
        number = sample.open_clinic(google.world.now()).id
        with of_clinic(number):
            ids = [workstations.add(name, google.world.now()).id for name in ("New desk", "Newer desk")]
        db.session.commit()

    assert min(ids) > highest
    assert ids == sorted(set(ids))


# ── in service ───────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def own_desk(own_app: Flask, google: FakeGoogle) -> Desk:
    return Desk(own_app, google).signs_in()


def test_in_service_the_password_is_asked_again(own_desk: Desk) -> None:
    asks = own_desk.client.get(DELETE).text

    wrong = own_desk.post(DELETE, clinic=own.NAME, password="not hers")
    none = own_desk.post(DELETE, clinic=own.NAME)

    assert 'autocomplete="current-password"' in asks
    assert (wrong.status_code, none.status_code) == (422, 422)
    assert "This is not your password" in wrong.text
    with own_desk.app.app_context():
        noted = db.session.scalars(text("SELECT what FROM log")).all()
    assert noted == ["deletion of the clinic refused: the password was wrong"] * 2
    assert "people" in rows_of(own_desk.app, 1)


def test_passwords_cannot_be_guessed_there(own_desk: Desk) -> None:
    token = own_desk.token()

    answers = [
        own_desk.client.post(DELETE, data={"csrf_token": token, "clinic": "", "password": ""}).status_code
        for _ in range(31)
    ]

    assert answers == [422] * 30 + [429]


def test_after_the_last_clinic_the_next_start_prints_a_first_run_link(
    own_desk: Desk, services: Services, caplog: pytest.LogCaptureFixture
) -> None:
    assert own_desk.client.get("/account").status_code == 200

    answer = own_desk.post(DELETE, clinic=own.NAME, password=own.PASSWORD)
    afterwards = own_desk.client.get("/account")
    printed = _first_run(own_desk.app, services.settings)
    form = own_desk.client.get(printed[0].rpartition("5000")[2])

    assert "When it is started the next time it prints a first-run link" in answer.text
    assert (afterwards.status_code, "This wizard is not set up yet" in afterwards.text) == (503, True)
    assert printed[0].startswith("First run, open it once: ")
    assert (form.status_code, "Your clinic" in form.text) == (200, True)
    assert "clinic 1 was deleted whole by an administrator of it" in caplog.text
    assert own.NAME not in caplog.text
