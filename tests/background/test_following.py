"""R8, the short form: random courses, always the same ones. The long form is `python -m tests.background.following`."""

import pytest

from tests.background.following import TWINS, Following, explores
from tests.background.office import Office


@pytest.fixture
def accepted(office: Office) -> Office:
    office.accepts()
    return office


def test_what_is_known_of_a_calendar_equals_the_calendar(accepted: Office) -> None:
    explores(accepted, 15)

    assert Following.looks_done > 15
    assert Following.told_in_all > 0


def test_the_same_courses_find_a_twin_that_reads_one_page(accepted: Office) -> None:
    with TWINS["reads one page"](), pytest.raises(AssertionError):
        explores(accepted, 15)
