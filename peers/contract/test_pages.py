"""The authorize address, asked without a browser: what stays on Google's pages and what comes back.

Source: developers.google.com/identity/protocols/oauth2/web-server.
"""

from typing import Any
from urllib.parse import parse_qs, urljoin, urlsplit

import pytest
import requests
from peers.contract.conftest import Json

STAYS = "that a wrong question is told to the person alone (documented as 'may'), for each of its kinds"
SILENT = "the exact error of a refused prompt=none"


def travels(metadata: Json, target: Any, **changes: str | None) -> tuple[str, requests.Response]:
    """Where a browser never seen before ends: the last address, and the answer there (or the one that left Google)."""
    asked = {
        "client_id": target.client_id,
        "redirect_uri": target.redirect_uri,
        "response_type": "code",
        "scope": "openid email",
        "state": "attempt-1",
    }
    given = {name: value for name, value in {**asked, **changes}.items() if value is not None}
    with requests.Session() as session:
        answer = session.get(metadata["authorization_endpoint"], params=given, allow_redirects=False, timeout=10)
        while answer.is_redirect:
            there = urljoin(answer.url, answer.headers["Location"])
            if there.startswith(target.redirect_uri):
                return there, answer
            answer = session.get(there, allow_redirects=False, timeout=10)
    return answer.url, answer


@pytest.mark.parametrize(
    "changes",
    [
        {"redirect_uri": "https://elsewhere.example/callback"},
        {"redirect_uri": None},
        {"client_id": "nobody"},
        {"client_id": None},
        {"response_type": None},
        {"scope": None},
        {"scope": "openid calendar.everything"},
        {"prompt": "none consent"},
        {"prompt": "Consent"},
        {"access_type": "forever"},
        {"code_challenge_method": "S512", "code_challenge": "x" * 43},
    ],
)
@pytest.mark.unconfirmed(STAYS)
def test_a_wrong_question_never_comes_back(metadata: Json, target: Any, changes: dict[str, str | None]) -> None:
    there, _ = travels(metadata, target, **changes)

    assert urlsplit(there).netloc == urlsplit(metadata["authorization_endpoint"]).netloc
    assert not urlsplit(there).path.endswith("/identifier")  # told at once, before anybody signs in


@pytest.mark.parametrize("prompt", [None, "consent", "select_account", "select_account consent"])
def test_a_browser_never_seen_is_asked_who_it_is(metadata: Json, target: Any, prompt: str | None) -> None:
    there, answer = travels(metadata, target, prompt=prompt)

    assert answer.status_code == 200
    assert urlsplit(there).path.endswith("/identifier")


@pytest.mark.unconfirmed(SILENT)
@pytest.mark.parametrize("hint", [None, "email"])
def test_a_silent_sign_in_is_refused_where_nobody_is_signed_in(metadata: Json, target: Any, hint: str | None) -> None:
    there, _ = travels(metadata, target, prompt="none", login_hint=getattr(target, hint) if hint else None)

    brought = parse_qs(urlsplit(there).query)
    assert there.startswith(target.redirect_uri)
    assert brought["state"] == ["attempt-1"]
    assert brought["error"] == ["interaction_required"]
    assert brought["error_subtype"] == ["access_denied"]


def test_a_silent_refusal_brings_no_code(metadata: Json, target: Any) -> None:
    there, _ = travels(metadata, target, prompt="none")

    assert "code" not in parse_qs(urlsplit(there).query)


def test_a_page_may_not_be_framed(metadata: Json, target: Any) -> None:
    _, answer = travels(metadata, target)

    assert answer.headers["X-Frame-Options"] == "DENY"
