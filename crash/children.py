"""What the children do that are killed: the work of a front desk, of a dispatcher, of a person at Google's page."""

import os
import random
import signal
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import monotonic  # a child's life is real time
from urllib.parse import parse_qs, urljoin, urlsplit

import requests
from flask import Flask

from crash.frontdesk import FrontDesk
from crash.points import Point, Trap
from crash.site import Premises, inside
from wizard.background.working import Working
from wizard.clock import Clock
from wizard.evidence import Purpose
from wizard.store import people, schema

BROWSER = "browser/1"


def clock_of(premises: Premises) -> Clock:
    """World time, as it went when the child began."""
    ahead = timedelta(seconds=premises.ahead_s)
    return lambda: datetime.now(UTC) + ahead


def books(premises: Premises, point: Point, seed: int, kind: str) -> None:
    """One act at the front desk, under the trap."""
    clock = clock_of(premises)
    desk = FrontDesk(premises.app(clock), clock, random.Random(seed))
    Trap(point).set()
    desk.acts(kind)


def delivers(premises: Premises, point: Point, seed: int, kind: str) -> None:
    """One act, and then the dispatcher under the trap."""
    clock = clock_of(premises)
    app = premises.app(clock)
    FrontDesk(app, clock, random.Random(seed)).acts(kind)
    Trap(point).set()
    app.extensions["wizard"].background.run_once()


def freezes(premises: Premises, point: Point, seed: int) -> None:
    """A booking, and a dispatcher that stands still at the point until it is thawed; then it goes on, and ends."""
    clock = clock_of(premises)
    app = premises.app(clock)
    FrontDesk(app, clock, random.Random(seed)).books()
    Trap(point, sends=signal.SIGSTOP).set()
    app.extensions["wizard"].background.run_once()


def accepts(premises: Premises, point: Point, person_id: int, workstation_id: int) -> None:
    """The trip to Google's page and back, under the trap."""
    app = premises.app(clock_of(premises))
    Trap(point).set()
    trip(app, person_id, workstation_id)


def follows(premises: Premises, point: Point, person_id: int) -> None:
    """A look at what somebody changed in her calendar, under the trap."""
    app = premises.app(clock_of(premises))
    Trap(point).set()
    with inside(app):
        person = people.find(person_id)
        if person is not None:
            app.extensions["wizard"].straying.look(person)


def migrates(premises: Premises, point: Point, nth: int) -> None:
    """The database is brought up to date, under the trap."""
    app = premises.app(clock_of(premises))
    Trap(point, nth).set()
    schema.bring_up_to_date(app)


def trip(app: Flask, person_id: int, workstation_id: int) -> None:
    """Step 6 of a person for whom somebody at Google presses Continue."""
    connecting = app.extensions["wizard"].connecting
    with inside(app):
        person = people.find(person_id)
        if person is None:
            raise LookupError(person_id)
        address = connecting.begin(person, workstation_id, BROWSER, Purpose.INTEGRATION, "accept")
        with requests.Session() as browser:
            while urlsplit(address).path != "/google/callback":
                answer = browser.get(address, allow_redirects=False, timeout=5)
                address = urljoin(address, answer.headers["Location"])
        connecting.come_back(parse_qs(urlsplit(address).query), BROWSER, lambda _person_id: None)


def noting(path: Path) -> Callable[[str], object]:
    """Writes marks where they outlive this process, one a line: what the kernel has taken a kill cannot take back."""
    file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    return lambda mark: os.write(file, f"{mark}\n".encode())


def works(premises: Premises, seed: int, answered: Path, at_most_s: float) -> None:
    """A web process in full swing, its dispatcher beside it: books, moves and cancels until it is killed."""
    clock, ends = clock_of(premises), monotonic() + at_most_s
    app = premises.app(clock)
    desk = FrontDesk(app, clock, random.Random(seed), noting(answered))
    app.extensions["wizard"].background.start()
    while monotonic() < ends:
        desk.acts()


def turns(premises: Premises, at_most_s: float) -> None:
    """What carries out what is owed: the worker of `python -m wizard worker`, or the dispatcher's thread, until it is killed."""
    background = premises.app(clock_of(premises)).extensions["wizard"].background
    if premises.settings.background == "workers":
        Working(background.jobs, background.beat, premises.settings.in_hand).run(lambda: None)
        return
    background.start()
    threading.Event().wait(at_most_s)


def floods(premises: Premises, seed: int, at_most_s: float) -> None:
    """The same as `works`, with bookings alone: a copy of the database is then old, but nowhere wrong."""
    clock, ends = clock_of(premises), monotonic() + at_most_s
    app = premises.app(clock)
    desk = FrontDesk(app, clock, random.Random(seed))
    app.extensions["wizard"].background.start()
    while monotonic() < ends:
        desk.books()
