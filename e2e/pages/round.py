"""The pages of the round: which cells are needed, the day before, the sheets to print."""

from dataclasses import dataclass
from typing import ClassVar

from playwright.sync_api import Locator

from e2e.pages.tab import Heading, S, Tab


@dataclass(frozen=True, slots=True)
class NeededPage:
    """A box for every person at every computer."""

    HEADING: ClassVar[Heading] = "Which cells are needed"
    tab: Tab

    @property
    def main(self) -> Locator:
        return self.tab.page.get_by_role("main")

    def box(self, person: str, computer: str) -> Locator:
        return self.tab.page.get_by_role("checkbox", name=f"{person} at {computer}", exact=True)

    def books_for_nobody(self, computer: str) -> None:
        question = self.tab.page.get_by_label(f"Is anything booked at {computer} for others?")
        question.select_option("No, only for whom is ticked")

    def saves(self) -> "NeededPage":
        return self.tab.goes(self.tab.button("Save"), NeededPage)

    def goes_to_the_overview(self, to: type[S]) -> S:
        return self.tab.goes(self.tab.link("‹ Overview"), to)


@dataclass(frozen=True, slots=True)
class DayBeforePage:
    """What can be done without anybody's password."""

    HEADING: ClassVar[Heading] = "The day before"
    tab: Tab

    @property
    def main(self) -> Locator:
        return self.tab.page.get_by_role("main")

    @property
    def problems(self) -> Locator:
        return self.tab.page.get_by_role("alert")

    @property
    def setting(self) -> Locator:
        return self.tab.page.get_by_role("region", name="1. Turn on system setting -233", exact=True)

    def account(self, person: str) -> Locator:
        return self.tab.page.get_by_role("textbox", name=person, exact=True)

    def saved(self, person: str) -> Locator:
        return self.tab.page.get_by_role("checkbox", name=f"saved: {person}'s folder", exact=True)

    def turns_on_the_setting(self) -> "DayBeforePage":
        self.tab.page.get_by_label("Your Value of -233").select_option("True")
        return self.tab.goes(self.tab.button("Save"), DayBeforePage)

    def says_the_setting_is_saved(self) -> "DayBeforePage":
        return self.tab.goes(self.tab.button("I have saved it"), DayBeforePage)

    def copies_the_address_of(self, person: str) -> None:
        self.tab.presses(self.tab.button(f"Copy {person}'s address"))

    def saves_the_list(self) -> "DayBeforePage":
        return self.tab.goes(self.tab.button("Save the list"), DayBeforePage)

    def prints_the_sheets(self) -> "RoundSheetsPage":
        return self.tab.goes(self.tab.link("Print the round sheets"), RoundSheetsPage)


@dataclass(frozen=True, slots=True)
class RoundSheetsPage:
    """One sheet for each person, one for each computer."""

    HEADING: ClassVar[Heading] = "The round sheets"
    tab: Tab

    def sheet(self, of: str) -> Locator:
        return self.tab.page.get_by_role("article", name=of, exact=True)
