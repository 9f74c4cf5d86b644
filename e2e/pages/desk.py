"""A computer that has a name: who is next at it, taking it back, and its queue without names."""

import re
from dataclasses import dataclass
from typing import ClassVar

from playwright.sync_api import Locator

from e2e.pages.entering import Form
from e2e.pages.tab import Heading, S


@dataclass(frozen=True, slots=True)
class DeskPage(Form):
    """The start page there, for an administrator."""

    HEADING: ClassVar[Heading] = re.compile(r": who is next$")

    @property
    def main(self) -> Locator:
        return self.tab.page.get_by_role("main")

    def row(self, person: str) -> Locator:
        """What stands beside a name."""
        return self.tab.page.get_by_role("listitem").filter(has_text=person)

    def person(self, name: str) -> Locator:
        return self.tab.page.get_by_role("radio", name=name)

    def names(self, person: str) -> "DeskPage":
        """Somebody else is to be next."""
        return self.tab.goes(self.tab.link(person), DeskPage)

    def hands_it_to(self, first_name: str, to: type[S]) -> S:
        return self.tab.goes(self.tab.button(f"Hand this computer to {first_name}"), to)

    def sets_up_without_handing_over(self, first_name: str, to: type[S]) -> S:
        return self.tab.goes(self.tab.button(f"Set {first_name} up without handing over"), to)

    def sets_up(self, person: str, to: type[S]) -> S:
        """Anybody, whoever is next."""
        self._chooses(person)
        return self.tab.goes(self.tab.button("Continue"), to)

    def just_checks(self, person: str, to: type[S]) -> S:
        self._chooses(person)
        return self.tab.goes(self.tab.button("Already works? Just check it"), to)

    def _chooses(self, person: str) -> None:
        self.unfolds()
        self.chooses("Whose calendar?", person)

    def unfolds(self) -> None:
        self.tab.presses(self.tab.page.get_by_text("Somebody else, or does it work already?", exact=True))


@dataclass(frozen=True, slots=True)
class TakeBackPage(Form):
    """One password."""

    HEADING: ClassVar[Heading] = re.compile("^Take .* back$")

    def takes_it_back(self, administrator: str, password: str, to: type[S]) -> S:
        self.types(f"Password of {administrator}", password)
        return self.tab.goes(self.tab.page.get_by_role("main").get_by_role("button", name="Take it back"), to)


@dataclass(frozen=True, slots=True)
class AsleepPage(Form):
    """After an idle sign-in has ended: the queue, and no name."""

    HEADING: ClassVar[Heading] = re.compile(r": (\d+ (people|person)|nobody is) left$")

    @property
    def main(self) -> Locator:
        return self.tab.page.get_by_role("main")

    def goes_on(self, password: str, to: type[S]) -> S:
        self.types("Password", password)
        return self.tab.goes(self.tab.button("Go on"), to)
