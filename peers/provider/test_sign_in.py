"""The wizard signs people in at oidc-provider, a certified OpenID provider that has never heard of Google."""

from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
import requests
from peers.provider.conftest import JOE, MARIA, Browser
from wizard.evidence import Outcome, Purpose
from wizard.store import attempts, grants
from wizard.store.database import of_every_clinic

CREATE_CALENDAR = "/setup/1/create-calendar"


def asked(address: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}


def with_query(address: str, **changed: str) -> str:
    """The same address with other arguments; an empty one is left out."""
    wanted = {name: value for name, value in (asked(address) | changed).items() if value}
    return urlsplit(address)._replace(query=urlencode(wanted)).geturl()


def kept(browser: Browser) -> list[tuple[str, str]]:
    """Which permissions of which account the wizard has kept."""
    with browser.app.app_context(), of_every_clinic():
        return [(row.permission, row.email) for row in grants.standing([1])]


def silent_answers(browser: Browser) -> list[str]:
    with browser.app.app_context(), of_every_clinic():
        last = attempts.newest(1, 1, Purpose.SIGNED_OUT)
        return [last.outcome] if last else []


def test_a_person_connects_the_checker(browser: Browser) -> None:
    page = browser.comes_back(browser.decides(browser.leaves()))

    assert (page.status_code, urlsplit(page.url).path) == (200, CREATE_CALENDAR)
    assert kept(browser) == [("checker", MARIA)]  # its e-mail came from userinfo: the id_token does not hold it
    assert silent_answers(browser) == [Outcome.SIGNED_IN.value]


def test_another_account_is_refused_by_name(browser: Browser) -> None:
    page = browser.comes_back(browser.decides(browser.leaves(), JOE))

    assert f"You signed in as {JOE}." in page.text
    assert kept(browser) == []


def test_cancel_is_said_as_cancel(browser: Browser) -> None:
    address = browser.decides(browser.leaves(), cancels=True)
    page = browser.comes_back(address)

    assert asked(address)["error"] == "access_denied"
    assert "You chose Cancel on Google&#39;s page." in page.text
    assert kept(browser) == []


@pytest.mark.parametrize("state", ["", "another"])
def test_a_wrong_state_changes_nothing_and_leaves_the_right_one_good(browser: Browser, state: str) -> None:
    address = browser.decides(browser.leaves())
    refused = browser.comes_back(with_query(address, state=state))
    nothing = kept(browser)
    right = browser.comes_back(address)

    assert (refused.status_code, nothing) == (400, [])
    assert "too old or was used before" in refused.text
    assert (right.status_code, kept(browser)) == (200, [("checker", MARIA)])


def test_an_answer_is_good_once(browser: Browser) -> None:
    address = browser.decides(browser.leaves())
    browser.comes_back(address)

    assert browser.comes_back(address).status_code == 400


def test_an_answer_of_another_issuer_is_refused(browser: Browser) -> None:
    address = browser.decides(browser.leaves())
    refused = browser.comes_back(with_query(address, iss="https://accounts.example"))

    assert asked(address)["iss"] == browser.provider
    assert (refused.status_code, kept(browser)) == (400, [])


def test_the_provider_demands_pkce_and_the_wizard_brings_it(browser: Browser) -> None:
    address = browser.leaves()
    without = browser.decides(with_query(address, code_challenge="", code_challenge_method=""))

    assert asked(address)["code_challenge_method"] == "S256"
    assert (asked(without)["error"], "code" in asked(without)) == ("invalid_request", False)


def test_a_code_for_another_verifier_is_worth_nothing(browser: Browser) -> None:
    """Somebody put a code of her own question into this browser's answer: the state is right, the verifier is not."""
    address = browser.decides(with_query(browser.leaves(), code_challenge="A" * 43))
    refused = browser.comes_back(address)

    assert "code" in asked(address)
    assert (refused.status_code, kept(browser)) == (400, [])


def test_the_provider_itself_refuses_a_wrong_verifier(browser: Browser) -> None:
    address = browser.decides(browser.leaves())
    form = {
        "grant_type": "authorization_code",
        "code": asked(address)["code"],
        "redirect_uri": f"{browser.wizard}/google/callback",
        "code_verifier": "B" * 43,
        "client_id": "checker",
        "client_secret": "checker-secret",
    }
    answer = requests.post(f"{browser.provider}/token", data=form, timeout=10)

    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_grant")


def test_a_silent_sign_in_of_nobody_is_login_required(browser: Browser) -> None:
    """She signs out before the wizard takes its control, a silent question right after the consent."""
    back = browser.decides(browser.leaves())
    browser.signs_out()
    control = browser.session.get(back, allow_redirects=False, timeout=10).headers["Location"]
    answer = browser.decides(control)
    page = browser.comes_back(answer)

    assert (asked(control)["prompt"], asked(answer)["error"]) == ("none", "login_required")
    assert (page.status_code, silent_answers(browser)) == (200, [Outcome.REFUSED.value])
    assert kept(browser) == [("checker", MARIA)]


@pytest.mark.parametrize("is_lasting", [False])
def test_a_provider_that_gives_no_lasting_token_is_told_so(browser: Browser) -> None:
    page = browser.comes_back(browser.decides(browser.leaves()))

    assert "now, but not later" in page.text
    assert kept(browser) == []


def test_doctor_finds_the_provider_sound_and_the_clients_known(browser: Browser) -> None:
    report = browser.app.extensions["wizard"].doctor.examine()
    found = {entry.check.slug: entry.finding for entry in report.entries}

    assert {slug: found[slug].fitness.value for slug in ("addresses", "description", "clients", "clock")} == {
        "addresses": "Fit",
        "description": "Fit",
        "clients": "Fit",
        "clock": "Fit",
    }
