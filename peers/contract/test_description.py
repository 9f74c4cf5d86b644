"""The discovery document and the keys. Source: developers.google.com/identity/openid-connect/openid-connect."""

from typing import Any

import pytest
import requests
from authlib.integrations.requests_client import OAuth2Session
from authlib.oidc.discovery import OpenIDProviderMetadata
from peers.contract.conftest import Json


@pytest.fixture(scope="module")
def keys(metadata: Json) -> requests.Response:
    return requests.get(metadata["jwks_uri"], timeout=10)


@pytest.mark.parametrize(
    ("name", "least"),
    [
        ("response_types_supported", {"code"}),
        ("subject_types_supported", {"public"}),
        ("id_token_signing_alg_values_supported", {"RS256"}),
        ("scopes_supported", {"openid", "email", "profile"}),
        ("token_endpoint_auth_methods_supported", {"client_secret_post", "client_secret_basic"}),
        ("code_challenge_methods_supported", {"plain", "S256"}),
        ("grant_types_supported", {"authorization_code", "refresh_token"}),
        ("claims_supported", {"aud", "email", "email_verified", "exp", "iat", "iss", "sub"}),
        pytest.param(
            "response_modes_supported",
            {"query", "fragment", "form_post"},
            marks=pytest.mark.unconfirmed("the exact list of response modes"),
        ),
    ],
)
def test_the_description_supports(metadata: Json, name: str, least: set[str]) -> None:
    assert least <= set(metadata[name])


@pytest.mark.parametrize(
    "name", ["authorization_endpoint", "token_endpoint", "revocation_endpoint", "userinfo_endpoint", "jwks_uri"]
)
def test_the_description_has_an_address(metadata: Json, name: str) -> None:
    assert metadata[name].startswith(("https://", "http://127.0.0.1:"))


def test_the_issuer_is_where_the_description_lies(metadata: Json, target: Any) -> None:
    assert target.metadata_url == metadata["issuer"] + "/.well-known/openid-configuration"


def test_there_is_no_logout_address(metadata: Json) -> None:
    assert "end_session_endpoint" not in metadata


def test_authlib_takes_the_description(metadata: Json) -> None:
    told = OpenIDProviderMetadata(metadata)

    told.validate_issuer()
    told.validate_subject_types_supported()
    told.validate_id_token_signing_alg_values_supported()


def test_authlib_asks_the_authorize_address(metadata: Json, target: Any) -> None:
    with OAuth2Session(target.client_id, redirect_uri=target.redirect_uri, scope="openid") as session:
        address, state = session.create_authorization_url(metadata["authorization_endpoint"])

    assert requests.get(address, timeout=10).status_code == 200
    assert f"state={state}" in address


def test_every_key_signs_by_rs256_and_has_a_name(keys: requests.Response) -> None:
    told = keys.json()["keys"]

    assert {(key["kty"], key["alg"], key["use"]) for key in told} == {("RSA", "RS256", "sig")}
    assert len({key["kid"] for key in told}) == len(told) > 0


def test_no_key_is_private(keys: requests.Response) -> None:
    assert not {"d", "p", "q", "dp", "dq", "qi"} & {name for key in keys.json()["keys"] for name in key}


def test_the_keys_say_how_long_they_last(keys: requests.Response) -> None:
    assert "max-age=" in keys.headers["Cache-Control"]


def test_the_description_may_be_kept_for_a_while(target: Any) -> None:
    assert "max-age=" in requests.get(target.metadata_url, timeout=10).headers["Cache-Control"]
