"""Programs of other languages. They are called by name: where one is missing, that is an error."""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from e2e.fake_google import FakeGoogle, World, running

NODE = Path(__file__).parents[1] / "node"
RECIPES = Path(__file__).parents[2] / "e2e" / "fake_google" / "recipes"


def program(name: str) -> str:
    """Its path. Raises AssertionError, naming what to install."""
    found = shutil.which(name)
    assert found, f"{name} is not on PATH; install it to run the peers."
    return found


def run(*command: str, folder: Path, environment: dict[str, str] | None = None) -> str:
    """What it printed. Raises AssertionError with all of it where it ended badly."""
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="session")
def base() -> Iterator[str]:
    with running(FakeGoogle(World(), strict_answers=True)) as url:
        yield url


@pytest.fixture(scope="session")
def node_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of peers/node with its packages, as package-lock.json pins them."""
    folder = tmp_path_factory.mktemp("node")
    for name in ("package.json", "package-lock.json", ".npmrc", "signin.test.mjs", "provider.mjs"):
        shutil.copy(NODE / name, folder)
    run(program("npm"), "ci", "--ignore-scripts", folder=folder)
    return folder
