"""Whoever wants to know of a row that is owed hears of it in the transaction that writes it: kept and dropped with it."""

from collections.abc import Callable
from typing import Any

from flask import Flask, current_app
from sqlalchemy import event
from sqlalchemy.engine import Connection

from wizard.store.leasing import Leased

Hears = Callable[[Leased], None]
"""Called with the new row, its id and clinic known; it may add to the same transaction and must not end it."""

HEARS = "hears of what is owed"


def tell(app: Flask, hears: Hears) -> None:
    """Of every new row of an outbox, from now on, in this app."""
    app.extensions[HEARS] = hears


@event.listens_for(Leased, "after_insert", propagate=True)
def _announce(_mapper: Any, _connection: Connection, row: Leased) -> None:
    hears: Hears | None = current_app.extensions.get(HEARS)
    if hears is not None:
        hears(row)
