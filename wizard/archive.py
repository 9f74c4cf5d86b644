"""An archive: tables as files of JSON in one ZIP, with a page to read first."""

import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

READ_FIRST = "README.txt"


def packed(tables: Mapping[str, Sequence[Mapping[str, Any]]], read_first: str, at: datetime) -> bytes:
    """One `<table>.json` for each table, a list of its rows in their order; times as ISO 8601 in UTC."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        files = {f"{name}.json": _written(rows) for name, rows in tables.items()}
        for name, text in {READ_FIRST: read_first, **files}.items():
            member = zipfile.ZipInfo(name, at.timetuple()[:6])
            member.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(member, text)
    return file.getvalue()


def _written(rows: Sequence[Mapping[str, Any]]) -> str:
    return json.dumps([dict(row) for row in rows], indent=1, ensure_ascii=False, default=_moment) + "\n"


def _moment(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    raise TypeError(f"a row holds what JSON does not know: {type(value).__name__}")
