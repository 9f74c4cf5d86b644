"""One desk, one person after the other: the computer is handed over, taken back by one password, and handed on."""

from dataclasses import replace
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from e2e import own
from e2e.desk import Clinic, Desk
from e2e.pages.desk import AsleepPage, DeskPage, TakeBackPage
from e2e.pages.entering import SignInPage
from e2e.pages.google import ChooseAccount, Permissions, SignIn, WhoYouAre
from e2e.pages.google_account import SignedOut
from e2e.pages.people import HubPage, RecordPage
from e2e.pages.start import StartPage
from e2e.pages.step import AcceptPage, SignOutPage, TestAppointmentPage
from e2e.pages.tab import AnyPage
from e2e.tally import Cost

MARIA, SAM = "maria@clinic.example", "sam@clinic.example"
A_WHILE = timedelta(minutes=16).total_seconds()

HANDING_OVER = Cost(presses=2, typed=1, loads=2)
"""ux.md, section 12: what it is more than going on without handing over, which is one press and one load."""


@pytest.fixture
def javascript() -> bool:
    return True


@pytest.fixture
def desk(standin_clinic: Clinic, javascript: bool) -> Desk:
    """Nobody is signed in at Front desk 1, which has its name; Maria's and Sam's steps 1, 3 and 4 are done elsewhere."""
    office = standin_clinic.desk("Office")
    for person in ("Maria Lopez", "Sam Reed"):
        prepared = office.prepares(person).begins()
        prepared.connects_and_creates_the_calendar()
        prepared.turns_on_the_setting()
        prepared.saves_the_folder()
        prepared.signs_out()
    standin_clinic.seeing.lets_by("status of 40")
    standin_clinic.seeing.lets_by("status of 422")
    desk = replace(standin_clinic, signs_in=None).desk("Front desk 1", javascript=javascript)
    start = desk.opens("/", SignInPage).signs_in(own.DANA, own.PASSWORD, StartPage)
    start.chooses("Maria Lopez").calls_the_computer("Front desk 1").continues(SignOutPage).tab.closes()
    return desk


def test_maria_and_then_sam_at_front_desk_1(desk: Desk) -> None:
    start = desk.opens("/", DeskPage)
    expect(start.row("Maria Lopez")).to_contain_text("3 left")
    expect(start.row("Sam Reed")).to_contain_text("3 left")

    out = start.hands_it_to("Maria", SignOutPage)
    expect(out.tab.page.get_by_role("banner")).to_contain_text("Maria Lopez on Front desk 1")
    expect(out.tab.link("Overview")).to_have_count(0)
    expect(desk.opens("/setup/2", AnyPage).heading).to_have_text("There is no such page")
    expect(desk.opens("/overview", AnyPage).heading).to_have_text("This is not yours to open")
    booking = out.checks_that_she_is_signed_out().continues(TestAppointmentPage)
    consent = booking.books(SignIn).signs_in_as(MARIA, WhoYouAre).continues(Permissions)
    record = proven(consent.continues(AcceptPage), "Maria")
    record = record.looks_at_the_title().says_it_shows_no_client(RecordPage)

    record.opens_googles_sign_out(SignedOut).tab.closes()
    record = record.checks_that_she_is_signed_out()
    expect(record.leaving).to_have_count(0)
    expect(record.main).to_contain_text("give the computer back to Dana Hill")
    expect(record.main).not_to_contain_text("Sam")

    desk.seeing.tally.begins()
    asked = record.takes_it_back(TakeBackPage)
    start = asked.takes_it_back("Dana Hill", own.PASSWORD, DeskPage)
    expect(start.row("Maria Lopez")).to_contain_text("done")
    booking = start.hands_it_to("Sam", TestAppointmentPage)
    spent = desk.seeing.tally.cost_at(desk.installation.url)
    assert spent == Cost(*(more + one for more, one in zip(HANDING_OVER, Cost(1, 0, 1), strict=True)))

    expect(booking.rail).to_contain_text("Sign out of Google on this computer Verified")
    choice = booking.books(ChooseAccount)
    consent = choice.uses_another_account().signs_in_as(SAM, WhoYouAre).continues(Permissions)
    record = proven(consent.continues(AcceptPage), "Sam")
    record.opens_googles_sign_out(SignedOut).tab.closes()
    record = record.checks_that_she_is_signed_out()
    start = record.takes_it_back(TakeBackPage).takes_it_back("Dana Hill", own.PASSWORD, DeskPage)
    expect(start.main).to_contain_text("Everybody who needs this computer is done here.")


def proven(accept: AcceptPage, first_name: str) -> RecordPage:
    expect(accept.verdict).to_contain_text("arrived at 10:")
    record = accept.continues(RecordPage)
    expect(record.heading).to_contain_text(f"{first_name} ")
    expect(record.heading).to_contain_text("is set up on Front desk 1")
    return record


def test_an_idle_desk_keeps_its_queue_and_hides_the_names(desk: Desk) -> None:
    clock = desk.installation.world.clock
    start = desk.opens("/", DeskPage).names("Sam Reed")
    expect(start.tab.button("Hand this computer to Sam")).to_be_visible()
    clock.advance(A_WHILE)

    asleep = start.tab.reloads(AsleepPage)
    expect(asleep.main).to_contain_text("1st")
    expect(asleep.main).not_to_contain_text("Sam")
    expect(asleep.main).not_to_contain_text("@")
    asleep = asleep.goes_on("not the right one", AsleepPage)
    expect(asleep.problems).to_be_focused()
    start = asleep.goes_on(own.PASSWORD, DeskPage)
    expect(start.tab.button("Hand this computer to Sam")).to_be_visible()

    out = start.hands_it_to("Sam", SignOutPage)
    clock.advance(A_WHILE)
    asleep = out.tab.reloads(AsleepPage)
    start = asleep.goes_on(own.PASSWORD, DeskPage)
    expect(start.tab.button("Hand this computer to Sam")).to_be_visible()


def test_a_handed_computer_asks_before_it_falls_asleep(desk: Desk) -> None:
    tab = desk.new_tab()
    tab.page.clock.install()
    out = tab.visits(f"{desk.installation.url}/", DeskPage).hands_it_to("Maria", SignOutPage)
    asked = tab.page.get_by_role("dialog", name="Are you still here?")
    desk.installation.world.clock.advance(13 * 60)
    tab.page.clock.fast_forward(13 * 60 * 1000)

    expect(asked).to_contain_text("this computer asks for Dana Hill's password in 2 minutes")
    with tab.page.expect_response("**/account/stay") as kept:
        tab.presses(tab.button("I am still here"))
    assert kept.value.status == 204
    desk.installation.world.clock.advance(10 * 60)

    expect(out.tab.reloads(SignOutPage).main).to_contain_text("Maria Lopez on Front desk 1")


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no script"])
def test_a_wrong_password_leaves_the_computer_hers(desk: Desk) -> None:
    out = desk.opens("/", DeskPage).hands_it_to("Maria", SignOutPage)

    asked = out.takes_it_back(TakeBackPage).takes_it_back("Dana Hill", "not the right one", TakeBackPage)
    expect(asked.problems).to_contain_text("This is not the password. Type it again")
    hub = asked.tab.goes(asked.tab.link("Go on as Maria"), HubPage)
    expect(hub.heading).to_contain_text("Maria Lopez on Front desk 1")
    asked = hub.tab.goes(hub.tab.link("Take it back"), TakeBackPage)
    asked.takes_it_back("Dana Hill", own.PASSWORD, DeskPage)
