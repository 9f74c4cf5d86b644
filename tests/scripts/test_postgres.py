"""The PostgreSQL of the tests: the system's or the package's, and one server for all processes of a run."""

import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import psycopg
import pytest

from scripts import postgres
from tests.databases import conninfo

ROOT = Path(__file__).resolve().parents[2]
ASKS = "from scripts import postgres; print(postgres.shared().folder, flush=True); input()"


def test_where_the_system_has_none_the_package_serves(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(postgres, "DEBIANS", tmp_path)
    if find_spec("pgserver") is None:  # dev.txt has it for Linux on x86-64 alone
        with pytest.raises(postgres.NoPostgres, match=r"install PostgreSQL .* or the package pgserver"):
            postgres.binaries()
        return

    with postgres.alone() as server, psycopg.connect(conninfo(server.url())) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)
        assert "pgserver" in str(postgres.binaries())


def test_processes_of_one_run_share_a_server_that_ends_with_the_last_of_them(tmp_path: Path) -> None:
    """Also where temporary files go into a folder that is closed to others, as pytest's own are."""
    environment = os.environ | {"PYTEST_XDIST_TESTRUNUID": f"two-{os.getpid()}", "TMPDIR": str(tmp_path)}
    asking = [
        subprocess.Popen(
            [sys.executable, "-c", ASKS],
            cwd=ROOT,
            env=environment,
            text=True,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        for _ in range(2)
    ]
    folders = {process.stdout.readline().strip() for process in asking if process.stdout is not None}
    (folder,) = (Path(name) for name in folders)

    asking[0].kill()
    asking[0].communicate()
    assert asking[1].poll() is None
    assert (folder / "data" / "postmaster.pid").exists()
    asking[1].communicate("\n")

    while folder.exists():  # it goes once the server has ended
        os.sched_yield()
