"""The short form of the fault and kill suites, from a fixed seed. The long one is `make crash`."""

import pytest

from crash.nursery import Nursery
from crash.places import Over
from crash.suites import OF_TWINS, SHORT, SUITES, Run, caught

SEED = 6


@pytest.mark.parametrize("suite", ["R1", "R2", "R2.14", "R3", "R4", "R5", "R7", "R10.1", "R12"])
def test_nothing_is_lost_doubled_old_or_stuck(suite: str, nursery: Nursery) -> None:
    rows = list(SUITES[suite](Run(nursery, Over.SQLITE, SHORT, SEED)))

    assert [row for row in rows if not row.is_clean] == []


@pytest.mark.parametrize("suite", ["R1", "R2", "R2.14", "R4", "R5", "R7", "R10.1"])
def test_the_twin_that_lacks_a_measure_is_caught(suite: str, nursery: Nursery) -> None:
    found = list(caught(suite, Run(nursery, Over.SQLITE, OF_TWINS, SEED)))

    assert found
    assert [one.twin for one in found if not one.is_caught] == []


@pytest.mark.parametrize("over", [Over.POSTGRES, Over.WORKERS], ids=lambda over: over.value)
def test_what_is_killed_on_postgresql_is_taken_up_there(over: Over, nursery: Nursery) -> None:
    rows = list(SUITES["R2"](Run(nursery, over, OF_TWINS, SEED, points=(3, 6))))

    assert [row for row in rows if not row.is_clean] == []
