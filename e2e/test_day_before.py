"""The day before: what an administrator does alone, so that the round at the desks is short."""

from playwright.sync_api import expect

from e2e.desk import Clinic
from e2e.pages.google import Permissions, SignIn, WhoYouAre
from e2e.pages.people import OverviewPage
from e2e.pages.round import DayBeforePage
from e2e.pages.step import CreateCalendarPage, PersonnelFolderPage

SAMS = "sam@clinic.example"


def test_what_is_prepared_the_day_before_is_there_at_the_desk(clinic: Clinic) -> None:
    clinic.seeing.lets_by("status of 422")
    office = clinic.desk("Front desk 1")
    office.prepares("Joe Hale").begins()
    day = office.opens("/overview", OverviewPage).prepares_the_day_before(DayBeforePage)

    day = day.turns_on_the_setting()
    expect(day.setting).to_contain_text("Verified")
    day.account("Sam Reed").fill("maria@clinic.example")
    day.saved("Sam Reed").check()
    day.account("Ana Brook").fill("ana at the clinic")
    day = day.saves_the_list()
    expect(day.problems).to_contain_text("There are 3 things to change")
    expect(day.problems).to_be_focused()
    expect(day.account("Ana Brook")).to_have_value("ana at the clinic")
    expect(day.saved("Sam Reed")).to_be_checked()
    day.account("Sam Reed").fill(f" {SAMS} ")
    day.account("Ana Brook").fill("")
    day = day.saves_the_list()
    expect(day.saved("Sam Reed")).to_be_checked()
    expect(day.account("Sam Reed")).to_have_value(SAMS)
    day.copies_the_address_of("Sam Reed")
    expect(day.tab.page.locator("#live")).to_have_text("Copied")
    assert day.tab.page.evaluate("navigator.clipboard.readText()") == SAMS
    expect(day.main).to_contain_text("4 people, 1 desk: 4 rounds.")

    sheets = day.prints_the_sheets()
    expect(sheets.sheet("Sam Reed")).to_contain_text("Front desk 1")
    expect(sheets.sheet("Front desk 1")).to_contain_text("Sam Reed")

    sam = office.prepares("Sam Reed", SAMS).begins()
    consent = sam.opens(CreateCalendarPage).connects(SignIn).signs_in_as(SAMS, WhoYouAre).continues(Permissions)
    step = consent.ticks("Select all").continues(CreateCalendarPage)
    expect(step.verdict).to_contain_text(f"PIMSY Calendar in {SAMS}")
    sam.connects_and_creates_the_calendar()
    folder = sam.opens(PersonnelFolderPage)
    expect(folder.verdict).to_contain_text(f"Sam's folder names {SAMS}, who owns the calendar.")
    expect(folder.verdict).to_contain_text("Verified")


def test_by_hand_it_is_told_line_by_line_without_a_script(own_clinic: Clinic) -> None:
    office = own_clinic.desk("Front desk 1", javascript=False)
    office.prepares("Joe Hale", practice="by hand").begins()
    day = office.opens("/overview/day-before", DayBeforePage).says_the_setting_is_saved()

    expect(day.setting).to_contain_text("Not checked – you said it is done")
    day.account("Sam Reed").fill(SAMS)
    day.saved("Sam Reed").check()
    day.saved("Joe Hale").check()
    day = day.saves_the_list()
    day.account("Joe Hale").fill("joe.hale@clinic.example")
    day = day.saves_the_list()

    expect(day.main).to_contain_text("The address changed, so the tick was taken away: Joe Hale.")
    expect(day.saved("Joe Hale")).not_to_be_checked()
    expect(day.saved("Sam Reed")).to_be_checked()
    sam = office.prepares("Sam Reed", SAMS, practice="by hand").up_to("enable-setting")
    expect(sam.opens(PersonnelFolderPage).verdict).to_contain_text("Not checked – you said it is done")
