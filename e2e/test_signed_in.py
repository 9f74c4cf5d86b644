"""Step 2 when somebody is still signed in to Google in this browser."""

from playwright.sync_api import expect

from e2e.desk import Clinic
from e2e.fake_google import World
from e2e.pages.google import ChooseAccount
from e2e.pages.google_account import Calendars, SignedOut
from e2e.pages.step import EnableSettingPage, SignOutPage

MARIA, JOE = "maria@clinic.example", "joe@clinic.example"


def test_still_signed_in_is_said_with_the_account_and_the_third_time_with_chrome(clinic: Clinic) -> None:
    out = clinic.desk().prepares("Maria Lopez").up_to("sign-out").opens(SignOutPage)

    for _ in range(2):
        out = out.checks_that_she_is_signed_out()
        expect(out.verdict).to_contain_text("maria@clinic.example is still signed in here.")
        expect(out.card).to_have_text("card 09")
        expect(out.way_on).to_be_hidden()
    out = out.checks_that_she_is_signed_out()
    expect(out.verdict).to_contain_text("Chrome itself is signed in as maria@clinic.example.")

    out.opens_googles_sign_out(SignedOut).tab.closes()
    out = out.checks_that_she_is_signed_out()
    expect(out.verdict).to_contain_text("maria@clinic.example is signed out on this computer")


def test_a_browser_that_cannot_be_signed_out_may_go_on_without_this_check(clinic: Clinic) -> None:
    out = clinic.desk().prepares("Maria Lopez").up_to("sign-out").opens(SignOutPage).checks_that_she_is_signed_out()

    setting = out.goes_on_without_this_check(EnableSettingPage)

    expect(setting.rail).to_contain_text("Sign out of Google on this computer Needs attention")


def test_another_account_that_is_still_signed_in_is_named_too(clinic: Clinic, world: World) -> None:
    desk = clinic.desk()
    clinic.desk("Front desk 2").prepares("Joe Hale").up_to("sign-out")
    maria = desk.prepares("Maria Lopez").up_to("sign-out")
    desk.opens_at_google("/Logout", SignedOut).tab.closes()
    desk.opens_at_google("/calendar/", ChooseAccount).uses_another_account().signs_in_as(JOE, Calendars).tab.closes()

    out = maria.opens(SignOutPage).checks_that_she_is_signed_out()
    expect(out.verdict).to_contain_text("joe@clinic.example is still signed in here.")

    out.opens_googles_sign_out(SignedOut).tab.closes()
    out = out.checks_that_she_is_signed_out()
    expect(out.verdict).to_contain_text("maria@clinic.example is signed out on this computer")
