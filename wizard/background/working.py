"""A worker process: does jobs as they come and sweeps, until it is asked to end; then it finishes what it has in hand."""

from __future__ import annotations

import asyncio
import logging
import signal
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from wizard.background.worker import Worker

if TYPE_CHECKING:
    from wizard.background.jobs import Jobs

SWEEPS_EVERY_S = 1.0
AGAIN_AFTER_S = 1.0

log = logging.getLogger(__name__)


class Working:
    """`beat` lets it be seen that somebody turns here."""

    def __init__(self, jobs: Jobs, beat: Callable[[], None], at_a_time: int) -> None:
        self._jobs, self._beat, self._at_a_time = jobs, beat, at_a_time
        self._sweep = Worker("sweep", self._turn, SWEEPS_EVERY_S)

    def run(self, ready: Callable[[], None]) -> None:
        """Until SIGTERM or SIGINT. `ready` is called once it listens to them."""
        asyncio.run(self._run(ready))

    async def _run(self, ready: Callable[[], None]) -> None:
        loop, asked = asyncio.get_running_loop(), asyncio.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, asked.set)
        loop.set_default_executor(
            ThreadPoolExecutor(self._at_a_time + 1, "job")
        )  # its own has as many as cores and four
        ends = asyncio.create_task(asked.wait())
        self._sweep.start()
        ready()
        try:
            while not asked.is_set():
                await self._work_until(ends)
        finally:
            await asyncio.to_thread(self._sweep.stop)

    async def _work_until(self, ends: asyncio.Task[bool]) -> None:
        """A worker that lost the database ends; it begins again, and what it had in hand is found by a sweep."""
        working = asyncio.create_task(self._jobs.work())
        await asyncio.wait({working, ends}, return_when=asyncio.FIRST_COMPLETED)
        working.cancel()
        try:
            await working
        except asyncio.CancelledError:
            return
        except Exception:
            log.exception("this worker lost its jobs; it begins again")
        await asyncio.wait({ends}, timeout=AGAIN_AFTER_S)

    def _turn(self) -> int:
        self._beat()
        self._jobs.sweep()
        return 0  # what was deferred is for whoever is free; there is nothing more to look for before the next turn
