"""Several processes that start at once over a new PostgreSQL: one makes the tables, all find them."""

import subprocess
import sys
from pathlib import Path

import psycopg

from tests.databases import Postgres, conninfo
from tests.test_serve import ROOT, configured


def test_two_that_start_at_once_migrate_once(postgres_server: Postgres, tmp_path: Path) -> None:
    """Each opens the database as serve does, and then finds no such administrator."""
    url = postgres_server.empty()
    command = [sys.executable, "-m", "wizard", "admin-link", "nobody@clinic.example"]
    environment = configured(tmp_path, WIZARD_DATABASE_URL=url)
    starting = [
        subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True) for _ in range(2)
    ]

    told = [process.communicate(timeout=60)[1] for process in starting]

    assert told == ["No administrator of this wizard has the address nobody@clinic.example\n"] * 2
    with psycopg.connect(conninfo(url)) as connection:
        assert connection.execute("SELECT count(*) FROM alembic_version").fetchone() == (1,)
    postgres_server.drop(url)
