"""The watch: does one thing again and again in a thread of its own, so that nothing else waits for it."""

import logging
import threading
from collections.abc import Callable

log = logging.getLogger(__name__)


class Watch:
    """Every so many seconds of real time, the first time at once; one that breaks is logged and done again."""

    def __init__(self, does: Callable[[], object], every_s: float) -> None:
        self._does, self._every_s = does, every_s
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        self._stopping.clear()
        self._thread = threading.Thread(target=self._go_on, name="watch", daemon=True)
        self._thread.start()

    def stop(self, within_s: float | None = None) -> None:
        """End after what is under way; a thread that is not done `within_s` is left to die with the process."""
        self._stopping.set()
        if self._thread is not None:
            self._thread.join(within_s)
            self._thread = None

    def _go_on(self) -> None:
        while not self._stopping.is_set():
            try:
                self._does()
            except Exception:
                log.exception("a look at this installation broke; it is repeated")
            self._stopping.wait(self._every_s)
