"""May the app: from a question at the authorize address to a code, or to the person's No."""

from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from flask import Flask, redirect, request
from werkzeug.wrappers import Response

from . import authorize, permissions
from . import browser as browsers
from .authorize import Asked, Blocked
from .faults import PAGES
from .nouns import Account, Browser, Grant
from .pages import page
from .people import Person
from .scopes import WORDS
from .signin import ask_who
from .world import World

BUTTONS: Final = {"today": "Continue", "allow": "Allow", "accept": "Accept"}


def grant_now(world: World, asked: Asked, account: Account) -> Grant | None:
    return permissions.grant_of(world, account, asked.project)


def covers(grant: Grant | None, scopes: list[str]) -> bool:
    return grant is not None and set(scopes) <= set(grant.scopes)


def needs_consent(asked: Asked, grant: Grant | None) -> bool:
    """What a person left empty is not asked again unless the app says prompt=consent."""
    return "consent" in asked.prompts or grant is None or not set(asked.scopes) <= set(grant.decided)


def pages_to_show(asked: Asked, grant: Grant | None) -> list[str]:
    """Who you are: at the first meeting of account and app, and where nothing else is asked."""
    pages = [] if grant and asked.beyond_sign_in else ["who"]
    if asked.beyond_sign_in:
        pages += ["warning"] * asked.project.warns + ["permissions"]
    return pages


def has_boxes(world: World, asked: Asked, account: Account) -> bool:
    """developers.google.com/identity/protocols/oauth2/resources/granular-permissions: two or more beyond sign-in."""
    several = len(asked.beyond_sign_in) > 1
    return several and world.manners.words == "today" and not authorize.is_trusted(world, asked, account)


def finish(world: World, asked: Asked, account: Account, browser: Browser, ticked: list[str] | None) -> Response:
    """Back to the app with a code. `ticked` None: no page was shown."""
    if ticked is not None:
        permissions.give(world, account, asked.project, asked.scopes, ticked)
    grant = grant_now(world, asked, account)
    if grant is None:
        raise Blocked("invalid_request", asked.project.name)
    code = authorize.issue_code(world, asked, account, grant, consented=ticked is not None)
    shown = "none" if "none" in asked.prompts else "consent" if ticked is not None else None
    index = browsers.sessions(world, browser).index(account)
    return back(world, asked, code=code.value, scope=" ".join(code.scopes), authuser=str(index),
                hd=account.hd or None, prompt=shown)  # fmt: skip


def back(world: World, asked: Asked, **values: str | None) -> Response:
    iss = world.issuer_at(request.host_url) if world.manners.iss_in_redirect else None
    return redirect(asked.answer(**values, iss=iss), 302)


def refuse_silently(world: World, asked: Asked) -> Response:
    error = world.manners.silent_refusal
    subtype = None if error in {"access_denied", "login_required"} else "access_denied"
    return back(world, asked, error_subtype=subtype, error=error)


def silent(world: World, asked: Asked, browser: Browser) -> Response:
    """prompt=none: a code for one session alone, or the hinted one, whose consent covers all that is asked."""
    here = browsers.sessions(world, browser)
    hinted = world.find_account(asked.login_hint) if asked.login_hint else None
    if asked.login_hint and world.manners.login_hint == "used":
        here = [one for one in here if one is hinted]
    if world.manners.login_hint == "another":
        here = [one for one in here if one is not hinted][:1]
    if len(here) != 1 or not covers(grant_now(world, asked, here[0]), asked.scopes):
        return refuse_silently(world, asked)
    authorize.check_policy(world, asked, here[0])
    return finish(world, asked, here[0], browser, None)


def pick(world: World, asked: Asked, browser: Browser) -> Account | None:
    """The account nobody has to choose: the hinted one if it is signed in, else the only one."""
    here = browsers.sessions(world, browser)
    if "select_account" in asked.prompts:
        return None
    if asked.login_hint:
        hinted = world.find_account(asked.login_hint)
        return hinted if hinted in here else None
    return here[0] if len(here) == 1 else None


def person_picks(world: World, asked: Asked, browser: Browser, person: Person) -> Account | None:
    """Raises KeyError where the person was told of an account that is not there."""
    if person.account:
        return world.account(person.account)
    here = browsers.sessions(world, browser)
    return world.find_account(asked.login_hint) if asked.login_hint else here[0] if len(here) == 1 else None


def use_up(world: World, person: Person) -> None:
    if person.times is not None:
        person.times -= 1
        if person.times < 1:
            world.people.remove(person)


def person_acts(world: World, asked: Asked, account: Account, browser: Browser, person: Person) -> Response:
    use_up(world, person)
    if person.does == "cancel":
        return back(world, asked, error="access_denied")
    boxes = has_boxes(world, asked, account)
    empty = {scope for scope in asked.beyond_sign_in if boxes and person.does == "leave_empty" and person.box in scope}
    return finish(world, asked, account, browser, [scope for scope in asked.scopes if scope not in empty])


@dataclass(frozen=True, slots=True)
class Consent:
    """The authorize address and the pages behind it."""

    world: World

    def open(self, app: Flask) -> None:
        app.add_url_rule("/o/oauth2/v2/auth", "auth", self.auth)
        app.add_url_rule("/signin/oauth", "consent", self.consent)
        app.add_url_rule("/signin/oauth", "consent.decide", self.decide, methods=["POST"])

    def read(self) -> Asked:
        return authorize.read(self.world, request.args, request.user_agent.string)

    def auth(self) -> Response:
        if fault := self.world.faults.take(PAGES, "auth", request.path, request.args.get("login_hint", "")):
            client = self.world.clients.get(request.args.get("client_id", ""))
            raise Blocked(fault.kind, self.world.projects[client.project].name if client else "This app")
        asked, browser = self.read(), browsers.this_browser(self.world)
        if "none" in asked.prompts:
            return silent(self.world, asked, browser)
        account = pick(self.world, asked, browser)
        if self.world.people and (planned := person_picks(self.world, asked, browser, self.world.people[0])):
            browsers.sign_in(browser, planned)
            account = planned
        goes_on = f"/signin/oauth?{asked.query}"
        if account:
            return redirect(f"{goes_on}&{urlencode({'authuser': account.sub})}", 302)
        chooser = "select_account" in asked.prompts or not asked.login_hint
        return ask_who(goes_on, app=asked.project.name, hint=asked.login_hint, hd=asked.hd, chooser=chooser)

    def consent(self) -> Response:
        asked, browser = self.read(), browsers.this_browser(self.world)
        account = browsers.chosen(self.world, browser, request.args.get("authuser", "?"))
        if account is None:
            return ask_who(f"/signin/oauth?{asked.query}", app=asked.project.name, hint=asked.login_hint, hd=asked.hd)
        authorize.check_policy(self.world, asked, account)
        grant = grant_now(self.world, asked, account)
        if not needs_consent(asked, grant):
            if self.world.people and self.world.people[0].does == "continue":
                use_up(self.world, self.world.people[0])
            return finish(self.world, asked, account, browser, None)
        if self.world.people:
            return person_acts(self.world, asked, account, browser, self.world.people[0])
        seen = request.args.get("seen", "").split()
        pages = pages_to_show(asked, grant)
        show = next((one for one in pages if one not in seen), pages[-1])
        return self.consent_page(asked, account, grant, show, seen)

    def consent_page(self, asked: Asked, account: Account, grant: Grant | None, show: str, seen: list[str]) -> Response:
        told = [(scope, WORDS[scope]) for scope in (asked.beyond_sign_in if show == "permissions" else asked.scopes)]
        goes_on = urlencode({"authuser": account.sub, "seen": " ".join([*seen, show])})
        other = urlencode({"continue": f"/signin/oauth?{asked.query}", "app": asked.project.name})
        return page(
            f"{show}.html",
            app=asked.project.name,
            account=account,
            told=told,
            boxes=has_boxes(self.world, asked, account),
            ticked=self.world.manners.boxes_ticked,
            additional=bool(grant and permissions.beyond_sign_in(grant.scopes)),
            button=BUTTONS[self.world.manners.words],
            action=f"/signin/oauth?{asked.query}&{goes_on}",
            other_account=f"/signin/chooser?{other}",
        )

    def decide(self) -> Response:
        asked, browser = self.read(), browsers.this_browser(self.world)
        account = browsers.chosen(self.world, browser, request.args.get("authuser", "?"))
        if account is None:
            return ask_who(f"/signin/oauth?{asked.query}", app=asked.project.name, hint=asked.login_hint, hd=asked.hd)
        authorize.check_policy(self.world, asked, account)
        if request.form.get("decision") != "continue":
            return back(self.world, asked, error="access_denied")
        seen = request.args.get("seen", "").split()
        left = [one for one in pages_to_show(asked, grant_now(self.world, asked, account)) if one not in seen]
        if left:
            query = urlencode({"authuser": account.sub, "seen": " ".join(seen)})
            return redirect(f"/signin/oauth?{asked.query}&{query}", 303)
        return finish(self.world, asked, account, browser, self.what_was_ticked(asked, account))

    def what_was_ticked(self, asked: Asked, account: Account) -> list[str]:
        if not has_boxes(self.world, asked, account) or "all" in request.form:
            return asked.scopes
        ticked = request.form.getlist("scope")
        return [scope for scope in asked.scopes if scope in ticked or scope not in asked.beyond_sign_in]
