"""After the set-up: tidying up undoes nothing, and what is moved or cancelled reaches Google."""

from playwright.sync_api import expect

from e2e.desk import Clinic
from e2e.fake_google import World
from e2e.pages.google_account import SignedOut
from e2e.pages.people import HubPage, OverviewPage
from e2e.pages.practice import CalendarPage

MARIA = "maria@clinic.example"


def test_the_test_appointment_is_cancelled_and_the_proof_stands(clinic: Clinic, world: World) -> None:
    desk = clinic.desk()
    maria = desk.prepares("Maria Lopez").up_to("record")
    week = desk.opens(f"/practice/calendar/{maria.id}", CalendarPage)
    expect(week.week).to_contain_text("On Google: sent 10:0")

    record = maria.opens_the_hub().opens_the_record().cancels_the_test_appointment()
    expect(record.tidying).to_contain_text("Gone from Google 10:0")
    assert world.events_in(MARIA, "PIMSY Calendar") == []

    expect(record.tidying).to_contain_text("The proof stands.")
    expect(record.heading).to_have_text("Maria Lopez is set up on Front desk 1")
    expect(record.row("Accept on Google's page")).to_contain_text("Verified")


def test_the_record_tidies_up_without_a_script(clinic: Clinic, world: World) -> None:
    record = clinic.desk(javascript=False).prepares("Maria Lopez").up_to("record").opens_the_hub().opens_the_record()

    record = record.cancels_the_test_appointment()
    clinic.installation.delivers()
    world.clock.advance(5)
    record = record.looks_whether_it_is_gone()

    expect(record.tidying).to_contain_text("Gone from Google 10:0")
    expect(record.tab.page.get_by_role("button", name="Print this record")).to_have_count(0)


def test_before_the_desk_is_left_google_is_signed_out_of_again(clinic: Clinic) -> None:
    desk = clinic.desk()
    record = desk.prepares("Maria Lopez").up_to("record").opens_the_hub().opens_the_record()
    expect(record.leaving).to_contain_text("Maria is still signed in to Google here.")
    expect(record.leaving).to_contain_text("card 46")
    overview = desk.opens("/overview", OverviewPage)
    expect(overview.cell("Maria Lopez", "Front desk 1")).to_contain_text("Verified – Google still open here")

    record = record.checks_that_she_is_signed_out()
    expect(record.leaving).to_contain_text("maria@clinic.example is still signed in to Google here.")
    record.opens_googles_sign_out(SignedOut).tab.closes()
    record = record.checks_that_she_is_signed_out()
    expect(record.leaving).to_have_count(0)
    expect(record.main).to_contain_text("maria@clinic.example is signed out of Google on this computer, 10:0")
    expect(record.heading).to_have_text("Maria Lopez is set up on Front desk 1")

    overview = overview.tab.reloads(OverviewPage)
    expect(overview.cell("Maria Lopez", "Front desk 1")).to_have_text("Verified")


def test_a_computer_of_her_own_is_not_asked_about(clinic: Clinic) -> None:
    record = clinic.desk(phone=True).prepares("Maria Lopez").up_to("record").opens_the_hub().opens_the_record()

    record = record.says_it_is_her_own_computer()

    expect(record.leaving).to_have_count(0)


def test_the_checker_is_removed_and_what_it_saw_stays(clinic: Clinic, world: World) -> None:
    record = clinic.desk().prepares("Maria Lopez").up_to("record").opens_the_hub().opens_the_record()

    asked = record.asks_what_ends_without_the_checker()
    expect(asked.main).to_contain_text("What ends with it")
    expect(asked.main).to_contain_text("PIMSY Calendar Integration goes on writing them.")
    hub = asked.removes_it(HubPage)
    expect(hub.row("Create the calendar in Google")).to_contain_text("Not checked – cannot be seen")
    expect(hub.row("Accept on Google's page")).to_contain_text("Verified")

    record = hub.opens_the_record()
    expect(record.row("1. Create the calendar")).to_contain_text("The checker was removed at 10:0")
    assert [call.status for call in world.calls("revoke")] == [200]


def test_an_ordinary_appointment_is_sent_moved_and_taken_back(clinic: Clinic, world: World) -> None:
    desk = clinic.desk()
    maria = desk.prepares("Maria Lopez").up_to("record")
    week = desk.opens(f"/practice/calendar/{maria.id}", CalendarPage)

    week.form.field("Client").select_option("Sample Client A.")
    week.form.field("Day").fill("2026-11-25")
    week.form.field("Time").fill("14:00")
    week.form.field("Minutes").fill("50")
    week = week.form.books(CalendarPage)
    expect(week.week.get_by_role("cell").filter(has_text="S.A. 2:00")).to_contain_text("On Google: sent 10:0")
    assert starts(world) == ["2026-11-24T06:10:00-05:00", "2026-11-25T14:00:00-05:00"]
    assert {event["summary"] for event in world.events_in(MARIA, "PIMSY Calendar")} == {
        "PIMSY sync test",
        "PIMSY appointment",
    }

    week = week.appointment("S.A. 2:00").moves_it("2026-11-25", "15:00")
    expect(week.week.get_by_role("cell").filter(has_text="S.A. 3:00")).to_contain_text("On Google: sent 10:0")
    clinic.installation.delivers()
    assert starts(world) == ["2026-11-24T06:10:00-05:00", "2026-11-25T15:00:00-05:00"]

    week = week.appointment("S.A. 3:00").cancels_it()
    expect(week.week.get_by_role("cell").filter(has_text="S.A. 3:00")).to_contain_text("Gone from Google 10:0")
    assert starts(world) == ["2026-11-24T06:10:00-05:00"]


def starts(world: World) -> list[str]:
    return [event["start"]["dateTime"] for event in world.events_in(MARIA, "PIMSY Calendar")]
