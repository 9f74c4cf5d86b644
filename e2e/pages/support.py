"""Support's own pages, in a browser that nobody of the clinic sits at."""

from dataclasses import dataclass
from typing import ClassVar

from playwright.sync_api import Locator

from e2e.pages.tab import Heading, S, Tab


@dataclass(frozen=True, slots=True)
class DigitsPage:
    """Where support types the six digits."""

    HEADING: ClassVar[Heading] = "Look with a clinic"
    tab: Tab

    @property
    def main(self) -> Locator:
        return self.tab.page.get_by_role("main")

    def types(self, digits: str, to: type[S]) -> S:
        self.tab.types(self.tab.page.get_by_label("The six digits"), digits)
        return self.tab.goes(self.tab.button("Look"), to)


@dataclass(frozen=True, slots=True)
class EverybodyPage:
    """Who stands where in the clinic that is looked at."""

    HEADING: ClassVar[Heading] = "Maple Clinic: who stands where"
    tab: Tab

    @property
    def main(self) -> Locator:
        return self.tab.page.get_by_role("main")

    def opens(self, person: str, computer: str, to: type[S]) -> S:
        return self.tab.goes(self.tab.link(f"Open {person} on {computer}"), to)
