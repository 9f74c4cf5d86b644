"""What only the suite can do: let time pass, unplug the network, have the background finish, move an event on Google.

What an installation elsewhere does not give us stands in `NEEDS`.
"""

from collections.abc import Callable
from typing import Final

import requests

from e2e.catalogue.stage import Stage

MINUTE_S: Final = 60
LOOKS_EVERY_MS: Final = 3_000


def minutes_pass(stage: Stage, minutes: str) -> None:
    stage.clinic.installation.world.clock.advance(int(minutes) * MINUTE_S)


def hours_pass(stage: Stage, hours: str) -> None:
    stage.clinic.installation.world.clock.advance(int(hours) * 60 * MINUTE_S)


def deliver(stage: Stage) -> None:
    stage.clinic.installation.delivers()


def unplug(stage: Stage) -> None:
    stage.desk.context.set_offline(True)


def plug_in(stage: Stage) -> None:
    stage.desk.context.set_offline(False)


def move_event(stage: Stage, time: str) -> None:
    """What a person does by dragging it; `time` is the clock of that day ("06:20")."""
    account = stage.preparing.account
    asked = {"account": account, "client_id": "integration", "scopes": ["events.owned"]}
    token = requests.post(f"{stage.google_url}/_world/tokens", json=asked, timeout=5).json()["access_token"]
    state = requests.get(f"{stage.google_url}/_world/state", timeout=5).json()
    calendars = next(one["calendars"] for one in state["accounts"] if one["email"] == account)
    calendar = next(one for one in calendars if one["summary"] == "PIMSY Calendar" and not one["deleted"])
    event = calendar["events"][-1]
    address = f"{stage.google_url}/calendar/v3/calendars/{calendar['id']}/events/{event['id']}"
    moved = {side: _at(event[side], time, minutes) for side, minutes in (("start", 0), ("end", 10))}
    requests.patch(address, json=moved, headers={"Authorization": f"Bearer {token}"}, timeout=5).raise_for_status()


def _at(moment: dict[str, str], time: str, minutes: int) -> dict[str, str]:
    hour, minute = (int(part) for part in time.split(":"))
    day, rest = moment["dateTime"].split("T")
    return moment | {"dateTime": f"{day}T{hour:02}:{minute + minutes:02}{rest[5:]}"}


ROOM: Final[dict[str, Callable[..., None]]] = {
    "time passes: {minutes} minutes": minutes_pass,
    "time passes: {hours} hours": hours_pass,
    "what is owed to Google is delivered": deliver,
    "the network is unplugged": unplug,
    "the network is plugged in": plug_in,
    "at Google, move the appointment to {time}": move_event,
}

NEEDS: Final[dict[str, str]] = {
    "time passes: {minutes} minutes": "the clock that wizard and Google share",
    "time passes: {hours} hours": "the clock that wizard and Google share",
}
