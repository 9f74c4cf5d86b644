"""`python -m bench.deliveries`: how fast appointments reach Google, in bare calls of google-api-python-client of the same run.

2,000 appointments of 200 accounts go to a stand-in for Google of its own process that takes 50 ms for each insert; once by
the dispatcher with its 8 threads and a database on the disk, once by 8 threads that call `events().insert(...).execute()`
and know nothing of databases. Both by turns. Prints a table, merges the figures into bench/results.json under `deliveries`,
and ends with 1 below the limit.
"""

import json
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

import google_auth_httplib2
import httplib2
from flask import Flask
from google.oauth2.credentials import Credentials
from googleapiclient.discovery import build_from_document
from googleapiclient.discovery_cache import get_static_doc

from bench.results import merge
from wizard import tryout
from wizard.app import create_app
from wizard.background.dispatcher import Dispatcher, Limits
from wizard.clock import system_clock
from wizard.practice.builtin.settings import SYNC
from wizard.store import (
    authorizations,
    clients,
    clinics,
    deliveries,
    folders,
    grants,
    people,
    pins,
    practice_settings,
    schema,
    workstations,
)
from wizard.store.appointments import Appointment, new_event_id
from wizard.store.database import db, of_clinic
from wizard.store.encryption import Cipher
from wizard.store.paces import Rate

ACCOUNTS: Final = 200
EACH: Final = 10
THREADS: Final = 8
LATENCY_S: Final = 0.05
ROUNDS: Final = 3
LIMIT: Final = 0.9
SCOPES: Final = ["openid", "email", "calendar.events.owned"]


@dataclass(frozen=True, slots=True)
class Held:
    """An account at the stand-in for Google: its number, a token that opens it, and its calendar."""

    email: str
    sub: str
    access_token: str
    refresh_token: str
    calendar_id: str


class Stand:
    """The stand-in for Google, spoken to from outside."""

    def __init__(self, url: str) -> None:
        self.url = url.rstrip("/")

    def post(self, door: str, **body: Any) -> dict[str, Any]:
        request = urllib.request.Request(  # noqa: S310 - the address is our own process on loopback
            f"{self.url}/_world/{door}", json.dumps(body).encode(), {"Content-Type": "application/json"}
        )
        with urllib.request.urlopen(request) as answer:  # noqa: S310 - the same
            told: dict[str, Any] = json.load(answer)
        return told

    def holds(self, number: int) -> Held:
        email = f"person-{number}@clinic.example"
        sub = self.post("accounts", email=email, hd="clinic.example")["sub"]
        calendar = self.post("calendars", account=email, summary="PIMSY Calendar")["id"]
        tokens = self.post("tokens", account=email, client_id="integration", scopes=SCOPES)
        return Held(email, sub, tokens["access_token"], tokens["refresh_token"], calendar)

    def is_slow(self) -> None:
        self.post("faults", kind="delay", at="events.insert", times=None, seconds=LATENCY_S)

    def events(self) -> int:
        with urllib.request.urlopen(f"{self.url}/_world/state") as answer:  # noqa: S310 - the same
            state = json.load(answer)
        return sum(len(calendar["events"]) for account in state["accounts"] for calendar in account["calendars"])


@contextmanager
def google() -> Iterator[Stand]:
    """A process of its own, so that it takes no time of ours."""
    command = [sys.executable, "-m", "e2e.fake_google", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603 - our own module
        try:
            line = process.stdout.readline() if process.stdout else ""
            yield Stand(line.removeprefix("Ready: ").strip())
        finally:
            process.terminate()


def bare(stand: Stand, accounts: list[Held], day: datetime) -> float:
    """Seconds that the same inserts take with the client library alone; each thread has a connection of its own."""
    document = json.loads(get_static_doc("calendar", "v3"))
    document |= {"rootUrl": f"{stand.url}/", "baseUrl": f"{stand.url}/calendar/v3/"}
    service = build_from_document(document, http=httplib2.Http())
    events, near = service.events(), threading.local()

    def insert(place: int) -> None:
        held, starts_at = accounts[place % ACCOUNTS], day + timedelta(minutes=20 * (place // ACCOUNTS))
        if not hasattr(near, "http"):
            near.http = httplib2.Http()
        credentials = Credentials(token=held.access_token)  # type: ignore[no-untyped-call]  # google-auth says no types here
        authorized = google_auth_httplib2.AuthorizedHttp(credentials, http=near.http)
        id_ = new_event_id()
        body = {
            "id": id_,
            "status": "confirmed",
            "summary": "PIMSY appointment",
            "start": {"dateTime": starts_at.isoformat(), "timeZone": "America/New_York"},
            "end": {"dateTime": (starts_at + timedelta(minutes=10)).isoformat(), "timeZone": "America/New_York"},
            "visibility": "private",
            "transparency": "transparent",
            "reminders": {"useDefault": False},
            "extendedProperties": {"private": {"pimsy-mark": id_}},
        }
        request = events.insert(calendarId=held.calendar_id, body=body, sendUpdates="none", fields="id,status,etag")
        request.execute(http=authorized, num_retries=0)

    begun = time.perf_counter()
    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(insert, range(ACCOUNTS * EACH)))
    return time.perf_counter() - begun


@contextmanager
def wizard(stand: Stand) -> Iterator[Flask]:
    """One with a database on the disk; its clinic has every account set up."""
    with tempfile.TemporaryDirectory() as folder:
        settings = replace(tryout.settings_for(Path(folder), 5000, stand.url), threads=2 * THREADS)
        app = create_app(settings, system_clock)
        schema.bring_up_to_date(app)
        with app.app_context():
            tryout.open_sample_clinic(system_clock())
            db.session.commit()
        yield app
        with app.app_context():
            schema.close()


def furnish(app: Flask, accounts: list[Held], now: datetime) -> None:
    clinic, cipher = clinics.first(), app.extensions["wizard"].cipher
    if clinic is None:
        raise RuntimeError("there is no clinic")
    with of_clinic(clinic.id):
        setting = practice_settings.find(SYNC)
        if setting is None:
            raise RuntimeError("the Stand-in has no -233")
        setting.your_value = "True"
        desk = workstations.add("Front desk", now)
        db.session.flush()
        for held in accounts:
            _set_up(held, desk.id, cipher, now)
        db.session.commit()


def _set_up(held: Held, desk_id: int, cipher: Cipher, now: datetime) -> None:
    who = people.add(held.email, held.email)
    db.session.flush()
    clients.add(who.id, "Test Client", is_test=True)
    db.session.add(folders.Folder(person_id=who.id, google_account=held.email))
    pins.add(who.id, desk_id, held.sub, held.calendar_id, now)
    grant = grants.add(who.id, desk_id, "integration", held.sub, now)
    grant.email, grant.hd, grant.expires_at = held.email, "clinic.example", now + timedelta(hours=1)
    grant.refresh_token, grant.access_token = cipher.encrypt(held.refresh_token), cipher.encrypt(held.access_token)
    db.session.flush()
    authorizations.add(who.id, desk_id, grant.id, held.sub, 1, now)


def owe(subs: set[str], day: datetime, now: datetime) -> None:
    """Ten appointments each, booked and not sent yet."""
    clinic = clinics.first()
    if clinic is None:
        raise RuntimeError("there is no clinic")
    with of_clinic(clinic.id):
        everyone = [grant for grant in grants.standing([who.id for who in people.everyone()]) if grant.sub in subs]
        tests = {client.person_id: client.id for client in clients.of_people([grant.person_id for grant in everyone])}
        rows = [
            Appointment(
                person_id=grant.person_id,
                workstation_id=grant.workstation_id,
                client_id=tests[grant.person_id],
                starts_at=day + timedelta(minutes=20 * count),
                zone_name=clinic.zone_name,
                minutes=10,
                booked_at=now,
                changed_at=now,
            )
            for count in range(EACH)
            for grant in everyone
        ]
        db.session.add_all(rows)
        db.session.flush()
        for row in rows:
            deliveries.add(row, now)
        db.session.commit()


def delivered(app: Flask, accounts: list[Held], day: datetime) -> float:
    """Seconds from the first look until nothing is owed."""
    with app.app_context():
        owe({held.sub for held in accounts}, day, system_clock())
    services = app.extensions["wizard"]
    dispatcher = Dispatcher(app, services.google, system_clock, 60.0, limits=Limits(THREADS, Rate(0), Rate(0)))
    begun = time.perf_counter()
    tried = dispatcher.run_once()
    took = time.perf_counter() - begun
    if tried != ACCOUNTS * EACH:
        raise RuntimeError(f"{tried} deliveries were tried")
    return took


def main() -> int:
    with google() as stand:
        accounts = [stand.holds(number) for number in range(ACCOUNTS)]
        stand.is_slow()
        now = system_clock().replace(second=0, microsecond=0)
        with wizard(stand) as app:
            with app.app_context():
                furnish(app, accounts, now)
            took: dict[str, list[float]] = {"bare": [], "dispatcher": []}
            for place in range(ROUNDS):
                day = now + timedelta(days=1 + place)
                took["bare"].append(bare(stand, accounts, day))
                took["dispatcher"].append(delivered(app, accounts, day))
        there, wanted = stand.events(), 2 * ROUNDS * ACCOUNTS * EACH
    ratios = [one / other for one, other in zip(took["bare"], took["dispatcher"], strict=True)]
    ratio = statistics.median(ratios)
    count = ACCOUNTS * EACH
    sys.stdout.write(f"{'deliveries':<14}{'seconds':>10}{'a second':>10}\n")
    for name, times in took.items():
        median = statistics.median(times)
        sys.stdout.write(f"{name:<14}{median:>10.2f}{count / median:>10.0f}\n")
    sys.stdout.write(
        f"{ratio:.2f} of bare calls ({', '.join(f'{one:.2f}' for one in ratios)}), at least {LIMIT}; "
        f"{there} events for {wanted} inserts.\n"
    )
    merge(
        "deliveries",
        {
            "ratio": round(ratio, 2),
            "limit": LIMIT,
            "appointments": count,
            "accounts": ACCOUNTS,
            "threads": THREADS,
            "latency_s": LATENCY_S,
            **{name: {"seconds": round(statistics.median(times), 2)} for name, times in took.items()},
        },
    )
    return int(ratio < LIMIT or there != wanted)


if __name__ == "__main__":
    sys.exit(main())
