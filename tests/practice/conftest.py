"""A desk in the sample clinic, with the Stand-in ready to send for Maria."""

import pytest

from e2e.launcher import TODAY
from wizard.practice.builtin import personnel, settings
from wizard.practice.builtin.personnel import Details
from wizard.practice.builtin.typed import Rules
from wizard.store import clinics, people, workstations
from wizard.store.people import Person
from wizard.store.workstations import Workstation


@pytest.fixture
def desk(clinic: clinics.Clinic) -> Workstation:  # the clinic: whose desk it is
    return workstations.add("Front desk 1", TODAY)


@pytest.fixture
def maria(clinic: clinics.Clinic) -> Person:
    return people.everyone()[0]


@pytest.fixture
def joe(clinic: clinics.Clinic) -> Person:
    return people.everyone()[1]


@pytest.fixture
def rules(clinic: clinics.Clinic) -> Rules:
    return Rules(clinic.zone, clinic.grid_minutes)


@pytest.fixture
def ready(maria: Person, desk: Workstation) -> None:
    """-233 is True, and Maria's folder names her account."""
    settings.save({settings.SYNC: "True"}, at=TODAY, who="Dana Hill", workstation_id=desk.id)
    details = Details("maria@clinic.example", is_suspended=False, profile="Clinician", email="")
    personnel.save(maria, details, at=TODAY, who="Dana Hill", workstation_id=desk.id)
