"""The start page before the computer has a name: whose calendar, and what it is called."""

from dataclasses import dataclass
from typing import ClassVar

from playwright.sync_api import Locator

from e2e.pages.tab import Heading, S, Tab


@dataclass(frozen=True, slots=True)
class StartPage:
    HEADING: ClassVar[Heading] = "Set up Google Calendar Sync"
    tab: Tab

    @property
    def problems(self) -> Locator:
        return self.tab.page.get_by_role("alert")

    @property
    def computer(self) -> Locator:
        return self.tab.page.get_by_label("What is this computer called?")

    def person(self, name: str) -> Locator:
        return self.tab.page.get_by_role("radio", name=name)

    def chooses(self, person: str) -> "StartPage":
        # the name is the whole card's label and lies over the round button
        self.tab.picks(self.tab.page.get_by_role("group", name="Whose calendar?").get_by_text(person, exact=True))
        return self

    def calls_the_computer(self, name: str) -> "StartPage":
        self.tab.types(self.computer, name)
        return self

    def continues(self, to: type[S]) -> S:
        return self.tab.goes(self.tab.button("Continue"), to)

    def just_checks(self, to: type[S]) -> S:
        return self.tab.goes(self.tab.button("Already works? Just check it"), to)

    def says_it_is_a_phone(self, to: type[S]) -> S:
        return self.tab.goes(self.tab.button("No, or it is a phone: step 1 only"), to)
