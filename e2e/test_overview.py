"""Who is set up, and where: the table moves by itself, from what is known already."""

from playwright.sync_api import expect

from e2e.desk import Clinic
from e2e.fake_google import World
from e2e.pages.people import OverviewPage
from e2e.pages.start import StartPage


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
