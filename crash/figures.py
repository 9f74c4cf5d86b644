"""What the suites found: rows of a table, and the same as a file."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path

from crash.ledger import Count, bound

RESULTS = Path(__file__).with_name("results.json")
HEAD = ("suite", "faults", "kills", "appointments", "lost", "doubled", "old", "stuck", "at most")


@dataclass(frozen=True, slots=True)
class Row:
    """One kind of trial. The trials of a row are its faults, its kills, or what else it says it counts."""

    suite: str
    kind: str
    faults: int = 0
    kills: int = 0
    trials: int = 0
    count: Count = field(default_factory=Count)
    trouble: str = ""  # what else is not as it has to be
    told: str = ""  # figures of its own
    over: str = ""

    @property
    def is_clean(self) -> bool:
        return self.count.is_clean and not self.trouble

    @property
    def bound(self) -> float:
        return bound(self.trials or self.kills or self.faults)


@dataclass(frozen=True, slots=True)
class Caught:
    """A broken twin and what the suite said of it."""

    twin: str
    lacks: str
    row: Row

    @property
    def is_caught(self) -> bool:
        return not self.row.is_clean


def table(rows: Iterable[Row]) -> Iterator[str]:
    """A line each; `at most` is how often it may happen all the same (95 %), for the trials of that line."""
    yield f"{'':<52}" + "".join(f"{word:>13}" for word in HEAD[1:])
    for row in rows:
        found = row.count
        figures = (row.faults, row.kills, found.appointments, found.lost, found.doubled, found.old, found.stuck)
        at_most = f"{100 * row.bound:.2g} %" if row.is_clean else "FAILS"
        name = f"{row.suite} {row.kind}{f', {row.over}' if row.over else ''}"
        yield f"{name:<52}" + "".join(f"{figure:>13}" for figure in (*figures, at_most)) + _remark(row)


def _remark(row: Row) -> str:
    said = "; ".join(filter(None, (row.trouble, row.told)))
    return f"   {said}" if said else ""


def kept(rows: Iterable[Row], caught: Iterable[Caught], seed: int) -> None:
    """Written beside this module, for whoever compares two runs."""
    told = {
        "seed": seed,
        "rows": [asdict(row) | {"at_most": row.bound, "is_clean": row.is_clean} for row in rows],
        "twins": [{"twin": one.twin, "is_caught": one.is_caught, "row": asdict(one.row)} for one in caught],
    }
    RESULTS.write_text(json.dumps(told, indent=2) + "\n")
