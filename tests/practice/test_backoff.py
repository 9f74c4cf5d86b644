"""How long Google is left alone."""

import pytest

from wizard.practice.builtin.backoff import backoff, slow


@pytest.mark.parametrize(
    ("failures", "seconds"),
    [(1, 1.5), (2, 2.5), (3, 4.5), (4, 8.5), (6, 32.5), (7, 64.0), (10, 64.0), (11, 300.0), (1000, 300.0)],
)
def test_waits_grow_to_a_minute_and_then_to_five(failures: int, seconds: float) -> None:
    assert backoff(failures, 0.5) == seconds


def test_the_slow_pace_is_spread_by_a_fifth() -> None:
    assert (slow(0.0), slow(0.5), slow(1.0)) == pytest.approx((240.0, 300.0, 360.0))


@pytest.mark.parametrize(
    ("retry_after", "seconds"), [(None, 1.0), (0.5, 1.0), (90.0, 90.0), (7200.0, 7200.0), (1e9, 86400.0)]
)
def test_what_google_asked_for_wins_where_it_is_longer(retry_after: float | None, seconds: float) -> None:
    assert backoff(1, 0.0, retry_after) == seconds
