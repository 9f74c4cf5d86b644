"""A clinic with its own PIMSY: what is done there by hand, told here, and proved by the appointment that arrives."""

from playwright.sync_api import expect

from e2e.desk import Clinic
from e2e.fake_google import World
from e2e.pages.google import Permissions, SignIn, WhoYouAre
from e2e.pages.google_account import NewCalendar, SignedOut
from e2e.pages.people import FixPage, OverviewPage, RecordPage
from e2e.pages.step import (
    AcceptPage,
    BookedTimePage,
    CreateCalendarPage,
    EnableSettingPage,
    PersonnelFolderPage,
    SignOutPage,
    TestAppointmentPage,
)

MARIA, JOE = "maria@clinic.example", "joe@clinic.example"
DAY = "2026-11-24"


def pimsy_writes(world: World, account: str, start: str, end: str) -> None:
    """What PIMSY leaves on Google: no mark of ours, a title of its own."""
    moments = {side: {"dateTime": f"{DAY}T{at}:00-05:00"} for side, at in (("start", start), ("end", end))}
    world.adds_event(account, "PIMSY Calendar", {"summary": "T.C.", **moments})


def test_maria_is_set_up_with_her_clinic_s_own_pimsy_on_a_telephone(own_clinic: Clinic) -> None:
    desk = own_clinic.desk(phone=True)
    start = desk.opens_the_wizard().chooses("Maria Lopez").calls_the_computer("Front desk 1")

    consent = start.continues(CreateCalendarPage).connects(SignIn).signs_in_as(MARIA, WhoYouAre).continues(Permissions)
    step = consent.ticks("Select all").continues(CreateCalendarPage)
    step.copies_the_name()
    step.opens_google_calendar(NewCalendar).pastes_and_creates().tab.closes()
    expect(step.verdict).to_contain_text("Found PIMSY Calendar in maria@clinic.example.")
    out = step.continues(SignOutPage)
    out.opens_googles_sign_out(SignedOut).tab.closes()
    setting = out.checks_that_she_is_signed_out().continues(EnableSettingPage)

    expect(setting.tab.page.get_by_role("img", name="System Settings")).to_be_visible()
    expect(setting.main).to_contain_text("From here on PIMSY may send real appointments to Google.")
    folder = setting.says_it_is_saved(PersonnelFolderPage)
    expect(folder.tab.page.get_by_label("Google account")).to_have_value(MARIA)
    expect(folder.tab.page.get_by_role("img", name="User Personnel Folder")).to_contain_text(MARIA)
    booking = folder.says_it_is_saved(TestAppointmentPage)
    expect(booking.main).to_contain_text("User: Maria Lopez (not you).")
    drawn = booking.tab.page.get_by_role("img", name="My SAL Calendar")
    expect(drawn).to_contain_text("Tuesday Nov 24")
    expect(drawn).to_contain_text("6:10 AM")

    accept = booking.says_it_is_booked(AcceptPage)
    expect(accept.verdict).to_contain_text("Waiting for the 6:10 appointment in PIMSY Calendar.")
    expect(accept.main).to_contain_text("Go to the page that PIMSY opened")
    expect(accept.tab.link("Open Google's page")).to_have_count(0)
    pimsy_writes(own_clinic.installation.world, MARIA, "06:10", "06:20")
    accept.checks_now()
    expect(accept.verdict).to_contain_text("The appointment of Front desk 1's time arrived at 10:0")

    record = accept.continues(RecordPage)
    for row in ("3. Turn on the setting", "4. Name the Google account", "5. Book a test appointment"):
        expect(record.row(row)).to_contain_text("proved by the appointment of 6:10")
    expect(record.main).to_contain_text("We see what arrives, not what PIMSY did not send.")
    overview = desk.opens("/overview", OverviewPage)
    expect(overview.cell("Maria Lopez", "Front desk 1")).to_contain_text("Verified")


def test_pimsy_takes_another_time_and_no_page_opens(own_clinic: Clinic) -> None:
    own_clinic.seeing.lets_by("status of 422")
    desk = own_clinic.desk()
    maria = desk.prepares("Maria Lopez", practice="by hand").up_to("test-appointment")
    other = own_clinic.desk("Front desk 2").prepares("Maria Lopez", practice="by hand")
    other.begins()

    typed = maria.opens(TestAppointmentPage).types_the_time()
    typed = typed.types("06:20", BookedTimePage)
    expect(typed.problems).to_contain_text("Tuesday Nov 24, 6:20 AM belongs to Front desk 2.")
    expect(typed.problems).to_be_focused()
    expect(typed.tab.page).to_have_title("Error: The time you booked")
    accept = typed.types("07:45", AcceptPage, page=False)
    expect(accept.verdict).to_contain_text("No Google page opened. We look for the appointment all the same.")

    pimsy_writes(own_clinic.installation.world, MARIA, "07:45", "07:55")
    accept.checks_now()
    expect(accept.verdict).to_contain_text("It arrived without a new permission: PIMSY already had one.")
    booking = accept.goes_back_a_step(TestAppointmentPage)
    expect(booking.verdict).to_contain_text("Booked for Tuesday Nov 24, 7:45 AM.")


def test_who_cannot_open_the_administration_tells_dana(own_clinic: Clinic) -> None:
    desk = own_clinic.desk()
    setting = desk.prepares("Maria Lopez", practice="by hand").up_to("enable-setting").opens(EnableSettingPage)

    told = setting.tells("Dana")
    expect(told.main).to_contain_text("It stands on Dana's overview now.")

    overview = own_clinic.desk("Dana's office").opens("/overview", OverviewPage)
    expect(overview.main).to_contain_text("Maria Lopez has no Administration menu: Turn on the setting")


def test_nothing_of_it_needs_a_script(own_clinic: Clinic) -> None:
    own_clinic.seeing.lets_by("status of 422")
    desk = own_clinic.desk(javascript=False)
    setting = desk.prepares("Joe Hale", practice="by hand").up_to("enable-setting").opens(EnableSettingPage)

    booking = setting.says_it_is_saved(PersonnelFolderPage).says_it_is_saved(TestAppointmentPage)
    typed = booking.types_the_time().types("", BookedTimePage)
    expect(typed.problems).to_contain_text("Type the time as in 6:10 AM")
    accept = typed.types("06:45", AcceptPage)
    pimsy_writes(own_clinic.installation.world, JOE, "06:45", "06:55")
    accept = accept.checks_without_script(AcceptPage)

    expect(accept.verdict).to_contain_text("The appointment of Front desk 1's time arrived at 10:0")


def test_what_pimsy_was_given_cannot_be_seen_so_a_new_test_appointment_proves_the_repair(own_clinic: Clinic) -> None:
    desk = own_clinic.desk()
    maria = desk.prepares("Maria Lopez", practice="by hand").up_to("accept")
    accept = maria.opens(AcceptPage)
    pimsy_writes(own_clinic.installation.world, MARIA, "06:10", "06:20")
    accept.checks_now()
    expect(accept.verdict).to_contain_text("arrived at 10:0")

    fix = desk.opens(f"{maria.path}/fix", FixPage)
    expect(fix.main).to_contain_text("cannot be seen: PIMSY holds this permission, not this wizard")
    fix = fix.says_it_is_removed()
    expect(fix.computer("Front desk 1 (this computer)")).to_contain_text("a new test appointment proves it")
    booking = fix.books_a_new_test_here(TestAppointmentPage)
    expect(booking.main).to_contain_text("6:20 AM")
    accept = booking.says_it_is_booked(AcceptPage)
    own_clinic.installation.world.clock.advance(600)
    pimsy_writes(own_clinic.installation.world, MARIA, "06:20", "06:30")
    accept.checks_again()
    expect(accept.verdict).to_contain_text("The appointment of Front desk 1's time arrived at 10:1")

    fix = desk.opens(f"{maria.path}/fix", FixPage)
    expect(fix.computer("Front desk 1 (this computer)")).to_contain_text(
        "Verified – a new test appointment arrived 10:1"
    )
