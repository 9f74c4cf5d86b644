"""Against an installation elsewhere: which tests can be played there, and for the others why not."""

import re
from collections import Counter
from typing import Final

import pytest

from e2e.catalogue.acts import PATTERNS
from e2e.catalogue.acts_suite import NEEDS
from wizard.views.tryout_scenarios import Scenario

NAMES_A_TIME: Final = re.compile(r"\b10:0|\b(Mon|Tues|Wednes|Thurs|Fri)day [A-Z][a-z]{2} \d")
IS_A_STORY: Final = "a story steers the wizard's own clock, database or Google, in its process"


def left_out(scenario: Scenario) -> str:
    """Why this scenario cannot be played elsewhere; empty where it can."""
    if scenario.suite_only:
        return "the installation's own picker does not make it ready"
    for act in scenario.acts:
        pattern = next((words.words for words, _ in PATTERNS if words.read(act) is not None), "")
        if pattern in NEEDS:
            return f"it needs {NEEDS[pattern]}"
    seen = " ".join(
        words
        for sight in scenario.sights.values()
        for words in (sight.headline, sight.overview, sight.announced, *sight.says)
    )
    return "its words name the time of the suite's own clock" if NAMES_A_TIME.search(seen) else ""


def install(config: pytest.Config) -> None:
    """Choose, where an installation is named."""
    if config.getoption("--wizard-url"):
        config.pluginmanager.register(LeavingOut())


class LeavingOut:
    """Deselects, and says so at the end."""

    def __init__(self) -> None:
        self.why: list[tuple[str, str]] = []

    def pytest_collection_modifyitems(self, config: pytest.Config, items: list[pytest.Item]) -> None:
        kept: list[pytest.Item] = []
        for item in items:
            why = self._why(item)
            if why:
                self.why.append((item.name, why))
            else:
                kept.append(item)
        config.hook.pytest_deselected(items=[item for item in items if item not in kept])
        items[:] = kept

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        wizard, google = (terminalreporter.config.getoption(name) for name in ("--wizard-url", "--google-url"))
        terminalreporter.section("played elsewhere")
        terminalreporter.write_line(
            f"{wizard}, with {google}: its pages have to lead to Google by this very name, or the browser is another visitor there"
        )
        terminalreporter.section("left out here")
        for why, number in Counter(why for _, why in self.why).most_common():
            terminalreporter.write_line(f"{number}: {why}")
            if why != IS_A_STORY:
                terminalreporter.write_line("   " + ", ".join(name for name, other in self.why if other == why))

    @staticmethod
    def _why(item: pytest.Item) -> str:
        callspec = getattr(item, "callspec", None)
        scenario = callspec.params.get("scenario") if callspec else None
        return left_out(scenario) if isinstance(scenario, Scenario) else IS_A_STORY
