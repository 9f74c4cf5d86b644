"""Whose account it is: the one meant, another one, and the one nobody entered before."""

from playwright.sync_api import expect

from e2e.desk import Clinic
from e2e.fake_google import FakeGoogle, World
from e2e.pages.google import ChooseAccount, Permissions, SignIn, WhoYouAre
from e2e.pages.people import AccountPage
from e2e.pages.step import AcceptPage, CreateCalendarPage, SignOutPage

MARIA, JOE, SAM = "maria@clinic.example", "joe@clinic.example", "sam@clinic.example"
FRONT_DESK = "frontdesk@gmail.example"


def test_another_account_than_the_one_meant_is_named_and_nothing_is_kept(clinic: Clinic, world: World) -> None:
    desk = clinic.desk()
    step = desk.prepares("Maria Lopez").begins().opens(CreateCalendarPage)

    consent = step.connects(SignIn).signs_in_as(FRONT_DESK, WhoYouAre).continues(Permissions)
    step = consent.ticks("Select all").continues(CreateCalendarPage)
    expect(step.verdict).to_contain_text(
        "You signed in as frontdesk@gmail.example. This set-up is for maria@clinic.example."
    )
    expect(step.verdict).to_contain_text("Nothing was stored.")
    expect(step.card).to_have_text("card 08")
    account = desk.opens("/account", AccountPage)
    expect(account.permissions_of("Maria Lopez")).to_have_text("Maria Lopez not given not given")
    assert world.grants == {}

    consent = (
        step.uses(MARIA, ChooseAccount).uses_another_account().signs_in_as(MARIA, WhoYouAre).continues(Permissions)
    )
    step = consent.ticks("Select all").continues(CreateCalendarPage)
    expect(step.verdict).to_contain_text("We do not see PIMSY Calendar in maria@clinic.example yet.")


def test_an_account_of_somebody_else_here_is_refused_by_name(clinic: Clinic, google: FakeGoogle) -> None:
    step = clinic.desk().prepares("Sam Reed").begins().opens(CreateCalendarPage)

    google.accepts(JOE)
    step = step.connects(CreateCalendarPage)

    expect(step.verdict).to_contain_text("joe@clinic.example is already Joe Hale's account here. Nothing was stored.")


def test_another_account_at_step_6_is_named_and_nothing_is_written(
    clinic: Clinic, google: FakeGoogle, world: World
) -> None:
    maria = clinic.desk().prepares("Maria Lopez").up_to("accept")

    accept = maria.opens(AcceptPage)
    google.accepts(FRONT_DESK)
    accept = accept.opens_googles_page(AcceptPage)
    expect(accept.verdict).to_contain_text(
        "You signed in as frontdesk@gmail.example. This set-up is for maria@clinic.example."
    )
    expect(accept.card).to_have_text("card 08")
    clinic.installation.delivers()
    assert world.events_in(MARIA, "PIMSY Calendar") == world.events_in(FRONT_DESK, FRONT_DESK) == []

    consent = accept.uses(MARIA, ChooseAccount).chooses(MARIA, WhoYouAre).continues(Permissions)
    accept = consent.continues(AcceptPage)
    expect(accept.verdict).to_contain_text("arrived at 10:0")


def test_an_account_nobody_entered_is_asked_about_before_anything_is_kept(
    clinic: Clinic, google: FakeGoogle, world: World
) -> None:
    world.adds_calendar(SAM, "PIMSY Calendar")
    step = clinic.desk().prepares("Sam Reed").begins().opens(CreateCalendarPage)

    google.accepts(SAM)
    step = step.connects(CreateCalendarPage)
    expect(step.verdict).to_contain_text("Appointments will go to sam@clinic.example. Right?")
    expect(step.way_on).to_be_hidden()

    step = step.says_yes()
    expect(step.verdict).to_contain_text("Found PIMSY Calendar in sam@clinic.example.")
    out = step.continues(SignOutPage).checks_that_she_is_signed_out()
    expect(out.verdict).to_contain_text("sam@clinic.example is still signed in here.")


def test_the_account_that_was_asked_about_can_be_another_one(clinic: Clinic, google: FakeGoogle, world: World) -> None:
    step = clinic.desk().prepares("Sam Reed").begins().opens(CreateCalendarPage)

    google.accepts(FRONT_DESK)
    step = step.connects(CreateCalendarPage)
    expect(step.verdict).to_contain_text("Appointments will go to frontdesk@gmail.example. Right?")
    step = step.uses_another_account()
    expect(step.verdict).to_contain_text("Not checked – not begun")
    assert world.grants == {}

    google.accepts(SAM)
    step = step.connects(CreateCalendarPage)
    expect(step.verdict).to_contain_text("Appointments will go to sam@clinic.example. Right?")
