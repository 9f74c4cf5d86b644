"""What the title of an appointment tells Google of a client."""

import pytest

from wizard.practice.builtin.summary import CHOICES, INITIALS, NOTHING, NUMBER, PLAIN, TEST, initials, summary

NAME = "Wilhelmina Maria Xanthopoulos"


@pytest.mark.parametrize(
    ("choice", "is_managed", "title"),
    [
        (NOTHING, True, PLAIN),
        (INITIALS, True, "PIMSY W.X."),
        (NUMBER, True, "PIMSY no. 17"),
        (NOTHING, False, PLAIN),
        (INITIALS, False, PLAIN),
        (NUMBER, False, PLAIN),
        ("name", True, PLAIN),
        ("", True, PLAIN),
    ],
)
def test_the_clinics_choice_holds_in_accounts_that_an_organisation_manages(
    choice: str, is_managed: bool, title: str
) -> None:
    assert summary(choice, 17, NAME, is_test=False, is_managed=is_managed) == title


@pytest.mark.parametrize("choice", CHOICES)
def test_a_test_appointment_is_called_one_whatever_was_chosen(choice: str) -> None:
    assert summary(choice, 17, NAME, is_test=True, is_managed=True) == TEST


@pytest.mark.parametrize("name", ["", "  ", "--- ***"])
def test_a_name_without_letters_gives_no_initials(name: str) -> None:
    assert (initials(name), summary(INITIALS, 17, name, is_test=False, is_managed=True)) == ("", PLAIN)
