"""A computer's digits are good once and for an hour; a telephone is no desk; names that are proposed are nobody's."""

from datetime import timedelta

import pytest

from e2e.launcher import TODAY
from wizard.store import workstations
from wizard.store.clinics import Clinic
from wizard.store.encryption import Cipher
from wizard.store.workstations import LONGEST_NAME, Workstation
from wizard.views.present import Services

HOUR = timedelta(hours=1)


@pytest.fixture
def desk(clinic: Clinic) -> Workstation:
    return workstations.add("Front desk 1", clinic.created_at)


def test_the_digits_are_good_once(desk: Workstation, services: Services) -> None:
    digits = workstations.show_code(services.cipher, desk, TODAY)

    assert (len(digits), digits.isdecimal()) == (6, True)
    assert digits not in desk.code
    assert workstations.code_of(services.cipher, desk, TODAY) == digits
    assert workstations.use_code(services.cipher, desk, digits, TODAY) is True
    assert workstations.use_code(services.cipher, desk, digits, TODAY) is False
    assert workstations.code_of(services.cipher, desk, TODAY) == ""


def test_they_end_after_an_hour(desk: Workstation, services: Services) -> None:
    digits = workstations.show_code(services.cipher, desk, TODAY)

    assert workstations.code_of(services.cipher, desk, TODAY + HOUR - timedelta(seconds=1)) == digits
    assert workstations.use_code(services.cipher, desk, digits, TODAY + HOUR) is False


def test_new_ones_end_those_before(desk: Workstation, services: Services) -> None:
    first = workstations.show_code(services.cipher, desk, TODAY)
    while (second := workstations.show_code(services.cipher, desk, TODAY)) == first:
        pass

    assert workstations.use_code(services.cipher, desk, first, TODAY) is False
    assert workstations.use_code(services.cipher, desk, second, TODAY) is True


@pytest.mark.parametrize("typed", ["", "12345", "no digits", "١٢٣٤٥٦", "\udcff"])
def test_others_are_not_the_digits(desk: Workstation, services: Services, typed: str) -> None:
    assert workstations.use_code(services.cipher, desk, typed, TODAY) is False
    digits = workstations.show_code(services.cipher, desk, TODAY)
    assert workstations.use_code(services.cipher, desk, typed, TODAY) is False
    assert workstations.code_of(services.cipher, desk, TODAY) == digits


def test_of_a_key_that_was_lost_there_are_none(desk: Workstation, services: Services) -> None:
    digits = workstations.show_code(services.cipher, desk, TODAY)

    assert workstations.code_of(Cipher(("another key",)), desk, TODAY) == ""
    assert workstations.use_code(Cipher(("another key",)), desk, digits, TODAY) is False


def test_a_telephone_is_no_desk(desk: Workstation) -> None:
    phone = workstations.phone_of("Maria's phone", TODAY)

    assert workstations.phone_of("MARIA's phone", TODAY) == phone
    assert workstations.all_of_clinic() == [desk, phone]
    assert workstations.desks_of_clinic() == [desk]


def test_a_computer_that_is_called_like_a_telephone_stays_a_computer(clinic: Clinic) -> None:
    computer = workstations.add("Maria's phone", clinic.created_at)
    phone = workstations.phone_of("Maria's phone", TODAY)

    assert (computer.has_pimsy, phone.has_pimsy, phone.name) == (True, False, "Maria's phone (phone)")


def test_every_further_browser_of_a_computer_has_a_name_of_its_own(desk: Workstation) -> None:
    names: list[str] = []
    for _ in range(4):
        name = workstations.one_more_browser(names[-1] if names else desk.name)
        workstations.add(name, TODAY)
        names.append(name)

    assert names == [
        "Front desk 1, second browser",
        "Front desk 1, third browser",
        "Front desk 1, browser 4",
        "Front desk 1, browser 5",
    ]


def test_a_proposed_name_is_never_too_long(clinic: Clinic) -> None:
    workstations.add("x" * LONGEST_NAME, clinic.created_at)

    assert len(workstations.one_more_browser("x" * LONGEST_NAME)) == LONGEST_NAME
    assert len(workstations.phone_of("y" * 100, TODAY).name) == LONGEST_NAME
    assert workstations.phone_of("y" * 100, TODAY).name == "y" * LONGEST_NAME
