"""The id_token and the keys, held against by verifiers that are not ours."""

import time
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import google.auth.transport.requests
import pytest
import requests
from authlib.integrations.requests_client import OAuth2Session
from google.auth import jwt as verifier
from google.oauth2.credentials import Credentials
from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey

from e2e.fake_google import FakeGoogle, World, running
from tests.fake_google.conftest import MARIA
from tests.fake_google.visitor import VERIFIER, App, Visitor


@pytest.fixture
def transport() -> Iterator[Any]:
    with requests.Session() as session:
        yield google.auth.transport.requests.Request(session)


def the_id_token(visitor: Visitor, app: App, email: str = MARIA, **changes: str | None) -> str:
    told: str = app.redeems(visitor.consents(app, email, **changes)["code"]).json()["id_token"]
    return told


def claims(base: str, token: str) -> dict[str, Any]:
    keys = KeySet.import_key_set(requests.get(base + "/oauth2/v3/certs", timeout=5).json())
    return dict(jwt.decode(token, keys, algorithms=["RS256"]).claims)


def test_the_description_names_every_address_on_this_host(base: str) -> None:
    told = requests.get(base + "/.well-known/openid-configuration", timeout=5).json()

    assert {name: value for name, value in told.items() if name.endswith(("endpoint", "uri", "issuer"))} == {
        "issuer": base,
        "authorization_endpoint": base + "/o/oauth2/v2/auth",
        "device_authorization_endpoint": base + "/device/code",
        "token_endpoint": base + "/token",
        "userinfo_endpoint": base + "/v1/userinfo",
        "revocation_endpoint": base + "/revoke",
        "jwks_uri": base + "/oauth2/v3/certs",
    }
    assert "end_session_endpoint" not in told


@pytest.mark.parametrize("path", ["device/code", "tokeninfo"])
def test_an_address_of_sign_in_that_is_not_built_says_its_name(base: str, path: str) -> None:
    answer = requests.post(f"{base}/{path}", timeout=5)

    assert answer.status_code == 501
    assert answer.json()["error"]["message"] == f"{path} is not built in this stand-in for Google."


def test_the_issuer_is_the_host_asked(base: str) -> None:
    elsewhere = base.replace("127.0.0.1", "localhost")

    told = requests.get(elsewhere + "/.well-known/openid-configuration", timeout=5).json()

    assert told["issuer"] == elsewhere


def test_google_auth_verifies_the_id_token(visitor: Visitor, checker: App, world: World) -> None:
    token = the_id_token(visitor, checker)
    (key,) = requests.get(visitor.base + "/oauth2/v3/certs", timeout=5).json()["keys"]
    certs = {key["kid"]: RSAKey.import_key(key).as_pem(private=False)}

    told = verifier.decode(token, certs=certs, audience="checker")  # type: ignore[no-untyped-call]

    assert told["sub"] == world.account(MARIA).sub
    assert {name: told[name] for name in ("iss", "aud", "azp", "email", "email_verified", "hd", "nonce")} == {
        "iss": visitor.base, "aud": "checker", "azp": "checker", "email": MARIA, "email_verified": True,
        "hd": "clinic.example", "nonce": "nonce-1",
    }  # fmt: skip
    assert "at_hash" in told


def test_authlib_walks_the_whole_way(visitor: Visitor, google: FakeGoogle) -> None:
    base = visitor.base
    session = OAuth2Session(
        "checker", "checker-secret", scope="openid email", redirect_uri="http://127.0.0.1:5000/google/callback",
        code_challenge_method="S256", token_endpoint=base + "/token",
    )  # fmt: skip
    google.accepts(MARIA)

    address, _ = session.create_authorization_url(base + "/o/oauth2/v2/auth", code_verifier=VERIFIER)
    visitor.opens(address)
    token = session.fetch_token(authorization_response=visitor.answer.headers["Location"], code_verifier=VERIFIER)

    assert session.get(base + "/v1/userinfo").json()["email"] == MARIA
    assert claims(base, token["id_token"])["email"] == MARIA


def test_google_auth_refreshes(base: str, world: World, transport: Any) -> None:
    kept = world.grants_token(MARIA, "checker", ["openid"])["refresh_token"]
    credentials = Credentials(  # type: ignore[no-untyped-call]
        None, refresh_token=kept, token_uri=base + "/token", client_id="checker", client_secret="checker-secret"
    )

    credentials.refresh(transport)  # type: ignore[no-untyped-call]

    assert (credentials.valid, credentials.refresh_token) == (True, kept)


def test_a_consumer_account_has_no_hd(visitor: Visitor, checker: App) -> None:
    token = the_id_token(visitor, checker, "frontdesk@gmail.example")

    assert "hd" not in claims(visitor.base, token)


@pytest.mark.parametrize(("scope", "has"), [("openid", False), ("openid email", True)])
def test_the_email_is_told_to_who_asked_for_it(visitor: Visitor, checker: App, scope: str, has: bool) -> None:
    assert ("email" in claims(visitor.base, the_id_token(visitor, checker, scope=scope))) is has


def test_without_openid_there_is_no_id_token(visitor: Visitor, integration: App) -> None:
    code = visitor.consents(integration, MARIA, scope="calendar.events.owned")["code"]

    assert "id_token" not in integration.redeems(code).json()


def test_a_moved_world_leaves_iat_and_exp_real(visitor: Visitor, checker: App, world: World) -> None:
    world.clock.advance(90 * 86_400)

    told = claims(visitor.base, the_id_token(visitor, checker))

    assert abs(told["iat"] - time.time()) < 30
    assert told["exp"] - told["iat"] == 3600


def test_a_planned_skew_moves_them(visitor: Visitor, checker: App, world: World) -> None:
    world.clock.skew_s = 420

    told = claims(visitor.base, the_id_token(visitor, checker))

    assert 390 < told["iat"] - time.time() < 450


@pytest.mark.parametrize("keep_old", [True, False])
def test_keys_rotate(visitor: Visitor, checker: App, world: World, keep_old: bool) -> None:
    before = the_id_token(visitor, checker)
    ring = list(world.keys.ring)

    world.keys.rotate(keep_old=keep_old)
    kids = [key["kid"] for key in requests.get(visitor.base + "/oauth2/v3/certs", timeout=5).json()["keys"]]
    after = claims(visitor.base, the_id_token(visitor, checker))

    assert (ring[0].kid in kids, len(kids)) == (keep_old, 1 + keep_old * len(ring))
    assert after["aud"] == "checker"
    if keep_old:
        assert claims(visitor.base, before)["aud"] == "checker"
    world.keys.ring[:] = ring


def test_google_auth_verifies_at_googles_own_address(checker: App, transport: Any) -> None:
    """verify_oauth2_token has Google's issuer and the address of its keys built in: a hosts file leads it here."""
    from google.oauth2 import id_token

    with running(FakeGoogle(issuer="https://accounts.google.com")) as base:
        visitor = Visitor(base)
        token = the_id_token(visitor, replace(checker, base=base))

        def led_here(url: str, **given: Any) -> Any:
            assert url.startswith("https://www.googleapis.com/")
            return transport(url.replace("https://www.googleapis.com", base), **given)

        told = id_token.verify_oauth2_token(token, led_here, "checker")  # type: ignore[no-untyped-call]

    assert (told["iss"], told["email"]) == ("https://accounts.google.com", MARIA)


def test_certs_hold_nothing_private(base: str) -> None:
    (key,) = requests.get(base + "/oauth2/v3/certs", timeout=5).json()["keys"]

    assert set(key) == {"kty", "use", "alg", "kid", "n", "e"}


def test_a_fixed_issuer_for_verifiers_that_insist() -> None:
    with running(FakeGoogle(issuer="https://accounts.google.com")) as base:
        told = requests.get(base + "/.well-known/openid-configuration", timeout=5).json()

    assert told["issuer"] == "https://accounts.google.com"
    assert told["token_endpoint"] == base + "/token"
