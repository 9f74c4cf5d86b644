"""R2's point 14: killed in the middle of a migration, from any earlier release; started again it is whole, with every row."""

import random
import shutil
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path

from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import Engine, MetaData, create_engine, event, select
from sqlalchemy.exc import SQLAlchemyError

from crash import children
from crash.ledger import Count
from crash.nursery import Ended, Nursery
from crash.points import Point
from crash.site import Site, booked
from wizard.app import create_app
from wizard.config import Settings
from wizard.store import schema
from wizard.store.database import db

VERSION = "alembic_version"


@dataclass(frozen=True, slots=True)
class Old:
    """A database of an earlier release with a clinic's rows in it, and how many statements bring it up to date."""

    settings: Settings
    statements: int


@dataclass
class Migrating:
    """Copies of old databases, each killed once on its way to the present and then taken there."""

    site: Site
    nursery: Nursery
    folder: Path
    chance: random.Random
    kills: int = 0
    counts: Count = field(default_factory=Count)

    def kills_at(self, point: Point, times: int) -> None:
        marks = {one.mark for one in booked(self.site.app)}
        olds = [self._old(revision, point) for revision in revisions()[:-1]]
        for number in range(times):
            old = self.chance.choice(olds)
            nth = 1 + self.chance.randrange(old.statements)
            copy = self._copy(old.settings, f"killed-{number}")
            ended = self.nursery.runs(children.migrates, replace(self.site.premises(), settings=copy), point, nth)
            self._is_killed(ended, point)
            self.counts += self._taken_up(copy, marks)

    def _is_killed(self, ended: Ended, point: Point) -> None:
        if not ended.is_killed:
            raise RuntimeError(f"point {point.number}, {point.words}: the child ended with {ended}")
        self.kills += 1

    def _taken_up(self, settings: Settings, marks: set[str]) -> Count:
        """Started again: is it at the present, and is everything there? What was there and is not is lost."""
        app = create_app(settings, self.site.world.now)
        try:
            schema.bring_up_to_date(app)
            there = {one.mark for one in booked(app)}
        except (SQLAlchemyError, schema.NotOpened):
            return Count(appointments=len(marks), stuck=1)
        finally:
            close(app)
        return Count(appointments=len(marks), lost=len(marks - there))

    def _old(self, revision: str, point: Point) -> Old:
        settings = self._at(f"old-{revision}")
        app = create_app(settings, self.site.world.now)
        with app.app_context():
            upgrade(directory=str(schema.MIGRATIONS), revision=revision)
        fill(self.site.settings, settings)
        close(app)
        tried = self._copy(settings, f"counted-{revision}")
        app = create_app(tried, self.site.world.now)
        number = counted(app, point)
        close(app)
        return Old(settings, number)

    def _at(self, name: str) -> Settings:
        return replace(self.site.settings, database_url=f"sqlite:///{self.folder / name}.sqlite")

    def _copy(self, settings: Settings, name: str) -> Settings:
        there = self._at(name)
        shutil.copy(file_of(settings), file_of(there))
        return there


def revisions() -> list[str]:
    """Of every release, the oldest first."""
    return sorted(path.name.partition("_")[0] for path in (schema.MIGRATIONS / "versions").glob("[0-9]*.py"))


def counted(app: Flask, point: Point) -> int:
    """How many statements of the point bring this database up to date."""
    met = count()
    met_now = 0
    pattern = point.compiled

    def sees(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        nonlocal met_now
        if pattern.match(statement):
            met_now = next(met) + 1

    event.listen(Engine, "after_cursor_execute", sees)
    schema.bring_up_to_date(app)
    event.remove(Engine, "after_cursor_execute", sees)
    return met_now


def fill(new: Settings, old: Settings) -> None:
    """Every row of the new database, in the tables and columns that the old one knows."""
    here, there = create_engine(new.database_url), create_engine(old.database_url)
    now, then = MetaData(), MetaData()
    now.reflect(here)
    then.reflect(there)
    with here.connect() as reading, there.begin() as writing:
        for table in then.sorted_tables:
            if table.name == VERSION or table.name not in now.tables:
                continue
            known = now.tables[table.name]
            names = [column.name for column in table.columns if column.name in known.columns]
            rows = reading.execute(select(*(known.columns[name] for name in names))).mappings().all()
            if rows:
                writing.execute(table.insert(), [dict(row) for row in rows])
    here.dispose()
    there.dispose()


def file_of(settings: Settings) -> Path:
    return Path(settings.database_url.removeprefix("sqlite:///"))


def close(app: Flask) -> None:
    app.extensions["wizard"].google.close()
    with app.app_context():
        db.session.remove()
        schema.close()
