"""The state a scenario starts in: the named world, the accounts of the sample clinic, and what is given besides."""

from e2e.catalogue.stage import Stage
from e2e.launcher import TODAY
from wizard.practice.builtin.sample import MORE_ACCOUNTS, take_clients_of
from wizard.store import clinics
from wizard.store.database import db, of_clinic


def opens(stage: Stage) -> None:
    """Everything the scenario's file says about its start, in the world and the wizard of this process."""
    scenario, installation = stage.scenario, stage.clinic.installation
    world = installation.world
    world.reset(scenario.world)
    world.clock.set(TODAY)
    for email, hd in MORE_ACCOUNTS:
        world.adds_account(email, hd)
    if scenario.without_clients:
        with installation.app.app_context():
            clinic = clinics.newest()
            assert clinic is not None
            with of_clinic(clinic.id):
                take_clients_of(scenario.person)
                db.session.commit()
    for sentence in scenario.given:
        assert stage.world_does(sentence), f'"{sentence}" is no sentence about the world'
    stage.prepares(scenario.prepared)
