"""What a person does at Google's own pages, in a tab of its own, while the wizard's stays open."""

from collections.abc import Callable
from typing import Final

from e2e.catalogue.stage import Stage
from e2e.pages.google import ChooseAccount, SignIn
from e2e.pages.google_account import Calendars, CalendarSettings, Connections, NewCalendar, SignedOut
from e2e.pages.tab import AnyPage


def create(stage: Stage, name: str) -> None:
    with stage.at_google("/calendar/r/settings/createcalendar", NewCalendar) as page:
        page.creates(name)


def rename(stage: Stage, name: str, to: str) -> None:
    with stage.at_google("/calendar/", Calendars) as page:
        # of two of one name, the first is as good as the other
        settings = page.tab.goes(page.tab.link(name).first, CalendarSettings)
        settings.renames_it(to)


def delete(stage: Stage, name: str) -> None:
    with stage.at_google("/calendar/", Calendars) as page:
        page.opens(name).deletes_it()


def delete_appointment(stage: Stage) -> None:
    with stage.at_google("/calendar/", Calendars) as page:
        calendar = page.opens("PIMSY Calendar")
        calendar.tab.goes(calendar.tab.page.get_by_role("button", name="Delete event").first, CalendarSettings)


def sign_out(stage: Stage) -> None:
    with stage.at_google("/Logout", SignedOut):
        pass


def sign_in(stage: Stage, account: str) -> None:
    """In a browser that may list other accounts already."""
    with stage.at_google("/calendar/", AnyPage) as page:
        choice = page.tab.page.get_by_role("heading", name=ChooseAccount.HEADING, exact=True)
        door = ChooseAccount(page.tab).uses_another_account() if choice.is_visible() else SignIn(page.tab)
        door.signs_in_as(account, Calendars)


def remove(stage: Stage, app: str) -> None:
    with stage.at_google("/connections", Connections) as page:
        page.removes(app)


ROOM: Final[dict[str, Callable[..., None]]] = {
    "at Google, create the calendar '{name}'": create,
    "at Google, rename '{name}' to '{to}'": rename,
    "at Google, delete the calendar '{name}'": delete,
    "at Google, delete the appointment": delete_appointment,
    "at Google, sign out": sign_out,
    "at Google, sign in as {account}": sign_in,
    "at Google, remove {app}": remove,
}
