"""The suites by their number in the goals: each runs at a place of its own and brings rows. Short and long differ in numbers alone."""

import random
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta

from crash import faults, kills, power, random_kills, refreshes, restoring, silence, two_nodes
from crash.figures import Caught, Row
from crash.frontdesk import FrontDesk
from crash.ledger import Count
from crash.migrating import Migrating
from crash.nursery import Nursery
from crash.places import Over, place
from crash.site import LEASE_S, SHORT_LEASE_S, Site
from crash.twins import TWINS


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
    rotates: tuple[bool, ...]  # whether refreshes bring new refresh tokens
    is_timed: bool  # kills are waited for in real time


Rows = Generator[Row, None, None]

ROWS = 20
"""Acts whose rows a migration has to bring along."""

LONG = Size(
    faults=1420,
    kills=25,
    random_kills=200,
    cuts=100,
    acts=400,
    expiries=20,
    waiting=500,
    away=timedelta(hours=4),
    appointments=2000,
    copies=10,
    rotates=(False, True),
    is_timed=True,
)
"""What the goals ask for, over SQLite."""

LONG_ON_POSTGRES = replace(LONG, kills=10)

SHORT = Size(
    faults=300,
    kills=3,
    random_kills=5,
    cuts=100,
    acts=60,
    expiries=20,
    waiting=24,
    away=timedelta(minutes=40),
    appointments=120,
    copies=2,
    rotates=(True,),
    is_timed=False,
)
"""What every run of the tests holds."""

OF_TWINS = replace(
    SHORT,
    faults=34,
    kills=2,
    random_kills=12,
    cuts=20,
    acts=30,
    expiries=2,
    waiting=20,
    away=timedelta(minutes=6),
    copies=1,
)
"""Enough to catch one that lacks a measure."""


@dataclass(frozen=True, slots=True)
class Run:
    """Over which database, how much, from which seed; and which twin is looked at."""

    nursery: Nursery
    over: Over
    size: Size
    seed: int
    twin: str = ""
    points: tuple[int, ...] = (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13)


def r1(run: Run) -> Rows:
    with place(run.over, run.nursery, people=20, twin=run.twin, patience_s=faults.PATIENCE_S) as here:
        met, count = faults.run(here.site, run.seed, run.size.faults)
    for kind, number in sorted(met.items()):
        yield Row("R1", kind, faults=number, count=Count() if count.is_clean else count, over=run.over.value)
    yield Row("R1", "all faults", faults=sum(met.values()), count=count, over=run.over.value)


def r2(run: Run) -> Rows:
    is_timed = run.size.is_timed or run.over is Over.WORKERS  # Procrastinate goes by the database's own clock
    lease_s = SHORT_LEASE_S if is_timed else LEASE_S
    with place(run.over, run.nursery, twin=run.twin, lease_s=lease_s) as here:
        comes_back: Callable[[Site], float] = kills.in_real_time if is_timed else kills.simulated
        if run.over is Over.WORKERS:
            comes_back = kills.by_a_worker(here.nursery)
        killing = kills.Killing(here.site, here.nursery, random.Random(run.seed), comes_back)
        for point in kills.points(*run.points):
            killing.kills_at(point, run.size.kills)
            told = f"back after {killing.longest_s:.1f} s at the longest" if killing.longest_s else ""
            late = "later than the lease and 5 s" if killing.longest_s > kills.WITHIN_S else ""
            name, found = f"{point.number} {point.words}", killing.counts[point.number]
            yield Row("R2", name, kills=run.size.kills, count=found, trouble=late, told=told, over=run.over.value)
            killing.longest_s = 0.0


def r2_14(run: Run) -> Rows:
    """The last of its points, which needs databases of its own."""
    (point,) = kills.points(14)
    with place(Over.SQLITE, run.nursery, twin=run.twin) as here:
        desk = FrontDesk(here.site.app, here.site.world.now, random.Random(run.seed))
        for _ in range(ROWS):
            desk.acts()
        migrating = Migrating(here.site, here.nursery, here.folder, random.Random(run.seed))
        migrating.kills_at(point, run.size.kills)
    yield Row("R2", f"14 {point.words}", kills=migrating.kills, count=migrating.counts, over=run.over.value)


def r3(run: Run) -> Rows:
    with place(run.over, run.nursery, people=20, twin=run.twin) as here:
        count = random_kills.run(here.site, here.nursery, run.seed, run.size.random_kills, here.folder)
    yield Row("R3", "killed at random times", kills=run.size.random_kills, count=count, over=run.over.value)


def r4(run: Run) -> Rows:
    with place(Over.SQLITE, run.nursery, twin=run.twin) as here:
        count = power.run(here.site, here.nursery, run.seed, run.size.acts, run.size.cuts)
    yield Row("R4", "power cut", faults=run.size.cuts, count=count, told="stuck: a file that is not whole")


def r5(run: Run) -> Rows:
    for rotates in run.size.rotates:
        with place(run.over, run.nursery, people=1, desks=1, twin=run.twin, patience_s=30, sign_in_s=15) as here:
            here.site.world.manners.refresh_tokens_rotate = rotates
            several = () if run.over is Over.SQLITE else (4, here.nursery)
            found = refreshes.run(here.site, run.size.expiries, 50, *several)
        trouble = "" if found.is_clean else f"asked {found.asked} times, {found.refused} in trouble, {found.lost} lost"
        name = f"50 threads{' × 4 processes' if several else ''}{', rotating' if rotates else ''}"
        yield Row(
            "R5", name, trials=found.expiries, trouble=trouble, told=f"{found.expiries} expiries", over=run.over.value
        )


def r7(run: Run) -> Rows:
    with place(run.over, run.nursery, people=6, twin=run.twin) as here:
        found = silence.run(here.site, run.seed, run.size.waiting, run.size.away)
    told = (
        f"{found.asked / found.allowed:.2f} questions per appointment and wait, {found.early} before Retry-After, all there "
        f"{found.took.total_seconds():.0f} s after"
    )
    trouble = "" if found.is_clean else "not as the rule says"
    yield Row(
        "R7", f"Google away for {run.size.away}", trials=found.waiting, count=found.count, trouble=trouble, told=told
    )


def r10(run: Run) -> Rows:
    with place(run.over, run.nursery, twin=run.twin, lease_s=SHORT_LEASE_S) as here:
        freezes, count = two_nodes.run(here.site, here.nursery, run.seed, run.size.appointments)
    yield Row("R10", "a worker of two frozen", faults=freezes, count=count, over=run.over.value)


def r10_late(run: Run) -> Rows:
    with place(run.over, run.nursery, twin=run.twin) as here:
        count = two_nodes.late(here.site, here.nursery, run.seed, run.size.kills)
    yield Row("R10", "frozen with an old time in hand", faults=run.size.kills, count=count, over=run.over.value)


def r12(run: Run) -> Rows:
    with place(Over.SQLITE, run.nursery, twin=run.twin) as here:
        count = restoring.run(here.site, here.nursery, run.seed, run.size.copies, here.folder)
    yield Row("R12", "a copy under load put back", trials=run.size.copies, count=count)


SUITES: dict[str, Callable[[Run], Rows]] = {
    "R1": r1, "R2": r2, "R2.14": r2_14, "R3": r3, "R4": r4, "R5": r5, "R7": r7, "R10": r10, "R10.1": r10_late, "R12": r12,
}  # fmt: skip

WHERE = {
    "R2.14": (Over.SQLITE,),
    "R4": (Over.SQLITE,),
    "R10": (Over.POSTGRES, Over.WORKERS),
    "R10.1": (Over.SQLITE, Over.POSTGRES),
    "R12": (Over.SQLITE,),
}
"""Over which databases a suite makes sense; the others over each."""


def caught(suite: str, run: Run) -> Iterator[Caught]:
    """Every twin that this suite has to catch, one after another, each until something is found wrong with it."""
    for twin in TWINS.values():
        if suite in twin.suites:
            rows = SUITES[suite](replace(run, twin=twin.name))
            row = next((row for row in rows if not row.is_clean), Row(suite, "nothing found"))
            rows.close()
            yield Caught(twin.name, twin.lacks, row)
