"""The stand-in as a process of its own: what it prints, what it keeps, what it refuses, and what it never imports."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import requests

import e2e.fake_google
from e2e.fake_google import FakeGoogle, World, running
from tests.fake_google.conftest import MARIA
from tests.fake_google.visitor import App, Visitor

POINT = {"dateTime": "2026-11-24T06:10:00-05:00"}


def test_a_world_outlives_its_process(tmp_path: Path) -> None:
    kept = tmp_path / "data" / "google.json"
    with running(FakeGoogle(World("fresh"), state=kept)) as base:
        checker = App(base, "checker", "checker-secret", "openid email calendar.calendarlist.readonly")
        visitor = Visitor(base)
        token = checker.redeems(visitor.consents(checker, MARIA)["code"]).json()["refresh_token"]
        visitor.opens("/calendar/r/settings/createcalendar").presses("Create calendar", name="PIMSY Calendar")
        post = {"email": MARIA, "calendar": "PIMSY Calendar", "resource": {"start": POINT, "end": POINT}}
        requests.post(base + "/_world/events", json=post, timeout=5)
        keys = requests.get(base + "/oauth2/v3/certs", timeout=5).json()

    again = FakeGoogle(World("fresh"), state=kept)

    with running(again) as base:
        assert App(base, "checker", "checker-secret", "").refreshes(token).status_code == 200
        assert requests.get(base + "/oauth2/v3/certs", timeout=5).json() == keys
        visitor.base = base
        assert visitor.opens("/calendar/").heading == "Calendar"
    assert len(again.world.events_in(MARIA, "PIMSY Calendar")) == 1
    assert kept.stat().st_mode & 0o077 == 0


@contextmanager
def started(*arguments: str) -> Iterator[str]:
    """The command of its own; gives the first line it prints."""
    command = [sys.executable, "-m", "e2e.fake_google", *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            yield process.stdout.readline().strip()
        finally:
            process.terminate()


def test_the_command_says_where_it_listens() -> None:
    with started("--port", "0", "--world", "calendar misspelt") as line:
        assert line.startswith("Ready: http://127.0.0.1:")
        assert line.endswith("/")
        address = line.removeprefix("Ready: ")
        assert requests.get(address + "_world/state", timeout=5).json()["world"] == "calendar misspelt"


def test_a_file_of_something_else_is_not_overwritten(tmp_path: Path) -> None:
    kept = tmp_path / "google.json"
    kept.write_text('{"layout": 0}')

    done = subprocess.run(
        [sys.executable, "-m", "e2e.fake_google", "--port", "0", "--state", str(kept)],
        capture_output=True,
        text=True,
        timeout=20,
        check=False,
    )

    assert (done.returncode, kept.read_text()) == (1, '{"layout": 0}')
    assert "was not written by this version" in done.stderr


def test_a_port_in_use_is_said(base: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "e2e.fake_google", "--port", base.rpartition(":")[2]],
        capture_output=True,
        text=True,
        timeout=20,
        check=False,
    )

    assert done.returncode == 1
    assert "cannot be opened" in done.stderr


def test_it_knows_nothing_of_the_programs_that_ask_it() -> None:
    home = Path(e2e.fake_google.__file__).parent
    imported = {
        name.partition(".")[0]
        for source in (*home.glob("*.py"), *(home / "api").glob("*.py"))
        for node in ast.walk(ast.parse(source.read_text()))
        if isinstance(node, ast.Import) or (isinstance(node, ast.ImportFrom) and not node.level)
        for name in ([node.module or ""] if isinstance(node, ast.ImportFrom) else [one.name for one in node.names])
    }

    assert "flask" in imported
    assert not {"e2e", "wizard", "tests", "authlib", "google"} & imported
