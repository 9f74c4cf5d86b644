"""What a set-up costs at our own pages: presses, typed fields and loads; more than ux.md's section 12 allows is red.

In service with the Stand-in, as that section counts it: the person, her Google address and a test client are there.
"""

from dataclasses import replace

import pytest
from playwright.sync_api import expect

from e2e import own
from e2e.desk import Clinic, Desk
from e2e.pages.entering import SignInPage
from e2e.pages.google import ChooseAccount, Permissions, SignIn, WhoYouAre
from e2e.pages.google_account import NewCalendar, SignedOut
from e2e.pages.people import RecordPage
from e2e.pages.start import StartPage
from e2e.pages.step import (
    AcceptPage,
    CreateCalendarPage,
    EnableSettingPage,
    PersonnelFolderPage,
    SignOutPage,
    TestAppointmentPage,
)
from e2e.tally import Cost

MARIA, SAM = "maria@clinic.example", "sam@clinic.example"

FIRST_DESK = Cost(presses=19, typed=3, loads=13)
SECOND_DESK = Cost(presses=9, typed=3, loads=7)
NEXT_PERSON = Cost(presses=6, typed=0, loads=5)


@pytest.fixture
def desks(standin_clinic: Clinic) -> Clinic:
    """At these desks nobody is signed in to the wizard."""
    standin_clinic.seeing.lets_by("status of 401")
    return replace(standin_clinic, signs_in=None)


def cost(desk: Desk) -> Cost:
    return desk.seeing.tally.cost_at(desk.installation.url)


def assert_within(spent: Cost, budget: Cost) -> None:
    over = {name: (is_, may) for name, is_, may in zip(Cost._fields, spent, budget, strict=True) if is_ > may}
    assert not over, f"over budget (is, may be): {over}"
    assert spent.presses > 0
    assert spent.loads > 0


def sits_down(desk: Desk) -> StartPage:
    """Signs in, chooses Maria and names the computer."""
    start = desk.opens("/", SignInPage).signs_in(own.DANA, own.PASSWORD, StartPage)
    return start.chooses("Maria Lopez").calls_the_computer(desk.name)


def signs_out_of_google(out: SignOutPage) -> SignOutPage:
    out.opens_googles_sign_out(SignedOut).tab.closes()
    out = out.checks_that_she_is_signed_out()
    expect(out.verdict).to_contain_text("is signed out on this computer")
    return out


def finishes(accept: AcceptPage) -> RecordPage:
    expect(accept.verdict).to_contain_text("arrived at 10:")
    return accept.continues(RecordPage)


def test_the_first_desk_of_a_clinic_s_first_person(desks: Clinic) -> None:
    desk = desks.desk("Front desk 1")
    step = sits_down(desk).continues(CreateCalendarPage)
    who = step.connects(SignIn).signs_in_as(MARIA, WhoYouAre)
    step = who.continues(Permissions).ticks("Select all").continues(CreateCalendarPage)
    step.copies_the_name()
    step.opens_google_calendar(NewCalendar).pastes_and_creates().tab.closes()
    expect(step.verdict).to_contain_text("Found PIMSY Calendar")
    out = signs_out_of_google(step.continues(SignOutPage))
    setting = out.continues(EnableSettingPage).form.sets_the_sync("True", EnableSettingPage)
    folder = setting.continues(PersonnelFolderPage).form.saves(PersonnelFolderPage)
    choice = folder.continues(TestAppointmentPage).books(ChooseAccount)
    finishes(choice.chooses(MARIA, WhoYouAre).continues(Permissions).continues(AcceptPage))

    assert_within(cost(desk), FIRST_DESK)


def test_the_second_desk_of_the_same_person(standin_clinic: Clinic, desks: Clinic) -> None:
    standin_clinic.desk("Front desk 1").prepares("Maria Lopez").up_to("record")
    desk = desks.desk("Front desk 2")
    desk.seeing.tally.begins()

    out = signs_out_of_google(sits_down(desk).continues(SignOutPage))
    consent = out.continues(TestAppointmentPage).books(SignIn).signs_in_as(MARIA, Permissions)
    finishes(consent.continues(AcceptPage))

    assert_within(cost(desk), SECOND_DESK)


def test_the_next_person_at_the_same_desk(standin_clinic: Clinic) -> None:
    """Steps 2, 5 and 6 of somebody whose 1 and 4 are done: the sign-out that ends one turn begins the next."""
    sam = standin_clinic.desk("Front desk 2").prepares("Sam Reed").begins()
    sam.connects_and_creates_the_calendar()
    sam.saves_the_folder()
    desk = standin_clinic.desk("Front desk 1")
    record = desk.prepares("Maria Lopez").up_to("record").opens_the_hub().opens_the_record()
    desk.seeing.tally.begins()

    record.opens_googles_sign_out(SignedOut).tab.closes()
    record = record.checks_that_she_is_signed_out()
    expect(record.main).to_contain_text("sam@clinic.example is signed out on this computer")
    choice = record.goes_on_with("Sam Reed", TestAppointmentPage).books(ChooseAccount)
    consent = choice.uses_another_account().signs_in_as(SAM, WhoYouAre).continues(Permissions)
    record = finishes(consent.continues(AcceptPage))

    expect(record.heading).to_have_text("Sam Reed is set up on Front desk 1")
    assert_within(cost(desk), NEXT_PERSON)
