"""Three short roads: just check what works already, go on though nobody looks, look once at what Google now holds."""

from playwright.sync_api import expect

from e2e.desk import Clinic, Desk
from e2e.fake_google import World
from e2e.pages.google import ChooseAccount, Permissions, SignIn, WhoYouAre
from e2e.pages.people import HubPage, OverviewPage, RecordPage, TitlePage, WithoutCheckerPage
from e2e.pages.step import (
    AcceptPage,
    CreateCalendarPage,
    EnableSettingPage,
    PersonnelFolderPage,
    SignOutPage,
    TestAppointmentPage,
)

MARIA, SAM = "maria@clinic.example", "sam@clinic.example"


def test_what_works_already_is_just_checked(clinic: Clinic, world: World) -> None:
    desk = clinic.desk()
    world.adds_calendar(MARIA, "PIMSY Calendar")
    joe = desk.prepares("Joe Hale").begins()
    joe.turns_on_the_setting()
    maria = desk.prepares("Maria Lopez").begins()
    maria.saves_the_folder()

    step = desk.opens_the_wizard().chooses("Maria Lopez").just_checks(CreateCalendarPage)
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

    title = desk.opens_the_wizard().chooses("Joe Hale").continues(TitlePage)
    expect(title.main).to_contain_text("Joe Hale is next.")
    title = title.asks_for_the_title()
    expect(title.main).to_contain_text("John Doe, depression, 828-555-0142")
    expect(title.main).to_contain_text(
        "It seems to hold a person's name, a telephone number, a word as in a diagnosis."
    )
    title = title.says_it_shows_a_client()
    expect(title.main).to_contain_text("Dana Hill said today 10:0")
    expect(title.main).not_to_contain_text("John Doe")
    hub = title.goes_on_with("Joe Hale", HubPage)
    expect(hub.heading).to_have_text("Joe Hale on Front desk 1: 1 of 6")


def proves_without_looking(desk: Desk) -> None:
    """All six of Maria's steps; the look at the title is the story."""
    maria = desk.prepares("Maria Lopez").up_to("accept")
    maria.installation.google.accepts(maria.account)
    desk.context.request.get(f"{desk.installation.url}/google/connect/{maria.id}/integration")
    maria.installation.delivers()
    maria.looks_again("accept")
