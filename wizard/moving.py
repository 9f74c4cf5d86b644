"""`python -m wizard move-database`: every row of this installation's database into another one, and nothing lost by it."""

from dataclasses import replace

from flask import Flask

from wizard.app import create_app
from wizard.config import Settings
from wizard.store import copying, fitness, schema
from wizard.store.copying import Copied
from wizard.store.database import db


class NotMoved(Exception):
    """Nothing was moved: the source is as it was and the target holds no row. The words name the cure."""


def move(settings: Settings, target_url: str) -> list[Copied]:
    """What was copied, table by table, compared on both sides. The source stays as it is. Raises NotMoved."""
    if target_url == settings.database_url:
        raise NotMoved("Both addresses are the same. Name the database to move to; WIZARD_DATABASE_URL names this one")
    _insist_that_it_lasts(target_url)
    source, target = _app(settings, settings.database_url), _app(settings, target_url)
    try:
        return _moved(source, target)
    finally:
        for app in (source, target):
            with app.app_context():
                schema.close()


def _insist_that_it_lasts(target_url: str) -> None:
    """A database in memory ends with this command; a file without its whole path lies where nobody looks for it."""
    _insist_on_driver(target_url)
    if not target_url.startswith("sqlite"):
        return
    file = fitness.file_of(target_url)
    if file is None:
        raise NotMoved(
            "The address to move to names no file. Four slashes and a path do: sqlite:////folder/wizard.sqlite"
        )
    if not file.is_absolute():
        raise NotMoved(
            f"The whole path is missing in the address to move to. With four slashes it is there: sqlite:///{file.absolute()}"
        )


def _insist_on_driver(url: str) -> None:
    try:
        schema.check_address(url)
    except schema.NotOpened as error:
        raise NotMoved(f"This address cannot be used: {error}") from error


def _app(settings: Settings, url: str) -> Flask:
    _insist_on_driver(url)
    return create_app(replace(settings, database_url=url, background="thread"))


def _moved(source: Flask, target: Flask) -> list[Copied]:
    with source.app_context():
        try:
            there, known = fitness.revisions()
        except fitness.Unusable as error:
            raise NotMoved(
                f"The database to move from does not answer: {error}. Look at WIZARD_DATABASE_URL"
            ) from error
        db.session.remove()
        if there != known:
            raise NotMoved(
                f"The database to move from is of revision {there or 'none'}, this program needs {known}. "
                "Start python -m wizard serve once: it brings it up to date; then stop it and move"
            )
        source_engine = db.engine
    with target.app_context():
        target_engine = db.engine
        try:
            held = copying.what_is_in(target_engine)
        except copying.CannotAsk as error:
            raise NotMoved(f"The database to move to does not answer: {error}") from error
        if held:
            told = ", ".join(f"{name} ({count})" for name, count in sorted(held.items()))
            raise NotMoved(f"The database to move to is not empty: {told}. Name one that nothing was ever kept in")
    try:
        with copying.alone(source_engine) as reads:
            schema.bring_up_to_date(target)
            with target_engine.begin() as writes:
                return copying.copy(reads, writes)
    except copying.InUse as error:
        raise NotMoved(
            f"The database to move from is in use ({error}). Stop every process of the wizard first: serve and worker"
        ) from error
    except (copying.NotCopied, schema.NotOpened) as error:
        raise NotMoved(f"{error}. Nothing was moved, and the database to move from is as it was") from error


def told(copied: list[Copied], target_url: str) -> str:
    """For whoever moved it: what, and what is left to do."""
    lines = [f"{one.rows:>9} {one.table} ({one.digest[:12]})" for one in copied if one.rows]
    total = sum(one.rows for one in copied)
    scheme = target_url.partition("://")[0]
    return "\n".join(
        [
            *lines,
            f"{total:>9} rows moved; each table was read back and is the same.",
            f"Now set WIZARD_DATABASE_URL to the address you named ({scheme}://...) for every process, then start them.",
            "The database moved from is as it was. Put it away: what is kept in it from now on would be lost.",
        ]
    )
