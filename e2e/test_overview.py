"""Who is set up, and where: the table moves by itself, from what is known already."""

from playwright.sync_api import expect

from bench.large_clinic import open_clinic
from e2e.desk import Clinic
from e2e.fake_google import World
from e2e.pages.people import OverviewPage
from e2e.pages.round import NeededPage
from e2e.pages.start import StartPage
from wizard.store.database import db


def test_the_overview_follows_what_is_done_at_the_desks(clinic: Clinic, world: World) -> None:
    office = clinic.desk("Office").new_tab()
    office.page.clock.install()
    empty = office.visits(f"{clinic.installation.url}/overview", OverviewPage)
    expect(empty.main).to_contain_text("Nobody is set up yet")
    expect(empty.tab.link("Set up the first person")).to_be_visible()

    maria = clinic.desk("Front desk 1").prepares("Maria Lopez").up_to("accept")
    overview = empty.tab.reloads(OverviewPage)
    expect(overview.cell("Maria Lopez", "Front desk 1")).to_contain_text("1 left, next: Accept on Google's page")
    expect(overview.cell("Joe Hale", "Front desk 1")).to_contain_text("Not checked – 3 left")

    maria.accepts()
    asked = len(world.calls())
    office.page.clock.fast_forward("00:10")
    expect(overview.main).to_contain_text("1 of 4 done.")
    expect(overview.cell("Maria Lopez", "Front desk 1")).to_contain_text("Verified")
    assert len(world.calls()) == asked


def test_the_overview_names_what_needs_attention(clinic: Clinic, world: World) -> None:
    maria = clinic.desk("Front desk 1").prepares("Maria Lopez").up_to("sign-out")
    world.deletes_calendar(maria.account, "PIMSY Calendar")
    maria.looks_again("create-calendar")

    overview = clinic.desk("Office").opens("/overview", OverviewPage)

    expect(overview.main).to_contain_text("Needs attention")
    expect(overview.cell("Maria Lopez", "For the person")).to_contain_text("It was there at 10:0")


def test_the_empty_overview_leads_to_the_first_person(clinic: Clinic) -> None:
    overview = clinic.desk().opens("/overview", OverviewPage)

    start = overview.tab.goes(overview.tab.link("Set up the first person"), StartPage)

    expect(start.computer).to_be_visible()


def test_the_clinic_decides_which_cells_are_needed_and_the_counts_follow(clinic: Clinic, world: World) -> None:
    clinic.desk("Front desk 1").prepares("Maria Lopez").up_to("record")
    office = clinic.desk("Front desk 2")
    office.prepares("Joe Hale").up_to("sign-out")
    world.deletes_calendar("joe@clinic.example", "PIMSY Calendar")
    office.prepares("Joe Hale").begins().looks_again("create-calendar")
    overview = office.opens("/overview", OverviewPage)
    expect(overview.main).to_contain_text("1 of 8 done.")
    expect(overview.main).to_contain_text("1 test appointment still stands.")
    address = overview.cell("Sam Reed", "Front desk 1").get_by_text(clinic.installation.url)
    expect(address).to_be_visible()

    needed = overview.decides_which_cells_are_needed(NeededPage)
    needed.books_for_nobody("Front desk 1")
    needed = needed.saves()
    expect(needed.box("Maria Lopez", "Front desk 1")).not_to_be_checked()
    needed.box("Joe Hale", "Front desk 1").check()
    needed.box("Ana Brook", "Front desk 2").uncheck()
    overview = needed.saves().goes_to_the_overview(OverviewPage)

    expect(overview.main).to_contain_text("0 of 4 done.")
    expect(overview.main).to_contain_text("Next: Maria Lopez, Front desk 2.")
    expect(overview.cell("Sam Reed", "Front desk 1")).to_have_text("Not checked – not needed here")
    expect(overview.cell("Maria Lopez", "Front desk 1")).to_contain_text("Verified")
    assert "Sam Reed,Not checked – not begun,Not checked – not needed here," in overview.takes_the_spreadsheet()
    expect(overview.opens_the_set_up_of("Maria Lopez").heading).to_contain_text("Maria Lopez on Front desk 2")


def test_who_needs_attention_comes_first_and_stays_there_while_the_table_follows(clinic: Clinic, world: World) -> None:
    desk = clinic.desk("Front desk 1")
    joe = desk.prepares("Joe Hale").up_to("sign-out")
    world.deletes_calendar("joe@clinic.example", "PIMSY Calendar")
    joe.looks_again("create-calendar")
    tab = clinic.desk("Office").new_tab()
    tab.page.clock.install()
    overview = tab.visits(f"{clinic.installation.url}/overview", OverviewPage)
    expect(overview.people).to_have_text(["Maria Lopez", "Joe Hale", "Sam Reed", "Ana Brook"])

    overview = overview.applies("Needs attention first", "Front desk 1")
    expect(overview.people).to_have_text(["Joe Hale", "Maria Lopez", "Sam Reed", "Ana Brook"])
    overview.shown.select_option("By name")
    desk.prepares("Ana Brook").up_to("sign-out")
    world.deletes_calendar("ana@clinic.example", "PIMSY Calendar")
    desk.prepares("Ana Brook").begins().looks_again("create-calendar")
    tab.page.clock.fast_forward("00:10")

    expect(overview.main).to_contain_text("2 need attention.")
    expect(overview.people).to_have_text(["Joe Hale", "Ana Brook", "Maria Lopez", "Sam Reed"])
    expect(overview.shown.locator("option:checked")).to_have_text("By name")


AT_THE_MIDDLE = """box => {
    const {left, top, width, height} = box.getBoundingClientRect();
    return document.elementFromPoint(left + width / 2, top + height / 2)?.closest("label") === box.closest("label");
}"""


def test_in_a_large_table_nothing_that_sticks_covers_what_has_the_focus(clinic: Clinic, world: World) -> None:
    with clinic.installation.app.app_context():
        open_clinic(25, 14, world.now())
        db.session.commit()
    needed = clinic.desk("Office").opens("/overview/needed", NeededPage)
    keyboard = needed.tab.page.keyboard

    needed.box("Person 25", "Front desk 14").focus()
    for at in range(25 * 15 - 1, 0, -1):  # a link and fourteen boxes in each row
        keyboard.press("Shift+Tab")
        focused = needed.tab.page.locator(":focus")
        if at % 15 and at % 7 == 0:
            assert focused.evaluate(AT_THE_MIDDLE), f"covered: {focused.get_attribute('aria-label')}"

    expect(needed.tab.link("Person 1")).to_be_focused()
