"""After the set-up: tidying up undoes nothing, and what is moved or cancelled reaches Google."""

from playwright.sync_api import expect

from e2e.desk import Clinic
from e2e.fake_google import World
from e2e.pages.practice import CalendarPage

MARIA = "maria@clinic.example"


def test_the_test_appointment_is_cancelled_and_the_proof_stands(clinic: Clinic, world: World) -> None:
    desk = clinic.desk()
    maria = desk.prepares("Maria Lopez").up_to("record")

    record = maria.opens_the_hub().opens_the_record()
    week = record.opens_the_calendar(CalendarPage)
    expect(week.week).to_contain_text("On Google: sent 10:0")
    week = week.appointment("T.C. 6:10").cancels_it()
    expect(week.week).to_contain_text("Gone from Google 10:0")
    assert world.events_in(MARIA, "PIMSY Calendar") == []

    record = maria.opens_the_hub().opens_the_record()
    expect(record.heading).to_have_text("Maria Lopez is set up on Front desk 1")
    expect(record.main).to_contain_text("The proof stands.")
    expect(record.row("Accept on Google's page")).to_contain_text("Verified")


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
