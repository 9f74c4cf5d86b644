"""A worker: one thread that takes its turn again and again, at once when something was done or when it is woken."""

import logging
import threading
from collections.abc import Callable

log = logging.getLogger(__name__)


class Worker:
    """`turn` says how many things it tried; a turn that breaks is logged and taken again.

    `at_most_s` is real time: the clock may be set or moved while we wait, so no wait is reckoned from it.
    """

    def __init__(self, name: str, turn: Callable[[], int], at_most_s: float) -> None:
        self._name, self._turn, self._at_most_s = name, turn, at_most_s
        self._stirred = threading.Event()
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Go on by itself until `stop()`."""
        self._stopping.clear()
        self._thread = threading.Thread(target=self._go_on, name=self._name, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Finish what is under way, and end. What is left stays owed."""
        self._stopping.set()
        self.wake()
        if self._thread is not None:
            self._thread.join()
            self._thread = None

    @property
    def is_ending(self) -> bool:
        """Somebody waits for this turn to end: one that does many things does no more of them."""
        return self._stopping.is_set()

    def wake(self) -> None:
        """There may be something to do now."""
        self._stirred.set()

    def _go_on(self) -> None:
        while not self._stopping.is_set():
            self._stirred.clear()
            try:
                tried = self._turn()
            except Exception:
                log.exception("the %s could not look for what is due; it looks again", self._name)
                tried = 0
            if not tried:
                self._stirred.wait(self._at_most_s)
