"""The state a scenario starts in: the named world, the accounts of the sample clinic, and what is given besides."""

from typing import Final

from playwright.sync_api import expect

from e2e.catalogue.elsewhere import Elsewhere
from e2e.catalogue.stage import Stage
from e2e.forms import forms_of
from e2e.launcher import TODAY
from wizard.practice.builtin.sample import MORE_ACCOUNTS, open_clinic, take_clients_of
from wizard.store import clinics
from wizard.store.database import db, of_clinic

REAL_TIME_MS: Final = 15_000
"""Where only real time passes, a page that looks by itself may look three times meanwhile."""


def opens(stage: Stage) -> None:
    """Everything the scenario's file says about its start."""
    if isinstance(stage.clinic.installation, Elsewhere):
        opens_there(stage)
    else:
        opens_here(stage)
    stage.prepares(stage.scenario.prepared)


def opens_here(stage: Stage) -> None:
    """In the world and the wizard of this process."""
    scenario, installation = stage.scenario, stage.clinic.installation
    world = installation.world
    world.reset(scenario.world)
    world.clock.set(TODAY)
    for email, hd in MORE_ACCOUNTS:
        world.adds_account(email, hd)
    if scenario.practice != "builtin":
        with installation.app.app_context():
            open_clinic(TODAY, scenario.practice)
            db.session.commit()
    if scenario.without_clients:
        with installation.app.app_context():
            clinic = clinics.newest()
            assert clinic is not None
            with of_clinic(clinic.id):
                take_clients_of(scenario.person)
                db.session.commit()
    for sentence in scenario.given:
        assert stage.world_does(sentence), f'"{sentence}" is no sentence about the world'


def opens_there(stage: Stage) -> None:
    """By the installation's own picker, in a sample clinic of its own."""
    expect.set_options(timeout=REAL_TIME_MS)
    scenario, request = stage.scenario, stage.desk.context.request
    url = stage.clinic.installation.url
    form = next(form for form in forms_of(request.get(f"{url}/try-out").text()) if "csrf_token" in form.fields)
    fields: dict[str, str | float | bool] = {"csrf_token": form.fields["csrf_token"], "variant": scenario.variant}
    fields["practice"] = scenario.practice
    answer = request.post(f"{url}/try-out/{scenario.code}", form=fields, headers={"Origin": url})
    assert answer.ok, answer.text()[:2000]
