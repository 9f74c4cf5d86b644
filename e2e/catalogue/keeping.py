"""What stays of a test that did not go well: the command that repeats it in its first line, and what both servers knew."""

import json
import shutil
from collections.abc import Generator
from pathlib import Path
from typing import Any, Final

import pytest

from e2e.catalogue.elsewhere import Elsewhere
from e2e.catalogue.told import Told
from e2e.fake_google import World
from e2e.fake_google.control import overview
from e2e.launcher import Installation

FOLDER: Final = "failures"
SERVED_BY: Final = ("installation", "own_installation")


def install(config: pytest.Config) -> None:
    config.pluginmanager.register(Keeping(config.getoption("--results") / FOLDER))


def folder_name(id_: str) -> str:
    """A test's id as the name of a file."""
    return "".join(sign if sign.isalnum() else "-" for sign in id_)[-150:]


class Keeping:
    """The trace has the page and its console; this is the rest."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def pytest_sessionstart(self, session: pytest.Session) -> None:
        if not hasattr(session.config, "workerinput"):
            shutil.rmtree(self.folder, ignore_errors=True)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(self, item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        report = yield
        if report.failed:
            path, line, _ = report.location
            report.location = path, line, f"make e2e S='{Told(item.nodeid, 0).word}'"
            self.keep(item, report)
        return report

    def keep(self, item: pytest.Item, report: pytest.TestReport) -> None:
        """Beside what an earlier phase of the same test left."""
        folder = self.folder / folder_name(item.nodeid)
        folder.mkdir(parents=True, exist_ok=True)
        said = "\n".join(f"== {title}\n{text}" for title, text in report.sections)
        (folder / f"wizard-{report.when}.log").write_text(said, encoding="utf-8")
        if world := world_of(item):
            with world.lock:
                write(folder / "world.json", overview(world))
                write(folder / "google-log.json", world.log.as_json())


def world_of(item: pytest.Item) -> World | None:
    """The world this test used; none where it had not begun, or where the world is elsewhere."""
    given: dict[str, Any] = getattr(item, "funcargs", {})
    used = next((given[name] for name in SERVED_BY if name in given), None)
    return used.world if isinstance(used, Installation) and not isinstance(used, Elsewhere) else None


def write(path: Path, told: Any) -> None:
    path.write_text(json.dumps(told, indent=1, default=str), encoding="utf-8")
