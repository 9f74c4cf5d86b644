"""The addresses an app asks itself: description, keys, token, revocation, userinfo."""

import base64
import binascii
import functools
import hashlib
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote_plus

from flask import Flask, jsonify, request
from flask.typing import ResponseReturnValue
from joserfc import jwt

from . import asker, permissions
from .errors import NotBuilt
from .nouns import AccessToken, Client, Json
from .permissions import TokenError
from .scopes import ALIASES
from .world import World

ID_TOKEN_S: Final = 3600
NOT_BUILT: Final = (
    "urn:ietf:params:oauth:grant-type:device_code",
    "urn:ietf:params:oauth:grant-type:jwt-bearer",
)
"""Ways to a token that the discovery document names, as Google's does."""

NO_STORE: Final = {"Cache-Control": "no-cache, no-store, max-age=0, must-revalidate"}


def metadata(issuer: str, base: str) -> Json:
    """OpenID Connect Discovery, as accounts.google.com answers, with every address on this host."""
    return {
        "issuer": issuer,
        "authorization_endpoint": f"{base}/o/oauth2/v2/auth",
        "device_authorization_endpoint": f"{base}/device/code",
        "token_endpoint": f"{base}/token",
        "userinfo_endpoint": f"{base}/v1/userinfo",
        "revocation_endpoint": f"{base}/revoke",
        "jwks_uri": f"{base}/oauth2/v3/certs",
        "response_types_supported": [
            "code", "token", "id_token", "code token", "code id_token", "token id_token", "code token id_token", "none",
        ],
        "response_modes_supported": ["query", "fragment", "form_post"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["RS256"],
        "scopes_supported": ["openid", "email", "profile"],
        "token_endpoint_auth_methods_supported": ["client_secret_post", "client_secret_basic"],
        "claims_supported": [
            "aud", "email", "email_verified", "exp", "family_name", "given_name", "iat", "iss", "name", "picture", "sub",
        ],
        "code_challenge_methods_supported": ["plain", "S256"],
        "grant_types_supported": ["authorization_code", "refresh_token", *NOT_BUILT],
    }  # fmt: skip


def id_token(world: World, issuer: str, access: AccessToken, nonce: str) -> str:
    """RS256 (OpenID Connect Core 2 and 3.1.3.6). iat and exp are real time, unless a skew is planned."""
    half = hashlib.sha256(access.value.encode()).digest()[:16]
    now = int(world.clock.said())
    claims: Json = {
        "iss": issuer,
        "azp": access.client,
        "aud": access.client,
        "at_hash": base64.urlsafe_b64encode(half).rstrip(b"=").decode(),
        "iat": now,
        "exp": now + ID_TOKEN_S,
    } | about(world, access)
    if nonce:
        claims["nonce"] = nonce
    return jwt.encode({"alg": "RS256", "typ": "JWT", "kid": world.keys.signing.kid}, claims, world.keys.signing)


def about(world: World, access: AccessToken) -> Json:
    """Who the token is of, as far as its scopes tell."""
    account = world.accounts[access.sub]
    told: Json = {"sub": account.sub}
    if account.hd:
        told["hd"] = account.hd
    if ALIASES["email"] in access.scopes:
        told |= {"email": account.email, "email_verified": True}
    if ALIASES["profile"] in access.scopes:
        given, _, family = account.name.partition(" ")
        told |= {"name": account.name, "given_name": given, "family_name": family}
    return told


def named_client(world: World) -> Client:
    """Which app asks, by client_secret_post or client_secret_basic (RFC 6749 section 2.3.1). Raises TokenError."""
    client_id, secret = request.form.get("client_id", ""), request.form.get("client_secret", "")
    scheme, _, told = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() == "basic":
        try:
            client_id, _, secret = base64.b64decode(told, validate=True).decode().partition(":")
        except (binascii.Error, UnicodeDecodeError) as unreadable:
            raise TokenError("invalid_client", "Unauthorized", 401) from unreadable
        client_id, secret = unquote_plus(client_id), unquote_plus(secret)
    if not client_id:
        raise TokenError("invalid_request", "Could not determine client ID from request.")
    client = world.clients.get(client_id)
    if client is None or client.deleted:
        error = "deleted_client" if client else "invalid_client"
        raise TokenError(error, f"The OAuth client was {'deleted' if client else 'not found'}.", 401)
    if not secret:
        raise TokenError("invalid_request", "client_secret is missing.")
    if secret != client.secret:
        raise TokenError("invalid_client", "Unauthorized", 401)
    return client


@dataclass(frozen=True, slots=True)
class Tokens:
    """What an app asks without a browser."""

    world: World

    def open(self, app: Flask) -> None:
        app.add_url_rule("/.well-known/openid-configuration", "discovery", self.discovery)
        app.add_url_rule("/oauth2/v3/certs", "certs", self.certs)
        app.add_url_rule("/oauth2/v1/certs", "certs.pem", self.certificates)
        app.register_error_handler(TokenError, self.refused)
        app.add_url_rule("/token", "token", self.token, methods=["POST"])
        app.add_url_rule("/revoke", "revoke", self.revoke, methods=["POST"])
        app.add_url_rule("/v1/userinfo", "userinfo", self.userinfo, methods=["GET", "POST"])
        for name in ("device/code", "tokeninfo"):
            app.add_url_rule(f"/{name}", name, functools.partial(self.not_built, name), methods=["GET", "POST"])

    def discovery(self) -> ResponseReturnValue:
        base = request.host_url.rstrip("/")
        return metadata(self.world.issuer_at(base), base), {"Cache-Control": "public, max-age=3600"}

    def certs(self) -> ResponseReturnValue:
        return self.world.keys.public(), {"Cache-Control": "public, max-age=20000, must-revalidate, no-transform"}

    def certificates(self) -> ResponseReturnValue:
        """Where google.oauth2.id_token and Java's GoogleIdTokenVerifier look unless told otherwise."""
        return self.world.keys.certificates(), {"Cache-Control": "public, max-age=20000, must-revalidate, no-transform"}

    def not_built(self, name: str) -> ResponseReturnValue:
        raise NotBuilt(name)

    def refused(self, error: TokenError) -> ResponseReturnValue:
        return jsonify(error.body), error.status, NO_STORE

    def token(self) -> ResponseReturnValue:
        if doubled := [name for name, values in request.form.lists() if len(values) > 1]:
            raise TokenError("invalid_request", f"OAuth 2 parameters can only have a single value: {doubled[0]}")
        kind = request.form.get("grant_type", "")
        if kind in NOT_BUILT:
            raise NotBuilt(f"grant_type {kind}")
        if kind not in {"authorization_code", "refresh_token"}:
            raise TokenError("unsupported_grant_type", f"Invalid grant_type: {kind}")
        if kind == "refresh_token" and not request.form.get(kind):
            raise TokenError("invalid_request", "Missing required parameter: refresh_token")
        client = named_client(self.world)
        body = self.by_code(client) if kind == "authorization_code" else self.by_refresh_token(client)
        return jsonify(body), NO_STORE

    def by_code(self, client: Client) -> Json:
        given = request.form
        for name in ("code", "redirect_uri"):
            if not given.get(name):
                raise TokenError("invalid_request", f"Missing required parameter: {name}")
        code = permissions.redeem(
            self.world, client, given["code"], given["redirect_uri"], given.get("code_verifier", "")
        )
        access = permissions.issue_access_token(self.world, code.sub, client, code.scopes)
        body = self.told(access, code.nonce)
        email = self.world.accounts[code.sub].email
        withheld = self.world.faults.take(frozenset({"no_refresh_token"}), "token", request.path, email)
        if code.gives_refresh_token and not withheld:
            refresh = permissions.issue_refresh_token(self.world, code.sub, client, code.scopes)
            body["refresh_token"] = refresh.value
        return body

    def by_refresh_token(self, client: Client) -> Json:
        """The same refresh token goes on, unless the manners say otherwise: then the old one ends.

        An asked `scope` may only be narrower (RFC 6749 section 6).
        """
        kept = permissions.refresh(self.world, client, request.form["refresh_token"])
        scopes = kept.scopes
        if asked := request.form.get("scope", "").split():
            asked = [ALIASES.get(name, name) for name in asked]
            if not set(asked) <= set(scopes):
                raise TokenError("invalid_scope", "Some requested scopes were invalid.")
            scopes = asked
        body = self.told(permissions.issue_access_token(self.world, kept.sub, client, scopes), "")
        if self.world.manners.refresh_tokens_rotate:
            kept.ends_at = self.world.clock.seconds()
            body["refresh_token"] = permissions.issue_refresh_token(self.world, kept.sub, client, kept.scopes).value
        return body

    def told(self, access: AccessToken, nonce: str) -> Json:
        body: Json = {
            "access_token": access.value,
            "expires_in": permissions.ACCESS_TOKEN_S,
            "scope": " ".join(access.scopes),
            "token_type": "Bearer",
        }
        if "openid" in access.scopes:
            body["id_token"] = id_token(self.world, self.world.issuer_at(request.host_url), access, nonce)
        return body

    def revoke(self) -> ResponseReturnValue:
        given = request.form.get("token") or request.args.get("token", "")
        if not permissions.revoke(self.world, given):
            raise TokenError("invalid_token", "Token expired or revoked")
        return jsonify({}), NO_STORE

    def userinfo(self) -> ResponseReturnValue:
        access = permissions.bearer(self.world, asker.bearer())
        if access is None or "openid" not in access.scopes:
            said = {"error": "invalid_request", "error_description": "Invalid Credentials"}
            return jsonify(said), 401, {"WWW-Authenticate": 'Bearer error="invalid_token"'}
        return jsonify(about(self.world, access)), NO_STORE
