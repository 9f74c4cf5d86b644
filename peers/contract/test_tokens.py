"""The token, revocation and userinfo addresses. Source: developers.google.com/identity/protocols/oauth2/web-server."""

import base64
from typing import Any

import google.auth.transport.requests
import pytest
import requests
from authlib.integrations.requests_client import OAuth2Session
from google.auth import jwt as google_jwt
from google.oauth2.credentials import Credentials
from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey
from peers.contract.conftest import Json, Rest

USED = "what a code that is used, foreign or made up is told"
NO_CLIENT = "status and words for a client that is wrong or missing"


def refused(answer: requests.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["error"]


def refreshing(target: Any, name: str = "all") -> dict[str, str | None]:
    return {"grant_type": "refresh_token", "refresh_token": target.tokens[name]}


def redeeming(target: Any, **changes: str | None) -> dict[str, str | None]:
    form = {"grant_type": "authorization_code", "code": "4/0Amade-up", "redirect_uri": target.redirect_uri}
    return {**form, **changes}


@pytest.mark.parametrize(
    ("changes", "answer"),
    [
        pytest.param({}, (400, "invalid_grant"), marks=pytest.mark.unconfirmed(USED)),
        ({"code": None}, (400, "invalid_request")),
        ({"client_secret": None}, (400, "invalid_request")),
        pytest.param({"client_secret": "wrong"}, (401, "invalid_client"), marks=pytest.mark.unconfirmed(NO_CLIENT)),
        pytest.param({"client_id": "nobody"}, (401, "invalid_client"), marks=pytest.mark.unconfirmed(NO_CLIENT)),
        pytest.param({"client_id": None}, (400, "invalid_request"), marks=pytest.mark.unconfirmed(NO_CLIENT)),
        ({"grant_type": "password"}, (400, "unsupported_grant_type")),
        pytest.param(
            {"grant_type": None},
            (400, "unsupported_grant_type"),
            marks=pytest.mark.unconfirmed("what a request without grant_type is told"),
        ),
    ],
)
def test_a_code_is_not_redeemed(
    token: Rest, target: Any, changes: dict[str, str | None], answer: tuple[int, str]
) -> None:
    assert refused(token(**redeeming(target, **changes))) == answer


def test_a_missing_secret_is_named(token: Rest, target: Any) -> None:
    answer = token(**redeeming(target, client_secret=None))

    assert answer.json()["error_description"] == "client_secret is missing."


@pytest.mark.unconfirmed(USED)
def test_a_malformed_code_is_named(token: Rest, target: Any) -> None:
    assert token(**redeeming(target)).json()["error_description"] == "Malformed auth code."


@pytest.mark.parametrize(
    ("changes", "answer"),
    [
        ({"refresh_token": "1//0made-up"}, (400, "invalid_grant")),
        ({"refresh_token": None}, (400, "invalid_request")),
        ({"client_secret": None}, (400, "invalid_request")),
        pytest.param({"client_secret": "wrong"}, (401, "invalid_client"), marks=pytest.mark.unconfirmed(NO_CLIENT)),
    ],
)
def test_a_refresh_is_refused(
    token: Rest, target: Any, changes: dict[str, str | None], answer: tuple[int, str]
) -> None:
    assert refused(token(**(refreshing(target) | changes))) == answer


def test_a_field_twice_is_refused(metadata: Json, target: Any) -> None:
    form = [("grant_type", "refresh_token"), ("client_id", target.client_id), ("client_id", target.client_id)]

    assert refused(requests.post(metadata["token_endpoint"], data=form, timeout=10)) == (400, "invalid_request")


def test_the_token_address_is_posted_to(metadata: Json) -> None:
    assert requests.get(metadata["token_endpoint"], timeout=10).status_code in {404, 405}


def test_a_refresh_brings_an_access_token_for_an_hour(token: Rest, target: Any) -> None:
    told = token(**refreshing(target)).json()

    assert told["token_type"] == "Bearer"
    assert 0 < told["expires_in"] <= 3600
    assert len(told["access_token"]) <= 2048


def test_a_refresh_does_not_rotate(token: Rest, target: Any) -> None:
    assert "refresh_token" not in token(**refreshing(target)).json()
    assert token(**refreshing(target)).status_code == 200


@pytest.mark.parametrize(
    ("name", "scopes"),
    [
        ("reads", {"calendar.calendarlist.readonly", "calendar.events.owned.readonly", "userinfo.email"}),
        ("writes", {"calendar.events.owned", "userinfo.email"}),
        ("all", {"calendar", "userinfo.email", "userinfo.profile"}),
    ],
)
def test_scopes_are_told_by_their_long_names(token: Rest, target: Any, name: str, scopes: set[str]) -> None:
    told = set(token(**refreshing(target, name)).json()["scope"].split())

    assert told == {"openid"} | {f"https://www.googleapis.com/auth/{scope}" for scope in scopes}


@pytest.mark.unconfirmed("that a refresh may ask for fewer scopes (RFC 6749 section 6)")
def test_a_refresh_may_ask_for_fewer_scopes(token: Rest, target: Any) -> None:
    assert token(**refreshing(target), scope="openid").json()["scope"] == "openid"


def test_a_client_may_say_who_it_is_by_basic(metadata: Json, target: Any) -> None:
    said = base64.b64encode(f"{target.client_id}:{target.client_secret}".encode()).decode()

    answer = requests.post(
        metadata["token_endpoint"], data=refreshing(target), headers={"Authorization": f"Basic {said}"}, timeout=10
    )

    assert answer.status_code == 200


def test_a_token_is_kept_by_nobody_on_the_way(token: Rest, target: Any) -> None:
    assert "no-store" in token(**refreshing(target)).headers["Cache-Control"]


def test_google_auth_refreshes(credentials: dict[str, Credentials], target: Any) -> None:
    assert all(one.valid and one.refresh_token == target.tokens[name] for name, one in credentials.items())


def test_authlib_refreshes(metadata: Json, target: Any) -> None:
    with OAuth2Session(target.client_id, target.client_secret, token_endpoint=metadata["token_endpoint"]) as session:
        told = session.refresh_token(refresh_token=target.tokens["reads"])

    assert told["token_type"] == "Bearer"


@pytest.fixture(scope="module")
def id_token(credentials: dict[str, Credentials]) -> str:
    told: str = credentials["all"].id_token
    return told


@pytest.fixture(scope="module")
def keys(metadata: Json) -> Json:
    told: Json = requests.get(metadata["jwks_uri"], timeout=10).json()
    return told


@pytest.fixture(scope="module")
def claims(id_token: str, keys: Json) -> Json:
    ring = KeySet.import_key_set(keys)  # type: ignore[arg-type]
    return dict(jwt.decode(id_token, ring, algorithms=["RS256"]).claims)


def test_the_id_token_is_for_this_client(claims: Json, target: Any, metadata: Json) -> None:
    assert claims["aud"] == claims["azp"] == target.client_id
    assert claims["iss"] == metadata["issuer"]


def test_the_id_token_names_the_account(claims: Json, target: Any) -> None:
    assert (claims["email"], claims["email_verified"]) == (target.email, True)
    assert claims["sub"].isascii()
    assert len(claims["sub"]) <= 255


def test_the_id_token_lasts_an_hour(claims: Json) -> None:
    assert claims["exp"] - claims["iat"] == 3600


def test_the_id_token_fits_its_access_token(claims: Json) -> None:
    assert len(base64.urlsafe_b64decode(claims["at_hash"] + "==")) == 16


def test_google_auth_verifies_the_id_token(id_token: str, keys: Json, target: Any) -> None:
    certs = {key["kid"]: RSAKey.import_key(key).as_pem(private=False) for key in keys["keys"]}

    told = google_jwt.decode(id_token, certs=certs, audience=target.client_id)  # type: ignore[no-untyped-call]

    assert told["sub"]


def test_userinfo_tells_the_same_account(metadata: Json, credentials: dict[str, Credentials], claims: Json) -> None:
    with requests.Session() as session:
        session.headers["Authorization"] = f"Bearer {credentials['all'].token}"
        told = session.get(metadata["userinfo_endpoint"], timeout=10).json()

    assert (told["sub"], told["email"]) == (claims["sub"], claims["email"])


@pytest.mark.parametrize("header", [{}, {"Authorization": "Bearer made-up"}])
def test_userinfo_is_for_who_has_a_token(metadata: Json, header: dict[str, str]) -> None:
    assert requests.get(metadata["userinfo_endpoint"], headers=header, timeout=10).status_code == 401


def test_a_token_nobody_gave_cannot_be_revoked(metadata: Json) -> None:
    answer = requests.post(metadata["revocation_endpoint"], data={"token": "made-up"}, timeout=10)

    assert refused(answer) == (400, "invalid_token")


def test_google_auth_names_a_dead_permission(metadata: Json, target: Any) -> None:
    from google.auth.exceptions import RefreshError

    dead = Credentials(  # type: ignore[no-untyped-call]
        None, refresh_token="1//0dead", token_uri=metadata["token_endpoint"], client_id=target.client_id,
        client_secret=target.client_secret,
    )  # fmt: skip

    with requests.Session() as session, pytest.raises(RefreshError) as raised:
        dead.refresh(google.auth.transport.requests.Request(session))  # type: ignore[no-untyped-call]

    assert raised.value.args[1]["error"] == "invalid_grant"
