"""The command line where it cannot start: one sentence that names the cure, and no stack."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def starts(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "wizard", "practice", *arguments],
        cwd=ROOT,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize(
    ("environment", "says"),
    [
        ({"PORT": "five thousand"}, "PORT has to be a whole number"),
        ({"GOOGLE_PORT": "-1"}, "GOOGLE_PORT has to be a whole number"),
        ({"PORT": "99999"}, "99999 is no port"),
        ({"WIZARD_DATA_DIR": "/dev/null/data"}, "Nothing can be kept in /dev/null/data"),
    ],
)
def test_what_cannot_be_started_is_said_in_a_sentence(environment: dict[str, str], says: str) -> None:
    ended = starts(**environment)

    assert (ended.returncode, ended.stdout) == (1, "")
    assert says in ended.stderr
    assert "Traceback" not in ended.stderr
