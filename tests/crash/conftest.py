"""One nursery for all suites of a process: what costs there is importing everything once."""

import logging
from collections.abc import Iterator

import pytest

from crash.nursery import Nursery


@pytest.fixture(scope="session")
def nursery() -> Iterator[Nursery]:
    with Nursery() as found:
        yield found


@pytest.fixture(autouse=True)
def _silent() -> Iterator[None]:
    """Hundreds of faults are planned here, and each would be told."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)
