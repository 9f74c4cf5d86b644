"""Every story begins with a clinic of its own, a fresh Google and browsers that nobody used before."""

import re
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext

from e2e.browser_fixtures import browser_context_args, browser_type_launch_args  # noqa: F401 - found by their names here
from e2e.catalogue import keeping, leaving_out, options, writing
from e2e.catalogue.telling import Telling
from e2e.desk import Clinic
from e2e.fake_google import FakeGoogle, World, running
from e2e.launcher import Installation, installed, sample_database
from e2e.own_fixtures import own_clinic, own_installation, standin_clinic, unused  # noqa: F401 - found by their names here
from e2e.seeing import Clean, Seeing


def pytest_addoption(parser: pytest.Parser) -> None:
    options.add(parser)


def pytest_configure(config: pytest.Config) -> None:
    options.find_google(config)
    keeping.install(config)
    writing.install(config)
    leaving_out.install(config)


@pytest.fixture(scope="session")
def google_server() -> Iterator[tuple[FakeGoogle, str]]:
    """One fake Google for all stories of a process. `localhost`, so that it is another site than the wizard's."""
    google = FakeGoogle(World())
    with running(google) as url:
        yield google, url.replace("127.0.0.1", "localhost")


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample clinic's database, to be copied."""
    return sample_database(tmp_path_factory.mktemp("sample"))


@pytest.fixture(scope="session")
def clean(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Clean:
    """The markup that was found accessible before, by any process of this run."""
    own = tmp_path_factory.getbasetemp()
    return Clean((own if worker_id == "master" else own.parent) / "clean")


@pytest.fixture
def installation(
    request: pytest.FixtureRequest, google_server: tuple[FakeGoogle, str], sample: Path, tmp_path: Path
) -> Iterator[Installation]:
    google, url = google_server
    google.world.reset()
    named = options.elsewhere(request.config)
    with nullcontext(named) if named else installed(google, url, tmp_path, sample) as there:
        yield there


@pytest.fixture
def google(installation: Installation) -> FakeGoogle:
    return installation.google


@pytest.fixture
def world(installation: Installation) -> World:
    return installation.world


@pytest.fixture
def seeing(request: pytest.FixtureRequest, clean: Clean, telling: Telling) -> Seeing:
    pictures: Path | None = request.config.getoption("--pictures")
    story = re.sub(r"\W+", "-", request.node.name).removesuffix("-chromium-")
    return Seeing(clean, pictures / story if pictures else None, tells=telling.visit)


@pytest.fixture
def telling(request: pytest.FixtureRequest) -> Telling:
    """What is told of this test: sentences, and pictures where the run writes a page of them."""
    return options.telling_of(request.node, headed=request.config.getoption("--headed"))


@pytest.fixture
def clinic(installation: Installation, new_context: Callable[..., BrowserContext], seeing: Seeing) -> Iterator[Clinic]:
    """The sample clinic and its desks; what is still open at the end is looked at once more."""
    yield Clinic(installation, new_context, seeing)
    seeing.looks_at_all()
