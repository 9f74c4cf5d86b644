"""An installation that runs elsewhere, with a stand-in Google it can reach: what the suite can steer of it over HTTP."""

import re
import secrets
import threading
from typing import Any, Final
from urllib.parse import urlsplit

import requests
from flask import Flask

from e2e.fake_google import FakeGoogle, World
from e2e.fake_google.clock import Clock
from e2e.fake_google.nouns import Calendar
from e2e.forms import forms_of
from e2e.launcher import Installation

PATIENCE_S: Final = 10
LOOK_EVERY_S: Final = 0.1
A_MOMENT_S: Final = 1.1


PERSON: Final = re.compile(r'name="person" value="(\d+)"')


def google_of(url: str) -> str:
    """The address by which that try-out's own pages lead to its stand-in Google. Raises LookupError where they do not.

    It is asked as a visitor would: at a computer nobody used before, on the way to connect the checker.
    """
    with requests.Session() as visitor:
        start = visitor.get(f"{url}/", timeout=PATIENCE_S).text
        person, form = PERSON.search(start), next((one for one in forms_of(start) if "csrf_token" in one.fields), None)
        if person is None or form is None:
            raise LookupError(f"{url}/ shows no sample clinic: is it a try-out?")
        said = form.fields | {"person": person[1], "workstation": f"Browser suite {secrets.token_hex(3)}"}
        visitor.post(f"{url}/", data=said, headers={"Origin": url}, timeout=PATIENCE_S).raise_for_status()
        way = visitor.get(f"{url}/google/connect/{person[1]}/checker", allow_redirects=False, timeout=PATIENCE_S)
        led = urlsplit(way.headers.get("Location", ""))
        google = f"{led.scheme}://{led.netloc}"
        if not led.netloc or not visitor.get(f"{google}/_world/state", timeout=PATIENCE_S).ok:
            raise LookupError(f"{url} leads to {google}, which is no stand-in Google that can be reached from here.")
    return google


class RealClock(Clock):
    """Time there passes by itself."""

    def advance(self, seconds: float) -> None:
        """Nobody can make it pass faster."""


class FarWorld(World):
    """The few words of a world that preparing needs, said over `/_world/`."""

    def __init__(self, google_url: str) -> None:
        super().__init__()
        self.clock, self.google_url, self.taken = RealClock(), google_url, 0

    def adds_calendar(self, email: str, summary: str, **fields: Any) -> Calendar:
        told = self.asks("calendars", {"account": email, "summary": summary, **fields})
        return Calendar(told["id"], summary, email, "UTC")

    def calendars_of(self, email: str) -> list[Calendar]:
        state = requests.get(f"{self.google_url}/_world/state", timeout=PATIENCE_S).json()
        account = next(one for one in state["accounts"] if one["email"] == email)
        return [Calendar(one["id"], one["summary"], email, "UTC") for one in account["calendars"] if not one["deleted"]]

    def asks(self, address: str, body: dict[str, Any]) -> Any:
        answer = requests.post(f"{self.google_url}/_world/{address}", json=body, timeout=PATIENCE_S)
        answer.raise_for_status()
        return answer.json()


class FarGoogle(FakeGoogle):
    """The person in front of Google's pages, there."""

    def __init__(self, world: FarWorld) -> None:
        super().__init__(world)
        self.far = world

    def accepts(self, account: str = "") -> None:
        self.far.asks("person", {"does": "continue", "account": account})


class Elsewhere(Installation):
    """A try-out at other addresses. Its application is out of reach: the one here is empty and asked by nobody."""

    def __init__(self, url: str, google_url: str) -> None:
        google_url = google_url.rstrip("/")
        super().__init__(url.rstrip("/"), google_url, FarGoogle(FarWorld(google_url)), Flask("elsewhere"))

    @property
    def far(self) -> FarWorld:
        world = self.world
        assert isinstance(world, FarWorld)
        return world

    def delivers(self) -> None:
        """Wait until its background asked Google once more to take an event; after ten seconds it is not going to."""
        for _ in range(int(PATIENCE_S / LOOK_EVERY_S)):
            asked = len(requests.get(f"{self.google_url}/_world/log?method=events.insert", timeout=PATIENCE_S).json())
            if asked > self.far.taken:
                self.far.taken = asked
                return
            threading.Event().wait(LOOK_EVERY_S)

    def lets_a_moment_pass(self) -> None:
        """The wizard asks Google about the same thing at most once a second, and only real time passes there."""
        threading.Event().wait(A_MOMENT_S)
