"""The page a run writes when it is over: every worker leaves what its tests told, the first process puts it together."""

import json
import shutil
from collections.abc import Generator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import pytest
from playwright.sync_api import Browser, Error

from e2e.catalogue.keeping import folder_name
from e2e.catalogue.options import TELLING
from e2e.catalogue.sheets import PAGES
from e2e.catalogue.telling import Telling
from e2e.catalogue.told import Told, read

FOLDER: Final = "told"
STOPPED: Final = "What was on the screen when something was not as it should be"


def install(config: pytest.Config) -> None:
    """Listen, where a page was asked for."""
    name = config.getoption("--write")
    if name and not config.getoption("--collect-only"):
        config.pluginmanager.register(Writing(name, config.getoption("--results"), hasattr(config, "workerinput")))


def tell_of_what_is_open(telling: Telling, browser: Browser | None) -> None:
    """Every page as it is now, for the story of a test that stopped here. A page that shows nothing any more is left out."""
    for context in browser.contexts if browser else ():
        for page in context.pages:
            with suppress(Error):
                telling.tell(STOPPED, page)


@dataclass(eq=False)  # pytest keeps its plugins in sets
class Writing:
    """Hears how every test went."""

    name: str
    results: Path
    is_worker: bool
    phases: dict[str, list[Any]] = field(default_factory=dict)

    @property
    def folder(self) -> Path:
        return self.results / FOLDER

    def pytest_sessionstart(self) -> None:
        if not self.is_worker:
            shutil.rmtree(self.folder, ignore_errors=True)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(self, item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        report = yield
        self.phases.setdefault(item.nodeid, []).append(report)
        if report.when == "call" and report.failed and TELLING in item.stash:
            tell_of_what_is_open(item.stash[TELLING], getattr(item, "funcargs", {}).get("browser"))
        if report.when == "teardown":
            self._keep(item, self.phases.pop(item.nodeid))
        return report

    def pytest_sessionfinish(self) -> None:
        if self.is_worker or not self.folder.is_dir():
            return
        told = [read(path) for path in sorted(self.folder.iterdir())]
        page = self.results / f"{self.name}.html"
        page.write_text(PAGES[self.name](told), encoding="utf-8")
        results = [one.result() for one in told]
        page.with_suffix(".json").write_text(json.dumps(results, indent=1), encoding="utf-8")

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        if not self.is_worker:
            terminalreporter.write_line(
                f"Written: {(self.results / self.name).resolve().as_uri()}.html, and .json beside it"
            )

    def _keep(self, item: pytest.Item, phases: list[pytest.TestReport]) -> None:
        telling = item.stash.get(TELLING, None)
        went = Told(
            id=item.nodeid,
            seconds=sum(phase.duration for phase in phases),
            failure="\n".join(phase.longreprtext for phase in phases if phase.failed),
            steps=telling.steps if telling else [],
        )
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / f"{folder_name(item.nodeid)}.json").write_text(json.dumps(went.as_json()), encoding="utf-8")
