"""Which browser asks: one cookie, with a prefix of its own because the ports of a host share their cookies."""

from typing import Final

from flask import Response, g, request

from .nouns import Account, Browser
from .world import World

COOKIE: Final = "fakegoogle_browser"
A_YEAR_S: Final = 365 * 24 * 3600


def this_browser(world: World) -> Browser:
    """The browser of this request; one never seen has no accounts and gets its cookie with the answer."""
    if "browser" not in g:
        known = world.browsers.get(request.cookies.get(COOKIE, ""))
        g.browser = known or world.new_browser()
        g.browser_is_new = known is None
    browser: Browser = g.browser
    return browser


def remember(answer: Response) -> None:
    if g.get("browser_is_new"):
        answer.set_cookie(COOKIE, g.browser.id, max_age=A_YEAR_S, httponly=True, samesite="Lax")


class Disabled(Exception):
    """Nobody signs in to this account."""


def sessions(world: World, browser: Browser) -> list[Account]:
    """The accounts signed in here, in the chooser's order."""
    return [world.accounts[sub] for sub in browser.listed if sub in browser.signed_in and sub in world.accounts]


def sign_in(browser: Browser, account: Account) -> None:
    """Raises Disabled."""
    if account.disabled:
        raise Disabled(account.email)
    browser.listed += [account.sub] * (account.sub not in browser.listed)
    browser.signed_in += [account.sub] * (account.sub not in browser.signed_in)


def remove(browser: Browser, account: Account) -> None:
    """Signed out, and off the chooser's list."""
    for room in (browser.listed, browser.signed_in):
        if account.sub in room:
            room.remove(account.sub)


def chosen(world: World, browser: Browser, authuser: str) -> Account | None:
    """The signed-in account a page is for: the one named by `authuser` (e-mail, sub or index), else the only one."""
    here = sessions(world, browser)
    if authuser.isdecimal() and int(authuser) < len(here):
        return here[int(authuser)]
    if authuser:
        account = world.find_account(authuser)
        return account if account in here else None
    return here[0] if len(here) == 1 else None
