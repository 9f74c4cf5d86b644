"""What a run of the browser suite writes besides its result: options of pytest, and who listens for them."""

from pathlib import Path
from typing import Final

import pytest

from e2e.catalogue.elsewhere import Elsewhere
from e2e.catalogue.telling import LOOKS, Telling

TELLING: Final = pytest.StashKey[Telling]()
PAGES: Final = {
    "report": (frozenset({"light"}), ""),
    "contact-sheet": (frozenset(LOOKS), "see: before"),
    "catalogue": (frozenset({"light"}), "see: before"),
}
"""By its name: the looks in which a page of it shows a step, and the only step it shows."""


def add(parser: pytest.Parser) -> None:
    parser.addoption(
        "--pictures", type=Path, metavar="DIR", help="a picture of each visited state at 1200 px, 390 px and dark"
    )
    parser.addoption("--wizard-url", metavar="URL", help="play the scenarios at this try-out instead of one of our own")
    parser.addoption("--google-url", metavar="URL", help="the stand-in Google that try-out talks to")
    parser.addoption("--write", choices=tuple(PAGES), help="write test-results/NAME.html when the run is over")
    parser.addoption("--results", type=Path, default=Path("test-results"), metavar="DIR", help="where it is written")


def elsewhere(config: pytest.Config) -> Elsewhere | None:
    """The installation that was named; none as a rule. Raises UsageError where half of it was."""
    wizard, google = config.getoption("--wizard-url"), config.getoption("--google-url")
    if bool(wizard) is not bool(google):
        raise pytest.UsageError("an installation needs both addresses: BASE_URL= and GOOGLE_URL=")
    return Elsewhere(wizard, google) if wizard else None


def telling_of(node: pytest.Item, *, headed: bool) -> Telling:
    """What is told of this test; it stays with the test until its report is written."""
    takes, only = PAGES.get(node.config.getoption("--write"), (frozenset(), ""))
    telling = Telling(takes, captions=headed, only=only)
    node.stash[TELLING] = telling
    return telling
