"""What becomes of the cookie that says which computer this is, and how the question is answered."""

from collections.abc import Callable
from typing import Final

from e2e.catalogue.stage import Stage
from e2e.pages.computer import WhichComputerPage
from e2e.pages.start import StartPage
from e2e.pages.tab import AnyPage

COOKIE: Final = "wizard_workstation"


def forget(stage: Stage) -> None:
    """Somebody cleared the cookies, or the browser does so by itself; who is signed in stays so."""
    stage.desk.context.clear_cookies(name=COOKIE)


def copy(stage: Stage) -> None:
    """As with a disk or a profile: another machine stands beside this one, with the same cookie."""
    stage.stands_beside().add_cookies(
        [
            {"name": COOKIE, "value": cookie["value"], "url": stage.clinic.installation.url, "sameSite": "Lax"}
            for cookie in stage.desk.context.cookies()
            if cookie["name"] == COOKIE
        ]
    )


def turn_to_the_other(stage: Stage) -> None:
    stage.turns_to_the_other_machine()


def give_name_again(stage: Stage, name: str) -> None:
    """On the start page, in front of the same person."""
    stage.opens("/", StartPage).chooses(stage.person).calls_the_computer(name).continues(AnyPage)


def one_more(stage: Stage) -> None:
    WhichComputerPage(stage.tab).is_one_more_browser(AnyPage)


def another(stage: Stage, name: str) -> None:
    WhichComputerPage(stage.tab).is_another_computer(name, AnyPage)


ROOM: Final[dict[str, Callable[..., None]]] = {
    "the browser forgets which computer it is": forget,
    "the cookie is copied to another machine": copy,
    "turn to the other machine": turn_to_the_other,
    "call this computer {name}": give_name_again,
    "say that it is one more browser of it": one_more,
    "say that it is another computer, {name}": another,
}
