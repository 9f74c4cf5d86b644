"""A scenario played from its first act to its last, each told as it is done."""

from pathlib import Path
from typing import Final

from e2e.catalogue.acts import act_of
from e2e.catalogue.comparing import compare
from e2e.catalogue.stage import Stage
from wizard.views.tryout_scenarios import SEE, Scenario, read_all
from wizard.views.tryout_sentences import WorldAct, read_world

FOLDER: Final = Path(__file__).resolve().parents[1] / "scenarios"


def scenarios() -> tuple[Scenario, ...]:
    return read_all(FOLDER)


def world_acts() -> tuple[WorldAct, ...]:
    return read_world(FOLDER / "world.toml")


def play(stage: Stage) -> None:
    """Raises AssertionError where something else is seen than the scenario says, with the sentence that came before."""
    scenario = stage.scenario
    for sentence in scenario.acts:
        try:
            if sentence.startswith(SEE):
                compare(stage, scenario.sights[sentence.removeprefix(SEE)])
            else:
                act_of(sentence, stage.world_acts).happens(stage)
        except Exception as error:
            error.add_note(f'{scenario.id}, at "{sentence}"')
            raise
        if stage.has_page:
            stage.tells(sentence, stage.tab.page)
