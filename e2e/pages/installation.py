"""The page about this installation: is it fit?"""

from dataclasses import dataclass
from typing import ClassVar

from playwright.sync_api import Locator

from e2e.pages.tab import Heading, Tab


@dataclass(frozen=True, slots=True)
class DoctorPage:
    HEADING: ClassVar[Heading] = "Is this installation fit?"
    tab: Tab

    @property
    def conclusion(self) -> Locator:
        return self.tab.page.get_by_role("main").get_by_role("status")

    def check(self, title: str) -> Locator:
        return self.tab.page.get_by_role("listitem").filter(has=self.tab.page.get_by_text(title, exact=True))

    def looks_now(self) -> "DoctorPage":
        return self.tab.goes(self.tab.button("Look now"), DoctorPage)
