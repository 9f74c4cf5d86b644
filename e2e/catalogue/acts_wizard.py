"""What a person does at the wizard's own pages, and on the way to Google and back."""

from collections.abc import Callable
from typing import Final

import requests

from e2e.catalogue.stage import Stage
from e2e.pages.desk import DeskPage
from e2e.pages.google import ChooseAccount, Permissions, SignIn, WhoYouAre
from e2e.pages.people import FixPage, HubPage, OverviewPage, RecordPage
from e2e.pages.start import StartPage
from e2e.pages.step import SignOutPage
from e2e.pages.tab import AnyPage
from e2e.preparing import STEPS

OPENS: Final = "(Google's page opens)"


def open_step(stage: Stage, number: str) -> None:
    stage.opens(f"{stage.preparing.path}/{STEPS[int(number) - 1]}", AnyPage)


def open_hub(stage: Stage) -> None:
    stage.opens(stage.preparing.path, HubPage)


def open_record(stage: Stage) -> None:
    stage.opens(f"{stage.preparing.path}/record", RecordPage)


def open_fix(stage: Stage) -> None:
    stage.opens(f"{stage.preparing.path}/fix", FixPage)


def open_overview(stage: Stage) -> None:
    stage.opens("/overview", OverviewPage)


def open_address(stage: Stage, path: str) -> None:
    stage.opens(path, AnyPage)


def open_her_page(stage: Stage, name: str) -> None:
    stage.opens(f"{stage.preparing.path}/{name}", AnyPage)


def sit_down(stage: Stage, computer: str) -> None:
    """At a computer where nobody used the wizard before."""
    stage.sits_down_at(computer)
    start = stage.opens("/", StartPage).chooses(stage.person).calls_the_computer(computer)
    start.continues(AnyPage)
    stage.preparing.begins()


def turn_to(stage: Stage, person: str) -> None:
    stage.turns_to(person)
    stage.opens("/", DeskPage).sets_up(person, AnyPage)
    stage.preparing.begins()


def just_check(stage: Stage, person: str) -> None:
    """The short road, at a computer that the wizard knows by its name."""
    stage.opens("/", DeskPage).just_checks(person, AnyPage)


def press(stage: Stage, words: str) -> None:
    """A button that changes this page and leaves it where it is."""
    stage.tab.presses(stage.tab.button(words).first)


def check_now(stage: Stage) -> None:
    """Its name changes with what is seen; it is one button."""
    stage.lets_a_moment_pass()
    stage.tab.presses(stage.tab.button("Check now").or_(stage.tab.button("Check again")))


def come_back(stage: Stage) -> None:
    stage.comes_back()


def follow(stage: Stage, words: str) -> None:
    """A button or a link that leads to another page."""
    stage.tab.goes(stage.tab.button(words).or_(stage.tab.link(words)).first, AnyPage)


def connect(stage: Stage, account: str) -> None:
    trip(stage, f"Connect the checker {OPENS}", "continue", account=account)


def connect_again(stage: Stage, account: str) -> None:
    trip(stage, f"Connect the checker again {OPENS}", "continue", account=account)


def connect_and_cancel(stage: Stage, account: str) -> None:
    trip(stage, f"Connect the checker {OPENS}", "cancel", account=account)


def connect_without_box(stage: Stage, account: str, box: str) -> None:
    trip(stage, f"Connect the checker {OPENS}", "leave_empty", account=account, box=box)


def connect_and_stay(stage: Stage) -> None:
    """Google's page does not lead back."""
    stage.tab.leaves(stage.tab.link(f"Connect the checker {OPENS}"))
    stage.arrives()


def ask_again(stage: Stage, account: str) -> None:
    trip(stage, f"Ask again {OPENS}", "continue", account=account)


def ask_again_when_done(stage: Stage, account: str) -> None:
    trip(stage, f"Ask again when that is done {OPENS}", "continue", account=account)


def tell_of(stage: Stage, page: str) -> None:
    """Which of Google's pages it was, out of the list of them."""
    stage.tab.page.get_by_role("radio", name=page).check()
    stage.tab.goes(stage.tab.button("Show what to do"), AnyPage)


def use(stage: Stage, account: str) -> None:
    trip(stage, f"Use {account} {OPENS}", "continue", account=account)


def accept(stage: Stage, account: str) -> None:
    trip(stage, "Open Google's page", "continue", account=account)


def accept_and_cancel(stage: Stage, account: str) -> None:
    trip(stage, "Open Google's page", "cancel", account=account)


def book_and_accept(stage: Stage, account: str) -> None:
    """Book leads to Google's page, and that one straight back."""
    meets(stage, "continue", account=account)
    stage.tab.goes(stage.tab.button("Book"), AnyPage)


def book_and_leave(stage: Stage) -> None:
    """Book, and leave Google's page as it is."""
    stage.tab.goes(stage.tab.button("Book"), AnyPage)


def book_unsent(stage: Stage) -> None:
    """Book where nothing is sent to Google, so that its page does not open."""
    stage.tab.goes(stage.tab.button("Book"), AnyPage)


def check_signed_out(stage: Stage) -> None:
    stage.tab.goes(stage.tab.link("Check that I am signed out").first, SignOutPage)


def google_says(stage: Stage, account: str) -> None:
    """Google's pages with every box, as a person presses through them: chooser, who you are, permissions."""
    page = stage.tab.page
    if page.get_by_role("heading", name=SignIn.HEADING, exact=True).is_visible():
        SignIn(stage.tab).signs_in_as(account, AnyPage)
    elif page.get_by_role("heading", name=ChooseAccount.HEADING, exact=True).is_visible():
        ChooseAccount(stage.tab).chooses(account, AnyPage)
    if stage.tab.heading(WhoYouAre).is_visible():
        WhoYouAre(stage.tab).continues(AnyPage)
    consent = Permissions(stage.tab)
    if (everything := consent.box("Select all")).is_visible():
        everything.check()
    consent.continues(AnyPage)


def look_at_everything(stage: Stage) -> None:
    open_fix(stage)
    follow(stage, "Look at everything again")


def answer_again(stage: Stage) -> None:
    stage.opens(stage.answers[-1], AnyPage)


def trip(stage: Stage, link: str, does: str, **given: str) -> None:
    """To Google and back, where a person who does so is waiting in front of its pages."""
    meets(stage, does, **given)
    stage.tab.goes(stage.tab.link(link).first, AnyPage)


def meets(stage: Stage, does: str, **given: str) -> None:
    address = f"{stage.google_url}/_world/person"
    requests.post(address, json={"does": does, **given}, timeout=5).raise_for_status()


ROOM: Final[dict[str, Callable[..., None]]] = {
    "open step {number}": open_step,
    "open the hub": open_hub,
    "open the record": open_record,
    "open What went wrong": open_fix,
    "open the overview": open_overview,
    "open the address {path}": open_address,
    "open her page {name}": open_her_page,
    "sit down at {computer}": sit_down,
    "set up {person}": turn_to,
    "just check {person}": just_check,
    "check now": check_now,
    "come back to the wizard": come_back,
    "press '{words}'": press,
    "follow '{words}'": follow,
    "connect the checker as {account}": connect,
    "connect the checker again as {account}": connect_again,
    "connect the checker as {account} and press Cancel": connect_and_cancel,
    "connect the checker as {account} and leave the box of {box} empty": connect_without_box,
    "go to connect the checker": connect_and_stay,
    "ask again as {account}": ask_again,
    "ask again, when that is done, as {account}": ask_again_when_done,
    "tell that Google showed '{page}'": tell_of,
    "use {account} instead": use,
    "accept as {account}": accept,
    "accept as {account} and press Cancel": accept_and_cancel,
    "book and accept as {account}": book_and_accept,
    "book and leave Google's page": book_and_leave,
    "book": book_unsent,
    "check that I am signed out": check_signed_out,
    "at Google's page, let {account} continue": google_says,
    "look at everything again": look_at_everything,
    "open Google's last answer once more": answer_again,
}
