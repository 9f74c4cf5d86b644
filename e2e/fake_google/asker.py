"""Who asks, as far as a request tells before it is looked at: for the log and for faults of one account."""

from flask import request

from .browser import COOKIE
from .world import World


def bearer() -> str:
    """The token this request brought (RFC 6750 section 2.1); empty where it brought none."""
    told = request.authorization
    return (told.token or "") if told and told.type == "bearer" else ""


def named(world: World) -> tuple[str, str]:
    """The e-mail and the client id, empty where the request names none."""
    held = world.access_tokens.get(bearer())
    if held:
        return world.accounts[held.sub].email, held.client
    given = request.form if request.method == "POST" and request.path in {"/token", "/revoke"} else request.args
    client_id = given.get("client_id", "")
    kept = (
        world.codes.get(given.get("code", ""))
        or world.refresh_tokens.get(given.get("refresh_token") or given.get("token", ""))
        or world.access_tokens.get(given.get("token", ""))
    )
    if kept:
        return world.accounts[kept.sub].email, client_id or kept.client
    hinted = world.find_account(given.get("authuser") or given.get("login_hint") or "")
    if hinted:
        return hinted.email, client_id
    browser = world.browsers.get(request.cookies.get(COOKIE, ""))
    alone = browser.signed_in if browser and len(browser.signed_in) == 1 else []
    return (world.accounts[alone[0]].email if alone else ""), client_id
