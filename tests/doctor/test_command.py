"""`python -m wizard doctor`, in a process of its own."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from e2e.fake_google import FakeGoogle

ROOT = Path(__file__).resolve().parents[2]
Asks = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def asks(tmp_path: Path) -> Asks:
    """Doctor, asked in an environment that holds these variables and nothing else."""

    def ask(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "wizard", "doctor", *arguments],
            cwd=ROOT,
            env={"WIZARD_DATA_DIR": str(tmp_path / "data")} | environment,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    return ask


@pytest.fixture
def installation(google_server: tuple[FakeGoogle, str]) -> dict[str, str]:
    google, url = google_server
    google.world.reset()
    return {
        "WIZARD_SECRET_KEYS": "k" * 43,
        "WIZARD_PUBLIC_URL": "http://localhost:5000",
        "WIZARD_CHECKER_CLIENT_ID": "checker",
        "WIZARD_CHECKER_CLIENT_SECRET": "checker-secret",
        "WIZARD_INTEGRATION_CLIENT_ID": "integration",
        "WIZARD_INTEGRATION_CLIENT_SECRET": "integration-secret",
        "WIZARD_GOOGLE_METADATA_URL": f"{url}/.well-known/openid-configuration",
        "WIZARD_GOOGLE_API_URL": f"{url}/",
        "WIZARD_GOOGLE_AUDIENCE": "internal",
    }


def test_the_plan_needs_nothing_to_be_set(asks: Asks) -> None:
    told = asks("--plan")

    assert (told.returncode, told.stderr) == (0, "")
    assert "[ ] Clients at Google" in told.stdout
    assert '\npython -c "import secrets; print(secrets.token_urlsafe(32))"' in told.stdout.replace("    ", "")


def test_half_a_configuration_is_named_with_the_way_to_the_plan(asks: Asks, installation: dict[str, str]) -> None:
    told = asks(**{name: value for name, value in installation.items() if name != "WIZARD_PUBLIC_URL"})

    assert (told.returncode, told.stdout) == (1, "")
    assert "WIZARD_PUBLIC_URL" in told.stderr
    assert "doctor --plan" in told.stderr


def test_before_the_first_start_it_is_fit_and_makes_nothing(
    asks: Asks, installation: dict[str, str], tmp_path: Path
) -> None:
    told = asks(**installation)

    assert (told.returncode, told.stderr) == (0, "")
    assert told.stdout.endswith("This installation is fit.\n")
    assert list(tmp_path.iterdir()) == []


def test_something_that_is_not_fit_is_the_exit_code(asks: Asks, installation: dict[str, str]) -> None:
    told = asks("--json", **installation | {"WIZARD_CHECKER_CLIENT_SECRET": "another"})
    report = json.loads(told.stdout)

    assert told.returncode == 1
    assert report["fit"] is False
    assert [check["check"] for check in report["checks"] if check["fitness"] == "Not fit"] == ["clients"]
