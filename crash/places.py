"""Where a suite runs: a database of its own and a stand-in for Google of its own, for as long as it lasts."""

import secrets
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from enum import Enum
from pathlib import Path

import psycopg

from crash import site, twins
from crash.nursery import Nursery
from crash.site import LEASE_S, PATIENCE_S, SIGN_IN_S, Site
from e2e.fake_google import FakeGoogle, World, running
from scripts import postgres


class Over(Enum):
    """Database and background."""

    SQLITE = "SQLite + thread"
    POSTGRES = "PostgreSQL + thread"
    WORKERS = "PostgreSQL + workers"


@dataclass(frozen=True, slots=True)
class Place:
    """A site, the nursery of its children, and a folder for what they leave."""

    site: Site
    nursery: Nursery
    folder: Path
    over: Over


@contextmanager
def place(
    over: Over,
    nursery: Nursery,
    *,
    people: int = 4,
    desks: int = 2,
    twin: str = "",
    patience_s: float = PATIENCE_S,
    sign_in_s: float = SIGN_IN_S,
    lease_s: float = LEASE_S,
) -> Iterator[Place]:
    """Opened, with everybody authorized everywhere; `twin` is whom its processes are to be, this one among them."""
    google = FakeGoogle(World())
    with ExitStack() as left:
        folder = Path(left.enter_context(tempfile.TemporaryDirectory(prefix="crash-")))
        url = left.enter_context(running(google))
        left.enter_context(twins.broken(twin))
        database_url = left.enter_context(postgres_database()) if over is not Over.SQLITE else ""
        settings = site.settings_at(folder, url, database_url, patience_s, sign_in_s, lease_s)
        if over is Over.WORKERS:
            settings = replace(settings, background="workers")
        opened = site.opened(google, settings, people, desks)
        opened.twin = twin
        left.callback(opened.close)
        yield Place(opened, nursery, folder, over)


@contextmanager
def postgres_database() -> Iterator[str]:
    """An empty one of the run's own server; its address."""
    server, name = postgres.shared(), f"crash_{secrets.token_hex(6)}"
    _says(server, f"CREATE DATABASE {name}")
    try:
        yield server.url(name)
    finally:
        _says(server, f"DROP DATABASE {name} WITH (FORCE)")


def _says(server: postgres.Server, statement: str) -> None:
    address = server.url().replace("+psycopg", "", 1)
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(statement.encode())
