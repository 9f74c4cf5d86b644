"""A page of Google's that leads nowhere, told of without a script and by the keyboard."""

from playwright.sync_api import expect

from e2e.desk import Clinic
from e2e.fake_google import FakeGoogle, World
from e2e.pages.google import Blocked
from e2e.pages.step import CreateCalendarPage
from e2e.pages.tab import AnyPage


def test_what_google_showed_is_told_without_a_script(clinic: Clinic, google: FakeGoogle, world: World) -> None:
    clinic.seeing.lets_by("status of 4")
    desk = clinic.desk(javascript=False)
    maria = desk.prepares("Maria Lopez").begins()
    google.breaks("org_internal", "auth")
    maria.opens(CreateCalendarPage).connects(Blocked)
    world.clock.advance(120)
    step = maria.opens(CreateCalendarPage)
    expect(step.verdict).to_contain_text("did not come back. What did Google show?")

    page = step.tab.page
    page.get_by_role("radio", name="Something else").check()
    page.get_by_label("The line that begins with “Error”").fill("It was all in red")
    told = step.tab.goes(step.tab.button("Show what to do"), AnyPage)
    expect(told.tab.page).to_have_title("Error: What did Google show?")
    expect(told.tab.page.get_by_role("alert")).to_contain_text("Type only the line that begins with “Error”")

    page = told.tab.page
    page.get_by_label("The line that begins with “Error”").fill("Error 403: org_internal")
    step = told.tab.goes(told.tab.button("Show what to do"), CreateCalendarPage)
    expect(step.verdict).to_contain_text("The app is only for people of its own organisation.")
    expect(page.get_by_label("The message")).to_contain_text("Google showed: Error 403: org_internal")
    expect(page.get_by_role("button", name="Copy the message")).to_be_hidden()
    expect(step.card).to_have_text("card 40")


def test_the_list_of_google_s_pages_works_by_keyboard(clinic: Clinic, google: FakeGoogle) -> None:
    clinic.seeing.lets_by("status of 4")
    desk = clinic.desk(phone=True)
    step = desk.prepares("Maria Lopez").begins().opens(CreateCalendarPage)
    google.breaks("access_not_configured", "auth")
    step.connects(AnyPage)
    page = desk.opens("/setup/1/create-calendar/google-page", AnyPage).tab.page

    page.get_by_role("radio").first.focus()
    for _ in range(3):
        page.keyboard.press("ArrowDown")
    expect(page.get_by_role("radio", name="Your institution's admin needs to review the app")).to_be_checked()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Show what to do")).to_be_focused()
    with page.expect_navigation():
        page.keyboard.press("Enter")

    expect(page.get_by_role("form", name="What we found")).to_contain_text("has to approve the app first.")
