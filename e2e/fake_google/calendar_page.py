"""The page where a person creates, renames, hides and deletes calendars and sees what stands in them."""

from urllib.parse import quote

from flask import Flask, redirect, request
from werkzeug.wrappers import Response

from e2e.fake_google import browser as browsers
from e2e.fake_google import diary, times
from e2e.fake_google.nouns import Account, Calendar, Entry, Json
from e2e.fake_google.pages import page
from e2e.fake_google.signin import ask_who
from e2e.fake_google.world import World


def when(point: Json, zone: str) -> str:
    """Tue Nov 24 2026, 6:10 AM, in the calendar's zone."""
    moment = times.instant(point, zone).astimezone(times.find_zone(zone))
    day = f"{moment:%a %b} {moment.day} {moment.year}"
    return day if "date" in point else f"{day}, {moment:%I:%M %p}".replace(", 0", ", ")


def open_room(app: Flask, world: World) -> None:
    def who() -> Account | None:
        given = request.args.get("authuser", "") or request.form.get("authuser", "")
        return browsers.chosen(world, browsers.this_browser(world), given)

    def home(account: Account) -> Response:
        return redirect(f"/calendar/?authuser={account.sub}", 303)

    def mine(account: Account, id_: str) -> tuple[Calendar, Entry] | None:
        entry = world.entries[account.sub].get(id_)
        return (world.calendars[id_], entry) if entry and not entry.deleted else None

    def frame(account: Account) -> Json:
        """What every calendar page shows around its own."""
        return {"account": account, "accounts": browsers.sessions(world, browsers.this_browser(world))}

    @app.get("/calendar/", endpoint="calendar")
    def calendars() -> Response:
        account = who()
        if account is None:
            return ask_who("/calendar/")
        listed = [
            (world.calendars[id_], entry) for id_, entry in world.entries[account.sub].items() if not entry.deleted
        ]
        own = [pair for pair in listed if pair[0].owner == account.sub]
        others = [pair for pair in listed if pair[0].owner != account.sub]
        return page("calendars.html", own=own, others=others, **frame(account))

    @app.get("/calendar/r/settings/createcalendar", endpoint="calendar.new")
    def new() -> Response:
        account = who()
        if account is None:
            return ask_who("/calendar/r/settings/createcalendar")
        return page("new_calendar.html", problem="", name="", **frame(account))

    @app.post("/calendar/r/settings/createcalendar", endpoint="calendar.create")
    def create() -> Response:
        account, name = who(), request.form.get("name", "")
        if account is None:
            return ask_who("/calendar/r/settings/createcalendar")
        if not name.strip():
            return page("new_calendar.html", 422, problem="Enter a name", name=name, **frame(account))
        diary.make_calendar(world, account, name)
        return home(account)

    @app.get("/calendar/c/<id_>", endpoint="calendar.one")
    def one(id_: str) -> Response:
        account = who()
        if account is None:
            return ask_who(f"/calendar/c/{quote(id_)}")
        found = mine(account, id_)
        if found is None:
            return home(account)
        calendar, entry = found
        now = world.now()
        coming = [
            (event, when(event.resource["start"], calendar.time_zone), when(event.resource["end"], calendar.time_zone))
            for event in sorted(
                calendar.events.values(), key=lambda event: times.instant(event.resource["start"], calendar.time_zone)
            )
            if not event.cancelled and times.instant(event.resource["end"], calendar.time_zone) > now
        ]
        owns = calendar.owner == account.sub
        return page("calendar.html", calendar=calendar, entry=entry, coming=coming, owns=owns, **frame(account))

    @app.post("/calendar/c/<id_>", endpoint="calendar.change")
    def change(id_: str) -> Response:
        account = who()
        if account is None:
            return ask_who(f"/calendar/c/{quote(id_)}")
        found = mine(account, id_)
        if found is None:
            return home(account)
        calendar, entry = found
        owns, deed = calendar.owner == account.sub, request.form.get("do", "")
        name = request.form.get("name", "")
        if deed == "rename" and owns and name.strip():
            diary.change_calendar(world, calendar, summary=name)
        elif deed in {"hide", "show"}:
            diary.change_entry(world, entry, hidden=deed == "hide")
        elif deed == "delete" and owns and not calendar.primary:
            diary.delete_calendar(world, calendar)
        elif deed == "delete_event" and owns and (event := calendar.events.get(request.form.get("event", ""))):
            diary.cancel_event(world, calendar, event)
            return redirect(f"/calendar/c/{quote(id_)}?authuser={account.sub}", 303)
        return home(account)
