"""Who is it: chooser, hint, sign-out, and which prompt shows what."""

import pytest
import requests

from e2e.fake_google import World
from tests.fake_google.conftest import JOE, MARIA
from tests.fake_google.visitor import App, Visitor


def test_a_browser_never_seen_is_asked_for_an_email(visitor: Visitor, checker: App) -> None:
    visitor.opens(checker.question())

    assert visitor.heading == "Sign in"
    assert "to continue to <strong>Calendar Sync Checker</strong>" in visitor.sees


@pytest.mark.parametrize("typed", ["nobody@clinic.example", "maria", "maria@clinic.example.org"])
def test_an_unknown_email_is_not_found(visitor: Visitor, checker: App, typed: str) -> None:
    visitor.opens(checker.question()).presses("Next", identifier=typed)

    assert visitor.heading == "Sign in"
    assert "Couldn&#39;t find your Google Account" in visitor.sees


def test_an_email_is_typed_in_any_case(visitor: Visitor, checker: App) -> None:
    visitor.opens(checker.question()).presses("Next", identifier=" Maria@Clinic.EXAMPLE ")

    assert visitor.heading == "Sign in to Calendar Sync Checker"


def test_an_account_can_be_picked_instead_of_typed(visitor: Visitor, checker: App) -> None:
    visitor.opens(checker.question()).presses(JOE)

    assert JOE in visitor.sees
    assert visitor.heading == "Sign in to Calendar Sync Checker"


def test_select_account_shows_the_chooser_even_to_one_account(visitor: Visitor, checker: App) -> None:
    visitor.signs_in(MARIA).opens(checker.question(prompt="select_account", login_hint=MARIA))

    assert visitor.heading == "Choose an account"
    assert "Signed out" not in visitor.sees


def test_the_chooser_lists_signed_out_accounts_as_such(visitor: Visitor, checker: App) -> None:
    visitor.signs_in(MARIA).signs_in(JOE)
    visitor.opens("/Logout")

    assert visitor.heading == "You are signed out of all accounts"
    assert visitor.sees.count("Signed out</li>") == 2
    visitor.opens(checker.question())
    assert visitor.heading == "Choose an account"
    assert visitor.buttons == [f"Maria Lopez {MARIA} Signed out", f"Joe Hale {JOE} Signed out"]


def test_a_signed_out_account_is_signed_in_by_choosing_it(visitor: Visitor, checker: App) -> None:
    visitor.signs_in(MARIA).opens("/Logout").opens(checker.question()).presses(MARIA)

    assert visitor.heading == "Sign in to Calendar Sync Checker"


def test_use_another_account_adds_one(visitor: Visitor, checker: App) -> None:
    visitor.signs_in(MARIA).opens(checker.question()).follows("Use another account").presses("Next", identifier=JOE)

    assert visitor.heading == "Sign in to Calendar Sync Checker"
    visitor.opens(checker.question())
    assert [MARIA in visitor.buttons[0], JOE in visitor.buttons[1]] == [True, True]


def test_an_account_is_removed_from_the_chooser(visitor: Visitor, checker: App) -> None:
    visitor.signs_in(MARIA).signs_in(JOE).opens(checker.question()).follows("Remove an account")
    assert visitor.heading == "Remove an account"

    visitor.presses(MARIA)

    assert visitor.heading == "Choose an account"
    assert visitor.buttons == [f"Joe Hale {JOE}"]
    assert "to continue to <strong>Calendar Sync Checker</strong>" in visitor.sees
    visitor.presses(JOE)
    assert visitor.heading == "Sign in to Calendar Sync Checker"


def test_the_last_account_removed_leaves_the_sign_in_page(visitor: Visitor, world: World) -> None:
    visitor.signs_in(MARIA).opens("/signin/chooser").follows("Remove an account").presses(MARIA)

    assert visitor.heading == "Sign in"
    (browser,) = world.browsers.values()
    assert (browser.listed, browser.signed_in) == ([], [])


def test_a_signed_out_account_can_be_removed_too(visitor: Visitor, checker: App) -> None:
    visitor.signs_in(MARIA).signs_in(JOE).opens("/Logout")

    visitor.opens(checker.question()).follows("Remove an account").presses(MARIA)

    assert visitor.buttons == [f"Joe Hale {JOE} Signed out"]


def test_two_accounts_without_a_hint_show_the_chooser(visitor: Visitor, checker: App) -> None:
    visitor.signs_in(MARIA).signs_in(JOE).opens(checker.question(prompt="consent"))

    assert visitor.heading == "Choose an account"


@pytest.mark.parametrize("by", ["email", "sub"])
def test_a_hint_picks_the_session(visitor: Visitor, checker: App, world: World, by: str) -> None:
    joe = world.account(JOE)
    visitor.signs_in(MARIA).signs_in(JOE)

    visitor.opens(checker.question(prompt="consent", login_hint={"email": joe.email, "sub": joe.sub}[by]))

    assert visitor.heading == "Sign in to Calendar Sync Checker"
    assert f"<li>{JOE}</li>" in visitor.sees


def test_a_hint_fills_in_the_email_of_an_account_that_is_not_signed_in(visitor: Visitor, checker: App) -> None:
    visitor.signs_in(MARIA).opens(checker.question(prompt="consent", login_hint=JOE))

    assert visitor.heading == "Sign in"
    assert visitor.page.fields == {"identifier": JOE}


def test_hd_filters_the_chooser(visitor: Visitor, checker: App) -> None:
    visitor.signs_in(MARIA).signs_in("frontdesk@gmail.example").opens(checker.question(hd="clinic.example"))

    assert visitor.buttons == [f"Maria Lopez {MARIA}"]


def test_logout_ends_this_browser_alone(base: str, world: World) -> None:
    here, there = Visitor(base).signs_in(MARIA), Visitor(base).signs_in(MARIA)

    here.opens("/Logout")

    assert here.opens("/calendar/").heading == "Choose an account"
    assert there.opens("/calendar/").heading == "Calendar"


def test_signing_in_leads_to_own_pages_only(visitor: Visitor) -> None:
    visitor.opens("/signin/identifier?continue=https://elsewhere.example/").presses("Next", identifier=MARIA)

    assert visitor.answer.url.startswith(visitor.base + "/calendar/")


@pytest.mark.parametrize(
    "address", ["/signin/identifier", "/signin/chooser", "/Logout", "/calendar/", "/connections", "/o/oauth2/v2/auth"]
)
def test_no_page_may_be_framed(base: str, address: str) -> None:
    answer = requests.get(base + address, timeout=5)

    assert answer.headers["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
    assert "Stand-in for Google. This is not Google." in answer.text


def test_the_cookie_has_a_name_of_its_own(base: str) -> None:
    answer = requests.get(base + "/Logout", timeout=5)

    assert answer.headers["Set-Cookie"].startswith("fakegoogle_browser=")
    assert "HttpOnly" in answer.headers["Set-Cookie"]
    assert "SameSite=Lax" in answer.headers["Set-Cookie"]
