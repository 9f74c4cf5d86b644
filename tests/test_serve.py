"""`python -m wizard serve` as somebody runs it: a process of its own, from half a configuration to its end."""

import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest
import requests

from e2e import own
from tests.views.test_first_run import FILLED_IN
from tests.walking import TOKEN

ROOT = Path(__file__).resolve().parent.parent
KEY = "a-key-of-these-tests-long-enough-to-be-one"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def configured(folder: Path, **changed: str) -> dict[str, str]:
    """A whole configuration, and nothing of the environment of these tests."""
    port = free_port()
    kept = {name: value for name, value in os.environ.items() if not name.startswith("WIZARD_")}
    return kept | {
        "WIZARD_DATA_DIR": str(folder),
        "WIZARD_PUBLIC_URL": f"http://127.0.0.1:{port}",
        "WIZARD_BIND": f"127.0.0.1:{port}",
        "WIZARD_SECRET_KEYS": KEY,
        "WIZARD_CHECKER_CLIENT_ID": "checker-id",
        "WIZARD_CHECKER_CLIENT_SECRET": "checker-hush",
        "WIZARD_GOOGLE_METADATA_URL": "http://127.0.0.1:1/",
        **changed,
    }


def without(environment: dict[str, str], *names: str) -> dict[str, str]:
    return {name: value for name, value in environment.items() if name not in names}


def runs(environment: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "wizard", *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@contextmanager
def serving(environment: dict[str, str]) -> Iterator[list[str]]:
    """The lines it prints up to Ready; at the end it is told to go, and goes."""
    process = subprocess.Popen(
        [sys.executable, "-m", "wizard", "serve"], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    lines = []
    for line in process.stdout:
        lines.append(line.strip())
        if line.startswith("Ready: "):
            break
    try:
        yield lines
    finally:
        process.send_signal(signal.SIGTERM)
        with process.stdout:
            assert process.wait(timeout=30) == 0


def first_run_of(lines: list[str]) -> list[str]:
    return [line.partition(": ")[2] for line in lines if line.startswith("First run")]


def test_half_a_configuration_is_refused_and_each_missing_thing_is_named(tmp_path: Path) -> None:
    names = ("WIZARD_PUBLIC_URL", "WIZARD_SECRET_KEYS", "WIZARD_CHECKER_CLIENT_ID", "WIZARD_CHECKER_CLIENT_SECRET")

    ended = runs(without(configured(tmp_path), *names), "serve")

    assert (ended.returncode, ended.stdout) == (1, "")
    lines = ended.stderr.splitlines()
    assert [line.partition(" ")[0] for line in lines[:-1]] == list(names)
    assert lines[-1] == "What will be needed, and what for: python -m wizard doctor --plan"
    assert "for example https://sync.clinic.example" in lines[0]
    assert 'python -c "import secrets; print(secrets.token_urlsafe(32))"' in lines[1]
    assert "Google Cloud console > Google Auth Platform > Clients" in lines[2]
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"WIZARD_PUBLIC_URL": "http://sync.clinic.example"}, "may be plain http on this computer only"),
        ({"WIZARD_PUBLIC_URL": "sync.clinic.example"}, "WIZARD_PUBLIC_URL has to be an address"),
        ({"WIZARD_SECRET_KEYS": "short"}, "a key of fewer than 32 signs"),
        ({"WIZARD_INTEGRATION_CLIENT_ID": "x"}, "WIZARD_INTEGRATION_CLIENT_SECRET is not set"),
        ({"WIZARD_INTEGRATION_CLIENT_SECRET": "x"}, "WIZARD_INTEGRATION_CLIENT_ID is not set"),
        ({"WIZARD_GOOGLE_AUDIENCE": "everybody"}, "WIZARD_GOOGLE_AUDIENCE is one of internal, verified, testing"),
        ({"WIZARD_MAIL_URL": "mail.clinic.example"}, "WIZARD_MAIL_URL has to be smtp://"),
        ({"WIZARD_BIND": "5000"}, "WIZARD_BIND has to be an address and a port"),
        ({"WIZARD_THREADS": "many"}, "WIZARD_THREADS has to be a whole number"),
        ({"WIZARD_DATABASE_URL": "no database"}, "The database cannot be opened"),
        ({"WIZARD_DATABASE_URL": "sqlite:////no/such/folder/wizard.sqlite"}, "The database cannot be opened"),
        ({"WIZARD_DATA_DIR": "/dev/null/data"}, "Nothing can be kept in /dev/null/data"),
        ({"WIZARD_BIND": "192.0.2.1:80"}, "192.0.2.1:80 cannot be used"),
    ],
)
def test_what_cannot_be_used_is_said_in_a_sentence(tmp_path: Path, changed: dict[str, str], says: str) -> None:
    ended = runs(configured(tmp_path, **changed), "serve")

    assert (ended.returncode, ended.stdout) == (1, "")
    assert says in ended.stderr
    assert "Traceback" not in ended.stderr
    assert "hush" not in ended.stderr


def test_everything_that_is_wrong_is_said_at_once(tmp_path: Path) -> None:
    ended = runs(
        configured(tmp_path, WIZARD_PUBLIC_URL="x", WIZARD_MAIL_URL="x", WIZARD_BIND="x", WIZARD_THREADS="x"), "serve"
    )

    assert [line.partition(" ")[0] for line in ended.stderr.splitlines()[:-1]] == [
        "WIZARD_PUBLIC_URL",
        "WIZARD_BIND",
        "WIZARD_MAIL_URL",
        "WIZARD_THREADS",
    ]


def test_from_the_first_start_to_a_lost_password(tmp_path: Path) -> None:
    environment = configured(tmp_path, WIZARD_TRUSTED_PROXIES="1")
    url = environment["WIZARD_PUBLIC_URL"]
    with serving(environment) as lines:
        (older,) = first_run_of(lines)
        closed = [requests.get(url + path, timeout=5).status_code for path in ("/", "/try-out", "/sign-in")]

    with serving(environment) as lines:
        (link,) = first_run_of(lines)
        over = requests.get(older, timeout=5).status_code
        made = sends(requests.Session(), link, FILLED_IN)

    with serving(environment) as lines:
        unlinked = first_run_of(lines)
        nobody = {path: requests.get(url + path, timeout=5).status_code for path in ("/", "/overview", "/try-out")}
        refused = {"email": own.DANA, "password": "a wrong pass phrase"}
        sends(requests.Session(), f"{url}/sign-in", refused, **{"X-Forwarded-For": "203.0.113.7"})
        printed = runs(environment, "admin-link", "Dana@cedar.example")
        dana = requests.Session()
        chosen = sends(dana, printed.stdout.strip(), {"password": "seven tall pine trees"})
        inside = dana.get(f"{url}/overview", timeout=5).status_code

    assert lines[-1] == f"Ready: {url}/"
    assert lines[0] == (
        f"Redirect address at Google for the client checker-id (Calendar Sync Checker): {url}/google/callback"
    )
    assert closed == [503, 503, 503]
    assert (over, made) == (410, 303)
    assert unlinked == []
    assert nobody == {"/": 401, "/overview": 401, "/try-out": 404}
    assert (printed.returncode, chosen, inside) == (0, 303, 200)
    assert re.fullmatch(rf"{re.escape(url)}/sign-in/link/[\w-]{{43}}\n", printed.stdout)
    with sqlite3.connect(tmp_path / "wizard.sqlite") as database:
        log = database.execute("SELECT what, address FROM log ORDER BY id").fetchall()
    database.close()
    assert log == [
        ("clinic and first administrator made", "127.0.0.1"),
        ("signed in", "127.0.0.1"),
        ("sign-in refused", "203.0.113.7"),
        ("link to a new password made at the command line", ""),
        ("password chosen by a one-time link", "127.0.0.1"),
        ("signed in", "127.0.0.1"),
    ]


def sends(browser: requests.Session, address: str, fields: Mapping[str, object], **headers: str) -> int:
    """Open a page with a form and send it filled in."""
    token = TOKEN.search(browser.get(address, timeout=5).text)
    assert token is not None
    data = {"csrf_token": token[1], **fields}
    return browser.post(address, data=data, headers=headers, allow_redirects=False, timeout=10).status_code


def test_both_clients_of_two_projects_get_their_redirect_address(tmp_path: Path) -> None:
    environment = configured(
        tmp_path, WIZARD_INTEGRATION_CLIENT_ID="integration-id", WIZARD_INTEGRATION_CLIENT_SECRET="integration-hush"
    )

    with serving(environment) as lines:
        registered = [line for line in lines if line.startswith("Redirect address")]

    assert [line.endswith("/google/callback") for line in registered] == [True, True]
    assert "(PIMSY Calendar Integration)" in registered[1]
    assert "hush" not in "".join(lines)


def test_a_link_for_somebody_unknown_is_refused(tmp_path: Path) -> None:
    ended = runs(configured(tmp_path), "admin-link", "nobody@cedar.example")

    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr.endswith("No administrator of this wizard has the address nobody@cedar.example\n")


def test_the_try_out_s_database_is_refused(tmp_path: Path, sample: Path) -> None:
    ended = runs(configured(tmp_path, WIZARD_DATABASE_URL=f"sqlite:///{sample}"), "serve")

    assert (ended.returncode, ended.stdout) == (1, "")
    assert "This database belongs to a try-out" in ended.stderr
