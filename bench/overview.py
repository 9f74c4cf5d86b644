"""`python -m bench.overview`: what the overview of 50 people at 20 computers costs, in cells of one of 10 at 10.

Both are measured in the same run and by turns. Prints a table, merges the figures into bench/results.json under `overview`,
and ends with 1 where a limit is passed: the cost per cell, the bytes on the wire, or a query more.
"""

import gzip
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import Any, Final

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event

from bench.large_clinic import open_clinic
from bench.results import merge
from e2e.launcher import TODAY
from wizard import tryout
from wizard.app import create_app
from wizard.store import schema
from wizard.store.database import db

SIZES: Final = {"10 × 10": (10, 10), "50 × 20": (50, 20)}
SMALL, LARGE = SIZES
ROUNDS: Final = 15
AS_A_BROWSER: Final = {"Accept-Encoding": "gzip, deflate, br"}
RATIO_LIMIT: Final = 1.3
WIRE_LIMIT: Final = 100_000
"""Bytes; what the whole page takes, its frame included."""


@dataclass(frozen=True, slots=True)
class Measured:
    """One size: microseconds a cell, queries, and the bytes of the page as it goes over the wire and as it is read."""

    cell_us: float
    queries: int
    wire: int
    page: int


@contextmanager
def served(people: int, desks: int) -> Iterator[FlaskClient]:
    """A wizard of its own with a clinic of that size; the sample administrator is signed in."""
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(tryout.settings_for(Path(folder), 5000, "http://localhost:1"), lambda: TODAY)
        schema.bring_up_to_date(app)
        with app.app_context():
            open_clinic(people, desks, TODAY)
            db.session.commit()
        yield app.test_client()
        with app.app_context():
            schema.close()


def ask(client: FlaskClient) -> tuple[float, bytes]:
    """Seconds, and the body on the wire."""
    begun = time.perf_counter()
    answer = client.get("/overview", headers=AS_A_BROWSER)
    took = time.perf_counter() - begun
    if answer.status_code != HTTPStatus.OK:
        raise RuntimeError(f"the overview answered {answer.status}")
    return took, answer.data


def queries_of(app: Flask, client: FlaskClient) -> int:
    sent: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        sent.append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    ask(client)
    event.remove(engine, "before_cursor_execute", note)
    return len(sent)


def measure() -> dict[str, Measured]:
    with ExitStack() as stack:
        clients = {size: stack.enter_context(served(*counts)) for size, counts in SIZES.items()}
        taken: dict[str, list[float]] = {size: [] for size in SIZES}
        bodies = {size: ask(client)[1] for size, client in clients.items()}  # compiles the templates, too
        queries = {size: queries_of(client.application, client) for size, client in clients.items()}
        for _ in range(ROUNDS):
            for size, client in clients.items():
                took, _ = ask(client)
                taken[size].append(took)
    return {
        size: Measured(
            cell_us=statistics.median(taken[size]) / (people * desks) * 1e6,
            queries=queries[size],
            wire=len(bodies[size]),
            page=len(gzip.decompress(bodies[size])),
        )
        for size, (people, desks) in SIZES.items()
    }


def main() -> int:
    measured = measure()
    small, large = measured[SMALL], measured[LARGE]
    ratio = large.cell_us / small.cell_us
    told: dict[str, Any] = {"cost_per_cell": {"ratio": round(ratio, 2), "limit": RATIO_LIMIT}, "wire_limit": WIRE_LIMIT}
    sys.stdout.write(f"{'overview':<12}{'us per cell':>12}{'queries':>10}{'bytes on wire':>16}{'bytes read':>12}\n")
    for size, it in measured.items():
        sys.stdout.write(f"{size:<12}{it.cell_us:>12.0f}{it.queries:>10}{it.wire:>16}{it.page:>12}\n")
        told[size] = {
            "microseconds_per_cell": round(it.cell_us, 1),
            "queries": it.queries,
            "bytes_on_the_wire": it.wire,
            "bytes_read": it.page,
        }
    sys.stdout.write(f"A cell of {LARGE} costs {ratio:.2f} of one of {SMALL}, at most {RATIO_LIMIT}.\n")
    merge("overview", told)
    passed = {
        f"More than {RATIO_LIMIT} of the cost per cell.": ratio > RATIO_LIMIT,
        f"More than {WIRE_LIMIT} bytes on the wire.": large.wire > WIRE_LIMIT,
        "More queries than for a small clinic.": large.queries > small.queries,
    }
    sys.stdout.writelines(f"{words}\n" for words, is_passed in passed.items() if is_passed)
    return int(any(passed.values()))


if __name__ == "__main__":
    sys.exit(main())
