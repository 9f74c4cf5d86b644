"""Rows in every table there is, made of nothing but the tables' own description: a new table is filled, too."""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import JSON, Boolean, Column, DateTime, Float, Integer, MetaData, Table, insert
from sqlalchemy.engine import Connection

from wizard.store.database import LARGEST_ID, Moment, db

ROWS = 3
LARGE = LARGEST_ID - 1
FIRST = datetime(2026, 11, 23, 15, 0, 0, 123456, tzinfo=UTC)
WORDS = "Zoë – “two words” 日本 'quoted' \\ % :name"


def fill(connection: Connection, tables: MetaData = db.metadata) -> None:
    """Some rows in each table. Numbers begin at 7, so that none is by chance the next one."""
    for table in tables.sorted_tables:
        connection.execute(insert(table), [row_of(table, number) for number in range(ROWS)])


def row_of(table: Table, number: int) -> dict[str, Any]:
    return {column.name: _value(column, number) for column in table.columns}


def _value(column: Column[Any], number: int) -> Any:
    if column.primary_key or column.foreign_keys:
        is_number = isinstance(column.type, Integer)
        return 7 + number if is_number else f"{column.name} {number}"
    if column.nullable and number == 0:
        return None
    if isinstance(column.type, Boolean):
        return number == 1
    if isinstance(column.type, Integer):
        return LARGE if number == ROWS - 1 else number
    if isinstance(column.type, Float):
        return number + 1 / 3
    if isinstance(column.type, (Moment, DateTime)):
        return FIRST + timedelta(days=number, microseconds=number)
    if isinstance(column.type, JSON):
        return {"b": [1, None, True, 1.5, WORDS], "a": number}
    return f"{column.name} {number}: {WORDS}"
