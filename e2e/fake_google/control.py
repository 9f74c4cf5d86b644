"""/_world/: what a test, a launcher or a trainer does to this Google from outside."""

from collections.abc import Callable
from dataclasses import asdict, fields
from datetime import datetime
from typing import Any

from flask import Flask, jsonify, request
from flask.typing import ResponseReturnValue

from e2e.fake_google import state
from e2e.fake_google.errors import ApiError
from e2e.fake_google.faults import Fault
from e2e.fake_google.nouns import Json, Manners
from e2e.fake_google.people import Person
from e2e.fake_google.world import World
from e2e.fake_google.worlds import WORLDS

HIDDEN = {"access_tokens", "refresh_tokens", "codes"}  # in the state by number only


class Unclear(Exception):  # noqa: N818 - said to the one who asks, never raised further
    """What was asked of /_world/ cannot be done."""


def sent() -> Json:
    body = request.get_json(silent=True) if request.content_length else {}
    if not isinstance(body, dict):
        raise Unclear("Send a JSON object, with Content-Type: application/json.")
    return body


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


def open_room(app: Flask, world: World) -> None:
    def door(address: str, does: Callable[[Json], Any]) -> None:
        """A POST address: the body's properties in, a JSON answer out."""

        def view() -> ResponseReturnValue:
            told = does(sent())
            return jsonify(told if told is not None else {"now": world.now().isoformat()})

        app.add_url_rule(f"/_world/{address}", f"world.{address}", view, methods=["POST"])

    @app.errorhandler(Unclear)
    def unclear(error: Unclear) -> ResponseReturnValue:
        return jsonify({"error": str(error)}), 400

    def careful(does: Callable[[Json], Any]) -> Callable[[Json], Any]:
        def view(body: Json) -> Any:
            try:
                return does(body)
            except KeyError as missing:
                raise Unclear(f"There is no {missing.args[0]} here, or it was not named.") from missing
            except (TypeError, ValueError) as wrong:
                raise Unclear(str(wrong)) from wrong
            except ApiError as refused:
                raise Unclear(refused.message) from refused

        return view

    def reset(body: Json) -> Any:
        name = body.get("world", "fresh")
        if name not in WORLDS:
            raise ValueError(f"No world is called {name}. There are {', '.join(WORLDS)}.")
        world.reset(name)
        return {"world": name, "now": world.now().isoformat()}

    def clock(body: Json) -> None:
        world.clock.advance(float(body.get("advance_s", 0)))
        if "now" in body:
            world.clock.set(datetime.fromisoformat(body["now"]))
        world.clock.skew_s = float(body.get("skew_s", world.clock.skew_s))

    def manners(body: Json) -> Any:
        names = {field.name for field in fields(Manners)}
        if unknown := set(body) - names:
            raise ValueError(f"{', '.join(sorted(unknown))}: there are {', '.join(sorted(names))}.")
        for name, value in body.items():
            setattr(world.manners, name, value)
        return asdict(world.manners)

    def calendars(body: Json) -> Any:
        calendar = world.adds_calendar(body.pop("account"), body.pop("summary"), **body)
        return {"id": calendar.id, "summary": calendar.summary}

    def keys(body: Json) -> Any:
        world.keys.rotate(keep_old=bool(body.get("keep_old", True)))
        return {"kid": world.keys.signing.kid}

    for address, does in {
        "reset": reset,
        "accounts": lambda body: asdict(world.adds_account(**body)),
        "clients": lambda body: asdict(world.adds_client(**body)),
        "tokens": lambda body: world.grants_token(**body),
        "revoke": lambda body: world.removes_permission(**body),
        "sessions": lambda body: world.signs_in(**body) if body else world.signs_out(),
        "calendars": calendars,
        "events": lambda body: world.adds_event(**body),
        "faults": lambda body: asdict(world.plan(Fault(**body))),
        "person": lambda body: asdict(world.meets(Person(**body))),
        "manners": manners,
        "clock": clock,
        "keys": keys,
    }.items():
        door(address, careful(does))

    @app.delete("/_world/faults", endpoint="world.forget_faults")
    def forget() -> ResponseReturnValue:
        world.faults.forget()
        return "", 204

    @app.delete("/_world/person", endpoint="world.forget_people")
    def nobody() -> ResponseReturnValue:
        world.people.clear()
        return "", 204

    @app.get("/_world/state", endpoint="world.state")
    def state_() -> ResponseReturnValue:
        return jsonify(overview(world))

    @app.get("/_world/log", endpoint="world.log")
    def log() -> ResponseReturnValue:
        method = request.args.get("method", "")
        return jsonify([one for one in world.log.as_json() if method in {"", one["method"]}])
