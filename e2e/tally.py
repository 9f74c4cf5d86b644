"""What a set-up costs a person: presses, typed fields and whole pages, counted where they happen (ux.md, section 12)."""

from enum import Enum
from typing import NamedTuple

from playwright.sync_api import Page


class Act(Enum):
    """Redirects and parts of a page are none; a return to a tab is a press."""

    PRESS = "press"
    TYPED = "typed"
    LOAD = "load"


class Cost(NamedTuple):
    presses: int
    typed: int
    loads: int


class Tally:
    """Every act of a story, with the address of the page it was done on: ours and Google's are told apart by it."""

    def __init__(self) -> None:
        self._acts: list[tuple[Act, str]] = []

    def notes(self, act: Act, page: Page) -> None:
        self._acts.append((act, page.url))

    def watches(self, page: Page) -> None:
        """A page counts when its document is there, whatever led to it; frames and parts do not."""
        page.on("domcontentloaded", lambda loaded: self.notes(Act.LOAD, loaded))

    def begins(self) -> None:
        """What was done until now is not part of what is counted."""
        self._acts.clear()

    def cost_at(self, url: str) -> Cost:
        """What was done since on pages of that server."""
        done = [act for act, address in self._acts if address.startswith(f"{url}/")]
        return Cost(*(done.count(act) for act in Act))
