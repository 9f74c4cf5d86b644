"""The recipes of the README, run as they stand there. The one for .NET is not: it says so itself."""

import shutil
import sys
from pathlib import Path

from peers.others.conftest import RECIPES, program, run

MARIA = "maria@clinic.example"


def test_python(base: str, tmp_path: Path) -> None:
    assert run(sys.executable, str(RECIPES / "client.py"), f"{base}/", folder=tmp_path) == f"['{MARIA}']\n"


def test_node(base: str, node_folder: Path) -> None:
    shutil.copy(RECIPES / "client.mjs", node_folder)

    assert run(program("node"), "client.mjs", f"{base}/", folder=node_folder) == f"[ '{MARIA}' ]\n"


def test_java(base: str, tmp_path: Path) -> None:
    assert run(program("java"), str(RECIPES / "Client.java"), f"{base}/", folder=tmp_path) == f"{MARIA}\n"


def test_the_others_say_that_they_were_not_run() -> None:
    run_here = {"client.py", "client.mjs", "Client.java"}

    for recipe in RECIPES.iterdir():
        said = "not yet run" in recipe.read_text()
        assert said is (recipe.name not in run_here), recipe.name
