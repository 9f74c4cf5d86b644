"""How long to leave Google alone after it did not take a change. Pure: chance is an argument, from 0 to 1."""

LONGEST_S = 64.0
QUICK_TRIES = 10
SLOW_S = 300.0
SPREAD = 0.2
HOUR_S = 3600.0
STOPPED_S = 6 * HOUR_S
DAY_S = 24 * HOUR_S


def backoff(failures: int, chance: float, retry_after: float | None = None) -> float:
    """Seconds until the next try, after so many failures in a row (from 1).

    min(2^n + chance, 64), after ten tries 5 minutes ±20 % for ever; what Google asked for wins where it is longer, up to a day.
    Source: developers.google.com/workspace/calendar/api/guides/errors, quota
    """
    before = failures - 1
    wait = slow(chance) if before >= QUICK_TRIES else min(2.0**before + chance, LONGEST_S)
    return max(wait, min(retry_after or 0.0, DAY_S))


def slow(chance: float) -> float:
    """About five minutes, spread so that nothing comes back all at once."""
    return _spread(SLOW_S, chance)


def stopped(chance: float) -> float:
    """About six hours: what somebody has to put right first is looked at a few times a day, in case nobody told us."""
    return _spread(STOPPED_S, chance)


def _spread(seconds: float, chance: float) -> float:
    return seconds * (1 - SPREAD + 2 * SPREAD * chance)
