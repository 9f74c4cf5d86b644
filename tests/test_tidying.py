"""What has become of the test appointment that proved a computer."""

from typing import Any

import pytest

from tests.builders import accepted, arrival, at, booked, by_hand, proven, told
from wizard.evidence import Evidence
from wizard.tidying import GOING, GONE, STANDS, state_of


@pytest.mark.parametrize(
    ("evidence", "expected"),
    [
        (accepted(), ""),
        (proven(), STANDS),
        (proven(appointment=booked(cancelled_at=at(-2))), GOING),
        (proven(appointment=booked(cancelled_at=at(-2)), gone_at=at(-1)), GONE),
        (proven(appointment=booked(slot_id=2, cancelled_at=at(-2))), STANDS),
        (told(arrivals=(arrival(generation=0),)), STANDS),
        (told(arrivals=(arrival(generation=0),), gone_at=at(-1)), GONE),
        (by_hand(), ""),
    ],
)
def test_it_stands_is_going_or_is_gone(evidence: Evidence, expected: Any) -> None:
    assert state_of(evidence) == expected
