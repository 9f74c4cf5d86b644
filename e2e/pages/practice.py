"""The Stand-in for PIMSY: its three forms, which the steps hold as well, and its own screens."""

import re
from dataclasses import dataclass
from typing import ClassVar

from playwright.sync_api import Locator

from e2e.pages.tab import Heading, S, Tab


@dataclass(frozen=True, slots=True)
class SettingForm:
    tab: Tab

    @property
    def sync(self) -> Locator:
        return self.tab.page.get_by_role("combobox", name="Your Value of -233")

    def sets_the_sync(self, value: str, to: type[S]) -> S:
        self.tab.selects(self.sync, value)
        return self.tab.goes(self.tab.button("Save"), to)


@dataclass(frozen=True, slots=True)
class FolderForm:
    tab: Tab

    @property
    def account(self) -> Locator:
        return self.tab.page.get_by_role("textbox", name="Google account")

    def saves(self, to: type[S]) -> S:
        return self.tab.goes(self.tab.button("Save"), to)


@dataclass(frozen=True, slots=True)
class BookingForm:
    """A new appointment; on the step's page it is filled in."""

    tab: Tab

    def field(self, name: str) -> Locator:
        return self.tab.page.locator("#booking-form").get_by_label(name, exact=True)

    def books(self, to: type[S]) -> S:
        return self.tab.goes(self.tab.button("Book"), to)


@dataclass(frozen=True, slots=True)
class SettingsPage:
    HEADING: ClassVar[Heading] = "System Settings"
    tab: Tab

    @property
    def form(self) -> SettingForm:
        return SettingForm(self.tab)

    @property
    def rows(self) -> Locator:
        return self.tab.page.get_by_role("rowheader")

    def filters(self, words: str) -> "SettingsPage":
        self.tab.types(self.tab.page.get_by_label("Filter"), words)
        return self.tab.goes(self.tab.button("OK"), SettingsPage)


@dataclass(frozen=True, slots=True)
class FolderPage:
    HEADING: ClassVar[Heading] = re.compile("^User Personnel Folder: ")
    tab: Tab

    @property
    def form(self) -> FolderForm:
        return FolderForm(self.tab)


@dataclass(frozen=True, slots=True)
class CalendarPage:
    """A person's week."""

    HEADING: ClassVar[Heading] = re.compile("^My SAL Calendar: ")
    tab: Tab

    @property
    def form(self) -> BookingForm:
        return BookingForm(self.tab)

    @property
    def week(self) -> Locator:
        return self.tab.page.get_by_role("table")

    def appointment(self, title: str) -> "AppointmentPage":
        """Open the appointment that stands in the week under these initials and that time."""
        return self.tab.goes(self.week.get_by_role("link", name=title), AppointmentPage)

    def looks_in_google_again(self) -> "CalendarPage":
        return self.tab.goes(self.tab.button("Look in Google again"), CalendarPage)

    def chooses(self, words: str) -> "CalendarPage":
        """What holds, of an appointment that somebody changed in Google."""
        return self.tab.goes(self.tab.button(words), CalendarPage)


@dataclass(frozen=True, slots=True)
class AppointmentPage:
    """The same week, with one appointment open for a change."""

    HEADING: ClassVar[Heading] = re.compile("^My SAL Calendar: ")
    tab: Tab

    def moves_it(self, day: str, time: str) -> CalendarPage:
        change = self.tab.page.get_by_role("region").filter(has=self.tab.button("Move"))
        self.tab.types(change.get_by_label("Day"), day)
        self.tab.types(change.get_by_label("Time"), time)
        return self.tab.goes(self.tab.button("Move"), CalendarPage)

    def cancels_it(self) -> CalendarPage:
        return self.tab.goes(self.tab.button("Cancel the appointment"), CalendarPage)
