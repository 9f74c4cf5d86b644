"""All of Authlib: leading a browser to Google, exchanging what it brings back, refreshing and revoking.

Sources: developers.google.com/identity/protocols/oauth2/web-server, RFC 6749, RFC 7636 (PKCE), RFC 9207 (`iss`)
"""

import json
import math
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import requests
from authlib.common.security import generate_token
from authlib.integrations.requests_client import OAuth2Session

from wizard.clock import Clock
from wizard.config import Client, Settings
from wizard.evidence import Account
from wizard.google.answers import Answer, token_trouble
from wizard.google.consent import Consent, Departure, Question
from wizard.google.errors import (
    AnswerRefused,
    AnswerUnreadable,
    CodeRefused,
    GoogleSilent,
    GrantDead,
)
from wizard.google.identity import verified
from wizard.google.provider import Provider
from wizard.google.scopes import IDENTITY_SCOPES, Permission, asked_for
from wizard.google.wire import Wire, answer_of, or_silence, within

LONGEST = timedelta(days=1)  # no access token lives that long; a number beyond it is a mistake


class SignIn:
    """The sign-in service of one provider, for our two clients."""

    def __init__(self, settings: Settings, clock: Clock, wire: Wire) -> None:
        self._settings, self._clock, self._wire = settings, clock, wire
        self._timeout = settings.google_sign_in_timeout_s
        self._provider = Provider(settings.google_metadata_url, wire, clock, self._timeout)

    def authorize(self, question: Question) -> Departure:
        asked = asked_for(question.permission, finds_calendar=question.finds_calendar)
        scope = " ".join(IDENTITY_SCOPES if question.silent else asked)
        verifier, nonce = generate_token(64), generate_token(32)
        extra = {"prompt": "none" if question.silent else "select_account consent"}
        if question.login_hint:
            extra["login_hint"] = question.login_hint
        if question.offline and not question.silent:
            extra["access_type"] = "offline"
        # The session's own method: the one of Authlib's framework clients writes the code_verifier into its debug log.
        url, _ = self._session(question.permission).create_authorization_url(
            self._provider.address("authorization_endpoint"),
            state=question.state,
            code_verifier=verifier,
            nonce=nonce,
            scope=scope,
            **extra,
        )
        return Departure(url, json.dumps({"nonce": nonce, "code_verifier": verifier, "scope": scope}))

    def finish(self, permission: Permission, code: str, secret: str, issuer: str) -> Consent:
        kept = _kept(secret)
        if issuer and issuer != self._provider.issuer:
            raise AnswerRefused
        try:
            answer = self._exchange(
                permission,
                lambda session, address: session.fetch_token(address, code=code, code_verifier=kept["code_verifier"]),
            )
        except GrantDead:
            raise CodeRefused from None
        token = answer.json()
        access_token, id_token = _text(token, "access_token"), _text(token, "id_token")
        if not id_token:
            raise AnswerRefused
        claims = verified(
            id_token,
            access_token,
            nonce=kept["nonce"],
            client_id=self._client(permission).id,
            provider=self._provider,
            answer=answer,
        )
        if not claims.get("email"):
            told = self._userinfo(access_token, claims["sub"])
            claims |= {"email": told.get("email"), "email_verified": told.get("email_verified")}
        return Consent(
            account=Account(claims["sub"], _text(claims, "email", needed=True), _text(claims, "hd")),
            email_verified=claims.get("email_verified") is True,
            scopes=frozenset((_text(token, "scope") or kept["scope"]).split()),  # left out: as asked (RFC 6749, 5.1)
            access_token=access_token,
            expires_at=self.end_of(token),
            refresh_token=_text(token, "refresh_token") or None,
        )

    def refresh(self, permission: Permission, refresh_token: str) -> dict[str, Any]:
        """The token answer, with a usable access_token. Raises GrantDead and the rest of the table."""
        return self._exchange(
            permission, lambda session, address: session.refresh_token(address, refresh_token=refresh_token)
        ).json()

    def revoke(self, token: str) -> None:
        """Ends everything this account gave the client's project. 400 invalid_token: it had ended before.

        Google wants the token alone, of whichever kind: developers.google.com/identity/protocols/oauth2/web-server
        """
        answer = self._wire.say(
            "POST",
            self._provider.address("revocation_endpoint"),
            timeout=self._timeout,
            headers={"Content-Type": "application/x-www-form-urlencoded"},
            body=urlencode({"token": token}),
        )
        if answer.is_good and not answer.body.strip():  # RFC 7009 2.2 promises no body; a portal's page is one
            return
        refusal = "" if answer.is_weather else answer.json().get("error")
        if not answer.is_good and refusal != "invalid_token":
            raise token_trouble(answer)

    def end_of(self, token: dict[str, Any]) -> datetime | None:
        """When an access token ends, by our clock; None for a number that makes no sense."""
        try:
            seconds = float(token["expires_in"])
        except (KeyError, TypeError, ValueError):
            return None
        if not (math.isfinite(seconds) and 0 < seconds <= LONGEST.total_seconds()):
            return None
        return self._clock() + timedelta(seconds=seconds)

    def _exchange(self, permission: Permission, ask: Callable[[OAuth2Session, str], object]) -> Answer:
        """One question to the token address, answered with a usable access_token. Raises as `token_trouble` says."""
        brought: list[Answer] = []

        def look(response: requests.Response) -> requests.Response:
            # Before Authlib reads it: its OAuthError leaves out error_subtype, which tells why a grant is dead.
            answer = answer_of(response)
            if not answer.is_good or "error" in answer.json():
                raise token_trouble(answer)
            _text(answer.json(), "access_token", needed=True)
            brought.append(answer)
            return response

        session = self._session(permission)
        session.register_compliance_hook("access_token_response", look)
        session.register_compliance_hook("refresh_token_response", look)
        address = self._provider.address("token_endpoint")
        with or_silence():
            try:
                ask(session, address)
            except (OverflowError, TypeError, ValueError):
                # Authlib makes an end of its own out of expires_in and stumbles over a strange one (1.9.9).
                if not brought:
                    raise
        return brought[0]

    def _userinfo(self, access_token: str, sub: str) -> dict[str, Any]:
        """Some providers put the e-mail there. The subject must be the same (OpenID Connect Core 5.3.2)."""
        answer = self._wire.say(
            "GET",
            self._provider.address("userinfo_endpoint"),
            timeout=self._timeout,
            headers={"Authorization": f"Bearer {access_token}"},
        )
        if not answer.is_good:
            raise GoogleSilent(answer.retry_after)
        claims = answer.json()
        if claims.get("sub") != sub:
            raise AnswerRefused
        return claims

    def _session(self, permission: Permission) -> OAuth2Session:
        """A new one each time: it keeps the last token it saw, so two threads must never share it."""
        client = self._client(permission)
        session = OAuth2Session(
            client.id,
            client.secret,
            token_endpoint_auth_method="client_secret_post",  # noqa: S106 - the name of a way, no secret
            code_challenge_method="S256",
            redirect_uri=self._settings.redirect_url,
            default_timeout=within(self._timeout),
        )
        self._wire.carry(session)
        return session

    def _client(self, permission: Permission) -> Client:
        return self._settings.checker if permission is Permission.CHECKER else self._settings.integration


def _kept(secret: str) -> dict[str, str]:
    try:
        kept = json.loads(secret)
        found = {name: str(kept[name]) for name in ("nonce", "code_verifier", "scope")}
    except (KeyError, TypeError, ValueError):
        raise AnswerRefused from None
    if not all(found.values()):  # an empty nonce would switch Authlib's look at it off
        raise AnswerRefused
    return found


def _text(holder: dict[str, Any], name: str, *, needed: bool = False) -> str:
    value = holder.get(name)
    if isinstance(value, str) and value:
        return value
    if needed:
        raise AnswerUnreadable
    return ""
