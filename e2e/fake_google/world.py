"""The whole state of this Google, and the words in which a test sets it up and looks at it."""

import hashlib
import secrets
import threading
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from . import diary, permissions
from .clock import Clock
from .faults import Fault, Faults
from .keys import Keys
from .log import Call, Log
from .nouns import (
    AccessToken,
    Account,
    Browser,
    Calendar,
    Client,
    Code,
    Entry,
    Grant,
    Json,
    Manners,
    Project,
    RefreshToken,
    Workspace,
)
from .people import Person
from .scopes import spelt_out


@dataclass(slots=True)
class World:
    """Accounts, browsers, projects, permissions, calendars, faults, time. One lock guards them all."""

    name: str = "fresh"
    accounts: dict[str, Account] = field(default_factory=dict)  # by sub
    workspaces: dict[str, Workspace] = field(default_factory=dict)  # by domain
    browsers: dict[str, Browser] = field(default_factory=dict)
    projects: dict[str, Project] = field(default_factory=dict)
    clients: dict[str, Client] = field(default_factory=dict)
    grants: dict[str, Grant] = field(default_factory=dict)  # by "sub project"
    codes: dict[str, Code] = field(default_factory=dict)
    access_tokens: dict[str, AccessToken] = field(default_factory=dict)
    refresh_tokens: dict[str, RefreshToken] = field(default_factory=dict)
    calendars: dict[str, Calendar] = field(default_factory=dict)
    entries: dict[str, dict[str, Entry]] = field(default_factory=dict)  # by sub, by calendar
    manners: Manners = field(default_factory=Manners)
    people: list[Person] = field(default_factory=list)
    faults: Faults = field(default_factory=Faults)
    clock: Clock = field(default_factory=Clock)
    log: Log = field(default_factory=Log)
    keys: Keys = field(default_factory=Keys)
    changes: int = 0
    issuer: str = ""  # of id_tokens and the discovery document; empty: the host asked
    lock: threading.RLock = field(default_factory=threading.RLock, repr=False)

    def __post_init__(self) -> None:
        self.reset(self.name)

    def reset(self, name: str = "fresh", now: datetime | None = None) -> None:
        """Back to a named world, at `now` (aware) or in real time. The keys stay. Raises KeyError for an unknown name."""
        from .worlds import WORLDS

        begin = WORLDS[name]
        with self.lock:
            self.name = name
            for room in (self.accounts, self.workspaces, self.browsers, self.projects, self.clients, self.grants,
                         self.codes, self.access_tokens, self.refresh_tokens, self.calendars, self.entries):  # fmt: skip
                room.clear()
            self.manners = Manners()
            self.people.clear()
            self.faults.forget()
            self.clock.ahead_s = self.clock.skew_s = 0.0
            if now:
                self.clock.set(now)
            self.log.entries.clear()
            self.changes = 0
            begin(self)

    def issuer_at(self, host_url: str) -> str:
        return self.issuer or host_url.rstrip("/")

    def now(self) -> datetime:
        """World time, aware, in UTC."""
        return self.clock.now()

    def calls(self, method: str = "") -> list[Call]:
        """What was asked of this method ("calendarList.list", "token"), oldest first; of every one when left out."""
        return self.log.calls(method)

    # People and their browsers

    def adds_account(
        self, email: str, hd: str | None = None, *, name: str = "", sub: str = "", **fields: Any
    ) -> Account:
        """One more Google account, with its primary calendar. The same e-mail gets the same sub in every world.

        Raises ValueError for what is no e-mail address, and for an address or a sub that another account has.
        """
        with self.lock:
            if not all(email.partition("@")):
                raise ValueError(f"{email!r} is no e-mail address")
            sub = sub or "1" + str(int(hashlib.sha256(email.casefold().encode()).hexdigest(), 16))[:20]
            for taken in (email, sub):
                if self.find_account(taken):
                    raise ValueError(f"{taken} exists")
            name = name or email.partition("@")[0].replace(".", " ").title()
            account = self.accounts[sub] = Account(email, sub, hd or "", name, **fields)
            if hd:
                self.workspaces.setdefault(hd, Workspace(hd))
            diary.make_primary(self, account)
            return account

    def changes_email(self, email: str, to: str) -> None:
        """The same account under another address; its sub stays, its primary calendar goes by the new one."""
        with self.lock:
            if self.find_account(to):
                raise ValueError(f"{to} exists")
            account = self.account(email)
            diary.rename_primary(self, account, to)
            account.email = to

    def disables_account(self, email: str, *, disabled: bool = True) -> None:
        """Every browser is signed out of it, and no token or code of its is good until it is enabled again."""
        with self.lock:
            account = self.account(email)
            account.disabled = disabled
            for browser in self.browsers.values():
                if account.sub in browser.signed_in:
                    browser.signed_in.remove(account.sub)

    def find_account(self, email_or_sub: str) -> Account | None:
        wanted = email_or_sub.casefold()
        found = (one for one in self.accounts.values() if wanted in {one.email.casefold(), one.sub})
        return next(found, None)

    def account(self, email_or_sub: str) -> Account:
        """Raises KeyError."""
        if found := self.find_account(email_or_sub):
            return found
        raise KeyError(email_or_sub)

    def new_browser(self, known_as: str = "") -> Browser:
        """`known_as` is the value of its cookie (browser.COOKIE)."""
        with self.lock:
            browser = Browser(known_as or secrets.token_urlsafe(18))
            self.browsers[browser.id] = browser
            return browser

    def signs_in(self, email: str, browser: str = "") -> None:
        """Somebody signed in without our seeing it: in this browser, or in every one we know."""
        account = self.account(email)
        sub = account.sub
        if account.disabled:
            raise ValueError(f"{email} is disabled")
        with self.lock:
            for one in [self.browsers[browser]] if browser else self.browsers.values():
                one.listed += [sub] * (sub not in one.listed)
                one.signed_in += [sub] * (sub not in one.signed_in)

    def signs_out(self, browser: str = "") -> None:
        """All accounts of this browser, or of every one; they stay listed."""
        with self.lock:
            for one in [self.browsers[browser]] if browser else self.browsers.values():
                one.signed_in.clear()

    # Permissions

    def adds_client(self, client_id: str, secret: str, project: str = "", name: str = "", **fields: Any) -> Client:
        """One more client, in a project of its own unless one is named.

        It may return to the addresses registered for it; where none are, to any on a loopback host. Raises ValueError for
        an id that is empty or taken.
        """
        with self.lock:
            if not client_id or client_id in self.clients:
                raise ValueError(f"{client_id} exists" if client_id else "A client needs an id.")
            project = project or f"{client_id}-project"
            number = str(100_000_000_000 + len(self.projects))
            self.projects.setdefault(project, Project(project, name or client_id, number))
            self.clients[client_id] = Client(
                client_id, secret, project, **({"any_loopback": not fields.get("redirect_uris")} | fields)
            )
            return self.clients[client_id]

    def project_of(self, client_id: str) -> Project:
        return self.projects[self.clients[client_id].project]

    def grants_token(
        self, account: str, client_id: str, scopes: list[str], *, left_empty: str = "", known_as: str = ""
    ) -> dict[str, str]:
        """A permission without a browser: {"access_token", "refresh_token"}. Scopes may be short (`events.owned`).

        `left_empty`: the boxes whose scope contains this were not ticked. `known_as`: the refresh token's own value.
        """
        with self.lock:
            who, client, asked = self.account(account), self.clients[client_id], spelt_out(scopes)
            names = [name for name in asked if not left_empty or left_empty not in name]
            permissions.give(self, who, self.project_of(client_id), asked, names)
            access = permissions.issue_access_token(self, who.sub, client, names)
            refresh = permissions.issue_refresh_token(self, who.sub, client, names, known_as)
            return {"access_token": access.value, "refresh_token": refresh.value}

    def removes_permission(self, account: str, client_id: str) -> None:
        """What Connections > Delete all connections does: ends it for every client of the project."""
        with self.lock:
            permissions.end_project(self, self.account(account).sub, self.clients[client_id].project)

    # Calendars

    def adds_calendar(self, email: str, summary: str, **fields: Any) -> Calendar:
        """A secondary calendar of this person; fields as in nouns.Calendar, and `hidden`. Raises ValueError without a title."""
        if not summary:
            raise ValueError("A calendar needs a title.")
        with self.lock:
            return diary.make_calendar(self, self.account(email), summary, **fields)

    def shares_calendar(self, owner: str, summary: str, reader: str, role: str = "reader") -> Calendar:
        with self.lock:
            calendar = self.calendar_of(owner, summary)
            diary.share(self, calendar, self.account(reader), role)
            return calendar

    def calendars_of(self, email: str) -> list[Calendar]:
        """Every live calendar on this person's list, hidden ones too, the primary first."""
        with self.lock:
            listed = self.entries[self.account(email).sub]
            return [self.calendars[id_] for id_, one in listed.items() if not one.deleted]

    def calendar_of(self, email: str, summary: str) -> Calendar:
        """The first of that name on this person's list. Raises KeyError."""
        for calendar in self.calendars_of(email):
            if calendar.summary == summary:
                return calendar
        raise KeyError(f"{email} has no {summary}")

    def renames_calendar(self, email: str, summary: str, to: str) -> None:
        with self.lock:
            diary.change_calendar(self, self.calendar_of(email, summary), summary=to)

    def deletes_calendar(self, email: str, summary: str) -> None:
        with self.lock:
            diary.delete_calendar(self, self.calendar_of(email, summary))

    def hides_calendar(self, email: str, summary: str, *, hidden: bool = True) -> None:
        with self.lock:
            calendar = self.calendar_of(email, summary)
            diary.change_entry(self, self.entries[self.account(email).sub][calendar.id], hidden=hidden)

    def adds_event(self, email: str, calendar: str, resource: Json) -> Json:
        """An event as its person would make it on Google's page: start and end as in the API's events.insert."""
        with self.lock:
            found = self.calendar_of(email, calendar)
            event = diary.add_event(self, found, self.account(email), resource)
            return diary.read_event(self, found, event)

    def retitles_event(self, email: str, calendar: str, event_id: str, title: str) -> None:
        """Another title, as its person would type it on Google's page."""
        with self.lock:
            found = self.calendar_of(email, calendar)
            event = found.events[event_id]
            diary.change_event(self, found, event, event.resource | {"summary": title})

    def changes_event(self, email: str, calendar: str, event_id: str, **changes: Any) -> None:
        """Other times (`start`, `end`), another colour (`colorId`), as its person would make it on Google's page."""
        with self.lock:
            found = self.calendar_of(email, calendar)
            event = found.events[event_id]
            diary.change_event(self, found, event, event.resource | changes)

    def forgets_event(self, email: str, calendar: str, event_id: str) -> None:
        """A deleted event, some day: nothing of it is left, its id neither."""
        with self.lock:
            del self.calendar_of(email, calendar).events[event_id]

    def deletes_event(self, email: str, calendar: str, event_id: str) -> None:
        with self.lock:
            found = self.calendar_of(email, calendar)
            diary.cancel_event(self, found, found.events[event_id])

    def events_in(self, email: str, calendar: str, *, cancelled: bool = False) -> list[Json]:
        """What stands in this calendar, as events.get would answer, oldest written first."""
        with self.lock:
            found = self.calendar_of(email, calendar)
            return [
                diary.read_event(self, found, event)
                for event in found.events.values()
                if cancelled or not event.cancelled
            ]

    # What happens next

    def plan(self, fault: Fault) -> Fault:
        self.faults.plan(fault)
        return fault

    def meets(self, person: Person) -> Person:
        """The next person in front of the pages of this Google acts so."""
        with self.lock:
            if person.account:
                self.account(person.account)
            self.people.append(person)
            return person
