"""Every scenario of the catalogue, played in a browser and held against what its file says must be seen."""

import pytest

from e2e.catalogue.opening import opens
from e2e.catalogue.playing import play, scenarios, world_acts
from e2e.catalogue.stage import Stage
from e2e.catalogue.telling import Telling
from e2e.desk import Clinic
from wizard.views.tryout_scenarios import Scenario


@pytest.mark.parametrize("scenario", [pytest.param(one, id=one.id) for one in scenarios()])
def test_catalogue(scenario: Scenario, clinic: Clinic, telling: Telling) -> None:
    stage = Stage(clinic, scenario, world_acts(), telling.tell)
    opens(stage)

    play(stage)
