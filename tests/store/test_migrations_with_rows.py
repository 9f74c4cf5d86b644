"""From every earlier revision, with rows in every table it had, to the newest: none is lost, on either database."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import MetaData, inspect, text

from e2e.launcher import TODAY
from tests.databases import CHOICES, Database
from tests.store.filling import ROWS, fill
from wizard.app import create_app
from wizard.config import Settings
from wizard.store import schema
from wizard.store.database import db

BOTH = (*CHOICES["sqlite"], *CHOICES["postgres"])
FOLDER = str(schema.MIGRATIONS)
EARLIER = sorted(revision.revision for revision in ScriptDirectory(FOLDER).walk_revisions())[:-1]


@contextmanager
def empty(settings: Settings, database: Database, folder: Path) -> Iterator[Flask]:
    server = database.postgres
    url = f"sqlite:///{folder / 'empty.sqlite'}" if server is None else server.empty()
    app = create_app(replace(settings, database_url=url), lambda: TODAY)
    with app.app_context():
        yield app
        schema.close()
    if server is not None:
        server.drop(url)


def counts() -> dict[str, int]:
    names = [name for name in inspect(db.engine).get_table_names() if not name.startswith(schema.NOT_OURS)]
    with db.engine.connect() as connection:
        return {name: connection.execute(text(f"SELECT count(*) FROM {name}")).scalar_one() for name in names}


@pytest.mark.parametrize("database", BOTH, indirect=True, ids=["SQLite", "PostgreSQL"])
@pytest.mark.parametrize("revision", EARLIER)
def test_rows_of_every_earlier_revision_are_all_there(
    revision: str, settings: Settings, database: Database, tmp_path: Path
) -> None:
    with empty(settings, database, tmp_path):
        upgrade(directory=FOLDER, revision=revision)
        tables = MetaData()
        tables.reflect(db.engine, only=lambda name, _: not name.startswith((schema.NOT_OURS, "alembic")))
        with db.engine.begin() as connection:
            fill(connection, tables)

        upgrade(directory=FOLDER)

        after = counts()
        assert {name: after[name] for name in tables.tables} == dict.fromkeys(tables.tables, ROWS)
        assert set(after.values()) <= {0, 1, ROWS}


@pytest.mark.parametrize("database", BOTH, indirect=True, ids=["SQLite", "PostgreSQL"])
def test_the_way_down_leaves_nothing_and_the_way_up_is_open_again(
    settings: Settings, database: Database, tmp_path: Path
) -> None:
    with empty(settings, database, tmp_path):
        upgrade(directory=FOLDER)
        downgrade(directory=FOLDER, revision="base")

        assert inspect(db.engine).get_table_names() == ["alembic_version"]
        if database.postgres is not None:
            left = "SELECT count(*) FROM pg_proc WHERE pronamespace = current_schema()::regnamespace"
            with db.engine.connect() as connection:
                assert connection.execute(text(left)).scalar() == 0
        upgrade(directory=FOLDER)
