"""The bell: what a web process has in place of threads when workers carry out what is owed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wizard.background.jobs import Jobs


class Bell:
    """Starts nothing. `wake` lets the workers know; `run_once` does their work here, for tests and trials."""

    def __init__(self, jobs: Jobs, beat: Callable[[], None]) -> None:
        self.jobs, self.beat = jobs, beat

    def start(self) -> None:
        """The workers are processes of their own."""

    def stop(self) -> None:
        """The same."""

    def wake(self) -> None:
        """There may be something to do now."""
        self.jobs.ring()

    def run_once(self) -> int:
        """Try everything that is due now, once; how many rows were tried."""
        self.beat()
        return self.jobs.run_once()
