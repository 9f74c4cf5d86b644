"""Rows as a spreadsheet reads them: CSV in which nothing is a formula."""

import csv
import io
from collections.abc import Iterable, Sequence

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
"""A cell that begins so may be reckoned instead of shown (owasp.org/www-community/attacks/CSV_Injection)."""

MARK = "\ufeff"
"""Excel takes a file without it for the letters of Windows, and shows no dash as one."""


def written(rows: Iterable[Sequence[str]]) -> str:
    """The rows as text, lines ended as RFC 4180 says; an apostrophe goes before what could be a formula."""
    text = io.StringIO()
    csv.writer(text).writerows([_plain(cell) for cell in row] for row in rows)
    return MARK + text.getvalue()


def _plain(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA) else cell
