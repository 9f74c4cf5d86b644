"""The PostgreSQL of the tests: which one this machine has, and one server for all processes of a run.

`python -m scripts.postgres` is what `make` runs before the tests; the tests ask `shared()` for the server. It listens to a
socket in a folder of its own, waits for no disk, and ends when the last process that asked for it has ended, however
that came about.
"""

import fcntl
import os
import pwd
import shutil
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

WANTED = "install PostgreSQL (Debian: apt-get install postgresql), or the package pgserver of dev.txt"

DEBIANS = Path("/usr/lib/postgresql")

UNPRIVILEGED = ("postgres", "nobody")
"""The server refuses to run as root: where we are root, it runs as the first of these."""

OPTIONS = (
    *("fsync=off", "full_page_writes=off", "wal_level=minimal", "max_wal_senders=0"),
    *("autovacuum=off", "jit=off", "shared_buffers=64MB", "max_connections=300"),
    *("listen_addresses=", "log_min_messages=fatal", "timezone=UTC"),
)

LONGEST_SOCKET = 100
"""A socket's path may have 107 signs (unix(7)), its own name among them."""


class NoPostgres(Exception):
    """There is no PostgreSQL and none could be installed; the sentence says what to do."""


@dataclass(frozen=True, slots=True)
class Server:
    """One that runs; `folder` holds all it has."""

    folder: Path

    def url(self, database: str = "postgres") -> str:
        """As WIZARD_DATABASE_URL takes it."""
        return f"postgresql+psycopg://postgres@/{database}?host={_sockets_in(self.folder)}"


def binaries() -> Path:
    """The folder of initdb and pg_ctl: on PATH, where Debian keeps them, or in the package of dev.txt. Raises NoPostgres."""
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    system = sorted(DEBIANS.glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if system:
        return system[-1].parent
    package = find_spec("pgserver")
    if package is not None and package.submodule_search_locations:
        return Path(package.submodule_search_locations[0]) / "pginstall" / "bin"
    raise NoPostgres(f"No PostgreSQL for the tests was found: {WANTED}.")


def provide() -> Path:
    """The folder of its programs, installed now if need be. Raises NoPostgres."""
    try:
        return binaries()
    except NoPostgres:
        if os.geteuid() == 0 and shutil.which("apt-get"):
            print("PostgreSQL is not here yet: it is looked for with apt.", flush=True)
            for command in (("update", "-q"), ("install", "-y", "-q", "--no-install-recommends", "postgresql")):
                environ = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
                subprocess.run(["apt-get", *command], stdin=subprocess.DEVNULL, env=environ, check=False)
        return binaries()


def shared() -> Server:
    """The server of this run, started now if nobody has yet. It stays as long as one process that asked lives."""
    folder = _folder()
    folder.mkdir(mode=0o755, exist_ok=True)
    with one_at_a_time(folder):
        users = os.open(folder / "users", os.O_CREAT | os.O_RDWR)  # given back by the end of this process alone
        fcntl.flock(users, fcntl.LOCK_SH)
        if not (folder / "running").exists():
            _start(folder)
            _leave_a_keeper(folder)
            (folder / "running").touch()
    return Server(folder)


@contextmanager
def one_at_a_time(folder: Path) -> Iterator[None]:
    """Among all processes of the run; to be held for short."""
    with (folder / "turn").open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def stop(server: Server, mode: str = "immediate") -> None:
    """End it; for tests of what happens then, with a server of their own."""
    _run(server.folder, "pg_ctl", "-D", str(server.folder / "data"), "-m", mode, "-w", "stop")


def start(server: Server) -> None:
    """Start one again that was stopped."""
    told = " ".join(f"-c {option}" for option in (*OPTIONS, f"unix_socket_directories={_sockets_in(server.folder)}"))
    _run(
        server.folder,
        *(
            "pg_ctl",
            "-D",
            str(server.folder / "data"),
            "-l",
            str(server.folder / "data" / "log"),
            "-o",
            told,
            "-w",
            "start",
        ),
    )


@contextmanager
def alone() -> Iterator[Server]:
    """A server of one's own, that may be stopped and started."""
    server = Server(Path(tempfile.mkdtemp(prefix="wizard-pg-", dir=_base())))
    server.folder.chmod(0o755)
    try:
        _start(server.folder)
        yield server
    finally:
        if (server.folder / "data" / "postmaster.pid").exists():
            stop(server)
        shutil.rmtree(server.folder)


def _folder() -> Path:
    """One for all processes of a run: pytest-xdist names it for its workers."""
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID", "")[:12] or str(os.getpid())
    return _base() / f"wizard-pg-{run}"


def _base() -> Path:
    """Where temporary files go, unless it is closed to the user the server runs as."""
    wanted = Path(tempfile.gettempdir()).resolve()
    is_open = all(place.stat().st_mode & stat.S_IXOTH for place in (wanted, *wanted.parents))
    return wanted if is_open or _user() is None else Path("/tmp")  # noqa: S108 - the folder in it has this run's own name


def _sockets_in(folder: Path) -> Path:
    return folder if len(str(folder)) < LONGEST_SOCKET else Path("/tmp") / folder.name  # noqa: S108 - its name is this run's own


def _start(folder: Path) -> None:
    user = _user()
    for place in {folder / "data", _sockets_in(folder)}:
        place.mkdir(mode=0o755, exist_ok=True)
        if user is not None:
            os.chown(place, pwd.getpwnam(user).pw_uid, -1)
    _run(
        folder,
        *("initdb", "-D", str(folder / "data"), "-A", "trust", "-U", "postgres", "-N", "-E", "UTF8"),
        "--locale=C",
    )
    start(Server(folder))


def _run(folder: Path, program: str, *arguments: str) -> None:
    """As somebody who may run a server. Raises NoPostgres with the program's own words."""
    environ = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    words = folder / "words"
    with words.open("w") as out:  # a file and no pipe: the server inherits it, and would hold a pipe open
        ended = subprocess.run(
            [_reachable(folder) / program, *arguments],
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            env=environ,
            cwd=folder,
            user=_user(),
            check=False,
        )
    if ended.returncode:
        raise NoPostgres(f"{program} of {binaries()} did not work: {words.read_text().strip()}")


def _reachable(folder: Path) -> Path:
    """The programs where that user can start them: as root, the package's lie in a folder that may be closed to others."""
    found = binaries()
    if _user() is None or found.is_relative_to("/usr"):
        return found
    package = found.parents[1]
    for part in (package, package.with_suffix(".libs")):  # its programs look for the second beside the first
        if not (folder / part.name).exists():
            shutil.copytree(part, folder / part.name)
    return folder / found.relative_to(package.parent)


def _user() -> str | None:
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    return next(name for name in UNPRIVILEGED if name in known)


def _leave_a_keeper(folder: Path) -> None:
    """A process of its own, that outlives this one however it ends."""
    nowhere = [(os.POSIX_SPAWN_OPEN, number, os.devnull, os.O_RDWR, 0) for number in range(3)]
    command = [sys.executable, __file__, "--keep", str(folder)]
    os.posix_spawn(sys.executable, command, os.environ, file_actions=nowhere, setsid=True)


def _keep(folder: Path) -> None:
    """End the server as soon as nobody uses it any more."""
    with (folder / "users").open() as users:
        fcntl.flock(users, fcntl.LOCK_EX)
        stop(Server(folder))
    for place in {folder, _sockets_in(folder)}:
        shutil.rmtree(place, ignore_errors=True)


def main(arguments: list[str]) -> int:
    if arguments[:1] == ["--keep"]:
        _keep(Path(arguments[1]))
        return 0
    try:
        print(f"PostgreSQL of the tests: {provide()}")
    except NoPostgres as problem:
        print(problem, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
