"""Pages that never send the browser back."""

import pytest

from e2e.fake_google import FakeGoogle, World
from tests.fake_google.conftest import JOE, MARIA
from tests.fake_google.visitor import App, Visitor


@pytest.mark.parametrize(
    ("changes", "status", "code"),
    [
        ({"redirect_uri": "https://wizard.example/google/callback"}, 400, "redirect_uri_mismatch"),
        ({"redirect_uri": "http://192.168.1.5:5000/google/callback"}, 400, "redirect_uri_mismatch"),
        ({"redirect_uri": "http://127.0.0.1.example/google/callback"}, 400, "redirect_uri_mismatch"),
        ({"redirect_uri": "http://127.0.0.1@evil.example/"}, 400, "redirect_uri_mismatch"),
        ({"redirect_uri": "http://user@127.0.0.1/"}, 400, "redirect_uri_mismatch"),
        ({"redirect_uri": "http://127.0.0.1/#part"}, 400, "redirect_uri_mismatch"),
        ({"redirect_uri": "javascript://127.0.0.1/"}, 400, "redirect_uri_mismatch"),
        ({"redirect_uri": None}, 400, "invalid_request"),
        ({"client_id": "nobody"}, 401, "invalid_client"),
        ({"client_id": None}, 400, "invalid_request"),
        ({"response_type": None}, 400, "invalid_request"),
        ({"response_type": "token"}, 400, "unsupported_response_type"),
        ({"scope": None}, 400, "invalid_request"),
        ({"scope": "openid calendar.everything"}, 400, "invalid_scope"),
        ({"prompt": "none consent"}, 400, "invalid_request"),
        ({"prompt": "Consent"}, 400, "invalid_request"),
        ({"prompt": "login"}, 400, "invalid_request"),
        ({"access_type": "forever"}, 400, "invalid_request"),
        ({"code_challenge_method": "S512"}, 400, "invalid_request"),
    ],
)
def test_a_wrong_question_is_told_to_the_person(
    visitor: Visitor, checker: App, changes: dict[str, str | None], status: int, code: str
) -> None:
    visitor.opens(checker.question(**changes))

    assert not visitor.came_back
    assert visitor.answer.status_code == status
    assert f"Error {status}: {code}" in visitor.sees


def test_a_doubled_parameter_is_told_to_the_person(visitor: Visitor, checker: App) -> None:
    visitor.opens(checker.question() + "&state=another")

    assert "OAuth 2 parameters can only have a single value: state" in visitor.sees


def test_a_client_that_registers_addresses_may_return_to_those_alone(
    visitor: Visitor, checker: App, world: World
) -> None:
    world.adds_client("clinic", "s", redirect_uris=["https://wizard.example/google/callback"])
    checker.client_id = "clinic"

    visitor.opens(checker.question())

    assert "Error 400: redirect_uri_mismatch" in visitor.sees


@pytest.mark.parametrize(
    "redirect_uri", ["http://127.0.0.1:5000/a", "http://localhost:1/b?c=d", "http://[::1]:99/e", "https://localhost/"]
)
def test_any_loopback_address_may_be_returned_to(visitor: Visitor, checker: App, redirect_uri: str) -> None:
    checker.callback = redirect_uri

    visitor.consents(checker, MARIA)

    assert visitor.answer.headers["Location"].startswith(redirect_uri)


@pytest.mark.parametrize(
    ("asked", "passes"),
    [
        ("https://wizard.example/google/callback", True),
        ("https://wizard.example/google/callback/", False),
        ("http://wizard.example/google/callback", False),
        ("https://Wizard.example/google/callback", False),
        ("https://wizard.example/google/callback?x=1", False),
        ("http://127.0.0.1/", False),
    ],
)
def test_a_registered_address_is_equal_in_every_character(
    visitor: Visitor, world: World, asked: str, passes: bool
) -> None:
    address = "https://wizard.example/google/callback"
    world.adds_client("clinic", "s", redirect_uris=[address])

    visitor.opens(App(visitor.base, "clinic", "s", "openid email", asked).question())

    assert ("redirect_uri_mismatch" not in visitor.sees) is passes


def test_a_deleted_client_is_named(visitor: Visitor, checker: App, world: World) -> None:
    world.clients["checker"].deleted = True

    visitor.opens(checker.question())

    assert "Error 401: deleted_client" in visitor.sees
    assert "The OAuth client was deleted." in visitor.sees


@pytest.mark.parametrize("prompt", ["select_account consent", "none"])
def test_the_administrator_may_block_the_app(visitor: Visitor, checker: App, world: World, prompt: str) -> None:
    visitor.consents(checker, MARIA)
    world.workspaces["clinic.example"].blocked += ["checker"]

    visitor.opens(checker.question(prompt=prompt))
    if prompt != "none":
        visitor.presses(MARIA)

    assert visitor.heading == "Authorization Error"
    assert "Error 400: admin_policy_enforced" in visitor.sees


def test_a_block_is_of_one_app_and_one_domain(visitor: Visitor, checker: App, integration: App, world: World) -> None:
    world.workspaces["clinic.example"].blocked += ["checker"]

    assert "code" in visitor.consents(integration, MARIA)
    assert "code" in visitor.consents(checker, "frontdesk@gmail.example")


def test_an_app_may_wait_for_the_administrators_review(visitor: Visitor, checker: App, world: World) -> None:
    world.workspaces["clinic.example"].unreviewed += ["checker"]

    visitor.opens(checker.question()).presses(MARIA)

    assert visitor.heading == "Your institution's admin needs to review Calendar Sync Checker"
    assert "Error 400: access_not_configured" in visitor.sees


def test_an_internal_app_is_for_its_organisation(visitor: Visitor, checker: App, world: World) -> None:
    world.project_of("checker").internal_to = "clinic.example"

    visitor.opens(checker.question()).presses("frontdesk@gmail.example")

    assert "Error 403: org_internal" in visitor.sees
    assert "code" in visitor.consents(checker, MARIA)


def test_an_app_in_testing_is_for_listed_testers(visitor: Visitor, checker: App, world: World) -> None:
    world.reset("testing")

    visitor.opens(checker.question()).presses(JOE)

    assert visitor.heading == "Access blocked: Calendar Sync Checker has not completed the Google verification process"
    assert "Error 403: access_denied" in visitor.sees
    assert "code" in visitor.consents(checker, MARIA)


def test_a_browser_inside_another_program_is_refused(visitor: Visitor, checker: App) -> None:
    visitor.opens(checker.question(), headers={"User-Agent": "Mozilla/5.0 (Linux; Android 14; wv) Chrome/120"})

    assert "Error 403: disallowed_useragent" in visitor.sees


@pytest.mark.parametrize(
    ("kind", "line"),
    [
        ("admin_policy_enforced", "Error 400: admin_policy_enforced"),
        ("org_internal", "Error 403: org_internal"),
        ("access_denied", "Error 403: access_denied"),
        ("invalid_client", "Error 401: invalid_client"),
        ("disallowed_useragent", "Error 403: disallowed_useragent"),
        ("stays", "Something went wrong"),
    ],
)
def test_every_such_page_can_be_planned(
    visitor: Visitor, checker: App, google: FakeGoogle, kind: str, line: str
) -> None:
    google.breaks(kind, "auth")

    assert line in visitor.opens(checker.question()).sees
    assert visitor.opens(checker.question()).heading == "Sign in"
