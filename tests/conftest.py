"""The real app over SQLite and the fake Google over HTTP; every test begins with a sample clinic of its own."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from e2e import own
from e2e.compiled import compiles_once
from e2e.fake_google import FakeGoogle, World, running
from e2e.launcher import TODAY, sample_database, settings_of
from tests.databases import Database, database, postgres_server, pytest_addoption, pytest_generate_tests
from wizard.app import create_app
from wizard.config import Settings
from wizard.practice.builtin.sample import MORE_ACCOUNTS
from wizard.store import clinics, schema
from wizard.store.database import of_clinic
from wizard.views.present import Services

__all__ = ["database", "postgres_server", "pytest_addoption", "pytest_generate_tests"]  # found by their names here


@pytest.fixture(scope="session")
def google_server() -> Iterator[tuple[FakeGoogle, str]]:
    """One fake Google for all tests of a process; `google` resets it."""
    google = FakeGoogle(World())
    with running(google, host="localhost") as url:
        yield google, url


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample clinic's database, to be copied."""
    return sample_database(tmp_path_factory.mktemp("sample"))


@pytest.fixture
def google(google_server: tuple[FakeGoogle, str]) -> FakeGoogle:
    """The fake Google in its fresh world, today."""
    google, _ = google_server
    google.world.reset()
    google.world.clock.set(TODAY)
    for email, hd in MORE_ACCOUNTS:
        google.world.adds_account(email, hd)
    return google


@pytest.fixture
def world(google: FakeGoogle) -> World:
    return google.world


@pytest.fixture
def settings(google_server: tuple[FakeGoogle, str], tmp_path: Path, sample: Path, database: Database) -> Settings:
    return database.under(settings_of(tmp_path, sample, 5000, google_server[1]))


@pytest.fixture
def app(settings: Settings, world: World) -> Iterator[Flask]:
    """The wizard; its background runs only when a test turns it."""
    app = compiles_once(create_app(settings, world.now))
    yield app
    with app.app_context():
        schema.close()


@pytest.fixture
def services(app: Flask) -> Services:
    services: Services = app.extensions["wizard"]
    return services


@pytest.fixture
def clinic(app: Flask) -> Iterator[clinics.Clinic]:
    """Inside the app and the sample clinic, for tests of what lies below the views."""
    with app.app_context():
        found = clinics.first()
        assert found is not None
        with of_clinic(found.id):
            yield found


@pytest.fixture
def visitor(app: Flask) -> FlaskClient:
    """A browser without JavaScript and without a page."""
    return app.test_client()


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database of a wizard that nobody has set up, to be copied."""
    return own.empty_database(tmp_path_factory.mktemp("empty"))


@pytest.fixture
def own_app(settings: Settings, world: World, tmp_path: Path, empty: Path, database: Database) -> Iterator[Flask]:
    """The wizard in service: a clinic with its own PIMSY, and nobody is signed in."""
    file = f"sqlite:///{shutil.copy(empty, tmp_path / 'own.sqlite')}"
    nothing = replace(own.in_service(settings), database_url=file, background="thread")
    app = compiles_once(create_app(database.under_nothing(nothing), world.now))
    own.open_clinic(app, world.now())
    yield app
    with app.app_context():
        schema.close()
