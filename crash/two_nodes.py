"""R10: two workers at once, one of them frozen past its lease in the middle of its work and thawed: no old word comes last."""

import os
import random
import signal
import threading

from crash import children, kills
from crash.frontdesk import FrontDesk
from crash.ledger import Count
from crash.nursery import Nursery
from crash.site import SHORT_LEASE_S, Site
from wizard.store.database import db

LONGEST_S = 3600.0
FROZEN_S = SHORT_LEASE_S * 1.5
ACTS = 40
"""While one is frozen."""


def late(site: Site, nursery: Nursery, seed: int, times: int) -> Count:
    """One is frozen with an old time in its hand, another takes over and says the new one; then the first is thawed."""
    chance = random.Random(seed)
    desk = FrontDesk(site.app, site.world.now, chance)
    (before_the_send,) = kills.points(4)
    for _ in range(times):
        pid = nursery.starts(children.freezes, site.premises(), before_the_send, chance.randrange(2**32))
        if not nursery.waits(pid).is_frozen:
            raise kills.NotReached("the worker had nothing to send")
        desk.moves(newest=True)
        site.world.clock.advance(site.lease_s)
        while site.delivers():
            pass
        os.kill(pid, signal.SIGCONT)
        nursery.waits(pid)
        site.drains()
    return site.counts()


def run(site: Site, nursery: Nursery, seed: int, appointments: int) -> tuple[int, Count]:
    """Until so many were booked; how often a worker was frozen, and the ledger after the drain."""
    chance, freezes = random.Random(seed), 0
    desk = FrontDesk(site.app, site.world.now, chance)
    workers = [nursery.starts(children.turns, site.premises(), LONGEST_S) for _ in range(2)]
    while site.counts().appointments < appointments:
        frozen = chance.choice(workers)
        os.kill(frozen, signal.SIGSTOP)
        freezes += 1
        for _ in range(ACTS):
            desk.acts()
        threading.Event().wait(FROZEN_S)
        os.kill(frozen, signal.SIGCONT)
        for _ in range(ACTS):
            desk.acts()
    for pid in workers:
        os.kill(pid, signal.SIGKILL)
        nursery.waits(pid)
    with site.app.app_context():
        db.session.remove()
    site.world.clock.advance(site.lease_s)
    site.drains()
    return freezes, site.counts()
