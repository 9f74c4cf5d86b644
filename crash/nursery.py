"""The nursery: a process that has imported everything and does nothing but fork children, so that one to be killed is cheap.

It has no threads, so a fork of it is whole; the parent has many (the stand-in for Google answers in them).
"""

import logging
import multiprocessing
import os
import signal
import sys
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from types import TracebackType
from typing import Any, Self

Job = Callable[..., object]
"""A function of a module, with arguments that can be handed to another process."""

STARTS, WAITS = "starts", "waits"


@dataclass(frozen=True, slots=True)
class Ended:
    """How a child ended: by this signal, or 0 and with this status. One that was frozen by it has not ended yet."""

    signal: int
    status: int
    is_frozen: bool = False

    @property
    def is_killed(self) -> bool:
        return self.signal == signal.SIGKILL and not self.is_frozen


class Nursery:
    """Forks children and waits for them; ends with the block, and its children with it."""

    def __init__(self) -> None:
        spawning = multiprocessing.get_context("spawn")
        self._line, theirs = spawning.Pipe()
        self._process = spawning.Process(target=_tend, args=(theirs,), daemon=True)
        self._process.start()
        theirs.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._line.close()
        self._process.join()
        self._process.close()

    def starts(self, job: Job, *arguments: Any) -> int:
        """A child that does this and ends; its process id."""
        self._line.send((STARTS, job, arguments))
        pid: int = self._line.recv()
        return pid

    def waits(self, pid: int) -> Ended:
        """Until that child has ended, or stands still."""
        self._line.send((WAITS, pid, ()))
        status: int = self._line.recv()
        if os.WIFSTOPPED(status):
            return Ended(os.WSTOPSIG(status), 0, is_frozen=True)
        return Ended(os.WTERMSIG(status), 0) if os.WIFSIGNALED(status) else Ended(0, os.WEXITSTATUS(status))

    def runs(self, job: Job, *arguments: Any) -> Ended:
        return self.waits(self.starts(job, *arguments))


def _tend(line: Connection) -> None:
    import wizard.app  # noqa: F401 - a child finds it there

    logging.disable(logging.CRITICAL)  # what breaks here breaks on purpose
    alive: set[int] = set()
    while True:
        try:
            verb, what, arguments = line.recv()
        except EOFError:
            break
        if verb == STARTS:
            pid = os.fork()
            if not pid:
                line.close()
                _live(what, arguments)
            alive.add(pid)
            line.send(pid)
        else:
            _, status = os.waitpid(what, os.WUNTRACED)
            if not os.WIFSTOPPED(status):
                alive.discard(what)
            line.send(status)
    for pid in alive:
        os.kill(pid, signal.SIGKILL)


def _live(job: Job, arguments: tuple[Any, ...]) -> None:
    try:
        job(*arguments)
        status = 0
    except BaseException:  # noqa: BLE001 - whatever it is: it must not go on as a second nursery
        traceback.print_exc()
        status = 1
    sys.stderr.flush()
    os._exit(status)
