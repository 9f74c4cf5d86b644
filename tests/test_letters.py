"""The messages ready to copy say to each reader what she has to know, and nothing that opens anything."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.builders import MARIA, by_hand, evidence, said, trip
from wizard import stayed
from wizard.config import Client, Settings
from wizard.evidence import Evidence, Outcome, Purpose
from wizard.letters import letter_for
from wizard.steps.step import CLOCK, GOOGLE_BUSY, GOOGLE_NOCAL, OPERATOR_SETUP
from wizard.verdict import Verdict

SETTINGS = Settings(
    database_url="sqlite://",
    data_dir=Path(),
    secret_keys=("a key nobody may read",),
    public_url="https://sync.clinic.example",
    checker=Client("look.apps.example", "look-secret", "Maple Look"),
    integration=Client("write.apps.example", "write-secret", "Maple Sync"),
)


def told(page: str, step: str = "create-calendar", purpose: Purpose = Purpose.CHECKER) -> Evidence:
    return evidence(
        account_meant=MARIA.email,
        trips=(trip(purpose, Outcome.OPEN, -3),),
        answers=(said(f"{step}/{page}", -1, "told"),),
    )


def text(verdict: Verdict, step: str, known: Evidence) -> str:
    letter = letter_for(verdict, step, known, SETTINGS)
    assert letter is not None
    return f"{letter.reader}\n{letter.text}"


@pytest.mark.parametrize(("page", "verdict"), [("blocked", stayed.ORG_POLICY), ("review", stayed.ORG_REVIEW)])
def test_the_administrator_reads_which_app_what_for_and_where_to_allow_it(page: str, verdict: Verdict) -> None:
    letter = text(verdict, "create-calendar", told(page))

    assert letter.startswith("your organisation's Google administrator\n")
    for words in (
        "Error 400: ",
        "App: Maple Look",
        "OAuth client ID: look.apps.example",
        "the list of the person's Google calendars",
        "It cannot change anything.",
        "whether appointments arrive in the calendar named PIMSY Calendar",
        "Account: maria@clinic.example",
        "Admin console > Security > Access and data control > API controls > Manage app access",
    ):
        assert words in letter


def test_at_step_6_it_is_the_app_that_writes() -> None:
    letter = text(stayed.ORG_POLICY, "accept", told("blocked", "accept", Purpose.INTEGRATION))

    assert "App: Maple Sync" in letter
    assert "write.apps.example" in letter
    assert "create, change and delete events" in letter
    assert "It cannot change anything" not in letter


def test_by_hand_the_client_is_pimsy_s_and_we_do_not_know_its_id() -> None:
    letter = text(stayed.ORG_POLICY, "accept", by_hand(account_meant=MARIA.email))

    assert "write.apps.example" not in letter
    assert "client_id=" in letter


def test_the_operator_reads_the_exact_return_address() -> None:
    letter = text(stayed.RETURN_ADDRESS, "create-calendar", told("return-address"))

    assert letter.startswith("whoever runs this wizard\n")
    for words in (
        "https://sync.clinic.example",
        "card 40, OPERATOR-SETUP at create-calendar",
        "Google showed: Error 400: redirect_uri_mismatch",
        "registered exactly so: https://sync.clinic.example/google/callback",
        "Client: Maple Look, look.apps.example",
        "python -m wizard doctor",
    ):
        assert words in letter


@pytest.mark.parametrize(
    "verdict",
    [OPERATOR_SETUP, CLOCK, stayed.UNVERIFIED, stayed.NO_TESTER, stayed.UNKNOWN.fill(error="400: invalid_scope")],
)
def test_what_only_the_operator_can_cure_has_a_message_for_her(verdict: Verdict) -> None:
    assert text(verdict, "create-calendar", evidence()).startswith("whoever runs this wizard\n")


def test_calendar_turned_off_names_the_switch() -> None:
    letter = text(GOOGLE_NOCAL, "create-calendar", evidence(account_meant=MARIA.email))

    assert "turned off for maria@clinic.example" in letter
    assert "Service status" in letter


@pytest.mark.parametrize("verdict", [GOOGLE_BUSY, stayed.WITHOUT_ERROR, stayed.IN_A_PROGRAM])
def test_what_the_person_cures_herself_has_none(verdict: Verdict) -> None:
    assert letter_for(verdict, "create-calendar", evidence(), SETTINGS) is None


def test_by_hand_step_6_asks_no_operator_of_ours() -> None:
    assert letter_for(stayed.UNVERIFIED, "accept", by_hand(), SETTINGS) is None


@pytest.mark.parametrize("verdict", [stayed.ORG_POLICY, OPERATOR_SETUP, CLOCK, GOOGLE_NOCAL])
def test_no_message_holds_a_secret(verdict: Verdict) -> None:
    letter = text(verdict, "create-calendar", replace(evidence(), account_meant=MARIA.email))

    assert "secret" not in letter
    assert "a key nobody may read" not in letter
