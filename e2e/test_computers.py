"""Which computer a browser is: a telephone that is none, a name that comes back by a bookmark, digits to read out."""

import re

from playwright.sync_api import expect

from e2e.desk import Clinic
from e2e.fake_google import World
from e2e.pages.desk import DeskPage
from e2e.pages.people import AccountPage
from e2e.pages.step import CreateCalendarPage
from e2e.pages.tab import AnyPage

MARIA = "maria@clinic.example"


def test_a_telephone_does_step_1_and_says_where_the_rest_is_done(clinic: Clinic, world: World) -> None:
    world.adds_calendar(MARIA, "PIMSY Calendar")
    start = clinic.desk("Maria's phone", phone=True).opens_the_wizard().chooses("Maria Lopez")

    step = start.says_it_is_a_phone(CreateCalendarPage)
    clinic.installation.google.accepts(MARIA)
    step = step.connects(CreateCalendarPage)
    done = step.continues(AnyPage)

    expect(done.heading).to_have_text("Maria Lopez on Maria's phone: step 1 only")
    expect(done.main).to_contain_text("The rest is done at each computer PIMSY is used on.")
    expect(done.tab.page.get_by_label("The address to type there")).to_have_value(clinic.installation.url)


def test_without_scripts_a_bookmark_brings_the_name_back(clinic: Clinic) -> None:
    desk = clinic.desk("Front desk 1", javascript=False)
    desk.prepares("Maria Lopez").begins()
    account = desk.opens("/account", AccountPage)
    account.tab.page.get_by_text("This browser forgets the name again and again").click()
    address = account.tab.page.get_by_label("Bookmark this address").input_value()

    desk.context.clear_cookies(name="wizard_workstation")
    start = account.tab.visits(address, DeskPage)

    expect(start.tab.heading(DeskPage)).to_have_text("Front desk 1: who is next")


def test_an_administrator_has_digits_to_read_out_for_each_computer(clinic: Clinic) -> None:
    for name in ("Front desk 1", "Front desk 2"):
        clinic.desk(name).prepares("Maria Lopez").begins()
    account = clinic.desk("Office").opens("/account", AccountPage)

    account = account.tab.goes(account.tab.button("Show the digits of Front desk 2"), AccountPage)

    row = account.tab.page.get_by_role("row", name=re.compile("Front desk 2"))
    expect(row).to_contain_text(re.compile(r"\d{3} \d{3}"))
    expect(row).to_contain_text("good once, until 11:0")
    expect(account.tab.button("Show the digits of Front desk 1")).to_be_visible()
