"""A world in a file, so that people's permissions outlive the process."""

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from .keys import Keys
from .nouns import (
    AccessToken,
    Account,
    Browser,
    Calendar,
    Client,
    Code,
    Entry,
    Event,
    Grant,
    Json,
    Manners,
    Project,
    RefreshToken,
    Workspace,
)
from .world import World

LAYOUT: Final = 1
ROOMS: Final[dict[str, Any]] = {
    "accounts": Account,
    "workspaces": Workspace,
    "browsers": Browser,
    "projects": Project,
    "clients": Client,
    "grants": Grant,
    "codes": Code,
    "access_tokens": AccessToken,
    "refresh_tokens": RefreshToken,
}


def as_json(world: World) -> Json:
    """All but what the process alone knows: the log, the faults, the people waiting, the keys."""
    rooms = {room: {key: asdict(one) for key, one in getattr(world, room).items()} for room in (*ROOMS, "calendars")}
    entries = {sub: {id_: asdict(one) for id_, one in listed.items()} for sub, listed in world.entries.items()}
    return rooms | {
        "layout": LAYOUT,
        "world": world.name,
        "entries": entries,
        "manners": asdict(world.manners),
        "clock": asdict(world.clock),
        "changes": world.changes,
    }


def fill(world: World, kept: Json) -> None:
    """Raises KeyError or TypeError where the file was written by another layout."""
    if kept["layout"] != LAYOUT:
        raise KeyError(f"layout {kept['layout']}")
    for room, noun in ROOMS.items():
        held = getattr(world, room)
        held.clear()
        held.update({key: noun(**one) for key, one in kept[room].items()})
    world.calendars.clear()
    for id_, one in kept["calendars"].items():
        events = {key: Event(**event) for key, event in one.pop("events").items()}
        world.calendars[id_] = Calendar(**one, events=events)
    world.entries.clear()
    for sub, listed in kept["entries"].items():
        world.entries[sub] = {id_: Entry(**one) for id_, one in listed.items()}
    world.name, world.changes, world.manners = kept["world"], kept["changes"], Manners(**kept["manners"])
    world.clock.ahead_s, world.clock.skew_s = kept["clock"]["ahead_s"], kept["clock"]["skew_s"]


@dataclass(slots=True)
class Keeper:
    path: Path

    def load(self, world: World) -> None:
        """What the file holds; without a file the world stays as it is."""
        if self.path.exists():
            kept = json.loads(self.path.read_text())
            with world.lock:
                fill(world, kept)
                world.keys = Keys.from_json(kept["keys"])

    def save(self, world: World) -> None:
        """All or nothing: a new file takes the old one's place. It holds private keys and tokens: for its owner only."""
        with world.lock:
            text = json.dumps(as_json(world) | {"keys": world.keys.as_json()})
            beside = self.path.with_name(f"{self.path.name}.new")
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            beside.replace(self.path)
