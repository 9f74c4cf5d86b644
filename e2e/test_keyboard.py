"""By keyboard alone."""

from playwright.sync_api import Locator, Page, expect

from e2e.desk import Clinic
from e2e.pages.desk import DeskPage
from e2e.pages.start import StartPage
from e2e.pages.step import CreateCalendarPage, EnableSettingPage, PersonnelFolderPage

STOPS_OF_A_PAGE = 60


def tabs_to(page: Page, wanted: Locator, key: str = "Tab") -> None:
    for _ in range(STOPS_OF_A_PAGE):
        page.keyboard.press(key)
        if wanted.evaluate("element => element === document.activeElement"):
            break
    expect(wanted).to_be_focused()


def test_a_person_is_chosen_and_a_step_is_done_by_keyboard(clinic: Clinic) -> None:
    desk = clinic.desk()
    desk.prepares("Maria Lopez").up_to("enable-setting")
    start = desk.opens("/", DeskPage)
    page = start.tab.page

    page.keyboard.press("Tab")
    expect(start.tab.link("Skip to the main part")).to_be_focused()
    page.keyboard.press("Enter")
    tabs_to(page, page.get_by_text("Somebody else, or does it work already?"))
    page.keyboard.press("Enter")
    tabs_to(page, start.person("Maria Lopez"))
    page.keyboard.press("Space")
    tabs_to(page, start.tab.button("Continue"))
    with page.expect_navigation():
        page.keyboard.press("Enter")
    setting = start.tab.shows(EnableSettingPage)

    tabs_to(page, setting.form.sync)
    page.keyboard.type("True")
    tabs_to(page, setting.tab.button("Save"), "Shift+Tab")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    setting = setting.tab.shows(EnableSettingPage)
    expect(setting.verdict).to_contain_text("-233 is True since 10:0")

    tabs_to(page, setting.way_on)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    setting.tab.shows(PersonnelFolderPage)


def test_a_check_leaves_the_focus_on_its_button(clinic: Clinic) -> None:
    maria = clinic.desk().prepares("Maria Lopez")
    maria.begins()
    clinic.installation.google.accepts(maria.account)
    step = maria.opens(CreateCalendarPage).connects(CreateCalendarPage)
    page, button = step.tab.page, step.tab.button("Check now")

    clinic.installation.world.adds_calendar(maria.account, "Pimsy calendar")
    clinic.installation.world.clock.advance(5)
    tabs_to(page, button)
    page.keyboard.press("Enter")

    expect(step.verdict).to_contain_text("capital P-I-M-S-Y")
    expect(button).to_be_focused()


def test_a_form_that_is_not_taken_gets_the_focus_on_what_to_change(clinic: Clinic) -> None:
    clinic.seeing.lets_by("status of 422")

    start = clinic.desk().opens_the_wizard().chooses("Joe Hale").calls_the_computer("F" * 61)
    start = start.continues(StartPage)

    expect(start.problems).to_be_focused()
    expect(start.problems).to_contain_text("Choose a shorter name: at most 60 letters and spaces")
    expect(start.person("Joe Hale")).to_be_checked()
    expect(start.tab.page).to_have_title("Error: Set up Google Calendar Sync")
