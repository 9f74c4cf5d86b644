"""The points at which a process kills itself, hooked from outside: SQL and its commits, questions to Google and their answers.

Nothing here knows how a delivery is claimed or sent, only what it says to the database and over the wire.
"""

import os
import re
import signal
import threading
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Any

import requests
from sqlalchemy import Engine, event
from sqlalchemy.orm import Session
from urllib3.connection import HTTPConnection


class Seam(Enum):
    """Where the product can be held from outside. What has to match the pattern is the SQL, or `VERB address`."""

    STATEMENT = "a statement was carried out"
    BEFORE_COMMIT = "a transaction with such a statement is about to be committed"
    AFTER_COMMIT = "it was committed"
    BEFORE_SEND = "a question is about to be sent"
    SENT = "it was sent, its answer not yet read"
    ANSWERED = "its answer was read"


@dataclass(frozen=True, slots=True)
class Point:
    """A place to die at: `nth` time that something matches at the seam. `fault` is what Google does meanwhile."""

    number: int
    words: str
    seam: Seam
    pattern: str
    fault: str = ""
    status: int = 0  # of the answer, where it matters

    @property
    def compiled(self) -> re.Pattern[str]:
        """Statements span lines, and Alembic begins some with one."""
        return re.compile(rf"\s*{self.pattern}", re.DOTALL)


BOOKING, DELIVERIES = r"(INSERT INTO|UPDATE) appointments ", r"UPDATE deliveries "
CLOSING = r"UPDATE deliveries .*done_at="
WRITE, REFRESH = r"(POST|PUT|PATCH|DELETE) .*/events", r"POST .*/token$"

POINTS = (
    Point(1, "before the booking's commit", Seam.BEFORE_COMMIT, BOOKING),
    Point(2, "after the booking's commit", Seam.AFTER_COMMIT, BOOKING),
    Point(3, "after the claim", Seam.AFTER_COMMIT, DELIVERIES),
    Point(4, "before the send", Seam.BEFORE_SEND, WRITE),
    Point(5, "sent, not applied", Seam.SENT, WRITE, fault="drop"),
    Point(6, "applied, answer lost", Seam.SENT, WRITE),
    Point(7, "answer read, before our commit", Seam.ANSWERED, WRITE),
    Point(8, "after our commit, before the ack", Seam.AFTER_COMMIT, CLOSING),
    Point(9, "before the refresh", Seam.BEFORE_SEND, REFRESH),
    Point(10, "after the refresh's answer", Seam.ANSWERED, REFRESH),
    Point(11, "mid page", Seam.ANSWERED, r"GET .*/events$"),
    Point(12, "mid 410", Seam.ANSWERED, r"GET .*/events$", status=410),
    Point(13, "callback, after the exchange", Seam.ANSWERED, REFRESH),
    Point(14, "mid migration", Seam.STATEMENT, r"(CREATE|ALTER|DROP|INSERT|UPDATE)\b"),
)


class Trap:
    """Kills this process the `nth` time that the point is reached, or sends it another signal."""

    def __init__(self, point: Point, nth: int = 1, sends: signal.Signals = signal.SIGKILL) -> None:
        self._signal = sends
        self._point, self._left, self._pattern = point, nth, point.compiled
        self._said = threading.local()
        self._counting = threading.Lock()

    def set(self) -> None:
        """From here on in this whole process; nothing takes it away again."""
        event.listen(Engine, "after_cursor_execute", self._executed)
        event.listen(Engine, "commit", lambda _connection: self._commits(Seam.BEFORE_COMMIT))
        event.listen(Engine, "rollback", lambda _connection: self._forgets())
        event.listen(Session, "after_commit", lambda _session: self._commits(Seam.AFTER_COMMIT))
        send, read = requests.adapters.HTTPAdapter.send, HTTPConnection.getresponse

        def sends(adapter: Any, request: requests.PreparedRequest, *arguments: Any, **named: Any) -> requests.Response:
            self._said.question = f"{request.method} {(request.url or '').partition('?')[0]}"
            self._meets(Seam.BEFORE_SEND, self._said.question)
            answer = send(adapter, request, *arguments, **named)
            if self._point.status in {0, answer.status_code}:
                self._meets(Seam.ANSWERED, self._said.question)
            return answer

        def reads(line: Any, *arguments: Any, **named: Any) -> Any:
            self._meets(Seam.SENT, self._said.question)
            return read(line, *arguments, **named)

        _put(requests.adapters.HTTPAdapter, "send", sends)
        _put(HTTPConnection, "getresponse", reads)

    def _executed(self, _connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        self._meets(Seam.STATEMENT, statement)
        if self._pattern.match(statement):
            self._said.statement = statement

    def _commits(self, seam: Seam) -> None:
        statement = getattr(self._said, "statement", "")
        if statement:
            self._meets(seam, statement)
        if seam is Seam.AFTER_COMMIT:
            self._forgets()

    def _forgets(self) -> None:
        self._said.statement = ""

    def _meets(self, seam: Seam, said: str) -> None:
        if seam is not self._point.seam or not self._pattern.match(said):
            return
        with self._counting:
            self._left -= 1
            if not self._left:
                os.kill(os.getpid(), self._signal)


def _put(holder: type, name: str, function: Callable[..., Any]) -> None:
    setattr(holder, name, function)
