"""R3: killed at any moment of a busy day, again and again; and what each person was told stands."""

import os
import random
import signal
import threading
from pathlib import Path

from crash import children
from crash.ledger import Count
from crash.nursery import Nursery
from crash.site import Site

SHORTEST_S, LONGEST_S = 0.2, 2.5
"""A life, from the fork on: part of it goes to opening the database."""

LONGEST_LIFE_S = 60.0


def run(site: Site, nursery: Nursery, seed: int, kills: int, folder: Path) -> Count:
    """So many lives one after another, each killed in the middle of its work; the ledger after the drain."""
    chance, answered = random.Random(seed), folder / "answered"
    for _ in range(kills):
        pid = nursery.starts(children.works, site.premises(), chance.randrange(2**32), answered, LONGEST_LIFE_S)
        threading.Event().wait(chance.uniform(SHORTEST_S, LONGEST_S))
        os.kill(pid, signal.SIGKILL)
        nursery.waits(pid)
        site.world.clock.advance(site.lease_s)
    site.drains()
    return site.counts(frozenset(answered.read_text().split()))
