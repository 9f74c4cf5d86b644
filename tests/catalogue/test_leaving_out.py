"""Against an installation elsewhere: what needs our own clock or our own picker is left out, with the reason."""

from dataclasses import replace

import pytest

from e2e.catalogue.leaving_out import left_out
from e2e.catalogue.playing import scenarios
from wizard.views.tryout_scenarios import Scenario, Sight

PLAIN = Scenario("CAL-DUP", "two", "there are two", ("open step 1", "see: before"), {"before": Sight("before")})


@pytest.mark.parametrize(
    ("scenario", "why"),
    [
        (PLAIN, ""),
        (replace(PLAIN, acts=("time passes: 6 minutes",)), "it needs the clock that wizard and Google share"),
        (replace(PLAIN, suite_only="no page"), "the installation's own picker does not make it ready"),
        (
            replace(PLAIN, sights={"before": Sight("before", headline="It was there at 10:00 and is not now.")}),
            "its words name the time of the suite's own clock",
        ),
        (
            replace(PLAIN, sights={"before": Sight("before", says=("Booked for Tuesday Nov 24, 6:10 AM.",))}),
            "its words name the time of the suite's own clock",
        ),
        (replace(PLAIN, sights={"before": Sight("before", headline="The 6:10 appointment has not arrived.")}), ""),
    ],
)
def test_why_a_scenario_is_left_out(scenario: Scenario, why: str) -> None:
    assert left_out(scenario) == why


def test_most_of_the_catalogue_can_be_played_elsewhere() -> None:
    can = [one.id for one in scenarios() if not left_out(one)]

    assert len(can) >= 40
