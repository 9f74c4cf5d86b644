"""What a run of the browser suite writes besides its result: options of pytest, and who listens for them."""

from pathlib import Path
from typing import Final

import pytest

from e2e.catalogue.elsewhere import Elsewhere, google_of
from e2e.catalogue.playing import scenarios
from e2e.catalogue.telling import LOOKS, Telling
from wizard.views.tryout_scenarios import SEE, Scenario

BEFORE: Final = "before"  # the sight that a scenario is called after
TELLING: Final = pytest.StashKey[Telling]()
PAGES: Final = {"report": frozenset({"light"}), "contact-sheet": frozenset(LOOKS), "catalogue": frozenset({"light"})}
"""By its name: the looks in which a page of it shows a step."""


def add(parser: pytest.Parser) -> None:
    parser.addoption(
        "--pictures", type=Path, metavar="DIR", help="a picture of each visited state at 1200 px, 390 px and dark"
    )
    parser.addoption("--wizard-url", metavar="URL", help="play the scenarios at this try-out instead of one of our own")
    parser.addoption(
        "--google-url", metavar="URL", help="its stand-in Google; left out, the try-out's own pages are asked"
    )
    parser.addoption("--write", choices=tuple(PAGES), help="write test-results/NAME.html when the run is over")
    parser.addoption("--results", type=Path, default=Path("test-results"), metavar="DIR", help="where it is written")


def find_google(config: pytest.Config) -> None:
    """Ask the try-out that was named where its Google is, unless that was named, too. Raises UsageError."""
    wizard, google = config.getoption("--wizard-url"), config.getoption("--google-url")
    if google and not wizard:
        raise pytest.UsageError("a stand-in Google alone shows nothing: name the try-out, too, with BASE_URL=")
    if wizard and not google and not config.option.collectonly:
        try:
            config.option.google_url = google_of(wizard.rstrip("/"))
        except (LookupError, OSError) as unknown:
            raise pytest.UsageError(f"{unknown} Its stand-in Google can be named with GOOGLE_URL=.") from unknown


def elsewhere(config: pytest.Config) -> Elsewhere | None:
    """The installation that was named; none as a rule."""
    wizard = config.getoption("--wizard-url")
    return Elsewhere(wizard, config.getoption("--google-url")) if wizard else None


def states_of(scenario: Scenario) -> frozenset[str]:
    """The sentences at which a state is seen that no other file pictures: its own, and those without a file."""
    own = {one.code for one in scenarios()}
    seen = (name for name, sight in scenario.sights.items() if name == BEFORE or (sight.code and sight.code not in own))
    return frozenset(SEE + name for name in seen)


def only_in(page: str | None, node: pytest.Item) -> frozenset[str] | None:
    """The sentences of a test that are pictured in this page; None for all of them."""
    if page == "report":
        return None
    callspec = getattr(node, "callspec", None)
    scenario = callspec.params.get("scenario") if callspec else None
    if page == "contact-sheet" and isinstance(scenario, Scenario):
        return states_of(scenario)
    return frozenset({SEE + BEFORE})


def telling_of(node: pytest.Item, *, headed: bool) -> Telling:
    """What is told of this test; it stays with the test until its report is written."""
    page = node.config.getoption("--write")
    telling = Telling(PAGES.get(page, frozenset()), captions=headed, only=only_in(page, node))
    node.stash[TELLING] = telling
    return telling
