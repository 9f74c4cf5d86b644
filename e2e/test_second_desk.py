"""Every computer has to be authorized by itself: what the first one proved proves nothing at the second."""

from playwright.sync_api import expect

from e2e.desk import Clinic
from e2e.fake_google import World
from e2e.pages.google import ChooseAccount, Permissions, SignIn, WhoYouAre
from e2e.pages.google_account import SignedOut
from e2e.pages.people import HubPage, OverviewPage, RecordPage
from e2e.pages.step import AcceptPage, CreateCalendarPage, PersonnelFolderPage, SignOutPage, TestAppointmentPage

MARIA, JOE = "maria@clinic.example", "joe@clinic.example"


def test_a_second_computer_asks_for_three_steps_and_is_proven_by_its_own(clinic: Clinic, world: World) -> None:
    clinic.desk("Front desk 1").prepares("Maria Lopez").up_to("record")
    second = clinic.desk("Front desk 2")

    start = second.opens_the_wizard().chooses("Maria Lopez").calls_the_computer("Front desk 2")
    out = start.continues(SignOutPage)
    expect(out.main).to_contain_text("Maria Lopez on Front desk 2 · Step 2 of 6")
    expect(out.rail).to_contain_text("Create the calendar in Google Verified, Front desk 1")
    hub = out.opens_the_hub("Maria Lopez on Front desk 2", HubPage)
    expect(hub.heading).to_have_text("Maria Lopez on Front desk 2: 3 of 6")
    expect(hub.row("Accept on Google's page")).to_contain_text("Not checked – not begun")

    out = hub.continues(2, SignOutPage).checks_that_she_is_signed_out()
    expect(out.verdict).to_contain_text("maria@clinic.example is signed out on this computer")
    booking = out.continues(TestAppointmentPage)
    expect(booking.main).to_contain_text("Tuesday Nov 24, 6:20 AM, 10 minutes")

    consent = booking.books(SignIn).signs_in_as(MARIA, Permissions)
    expect(consent.main).to_contain_text(MARIA)
    accept = consent.continues(AcceptPage)
    expect(accept.verdict).to_contain_text("The appointment of Front desk 2's time arrived at 10:0")
    record = accept.continues(RecordPage)
    expect(record.heading).to_have_text("Maria Lopez is set up on Front desk 2")

    starts = [event["start"]["dateTime"] for event in world.events_in(MARIA, "PIMSY Calendar")]
    assert starts == ["2026-11-24T06:10:00-05:00", "2026-11-24T06:20:00-05:00"]


def test_another_person_at_the_same_computer_has_steps_of_her_own(clinic: Clinic, world: World) -> None:
    desk = clinic.desk("Front desk 1")
    record = desk.prepares("Maria Lopez").up_to("record").opens_the_hub().opens_the_record()
    world.adds_calendar(JOE, "PIMSY Calendar")

    step = record.goes_on_with("Joe Hale", CreateCalendarPage)
    expect(step.main).to_contain_text("Joe Hale on Front desk 1 · Step 1 of 6")
    choice = step.connects(ChooseAccount)
    expect(choice.account(MARIA)).to_be_visible()
    consent = choice.uses_another_account().signs_in_as(JOE, WhoYouAre).continues(Permissions)
    step = consent.ticks("Select all").continues(CreateCalendarPage)
    expect(step.verdict).to_contain_text("Found PIMSY Calendar in joe@clinic.example.")

    out = step.continues(SignOutPage).checks_that_she_is_signed_out()
    expect(out.verdict).to_contain_text("joe@clinic.example is still signed in here.")
    desk.opens_at_google("/Logout", SignedOut).tab.closes()
    out = out.checks_that_she_is_signed_out()
    expect(out.verdict).to_contain_text("joe@clinic.example is signed out on this computer")

    folder = out.continues(PersonnelFolderPage).form.saves(PersonnelFolderPage)
    expect(folder.verdict).to_contain_text("Joe's folder names joe@clinic.example")
    booking = folder.continues(TestAppointmentPage)
    consent = booking.books(ChooseAccount).chooses(JOE, WhoYouAre).continues(Permissions)
    accept = consent.continues(AcceptPage)
    expect(accept.verdict).to_contain_text("arrived at 10:0")
    expect(accept.verdict).to_contain_text("in PIMSY Calendar of joe@clinic.example")

    overview = desk.opens("/overview", OverviewPage)
    expect(overview.main).to_contain_text("2 of 4 done.")
    expect(overview.cell("Joe Hale", "Front desk 1")).to_contain_text("Verified")
    assert len(world.events_in(MARIA, "PIMSY Calendar")) == len(world.events_in(JOE, "PIMSY Calendar")) == 1
