"""Fixtures of stories in service: the wizard as `serve` starts it, before its first run and after."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext

from e2e import own
from e2e.desk import Clinic
from e2e.fake_google import FakeGoogle
from e2e.launcher import Installation, installed
from e2e.seeing import Seeing


@pytest.fixture(scope="session")
def unused(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database of a wizard that nobody has set up, to be copied."""
    return own.empty_database(tmp_path_factory.mktemp("unused"))


@pytest.fixture
def own_installation(google_server: tuple[FakeGoogle, str], unused: Path, tmp_path: Path) -> Iterator[Installation]:
    """A wizard in service that nobody has set up, instead of the try-out."""
    google, url = google_server
    google.world.reset()
    folder = tmp_path / "own"  # a test that asks for the try-out's world besides keeps two wizards apart
    folder.mkdir()
    with installed(google, url, folder, unused, own.in_service) as there:
        yield there


@pytest.fixture
def own_clinic(
    own_installation: Installation, new_context: Callable[..., BrowserContext], seeing: Seeing
) -> Iterator[Clinic]:
    """A clinic in service with its own PIMSY; Dana Hill is signed in at each of its desks."""
    own.open_clinic(own_installation.app, own_installation.world.now())
    yield Clinic(own_installation, new_context, seeing, signs_in=lambda: own.signed_in(own_installation.app))
    seeing.looks_at_all()


@pytest.fixture
def standin_clinic(
    own_installation: Installation, new_context: Callable[..., BrowserContext], seeing: Seeing
) -> Iterator[Clinic]:
    """A clinic in service with the Stand-in, Maria and Sam its people; Dana Hill is signed in at each of its desks."""
    everyone = (("Maria Lopez", "maria@clinic.example"), ("Sam Reed", "sam@clinic.example"))
    own.open_clinic(own_installation.app, own_installation.world.now(), everyone, practice="builtin")
    yield Clinic(own_installation, new_context, seeing, signs_in=lambda: own.signed_in(own_installation.app))
    seeing.looks_at_all()
