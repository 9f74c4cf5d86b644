"""What Google's answers say of this installation."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from tests.doctor.conftest import DESCRIPTION, GOOGLE, SEEN
from wizard.config import Client
from wizard.doctor import Fitness, Site, at_google
from wizard.google import Permission

SiteWhere = Callable[..., Site]
ELSEWHERE = f"https://id.example{at_google.DISCOVERY_PATH}"


def described(**changed: object) -> Any:
    """Google's description with entries changed; None takes one away."""
    entries = {name: value for name, value in (DESCRIPTION | changed).items() if value is not None}
    return replace(SEEN, description=entries)


@pytest.mark.parametrize(
    ("has_description", "calendar", "names"),
    [
        (False, True, "accounts.google.com"),
        (True, False, "www.googleapis.com"),
        (False, False, "accounts.google.com and www.googleapis.com"),
    ],
)
def test_an_address_that_is_silent_is_named(
    site_where: SiteWhere, has_description: bool, calendar: bool, names: str
) -> None:
    seen = replace(SEEN, description=DESCRIPTION if has_description else None, calendar_answers=calendar)
    found = at_google.addresses(site_where(seen))

    assert found.fitness is Fitness.UNFIT
    assert found.found == f"No usable answer from {names}."


def test_addresses_that_answer_are_fit(site_where: SiteWhere) -> None:
    assert at_google.addresses(site_where()).fitness is Fitness.FIT


def test_a_sound_description_is_fit(site_where: SiteWhere) -> None:
    assert at_google.description(site_where()).fitness is Fitness.FIT


def test_a_provider_of_this_computer_may_speak_http(site_where: SiteWhere) -> None:
    base = "http://127.0.0.1:5001"
    entries = dict.fromkeys(at_google.ENDPOINTS, f"{base}/x") | {"issuer": base}
    site = site_where(described(**entries), google_metadata_url=base + at_google.DISCOVERY_PATH)

    assert at_google.description(site).fitness is Fitness.FIT


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"issuer": None}, "issuer is missing"),
        ({"token_endpoint": None}, "token_endpoint is missing"),
        ({"jwks_uri": 7}, "jwks_uri is missing"),
        ({"revocation_endpoint": ""}, "revocation_endpoint is missing"),
        ({"userinfo_endpoint": "userinfo"}, "userinfo_endpoint is missing"),
        ({"authorization_endpoint": "http://accounts.google.com/auth"}, "authorization_endpoint is not https"),
        ({"issuer": "https://another.example"}, "it calls itself https://another.example"),
        ({"id_token_signing_alg_values_supported": ["ES256"]}, "it does not offer RS256"),
        ({"code_challenge_methods_supported": ["plain"]}, "it does not offer S256"),
    ],
)
def test_what_a_description_lacks_is_named(site_where: SiteWhere, changed: dict[str, object], why: str) -> None:
    found = at_google.description(site_where(described(**changed)))

    assert found.fitness is Fitness.UNFIT
    assert why in found.found


def test_a_description_read_elsewhere_is_not_its_issuer_s(site_where: SiteWhere) -> None:
    found = at_google.description(site_where(google_metadata_url=ELSEWHERE))

    assert f"it calls itself {GOOGLE}" in found.found


@pytest.mark.parametrize(
    ("seconds", "fitness", "says"),
    [
        (0, Fitness.FIT, "agrees with Google's to 1 s"),
        (30, Fitness.FIT, "to 30 s"),
        (-30, Fitness.FIT, "to 30 s"),
        (31, Fitness.WARNING, "31 seconds ahead of"),
        (-31, Fitness.WARNING, "31 seconds behind"),
        (300, Fitness.WARNING, "5 minutes ahead of"),
        (301, Fitness.UNFIT, "5 minutes ahead of"),
        (-7200, Fitness.UNFIT, "120 minutes behind"),
    ],
)
def test_a_clock_that_is_off(site_where: SiteWhere, seconds: int, fitness: Fitness, says: str) -> None:
    found = at_google.clock(site_where(replace(SEEN, ahead=timedelta(seconds=seconds))))

    assert found.fitness is fitness
    assert says in found.found


def test_what_was_not_seen_is_said_to_be_so(site_where: SiteWhere) -> None:
    blind = site_where(replace(SEEN, description=None, ahead=None, clients=dict.fromkeys(Permission, None)))

    assert {check(blind).fitness for check in (at_google.description, at_google.clock, at_google.clients)} == {
        Fitness.UNSEEN
    }


def test_a_client_google_does_not_take_is_named_with_googles_words(site_where: SiteWhere) -> None:
    seen = {Permission.CHECKER: "invalid_client: Unauthorized", Permission.INTEGRATION: None}
    found = at_google.clients(site_where(replace(SEEN, clients=seen)))

    assert found.fitness is Fitness.UNFIT
    assert "Calendar Sync Checker: invalid_client: Unauthorized" in found.found


def test_known_clients_are_fit(site_where: SiteWhere) -> None:
    both = site_where()
    one = site_where(integration=Client("checker.apps", "checker-secret", "Calendar Sync Checker"))

    assert at_google.clients(both).found == "Google knows both clients and their secrets."
    assert at_google.clients(one).found == "Google knows the client and its secret."
