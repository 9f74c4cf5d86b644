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
    HEADING: ClassVar[Heading] = re.compile(r"is set up on|what was seen$|what you said$")
    tab: Tab

    @property
    def heading(self) -> Locator:
        return self.tab.heading(RecordPage)

    @property
    def main(self) -> Locator:
        return self.tab.page.get_by_role("main")

    def row(self, step: str) -> Locator:
        return self.tab.page.get_by_role("row").filter(has=self.tab.page.get_by_role("rowheader", name=step))

    @property
    def leaving(self) -> Locator:
        """What is asked before this desk is left."""
        return self.tab.page.get_by_role("region", name="Before you leave this desk: sign out of Google")

    @property
    def tidying(self) -> Locator:
        return self.tab.page.get_by_role("form", name="Tidy up")

    def opens_googles_sign_out(self, to: type[S]) -> S:
        return self.tab.opens(self.tab.link("Open Google's sign-out page (opens in new tab)"), to)

    def checks_that_she_is_signed_out(self) -> "RecordPage":
        return self.tab.goes(self.tab.link("Check that I am signed out"), RecordPage)

    def says_it_is_her_own_computer(self) -> "RecordPage":
        return self.tab.goes(self.tab.button("This is my own computer"), RecordPage)

    def cancels_the_test_appointment(self) -> "RecordPage":
        return self.tab.goes(self.tab.button("Cancel the test appointment"), RecordPage)

    def looks_whether_it_is_gone(self) -> "RecordPage":
        """Where no script runs."""
        return self.tab.goes(self.tab.button("Look whether it is gone"), RecordPage)

    def looks_at_the_title(self) -> "TitlePage":
        return self.tab.goes(self.tab.link("Look at the title"), TitlePage)

    def unfolds(self, words: str) -> None:
        self.tab.presses(self.tab.page.get_by_text(words, exact=True))

    def asks_what_ends_without_the_checker(self) -> "RemovingPage":
        self.unfolds("Stop: remove the checker")
        return self.tab.goes(self.tab.link("What ends with it"), RemovingPage)

    def goes_on_with(self, person: str, to: type[S]) -> S:
        """Whoever is next at this computer."""
        return self.tab.goes(self.tab.button(f"Next: {person}"), to)

    def takes_it_back(self, to: type[S]) -> S:
        return self.tab.goes(self.tab.link("Take it back"), to)


@dataclass(frozen=True, slots=True)
class WatchPage:
    """What is looked at by itself for one person."""

    HEADING: ClassVar[Heading] = "What is looked at by itself"
    tab: Tab

    @property
    def main(self) -> Locator:
        return self.tab.page.get_by_role("main")

    def look_by(self, permission: str) -> Locator:
        return self.main.get_by_role("list", name="Each permission").get_by_role("listitem").filter(has_text=permission)

    def looks_now(self) -> "WatchPage":
        return self.tab.goes(self.tab.button("Look now"), WatchPage)


@dataclass(frozen=True, slots=True)
class TitlePage:
    """The title of the event that arrived, shown once."""

    HEADING: ClassVar[Heading] = "What does Google now hold?"
    tab: Tab

    @property
    def main(self) -> Locator:
        return self.tab.page.get_by_role("main")

    def asks_for_the_title(self) -> "TitlePage":
        return self.tab.goes(self.tab.button("Show me the title"), TitlePage)

    def says_it_shows_no_client(self, to: type[S]) -> S:
        return self.tab.goes(self.tab.button("It shows no client"), to)

    def says_it_shows_a_client(self) -> "TitlePage":
        return self.tab.goes(self.tab.button("It shows a client"), TitlePage)

    def goes_on_with(self, person: str, to: type[S]) -> S:
        return self.tab.goes(self.tab.link(f"Go on with {person}"), to)


@dataclass(frozen=True, slots=True)
class RemovingPage:
    """What ends with the checker, before it does."""

    HEADING: ClassVar[Heading] = re.compile(r"^Remove the checker of ")
    tab: Tab

    @property
    def main(self) -> Locator:
        return self.tab.page.get_by_role("main")

    def removes_it(self, to: type[S]) -> S:
        return self.tab.goes(self.tab.button("Remove the checker"), to)


@dataclass(frozen=True, slots=True)
class WithoutCheckerPage:
    """What is not seen then, before it is chosen."""

    HEADING: ClassVar[Heading] = "Go on without the checker?"
    tab: Tab

    @property
    def main(self) -> Locator:
        return self.tab.page.get_by_role("main")

    def goes_on(self, to: type[S]) -> S:
        return self.tab.goes(self.tab.button("Go on without the checker"), to)


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

    def computer(self, name: str) -> Locator:
        """How far one computer is in the repair."""
        return self.tab.page.get_by_role("region", name="Last resort").get_by_role("listitem").filter(has_text=name)

    def says_it_is_removed(self) -> "FixPage":
        return self.tab.goes(self.tab.button("I have removed it"), FixPage)

    def books_a_new_test_here(self, to: type[S]) -> S:
        return self.tab.goes(self.tab.button("Book a new test at this computer"), to)

    def lets_support_look(self) -> "FixPage":
        return self.tab.goes(self.tab.button("Let support look for one hour"), FixPage)

    def stops_the_look(self) -> "FixPage":
        return self.tab.goes(self.tab.button("Stop it now"), FixPage)

    @property
    def digits(self) -> str:
        """As they are read out."""
        return self.tab.page.get_by_text(re.compile(r"^(\d ){5}\d$")).inner_text()

    def unfolds(self, words: str) -> None:
        self.tab.presses(self.tab.page.get_by_text(words, exact=True))


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

    @property
    def people(self) -> Locator:
        """Everybody shown, from top to bottom."""
        return self.tab.page.get_by_role("rowheader")

    @property
    def shown(self) -> Locator:
        return self.tab.page.get_by_label("Show")

    def applies(self, show: str, at: str = "All computers") -> "OverviewPage":
        self.shown.select_option(show)
        self.tab.page.get_by_label("At", exact=True).select_option(at)
        return self.tab.goes(self.tab.button("Apply"), OverviewPage)

    def decides_which_cells_are_needed(self, to: type[S]) -> S:
        return self.tab.goes(self.tab.link("Which cells are needed"), to)

    def prepares_the_day_before(self, to: type[S]) -> S:
        return self.tab.goes(self.tab.link("The day before"), to)

    def opens_the_set_up_of(self, person: str) -> "HubPage":
        """By the cell of this computer."""
        cell = self.tab.page.get_by_role("link", name=re.compile(rf": {person}$"))
        return self.tab.goes(cell, HubPage)

    def takes_the_spreadsheet(self) -> str:
        """What is in the file that is saved."""
        with self.tab.page.expect_download() as saved:
            self.tab.presses(self.tab.link("CSV"))
        return saved.value.path().read_text(encoding="utf-8-sig")

    @property
    def asked(self) -> Locator:
        """What people ask of an administrator."""
        return self.tab.page.get_by_role("region", name="You are asked to do this")

    def does_what_is_asked(self, words: str, to: type[S]) -> S:
        return self.tab.goes(self.asked.get_by_role("link", name=words), to)

    def opens_the_links(self, to: type[S]) -> S:
        return self.tab.goes(self.tab.link("Links for people"), to)


@dataclass(frozen=True, slots=True)
class AccountPage:
    HEADING: ClassVar[Heading] = "Your account"
    tab: Tab

    def permissions_of(self, person: str) -> Locator:
        return self.tab.page.get_by_role("row").filter(has=self.tab.page.get_by_role("rowheader", name=person))

    def asks_whether_the_installation_is_fit(self) -> DoctorPage:
        return self.tab.goes(self.tab.link("Is this installation fit?"), DoctorPage)
