"""R1: whatever Google, the network before it and our own database do to a delivery, it arrives, and once.

Faults are planned at random for the questions of a random day's work; after each stretch time passes in the world, not
here. A fault counts once somebody has met it.
"""

import random
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Engine, event
from sqlalchemy.engine import Connection

from crash.frontdesk import FrontDesk
from crash.ledger import Count
from crash.site import Site, account_of
from e2e.fake_google.faults import Fault
from wizard.store.database import db

PATIENCE_S = 0.25
"""How long a question may take here: a time-out is waited for in real time, some hundred times."""

TOO_LONG_S = PATIENCE_S * 1.4
AT_ONCE = 16
"""So many faults lie in wait in each stretch, each for another account."""

LONGEST_STRETCH_S = 1500.0
"""Access tokens last an hour: every third stretch somebody has to refresh one."""

FOR_AN_ANSWER = "events.*"

GOOGLE: dict[str, Callable[[str], Fault]] = {
    "time-out, nothing done": lambda who: Fault("hang", FOR_AN_ANSWER, who),
    "time-out, done all the same": lambda who: Fault("delay", FOR_AN_ANSWER, who, seconds=TOO_LONG_S),
    "slow": lambda who: Fault("delay", FOR_AN_ANSWER, who, seconds=PATIENCE_S / 5),
    "done, answer lost": lambda who: Fault("lose_answer", FOR_AN_ANSWER, who),
    "done, answer cut in half": lambda who: Fault("truncate", FOR_AN_ANSWER, who),
    "connection cut": lambda who: Fault("drop", FOR_AN_ANSWER, who),
    "500": lambda who: Fault("backendError", FOR_AN_ANSWER, who),
    "503 as JSON": lambda who: Fault("backendError503", FOR_AN_ANSWER, who),
    "503 as HTML": lambda who: Fault("unavailable_html", FOR_AN_ANSWER, who),
    "200 with a portal's page": lambda who: Fault("html", FOR_AN_ANSWER, who),
    "429 with Retry-After": lambda who: Fault("rateLimitExceeded429", FOR_AN_ANSWER, who, retry_after_s=90),
    "403 rateLimitExceeded": lambda who: Fault("rateLimitExceeded", FOR_AN_ANSWER, who),
    "403 quotaExceeded": lambda who: Fault("quotaExceeded", FOR_AN_ANSWER, who),
    "401 once": lambda who: Fault("authError", FOR_AN_ANSWER, who),
    "token address 503": lambda _: Fault("token_unavailable", "token"),
    "token address cuts": lambda _: Fault("drop", "token"),
}
"""What Google or the network does, by the name it has in the table."""

LOCKED = "database locked at a commit"
"""What our own database does: the transaction is not kept, whatever Google has said by then."""

KINDS = (*GOOGLE, LOCKED)


@dataclass
class Locking:
    """Lets commits of the background fail: the next `owed` of those that changed something."""

    owed: int = 0
    met: int = 0
    passes: int = 0
    _dirty: set[int] = field(default_factory=set)

    def sees(self, connection: Connection, _cursor: object, statement: str, *_rest: object) -> None:
        if statement.startswith(("UPDATE", "INSERT")):
            self._dirty.add(id(connection))

    def fails(self, connection: Connection) -> bool:
        if id(connection) not in self._dirty:
            return False
        self._dirty.discard(id(connection))
        if not self.owed:
            return False
        if self.passes:
            self.passes -= 1
            return False
        self.owed, self.met = self.owed - 1, self.met + 1
        return True


@contextmanager
def locking(engine: Engine) -> Iterator[Locking]:
    """Between SQLAlchemy and its driver, so that what follows is what follows there in truth."""
    found, dialect, last = Locking(), engine.dialect, threading.local()

    def commits(connection: Connection) -> None:
        last.fails = found.fails(connection)

    def do_commit(line: Any) -> None:
        if getattr(last, "fails", False):
            last.fails = False
            raise dialect.dbapi.OperationalError("database is locked")  # type: ignore[union-attr]  # a driver has one
        type(dialect).do_commit(dialect, line)

    event.listen(engine, "after_cursor_execute", found.sees)
    event.listen(engine, "commit", commits)
    setattr(dialect, "do_commit", do_commit)  # noqa: B010 - mypy lets no method be assigned
    try:
        yield found
    finally:
        del dialect.do_commit
        event.remove(engine, "after_cursor_execute", found.sees)
        event.remove(engine, "commit", commits)


@dataclass
class Stretches:
    """A random day's work at one site, in stretches between which time passes."""

    site: Site
    chance: random.Random
    planned: list[tuple[str, Fault]] = field(default_factory=list)
    met: Counter[str] = field(default_factory=Counter)

    def works(self, wanted: int, locks: Locking) -> None:
        """Until so many faults of each kind were met."""
        desk = FrontDesk(self.site.app, self.site.world.now, self.chance)
        while lacking := [kind for kind in KINDS if self.met[kind] < wanted]:
            for _ in range(self.site.people):
                desk.acts()
            for account in self.chance.sample(range(1, self.site.people + 1), AT_ONCE):
                self._plans(self.chance.choice(lacking), account_of(account), locks)
            self.site.delivers()
            self.site.delivers()  # what another of the same account put off is due by its own time
            self._notes(locks)
            self.site.world.clock.advance(self.chance.uniform(1, LONGEST_STRETCH_S))

    def _plans(self, kind: str, account: str, locks: Locking) -> None:
        """One for each account at most: two refusals of an access token in a row would end the permission."""
        if kind == LOCKED:
            locks.owed, locks.passes = 1, self.chance.randrange(6)
            return
        self.planned.append((kind, self.site.world.plan(GOOGLE[kind](account))))

    def _notes(self, locks: Locking) -> None:
        """A fault whose last time has come was met; the others are forgotten."""
        self.met.update(kind for kind, fault in self.planned if fault.times == 0)
        self.met[LOCKED] += locks.met
        self.planned.clear()
        self.site.world.faults.forget()
        locks.owed = locks.met = 0


def run(site: Site, seed: int, faults: int) -> tuple[Counter[str], Count]:
    """At least so many faults, of every kind as many; how many of each were met, and the ledger after the drain."""
    work = Stretches(site, random.Random(seed))
    with site.app.app_context():
        engine = db.engine
    with locking(engine) as locks:
        work.works(-(-faults // len(KINDS)), locks)
    site.drains()
    return work.met, site.counts()
