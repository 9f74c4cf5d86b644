"""Every page once, also those no other story visits: nothing scrolls sideways, nothing is inaccessible, in either light."""

import pytest
from playwright.sync_api import expect

from e2e.desk import Clinic, Desk
from e2e.fake_google import FakeGoogle, World
from e2e.pages.google import Blocked, ChooseAccount, Permissions, SignIn, Warned, WhoYouAre
from e2e.pages.google_account import Calendars, Connections, NewCalendar, SignedOut
from e2e.pages.step import AcceptPage, CreateCalendarPage
from e2e.pages.tab import AnyPage
from e2e.preparing import STEPS

MARIA = "maria@clinic.example"
OF_A_PERSON = ("", "/record", "/fix", "/watch", "/print", "/start-again", "/accept/google-page")
PRACTICE = (
    "/practice/settings",
    "/practice/settings?filter=nothing+has+this",
    "/practice/personnel/1",
    "/practice/personnel/1?tab=clients",
    "/practice/personnel/1?tab=documents",
    "/practice/calendar/1?week=2026-11-23",
    "/practice/calendar/1?week=2026-11-23&appointment=1",
    "/practice/calendar/4",
)
PLACES = (
    "/",
    *PRACTICE,
    "/overview",
    "/overview?show=attention&desk=1",
    "/overview/needed",
    "/overview/needed/1",
    "/overview/day-before",
    "/overview/round-sheets",
    "/account",
    "/account/doctor",
    "/help/",
    "/help/17",
    "/help/REVOKED-CHK",
    "/support",
    "/people",
    "/people/1",
    "/people/1/leave",
    "/people/add",
    "/computers",
    "/computers/1",
    "/computers/1/retire",
    "/log",
    "/account/clinic",
    "/account/clinic/delete",
)
NOT_FOUND = ("/setup/99", "/setup/1/step-seven", "/nowhere", "/help/99", "/practice/calendar/1?week=soon")


@pytest.fixture(params=["desktop", "phone in the dark"])
def desk(request: pytest.FixtureRequest, clinic: Clinic) -> Desk:
    is_phone = request.param != "desktop"
    return clinic.desk("Front desk 1", phone=is_phone, dark=is_phone)


def test_every_page_of_the_wizard(desk: Desk) -> None:
    maria = desk.prepares("Maria Lopez").begins()
    tab = desk.new_tab()
    for step in STEPS:
        tab.visits(f"{desk.installation.url}{maria.path}/{step}", AnyPage)
        maria.does(step)
        tab.visits(f"{desk.installation.url}{maria.path}/{step}", AnyPage)

    for path in (*PLACES, *(maria.path + rest for rest in OF_A_PERSON)):
        tab.visits(desk.installation.url + path, AnyPage)


def test_every_page_of_trouble(desk: Desk) -> None:
    desk.seeing.lets_by("status of 40")
    desk.prepares("Maria Lopez").up_to("sign-out")

    for path in NOT_FOUND:
        desk.opens(path, AnyPage).tab.closes()


def test_every_page_of_google(desk: Desk, google: FakeGoogle, world: World) -> None:
    desk.seeing.lets_by("status of 4")
    google.breaks("admin_policy_enforced", "auth")
    step = desk.prepares("Maria Lopez").begins().opens(CreateCalendarPage)
    step = step.connects(Blocked).tab.goes_back(CreateCalendarPage)
    sign_in = step.connects(SignIn).signs_in_as("nobody@clinic.example", SignIn)
    expect(sign_in.email).to_have_value("nobody@clinic.example")
    consent = sign_in.signs_in_as(MARIA, WhoYouAre).continues(Permissions)
    step = consent.ticks("Select all").continues(CreateCalendarPage)
    new = step.opens_google_calendar(NewCalendar)
    new.tab.goes(new.tab.button("Create calendar"), NewCalendar).creates("PIMSY Calendar").opens("PIMSY Calendar")
    for path, page in (("/calendar/", Calendars), ("/connections", Connections), ("/Logout", SignedOut)):
        desk.opens_at_google(path, page)

    world.project_of("integration").warns = True
    accept = desk.prepares("Maria Lopez").up_to("accept").opens(AcceptPage)
    warned = accept.opens_googles_page(ChooseAccount).chooses(MARIA, WhoYouAre).continues(Warned)
    expect(warned.goes_back_to_safety(AcceptPage).verdict).to_contain_text("You chose Cancel on Google's page.")
