"""The whole walk where no script runs: links, forms and pages are enough."""

from playwright.sync_api import expect

from e2e.desk import Clinic
from e2e.fake_google import World
from e2e.pages.google import ChooseAccount, Permissions, SignIn, WhoYouAre
from e2e.pages.google_account import NewCalendar, SignedOut
from e2e.pages.people import RecordPage
from e2e.pages.step import (
    AcceptPage,
    CreateCalendarPage,
    EnableSettingPage,
    PersonnelFolderPage,
    SignOutPage,
    TestAppointmentPage,
)

MARIA = "maria@clinic.example"


def test_maria_is_set_up_without_javascript(clinic: Clinic, world: World) -> None:
    desk = clinic.desk("Front desk 1", javascript=False)
    start = desk.opens_the_wizard().chooses("Maria Lopez").calls_the_computer("Front desk 1")
    step = start.continues(CreateCalendarPage)

    consent = step.connects(SignIn).signs_in_as(MARIA, WhoYouAre).continues(Permissions)
    step = consent.ticks("Select all").continues(CreateCalendarPage)
    step.opens_google_calendar(NewCalendar).creates("PIMSY Calendar").tab.closes()
    step = step.checks_without_script(CreateCalendarPage)
    expect(step.verdict).to_contain_text("Found PIMSY Calendar in maria@clinic.example.")

    out = step.continues(SignOutPage)
    out.opens_googles_sign_out(SignedOut).tab.closes()
    out = out.checks_that_she_is_signed_out()
    expect(out.verdict).to_contain_text("maria@clinic.example is signed out on this computer")

    setting = out.continues(EnableSettingPage).form.sets_the_sync("True", EnableSettingPage)
    expect(setting.verdict).to_contain_text("-233 is True since 10:0")
    folder = setting.continues(PersonnelFolderPage).form.saves(PersonnelFolderPage)
    expect(folder.verdict).to_contain_text("Maria's folder names maria@clinic.example")

    accept = folder.continues(TestAppointmentPage).books(AcceptPage)
    expect(accept.verdict).to_contain_text("Google's page has not been accepted on this computer yet.")
    who = accept.opens_googles_page(ChooseAccount).chooses(MARIA, WhoYouAre)
    accept = who.continues(Permissions).continues(AcceptPage)
    clinic.installation.delivers()
    accept = accept.checks_without_script(AcceptPage)
    expect(accept.verdict).to_contain_text("The appointment of Front desk 1's time arrived at 10:0")

    record = accept.continues(RecordPage)
    expect(record.heading).to_have_text("Maria Lopez is set up on Front desk 1")
    assert len(world.events_in(MARIA, "PIMSY Calendar")) == 1


def test_sam_says_whose_account_it_is_without_javascript(clinic: Clinic, world: World) -> None:
    world.adds_calendar("sam@clinic.example", "PIMSY Calendar")
    desk = clinic.desk("Front desk 1", javascript=False)
    step = desk.prepares("Sam Reed").begins().opens(CreateCalendarPage)

    consent = step.connects(SignIn).signs_in_as("sam@clinic.example", WhoYouAre).continues(Permissions)
    step = consent.ticks("Select all").continues(CreateCalendarPage).says_yes()

    expect(step.verdict).to_contain_text("Found PIMSY Calendar in sam@clinic.example.")
