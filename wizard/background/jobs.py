"""Procrastinate in front of the outbox: it rings the bell in whichever worker is free, and knows nothing that is not a row.

A job carries ids and is deferred in the transaction that wrote the row, so both are kept or neither. What a killed worker
left, what became due by time and what was held until now is deferred anew by `sweep`.
"""

import asyncio
import logging
from collections.abc import Callable, Mapping
from datetime import timedelta

from flask import Flask
from procrastinate import App, PsycopgConnector, SyncPsycopgConnector

from wizard.clock import Clock
from wizard.store import jobs
from wizard.store.database import db
from wizard.store.jobs import Job
from wizard.store.leasing import Leased

Door = Callable[[int, int], bool]
"""Tries one row of one clinic, by their ids, if it is due and free; says whether it was."""

HEARTBEATS_IN_A_LEASE = 4
SLOWEST_HEARTBEAT_S = 10.0

LOOKS_EVERY_S = 0.2
"""Nothing rings when a lock is given back: the account's next job is found by looking, as often as Google may be written to."""

log = logging.getLogger(__name__)


class Jobs:
    """`doors` by the name of their task; `conninfo` as libpq takes it; `at_a_time`: how many rows a worker has in hand."""

    def __init__(
        self, app: Flask, clock: Clock, conninfo: str, doors: Mapping[str, Door], *, lease_s: float, at_a_time: int
    ) -> None:
        self._flask, self._clock, self._at_a_time = app, clock, at_a_time
        self._left_after = timedelta(seconds=lease_s)
        self._defers = App(connector=SyncPsycopgConnector())  # never opened: it uses the connection it is given
        self._works = App(connector=PsycopgConnector(conninfo=conninfo, min_size=1, max_size=2))
        self._tried: list[int] = []
        for name, door in doors.items():
            self._works.task(name=name)(self._counted(door))

    def hear(self, row: Leased) -> None:
        """Defer the job of a row that was just written."""
        job = jobs.of_row(row)
        if job is not None:
            self._defer(job)

    def sweep(self) -> int:
        """Defer what is due and has no job, of every clinic; how many."""
        with self._flask.app_context(), jobs.sweeping() as is_ours:
            if not is_ours:
                return 0
            jobs.drop_left(self._left_after)
            return self._defer_due()

    def ring(self) -> None:
        """The same for the present clinic, now: what held its rows may be cured. Fails in silence: the sweep comes, too."""
        try:
            self._defer_due()
            db.session.commit()
        except Exception:
            log.exception("what is due now is left to the workers' own sweep")
            db.session.rollback()

    def run_once(self) -> int:
        """Sweep, and do every job there is in this process; how many rows were tried."""
        self._tried.clear()
        known = -1
        while len(set(self._tried)) > known:  # a sweep brings a few of each account
            known = len(set(self._tried))
            self.sweep()
            before, left = 0, self._waiting()
            while left and left != before:  # of those under one lock a worker that does not wait does the first
                asyncio.run(self.work(wait=False))
                before, left = left, self._waiting()
        return len(self._tried)

    async def work(self, *, wait: bool = True) -> None:
        """Do jobs as they come, until this is cancelled: then what is in hand is finished."""
        heartbeat = min(SLOWEST_HEARTBEAT_S, self._left_after.total_seconds() / HEARTBEATS_IN_A_LEASE)
        async with self._works.open_async():
            await self._works.run_worker_async(
                wait=wait,
                listen_notify=wait,
                concurrency=self._at_a_time,
                fetch_job_polling_interval=LOOKS_EVERY_S,
                delete_jobs="always",  # what came of it stands in its row
                install_signal_handlers=False,
                update_heartbeat_interval=heartbeat,
            )

    def _waiting(self) -> int:
        with self._flask.app_context():
            return jobs.waiting()

    def _defer_due(self) -> int:
        there = jobs.living()
        missing = [job for job in jobs.due(self._clock()) if job[:3] not in there]
        for job in missing:
            self._defer(job)
        return len(missing)

    def _defer(self, job: Job) -> None:
        deferrer = self._defers.configure_task(job.task, connection=jobs.connection(), lock=job.lock)
        deferrer.defer(clinic_id=job.clinic_id, row_id=job.row_id)

    def _counted(self, door: Door) -> Callable[..., None]:
        def task(clinic_id: int, row_id: int) -> None:
            if door(clinic_id, row_id):
                self._tried.append(row_id)

        return task
