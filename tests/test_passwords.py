"""What is asked of a password, and what is kept of one."""

import pytest

from wizard import passwords

PASSWORD = "nine small brown birds"


def test_what_is_kept_is_argon2id_and_knows_its_password_alone() -> None:
    digest = passwords.digest_of(PASSWORD)

    assert digest.startswith("$argon2id$")
    assert PASSWORD not in digest
    assert passwords.is_right(digest, PASSWORD)
    assert not passwords.is_right(digest, f"{PASSWORD}s")
    assert passwords.digest_of(PASSWORD) != digest


@pytest.mark.parametrize("digest", [None, "", "no digest at all", passwords.NOBODYS])
def test_without_a_digest_no_password_is_right(digest: str | None) -> None:
    assert not passwords.is_right(digest, "")
    assert not passwords.is_right(digest, PASSWORD)


def test_a_digest_nobody_has_costs_as_much_as_anybody_s() -> None:
    assert not passwords.is_outdated(passwords.NOBODYS)
    assert not passwords.is_outdated(passwords.digest_of(PASSWORD))
    assert passwords.is_outdated("$argon2id$v=19$m=8,t=1,p=1$c29tZXNhbHQ$iWh06vD8Fy27wf9npn6FXWiCX4K6pW6Ue1Bnzz07Z8A")


def test_the_same_letters_of_another_keyboard_are_the_same_password() -> None:
    composed, apart = "caf\u00e9 caf\u00e9 caf\u00e9", "cafe\u0301 cafe\u0301 cafe\u0301"

    assert passwords.is_right(passwords.digest_of(composed), apart)


@pytest.mark.parametrize(
    ("password", "begins"),
    [
        ("", "Choose a longer password: at least 12"),
        ("eleven sign", "Choose a longer password"),
        ("x" * 201, "Choose a shorter password"),
        ("dana.hill@cedar.example", "Choose another password"),
        ("DANA.HILL@cedar.example", "Choose another password"),
        ("dana.hill.hill", "Choose another password"),
        ("cedar clinic of maine", "Choose another password"),
        ("CedarClinicOfMaine", "Choose another password"),
        ("twelve signs", ""),
        ("aaaaaaaaaaaaaaaa", ""),
        (PASSWORD, ""),
    ],
)
def test_length_counts_and_what_others_know_is_none(password: str, begins: str) -> None:
    email = "dana.hill.hill@cedar.example" if password == "dana.hill.hill" else "dana.hill@cedar.example"

    found = passwords.problem_with(password, email, "Cedar Clinic of Maine")

    assert found.startswith(begins) if begins else found == ""
