"""Step 1 when Google's list does not show what it should: no calendar, almost the right one, two of them."""

import pytest
from playwright.sync_api import expect

from e2e.desk import Clinic
from e2e.fake_google import FakeGoogle, World
from e2e.pages.google_account import Calendars
from e2e.pages.step import CreateCalendarPage

MARIA = "maria@clinic.example"


def connected(clinic: Clinic, google: FakeGoogle) -> CreateCalendarPage:
    """Maria let the checker look; what it sees is the story."""
    step = clinic.desk().prepares("Maria Lopez").begins().opens(CreateCalendarPage)
    google.accepts(MARIA)
    return step.connects(CreateCalendarPage)


def test_a_missing_calendar_is_awaited_and_then_asked_for(clinic: Clinic, google: FakeGoogle, world: World) -> None:
    world.adds_calendar(MARIA, "Family")

    step = connected(clinic, google)
    expect(step.verdict).to_contain_text("Waiting")
    expect(step.verdict).to_contain_text("We do not see PIMSY Calendar in maria@clinic.example yet.")
    expect(step.tab.page).to_have_title("Waiting – Step 1 of 6: Create the calendar in Google")

    world.clock.advance(2 * 60)
    step.checks_now()
    expect(step.verdict).to_contain_text("Needs attention")
    expect(step.verdict).to_contain_text("Was it the right account?")
    expect(step.card).to_have_text("card 01")
    expect(step.way_on).to_be_hidden()


@pytest.mark.parametrize(
    ("name", "difference"),
    [
        ("Pimsy calendar", "It has to be PIMSY Calendar: capital P-I-M-S-Y and capital C."),
        ("PIMSY Calendar ", "there is a space too many at the end."),
        ("PIMSY Calender", "the last letters must be -ar."),
    ],
)
def test_a_name_that_is_almost_right_is_shown_with_its_difference_and_verified_once_renamed(
    clinic: Clinic, google: FakeGoogle, world: World, name: str, difference: str
) -> None:
    world.adds_calendar(MARIA, name)

    step = connected(clinic, google)
    expect(step.verdict).to_contain_text("Needs attention")
    expect(step.verdict).to_contain_text(difference)
    expect(step.card).to_have_text("card 02")

    calendars = step.opens_the_calendars(Calendars)
    calendars.opens(name).renames_it("PIMSY Calendar").tab.closes()
    expect(step.verdict).to_contain_text("Found PIMSY Calendar in maria@clinic.example.")
    expect(step.tab.page).to_have_title("✓ Verified – Step 1 of 6: Create the calendar in Google")
    expect(step.rail).to_contain_text("Create the calendar in Google Verified")
    expect(step.spoken).to_have_text("Verified. Found PIMSY Calendar in maria@clinic.example.")


def test_two_calendars_of_the_name_are_counted_and_neither_is_taken(
    clinic: Clinic, google: FakeGoogle, world: World
) -> None:
    world.adds_calendar(MARIA, "PIMSY Calendar")
    world.adds_calendar(MARIA, "PIMSY Calendar")

    step = connected(clinic, google)
    expect(step.verdict).to_contain_text("There are 2 calendars named PIMSY Calendar. Appointments may go to either.")
    expect(step.card).to_have_text("card 03")
    expect(step.way_on).to_be_hidden()

    world.renames_calendar(MARIA, "PIMSY Calendar", "Old PIMSY")
    step.checks_now()
    expect(step.verdict).to_contain_text("Found PIMSY Calendar in maria@clinic.example.")


def test_a_calendar_that_is_shared_by_somebody_else_is_not_taken(
    clinic: Clinic, google: FakeGoogle, world: World
) -> None:
    world.adds_calendar("joe@clinic.example", "PIMSY Calendar")
    world.shares_calendar("joe@clinic.example", "PIMSY Calendar", MARIA, "writer")

    step = connected(clinic, google)

    expect(step.verdict).to_contain_text("This PIMSY Calendar belongs to joe@clinic.example and is shared with you.")
    expect(step.way_on).to_be_hidden()


def test_a_calendar_that_disappears_later_is_missed(clinic: Clinic, world: World) -> None:
    step = clinic.desk().prepares("Maria Lopez").up_to("sign-out").opens(CreateCalendarPage)
    expect(step.verdict).to_contain_text("Found PIMSY Calendar")

    world.deletes_calendar(MARIA, "PIMSY Calendar")
    step.checks_again()

    expect(step.verdict).to_contain_text("It was there at 10:00 and is not now. Appointments have nowhere to go.")
    expect(step.card).to_have_text("card 06")
