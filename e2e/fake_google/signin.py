"""Who is it: the account chooser, the sign-in page (without a password), and signing out."""

from dataclasses import dataclass
from urllib.parse import parse_qs, urlencode, urlsplit

from flask import Flask, redirect, request
from werkzeug.wrappers import Response

from . import browser as browsers
from .nouns import Account, Browser
from .pages import page
from .world import World


def own_address(text: str) -> str:
    """Where to go after signing in: a path of ours, never another host."""
    parts = urlsplit(text)
    return text if text.startswith("/") and not text.startswith("//") and not parts.netloc else "/calendar/"


def with_account(address: str, account: Account) -> str:
    path, _, query = address.partition("?")
    kept = [(name, value) for name, values in parse_qs(query).items() for value in values if name != "authuser"]
    return f"{path}?{urlencode([*kept, ('authuser', account.sub)])}"


def ask_who(goes_on: str, *, app: str = "", hint: str = "", hd: str = "", chooser: bool = True) -> Response:
    asked = {"continue": goes_on, "app": app, "hint": hint, "hd": hd}
    where = "/signin/chooser" if chooser else "/signin/identifier"
    return redirect(f"{where}?{urlencode({name: value for name, value in asked.items() if value})}", 302)


def listed(world: World, browser: Browser, hd: str) -> list[tuple[Account, bool]]:
    """The chooser's accounts and whether each is signed in; `hd` filters, `*` means any Workspace domain."""
    accounts = [world.accounts[sub] for sub in browser.listed if sub in world.accounts]
    return [(one, one.sub in browser.signed_in) for one in accounts if not hd or one.hd == hd or (hd == "*" and one.hd)]


@dataclass(frozen=True, slots=True)
class SignIn:
    """The pages that ask who it is."""

    world: World

    def open(self, app: Flask) -> None:
        app.add_url_rule("/signin/chooser", "chooser", self.chooser)
        app.add_url_rule("/signin/chooser", "chooser.choose", self.choose, methods=["POST"])
        app.add_url_rule("/signin/chooser/remove", "chooser.removing", self.removing)
        app.add_url_rule("/signin/chooser/remove", "chooser.remove", self.remove, methods=["POST"])
        app.add_url_rule("/signin/identifier", "identifier", self.identifier)
        app.add_url_rule("/signin/identifier", "identifier.next", self.next_page, methods=["POST"])
        app.add_url_rule("/Logout", "logout", self.logout)

    def chooser(self) -> Response:
        browser = browsers.this_browser(self.world)
        accounts = listed(self.world, browser, request.args.get("hd", ""))
        if not accounts:
            return redirect(f"/signin/identifier?{request.query_string.decode()}", 302)
        return page("chooser.html", accounts=accounts, app=request.args.get("app", ""))

    def choose(self) -> Response:
        browser = browsers.this_browser(self.world)
        account = self.world.find_account(request.form.get("account", ""))
        if account is None or account.sub not in browser.listed:
            return redirect(request.full_path, 303)
        browsers.sign_in(browser, account)
        return redirect(with_account(own_address(request.args.get("continue", "")), account), 303)

    def removing(self) -> Response:
        accounts = listed(self.world, browsers.this_browser(self.world), "")
        return page("remove.html", accounts=accounts)

    def remove(self) -> Response:
        account = self.world.find_account(request.form.get("account", ""))
        if account:
            browsers.remove(browsers.this_browser(self.world), account)
        return redirect(f"/signin/chooser?{request.query_string.decode()}", 303)

    def identifier(self) -> Response:
        return self.sign_in_page(request.args.get("hint", ""))

    def next_page(self) -> Response:
        typed = (request.form.get("account") or request.form.get("identifier") or "").strip()
        account = self.world.find_account(typed)
        if account is None:
            return self.sign_in_page(typed, problem="Couldn't find your Google Account" if typed else "Enter an email")
        browsers.sign_in(browsers.this_browser(self.world), account)
        return redirect(with_account(own_address(request.args.get("continue", "")), account), 303)

    def sign_in_page(self, typed: str, problem: str = "") -> Response:
        hinted = self.world.find_account(typed)
        accounts = list(self.world.accounts.values())
        return page(
            "identifier.html",
            422 if problem else 200,
            typed=hinted.email if hinted else typed,
            problem=problem,
            accounts=accounts,
            app=request.args.get("app", ""),
        )

    def logout(self) -> Response:
        browser = browsers.this_browser(self.world)
        browser.signed_in.clear()
        if request.args.get("continue", "").startswith("/"):
            return redirect(own_address(request.args["continue"]), 302)
        return page("signed_out.html", accounts=listed(self.world, browser, ""))
