"""Google's pages apart from any permission being asked: signing out, the connections, the calendars."""

import re
from dataclasses import dataclass
from typing import ClassVar

from playwright.sync_api import Locator

from e2e.pages.tab import Heading, Tab


@dataclass(frozen=True, slots=True)
class SignedOut:
    HEADING: ClassVar[Heading] = "You are signed out of all accounts"
    tab: Tab


@dataclass(frozen=True, slots=True)
class Calendars:
    HEADING: ClassVar[Heading] = "Calendar"
    tab: Tab

    def opens(self, name: str) -> "CalendarSettings":
        return self.tab.goes(self.tab.link(name), CalendarSettings)


@dataclass(frozen=True, slots=True)
class NewCalendar:
    HEADING: ClassVar[Heading] = "Create new calendar"
    tab: Tab

    @property
    def name(self) -> Locator:
        return self.tab.page.get_by_label("Name")

    def creates(self, name: str) -> Calendars:
        self.name.fill(name)
        return self.tab.goes(self.tab.button("Create calendar"), Calendars)

    def pastes_and_creates(self) -> Calendars:
        # Read rather than pasted by its keys: a browser without a window has a clipboard, and no keys for it.
        self.name.fill(self.tab.page.evaluate("navigator.clipboard.readText()"))
        return self.tab.goes(self.tab.button("Create calendar"), Calendars)


@dataclass(frozen=True, slots=True)
class CalendarSettings:
    """One calendar: what stands in it, its name, its end. Its heading is the calendar's own name."""

    HEADING: ClassVar[Heading] = re.compile(".")
    tab: Tab

    @property
    def coming(self) -> Locator:
        return self.tab.page.get_by_role("list").first

    def renames_it(self, to: str) -> Calendars:
        self.tab.page.get_by_label("Name").fill(to)
        return self.tab.goes(self.tab.button("Rename"), Calendars)

    def deletes_it(self) -> Calendars:
        return self.tab.goes(self.tab.button("Delete calendar"), Calendars)


@dataclass(frozen=True, slots=True)
class Connections:
    HEADING: ClassVar[Heading] = "Third-party apps & services"
    tab: Tab

    def removes(self, app: str) -> "Connections":
        return self.tab.goes(self.tab.link(f"See details of {app}"), Connection).ends(app)


@dataclass(frozen=True, slots=True)
class Connection:
    """One app: what it may do. Its heading is the app's own name."""

    HEADING: ClassVar[Heading] = re.compile(".")
    tab: Tab

    def ends(self, app: str) -> Connections:
        asked = self.tab.goes(self.tab.link(f"Delete all connections you have with {app}"), Connection)
        return asked.tab.goes(asked.tab.button("Confirm"), Connections)
