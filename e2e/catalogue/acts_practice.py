"""What somebody does in the Stand-in for PIMSY, on the step's own form or on the Stand-in's own screens."""

from collections.abc import Callable
from typing import Final

from e2e.catalogue.stage import Stage
from e2e.pages.practice import AppointmentPage, CalendarPage, FolderForm, FolderPage, SettingForm, SettingsPage
from e2e.pages.tab import AnyPage

DEFAULT: Final = "its default"


def set_here(stage: Stage, value: str) -> None:
    SettingForm(stage.tab).sets_the_sync("" if value == DEFAULT else value, AnyPage)


def set_elsewhere(stage: Stage, value: str) -> None:
    page = stage.desk.opens("/practice/settings?filter=233", SettingsPage)
    page.form.sets_the_sync("" if value == DEFAULT else value, SettingsPage).tab.closes()


def name_here(stage: Stage, account: str) -> None:
    form = FolderForm(stage.tab)
    form.account.fill(account)
    form.saves(AnyPage)


def empty_here(stage: Stage) -> None:
    name_here(stage, "")


def save_here(stage: Stage) -> None:
    FolderForm(stage.tab).saves(AnyPage)


def name_elsewhere(stage: Stage, account: str) -> None:
    page = stage.desk.opens(f"/practice/personnel/{stage.preparing.id}", FolderPage)
    page.form.account.fill(account)
    page.form.saves(FolderPage).tab.closes()


def empty_elsewhere(stage: Stage) -> None:
    name_elsewhere(stage, "")


def suspend(stage: Stage) -> None:
    stage.tab.page.get_by_label("Suspended (Login)").check()
    save_here(stage)


def let_in(stage: Stage) -> None:
    stage.tab.page.get_by_label("Suspended (Login)").uncheck()
    save_here(stage)


def suspend_elsewhere(stage: Stage) -> None:
    page = stage.desk.opens(f"/practice/personnel/{stage.preparing.id}", FolderPage)
    page.tab.page.get_by_label("Suspended (Login)").check()
    page.form.saves(FolderPage).tab.closes()


def let_in_elsewhere(stage: Stage) -> None:
    page = stage.desk.opens(f"/practice/personnel/{stage.preparing.id}", FolderPage)
    page.tab.page.get_by_label("Suspended (Login)").uncheck()
    page.form.saves(FolderPage).tab.closes()


def add_client(stage: Stage) -> None:
    tab = stage.desk.opens(f"/practice/personnel/{stage.preparing.id}?tab=clients", FolderPage).tab
    tab.goes(tab.button("Add a test client"), FolderPage).tab.closes()


def cancel(stage: Stage) -> None:
    appointment(stage).cancels_it().tab.closes()


def move(stage: Stage, time: str) -> None:
    """To another time of the same day; `time` as the form takes it ("06:40")."""
    page = appointment(stage)
    day = page.tab.page.get_by_role("region").filter(has=page.tab.button("Move")).get_by_label("Day").input_value()
    page.moves_it(day, time).tab.closes()


def open_calendar(stage: Stage) -> None:
    """The week of the test appointment, in front of us."""
    stage.opens(f"/practice/calendar/{stage.preparing.id}", CalendarPage)


def book_elsewhere(stage: Stage) -> None:
    """The test appointment, on My SAL Calendar itself, while nothing is sent to Google."""
    week = stage.desk.opens(f"/practice/calendar/{stage.preparing.id}", CalendarPage)
    week.form.books(CalendarPage).tab.closes()


def appointment(stage: Stage) -> AppointmentPage:
    """The test appointment, opened in the week it stands in."""
    week = stage.desk.opens(f"/practice/calendar/{stage.preparing.id}", CalendarPage)
    return week.tab.goes(week.week.get_by_role("link", name="T.C. 6:").first, AppointmentPage)


ROOM: Final[dict[str, Callable[..., None]]] = {
    "set -233 to {value} and save": set_here,
    "in System Settings, set -233 to {value} and save": set_elsewhere,
    "name {account} in the folder and save": name_here,
    "empty the folder's account and save": empty_here,
    "save the folder": save_here,
    "tick Suspended (Login) and save": suspend,
    "clear Suspended (Login) and save": let_in,
    "in the personnel folder, name {account} and save": name_elsewhere,
    "in the personnel folder, empty the account and save": empty_elsewhere,
    "in the personnel folder, tick Suspended (Login) and save": suspend_elsewhere,
    "in the personnel folder, clear Suspended (Login) and save": let_in_elsewhere,
    "on the Clients tab, add a test client": add_client,
    "open My SAL Calendar": open_calendar,
    "in My SAL Calendar, book the test appointment": book_elsewhere,
    "in My SAL Calendar, cancel the test appointment": cancel,
    "in My SAL Calendar, move the test appointment to {time}": move,
}
