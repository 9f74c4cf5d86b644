"""One tab of a browser: how a person gets from page to page, and that each page is looked at on arrival and on leaving."""

import re
from dataclasses import dataclass
from typing import ClassVar, Protocol, TypeVar

from playwright.sync_api import Locator, Page

from e2e.fake_google import World
from e2e.seeing import Seeing
from e2e.tally import Act

A_MOMENT_S = 5
"""What a person takes between two presses; the wizard asks Google about the same thing at most once a second."""


Heading = str | re.Pattern[str]


class Screen(Protocol):
    """A page object: one screen, known by its heading."""

    HEADING: ClassVar[Heading]

    def __init__(self, tab: "Tab") -> None: ...


S = TypeVar("S", bound=Screen)


@dataclass(frozen=True, slots=True)
class Tab:
    """A tab, the world it lives in, and who looks at its pages."""

    page: Page
    world: World
    seeing: Seeing

    def shows(self, screen: type[S]) -> S:
        """The screen, once its heading is there."""
        self.heading(screen).wait_for()
        self.seeing.looks(self.page)
        return screen(self)

    def heading(self, screen: type[S]) -> Locator:
        name = screen.HEADING
        return self.page.get_by_role("heading", level=1, name=name, exact=isinstance(name, str))

    def goes(self, way: Locator, to: type[S]) -> S:
        """Press what leads to another page, here in this tab, and arrive there."""
        self.leaves(way)
        return self.shows(to)

    def leaves(self, way: Locator) -> None:
        """Press what leads away; where to is the story's business."""
        self.seeing.looks(self.page)
        self.world.clock.advance(A_MOMENT_S)
        self.seeing.tally.notes(Act.PRESS, self.page)
        with self.page.expect_navigation():
            way.click()

    def presses(self, button: Locator) -> None:
        """Press what changes this page and leaves it where it is."""
        self.seeing.looks(self.page)
        self.world.clock.advance(A_MOMENT_S)
        self.picks(button)

    def picks(self, choice: Locator) -> None:
        """Press what only marks something in a form."""
        self.seeing.tally.notes(Act.PRESS, self.page)
        choice.click()

    def selects(self, field: Locator, value: str) -> None:
        """Choose in a list that folds out."""
        self.seeing.tally.notes(Act.PRESS, self.page)
        field.select_option(value)

    def types(self, field: Locator, words: str) -> None:
        """Fill in a field, by typing or pasting."""
        self.seeing.tally.notes(Act.TYPED, self.page)
        field.fill(words)

    def opens(self, link: Locator, to: type[S]) -> S:
        """Press a link that opens in a new tab."""
        self.seeing.looks(self.page)
        self.world.clock.advance(A_MOMENT_S)
        self.seeing.tally.notes(Act.PRESS, self.page)
        with self.page.context.expect_page() as opened:
            link.click()
        return Tab(opened.value, self.world, self.seeing).shows(to)

    def visits(self, url: str, to: type[S]) -> S:
        """Type an address."""
        self.page.goto(url)
        return self.shows(to)

    def reloads(self, to: type[S]) -> S:
        self.page.reload()
        return self.shows(to)

    def goes_back(self, to: type[S]) -> S:
        """The browser's own button."""
        self.page.go_back()
        return self.shows(to)

    def closes(self) -> None:
        """And back to the tab that was there before."""
        self.seeing.looks(self.page)
        context = self.page.context
        self.page.close()
        for back in context.pages[-1:]:
            self.seeing.tally.notes(Act.PRESS, back)

    def link(self, name: str) -> Locator:
        return self.page.get_by_role("link", name=name, exact=True)

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name, exact=True)

    def says(self, words: str) -> Locator:
        """What stands on the page and holds these words."""
        return self.page.get_by_role("main").get_by_text(words)


@dataclass(frozen=True, slots=True)
class AnyPage:
    """A page that is only looked at, or whose heading is the story's business."""

    HEADING: ClassVar[Heading] = re.compile(".")
    tab: Tab

    @property
    def heading(self) -> Locator:
        return self.tab.heading(AnyPage)

    @property
    def main(self) -> Locator:
        return self.tab.page.get_by_role("main")
