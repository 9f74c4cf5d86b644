"""docs/going-live.md and the files of deploy/ say what is so: names, commands, and a back-up that can be restored."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from flask import Flask

from e2e.fake_google import FakeGoogle, World
from tests.walking import MARIA, Desk
from wizard.config import AUDIENCES, Settings
from wizard.google import CHECKER_SCOPES, INTEGRATION_SCOPES
from wizard.store import schema

ROOT = Path(__file__).resolve().parent.parent
GUIDE = ROOT / "docs" / "going-live.md"
DEPLOY = sorted(path for path in (ROOT / "deploy").iterdir() if path.is_file())
READERS = (*(ROOT / "docs").glob("*.md"), ROOT / "README.md", *DEPLOY)

VARIABLE = re.compile(r"\bWIZARD_[A-Z_]*[A-Z]\b")
COMMAND = re.compile(r"-m wizard ([a-z][\w-]*)((?: --\w+)*)")
PLACEHOLDER = {"WIZARD_INTEGRATION"}  # "WIZARD_INTEGRATION_…" names the three of them


def known() -> set[str]:
    return set(VARIABLE.findall((ROOT / "wizard" / "config.py").read_text()))


@pytest.mark.parametrize("path", READERS, ids=lambda path: path.name)
def test_every_variable_that_is_named_exists(path: Path) -> None:
    assert set(VARIABLE.findall(path.read_text())) - PLACEHOLDER <= known()


def test_every_variable_that_exists_is_in_the_example() -> None:
    example = (ROOT / "deploy" / "wizard.env.example").read_text()

    assert set(re.findall(r"^#?(WIZARD_\w+)=", example, re.MULTILINE)) == known()


@pytest.mark.parametrize("path", READERS, ids=lambda path: path.name)
def test_every_command_that_is_named_exists(path: Path) -> None:
    for command, options in set(COMMAND.findall(path.read_text())):
        told = subprocess.run(
            [sys.executable, "-m", "wizard", command, "--help"], cwd=ROOT, capture_output=True, text=True, check=False
        )
        assert told.returncode == 0, command
        assert [option for option in options.split() if option not in told.stdout] == []


def test_every_file_that_is_named_exists() -> None:
    named = re.findall(r"`?\b((?:deploy|docs)/[\w.-]+\w)", GUIDE.read_text())

    assert {name for name in named if not (ROOT / name).exists()} == {"deploy/wizard.env"}  # the reader's own


def test_every_scope_and_audience_is_in_the_guide() -> None:
    guide = GUIDE.read_text()

    wanted = {*CHECKER_SCOPES, *INTEGRATION_SCOPES, *AUDIENCES}
    assert {word for word in wanted if f"`{word}`" not in guide} == set()


def test_the_container_gets_every_folder_the_wizard_reads() -> None:
    copied = re.findall(r"^COPY (\S+) ", (ROOT / "deploy" / "Dockerfile").read_text(), re.MULTILINE)

    assert {"wizard", "templates", "static", "migrations", "requirements.txt"} <= set(copied)
    assert [name for name in copied if not (ROOT / name).exists()] == []


@pytest.mark.sqlite_alone
def test_the_back_up_of_the_guide_taken_while_it_works_is_restored(
    app: Flask, settings: Settings, google: FakeGoogle, world: World, tmp_path: Path
) -> None:
    """What was proven is Verified from the copy; what was still to be sent is sent once; a second copy is refused."""
    desk = Desk(app, google)
    desk.creates_calendar()
    desk.prepares_practice()
    desk.books()
    desk.accepts()
    (tmp_path / "copies").mkdir()
    copy = tmp_path / "copies" / "today.sqlite"
    first = backs_up(settings.data_dir / "wizard.sqlite", copy)
    again = backs_up(settings.data_dir / "wizard.sqlite", copy)
    desk.turns_background()
    sent = world.events_in("maria@clinic.example", "PIMSY Calendar")

    with app.app_context():
        schema.close()
    for piece in settings.data_dir.glob("wizard.sqlite*"):
        piece.unlink()
    shutil.copy(copy, settings.data_dir / "wizard.sqlite")
    owed = desk.turns_background()
    desk.check(MARIA, "accept", now="1")
    found = desk.sees(MARIA, "accept")

    assert (first.returncode, first.stderr) == (0, "")
    assert again.returncode != 0
    assert (len(sent), owed) == (1, 1)
    assert [event["id"] for event in world.events_in("maria@clinic.example", "PIMSY Calendar")] == [sent[0]["id"]]
    assert "✓ Verified" in found


def backs_up(database: Path, copy: Path) -> subprocess.CompletedProcess[str]:
    """The very line of the guide, with these two files in the place of its own."""
    line = next(line for line in GUIDE.read_text().splitlines() if "VACUUM INTO" in line)
    program, *rest = shlex.split(line)
    assert program == ".venv/bin/python"
    return subprocess.run(
        [sys.executable, *rest[:-2], str(database), str(copy)],
        env=dict(os.environ),
        capture_output=True,
        text=True,
        check=False,
    )
