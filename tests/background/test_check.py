"""`python -m wizard check`: everybody at once, in numbers and codes, beside a wizard that runs."""

import io
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.background.patrolled import MARIAS, Patrolled
from tests.walking import MARIA
from wizard.checking import Bar

ROOT = Path(__file__).resolve().parents[2]
Checks = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def checks(clinic: Patrolled) -> Checks:
    """The command in a process of its own, over the database of a wizard that is open here."""
    settings = clinic.services.settings

    def check(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        given = {
            "WIZARD_DATA_DIR": str(settings.data_dir),
            "WIZARD_SECRET_KEYS": settings.secret_keys[0],
            "WIZARD_PUBLIC_URL": settings.public_url,
            "WIZARD_CHECKER_CLIENT_ID": "checker",
            "WIZARD_CHECKER_CLIENT_SECRET": "checker-secret",
            "WIZARD_INTEGRATION_CLIENT_ID": "integration",
            "WIZARD_INTEGRATION_CLIENT_SECRET": "integration-secret",
            "WIZARD_GOOGLE_METADATA_URL": settings.google_metadata_url,
            "WIZARD_GOOGLE_API_URL": settings.google_api_url,
        }
        return subprocess.run(
            [sys.executable, "-m", "wizard", "check", *arguments],
            cwd=ROOT,
            env=given | environment,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    return check


def test_all_is_well_and_nothing_is_said_to_nobody(checks: Checks, clinic: Patrolled) -> None:
    told = checks()

    assert (told.returncode, told.stdout, told.stderr) == (0, "All is well: 2 looks.\n", "")
    assert clinic.asked().count("calendarList.get") == 1


def test_what_needs_attention_is_told_in_numbers_and_codes(checks: Checks, clinic: Patrolled) -> None:
    clinic.world.renames_calendar(MARIAS, "PIMSY Calendar", "Old calendar of a client")
    told = checks("--json")

    found = json.loads(told.stdout)
    assert (told.returncode, told.stderr, found["exit"], found["looks"]) == (1, "", 1, 2)
    assert found["attention"] == [
        {"clinic": 1, "person": MARIA, "workstation": None, "step": "create-calendar", "code": "CAL-RENAMED"}
    ]
    assert found["unseen"] == []
    assert "Old calendar" not in told.stdout


def test_who_could_not_be_looked_at_is_an_exit_of_its_own(checks: Checks, clinic: Patrolled) -> None:
    clinic.google.goes_silent()
    told = checks("--json")

    found = json.loads(told.stdout)
    assert (told.returncode, found["attention"]) == (2, [])
    assert {(one["person"], one["look"], one["code"]) for one in found["unseen"]} == {
        (MARIA, "checker", "GOOGLE-BUSY"),
        (MARIA, "integration", "GOOGLE-BUSY"),
    }


def test_where_nothing_can_be_looked_at_it_is_said_in_a_sentence(checks: Checks, tmp_path: Path) -> None:
    empty = checks(WIZARD_DATA_DIR=str(tmp_path / "nowhere"))
    half = checks(WIZARD_PUBLIC_URL="")

    assert (empty.returncode, empty.stdout) == (2, "")
    assert empty.stderr.startswith("There is nothing to check yet")
    assert (half.returncode, half.stdout) == (2, "")
    assert "doctor --plan" in half.stderr


def test_the_bar_is_for_a_terminal_alone() -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    terminal, file = Terminal(), io.StringIO()
    for stream in (terminal, file):
        bar = Bar(stream)
        bar.moves(1, 2)
        bar.ends()

    assert terminal.getvalue() == f"\r[{'#' * 15}{'.' * 15}] 1 of 2 looked at\r\033[K"
    assert file.getvalue() == ""
