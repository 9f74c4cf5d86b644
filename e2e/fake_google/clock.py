"""World time: real time and what a test has added to it."""

import time
from dataclasses import dataclass
from datetime import UTC, datetime


@dataclass(slots=True)
class Clock:
    """World time drives the ends of tokens, codes and Testing grants and the times of events.

    `skew_s` is a planned error of what this Google *says* the time is (`iat`, `exp`, the Date header), which otherwise
    stays real: Authlib and google-auth compare those with the machine's own clock.
    """

    ahead_s: float = 0.0
    skew_s: float = 0.0

    def seconds(self) -> float:
        """World time in seconds since 1970, UTC."""
        return time.time() + self.ahead_s

    def now(self) -> datetime:
        """World time, aware, in UTC."""
        return datetime.fromtimestamp(self.seconds(), UTC)

    def advance(self, seconds: float) -> None:
        self.ahead_s += seconds

    def set(self, now: datetime) -> None:
        """From here on it is `now` (aware), and time goes on from there."""
        self.ahead_s = now.timestamp() - time.time()

    def said(self) -> float:
        """What iat, exp and the Date header are made from, in seconds since 1970."""
        return time.time() + self.skew_s
