"""/_world/: what a test, a launcher or a trainer does to this Google from outside."""

from collections.abc import Callable
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from typing import Any

from flask import Flask, jsonify, request
from flask.typing import ResponseReturnValue

from . import state
from .errors import ApiError
from .faults import Fault
from .nouns import Json, Manners
from .people import Person
from .world import World
from .worlds import WORLDS

HIDDEN = {"access_tokens", "refresh_tokens", "codes"}  # in the state by number only


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
        doors: dict[str, Callable[[Json], Any]] = {
            "reset": self.reset,
            "accounts": lambda body: asdict(world.adds_account(**body)),
            "disabled": lambda body: world.disables_account(**body),
            "clients": lambda body: asdict(world.adds_client(**body)),
            "tokens": lambda body: world.grants_token(**body),
            "revoke": lambda body: world.removes_permission(**body),
            "sessions": lambda body: world.signs_in(**body) if body else world.signs_out(),
            "calendars": self.calendar,
            "events": lambda body: world.adds_event(**body),
            "faults": lambda body: asdict(world.plan(Fault(**body))),
            "person": lambda body: asdict(world.meets(Person(**body))),
            "manners": self.manners,
            "clock": self.clock,
            "keys": self.keys,
        }
        for name, does in doors.items():
            app.add_url_rule(f"/_world/{name}", f"world.{name}", self.door(does), methods=["POST"])
        app.add_url_rule("/_world/faults", "world.forget_faults", self.forget_faults, methods=["DELETE"])
        app.add_url_rule("/_world/person", "world.forget_people", self.forget_people, methods=["DELETE"])
        app.add_url_rule("/_world/state", "world.state", self.state)
        app.add_url_rule("/_world/log", "world.log", self.log)

    def door(self, does: Callable[[Json], Any]) -> Callable[[], ResponseReturnValue]:
        """The body's properties in, a JSON answer out; what cannot be done is said, with 400."""

        def view() -> ResponseReturnValue:
            sent = request.get_json(silent=True) if request.content_length else {}
            if not isinstance(sent, dict):
                return jsonify({"error": "Send a JSON object, with Content-Type: application/json."}), 400
            try:
                told = does(sent)
            except KeyError as missing:
                return jsonify({"error": f"There is no {missing.args[0]} here, or it was not named."}), 400
            except (TypeError, ValueError) as wrong:
                return jsonify({"error": str(wrong)}), 400
            except ApiError as refused:
                return jsonify({"error": refused.message}), 400
            return jsonify({"now": self.world.now().isoformat()} if told is None else told)

        return view

    def reset(self, body: Json) -> Json:
        name = body.get("world", "fresh")
        if name not in WORLDS:
            raise ValueError(f"No world is called {name}. There are {', '.join(WORLDS)}.")
        self.world.reset(name, datetime.fromisoformat(body["now"]) if "now" in body else None)
        return {"world": name, "now": self.world.now().isoformat()}

    def calendar(self, body: Json) -> Json:
        calendar = self.world.adds_calendar(body.pop("account"), body.pop("summary"), **body)
        return {"id": calendar.id, "summary": calendar.summary}

    def manners(self, body: Json) -> Json:
        names = {field.name for field in fields(Manners)}
        if unknown := set(body) - names:
            raise ValueError(f"{', '.join(sorted(unknown))}: there are {', '.join(sorted(names))}.")
        for name, value in body.items():
            setattr(self.world.manners, name, value)
        return asdict(self.world.manners)

    def clock(self, body: Json) -> None:
        clock = self.world.clock
        if "now" in body:
            clock.set(datetime.fromisoformat(body["now"]))
        clock.advance(float(body.get("advance_s", 0)))
        clock.skew_s = float(body.get("skew_s", clock.skew_s))

    def keys(self, body: Json) -> Json:
        self.world.keys.rotate(keep_old=bool(body.get("keep_old", True)))
        return {"kid": self.world.keys.signing.kid}

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
