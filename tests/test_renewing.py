"""A new test is due when the proof is older than the clinic wants it; it stays a proof."""

import pytest

from tests.builders import arrival, evidence, proven
from wizard.journey import travel
from wizard.renewing import is_due

A_DAY = 24 * 60


@pytest.mark.parametrize(
    ("days_ago", "wanted", "due"), [(29, 30, False), (30, 30, True), (89, 90, False), (90, 90, True), (900, 0, False)]
)
def test_when_a_new_test_is_due(days_ago: int, wanted: int, due: bool) -> None:
    facts = proven(arrivals=(arrival(read=-days_ago * A_DAY),))

    assert is_due(facts, wanted) is due
    assert travel(facts).stop("accept").verdict.is_verified


def test_nothing_is_due_where_nothing_is_proven() -> None:
    assert not is_due(evidence(), 30)
