"""`python -m bench.patrol`: one round over 2,000 permissions of 40 clinics, at a Google that takes 50 ms for an answer.

The steady state: nothing has drifted, so Google answers 304, and every access token still lasts. In service a token lasts an
hour and a permission is looked at every six, so each look carries a refresh besides: those are counted, and timed apart.
Google runs in a process of its own; the database is a file on the disk. Prints a table, merges the figures into
bench/results.json under `patrol`, and ends with 1 where a limit is passed.
"""

import multiprocessing
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Final

import requests
from flask import Flask
from sqlalchemy import select, update

from bench.results import merge
from e2e.launcher import TODAY
from wizard import tryout
from wizard.app import create_app
from wizard.background.patrol import Patrol
from wizard.store import clinics, grants, people, pins, schema, workstations
from wizard.store.database import db, of_clinic, of_every_clinic
from wizard.store.patrols import Look

CLINICS: Final = 40
PEOPLE: Final = 50  # of each
LATENCY_S: Final = 0.05
ROUNDS: Final = 3  # of the steady state; the middle one counts
EXPIRED: Final = 200  # access tokens of the round that refreshes
WALL_LIMIT: Final = 1.15  # of latency / parallelism
REQUESTS_LIMIT: Final = 1.0
SCOPES: Final = ["openid", "email", "calendarlist.readonly", "events.owned.readonly"]

Row = tuple[str, str, str, str]
"""Of one account: its sub, its calendar's id, its two tokens."""


def google(line: Connection) -> None:
    """In a process of its own: a Google with that many accounts; tells its address and theirs, then answers."""
    from e2e.fake_google import FakeGoogle, World, running
    from e2e.fake_google.faults import Fault

    world = World()
    world.clock.set(TODAY)
    told: list[Row] = []
    for number in range(CLINICS * PEOPLE):
        email = f"{number}@large.example"
        account = world.adds_account(email, "large.example")
        calendar = world.adds_calendar(email, "PIMSY Calendar")
        tokens = world.grants_token(email, "checker", SCOPES)
        told.append((account.sub, calendar.id, tokens["refresh_token"], tokens["access_token"]))
    for at in ("calendarList.get", "token"):
        world.plan(Fault("delay", at, times=None, seconds=LATENCY_S))
    with running(FakeGoogle(world)) as url:
        line.send((url, told))
        while line.recv() == "count":
            line.send(Counter(call.method for call in world.calls()))


@dataclass
class Google:
    """The other process, from here."""

    line: Connection
    url: str
    accounts: list[Row]

    def counts(self) -> Counter[str]:
        """How often it was asked what so far."""
        self.line.send("count")
        counted: Counter[str] = self.line.recv()
        return counted


@contextmanager
def google_beside() -> Iterator[Google]:
    here, there = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(target=google, args=(there,), daemon=True)
    process.start()
    url, accounts = here.recv()
    try:
        yield Google(here, url, accounts)
    finally:
        here.send("end")
        process.join(10)


def latency_of(google: Google, times: int = 40) -> float:
    """Seconds that one bare question takes when nothing else is asked: Google's 50 ms, and what the line costs."""
    _, calendar_id, _, token = google.accounts[0]
    address = f"{google.url}/calendar/v3/users/me/calendarList/{calendar_id}"
    taken = []
    with requests.Session() as session:
        session.headers["Authorization"] = f"Bearer {token}"
        for _ in range(times):
            begun = time.perf_counter()
            session.get(address, timeout=5).raise_for_status()
            taken.append(time.perf_counter() - begun)
    return statistics.median(taken)


def open_clinics(app: Flask, google: Google) -> None:
    """Everybody connected and pinned, with the tokens Google gave."""
    cipher, rows = app.extensions["wizard"].cipher, iter(google.accounts)
    for number in range(CLINICS):
        clinic = clinics.Clinic(
            name=f"Clinic {number}", zone_name="America/New_York", practice="builtin", created_at=TODAY
        )
        db.session.add(clinic)
        db.session.flush()
        with of_clinic(clinic.id):
            desk = workstations.add("Front desk 1", TODAY)
            everyone = [people.add(f"Person {one}", "") for one in range(PEOPLE)]
            for who in everyone:
                sub, calendar_id, refresh_token, access_token = next(rows)
                grant = grants.add(who.id, desk.id, "checker", sub, TODAY)
                grant.refresh_token, grant.access_token = cipher.encrypt(refresh_token), cipher.encrypt(access_token)
                grant.expires_at = TODAY + timedelta(hours=1)
                pins.add(who.id, desk.id, sub, calendar_id, TODAY)
            db.session.flush()
    db.session.commit()


def makes_due(count: int | None = None) -> None:
    """All looks at the calendars, or so many of them, are due now; the others are not."""
    with of_every_clinic():
        db.session.execute(update(Look).values(due_at=TODAY + timedelta(hours=3)))
        due = update(Look).where(Look.kind == "checker")
        if count is not None:
            first = select(Look.id).where(Look.kind == "checker").order_by(Look.id).limit(count)
            due = due.where(Look.id.in_(first))
        db.session.execute(due.values(due_at=TODAY).execution_options(synchronize_session=False))
    db.session.commit()


@dataclass(frozen=True, slots=True)
class Round:
    """One round: how many looks, in how many seconds of the wall and of this process, and what was asked."""

    looks: int
    wall_s: float
    cpu_s: float
    asked: Counter[str]

    @property
    def requests_each(self) -> float:
        return self.asked["calendarList.get"] / self.looks


def walks(patrol: Patrol, google: Google) -> Round:
    before, cpu, begun = google.counts(), time.process_time(), time.perf_counter()
    looks = patrol.run_once()
    wall, spent = time.perf_counter() - begun, time.process_time() - cpu
    return Round(looks, wall, spent, google.counts() - before)


def main() -> int:
    with tempfile.TemporaryDirectory() as folder, google_beside() as google:
        app = create_app(tryout.settings_for(Path(folder), 5000, google.url), lambda: TODAY)
        schema.bring_up_to_date(app)
        patrol: Patrol = app.extensions["wizard"].patrol
        threads = app.extensions["wizard"].settings.patrol_threads
        with app.app_context():
            open_clinics(app, google)
            patrol.run_once()  # lists every permission
            makes_due()
            first = walks(patrol, google)
            rounds = []
            for _ in range(ROUNDS):  # by turns, so that a busy machine is busy for both
                makes_due()
                rounds.append((latency_of(google), walks(patrol, google)))
            with of_every_clinic():
                db.session.execute(update(grants.Grant).values(expires_at=TODAY))
            makes_due(EXPIRED)
            expired = walks(patrol, google)
            schema.close()
    ratio_of = {one.wall_s * threads / (latency * one.looks): (latency, one) for latency, one in rounds}
    ratio = statistics.median(ratio_of)
    latency, steady = ratio_of[ratio]
    least = latency * steady.looks / threads
    told: dict[str, Any] = {
        "latency_s": round(latency, 4),
        "parallelism": threads,
        "wall": {"ratio": round(ratio, 3), "limit": WALL_LIMIT, "all": [round(one, 3) for one in sorted(ratio_of)]},
        "requests_limit": REQUESTS_LIMIT,
    }
    head = ("patrol", "looks", "requests each", "refreshes", "wall s", "CPU ms each")
    sys.stdout.write("{:<24}{:>7}{:>15}{:>11}{:>9}{:>13}\n".format(*head))
    for name, it in {"first": first, "steady": steady, "expired tokens": expired}.items():
        refreshes, cpu_ms = it.asked["token"], it.cpu_s / it.looks * 1000
        sys.stdout.write(
            f"{name:<24}{it.looks:>7}{it.requests_each:>15.2f}{refreshes:>11}{it.wall_s:>9.2f}{cpu_ms:>13.2f}\n"
        )
        told[name] = {
            "looks": it.looks,
            "requests_each": round(it.requests_each, 3),
            "refreshes": refreshes,
            "wall_s": round(it.wall_s, 2),
            "cpu_ms_each": round(cpu_ms, 2),
        }
    sys.stdout.write(
        f"A bare question takes {latency * 1000:.1f} ms; {threads} at a time need {least:.2f} s for {steady.looks}."
        f" The steady round took {ratio:.2f} of it, at most {WALL_LIMIT}; all of them"
        f" {', '.join(f'{one:.2f}' for one in sorted(ratio_of))}.\n"
    )
    merge("patrol", told)
    passed = {
        f"More than {WALL_LIMIT} of latency / parallelism.": ratio > WALL_LIMIT,
        f"More than {REQUESTS_LIMIT} request a look.": steady.requests_each > REQUESTS_LIMIT,
        "Tokens were refreshed that last.": steady.asked["token"] > 0,
        "Somebody was not looked at.": steady.looks != CLINICS * PEOPLE,
    }
    sys.stdout.writelines(f"{words}\n" for words, is_passed in passed.items() if is_passed)
    return int(any(passed.values()))


if __name__ == "__main__":
    sys.exit(main())
