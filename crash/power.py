"""R4: the power goes while bookings are made; what a person was told stands, and the file is whole.

A child books and delivers over SQLite while everything it writes and syncs is recorded. Then the power goes at random moments
of that record, each time with other bytes that had not been synced yet, and the file that is left is opened.
"""

import pickle
import random
import sqlite3
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from crash import children
from crash.disk import ANSWERED, Did, Image, image_at
from crash.frontdesk import FrontDesk
from crash.ledger import Count
from crash.migrating import file_of
from crash.nursery import Nursery
from crash.recorder import recording
from crash.site import Premises, Site
from wizard.store import schema


@dataclass
class Record:
    """How the files stood before, and all that happened to them."""

    begun: dict[str, bytes] = field(default_factory=dict)
    trace: list[Did] = field(default_factory=list)


def records(premises: Premises, seed: int, acts: int, into: Path) -> None:
    """A child's work: a front desk and its dispatcher in turns."""
    record, database, clock = Record(), file_of(premises.settings), children.clock_of(premises)
    record.begun[database.name] = database.read_bytes()
    with recording(record.trace.append):
        app = premises.app(clock)
        desk = FrontDesk(app, clock, random.Random(seed), lambda mark: record.trace.append(Did(ANSWERED, mark)))
        for number in range(acts):
            desk.acts()
            if number % 5 == 0:
                app.extensions["wizard"].background.run_once()
        into.write_bytes(pickle.dumps(record))


def run(site: Site, nursery: Nursery, seed: int, acts: int, cuts: int) -> Count:
    """The power goes so many times; what was lost, and under `stuck` how often the file was not whole."""
    folder = file_of(site.settings).parent
    with site.app.app_context():
        schema.close()  # all is in the one file, and nothing waits to be synced
    ended = nursery.runs(records, site.premises(), seed, acts, folder / "record")
    if ended.status or ended.signal:
        raise RuntimeError(f"the record was not made: {ended}")
    record: Record = pickle.loads((folder / "record").read_bytes())  # noqa: S301 - our own child wrote it
    chance, found = random.Random(seed), Count()
    for number in range(cuts):
        image = image_at(record.begun, record.trace, chance.randrange(len(record.trace) + 1), chance)
        found += _opened(image, folder / f"cut-{number}", file_of(site.settings).name)
    return found


def _opened(image: Image, folder: Path, name: str) -> Count:
    folder.mkdir()
    for file, data in image.files.items():
        (folder / file).write_bytes(data)
    try:
        with closing(sqlite3.connect(folder / name)) as connection:
            is_whole = connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            there = {mark for (mark,) in connection.execute("SELECT event_id FROM appointments")}
    except sqlite3.DatabaseError:
        is_whole, there = False, set()
    for left in folder.iterdir():
        left.unlink()
    return Count(appointments=len(image.answered), lost=len(image.answered - there), stuck=int(not is_whole))
