"""A database of before this release is brought up to date with all that was kept in it."""

import sqlite3
from dataclasses import replace
from pathlib import Path

from flask import Flask
from flask_migrate import upgrade

from e2e.fake_google import FakeGoogle
from tests.walking import MARIA, Desk
from wizard.app import create_app
from wizard.config import Settings
from wizard.store import schema

BEFORE_SIGN_IN = "0002"


def fill(old: Path, new: Path) -> None:
    """Every row of the new database in the tables and columns that the old one knows."""
    with sqlite3.connect(old) as connection:
        connection.execute("ATTACH ? AS new", (str(new),))
        tables = connection.execute("SELECT name FROM main.sqlite_master WHERE type = 'table'").fetchall()
        for (table,) in tables:
            if table != "alembic_version":
                names = ", ".join(f'"{row[1]}"' for row in connection.execute(f'PRAGMA main.table_info("{table}")'))
                connection.execute(f'INSERT INTO main."{table}" ({names}) SELECT {names} FROM new."{table}"')


def test_what_was_proven_before_the_first_sign_in_stays_so(
    app: Flask, google: FakeGoogle, settings: Settings, tmp_path: Path
) -> None:
    Desk(app, google).proves()
    file = tmp_path / "old.sqlite"
    old = create_app(replace(settings, database_url=f"sqlite:///{file}"), google.world.now)
    with old.app_context():
        upgrade(directory=str(schema.MIGRATIONS), revision=BEFORE_SIGN_IN)
    fill(file, Path(settings.database_url.removeprefix("sqlite:///")))

    schema.bring_up_to_date(old)
    desk = Desk(old, google)
    desk.post("/", person=str(MARIA), workstation=desk.name, same="1")

    assert "Maria Lopez is set up on Front desk 1" in desk.client.get(f"/setup/{MARIA}/record").text
    with old.app_context():
        schema.close()
    with sqlite3.connect(file) as connection:
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        assert connection.execute("SELECT count(*) FROM sessions").fetchone() == (2,)
