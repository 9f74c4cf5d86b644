"""A provider that signs whatever it is told to, for id_tokens no honest one would give."""

import base64
import hashlib
import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

from joserfc import jwt
from joserfc.jwk import RSAKey

from e2e.fake_google import World
from tests.google.line import Line, answering, http
from tests.google.travel import asked
from tests.google.vault import MemoryVault
from wizard.clock import Clock, system_clock
from wizard.config import Settings
from wizard.google import Consent, Departure, Google, Permission, Question

OURS = RSAKey.generate_key(2048, auto_kid=True)
ANOTHERS = RSAKey.generate_key(2048, parameters={"kid": str(OURS.kid)})  # names itself after ours
ACCESS = "ya29.access"


def claims(issuer: str, nonce: str, /, **changed: Any) -> dict[str, Any]:
    """Those of a right id_token; None takes one away."""
    now = int(time.time())
    right = {
        "iss": issuer,
        "aud": "checker",
        "azp": "checker",
        "sub": "1001",
        "email": "maria@clinic.example",
        "email_verified": True,
        "nonce": nonce,
        "iat": now,
        "exp": now + 3600,
        "at_hash": base64.urlsafe_b64encode(hashlib.sha256(ACCESS.encode()).digest()[:16]).rstrip(b"=").decode(),
    }
    return {name: value for name, value in (right | changed).items() if value is not None}


def signed(content: dict[str, Any], key: RSAKey = OURS) -> str:
    return jwt.encode({"alg": "RS256", "kid": key.kid}, content, key)


def token_answer(id_token: object, *headers: str, **changed: Any) -> bytes:
    """What the token address answers; None takes a field away."""
    right = {
        "access_token": ACCESS,
        "expires_in": 3599,
        "token_type": "Bearer",
        "scope": "openid email",
        "id_token": id_token,
    }
    body = {name: value for name, value in (right | changed).items() if value is not None}
    return http(json.dumps(body).encode(), "200 OK", *headers)


def metadata(url: str, **changed: str | None) -> bytes:
    """The description of a provider at this address; None takes an entry away."""
    right = {
        "issuer": url,
        "authorization_endpoint": f"{url}/auth",
        "token_endpoint": f"{url}/token",
        "userinfo_endpoint": f"{url}/userinfo",
        "revocation_endpoint": f"{url}/revoke",
        "jwks_uri": f"{url}/certs",
    }
    document = {name: value for name, value in (right | changed).items() if value is not None}
    return http(json.dumps(document).encode())


@dataclass
class Visit:
    """A trip to this provider, up to the moment a code came back."""

    line: Line
    google: Google
    vault: MemoryVault
    departure: Departure

    def claims(self, **changed: Any) -> dict[str, Any]:
        return claims(self.line.url, asked(self.departure)["nonce"], **changed)

    def brings(self, id_token: object, *headers: str, **changed: Any) -> None:
        """What the token address answers for the code."""
        self.line.answers("token", token_answer(id_token, *headers, **changed))

    def finishes(self) -> Consent:
        return self.google.finish(Permission.CHECKER, "4/code", self.departure.secret)


@contextmanager
def visiting(settings: Settings, clock: Clock = system_clock, named: str = "", **replies: bytes) -> Iterator[Visit]:
    """On the way with this provider, which calls itself by its address or as `named`. Replies: certs, userinfo."""
    with providing(**replies) as line:
        line.answers("metadata", metadata(line.url, issuer=named or line.url))
        there = replace(settings, google_metadata_url=f"{line.url}/metadata")
        vault = MemoryVault(World())
        google = Google(there, clock, vault)
        yield Visit(line, google, vault, google.authorize(Question(Permission.CHECKER, "state-1")))
        google.close()


@contextmanager
def providing(**replies: bytes) -> Iterator[Line]:
    """The provider, honest but for these replies: metadata, certs, userinfo, token."""
    with answering() as line:
        certs = {"keys": [OURS.as_dict(private=False)]}
        honest = {"metadata": metadata(line.url), "certs": http(json.dumps(certs).encode())}
        for name, answer in (honest | replies).items():
            line.answers(name, answer)
        yield line
