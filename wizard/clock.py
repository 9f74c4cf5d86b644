"""The only source of time: an argument everywhere, so that tests move it and nothing sleeps."""

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]


def system_clock() -> datetime:
    """The present, aware, in UTC."""
    return datetime.now(UTC)
