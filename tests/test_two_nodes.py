"""Two web processes and two workers over one PostgreSQL: every appointment once, also when a worker is killed at its work."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask

from e2e import own
from e2e.fake_google import FakeGoogle
from tests.background.office import Office
from tests.databases import Postgres
from tests.worker_process import LEASE_S
from wizard.app import create_app
from wizard.config import Settings
from wizard.store import schema

ROOT = Path(__file__).resolve().parent.parent
APPOINTMENTS = 12


def environment_of(settings: Settings) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("WIZARD_")}
    return kept | {
        "WIZARD_DATA_DIR": str(settings.data_dir),
        "WIZARD_DATABASE_URL": settings.database_url,
        "WIZARD_BACKGROUND": "workers",
        "WIZARD_PUBLIC_URL": settings.public_url,
        "WIZARD_SECRET_KEYS": ",".join(settings.secret_keys),
        "WIZARD_CHECKER_CLIENT_ID": settings.checker.id,
        "WIZARD_CHECKER_CLIENT_SECRET": settings.checker.secret,
        "WIZARD_INTEGRATION_CLIENT_ID": settings.integration.id,
        "WIZARD_INTEGRATION_CLIENT_SECRET": settings.integration.secret,
        "WIZARD_GOOGLE_METADATA_URL": settings.google_metadata_url,
        "WIZARD_GOOGLE_API_URL": settings.google_api_url,
    }


@contextmanager
def worker(settings: Settings) -> Iterator["subprocess.Popen[str]"]:
    """One that turns; at the end it is asked to go, and goes by itself, unless it was killed."""
    command = [sys.executable, "-m", "tests.worker_process"]
    process = subprocess.Popen(command, cwd=ROOT, env=environment_of(settings), stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    with process.stdout:
        assert process.stdout.readline() == "Ready: this worker turns\n"
        try:
            yield process
        finally:
            process.send_signal(signal.SIGTERM)
            assert process.wait(timeout=30) in {0, -signal.SIGKILL}


@pytest.fixture
def grown(settings: Settings, postgres_server: Postgres) -> Iterator[Settings]:
    """An installation in service over PostgreSQL whose workers do the work."""
    url = postgres_server.migrated()
    yield own.in_service(replace(settings, database_url=url, background="workers"))
    postgres_server.drop(url)


@pytest.fixture
def offices(grown: Settings, google: FakeGoogle) -> Iterator[list[Office]]:
    """The same office at two web processes; Maria has accepted at the first desk. It is today, by everybody's clock."""
    now = datetime.now(UTC)
    google.world.clock.set(now)
    with ExitStack() as stack:
        offices = []
        for _ in range(2):
            app = create_app(grown, lambda: datetime.now(UTC))
            stack.callback(close, app)
            offices.append(Office(app, google, now))
        own.open_clinic(offices[0].app, now, practice="builtin")
        offices[0].opens()
        offices[0].accepts()
        yield offices


def close(app: Flask) -> None:
    with app.app_context():
        schema.close()


def starts(now: datetime) -> list[datetime]:
    """Every quarter of an hour of the next Wednesday but one, from 9:00 AM in New York."""
    day = (now + timedelta(days=7 + (2 - now.weekday()) % 7)).replace(hour=14, minute=0, second=0, microsecond=0)
    return [day + timedelta(minutes=20 * number) for number in range(APPOINTMENTS)]


def book(offices: list[Office], whens: list[datetime]) -> None:
    """From both processes at once, every second one at each."""
    threads = [
        threading.Thread(target=lambda office=office, own=whens[place::2]: [office.books(when) for when in own])
        for place, office in enumerate(offices)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def wait_until(office: Office, count: int, within_s: float) -> None:
    """For as long as events come; the deadline ends a test that would hang."""
    ends = datetime.now(UTC) + timedelta(seconds=within_s)
    while len(office.on_google()) < count and datetime.now(UTC) < ends:
        threading.Event().wait(0.05)


def test_what_two_processes_book_two_workers_deliver_once(grown: Settings, offices: list[Office]) -> None:
    whens = starts(offices[0].now)

    with worker(grown), worker(grown):
        book(offices, whens)
        wait_until(offices[0], APPOINTMENTS, within_s=30)

    assert sorted(offices[0].on_google()) == whens
    assert offices[0].asked().count("events.insert") == APPOINTMENTS


def test_what_a_killed_worker_had_in_hand_another_one_finds(
    grown: Settings, offices: list[Office], google: FakeGoogle
) -> None:
    whens = starts(offices[0].now)
    google.goes_silent()

    with worker(grown) as killed:
        book(offices, whens)
        while not offices[0].asked():
            threading.Event().wait(0.02)
        killed.kill()
        killed.wait()
        google.answers_again()
        with worker(grown):
            wait_until(offices[0], APPOINTMENTS, within_s=LEASE_S + 28)

    assert sorted(offices[0].on_google()) == whens
