"""Sign-in: nobody is in who did not sign in, what was asked for is kept, and a lost password is no dead end."""

from collections.abc import Callable
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, expect

from e2e import own
from e2e.desk import Clinic
from e2e.launcher import Installation
from e2e.pages.entering import AdministratorsPage, ChoosePasswordPage, SignInPage
from e2e.pages.start import StartPage
from e2e.pages.step import CreateCalendarPage
from e2e.pages.tab import AnyPage, Tab
from e2e.seeing import Seeing


@pytest.fixture
def closed(own_installation: Installation, new_context: Callable[..., BrowserContext], seeing: Seeing) -> Clinic:
    """A clinic in service at whose desks nobody is signed in."""
    own.open_clinic(own_installation.app, own_installation.world.now())
    seeing.lets_by("status of 4")
    return Clinic(own_installation, new_context, seeing)


@pytest.mark.parametrize("javascript", [True, False])
def test_what_was_asked_for_opens_after_the_sign_in(closed: Clinic, javascript: bool) -> None:
    desk = closed.desk(javascript=javascript)

    form = desk.opens("/overview", SignInPage)
    form = form.signs_in(own.DANA, "a wrong pass phrase", SignInPage)
    expect(form.problems).to_contain_text("This e-mail and this password do not belong together.")
    page = form.signs_in(own.DANA, own.PASSWORD, AnyPage)

    expect(page.heading).to_have_text("Who is set up, and where")
    assert urlsplit(page.tab.page.url).path == "/overview"


def test_an_idle_sign_in_ends_and_leads_back_to_the_very_step(closed: Clinic) -> None:
    desk = closed.desk()
    start = desk.opens("/", SignInPage).signs_in(own.DANA, own.PASSWORD, StartPage)
    step = start.chooses("Maria Lopez").calls_the_computer("Front desk 1").continues(CreateCalendarPage)
    closed.installation.world.clock.advance(timedelta(minutes=16).total_seconds())

    form = step.tab.reloads(SignInPage)
    expect(form.tab.page.get_by_text("Your sign-in has ended. Sign in again, your progress is kept.")).to_be_visible()
    step = form.signs_in(own.DANA, own.PASSWORD, CreateCalendarPage)

    expect(step.tab.page.get_by_role("main")).to_contain_text("Maria Lopez on Front desk 1")


def test_before_an_idle_sign_in_ends_one_press_keeps_it(closed: Clinic) -> None:
    desk = closed.desk()
    tab = desk.new_tab()
    tab.page.clock.install()
    start = tab.visits(f"{closed.installation.url}/", SignInPage).signs_in(own.DANA, own.PASSWORD, StartPage)
    asked = tab.page.get_by_role("dialog", name="Are you still here?")
    passes(closed, tab, minutes=11)
    expect(asked).to_be_hidden()

    passes(closed, tab, minutes=2)
    expect(asked).to_contain_text("your sign-in ends in 2 minutes")
    expect(asked.get_by_role("heading")).to_be_focused()
    with tab.page.expect_response("**/account/stay") as kept:
        tab.presses(tab.button("Stay signed in"))
    assert kept.value.status == 204
    expect(asked).to_be_hidden()

    passes(closed, tab, minutes=10)
    start = start.tab.reloads(StartPage)
    assert start.tab.page.url.endswith("/")


def passes(clinic: Clinic, tab: Tab, minutes: int) -> None:
    """In the world and in the page, which has a clock of its own."""
    clinic.installation.world.clock.advance(timedelta(minutes=minutes).total_seconds())
    tab.page.clock.fast_forward(minutes * 60 * 1000)


def test_another_administrator_comes_in_by_a_link(closed: Clinic) -> None:
    desk, office = closed.desk(), closed.desk("Office", phone=True, dark=True)
    start = desk.opens("/", SignInPage).signs_in(own.DANA, own.PASSWORD, StartPage)
    account = start.tab.goes(start.tab.link("Account"), AnyPage)
    link = account.tab.goes(account.tab.link("Administrators"), AdministratorsPage).adds(
        "Lee Moss", "lee@cedar.example"
    )

    office.opens(urlsplit(link).path, ChoosePasswordPage).chooses_password("seven tall pine trees")

    again = office.opens(urlsplit(link).path, AnyPage)
    expect(again.heading).to_have_text("This link has ended")


def test_every_page_of_an_administrator(own_clinic: Clinic) -> None:
    tab = own_clinic.desk(phone=True).new_tab()

    for path in ("/account", "/account/administrators", "/account/password", "/account/clinic", "/people/add"):
        tab.visits(own_clinic.installation.url + path, AnyPage)
    expect(tab.visits(f"{own_clinic.installation.url}/account", AnyPage).main).to_contain_text(
        "The permission of PIMSY Calendar Integration, which writes, belongs to PIMSY"
    )
    for path in ("/sign-in/forgotten", "/sign-in"):
        tab.visits(own_clinic.installation.url + path, AnyPage)
