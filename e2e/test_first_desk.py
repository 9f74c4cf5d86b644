"""Maria's first computer: from nothing to an appointment that was read back by a permission that cannot write."""

from playwright.sync_api import expect

from e2e.desk import Clinic
from e2e.fake_google import World
from e2e.pages.google import ChooseAccount, Permissions, SignIn, WhoYouAre
from e2e.pages.google_account import NewCalendar, SignedOut
from e2e.pages.people import OverviewPage, RecordPage
from e2e.pages.step import (
    AcceptPage,
    CreateCalendarPage,
    EnableSettingPage,
    PersonnelFolderPage,
    SignOutPage,
    TestAppointmentPage,
)

MARIA = "maria@clinic.example"


def test_maria_is_set_up_on_her_first_computer(clinic: Clinic, world: World) -> None:
    desk = clinic.desk()
    start = desk.opens_the_wizard().chooses("Maria Lopez").calls_the_computer("Front desk 1")

    step = start.continues(CreateCalendarPage)
    expect(step.main).to_contain_text("Maria Lopez on Front desk 1 · Step 1 of 6 · once per person")
    expect(step.main).to_contain_text("Google asks twice today")
    expect(step.verdict).to_contain_text("Not checked – not begun")

    who = step.connects(SignIn).signs_in_as(MARIA, WhoYouAre)
    consent = who.continues(Permissions)
    expect(consent.main).to_contain_text(MARIA)
    step = consent.ticks("Select all").continues(CreateCalendarPage)
    expect(step.verdict).to_contain_text("Waiting")
    expect(step.verdict).to_contain_text("We do not see PIMSY Calendar in maria@clinic.example yet.")

    step.copies_the_name()
    step.opens_google_calendar(NewCalendar).pastes_and_creates().tab.closes()
    expect(step.verdict).to_contain_text("Found PIMSY Calendar in maria@clinic.example.")
    expect(step.verdict).to_contain_text("A Workspace account of clinic.example.")

    out = step.continues(SignOutPage)
    out.opens_googles_sign_out(SignedOut).tab.closes()
    out = out.checks_that_she_is_signed_out()
    expect(out.verdict).to_contain_text("maria@clinic.example is signed out on this computer, 10:0")

    setting = out.continues(EnableSettingPage)
    expect(setting.verdict).to_contain_text("Not checked – not begun")
    setting = setting.form.sets_the_sync("True", EnableSettingPage)
    expect(setting.verdict).to_contain_text("-233 is True since 10:0")

    folder = setting.continues(PersonnelFolderPage)
    expect(folder.form.account).to_have_value(MARIA)
    folder = folder.form.saves(PersonnelFolderPage)
    expect(folder.verdict).to_contain_text("Maria's folder names maria@clinic.example, who owns the calendar.")

    booking = folder.continues(TestAppointmentPage)
    expect(booking.main).to_contain_text("Tuesday Nov 24, 6:10 AM, 10 minutes")
    choice = booking.books(ChooseAccount)
    expect(choice.account(MARIA)).to_contain_text("Signed out")
    consent = choice.chooses(MARIA, WhoYouAre).continues(Permissions)
    expect(consent.main).to_contain_text("PIMSY Calendar Integration")

    accept = consent.continues(AcceptPage)
    expect(accept.verdict).to_contain_text("The appointment of Front desk 1's time arrived at 10:0")
    expect(accept.verdict).to_contain_text("Maria accepted on this computer at 10:0")

    record = accept.continues(RecordPage)
    expect(record.heading).to_have_text("Maria Lopez is set up on Front desk 1")
    expect(record.row("1. Create the calendar in Google")).to_contain_text(
        "Found PIMSY Calendar in maria@clinic.example."
    )
    expect(record.row("6. Accept on Google's page")).to_contain_text("Maria accepted on this computer at 10:0")
    expect(record.main).to_contain_text("a permission that cannot write, today 10:0")
    expect(record.tab.page.get_by_role("complementary")).to_contain_text("Stand-in for PIMSY. This is not PIMSY.")

    overview = desk.opens("/overview", OverviewPage)
    expect(overview.main).to_contain_text("1 of 4 done.")
    expect(overview.cell("Maria Lopez", "For the person")).to_contain_text("Verified")
    expect(overview.cell("Maria Lopez", "Front desk 1")).to_contain_text("Verified")

    [event] = world.events_in(MARIA, "PIMSY Calendar")
    kept = ("summary", "visibility", "attendees", "description")
    assert [event.get(name) for name in kept] == ["PIMSY sync test", "private", None, None]
