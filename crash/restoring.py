"""R12: a copy of the database taken under load is put back; what it owes is done once more, and nothing is there twice.

What was booked after the copy is gone with the old database; its events stay at Google, and are no doubles.
"""

import os
import random
import signal
import sqlite3
import threading
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from crash import children
from crash.ledger import Count, count
from crash.migrating import close, file_of
from crash.nursery import Nursery
from crash.site import Site, booked, live
from wizard.app import create_app

LOAD_S = 1.0
"""Before the copy is taken, and after it."""

LONGEST_LIFE_S = 60.0
PAGES = 16
"""Copied in one go; between two of them others write."""


def run(site: Site, nursery: Nursery, seed: int, copies: int, folder: Path) -> Count:
    """So many copies, each under a load of its own, put back one after another."""
    chance, found = random.Random(seed), Count()
    for number in range(copies):
        pid = nursery.starts(children.floods, site.premises(), chance.randrange(2**32), LONGEST_LIFE_S)
        threading.Event().wait(LOAD_S)
        copy = folder / f"copy-{number}.sqlite"
        taken(file_of(site.settings), copy)
        threading.Event().wait(LOAD_S)
        os.kill(pid, signal.SIGKILL)
        nursery.waits(pid)
        found += _put_back(site, copy)
        site.world.clock.advance(site.lease_s)
        site.drains()
    return found


def taken(database: Path, copy: Path) -> None:
    """By SQLite's own online backup, while others write (sqlite.org/backup.html)."""
    with closing(sqlite3.connect(database)) as here, closing(sqlite3.connect(copy)) as there:
        here.backup(there, pages=PAGES, sleep=0.0)


def _put_back(site: Site, copy: Path) -> Count:
    """The copy is the database now; what is known to it alone is counted."""
    settings = replace(site.settings, database_url=f"sqlite:///{copy}")
    restored = replace(site, app=create_app(settings, site.world.now), settings=settings)
    site.world.clock.advance(site.lease_s)
    restored.drains()
    known = booked(restored.app)
    marks = {one.mark for one in known}
    counted = count(known, [event for event in live(site.world) if event.mark in marks])
    close(restored.app)
    return counted
