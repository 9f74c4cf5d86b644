"""The database is restarted under a wizard at work: a page says so, and everything goes on when it is back."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import insert, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from e2e.compiled import compiles_once
from e2e.fake_google import FakeGoogle
from scripts import postgres
from scripts.postgres import Server
from tests.background.office import NINE, Office
from tests.databases import CHOICES, Postgres
from tests.doctor.conftest import of
from tests.walking import MARIA, Desk
from wizard.app import create_app
from wizard.config import Settings
from wizard.doctor import Fitness
from wizard.store import deliveries, postgresql, schema
from wizard.store.clinics import Clinic
from wizard.store.database import db, of_clinic, only_reading
from wizard.store.people import Person
from wizard.views.present import Services


@pytest.fixture
def server() -> Iterator[Server]:
    with postgres.alone() as server:
        yield server


@pytest.fixture
def app(server: Server, settings: Settings, google: FakeGoogle) -> Iterator[Flask]:
    over = replace(settings, database_url=Postgres(server).sample())
    app = compiles_once(create_app(over, google.world.now))
    yield app
    with app.app_context():
        schema.close()


def test_a_page_says_that_the_database_is_away_and_what_was_known_is_there_when_it_is_back(
    app: Flask, google: FakeGoogle, server: Server
) -> None:
    desk = Desk(app, google)
    desk.begins()

    postgres.stop(server)
    away = [desk.client.get(f"/setup/{MARIA}"), desk.client.get("/overview")]
    ready = desk.client.get("/healthz/ready").status_code
    postgres.start(server)
    back = desk.client.get(f"/setup/{MARIA}")

    assert [(answer.status_code, answer.headers["Retry-After"]) for answer in away] == [(503, "10")] * 2
    assert all("The wizard cannot reach its database just now" in answer.text for answer in away)
    assert (ready, back.status_code) == (503, 200)


def test_the_background_goes_on_when_the_database_is_back(app: Flask, google: FakeGoogle, server: Server) -> None:
    office = Office(app, google)
    office.opens()
    office.accepts()
    office.books()
    dispatcher = office.dispatcher()

    postgres.stop(server)
    with pytest.raises(DBAPIError) as lost:
        dispatcher.run_once()
    postgres.start(server)

    assert postgresql.is_away(lost.value)
    assert (dispatcher.run_once(), office.on_google()) == (1, [NINE])


@pytest.mark.parametrize("database", CHOICES["postgres"], indirect=True)
def test_a_row_that_is_refused_is_not_told_where_it_may_be_logged(clinic: Clinic) -> None:
    with pytest.raises(IntegrityError) as refused:
        db.session.execute(insert(Person).values(id=1, clinic_id=clinic.id, name="Zoë Quill", google_account=""))
    db.session.rollback()

    assert "Zoë" not in f"{refused.value} {refused.value.orig} {refused.value!r}"
    assert "people_pkey" in str(refused.value)


@pytest.mark.parametrize("database", CHOICES["postgres"], indirect=True)
def test_a_process_frozen_in_a_transaction_keeps_nobody_from_writing_for_long(clinic: Clinic) -> None:
    """Its own settings say so to the server; how long it waits is the server's word, and not tried here."""
    told = {name: db.session.execute(text(f"SHOW {name}")).scalar() for name in postgresql.OPTIONS}

    assert told == {
        "synchronous_commit": "on",
        "timezone": "UTC",
        "lock_timeout": "10s",
        "idle_in_transaction_session_timeout": "8s",
        "application_name": "wizard",
    }
    assert postgresql.LEFT_OPEN < postgresql.WAITS
    assert clinic.id


@pytest.mark.parametrize("database", CHOICES["postgres"], indirect=True)
def test_doctor_finds_that_it_can_be_written(clinic: Clinic, services: Services) -> None:
    db.session.commit()
    report = services.doctor.examine()

    found = {slug: of(report, slug).fitness for slug in ("database", "writing")}
    assert found == {"database": Fitness.FIT, "writing": Fitness.FIT}
    assert clinic.id


@pytest.mark.parametrize("database", CHOICES["postgres"], indirect=True)
def test_a_page_reads_one_moment_and_may_not_write(clinic: Clinic) -> None:
    db.session.commit()
    with only_reading():
        level = db.session.execute(text("SHOW transaction_isolation")).scalar()
        with pytest.raises(DBAPIError, match="read-only transaction"):
            deliveries.hasten(clinic.created_at)
        db.session.rollback()

    assert level == "repeatable read"
    with of_clinic(clinic.id):
        deliveries.hasten(clinic.created_at)
        assert db.session.execute(text("SHOW transaction_isolation")).scalar() == "read committed"
