"""Rosters: a list of people as it is pasted or uploaded, read line by line, and what has to change in it.

One person a line: name, Google address, e-mail; the last two may be missing. From a spreadsheet the cells come with tabs
between them, from a file with commas or semicolons; cells may be quoted, and the first line may name the columns.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from wizard.addresses import may_be_address

MOST_LINES: Final = 500
"""People at a time; a clinic with more pastes twice."""

LONGEST_NAME: Final = 80

COLUMNS: Final = ("Name", "Google address", "E-mail")
"""What the template's first line says."""

SEPARATORS: Final = ("\t", ";", ",")
"""The first of them that stands outside of quotes is the one: a name out of a spreadsheet may hold a comma."""

TITLES: Final = {
    "name": frozenset({"name", "full name", "person", "user", "staff"}),
    "google_account": frozenset({"google address", "google account", "google e-mail", "google email", "google"}),
    "email": frozenset({"e-mail", "email", "mail", "e-mail address", "email address"}),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One person of the list; `number` is that of the line it begins at, from 1."""

    number: int
    name: str = ""
    google_account: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody the clinic has already."""

    id: int
    name: str
    google_account: str
    has_left: bool = False


@dataclass(frozen=True, slots=True)
class Sorted:
    """What a list comes to: nobody is added while it has a problem. `known` are lines about people who are here."""

    new: tuple[Line, ...]
    known: tuple[tuple[Line, Known], ...]
    problems: tuple[str, ...]


def sort(text: str, here: Iterable[Known]) -> Sorted:
    """Read the list and hold it against who is here; every problem names its line."""
    lines, problems = read(text)
    if not lines and not problems:
        return Sorted((), (), ("There is nobody in this list: write one person a line",))
    if len(lines) > MOST_LINES:
        too_many = f"These are {len(lines)} people. Add at most {MOST_LINES} at a time, then the rest"
        return Sorted((), (), (too_many,))
    found: list[tuple[int, str]] = [*problems, *_twice(lines)]
    new: list[Line] = []
    known: list[tuple[Line, Known]] = []
    everyone = sorted(here, key=lambda who: not who.has_left)  # of two of one name it is whoever works here
    by_name = {who.name.casefold(): who for who in everyone}
    by_address = {who.google_account.casefold(): who for who in everyone if who.google_account}
    for line in lines:
        if wrong := _wrong_with(line):
            found.extend((line.number, words) for words in wrong)
            continue
        same, owner = by_name.get(line.name.casefold()), by_address.get(line.google_account.casefold())
        if same is not None and owner is not None and same.id != owner.id:
            found.append((line.number, f"{line.google_account} is the address of {owner.name}, who is here already"))
        elif (who := same or owner) is not None:
            known.append((line, who))
        else:
            new.append(line)
    in_order = sorted(found, key=lambda problem: problem[0])
    return Sorted(tuple(new), tuple(known), tuple(f"Line {number}: {words}" for number, words in in_order))


def read(text: str) -> tuple[list[Line], list[tuple[int, str]]]:
    """The lines that name somebody, and (number, words) of what cannot be read as a line of at most three cells."""
    lines: list[Line] = []
    problems: list[tuple[int, str]] = []
    order: Sequence[str] = ("name", "google_account", "email")
    is_first = True
    plain = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    rows = csv.reader(io.StringIO(plain), delimiter=_separator(plain), skipinitialspace=True, strict=True)
    while True:
        number = rows.line_num + 1
        try:
            cells = [" ".join(cell.split()) for cell in next(rows)]
        except StopIteration:
            return lines, problems
        except csv.Error:
            words = "A quotation mark is opened and not closed, or stands inside a cell. The lines below were not read"
            return lines, [*problems, (number, words)]
        if not any(cells):
            continue
        if is_first and (titles := _titles(cells)):
            order, is_first = (titles if len(titles) > 1 else order), False
            continue
        is_first = False
        if any(cells[len(order) :]):
            problems.append((number, "There are more than three cells: name, Google address, e-mail. " + QUOTE))
            continue
        lines.append(Line(number, **{name: cell for name, cell in zip(order, cells, strict=False) if name}))


QUOTE: Final = "A name that holds a comma is put in quotation marks"


def _separator(text: str) -> str:
    outside = "".join(text.split('"')[::2])
    return next((sign for sign in SEPARATORS if sign in outside), ",")


def _titles(cells: Sequence[str]) -> tuple[str, ...]:
    """The order of the columns, where this is a line of titles; a column without a title that we know is passed by."""
    said = [next((name for name, titles in TITLES.items() if cell.casefold() in titles), "") for cell in cells]
    is_header = "name" in said and not any("@" in cell for cell in cells)
    is_plain = len(set(filter(None, said))) == len([one for one in said if one])
    return tuple(said) if is_header and is_plain else ()


def _wrong_with(line: Line) -> list[str]:
    """What has to change in this line alone."""
    found: list[str] = []
    if not line.name:
        found.append("The name is missing")
    elif "@" in line.name:
        found.append(
            f"{_short(line.name)} stands where the name belongs. Write the name, then a comma, then the address"
        )
    elif not line.name.isprintable():
        found.append("The name holds signs that cannot be shown. Type it by hand")
    elif len(line.name) > LONGEST_NAME:
        found.append(f"The name is longer than {LONGEST_NAME} letters")
    for what, address in (("Google address", line.google_account), ("e-mail", line.email)):
        if not may_be_address(address):
            hint = "" if "@" in address else f". {QUOTE}"
            found.append(f"{_short(address)} is no whole address ({what}). Write it as in maria@clinic.example{hint}")
    return found


def _twice(lines: Sequence[Line]) -> list[tuple[int, str]]:
    """Names and Google addresses that stand in the list more than once; the later line is told of the first."""
    found: list[tuple[int, str]] = []
    names: dict[str, int] = {}
    addresses: dict[str, int] = {}
    for line in lines:
        name, address = line.name.casefold(), line.google_account.casefold()
        if name and (first := names.setdefault(name, line.number)) != line.number:
            found.append((line.number, f"{_short(line.name)} stands in line {first} already"))
        if address and (first := addresses.setdefault(address, line.number)) != line.number:
            found.append((line.number, f"{_short(line.google_account)} stands in line {first} already"))
    return found


def _short(text: str) -> str:
    """Quoted in a sentence: cut where it is long, and without signs that cannot be shown."""
    shown = "".join(sign if sign.isprintable() else "␣" for sign in text)
    return f"“{shown[:60]}…”" if len(shown) > len("“…”") + 60 else f"“{shown}”"


def decoded(data: bytes) -> str | None:
    """The text of a file as spreadsheets write it: UTF-8, UTF-16 with its mark, or Windows' own; None for anything else."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    elif b"\x00" in data or data.startswith(b"PK\x03\x04"):
        return None  # a workbook, a picture
    else:
        encodings = ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None
