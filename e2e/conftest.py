"""Every story begins with a clinic of its own, a fresh Google and browsers that nobody used before."""

import re
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext

from e2e.catalogue import leaving_out, options, writing
from e2e.catalogue.telling import Telling
from e2e.desk import Clinic
from e2e.fake_google import FakeGoogle, World, running
from e2e.launcher import Installation, installed, sample_database
from e2e.own_fixtures import own_clinic, own_installation, unused  # noqa: F401 - fixtures, found by their names here
from e2e.seeing import Clean, Seeing
from scripts import browser as browsers


def pytest_addoption(parser: pytest.Parser) -> None:
    options.add(parser)


def pytest_configure(config: pytest.Config) -> None:
    writing.install(config)
    leaving_out.install(config)


@pytest.fixture(scope="session")
def browser_type_launch_args(
    browser_type_launch_args: dict[str, Any], request: pytest.FixtureRequest
) -> dict[str, Any]:
    """The browser this machine has; Playwright's own where there is no other."""
    path = browsers.installed(window=request.config.getoption("--headed"))
    return browser_type_launch_args | ({"executable_path": path} if path else {})


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """A browser in the sample clinic."""
    return browser_context_args | {
        "locale": "en-US",
        "timezone_id": "America/New_York",
        "reduced_motion": "reduce",  # a colour is looked at when it is there, not on its way
        "permissions": ["clipboard-read", "clipboard-write"],  # a browser with a window grants them to a press
    }


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
