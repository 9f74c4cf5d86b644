"""The same tests over each database and each background the wizard can have.

A test marked `over_every_database` runs over all three. `--over postgres|workers|all` runs every test over more; one marked
`sqlite_alone` is about SQLite's own file and stays there.
"""

import os
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, replace
from enum import Enum
from itertools import count
from typing import Any, Final

import psycopg
import pytest
from sqlalchemy import Engine, event

from e2e.launcher import TODAY
from e2e.own import in_service
from scripts import postgres
from scripts.postgres import Server
from wizard import tryout
from wizard.app import create_app
from wizard.config import Settings
from wizard.store import schema


class Over(Enum):
    """Database and background."""

    SQLITE = "SQLite + thread"
    POSTGRES = "PostgreSQL + thread"
    WORKERS = "PostgreSQL + workers"


CHOICES = {"sqlite": (Over.SQLITE,), "postgres": (Over.POSTGRES,), "workers": (Over.WORKERS,), "all": tuple(Over)}


class Postgres:
    """A server, and databases on it that are copied from one that is migrated already: some 30 ms each."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self._numbers = count(1)

    def empty(self) -> str:
        """The address of a new database without tables."""
        return self._copy("template0")

    def migrated(self) -> str:
        """Of one with tables and nothing in them."""
        return self._copy(self._template("migrated", lambda: None))

    def sample(self) -> str:
        """Of one with the sample clinic."""
        return self._copy(self._template("sample", lambda: tryout.open_sample_clinic(TODAY)))

    def copy(self, url: str) -> str:
        """Of one that nobody has open."""
        return self._copy(name_of(url))

    def drop(self, url: str) -> None:
        self._say(f"DROP DATABASE {name_of(url)} WITH (FORCE)")

    def _copy(self, template: str) -> str:
        name = f"of_{os.getpid()}_{next(self._numbers)}"
        self._say(f"CREATE DATABASE {name} TEMPLATE {template}")
        return self.server.url(name)

    def _template(self, name: str, fill: Callable[[], None]) -> str:
        done = self.server.folder / f"{name}.whole"
        with postgres.one_at_a_time(self.server.folder):
            if not done.exists():
                self._say(f"CREATE DATABASE {name}")
                folder = self.server.folder / name
                folder.mkdir()
                made = tryout.settings_for(folder, 5000, "http://localhost:1", self.server.url(name))
                app = create_app(in_service(made), lambda: TODAY)
                schema.bring_up_to_date(app)
                with app.app_context():
                    fill()
                    schema.close()
                done.touch()
        return name

    def _say(self, statement: str) -> None:
        with psycopg.connect(conninfo(self.server.url()), autocommit=True) as connection:
            connection.execute(statement.encode())


@dataclass(frozen=True, slots=True)
class Database:
    """What the test's wizard runs over; `postgres` is none over SQLite."""

    over: Over
    postgres: Postgres | None
    urls: list[str]

    def is_postgres(self) -> bool:
        return self.postgres is not None

    def under(self, settings: Settings) -> Settings:
        """The same settings over a database of this kind with the sample clinic; SQLite's file is there already."""
        return settings if self.postgres is None else self._over(settings, self.postgres.sample())

    def under_nothing(self, settings: Settings) -> Settings:
        """The same settings over one that nobody has set up; SQLite's file is there already."""
        return settings if self.postgres is None else self._over(settings, self.postgres.migrated())

    def under_copy(self, settings: Settings, url: str) -> Settings:
        """The same settings over a copy of that database; SQLite's file is there already."""
        return settings if self.postgres is None else self._over(settings, self.postgres.copy(url))

    def _over(self, settings: Settings, url: str) -> Settings:
        self.urls.append(url)
        background = "workers" if self.over is Over.WORKERS else "thread"
        return replace(settings, database_url=url, background=background)


@pytest.fixture(scope="session")
def postgres_server() -> Postgres:
    """The PostgreSQL of this run, for a test that is about it alone."""
    return Postgres(postgres.shared())


@pytest.fixture
def database(request: pytest.FixtureRequest) -> Iterator[Database]:
    """What the wizard of the test runs over: SQLite unless the test or `--over` says more."""
    over: Over = getattr(request, "param", Over.SQLITE)
    if over is Over.SQLITE:
        yield Database(over, None, [])
        return
    server: Postgres = request.getfixturevalue("postgres_server")
    database = Database(over, server, [])
    yield database
    for url in database.urls:
        server.drop(url)


OPENED: Final[list[psycopg.Connection[Any]]] = []
"""What the tests' wizards opened since the last test."""


@event.listens_for(Engine, "connect")
def _opened(connection: Any, record: object) -> None:
    if isinstance(connection, psycopg.Connection):
        OPENED.append(connection)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown() -> Generator[None]:
    """A second wizard of a test is left to the collector, whose word about its connections would meet another test."""
    yield
    while OPENED:
        OPENED.pop().close()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--over", choices=sorted(CHOICES), help="run every test over this database and background")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "database" not in metafunc.fixturenames:
        return
    marks = {mark.name for mark in metafunc.definition.iter_markers()}
    if any("database" in mark.args[0] for mark in metafunc.definition.iter_markers("parametrize")):
        return  # it says itself what it is about
    chosen = CHOICES.get(metafunc.config.getoption("--over") or "")
    if "sqlite_alone" in marks or (chosen is None and "over_every_database" not in marks):
        return
    overs = chosen or tuple(Over)
    metafunc.parametrize("database", overs, indirect=True, ids=[over.value for over in overs])


def conninfo(url: str) -> str:
    """As psycopg takes it."""
    return url.replace("+psycopg", "", 1)


def name_of(url: str) -> str:
    return url.partition("?")[0].rpartition("/")[2]
