"""What an app asks at the authorize address, and what is wrong with it.

Source: developers.google.com/identity/protocols/oauth2/web-server ("Set authorization parameters") and
…/identity/openid-connect/openid-connect.
"""

import secrets
from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from werkzeug.datastructures import MultiDict

from . import permissions
from .nouns import Account, Client, Code, Grant, Project
from .scopes import full_names
from .world import World

LOOPBACK: Final = frozenset({"127.0.0.1", "localhost", "::1"})
PROMPTS: Final = frozenset({"none", "consent", "select_account"})
EMBEDDED: Final = ("; wv)", "WebView", "FBAN", "FBAV")


@dataclass(eq=False)
class Blocked(Exception):
    """An error a person reads on Google's page; the app that asked hears nothing."""

    code: str
    app: str = "This app"
    detail: str = ""

    @property
    def status(self) -> int:
        return {"invalid_client": 401, "deleted_client": 401, "org_internal": 403, "access_denied": 403,
                "disallowed_useragent": 403, "stays": 200}.get(self.code, 400)  # fmt: skip

    @property
    def headline(self) -> str:
        return {
            "invalid_client": "Access blocked: Authorization Error",
            "deleted_client": "Access blocked: Authorization Error",
            "admin_policy_enforced": "Authorization Error",
            "access_not_configured": f"Your institution's admin needs to review {self.app}",
            "org_internal": f"Access blocked: {self.app} can only be used within its organization",
            "access_denied": f"Access blocked: {self.app} has not completed the Google verification process",
            "disallowed_useragent": f"Access blocked: {self.app}'s request does not comply with Google's policies",
            "stays": "Something went wrong",
        }.get(self.code, "Access blocked: This app's request is invalid")

    @property
    def says(self) -> str:
        return self.detail or {
            "redirect_uri_mismatch": "You can't sign in because this app sent an invalid request. If you're a developer "
            "of this app, make sure that these request details comply with Google policies.",
            "invalid_client": "The OAuth client was not found.",
            "deleted_client": "The OAuth client was deleted.",
            "admin_policy_enforced": "Access to your account data is restricted by policies within your organization. "
            "Please contact the administrator of your organization for more information.",
            "access_not_configured": f"Your Google Workspace account administrator needs to review {self.app} before "
            "you can use it.",
            "org_internal": "This app is for the use of its own organization only. "
            "Try an account of that organization.",
            "access_denied": "The app is currently being tested, and can only be accessed by developer-approved "
            "testers. If you think you should have access, contact the developer.",
            "disallowed_useragent": 'Your request does not meet Google\'s "Use secure browsers" policy. '
            "Open the page in a browser of its own.",
            "stays": "We're sorry, this page did not continue.",
        }.get(self.code, "You can't sign in because this app sent an invalid request.")


@dataclass(frozen=True, slots=True)
class Asked:
    """One well-formed question. `query` is it in full, so the pages can carry it on."""

    client: Client
    project: Project
    redirect_uri: str
    scopes: list[str]
    state: str | None
    nonce: str
    offline: bool
    adds_earlier: bool  # include_granted_scopes
    login_hint: str
    hd: str
    prompts: frozenset[str]
    challenge: str
    challenge_method: str
    query: str

    @property
    def beyond_sign_in(self) -> list[str]:
        return permissions.beyond_sign_in(self.scopes)

    def answer(self, **values: str | None) -> str:
        """The redirect address with these added; None is left out."""
        parts = urlsplit(self.redirect_uri)
        added = {"state": self.state} | values
        query = parse_qsl(parts.query) + [(name, value) for name, value in added.items() if value is not None]
        return urlunsplit(parts._replace(query=urlencode(query)))


def read(world: World, given: MultiDict[str, str], user_agent: str) -> Asked:
    """Raises Blocked for all that Google tells the person instead of the app."""
    known = {name: values for name, values in given.lists() if name not in {"authuser", "seen"}}
    if doubled := [name for name, values in known.items() if len(values) > 1]:
        raise Blocked("invalid_request", detail=f"OAuth 2 parameters can only have a single value: {doubled[0]}")
    ask = {name: values[0] for name, values in known.items()}
    client = find_client(world, ask.get("client_id", ""))
    project = world.projects[client.project]
    if any(mark in user_agent for mark in EMBEDDED):
        raise Blocked("disallowed_useragent", project.name)
    redirect_uri = ask.get("redirect_uri", "")
    if not redirect_uri:
        raise Blocked("invalid_request", project.name, "Missing required parameter: redirect_uri")
    if not may_return(client, redirect_uri):
        raise Blocked("redirect_uri_mismatch", project.name)
    prompts = check_values(ask, project.name)
    try:
        scopes = full_names(ask["scope"])
    except ValueError as unknown:
        raise Blocked("invalid_scope", project.name, f"Some requested scopes were invalid. {unknown}") from unknown
    return Asked(
        client, project, redirect_uri, scopes, ask.get("state"), ask.get("nonce", ""),
        ask.get("access_type") == "offline", ask.get("include_granted_scopes") == "true",
        ask.get("login_hint", ""), ask.get("hd", ""), prompts,
        ask.get("code_challenge", ""), ask.get("code_challenge_method", "plain"), urlencode(ask),
    )  # fmt: skip


def find_client(world: World, client_id: str) -> Client:
    if not client_id:
        raise Blocked("invalid_request", detail="Missing required parameter: client_id")
    client = world.clients.get(client_id)
    if client is None:
        raise Blocked("invalid_client")
    if client.deleted:
        raise Blocked("deleted_client")
    return client


def may_return(client: Client, redirect_uri: str) -> bool:
    """Equal to a registered address in every character; or, where the client says so, on a loopback host."""
    if redirect_uri in client.redirect_uris:
        return True
    try:
        parts = urlsplit(redirect_uri)
        _ = parts.port  # reading it is what tells a port there cannot be
    except ValueError:
        return False
    return (
        client.any_loopback
        and parts.scheme in {"http", "https"}
        and parts.hostname in LOOPBACK
        and not parts.fragment
        and "@" not in parts.netloc
    )


def check_values(ask: dict[str, str], app: str) -> frozenset[str]:
    """The prompts asked for. Raises Blocked for a value Google does not know."""
    for name in ("response_type", "scope"):
        if not ask.get(name):
            raise Blocked("invalid_request", app, f"Missing required parameter: {name}")
    if ask["response_type"] != "code":
        raise Blocked("unsupported_response_type", app, f"Invalid response_type: {ask['response_type']}")
    allowed = {
        "access_type": {"online", "offline"},
        "include_granted_scopes": {"true", "false"},
        "code_challenge_method": {"plain", "S256"},
    }
    for name, values in allowed.items():
        if ask.get(name, next(iter(values))) not in values:
            raise Blocked("invalid_request", app, f"Invalid parameter value for {name}: '{ask[name]}'")
    prompts = frozenset(ask.get("prompt", "").split(" ")) - {""}
    if prompts - PROMPTS or ("none" in prompts and len(prompts) > 1):
        raise Blocked("invalid_request", app, f"Invalid parameter value for prompt: '{ask['prompt']}'")
    return prompts


def check_policy(world: World, asked: Asked, account: Account) -> None:
    """What the account's administrator and the app's audience say. Raises Blocked."""
    project, app = asked.project, asked.project.name
    workspace = world.workspaces.get(account.hd)
    if workspace and asked.client.id in workspace.blocked:
        raise Blocked("admin_policy_enforced", app)
    if workspace and asked.client.id in workspace.unreviewed:
        raise Blocked("access_not_configured", app)
    if project.internal_to and account.hd != project.internal_to:
        raise Blocked("org_internal", app)
    if project.testing and account.email not in project.testers:
        raise Blocked("access_denied", app)


def is_trusted(world: World, asked: Asked, account: Account) -> bool:
    workspace = world.workspaces.get(account.hd)
    return bool(workspace and asked.client.id in workspace.trusted)


def issue_code(world: World, asked: Asked, account: Account, grant: Grant, *, consented: bool) -> Code:
    """A code for what the grant holds of what was asked; with it a refresh token only if the page was shown."""
    scopes = [scope for scope in asked.scopes if scope in grant.scopes]
    if asked.adds_earlier:
        scopes += [scope for scope in grant.scopes if scope not in scopes]
    code = Code(
        "4/0A" + secrets.token_urlsafe(48), account.sub, asked.client.id, asked.redirect_uri, scopes, asked.offline and consented,
        asked.nonce, asked.challenge, asked.challenge_method, world.clock.seconds() + permissions.CODE_S,
    )  # fmt: skip
    world.codes[code.value] = code
    return code
