"""The suites by their number in the goals: each runs at a place of its own and brings rows. Short and long differ in numbers alone."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from crash import faults, kills, power, random_kills, refreshes, restoring, silence, two_nodes
from crash.figures import Caught, Row
from crash.ledger import Count
from crash.migrating import Migrating
from crash.nursery import Nursery
from crash.places import Over, place
from crash.twins import TWINS

MIGRATION = 14


@dataclass(frozen=True, slots=True)
class Size:
    """How much of each: of faults, kills at each point, random kills, cuts of the power and acts before them, and so on."""

    faults: int
    kills: int
    random_kills: int
    cuts: int
    acts: int
    expiries: int
    waiting: int
    away: timedelta
    appointments: int
    copies: int
    is_timed: bool  # kills are waited for in real time


LONG = Size(1000, 25, 200, 100, 400, 20, 500, timedelta(hours=4), 2000, 10, is_timed=True)
LONG_ON_POSTGRES = Size(1000, 10, 200, 0, 0, 20, 500, timedelta(hours=4), 2000, 0, is_timed=True)
SHORT = Size(300, 3, 5, 100, 60, 20, 40, timedelta(hours=1), 120, 2, is_timed=False)


@dataclass(frozen=True, slots=True)
class Run:
    """Over which database, how much, from which seed; and which twin is looked at."""

    nursery: Nursery
    over: Over
    size: Size
    seed: int
    twin: str = ""


def r1(run: Run) -> Iterator[Row]:
    with place(run.over, run.nursery, people=20, twin=run.twin, patience_s=faults.PATIENCE_S) as here:
        met, count = faults.run(here.site, run.seed, run.size.faults)
    for kind, number in sorted(met.items()):
        yield Row("R1", kind, faults=number, count=Count() if count.is_clean else count, over=run.over.value)
    yield Row("R1", "all faults", faults=sum(met.values()), count=count, over=run.over.value)


def r2(run: Run) -> Iterator[Row]:
    with place(run.over, run.nursery, twin=run.twin) as here:
        comes_back = kills.in_real_time if run.size.is_timed else kills.simulated
        killing = kills.Killing(here.site, here.nursery, random.Random(run.seed), comes_back)
        for point in kills.points():
            if point.number == MIGRATION:
                break
            killing.kills_at(point, run.size.kills)
            told = f"back after {killing.longest_s:.1f} s at the longest" if run.size.is_timed else ""
            late = "later than the lease and 5 s" if killing.longest_s > kills.WITHIN_S else ""
            name, found = f"{point.number} {point.words}", killing.counts[point.number]
            yield Row("R2", name, kills=run.size.kills, count=found, trouble=late, told=told, over=run.over.value)
            killing.longest_s = 0.0
        if run.over is Over.SQLITE:
            migrating = Migrating(here.site, here.nursery, here.folder, random.Random(run.seed))
            migrating.kills_at(point, run.size.kills)
            yield Row("R2", f"14 {point.words}", kills=migrating.kills, count=migrating.counts, over=run.over.value)


def r3(run: Run) -> Iterator[Row]:
    with place(run.over, run.nursery, people=20, twin=run.twin) as here:
        count = random_kills.run(here.site, here.nursery, run.seed, run.size.random_kills, here.folder)
    yield Row("R3", "killed at random times", kills=run.size.random_kills, count=count, over=run.over.value)


def r4(run: Run) -> Iterator[Row]:
    with place(Over.SQLITE, run.nursery, twin=run.twin) as here:
        count = power.run(here.site, here.nursery, run.seed, run.size.acts, run.size.cuts)
    yield Row("R4", "power cut", faults=run.size.cuts, count=count, told="stuck: a file that is not whole")


def r5(run: Run) -> Iterator[Row]:
    for rotates in (False, True):
        with place(run.over, run.nursery, people=1, desks=1, twin=run.twin) as here:
            here.site.world.manners.rotates_refresh_tokens = rotates
            several = () if run.over is Over.SQLITE else (4, here.nursery)
            found = refreshes.run(here.site, run.size.expiries, 50, *several)
        trouble = "" if found.is_clean else f"asked {found.asked} times, {found.refused} in trouble, {found.lost} lost"
        name = f"50 threads{' × 4 processes' if several else ''}{', rotating' if rotates else ''}"
        yield Row("R5", name, trials=found.expiries, trouble=trouble, told=f"{found.expiries} expiries", over=run.over.value)


def r7(run: Run) -> Iterator[Row]:
    with place(run.over, run.nursery, people=10, twin=run.twin) as here:
        found = silence.run(here.site, run.seed, run.size.waiting, run.size.away)
    told = (
        f"{found.asked / found.allowed:.2f} questions per appointment and wait, {found.early} before Retry-After, all there "
        f"{found.took.total_seconds():.0f} s after"
    )
    trouble = "" if found.is_clean else "not as the rule says"
    yield Row("R7", f"Google away for {run.size.away}", trials=found.waiting, count=found.count, trouble=trouble, told=told)


def r10(run: Run) -> Iterator[Row]:
    with place(run.over, run.nursery, twin=run.twin) as here:
        freezes, count = two_nodes.run(here.site, here.nursery, run.seed, run.size.appointments)
    yield Row("R10", "a worker of two frozen", faults=freezes, count=count, over=run.over.value)


def r12(run: Run) -> Iterator[Row]:
    with place(Over.SQLITE, run.nursery, twin=run.twin) as here:
        count = restoring.run(here.site, here.nursery, run.seed, run.size.copies, here.folder)
    yield Row("R12", "a copy under load put back", trials=run.size.copies, count=count)


SUITES: dict[str, Callable[[Run], Iterator[Row]]] = {
    "R1": r1, "R2": r2, "R3": r3, "R4": r4, "R5": r5, "R7": r7, "R10": r10, "R12": r12,
}  # fmt: skip

WHERE = {
    "R4": (Over.SQLITE,),
    "R10": (Over.POSTGRES, Over.WORKERS),
    "R12": (Over.SQLITE,),
}
"""Over which databases a suite makes sense; the others over each."""


def caught(suite: str, run: Run) -> Iterator[Caught]:
    """Every twin that this suite has to catch, one after another, in a short run. The row of the worst is brought."""
    for twin in TWINS.values():
        if suite in twin.suites:
            rows = list(SUITES[suite](Run(run.nursery, run.over, TWINS_SIZE, run.seed, twin.name)))
            worst = next((row for row in rows if not row.is_clean), rows[-1])
            yield Caught(twin.name, twin.lacks, worst)


TWINS_SIZE = Size(80, 2, 12, 20, 30, 2, 20, timedelta(minutes=6), 400, 1, is_timed=False)
