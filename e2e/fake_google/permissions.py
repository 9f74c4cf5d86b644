"""Grants, codes and tokens: what Google's sign-in service keeps, and why it refuses.

Sources: developers.google.com/identity/protocols/oauth2/web-server and …/oauth2 ("Refresh token expiration").
"""

import base64
import hashlib
import secrets
from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from .nouns import AccessToken, Account, Client, Code, Grant, Project, RefreshToken
from .scopes import IDENTITY

if TYPE_CHECKING:
    from .world import World

ACCESS_TOKEN_S: Final = 3599
CODE_S: Final = 600
TESTING_S: Final = 7 * 24 * 3600
UNUSED_S: Final = 183 * 24 * 3600  # "not used for six months"


class TokenError(Exception):
    """A refusal of the token address, in OAuth's words (RFC 6749 section 5.2) and with Google's sentence."""

    def __init__(self, error: str, description: str, status: int = 400, subtype: str = "") -> None:
        super().__init__(error)
        self.status = status
        self.body = {"error": error, "error_description": description}
        if subtype:
            self.body = {"error": error, "error_subtype": subtype, "error_description": description}


def beyond_sign_in(scopes: Iterable[str]) -> list[str]:
    return [scope for scope in scopes if scope not in IDENTITY]


def grant_of(world: "World", account: Account, project: Project) -> Grant | None:
    """What the account lets the project do now; a Testing grant ends after seven days but for who the person is."""
    grant = world.grants.get(f"{account.sub} {project.id}")
    if grant and grant.ends_at is not None and grant.ends_at <= world.clock.seconds():
        known = [scope for scope in grant.scopes if scope in IDENTITY]
        grant = Grant(account.sub, project.id, known, known, grant.given_at)
    return grant


def give(world: "World", account: Account, project: Project, asked: list[str], ticked: list[str]) -> Grant:
    """A person decided: the newest decision about a scope replaces an older one."""
    now = world.clock.seconds()
    before = grant_of(world, account, project)
    kept = [scope for scope in before.scopes if scope not in asked] if before else []
    decided = [scope for scope in before.decided if scope not in asked] if before else []
    ends_at = before.ends_at if before else None  # signing in once more lengthens nothing
    if beyond_sign_in(asked):
        ends_at = now + TESTING_S if project.testing else None
    grant = Grant(account.sub, project.id, kept + ticked, decided + asked, now, ends_at)
    world.grants[f"{account.sub} {project.id}"] = grant
    return grant


def issue_access_token(world: "World", sub: str, client: Client, scopes: list[str]) -> AccessToken:
    token = AccessToken(
        "ya29.a0" + secrets.token_urlsafe(96), sub, client.id, scopes, world.clock.seconds() + ACCESS_TOKEN_S
    )
    world.access_tokens[token.value] = token
    return token


def issue_refresh_token(
    world: "World", sub: str, client: Client, scopes: list[str], known_as: str = ""
) -> RefreshToken:
    """The 101st live one of an account and client ends the oldest, silently. `known_as`: a test's own value for it."""
    now = world.clock.seconds()
    in_testing = world.projects[client.project].testing and beyond_sign_in(scopes)
    token = RefreshToken(
        known_as or "1//0" + secrets.token_urlsafe(64),
        sub,
        client.id,
        scopes,
        now,
        now,
        now + TESTING_S if in_testing else None,
    )
    live = [
        old
        for old in world.refresh_tokens.values()
        if (old.sub, old.client) == (sub, client.id) and (old.ends_at is None or old.ends_at > now)
    ]
    for old in live[: max(0, len(live) + 1 - world.manners.refresh_token_cap)]:
        old.ends_at = now
    world.refresh_tokens[token.value] = token
    return token


def redeem(world: "World", client: Client, value: str, redirect_uri: str, verifier: str) -> Code:
    """The code, now used up. Raises TokenError."""
    code = world.codes.get(value)
    if code is None:
        raise TokenError("invalid_grant", "Malformed auth code.")
    gone = code.used or code.ends_at <= world.clock.seconds() or world.accounts[code.sub].disabled
    if code.client != client.id or gone:
        raise TokenError("invalid_grant", "Bad Request")
    if code.redirect_uri != redirect_uri:
        raise TokenError("redirect_uri_mismatch", "Bad Request")
    check_verifier(code, verifier)
    code.used = True
    return code


def check_verifier(code: Code, verifier: str) -> None:
    """PKCE, RFC 7636 section 4.6."""
    if not code.challenge:
        if verifier:
            raise TokenError("invalid_grant", "code_verifier or verifier is not needed.")
        return
    if not verifier:
        raise TokenError("invalid_grant", "Missing code verifier.")
    made = verifier
    if code.challenge_method == "S256":
        made = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
    if not secrets.compare_digest(made.encode(), code.challenge.encode()):
        raise TokenError("invalid_grant", "Invalid code verifier.")


def refresh(world: "World", client: Client, value: str) -> RefreshToken:
    """The refresh token, if it lives and is this client's. Raises TokenError."""
    token, now = world.refresh_tokens.get(value), world.clock.seconds()
    if token is None or token.client != client.id:
        raise TokenError("invalid_grant", "Bad Request")
    ended = token.ends_at is not None and token.ends_at <= now
    if ended or now - token.used_at > UNUSED_S or world.accounts[token.sub].disabled:
        raise TokenError("invalid_grant", "Token has been expired or revoked.")
    token.used_at = now
    return token


def bearer(world: "World", value: str) -> AccessToken | None:
    """The access token if it lives."""
    token = world.access_tokens.get(value)
    if token is None or token.ends_at <= world.clock.seconds() or world.accounts[token.sub].disabled:
        return None
    return token


def revoke(world: "World", value: str) -> bool:
    """Ends what the token's account gave the token's whole project; False when there is no such live token."""
    now = world.clock.seconds()
    token = world.refresh_tokens.get(value) or world.access_tokens.get(value)
    if token is None or (token.ends_at is not None and token.ends_at <= now):
        return False
    end_project(world, token.sub, world.clients[token.client].project)
    return True


def end_project(world: "World", sub: str, project: str) -> None:
    """The person's grant and every token of every client of the project; tokens may linger by a switch."""
    ends_at = world.clock.seconds() + world.manners.revocation_delay_s
    world.grants.pop(f"{sub} {project}", None)
    clients = {client.id for client in world.clients.values() if client.project == project}
    for code in world.codes.values():
        if code.sub == sub and code.client in clients:
            code.used = True
    tokens: list[AccessToken | RefreshToken] = [*world.access_tokens.values(), *world.refresh_tokens.values()]
    for token in tokens:
        if token.sub == sub and token.client in clients:
            token.ends_at = ends_at if token.ends_at is None else min(token.ends_at, ends_at)
