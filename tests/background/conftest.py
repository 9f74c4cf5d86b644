"""The office, open, where Maria has not accepted anywhere yet; and Maria proven, for what goes on looking afterwards."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from e2e.fake_google import FakeGoogle
from tests.background.office import Office
from tests.background.patrolled import Patrolled, Proven, prove
from tests.walking import Desk


@pytest.fixture
def office(app: Flask, google: FakeGoogle) -> Office:
    office = Office(app, google)
    office.opens()
    return office


@pytest.fixture(scope="session")
def proven(google_server: tuple[FakeGoogle, str], sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Proven:
    return prove(*google_server, sample, tmp_path_factory.mktemp("proven"))


@pytest.fixture
def clinic(proven: Proven, google_server: tuple[FakeGoogle, str], tmp_path: Path) -> Iterator[Patrolled]:
    """Maria's two permissions are listed, and due within the next six hours."""
    google, url = google_server
    with proven.opened(google, url, tmp_path) as app:
        clinic = Patrolled(app, google, Desk(app, google, "Front desk 2"))
        clinic.walks()
        yield clinic
