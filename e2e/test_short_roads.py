"""Three short roads: just check what works already, go on though nobody looks, look once at what Google now holds."""

import re

from playwright.sync_api import expect

from e2e.desk import Clinic, Desk
from e2e.fake_google import World
from e2e.pages.desk import DeskPage
from e2e.pages.google import ChooseAccount, Permissions, SignIn, WhoYouAre
from e2e.pages.people import OverviewPage, RecordPage, TitlePage, WithoutCheckerPage
from e2e.pages.step import (
    AcceptPage,
    CreateCalendarPage,
    EnableSettingPage,
    PersonnelFolderPage,
    SignOutPage,
    TestAppointmentPage,
)

MARIA, SAM = "maria@clinic.example", "sam@clinic.example"
TEN_MINUTES = {
    "summary": "T.C.",
    "start": {"dateTime": "2026-11-24T06:10:00-05:00"},
    "end": {"dateTime": "2026-11-24T06:20:00-05:00"},
}


def test_what_works_already_is_just_checked(clinic: Clinic, world: World) -> None:
    desk = clinic.desk()
    world.adds_calendar(MARIA, "PIMSY Calendar")
    joe = desk.prepares("Joe Hale").begins()
    joe.turns_on_the_setting()
    maria = desk.prepares("Maria Lopez").begins()
    maria.saves_the_folder()

    step = desk.opens("/", DeskPage).just_checks("Maria Lopez", CreateCalendarPage)
    expect(step.main).to_contain_text("You only check what works already: connect, book, read.")
    consent = step.connects(SignIn).signs_in_as(MARIA, WhoYouAre).continues(Permissions)
    step = consent.ticks("Select all").continues(CreateCalendarPage)
    expect(step.verdict).to_contain_text("Found PIMSY Calendar in maria@clinic.example.")

    booking = step.continues(TestAppointmentPage)
    consent = booking.books(ChooseAccount).chooses(MARIA, WhoYouAre).continues(Permissions)
    accept = consent.continues(AcceptPage)
    expect(accept.verdict).to_contain_text("The appointment of Front desk 1's time arrived at 10:0")

    record = accept.continues(RecordPage)
    expect(record.heading).to_have_text("Maria Lopez on Front desk 1: what was seen")
    expect(record.row("2. Sign out of Google")).to_contain_text("Not checked – not needed here")
    expect(record.row("6. Accept on Google's page")).to_contain_text("Verified")
    overview = desk.opens("/overview", OverviewPage)
    expect(overview.cell("Maria Lopez", "Front desk 1")).to_contain_text("Not checked – left out: step 2")


def test_nobody_looks_and_every_page_says_so(clinic: Clinic, world: World) -> None:
    desk = clinic.desk()
    world.adds_calendar(SAM, "PIMSY Calendar")
    step = desk.opens_the_wizard().chooses("Sam Reed").calls_the_computer("Front desk 1").continues(CreateCalendarPage)
    asked = step.goes_without_the_checker(WithoutCheckerPage)
    expect(asked.main).to_contain_text("Nobody looks then. You look yourself in step 6.")
    asked.tab.page.get_by_label("Sam's Google e-mail").fill(SAM)
    step = asked.goes_on(CreateCalendarPage)
    expect(step.verdict).to_contain_text("Not checked – cannot be seen")

    out = step.says_it_is_created(SignOutPage)
    expect(out.verdict).to_contain_text("Not checked – cannot be seen")
    setting = out.says_she_has_signed_out(EnableSettingPage)
    folder = setting.form.sets_the_sync("True", EnableSettingPage).continues(PersonnelFolderPage)
    folder = folder.form.saves(PersonnelFolderPage)
    expect(folder.verdict).to_contain_text("Not checked – you said it is done")
    booking = folder.continues(TestAppointmentPage)
    consent = booking.books(SignIn).signs_in_as(SAM, WhoYouAre).continues(Permissions)
    accept = consent.ticks("Select all").continues(AcceptPage)
    expect(accept.verdict).to_contain_text("Open Google Calendar. Is it there, Tuesday Nov 24, 6:10 AM?")

    accept = accept.does_not_see_it()
    expect(accept.verdict).to_contain_text("You do not see the 6:10 appointment in Google Calendar.")
    expect(accept.card).to_have_text("card 29")
    record = accept.sees_it_now(RecordPage)
    expect(record.heading).to_have_text("Sam Reed on Front desk 1: what you said")
    expect(record.main).to_contain_text("Nobody looked.")
    expect(record.row("6. Accept on Google's page")).to_contain_text("Not checked – you said it is done")
    overview = desk.opens("/overview", OverviewPage)
    expect(overview.cell("Sam Reed", "Front desk 1")).to_contain_text("Not checked – you said it is done")
    clinic.installation.delivers()
    assert len(world.events_in(SAM, "PIMSY Calendar")) == 1

    again = desk.opens(f"/setup/{sam_of(record)}/create-calendar", CreateCalendarPage)
    consent = again.connects(ChooseAccount).chooses(SAM, WhoYouAre).continues(Permissions)
    step = consent.ticks("Select all").continues(CreateCalendarPage)
    expect(step.verdict).to_contain_text("Found PIMSY Calendar in sam@clinic.example.")
    accept = desk.opens(f"/setup/{sam_of(record)}/accept", AcceptPage)
    accept.checks_now()
    expect(accept.verdict).to_contain_text("The appointment of Front desk 1's time arrived at 10:0")


def sam_of(record: RecordPage) -> str:
    return record.tab.page.url.split("/")[-2]


def test_the_round_waits_for_a_look_at_what_google_now_holds(clinic: Clinic, world: World) -> None:
    desk = clinic.desk()
    proves_without_looking(desk)
    [event] = world.events_in(MARIA, "PIMSY Calendar")
    world.retitles_event(MARIA, "PIMSY Calendar", event["id"], "John Doe, depression, 828-555-0142")

    title = desk.opens("/", DeskPage).sets_up("Joe Hale", TitlePage)
    expect(title.main).to_contain_text("Joe Hale is next.")
    title = title.asks_for_the_title()
    expect(title.main).to_contain_text("John Doe, depression, 828-555-0142")
    expect(title.main).to_contain_text("It seems to hold a person's name, a telephone number, a word from a diagnosis.")
    title = title.says_it_shows_a_client()
    expect(title.main).to_contain_text("Dana Hill said today 10:0")
    expect(title.main).not_to_contain_text("John Doe")
    start = title.goes_on_with("Joe Hale", DeskPage)
    expect(start.main).to_contain_text("5 left, next: Create the calendar in Google.")


def proves_without_looking(desk: Desk) -> None:
    """All six of Maria's steps; the look at the title is the story."""
    maria = desk.prepares("Maria Lopez").up_to("accept")
    maria.installation.google.accepts(maria.account)
    desk.context.request.get(f"{desk.installation.url}/google/connect/{maria.id}/integration")
    maria.installation.delivers()
    maria.looks_again("accept")


def test_the_clinic_s_own_pimsy_is_just_checked(own_clinic: Clinic, world: World) -> None:
    desk = own_clinic.desk()
    world.adds_calendar(MARIA, "PIMSY Calendar")
    start = desk.opens_the_wizard().chooses("Maria Lopez").calls_the_computer("Front desk 1")

    step = start.just_checks(CreateCalendarPage)
    consent = step.connects(SignIn).signs_in_as(MARIA, WhoYouAre).continues(Permissions)
    step = consent.ticks("Select all").continues(CreateCalendarPage)
    booking = step.continues(TestAppointmentPage)
    expect(booking.main).to_contain_text("Tuesday Nov 24, 6:10 AM, 10 minutes")
    accept = booking.tab.goes(booking.tab.button("Booked, and no page opened"), AcceptPage)
    world.clock.advance(5)
    world.adds_event(MARIA, "PIMSY Calendar", TEN_MINUTES)
    accept.checks_now()
    expect(accept.verdict).to_contain_text("It arrived without a new permission")

    record = accept.continues(RecordPage)
    expect(record.row("3. Turn on the setting")).to_contain_text("proved by the appointment of 6:10")
    expect(record.row("2. Sign out of Google")).to_contain_text("Not checked – not needed here")
    expect(record.main).to_contain_text("We see what arrives, not what PIMSY did not send.")
    expect(record.tidying).to_contain_text("Delete the test appointment in PIMSY.")
    record.unfolds("See it on your phone")
    expect(record.main).to_contain_text("Appointments now show from anywhere")
    record.unfolds("Copy a report for support")
    expect(record.tab.page.get_by_label("Five lines to read out")).to_have_value(
        re.compile("Own PIMSY. Checker: given")
    )


def test_with_its_own_pimsy_all_six_read_that_she_said_so(own_clinic: Clinic) -> None:
    desk = own_clinic.desk(phone=True)
    start = desk.opens_the_wizard().chooses("Maria Lopez").calls_the_computer("Front desk 1")
    step = start.continues(CreateCalendarPage).goes_without_the_checker(WithoutCheckerPage).goes_on(CreateCalendarPage)
    setting = step.says_it_is_created(SignOutPage).says_she_has_signed_out(EnableSettingPage)
    folder = setting.tab.goes(setting.tab.button("I have saved it"), PersonnelFolderPage)
    booking = folder.tab.goes(folder.tab.button("I have saved it"), TestAppointmentPage)
    accept = booking.tab.goes(booking.tab.button("Booked, and it is open"), AcceptPage)
    expect(accept.verdict).to_contain_text("Open Google Calendar. Is it there, Tuesday Nov 24, 6:10 AM?")
    record = accept.says_she_sees_it(RecordPage)
    expect(record.main.get_by_text("– you said it is done")).to_have_count(6)
    expect(record.main.get_by_text("Verified", exact=True)).to_have_count(0)
