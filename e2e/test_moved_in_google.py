"""Changed in Google: what somebody moves or deletes there is noticed, shown with both sides, and ends as somebody chooses."""

from datetime import datetime, timedelta

import pytest
from playwright.sync_api import expect

from e2e.desk import Clinic
from e2e.fake_google import World
from e2e.launcher import TODAY
from e2e.pages.google_account import Calendars, CalendarSettings
from e2e.pages.people import HubPage, OverviewPage
from e2e.pages.practice import CalendarPage

MARIA, NAME = "maria@clinic.example", "PIMSY Calendar"


def moves_there(world: World, minutes: int) -> None:
    """Dragged on Google's page by so many minutes."""
    (event,) = world.events_in(MARIA, NAME)
    by = timedelta(minutes=minutes)
    times = {side: datetime.fromisoformat(event[side]["dateTime"]) + by for side in ("start", "end")}
    world.changes_event(MARIA, NAME, event["id"], **{side: {"dateTime": at.isoformat()} for side, at in times.items()})


def starts(world: World) -> list[str]:
    events = world.events_in(MARIA, NAME)
    return [
        f"{datetime.fromisoformat(event['start']['dateTime']).astimezone(TODAY.tzinfo) - timedelta(hours=5):%H:%M}"
        for event in events
    ]


@pytest.mark.parametrize("javascript", [True, False], ids=["with a script", "without a script"])
def test_what_is_moved_in_google_is_put_back_and_moved_again_is_taken_over(
    clinic: Clinic, world: World, *, javascript: bool
) -> None:
    desk = clinic.desk(javascript=javascript)
    maria = desk.prepares("Maria Lopez").up_to("record")
    moves_there(world, 60)

    week = desk.opens(f"/practice/calendar/{maria.id}", CalendarPage).looks_in_google_again()
    expect(week.week).to_contain_text("In Google it stands at 7:10 AM, seen 10:0")
    expect(week.week).to_contain_text("Here it is 6:10 AM.")
    overview = desk.opens("/overview", OverviewPage)
    expect(overview.tab.page.locator("#counts")).to_contain_text("Changed in Google: Maria Lopez: 1 appointment")
    hub = desk.opens(f"/setup/{maria.id}", HubPage)
    expect(hub.tab.page.get_by_role("main")).to_contain_text("1 appointment was changed in Google.")

    week = week.chooses("Put it back to 6:10 AM")
    clinic.installation.delivers()
    week = week.tab.reloads(CalendarPage)
    expect(week.week).to_contain_text("On Google: sent 10:0")
    expect(week.tab.button("Put it back to 6:10 AM")).to_have_count(0)
    assert starts(world) == ["06:10"]

    moves_there(world, 30)
    week = week.looks_in_google_again().chooses("Take over 6:40 AM")
    clinic.installation.delivers()
    week = week.tab.reloads(CalendarPage)
    expect(week.week).to_contain_text("T.C. 6:40")
    expect(week.week).to_contain_text("On Google: sent 10:0")
    assert starts(world) == ["06:40"]
    expect(overview.tab.reloads(OverviewPage).tab.page.locator("#counts")).not_to_contain_text("Changed in Google")


def test_what_is_deleted_on_google_s_page_is_put_there_again_and_deleted_again_is_cancelled(
    clinic: Clinic, world: World
) -> None:
    desk = clinic.desk()
    maria = desk.prepares("Maria Lopez").up_to("record")

    def deletes_there() -> None:
        calendar = desk.new_tab().visits(f"{clinic.installation.google_url}/calendar/", Calendars).opens(NAME)
        calendar.tab.goes(calendar.tab.page.get_by_role("button", name="Delete event"), CalendarSettings).tab.closes()

    deletes_there()
    week = desk.opens(f"/practice/calendar/{maria.id}", CalendarPage).looks_in_google_again()
    expect(week.week).to_contain_text("Deleted in Google, seen 10:0")
    week = week.chooses("Put it there again")
    clinic.installation.delivers()
    assert starts(world) == ["06:10"]

    world.clock.advance(2)
    deletes_there()
    week = week.looks_in_google_again().chooses("Cancel it here too")
    clinic.installation.delivers()
    week = week.tab.reloads(CalendarPage)
    expect(week.week).to_contain_text("Gone from Google 10:0")
    assert starts(world) == []
    record = maria.opens_the_hub().opens_the_record()
    expect(record.row("Accept on Google's page")).to_contain_text("Verified")
