"""The stand-in alone in an environment of its own: no other file of this repository is within its reach."""

import subprocess
import sys
import venv
from pathlib import Path

import pytest
from peers.others.conftest import RECIPES, run

SUITE = """
from fake_google import World

def test_a_world(fake_google, fake_google_url):
    fake_google.world.adds_calendar("maria@clinic.example", "PIMSY Calendar")
    assert fake_google_url.startswith("http://127.0.0.1:")

def test_another(fake_google):
    assert len(fake_google.world.calendars) == 3
"""


@pytest.fixture(scope="module")
def programs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of its Python."""
    folder = tmp_path_factory.mktemp("alone")
    venv.create(folder, with_pip=True)
    found = folder / ("Scripts" if sys.platform == "win32" else "bin")
    run(str(found / "python"), "-m", "pip", "install", "--quiet", "pytest", str(RECIPES.parent), folder=folder)
    return found


def test_the_command_is_there(programs: Path, tmp_path: Path) -> None:
    command = [str(programs / "fake-google"), "--port", "0", "--tls", str(tmp_path)]
    with subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        lines = [process.stdout.readline(), process.stdout.readline()]
        process.terminate()

    assert lines[0].startswith("Ready: https://127.0.0.1:")
    assert lines[1] == f"Trust: {tmp_path / 'ca.pem'}\n"


def test_the_version_is_told(programs: Path, tmp_path: Path) -> None:
    said = run(str(programs / "fake-google"), "--version", folder=tmp_path)
    installed = run(str(programs / "python"), "-m", "pip", "show", "fake-google", folder=tmp_path)

    assert f"Version: {said.split()[-1]}\n" in installed


def test_the_fixtures_are_there(programs: Path, tmp_path: Path) -> None:
    (tmp_path / "test_it.py").write_text(SUITE)

    assert "2 passed" in run(str(programs / "python"), "-m", "pytest", "-q", folder=tmp_path)


def test_installing_leaves_nothing_behind(programs: Path) -> None:
    left = {"build", "dist"} | {path.name for path in RECIPES.parent.glob("*.egg-info")}

    assert not left & {path.name for path in RECIPES.parent.iterdir()}
