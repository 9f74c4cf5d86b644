"""What a person does on the stand-in's calendar page."""

from datetime import UTC, datetime

import pytest

from e2e.fake_google import World
from tests.fake_google.conftest import JOE, MARIA
from tests.fake_google.visitor import Visitor

NAME = "PIMSY Calendar"


@pytest.fixture
def maria(visitor: Visitor) -> Visitor:
    return visitor.signs_in(MARIA)


def summaries(world: World, email: str = MARIA) -> list[str]:
    return [calendar.summary for calendar in world.calendars_of(email)]


def test_the_deep_link_asks_who_it_is_first(visitor: Visitor, world: World) -> None:
    visitor.opens("/calendar/r/settings/createcalendar").presses("Next", identifier=MARIA)
    assert visitor.heading == "Create new calendar"

    visitor.presses("Create calendar", name=NAME)

    assert visitor.heading == "Calendar"
    assert summaries(world) == [MARIA, NAME]
    assert world.calendar_of(MARIA, NAME).made_by == ""


def test_a_name_is_kept_to_the_character(maria: Visitor, world: World) -> None:
    maria.opens("/calendar/r/settings/createcalendar").presses("Create calendar", name=" PIMSY  Calendar ")

    assert summaries(world) == [MARIA, " PIMSY  Calendar "]


def test_a_calendar_needs_a_name(maria: Visitor, world: World) -> None:
    maria.opens("/calendar/r/settings/createcalendar").presses("Create calendar", name="  ")

    assert (maria.answer.status_code, summaries(world)) == (422, [MARIA])
    assert "Enter a name" in maria.sees


def test_a_calendar_is_renamed_hidden_shown_and_deleted(maria: Visitor, world: World) -> None:
    calendar = world.adds_calendar(MARIA, "Pimsy calendar")

    def hidden() -> bool:
        return world.entries[world.account(MARIA).sub][calendar.id].hidden

    maria.opens("/calendar/").follows("Pimsy calendar").presses("Rename", name=NAME)
    assert calendar.summary == NAME

    maria.follows(NAME).presses("Hide from list")
    assert hidden()
    maria.follows(NAME).presses("Show in list")
    assert not hidden()

    maria.follows(NAME).presses("Delete calendar")
    assert calendar.deleted
    assert NAME not in maria.sees


def test_a_primary_calendar_cannot_be_deleted(maria: Visitor) -> None:
    maria.opens("/calendar/").follows(MARIA)

    assert maria.buttons == ["Rename", "Hide from list"]


def test_coming_events_are_listed_in_order_and_past_ones_not(maria: Visitor, world: World) -> None:
    world.adds_calendar(MARIA, NAME)
    for day in (2, 1, -2):
        start = world.now().timestamp() + day * 86_400

        point = {"dateTime": datetime.fromtimestamp(int(start), UTC).isoformat()}
        world.adds_event(MARIA, NAME, {"summary": f"in {day} days", "start": point, "end": point})

    maria.opens("/calendar/").follows(NAME)

    assert maria.sees.index("in 1 days") < maria.sees.index("in 2 days")
    assert "in -2 days" not in maria.sees


def test_a_person_deletes_an_event(maria: Visitor, world: World) -> None:
    world.adds_calendar(MARIA, NAME)
    start, end = {"dateTime": "2099-11-24T06:10:00-05:00"}, {"dateTime": "2099-11-24T12:20:00Z"}
    world.adds_event(MARIA, NAME, {"summary": "PIMSY sync test", "start": start, "end": end})

    maria.opens("/calendar/").follows(NAME)
    assert "Tue Nov 24 2099, 6:10 AM to 7:20 AM" in maria.sees
    maria.presses("Delete event")

    assert maria.heading == NAME
    assert "No coming events." in maria.sees
    assert world.events_in(MARIA, NAME) == []


def test_two_accounts_have_two_pages(maria: Visitor, world: World) -> None:
    maria.signs_in(JOE)
    world.adds_calendar(JOE, "Joe's")

    maria.opens("/calendar/").presses(JOE)
    assert "Joe&#39;s" in maria.sees
    maria.follows(MARIA)

    assert "Joe&#39;s" not in maria.sees


def test_a_shared_calendar_cannot_be_renamed(maria: Visitor, world: World) -> None:
    world.adds_calendar(JOE, NAME)
    shared = world.shares_calendar(JOE, NAME, MARIA, "writer")

    maria.opens("/calendar/").follows(NAME)
    assert maria.buttons == ["Hide from list"]
    maria.go("POST", maria.answer.url, data={"do": "rename", "name": "Mine"})

    assert shared.summary == NAME


def test_somebody_elses_calendar_cannot_be_opened(maria: Visitor, world: World) -> None:
    id_ = world.adds_calendar(JOE, NAME).id

    maria.opens(f"/calendar/c/{id_}")

    assert maria.heading == "Calendar"
    assert NAME not in maria.sees


@pytest.mark.parametrize(
    ("start", "end", "says"),
    [
        ({"date": "2099-11-24"}, {"date": "2099-11-25"}, "Tue Nov 24 2099, all day"),
        (
            {"dateTime": "2099-11-24T23:00:00-05:00"},
            {"dateTime": "2099-11-25T01:00:00-05:00"},
            "Tue Nov 24 2099, 11:00 PM to Wed Nov 25 2099, 1:00 AM",
        ),
    ],
)
def test_an_event_tells_its_days(
    maria: Visitor, world: World, start: dict[str, str], end: dict[str, str], says: str
) -> None:
    world.adds_event(MARIA, MARIA, {"start": start, "end": end})

    maria.opens("/calendar/").follows(MARIA)

    assert says in maria.sees
    assert "(No title)" in maria.sees
