"""Nothing done is lost: the browser is closed and opened again, a page is loaded anew, Back is pressed."""

from playwright.sync_api import expect

from e2e.desk import Clinic
from e2e.fake_google import World
from e2e.pages.computer import WhichComputerPage
from e2e.pages.desk import DeskPage
from e2e.pages.google import ChooseAccount
from e2e.pages.people import HubPage
from e2e.pages.step import AcceptPage, CreateCalendarPage, PersonnelFolderPage, SignOutPage, TestAppointmentPage

MARIA = "maria@clinic.example"


def test_a_closed_browser_goes_on_where_it_stopped(clinic: Clinic) -> None:
    before = clinic.desk("Front desk 1")
    before.prepares("Maria Lopez").up_to("personnel-folder").opens(PersonnelFolderPage)

    after = clinic.desk("Front desk 1", remembers=before.closes())
    start = after.opens("/", DeskPage)
    expect(start.tab.says("This computer is called Front desk 1.")).to_be_visible()
    folder = start.sets_up_without_handing_over("Maria", PersonnelFolderPage)

    expect(folder.rail).to_contain_text("Turn on the setting Verified")
    expect(folder.rail).to_contain_text("Sign out of Google on this computer Verified")
    folder = folder.form.saves(PersonnelFolderPage)
    expect(folder.verdict).to_contain_text("Maria's folder names maria@clinic.example")


def test_each_step_is_an_address_that_survives_reload_and_back(clinic: Clinic) -> None:
    maria = clinic.desk().prepares("Maria Lopez").up_to("enable-setting")
    out = maria.opens(SignOutPage)

    out = out.tab.reloads(SignOutPage)
    expect(out.verdict).to_contain_text("maria@clinic.example is signed out on this computer")
    step = out.goes_back_a_step(CreateCalendarPage)
    expect(step.verdict).to_contain_text("Found PIMSY Calendar in maria@clinic.example.")
    out = step.tab.goes_back(SignOutPage)
    hub = out.opens_the_hub("Maria Lopez on Front desk 1", HubPage)
    expect(hub.heading).to_have_text("Maria Lopez on Front desk 1: 2 of 6")


def test_a_step_that_is_not_reached_yet_leads_to_the_one_that_is_next(clinic: Clinic) -> None:
    maria = clinic.desk().prepares("Maria Lopez").up_to("sign-out")

    tab = maria.new_tab()
    tab.page.goto(f"{clinic.installation.url}{maria.path}/accept")

    expect(tab.shows(SignOutPage).verdict).to_contain_text("Not checked – not begun")


def test_back_from_googles_page_returns_to_the_booking_and_books_nothing_twice(clinic: Clinic, world: World) -> None:
    maria = clinic.desk().prepares("Maria Lopez").up_to("test-appointment")
    booking = maria.opens(TestAppointmentPage)

    choice = booking.books(ChooseAccount)
    booking = choice.tab.goes_back(TestAppointmentPage).tab.reloads(TestAppointmentPage)
    expect(booking.verdict).to_contain_text("Booked for Tuesday Nov 24, 6:10 AM.")
    accept = booking.continues(AcceptPage)
    clinic.installation.google.accepts(MARIA)
    accept = accept.opens_googles_page(AcceptPage)

    expect(accept.verdict).to_contain_text("arrived at 10:0")
    assert len(world.events_in(MARIA, "PIMSY Calendar")) == 1


def test_a_browser_that_forgot_its_computers_name_is_recognised(clinic: Clinic) -> None:
    clinic.seeing.lets_by("status of 422")
    clinic.desk("Front desk 1").prepares("Maria Lopez").up_to("record")

    start = clinic.desk().opens_the_wizard().chooses("Maria Lopez").calls_the_computer("Front desk 1")
    hub = start.continues(WhichComputerPage).says_it_is("Front desk 1", HubPage)

    expect(hub.heading).to_have_text("Maria Lopez on Front desk 1: 6 of 6")
