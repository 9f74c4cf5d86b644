"""`python -m crash`: the fault and kill suites, each proved able to fail, as a table; crash/results.json keeps the figures.

Ends with 1 where a zero is none, or where a broken twin passes.
"""

import argparse
import logging
import secrets
import sys
import warnings

from crash.figures import Caught, Row, kept, table
from crash.nursery import Nursery
from crash.places import Over
from crash.suites import LONG, LONG_ON_POSTGRES, OF_TWINS, SHORT, SUITES, WHERE, Run, caught

OVERS = {"sqlite": Over.SQLITE, "postgres": Over.POSTGRES, "workers": Over.WORKERS}


def _asked() -> argparse.Namespace:
    asks = argparse.ArgumentParser(prog="python -m crash", description=__doc__)
    asks.add_argument("--only", choices=SUITES, action="append", help="a suite; may be said again for another")
    asks.add_argument("--seed", type=int, help="the seed of an earlier run, to repeat its choices")
    asks.add_argument("--short", action="store_true", help="the numbers of the tests in place of the goals'")
    asks.add_argument(
        "--over", choices=OVERS, action="append", help="a database and background; all of them if left out"
    )
    asks.add_argument("--without-twins", action="store_true", help="do not prove that the zeros are able to fail")
    return asks.parse_args()


def main() -> int:
    asked = _asked()
    seed = asked.seed if asked.seed is not None else secrets.randbelow(2**32)
    logging.disable(logging.CRITICAL)  # thousands of faults are planned, and each would be told
    warnings.simplefilter("ignore")
    sys.stdout.write(f"Seed {seed}\n")
    rows: list[Row] = []
    twins: list[Caught] = []
    with Nursery() as nursery:
        for name in asked.only or SUITES:
            for over in (OVERS[word] for word in asked.over or OVERS):
                if over not in WHERE.get(name, tuple(Over)):
                    continue
                size = SHORT if asked.short else LONG if over is Over.SQLITE else LONG_ON_POSTGRES
                rows += _shown(list(SUITES[name](Run(nursery, over, size, seed))), is_first=not rows)
            if not asked.without_twins:
                twins += _told(list(caught(name, Run(nursery, WHERE.get(name, (Over.SQLITE,))[0], OF_TWINS, seed))))
    kept(rows, twins, seed)
    failed = [row for row in rows if not row.is_clean] + [one.row for one in twins if not one.is_caught]
    sys.stdout.write(f"{len(failed)} of these are not as they have to be.\n" if failed else "Every zero is one.\n")
    return int(bool(failed))


def _shown(rows: list[Row], *, is_first: bool) -> list[Row]:
    for number, line in enumerate(table(rows)):
        if number or is_first:
            sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
    return rows


def _told(twins: list[Caught]) -> list[Caught]:
    for one in twins:
        found = one.row.count
        seen = f"lost {found.lost}, doubled {found.doubled}, old {found.old}, stuck {found.stuck}"
        said = one.row.trouble or seen
        verdict = "caught" if one.is_caught else "NOT CAUGHT"
        sys.stdout.write(f"{one.row.suite} without {one.lacks}: {verdict} ({one.row.kind}: {said})\n")
    sys.stdout.flush()
    return twins


if __name__ == "__main__":
    sys.exit(main())
