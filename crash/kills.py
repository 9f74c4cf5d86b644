"""R2: killed at any of 14 points, nothing is lost, nothing is doubled, and it goes on within the lease and five seconds."""

import os
import random
import signal
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from time import monotonic  # how long it takes is real time

from crash import children
from crash.following import Following
from crash.frontdesk import BOOK, CANCEL, MOVE, FrontDesk
from crash.ledger import Count
from crash.nursery import Nursery
from crash.points import POINTS, Point
from crash.site import SHORT_LEASE_S, Site, account_of, inside
from e2e.fake_google.faults import Fault
from wizard.store import workstations

WITHIN_S = SHORT_LEASE_S + 5
HOUR_S = 3600.0
LOOKS_EVERY_S = 0.02


class NotReached(Exception):
    """The child did its work and ended: whatever it proved, it was not that point."""


def simulated(site: Site) -> float:
    """Time passes in the world alone; 0 real seconds."""
    site.world.clock.advance(site.lease_s + 5)
    site.drains()
    return 0.0


def in_real_time(site: Site) -> float:
    """The dispatcher is started anew and left to itself; how many seconds until nothing is owed."""
    begun = monotonic()
    site.background.start()
    _waits(site, begun)
    site.background.stop()
    return monotonic() - begun


def by_a_worker(nursery: Nursery) -> Callable[[Site], float]:
    """The same by a process of its own, of the kind the site is set up for."""

    def comes_back(site: Site) -> float:
        begun = monotonic()
        worker = nursery.starts(children.turns, site.premises(), 10 * WITHIN_S)
        _waits(site, begun)
        took = monotonic() - begun
        os.kill(worker, signal.SIGTERM)  # it finishes what it has in hand: it is not the one to be killed
        nursery.waits(worker)
        return took

    return comes_back


def _waits(site: Site, begun: float) -> None:
    while (site.owed() or site.jobs()) and monotonic() - begun < 10 * WITHIN_S:
        threading.Event().wait(LOOKS_EVERY_S)


@dataclass
class Killing:
    """Trials at one site, one after another. `comes_back` lets time pass after each kill; seconds of real time."""

    site: Site
    nursery: Nursery
    chance: random.Random
    comes_back: Callable[[Site], float] = simulated
    kills: int = 0
    longest_s: float = 0.0
    counts: dict[int, Count] = field(default_factory=dict)
    _before: Count = field(default_factory=Count)

    def kills_at(self, point: Point, times: int) -> None:
        for _ in range(times):
            self._child(point)
            self.kills += 1
            self.longest_s = max(self.longest_s, self.comes_back(self.site))
            self._counts(point)

    def _child(self, point: Point) -> None:
        """As the point wants it; when this returns Google has heard all that the child sent."""
        world, seed = self.site.world, self.chance.randrange(2**32)
        kind = self.chance.choice((BOOK, MOVE, CANCEL))
        match point.number:
            case 1 | 2:
                self._run(children.books, point, seed, kind)
            case 5:
                fault = world.plan(Fault(point.fault, "events.[iud]*"))
                self._run(children.delivers, point, seed, kind)
                until(lambda: fault.times == 0)
            case 6:
                heard = len(world.calls())
                self._run(children.delivers, point, seed, kind)
                until(lambda: any(call.verb != "GET" for call in world.calls()[heard:]))
            case 9 | 10:
                world.clock.advance(HOUR_S)
                self._run(children.delivers, point, seed, kind)
            case 11 | 12:
                self.counts[point.number] = self.counts.get(point.number, Count()) + self._follows(point)
            case 13:
                self._accepts(point)
            case _:
                self._run(children.delivers, point, seed, kind)

    def _follows(self, point: Point) -> Count:
        dies = partial(self._run, children.follows)
        return Following(self.site, self.chance, dies).kills_at(point)

    def _accepts(self, point: Point) -> None:
        """At a new desk, where something booked is held; then the person does it again."""
        person_id = 1 + self.chance.randrange(self.site.people)
        app, account = self.site.app, account_of(person_id)
        with inside(app):
            desk = workstations.add(f"Front desk {self.kills + 100}", self.site.world.now()).id
        FrontDesk(app, self.site.world.now, self.chance).books(person_id, desk)
        self.site.google.accepts(account)
        self._run(children.accepts, point, person_id, desk)
        self.site.google.accepts(account)
        children.trip(app, person_id, desk)

    def _run(self, job: Callable[..., object], point: Point, *arguments: object) -> None:
        ended = self.nursery.runs(job, self.site.premises(), point, *arguments)
        if not ended.is_killed:
            raise NotReached(f"point {point.number}, {point.words}: the child ended with {ended}")

    def _counts(self, point: Point) -> None:
        now = self.site.counts()
        self.counts[point.number] = self.counts.get(point.number, Count()) + now.beyond(self._before)
        self._before = now


def until(condition: Callable[[], bool], at_most_s: float = 10.0) -> None:
    """Raises NotReached when it does not come."""
    ends = monotonic() + at_most_s
    while not condition():
        if monotonic() > ends:
            raise NotReached("what the child had sent never arrived")
        threading.Event().wait(0.002)


def points(*numbers: int) -> list[Point]:
    return [point for point in POINTS if not numbers or point.number in numbers]
