"""The pages about who works at the clinic and what it uses: people, leaving, computers, the log, the clinic's end."""

import re
from dataclasses import dataclass
from typing import ClassVar

from playwright.sync_api import Locator

from e2e.pages.entering import Form
from e2e.pages.tab import Heading, S


@dataclass(frozen=True, slots=True)
class StaffPage(Form):
    """A page with a main part to read."""

    @property
    def main(self) -> Locator:
        return self.tab.page.get_by_role("main")


@dataclass(frozen=True, slots=True)
class PeoplePage(StaffPage):
    HEADING: ClassVar[Heading] = "People"

    def row(self, person: str) -> Locator:
        return self.tab.page.get_by_role("row").filter(has=self.tab.page.get_by_role("rowheader", name=person))

    def opens(self, person: str) -> "PersonPage":
        return self.tab.goes(self.tab.link(person), PersonPage)

    def adds_people(self) -> "AddListPage":
        return self.tab.goes(self.tab.link("Add people"), AddListPage)


@dataclass(frozen=True, slots=True)
class AddListPage(StaffPage):
    """The form of lines on the page that adds people."""

    HEADING: ClassVar[Heading] = "Add people"

    @property
    def lines(self) -> Locator:
        return self.field("One person a line: name, Google address, e-mail")

    def looks_through(self, lines: str, to: type[S]) -> S:
        self.lines.fill(lines)
        return self.tab.goes(self.tab.button("Look through the list"), to)

    def sends_a_file(self, name: str, data: bytes, to: type[S]) -> S:
        self.field("Or a CSV file").set_input_files({"name": name, "mimeType": "text/csv", "buffer": data})
        return self.tab.goes(self.tab.button("Look through the list"), to)


@dataclass(frozen=True, slots=True)
class LookThroughPage(StaffPage):
    HEADING: ClassVar[Heading] = "Look through the list"

    def adds(self, how_many: str) -> PeoplePage:
        return self.tab.goes(self.tab.button(f"Add {how_many}"), PeoplePage)

    def changes_the_list(self) -> AddListPage:
        return self.tab.goes(self.tab.button("Change the list"), AddListPage)


@dataclass(frozen=True, slots=True)
class PersonPage(StaffPage):
    """One person; its heading is her name."""

    HEADING: ClassVar[Heading] = re.compile(".")

    def asks_what_ends(self, first_name: str) -> "LeavingPage":
        return self.tab.goes(self.tab.link(f"{first_name} leaves the clinic"), LeavingPage)

    def tries_again(self) -> "PersonPage":
        return self.tab.goes(self.tab.button("Try again"), PersonPage)

    def unfolds(self, words: str) -> None:
        self.tab.presses(self.tab.page.get_by_text(words))

    def brings_her_back(self, first_name: str) -> "PersonPage":
        return self.tab.goes(self.tab.button(f"{first_name} works here again"), PersonPage)


@dataclass(frozen=True, slots=True)
class LeavingPage(StaffPage):
    HEADING: ClassVar[Heading] = re.compile(r"leaves the clinic\?$")

    def lets_her_go(self, first_name: str) -> PersonPage:
        return self.tab.goes(self.tab.button(f"{first_name} leaves the clinic"), PersonPage)


@dataclass(frozen=True, slots=True)
class LogPage(StaffPage):
    HEADING: ClassVar[Heading] = "The log"

    def narrows_to(self, person: str) -> "LogPage":
        self.field("Person").select_option(person)
        return self.tab.goes(self.tab.button("Show"), LogPage)


@dataclass(frozen=True, slots=True)
class DeletePage(StaffPage):
    HEADING: ClassVar[Heading] = re.compile(r"^Delete .*\?$")

    def deletes(self, clinic: str, password: str, to: type[S]) -> S:
        self.field("Type the clinic's name").fill(clinic)
        self.field("Your password of this wizard").fill(password)
        return self.tab.goes(self.tab.button("Delete this clinic"), to)


@dataclass(frozen=True, slots=True)
class DeletedPage(StaffPage):
    HEADING: ClassVar[Heading] = re.compile(r"is deleted$")
