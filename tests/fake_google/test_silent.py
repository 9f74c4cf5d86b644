"""prompt=none: what it answers to whom. The exact error is unconfirmed today, so it can be switched."""

import pytest

from e2e.fake_google import World
from tests.fake_google.conftest import JOE, MARIA
from tests.fake_google.visitor import App, Visitor

REFUSED = {"state": "attempt-1", "error": "interaction_required", "error_subtype": "access_denied"}
HERE = {"prompt": "none", "scope": "openid email", "access_type": None}


@pytest.fixture
def connected(visitor: Visitor, checker: App) -> Visitor:
    """A browser in which Maria is signed in and has let the checker look."""
    visitor.consents(checker, MARIA)
    return visitor


@pytest.mark.parametrize("hint", [None, "email", "sub"])
def test_one_session_with_a_consent_answers(connected: Visitor, checker: App, world: World, hint: str | None) -> None:
    maria = world.account(MARIA)
    named = {None: None, "email": maria.email, "sub": maria.sub}[hint]

    brought = connected.opens(checker.question(**HERE, login_hint=named)).brought

    assert (brought["prompt"], brought["state"]) == ("none", "attempt-1")
    assert checker.redeems(brought["code"]).status_code == 200


def test_a_probe_gives_no_refresh_token(connected: Visitor, checker: App) -> None:
    brought = connected.opens(checker.question(prompt="none", access_type="offline")).brought

    assert "refresh_token" not in checker.redeems(brought["code"]).json()


def test_nobody_was_ever_signed_in(visitor: Visitor, checker: App) -> None:
    assert visitor.opens(checker.question(**HERE)).brought == REFUSED


@pytest.mark.parametrize("hint", [None, MARIA])
def test_a_signed_out_account_is_refused(connected: Visitor, checker: App, hint: str | None) -> None:
    connected.opens("/Logout")

    assert connected.opens(checker.question(**HERE, login_hint=hint)).brought == REFUSED


def test_two_sessions_need_a_hint(connected: Visitor, checker: App) -> None:
    connected.consents(checker, JOE)

    assert connected.opens(checker.question(**HERE)).brought == REFUSED
    assert connected.opens(checker.question(**HERE, login_hint=JOE)).brought["authuser"] == "1"


def test_the_hinted_account_is_out_while_another_is_in(connected: Visitor, checker: App) -> None:
    connected.opens("/Logout")
    connected.consents(checker, JOE)

    assert connected.opens(checker.question(**HERE, login_hint=MARIA)).brought == REFUSED


def test_an_account_that_never_connected_is_refused(visitor: Visitor, checker: App) -> None:
    visitor.signs_in(MARIA)

    assert visitor.opens(checker.question(**HERE, login_hint=MARIA)).brought == REFUSED


def test_a_consent_that_does_not_cover_all_that_is_asked_is_refused(connected: Visitor, checker: App) -> None:
    asked = "openid email calendar.events"

    assert connected.opens(checker.question(prompt="none", scope=asked)).brought == REFUSED


def test_a_removed_consent_is_refused(connected: Visitor, checker: App, world: World) -> None:
    world.removes_permission(MARIA, "checker")

    assert connected.opens(checker.question(**HERE, login_hint=MARIA)).brought == REFUSED


def test_a_hint_of_nobody_is_refused(connected: Visitor, checker: App) -> None:
    assert connected.opens(checker.question(**HERE, login_hint="nobody@clinic.example")).brought == REFUSED


@pytest.mark.parametrize(
    ("error", "subtype"),
    [("immediate_failed", "access_denied"), ("access_denied", None), ("login_required", None)],
)
def test_the_refusal_can_be_an_older_one(
    visitor: Visitor, checker: App, world: World, error: str, subtype: str | None
) -> None:
    world.manners.silent_refusal = error

    brought = visitor.opens(checker.question(**HERE)).brought

    assert (brought["error"], brought.get("error_subtype")) == (error, subtype)


def test_the_hint_may_be_ignored(connected: Visitor, checker: App, world: World) -> None:
    connected.consents(checker, JOE)
    world.manners.login_hint = "ignored"

    assert connected.opens(checker.question(**HERE, login_hint=MARIA)).brought == REFUSED


def test_another_session_may_answer(connected: Visitor, checker: App, world: World) -> None:
    connected.consents(checker, JOE)
    world.manners.login_hint = "another"

    assert connected.opens(checker.question(**HERE, login_hint=MARIA)).brought["authuser"] == "1"


def test_a_silent_sign_in_meets_no_person(visitor: Visitor, checker: App, world: World) -> None:
    from e2e.fake_google import Person

    world.meets(Person("continue", MARIA))

    assert visitor.opens(checker.question(**HERE)).brought == REFUSED
    assert world.people == [Person("continue", MARIA)]
