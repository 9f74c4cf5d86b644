"""/_world/: what a test, a launcher or a trainer does to this Google from outside."""

from collections.abc import Callable
from dataclasses import asdict, dataclass, fields, replace
from datetime import UTC, datetime
from difflib import get_close_matches
from fnmatch import fnmatchcase
from typing import Any, Final

from flask import Flask, current_app, jsonify, request
from flask.typing import ResponseReturnValue

from . import state, typed
from .errors import ApiError
from .faults import Fault
from .nouns import Account, Calendar, Client, Json, Manners
from .people import Person
from .world import World
from .worlds import WORLDS

VERBS: Final = ["GET", "POST", "PUT", "PATCH", "DELETE"]
EARLIEST: Final = datetime(1971, 1, 1, tzinfo=UTC).timestamp()
LATEST: Final = datetime(2200, 1, 1, tzinfo=UTC).timestamp()
HIDDEN = {"access_tokens", "refresh_tokens", "codes"}  # in the state by number only


def aware(text: str) -> datetime:
    """Raises ValueError for what is no time or has no offset."""
    found = datetime.fromisoformat(text)
    if found.tzinfo is None:
        raise ValueError(f"{text} has no offset; 2026-11-24T06:10:00-05:00 has one.")
    return found


def overview(world: World) -> Json:
    """What is there, by names people use; the whole of it under `rooms`."""
    rooms = state.as_json(world)
    return {
        "world": world.name,
        "now": world.now().isoformat(),
        "clock": asdict(world.clock),
        "accounts": [
            {
                "email": account.email,
                "sub": account.sub,
                "hd": account.hd,
                "calendars": [
                    {
                        "id": calendar.id,
                        "summary": calendar.summary,
                        "primary": calendar.primary,
                        "deleted": calendar.deleted,
                        "events": [one.resource | {"created": one.created} for one in calendar.events.values()],
                    }
                    for calendar in world.calendars.values()
                    if calendar.owner == account.sub
                ],
                "grants": [asdict(grant) for grant in world.grants.values() if grant.sub == account.sub],
            }
            for account in world.accounts.values()
        ],
        "browsers": rooms["browsers"],
        "projects": rooms["projects"],
        "clients": rooms["clients"],
        "manners": rooms["manners"],
        "live_tokens": {room: len(rooms[room]) for room in sorted(HIDDEN)},
        "faults": world.faults.as_json(),
        "people": [asdict(person) for person in world.people],
    }


@dataclass(frozen=True, slots=True)
class Control:
    """Set-up, faults, time and a look behind the scenes, apart from all that Google serves."""

    world: World

    def open(self, app: Flask) -> None:
        world = self.world
        doors: dict[str, tuple[Callable[..., Any], *tuple[Callable[..., Any], ...]]] = {
            "reset": (self.reset, self.reset),
            "accounts": (lambda **body: asdict(world.adds_account(**body)), world.adds_account, Account),
            "disabled": (world.disables_account, world.disables_account),
            "clients": (lambda **body: asdict(world.adds_client(**body)), world.adds_client, Client),
            "tokens": (world.grants_token, world.grants_token),
            "revoke": (world.removes_permission, world.removes_permission),
            "sessions": (lambda **body: world.signs_in(**body) if body else world.signs_out(), world.signs_in),
            "calendars": (self.calendar, self.calendar, Calendar),
            "events": (world.adds_event, world.adds_event),
            "faults": (self.fault, Fault),
            "person": (lambda **body: asdict(world.meets(Person(**body))), Person),
            "manners": (self.manners, Manners),
            "clock": (self.clock, self.clock),
            "keys": (self.keys, self.keys),
        }
        for name, (does, *kinds) in doors.items():
            app.add_url_rule(f"/_world/{name}", f"world.{name}", self.door(does, *kinds), methods=["POST"])
        app.add_url_rule("/_world/<path:rest>", "world.unknown", self.unknown, methods=VERBS)
        app.add_url_rule("/_world/faults", "world.forget_faults", self.forget_faults, methods=["DELETE"])
        app.add_url_rule("/_world/person", "world.forget_people", self.forget_people, methods=["DELETE"])
        app.add_url_rule("/_world/state", "world.state", self.state)
        app.add_url_rule("/_world/log", "world.log", self.log)

    def door(self, does: Callable[..., Any], *kinds: Callable[..., Any]) -> Callable[[], ResponseReturnValue]:
        """The body's properties in, of the types `kinds` ask; a JSON answer out. What cannot be done is said, with 400."""

        def view() -> ResponseReturnValue:
            sent = typed.sent() if request.content_length else {}
            if not isinstance(sent, dict):
                return jsonify({"error": "Send a JSON object, with Content-Type: application/json."}), 400
            try:
                typed.check(sent, *kinds)
                told = does(**sent)
            except KeyError as missing:
                return jsonify({"error": f"There is no {missing.args[0]} here, or it was not named."}), 400
            except (TypeError, ValueError) as wrong:
                return jsonify({"error": str(wrong)}), 400
            except ApiError as refused:
                return jsonify({"error": refused.message}), 400
            return jsonify({"now": self.world.now().isoformat()} if told is None else told)

        return view

    def reset(self, world: str = "fresh", now: str | None = None) -> Json:
        if world not in WORLDS:
            raise ValueError(f"No world is called {world}. There are {', '.join(WORLDS)}.")
        self.world.reset(world, None if now is None else aware(now))
        return {"world": world, "now": self.world.now().isoformat()}

    def calendar(self, account: str, summary: str, *, hidden: bool = False, **more: Any) -> Json:
        calendar = self.world.adds_calendar(account, summary, hidden=hidden, **more)
        return {"id": calendar.id, "summary": calendar.summary}

    def fault(self, **told: Any) -> Json:
        fault = Fault(**told)
        names = [name for name in current_app.view_functions if not name.startswith("world.")]
        if not fault.at.startswith("/") and not any(fnmatchcase(name, fault.at) for name in names):
            near = ", ".join(get_close_matches(fault.at, names)) or "events.insert, token, /calendar/v3/*"
            raise ValueError(f"Nothing here is called {fault.at}, so this would never happen. Near it: {near}.")
        return asdict(self.world.plan(fault))

    def manners(self, **changes: Any) -> Json:
        names = {field.name for field in fields(Manners)}
        if unknown := set(changes) - names:
            raise ValueError(f"{', '.join(sorted(unknown))}: there are {', '.join(sorted(names))}.")
        self.world.manners = replace(self.world.manners, **changes)
        return asdict(self.world.manners)

    def clock(self, now: str | None = None, advance_s: float = 0, skew_s: float | None = None) -> None:
        clock = self.world.clock
        aims = (clock.seconds() if now is None else aware(now).timestamp()) + advance_s
        if not EARLIEST <= aims <= LATEST:
            raise ValueError("World time stays between 1971 and 2200.")
        clock.advance(aims - clock.seconds())
        clock.skew_s = clock.skew_s if skew_s is None else skew_s

    def keys(self, *, keep_old: bool = True) -> Json:
        self.world.keys.rotate(keep_old=keep_old)
        return {"kid": self.world.keys.signing.kid}

    def unknown(self, rest: str) -> ResponseReturnValue:
        return jsonify(
            {"error": f"There is no {request.method} /_world/{rest} here. README.md lists what there is."}
        ), 404

    def forget_faults(self) -> ResponseReturnValue:
        self.world.faults.forget()
        return "", 204

    def forget_people(self) -> ResponseReturnValue:
        self.world.people.clear()
        return "", 204

    def state(self) -> ResponseReturnValue:
        return jsonify(overview(self.world))

    def log(self) -> ResponseReturnValue:
        method = request.args.get("method", "")
        return jsonify([one for one in self.world.log.as_json() if method in {"", one["method"]}])
