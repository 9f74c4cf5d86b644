"""R8, the short form: random courses, always the same ones. The long form is `python -m tests.background.following`."""

from tests.background.following import Following, explores
from tests.background.office import Office


def test_what_is_known_of_a_calendar_equals_the_calendar(office: Office) -> None:
    office.accepts()

    explores(office, 15)

    assert Following.looks_done > 15
    assert Following.told_in_all > 0
