"""The pages about people rather than steps: hub, record, what went wrong, overview, account."""

import re
from dataclasses import dataclass
from typing import ClassVar

from playwright.sync_api import Locator

from e2e.pages.installation import DoctorPage
from e2e.pages.tab import Heading, S, Tab


@dataclass(frozen=True, slots=True)
class HubPage:
    """Where one person stands at this computer."""

    HEADING: ClassVar[Heading] = re.compile(r": \d of 6$")
    tab: Tab

    @property
    def heading(self) -> Locator:
        return self.tab.heading(HubPage)

    def row(self, title: str) -> Locator:
        return self.tab.page.get_by_role("listitem").filter(has_text=title)

    def continues(self, step: int, to: type[S]) -> S:
        return self.tab.goes(self.tab.link(f"Continue with step {step}"), to)

    def opens_the_record(self) -> "RecordPage":
        return self.tab.goes(self.tab.link("Open the record"), RecordPage)

    def says_something_is_wrong(self) -> "FixPage":
        return self.tab.goes(self.tab.link("Something is wrong"), FixPage)


@dataclass(frozen=True, slots=True)
class RecordPage:
    HEADING: ClassVar[Heading] = re.compile(r"is set up on|what was seen$")
    tab: Tab

    @property
    def heading(self) -> Locator:
        return self.tab.heading(RecordPage)

    @property
    def main(self) -> Locator:
        return self.tab.page.get_by_role("main")

    def row(self, step: str) -> Locator:
        return self.tab.page.get_by_role("row").filter(has=self.tab.page.get_by_role("rowheader", name=step))

    def opens_the_calendar(self, to: type[S]) -> S:
        return self.tab.goes(self.tab.link("Open My SAL Calendar to cancel it"), to)

    def sets_up_the_next_person(self, to: type[S]) -> S:
        return self.tab.goes(self.tab.link("Set up the next person"), to)


@dataclass(frozen=True, slots=True)
class FixPage:
    HEADING: ClassVar[Heading] = "What went wrong?"
    tab: Tab

    @property
    def main(self) -> Locator:
        return self.tab.page.get_by_role("main")

    def continues(self, step: int, to: type[S]) -> S:
        return self.tab.goes(self.tab.link(f"Continue with step {step}"), to)

    def looks_at_everything(self, to: type[S]) -> S:
        return self.tab.goes(self.tab.button("Look at everything again"), to)

    def opens_googles_list(self, to: type[S]) -> S:
        return self.tab.opens(self.tab.link("Open Google's list (opens in new tab)"), to)


@dataclass(frozen=True, slots=True)
class OverviewPage:
    """People as rows, computers as columns."""

    HEADING: ClassVar[Heading] = "Who is set up, and where"
    tab: Tab

    @property
    def main(self) -> Locator:
        return self.tab.page.get_by_role("main")

    def cell(self, person: str, desk: str) -> Locator:
        """Where that person stands at that computer."""
        headers = self.tab.page.get_by_role("columnheader").all_inner_texts()
        column = next(at for at, header in enumerate(headers) if header.startswith(desk))
        row = self.tab.page.get_by_role("row").filter(has=self.tab.page.get_by_role("rowheader", name=person))
        return row.get_by_role("cell").nth(column - 1)


@dataclass(frozen=True, slots=True)
class AccountPage:
    HEADING: ClassVar[Heading] = "Your account"
    tab: Tab

    def permissions_of(self, person: str) -> Locator:
        return self.tab.page.get_by_role("row").filter(has=self.tab.page.get_by_role("rowheader", name=person))

    def asks_whether_the_installation_is_fit(self) -> DoctorPage:
        return self.tab.goes(self.tab.link("Is this installation fit?"), DoctorPage)
