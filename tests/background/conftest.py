"""The office, open, where Maria has not accepted anywhere yet; and Maria proven, for what goes on looking afterwards."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from e2e.fake_google import FakeGoogle
from e2e.launcher import settings_of
from tests.background.office import Office
from tests.background.patrolled import Patrolled, Proven, prove
from tests.databases import Database, Over, Postgres
from tests.walking import Desk


@pytest.fixture
def office(app: Flask, google: FakeGoogle) -> Office:
    office = Office(app, google)
    office.opens()
    return office


@pytest.fixture(scope="session")
def proven(google_server: tuple[FakeGoogle, str], sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Proven:
    google, url = google_server
    return prove(google, settings_of(tmp_path_factory.mktemp("proven"), sample, 5000, url))


@pytest.fixture(scope="session")
def proven_on_postgres(
    google_server: tuple[FakeGoogle, str],
    sample: Path,
    postgres_server: Postgres,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Proven]:
    google, url = google_server
    settings = settings_of(tmp_path_factory.mktemp("proven"), sample, 5000, url)
    database = Database(Over.POSTGRES, postgres_server, [])
    yield prove(google, database.under(settings))
    postgres_server.drop(*database.urls)


@pytest.fixture
def clinic(
    request: pytest.FixtureRequest, database: Database, google_server: tuple[FakeGoogle, str], tmp_path: Path
) -> Iterator[Patrolled]:
    """Maria's two permissions are listed, and due within the next six hours."""
    proven: Proven = request.getfixturevalue("proven_on_postgres" if database.is_postgres() else "proven")
    google, url = google_server
    with proven.opened(google, url, tmp_path, database) as app:
        clinic = Patrolled(app, google, Desk(app, google, "Front desk 2"))
        clinic.walks()
        yield clinic
