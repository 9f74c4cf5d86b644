"""The question which computer this is: a browser that forgot, a page of another computer, one cookie at two machines."""

import re
from dataclasses import dataclass
from typing import ClassVar

from playwright.sync_api import Locator

from e2e.pages.tab import Heading, S, Tab


@dataclass(frozen=True, slots=True)
class WhichComputerPage:
    HEADING: ClassVar[Heading] = re.compile(r"^Which (computer|one) is this\?$|^A page of another computer$")
    tab: Tab

    @property
    def digits(self) -> Locator:
        return self.tab.page.get_by_label("The six digits")

    def says_it_is(self, name: str, to: type[S]) -> S:
        """The computer it asks about."""
        return self.tab.goes(self.tab.button(f"It is {name}: this browser forgot"), to)

    def is_one_more_browser(self, to: type[S]) -> S:
        """Under the name that is proposed."""
        return self.tab.goes(self.tab.button("Use this name for this browser"), to)

    def is_another_computer(self, name: str, to: type[S]) -> S:
        self.tab.page.get_by_label("Its name").fill(name)
        return self.tab.goes(self.tab.button("Use this name for this computer"), to)
