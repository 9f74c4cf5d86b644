"""One way without a dead end: from the link that `serve` prints to the first proven desk of a clinic with its own PIMSY."""

from collections.abc import Callable

from playwright.sync_api import BrowserContext, expect

from e2e import own
from e2e.desk import Clinic
from e2e.fake_google import World
from e2e.launcher import Installation
from e2e.pages.entering import AddPeoplePage, FirstRunPage
from e2e.pages.google import Permissions, SignIn, WhoYouAre
from e2e.pages.google_account import NewCalendar, SignedOut
from e2e.pages.people import OverviewPage, RecordPage
from e2e.pages.start import StartPage
from e2e.pages.step import (
    AcceptPage,
    CreateCalendarPage,
    EnableSettingPage,
    PersonnelFolderPage,
    SignOutPage,
    TestAppointmentPage,
)
from e2e.seeing import Seeing

MARIA = "maria@clinic.example"


def test_from_the_printed_link_to_the_first_proven_desk(
    own_installation: Installation, new_context: Callable[..., BrowserContext], seeing: Seeing
) -> None:
    desk = Clinic(own_installation, new_context, seeing).desk()
    form = desk.opens(own.first_run_path(own_installation.app), FirstRunPage)
    form.describes_the_clinic(name="Cedar Clinic", zone="America/New_York", agreement="not known")
    start = form.names_the_administrator("Dana Hill", own.DANA, own.PASSWORD).creates(StartPage)

    overview = start.tab.goes(start.tab.link("Overview"), OverviewPage)
    expect(overview.main).to_contain_text("Nobody is set up yet")
    start = overview.tab.goes(overview.tab.link("Set up the first person"), AddPeoplePage).adds(
        "Maria Lopez", MARIA, StartPage
    )
    step = start.calls_the_computer("Front desk 1").continues(CreateCalendarPage)

    consent = step.connects(SignIn).signs_in_as(MARIA, WhoYouAre).continues(Permissions)
    step = consent.ticks("Select all").continues(CreateCalendarPage)
    step.opens_google_calendar(NewCalendar).creates("PIMSY Calendar").tab.closes()
    expect(step.verdict).to_contain_text("Found PIMSY Calendar in maria@clinic.example.")

    out = step.continues(SignOutPage)
    out.opens_googles_sign_out(SignedOut).tab.closes()
    out = out.checks_that_she_is_signed_out()
    expect(out.verdict).to_contain_text("maria@clinic.example is signed out on this computer")

    setting = out.continues(EnableSettingPage)
    expect(setting.main).to_contain_text("Log into PIMSY as an administrator.")
    folder = setting.tab.goes(setting.tab.button("I have saved it"), PersonnelFolderPage)
    expect(folder.main).to_contain_text("paste maria@clinic.example")
    booking = folder.tab.goes(folder.tab.button("I have saved it"), TestAppointmentPage)
    expect(booking.main).to_contain_text("Time: Tuesday Nov 24, 6:10 AM, 10 minutes.")
    expect(booking.main).to_contain_text("has your clinic accepted Google's agreement for health data (BAA)?")
    accept = booking.tab.goes(booking.tab.button("Booked, and it is open"), AcceptPage)
    expect(accept.verdict).to_contain_text("Waiting")

    pimsy_sends(own_installation.world)
    accept.checks_now()
    expect(accept.verdict).to_contain_text("The appointment of Front desk 1's time arrived")
    record = accept.continues(RecordPage)

    expect(record.heading).to_have_text("Maria Lopez is set up on Front desk 1")
    expect(record.row("3. Turn on the setting")).to_contain_text("– proved by the appointment of 6:10")
    expect(record.tab.page.get_by_text("Stand-in for PIMSY")).to_have_count(0)


def pimsy_sends(world: World) -> None:
    """What the clinic's own PIMSY does once somebody accepted on Google's page."""
    times = {
        side: {"dateTime": f"2026-11-24T06:{minute}:00", "timeZone": "America/New_York"}
        for side, minute in (("start", 10), ("end", 20))
    }
    world.adds_event(MARIA, "PIMSY Calendar", {"summary": "T.C.", **times})
