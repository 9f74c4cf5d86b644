"""Runs migrations over the connection of the app that asks for them."""

from alembic import context
from flask import current_app
from sqlalchemy.types import TypeEngine

from wizard.store import postgresql
from wizard.store.database import Moment
from wizard.store.schema import NOT_OURS

migrate = current_app.extensions["migrate"]


def render_item(kind: str, item: object, _context: object) -> str | bool:
    """A migration stands on its own: our time type is written as what it is in the database."""
    if kind == "type" and isinstance(item, Moment) and isinstance(item, TypeEngine):
        return "sa.DateTime(timezone=True)"
    return False


def is_ours(name: str | None, kind: str, _parents: object) -> bool:
    """The tables of Procrastinate are its own: what is in them is compared with its own file (tests/store/test_schema.py)."""
    return not (kind == "table" and name is not None and name.startswith(NOT_OURS))


def run() -> None:
    engine = migrate.db.engine
    with engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=migrate.db.metadata,
            render_item=render_item,
            include_name=is_ours,
            **migrate.configure_args,
        )
        with context.begin_transaction():
            postgresql.one_who_migrates(connection)
            context.run_migrations()


run()
