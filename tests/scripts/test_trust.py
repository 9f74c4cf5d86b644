"""What a number of runs proves about the runs to come."""

import pytest

from scripts.trust import bound


@pytest.mark.parametrize(
    ("trials", "failures", "at_most"),
    [(1, 0, 0.95), (5, 0, 0.4507), (60, 0, 0.0487), (650, 0, 0.0046), (10, 1, 0.3942), (60, 60, 1.0)],
)
def test_the_bound_is_the_exact_one_of_the_binomial_distribution(trials: int, failures: int, at_most: float) -> None:
    assert bound(trials, failures) == pytest.approx(at_most, abs=1e-4)
