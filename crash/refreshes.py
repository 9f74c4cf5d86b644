"""R5: however many ask with a token that has just expired, in however many processes, Google is asked for one, and none is lost."""

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from flask import Flask
from sqlalchemy import select

from crash import children
from crash.nursery import Nursery
from crash.site import Premises, Site, inside
from wizard.google import GoogleTrouble, GrantDead
from wizard.store.database import db, of_clinic, present_clinic
from wizard.store.grants import Grant

EXPIRES_S = 3600.0


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What came of it. `asked` is how often the token address was; `lost`: a permission that does not live on."""

    expiries: int
    asked: int
    refused: int  # questions that ended in trouble instead of an answer
    lost: int

    @property
    def is_clean(self) -> bool:
        return self.asked == self.expiries and not (self.refused or self.lost)


def crowd(app: Flask, grant_id: int, threads: int) -> int:
    """So many threads of this process ask Google for something at the same instant; how many met trouble."""
    google, ready = app.extensions["wizard"].google, threading.Barrier(threads)
    with inside(app):
        clinic_id = present_clinic()

    def ask(_: int) -> int:
        with app.app_context(), of_clinic(clinic_id):
            ready.wait()
            try:
                google.calendars(grant_id)
            except GoogleTrouble:
                return 1
            return 0

    with ThreadPoolExecutor(threads) as everybody:
        return sum(everybody.map(ask, range(threads)))


def crowd_in_child(premises: Premises, grant_id: int, threads: int) -> None:
    app = premises.app(children.clock_of(premises))
    if crowd(app, grant_id, threads):
        raise RuntimeError("somebody met trouble")


def run(site: Site, expiries: int, threads: int, processes: int = 1, nursery: Nursery | None = None) -> Refreshed:
    """Expiry after expiry of one account's token. Children of the nursery ask where it is to be several processes."""
    with inside(site.app):
        grant_id = db.session.scalars(select(Grant.id).where(Grant.permission == "checker")).first() or 0
    before, refused = len(site.world.calls("token")), 0
    for _ in range(expiries):
        site.world.clock.advance(EXPIRES_S)
        if nursery is None:
            refused += crowd(site.app, grant_id, threads)
            continue
        pids = [nursery.starts(crowd_in_child, site.premises(), grant_id, threads) for _ in range(processes)]
        refused += sum(nursery.waits(pid).status for pid in pids)
    asked = len(site.world.calls("token")) - before
    return Refreshed(expiries, asked, refused, lost=int(not _lives(site, grant_id)))


def _lives(site: Site, grant_id: int) -> bool:
    """What is stored of it is still good for one more."""
    with inside(site.app):
        try:
            site.services.google.refresh(grant_id)
        except GrantDead:
            return False
        return True
