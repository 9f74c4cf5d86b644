"""`move-database`: every row arrives in the other database and reads the same; or none does."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Table, text
from sqlalchemy.engine import Connection

from e2e.launcher import TODAY
from tests.databases import Postgres
from tests.store.filling import LARGE, ROWS, fill
from tests.test_serve import configured, runs
from wizard import moving
from wizard.app import create_app
from wizard.config import Settings
from wizard.store import copying, schema
from wizard.store.copying import Copied
from wizard.store.database import db

WAYS = ["SQLite to PostgreSQL", "PostgreSQL to SQLite"]


@contextmanager
def over(settings: Settings, url: str) -> Iterator[None]:
    """Inside an app over that database, which gives its connections back."""
    with create_app(replace(settings, database_url=url), lambda: TODAY).app_context():
        yield
        schema.close()


def digests(settings: Settings, url: str) -> list[Copied]:
    with over(settings, url), db.engine.connect() as connection:
        return [copying.digest_of(connection, table) for table in copying.tables()]


def filled(settings: Settings, url: str) -> str:
    with over(settings, url), db.engine.begin() as connection:
        fill(connection)
    return url


@pytest.fixture
def file(empty: Path, tmp_path: Path) -> Path:
    """SQLite's, with every table full."""
    return Path(shutil.copy(empty, tmp_path / "other.sqlite"))


@pytest.fixture
def source(settings: Settings, file: Path) -> str:
    """Its address."""
    return filled(settings, f"sqlite:///{file}")


@pytest.fixture(params=WAYS)
def way(
    request: pytest.FixtureRequest, settings: Settings, postgres_server: Postgres, tmp_path: Path
) -> Iterator[tuple[Settings, str]]:
    """The settings of an installation whose every table is full, and the address of an empty database of the other kind."""
    if request.param == WAYS[0]:
        full, target = request.getfixturevalue("source"), postgres_server.empty()
    else:
        full, target = filled(settings, postgres_server.migrated()), f"sqlite:///{tmp_path / 'target.sqlite'}"
    yield replace(settings, database_url=full), target
    postgres_server.drop(target if request.param == WAYS[0] else full)


def test_every_row_of_every_table_arrives_and_reads_the_same(way: tuple[Settings, str]) -> None:
    settings, target = way
    before = digests(settings, settings.database_url)

    copied = moving.move(settings, target)

    assert {one.rows for one in before} == {ROWS}
    assert copied == before
    assert digests(settings, target) == before
    assert digests(settings, settings.database_url) == before


def test_a_digest_knows_every_value_and_no_order() -> None:
    """A lock's name is its key, and PostgreSQL sorts names by its own language."""
    rows = [{"name": "Account/1", "fence": 1}, {"name": "account/2", "fence": 2}]
    changed = [rows[0], {"name": "account/2", "fence": 3}]

    assert copying.sum_of(rows) == copying.sum_of(rows[::-1])
    assert len({copying.sum_of(some) for some in (rows, changed, rows[:1], [])}) == 4


def test_numbers_go_on_behind_what_was_moved_and_what_a_cookie_may_still_name(
    settings: Settings, postgres_server: Postgres, source: str
) -> None:
    """SQLite has no such numbers: workstations.add reads there what deleted clinics had."""
    target = postgres_server.empty()
    moving.move(replace(settings, database_url=source), target)

    with over(settings, target), db.engine.begin() as connection:
        next_of = {
            table.name: connection.execute(text(f"SELECT nextval('{table.name}_id_seq')")).scalar()
            for table in copying.tables()
            if "id" in table.c
        }

    assert (next_of.pop("workstations"), next_of.pop("clinics")) == (LARGE + 1, LARGE + 1)
    assert set(next_of.values()) == {7 + ROWS}
    postgres_server.drop(target)


def test_a_failure_in_the_middle_leaves_the_target_without_a_row_and_the_source_as_it_was(
    way: tuple[Settings, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    settings, target = way
    before = digests(settings, settings.database_url)
    read = copying.digest_of

    def reads_otherwise(connection: Connection, table: Table) -> Copied:
        found = read(connection, table)
        is_late = table.name == "log" and target.startswith(connection.dialect.name)
        return replace(found, digest="other") if is_late else found

    monkeypatch.setattr(copying, "digest_of", reads_otherwise)
    with pytest.raises(moving.NotMoved, match="The table log reads otherwise there"):
        moving.move(settings, target)
    monkeypatch.undo()

    assert {one.rows for one in digests(settings, target)} == {0}
    assert digests(settings, settings.database_url) == before
    assert moving.move(settings, target) == before


def test_a_wizard_that_runs_is_told_to_stop_first(way: tuple[Settings, str]) -> None:
    settings, target = way
    running = create_app(settings, lambda: TODAY)
    with running.app_context():
        db.session.execute(text("SELECT 1"))  # its connection stays open, as between two requests
        db.session.commit()

        with pytest.raises(moving.NotMoved, match=r"in use .* Stop every process of the wizard first"):
            moving.move(settings, target)
        schema.close()

    assert {one.rows for one in moving.move(settings, target)} == {ROWS}


def test_a_database_that_holds_something_is_left_alone(way: tuple[Settings, str], postgres_server: Postgres) -> None:
    settings, target = way
    moving.move(settings, target)
    there = digests(settings, target)

    with pytest.raises(moving.NotMoved, match=r"is not empty: .*people \(3\)"):
        moving.move(settings, target)
    with pytest.raises(moving.NotMoved, match="Both addresses are the same"):
        moving.move(settings, settings.database_url)

    assert digests(settings, target) == there


def test_what_postgresql_cannot_keep_is_named_and_nothing_is_moved(
    settings: Settings, postgres_server: Postgres, source: str, file: Path
) -> None:
    target = postgres_server.empty()
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("UPDATE people SET name = 'Maria' || char(0) WHERE id = 7")
        connection.commit()

    with pytest.raises(moving.NotMoved, match=r"A row of the table people cannot be kept there: .*NUL"):
        moving.move(replace(settings, database_url=source), target)

    assert {one.rows for one in digests(settings, target)} == {0}
    postgres_server.drop(target)


@pytest.mark.parametrize(
    ("target", "says"),
    [
        ("somewhere", "This address cannot be used"),
        ("oracle://somewhere/else", "This address cannot be used"),
        ("postgresql+psycopg://127.0.0.1:1/nowhere", "The database to move to does not answer"),
        ("sqlite://", "names no file"),  # a database in memory ends with the command, and every row with it
        ("sqlite:///:memory:", "names no file"),
        ("sqlite:///wizard.sqlite", "The whole path is missing"),  # it would lie in a folder nobody named
    ],
)
def test_a_target_that_is_none_is_said(settings: Settings, source: str, target: str, says: str) -> None:
    with pytest.raises(moving.NotMoved, match=says):
        moving.move(replace(settings, database_url=source), target)


def test_the_command_says_what_it_moved_and_what_is_left_to_do(
    postgres_server: Postgres, tmp_path: Path, source: str
) -> None:
    target, environment = postgres_server.empty(), configured(tmp_path, WIZARD_DATABASE_URL=source)

    moved, again = runs(environment, "move-database", target), runs(environment, "move-database", target)

    assert (moved.returncode, moved.stderr) == (0, "")
    assert f"{len(copying.tables()) * ROWS} rows moved; each table was read back and is the same." in moved.stdout
    assert (again.returncode, again.stdout, again.stderr.count("\n")) == (1, "", 1)
    assert "is not empty" in again.stderr
    postgres_server.drop(target)
