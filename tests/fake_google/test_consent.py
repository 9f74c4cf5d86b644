"""May the app: boxes, buttons, what comes back, and what is asked again."""

import pytest

from e2e.fake_google import FakeGoogle, World
from tests.fake_google.conftest import JOE, MARIA
from tests.fake_google.visitor import App, Visitor, long_names

LIST = "See the list of Google calendars you're subscribed to"
EVENTS = "See the events on Google calendars you own"
EMAIL = "https://www.googleapis.com/auth/userinfo.email"


def test_two_permissions_have_boxes(visitor: Visitor, checker: App) -> None:
    visitor.opens(checker.question()).presses(MARIA).presses("Continue")

    assert visitor.heading == "Calendar Sync Checker wants access to your Google Account"
    assert visitor.boxes == ["Select all", LIST, EVENTS]
    assert visitor.buttons == ["Cancel", "Continue"]
    assert MARIA in visitor.sees
    assert " checked" not in visitor.sees


def test_one_permission_has_none(visitor: Visitor, integration: App) -> None:
    visitor.opens(integration.question()).presses(MARIA).presses("Continue")

    assert visitor.heading == "PIMSY Calendar Integration wants access to your Google Account"
    assert visitor.boxes == []
    assert "See, create, change, and delete events on Google calendars you own" in visitor.sees


def test_an_app_the_administrator_trusts_has_none(visitor: Visitor, checker: App, world: World) -> None:
    world.workspaces["clinic.example"].trusted += ["checker"]

    visitor.opens(checker.question()).presses(MARIA).presses("Continue")

    assert visitor.boxes == []


def test_sign_in_alone_is_one_page(visitor: Visitor, checker: App) -> None:
    visitor.opens(checker.question(scope="openid email")).presses(MARIA).presses("Continue")

    assert visitor.brought["scope"] == f"openid {EMAIL}"


@pytest.mark.parametrize(
    ("ticks", "granted"),
    [
        (("Select all",), "calendar.calendarlist.readonly calendar.events.owned.readonly"),
        ((LIST, EVENTS), "calendar.calendarlist.readonly calendar.events.owned.readonly"),
        ((LIST,), "calendar.calendarlist.readonly"),
        ((EVENTS,), "calendar.events.owned.readonly"),
        ((), ""),
    ],
)
def test_what_is_ticked_is_granted(visitor: Visitor, checker: App, ticks: tuple[str, ...], granted: str) -> None:
    visitor.opens(checker.question()).presses(MARIA).presses("Continue").presses("Continue", ticks=ticks)

    wanted = f"openid {EMAIL} {long_names(granted)}".strip()
    assert visitor.brought["scope"] == wanted
    assert checker.redeems(visitor.brought["code"]).json()["scope"] == wanted


def test_what_comes_back_names_the_session(visitor: Visitor, checker: App) -> None:
    brought = visitor.consents(checker, MARIA)

    assert {name: brought[name] for name in ("state", "authuser", "hd", "prompt")} == {
        "state": "attempt-1", "authuser": "0", "hd": "clinic.example", "prompt": "consent",
    }  # fmt: skip
    assert "iss" not in brought


def test_a_consumer_account_has_no_domain(visitor: Visitor, checker: App) -> None:
    assert "hd" not in visitor.consents(checker, "frontdesk@gmail.example")


def test_iss_comes_back_by_a_switch(visitor: Visitor, checker: App, world: World) -> None:
    world.manners.iss_in_redirect = True

    assert visitor.consents(checker, MARIA)["iss"] == visitor.base


@pytest.mark.parametrize("page", ["who", "permissions"])
def test_cancel_comes_back_as_access_denied(visitor: Visitor, checker: App, page: str) -> None:
    visitor.opens(checker.question()).presses(MARIA)
    if page == "permissions":
        visitor.presses("Continue")

    visitor.presses("Cancel")

    assert visitor.brought == {"state": "attempt-1", "error": "access_denied"}


def test_a_second_grant_wants_additional_access(visitor: Visitor, checker: App) -> None:
    visitor.consents(checker, MARIA)

    visitor.opens(checker.question()).presses(MARIA)

    assert visitor.heading == "Calendar Sync Checker wants additional access to your Google Account"


def test_without_a_prompt_a_consent_already_given_is_not_asked_again(visitor: Visitor, checker: App) -> None:
    visitor.consents(checker, MARIA)

    assert "code" in visitor.opens(checker.question(prompt=None)).brought


def test_without_a_prompt_a_box_left_empty_stays_empty(visitor: Visitor, checker: App) -> None:
    visitor.opens(checker.question()).presses(MARIA).presses("Continue").presses("Continue", ticks=(LIST,))

    visitor.opens(checker.question(prompt=None))

    assert visitor.brought["scope"] == f"openid {EMAIL} {long_names('calendar.calendarlist.readonly')}"


def test_another_permission_is_asked_for(visitor: Visitor, checker: App) -> None:
    visitor.consents(checker, MARIA, scope="openid email calendar.calendarlist.readonly")

    visitor.opens(checker.question(prompt=None))

    assert visitor.heading == "Calendar Sync Checker wants additional access to your Google Account"


def test_one_persons_consent_is_nobody_elses(visitor: Visitor, checker: App) -> None:
    visitor.consents(checker, MARIA)
    visitor.signs_in(JOE)

    visitor.opens(checker.question(prompt=None, login_hint=JOE))

    assert visitor.heading == "Sign in to Calendar Sync Checker"


def test_earlier_grants_come_along_only_when_asked(visitor: Visitor, checker: App) -> None:
    visitor.consents(checker, MARIA)

    alone = visitor.opens(checker.question(scope="openid email", prompt=None)).brought["scope"]
    joined = visitor.opens(checker.question(scope="openid", prompt=None, include_granted_scopes="true")).brought

    assert alone == f"openid {EMAIL}"
    assert set(joined["scope"].split()) == {"openid", EMAIL, *long_names(checker.scopes).split()[2:]}


@pytest.mark.parametrize(("words", "button"), [("today", "Continue"), ("allow", "Allow"), ("accept", "Accept")])
def test_older_pages_have_older_words(
    visitor: Visitor, integration: App, world: World, words: str, button: str
) -> None:
    world.manners.words = words

    visitor.opens(integration.question()).presses(MARIA).presses("Continue")

    assert visitor.buttons == ["Cancel", button]


def test_older_pages_have_no_boxes(visitor: Visitor, checker: App, world: World) -> None:
    world.manners.words = "allow"

    visitor.opens(checker.question()).presses(MARIA).presses("Continue")

    assert visitor.boxes == []


def test_an_unverified_app_is_warned_of(visitor: Visitor, checker: App, world: World) -> None:
    world.reset("not verified")

    visitor.opens(checker.question()).presses(MARIA).presses("Continue")

    assert visitor.heading == "Google hasn't verified this app"
    assert visitor.buttons == ["Go to Calendar Sync Checker (unsafe)", "Back to safety"]
    assert visitor.presses("Go to").heading == "Calendar Sync Checker wants access to your Google Account"


def test_the_browser_may_be_spared(visitor: Visitor, checker: App, google: FakeGoogle) -> None:
    google.accepts(MARIA)

    visitor.opens(checker.question())

    assert visitor.brought["authuser"] == "0"
    assert visitor.opens(checker.question()).heading == "Choose an account"


def test_a_person_may_be_told_to_cancel(visitor: Visitor, checker: App, google: FakeGoogle) -> None:
    google.will_deny_consent()

    visitor.opens(checker.question(login_hint=MARIA))

    assert visitor.brought == {"state": "attempt-1", "error": "access_denied"}


def test_a_person_may_be_told_to_leave_a_box_empty(visitor: Visitor, checker: App, google: FakeGoogle) -> None:
    google.leaves_a_box_empty("calendarlist")

    visitor.opens(checker.question(login_hint=MARIA))

    assert visitor.brought["scope"] == f"openid {EMAIL} {long_names('calendar.events.owned.readonly')}"


def test_a_person_without_an_account_in_mind_acts_once_one_is_chosen(
    visitor: Visitor, checker: App, google: FakeGoogle
) -> None:
    google.will_deny_consent()

    visitor.opens(checker.question())

    assert visitor.heading == "Sign in"
    assert visitor.presses(MARIA).brought["error"] == "access_denied"
