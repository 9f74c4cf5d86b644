"""The page where a person creates, renames, hides and deletes calendars and sees what stands in them."""

from dataclasses import dataclass
from urllib.parse import quote

from flask import Flask, redirect, request
from werkzeug.wrappers import Response

from . import browser as browsers
from . import diary, times
from .nouns import Account, Calendar, Entry, Event, Json
from .pages import page
from .signin import ask_who
from .world import World


def hours(event: Event, zone: str) -> str:
    """Tue Nov 24 2026, 6:10 AM to 6:20 AM, in the calendar's zone; the second day only where it is another one."""
    begins, ends = (
        times.instant(event.resource[side], zone).astimezone(times.find_zone(zone)) for side in ("start", "end")
    )
    days = [f"{moment:%a %b} {moment.day} {moment.year}" for moment in (begins, ends)]
    if "date" in event.resource["start"]:
        return f"{days[0]}, all day"
    first, last = (f"{moment:%I:%M %p}".removeprefix("0") for moment in (begins, ends))
    return f"{days[0]}, {first} to {last}" if days[0] == days[1] else f"{days[0]}, {first} to {days[1]}, {last}"


@dataclass(frozen=True, slots=True)
class CalendarPage:
    """A person's calendars."""

    world: World

    def open(self, app: Flask) -> None:
        app.add_url_rule("/calendar/", "calendar", self.calendars)
        app.add_url_rule("/calendar/r/settings/createcalendar", "calendar.new", self.new)
        app.add_url_rule("/calendar/r/settings/createcalendar", "calendar.create", self.create, methods=["POST"])
        app.add_url_rule("/calendar/c/<id_>", "calendar.one", self.one)
        app.add_url_rule("/calendar/c/<id_>", "calendar.change", self.change, methods=["POST"])

    def who(self) -> Account | None:
        given = request.args.get("authuser", "") or request.form.get("authuser", "")
        return browsers.chosen(self.world, browsers.this_browser(self.world), given)

    def home(self, account: Account) -> Response:
        return redirect(f"/calendar/?authuser={account.sub}", 303)

    def mine(self, account: Account, id_: str) -> tuple[Calendar, Entry] | None:
        entry = self.world.entries[account.sub].get(id_)
        return (self.world.calendars[id_], entry) if entry and not entry.deleted else None

    def frame(self, account: Account) -> Json:
        """What every calendar page shows around its own."""
        return {"account": account, "accounts": browsers.sessions(self.world, browsers.this_browser(self.world))}

    def calendars(self) -> Response:
        account = self.who()
        if account is None:
            return ask_who("/calendar/")
        listed = [
            (self.world.calendars[id_], entry)
            for id_, entry in self.world.entries[account.sub].items()
            if not entry.deleted
        ]
        own = [pair for pair in listed if pair[0].owner == account.sub]
        others = [pair for pair in listed if pair[0].owner != account.sub]
        return page("calendars.html", own=own, others=others, **self.frame(account))

    def new(self) -> Response:
        account = self.who()
        if account is None:
            return ask_who("/calendar/r/settings/createcalendar")
        return page("new_calendar.html", problem="", name="", **self.frame(account))

    def create(self) -> Response:
        account, name = self.who(), request.form.get("name", "")
        if account is None:
            return ask_who("/calendar/r/settings/createcalendar")
        if not name.strip():
            return page("new_calendar.html", 422, problem="Enter a name", name=name, **self.frame(account))
        diary.make_calendar(self.world, account, name)
        return self.home(account)

    def one(self, id_: str) -> Response:
        account = self.who()
        if account is None:
            return ask_who(f"/calendar/c/{quote(id_)}")
        found = self.mine(account, id_)
        if found is None:
            return self.home(account)
        calendar, entry = found
        now = self.world.now()
        events = sorted(
            calendar.events.values(), key=lambda event: times.instant(event.resource["start"], calendar.time_zone)
        )
        coming = [
            (event, hours(event, calendar.time_zone))
            for event in events
            if not event.cancelled and times.instant(event.resource["end"], calendar.time_zone) > now
        ]
        owns = calendar.owner == account.sub
        return page("calendar.html", calendar=calendar, entry=entry, coming=coming, owns=owns, **self.frame(account))

    def change(self, id_: str) -> Response:
        account = self.who()
        if account is None:
            return ask_who(f"/calendar/c/{quote(id_)}")
        found = self.mine(account, id_)
        if found is None:
            return self.home(account)
        calendar, entry = found
        owns, deed = calendar.owner == account.sub, request.form.get("do", "")
        name = request.form.get("name", "")
        if deed == "rename" and owns and name.strip():
            diary.change_calendar(self.world, calendar, summary=name)
        elif deed in {"hide", "show"}:
            diary.change_entry(self.world, entry, hidden=deed == "hide")
        elif deed == "delete" and owns and not calendar.primary:
            diary.delete_calendar(self.world, calendar)
        elif deed == "delete_event" and owns and (event := calendar.events.get(request.form.get("event", ""))):
            diary.cancel_event(self.world, calendar, event)
            return redirect(f"/calendar/c/{quote(id_)}?authuser={account.sub}", 303)
        return self.home(account)
