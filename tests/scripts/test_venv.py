"""What a person reads where no virtual environment can be made."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[2] / "scripts" / "venv.sh"
WITHOUT_ENSUREPIP = f"""case "$*" in
  *venv*) mkdir -p .venv/bin; exit 1 ;;
  *ensurepip*) exit 1 ;;
  *) exec {sys.executable} "$@" ;;
esac"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "scripts").mkdir()
    shutil.copy(SCRIPT, tmp_path / "scripts")
    return tmp_path


def make_venv(project: Path, name: str, python: str) -> subprocess.CompletedProcess[str]:
    program = project / "bin" / name
    program.parent.mkdir()
    program.write_text(f"#!/bin/sh\n{python}\n")
    program.chmod(0o755)
    path = f"{program.parent}{os.pathsep}{os.environ['PATH']}"
    environ = {**os.environ, "PATH": path, "PYTHON": name}
    return subprocess.run([project / "scripts/venv.sh"], env=environ, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("name", ["python3", "python3.12"])
def test_the_apt_package_is_named_when_venv_is_missing(project: Path, name: str) -> None:
    ended = make_venv(project, name, WITHOUT_ENSUREPIP)

    assert ended.returncode == 1
    assert ended.stderr == (
        f"{name} could not make a virtual environment: "
        f'on Debian or Ubuntu run "sudo apt install {name}-venv", then the same make again.\n'
    )
    assert not (project / ".venv").exists()


def test_another_cause_is_shown(project: Path) -> None:
    ended = make_venv(
        project, "python3", f'case "$*" in *" venv "*) echo disk full; exit 1;; esac\nexec {sys.executable} "$@"'
    )

    assert ended.stderr.startswith("disk full\n")


def test_an_old_python_is_not_taken(project: Path) -> None:
    ended = make_venv(project, "python3", "exit 1")

    assert ended.returncode == 1
    assert ended.stderr == "The wizard needs Python 3.11 or newer: install it, or name one with PYTHON=.\n"


def test_a_working_environment_is_kept(project: Path) -> None:
    kept = project / ".venv" / "bin" / "python"
    kept.parent.mkdir(parents=True)
    kept.write_text(f'#!/bin/sh\nexec {sys.executable} "$@"\n')
    kept.chmod(0o755)

    ended = make_venv(project, "python3", "exit 1")

    assert (ended.returncode, ended.stderr) == (0, "")
