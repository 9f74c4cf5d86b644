"""The browser of the tests: which one this machine has, and how it gets one where it has none.

`python -m scripts.browser` is what `make` runs before the tests; the tests ask `installed()` which one to start.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping

SHELL = "chromium-headless-shell"
"""The same engine without windows, which Playwright takes by itself too: the browser suite takes two thirds of the time."""

NAMES = ("chromium", "google-chrome")
WANTED = "install Chromium or Google Chrome, or set CHROMIUM_PATH to one"


class NoBrowser(Exception):
    """There is no browser and none could be installed; the sentence says what to do."""


def installed(environ: Mapping[str, str] = os.environ, *, window: bool = False) -> str | None:
    """The path of CHROMIUM_PATH or of the system's browser; None where only Playwright's own is left.

    With `window` it has to be one that people can watch. Raises NoBrowser where CHROMIUM_PATH names something that does not answer: another browser must not take its place.
    """
    if named := environ.get("CHROMIUM_PATH"):
        if answers(named):
            return named
        raise NoBrowser(f'CHROMIUM_PATH names "{named}", which does not answer to --version: {WANTED}.')
    names = NAMES if window else (SHELL, *NAMES)
    found = (shutil.which(name, path=environ.get("PATH")) for name in names)
    return next((path for path in found if path and answers(path)), None)


def answers(path: str) -> bool:
    """Whether a browser starts: Ubuntu's chromium without its snap does not, nor one whose libraries are missing."""
    try:
        return _run(path, "--version", shown=False)
    except OSError:
        return False


def provide(*, window: bool = False) -> str:
    """The path of a browser that answers, installed now if need be. Raises NoBrowser."""
    if not window and "CHROMIUM_PATH" not in os.environ and not shutil.which(SHELL):
        _from_apt(SHELL)  # where it cannot be had, any other does
    path = installed(window=window) or _playwrights_own() or _downloaded() or _from_apt("chromium", window=window)
    if path is None:
        raise NoBrowser(
            f"No browser for the tests was found, and Playwright's own could not be downloaded or does not start: {WANTED}."
        )
    return path


def _playwrights_own() -> str | None:
    from playwright.sync_api import sync_playwright  # slow to import, and mostly not needed

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if answers(path) else None


def _downloaded() -> str | None:
    print("No browser for the tests is here yet: Playwright downloads one.", flush=True)
    if not _run(sys.executable, "-m", "playwright", "install", "chromium", shown=False):
        return None
    if _has_apt():  # a bare machine lacks the libraries it is linked to
        _run(sys.executable, "-m", "playwright", "install-deps", "chromium")
    return _playwrights_own()


def _from_apt(name: str, *, window: bool = False) -> str | None:
    if not _has_apt():
        return None
    print(f"{name} is not here yet: it is looked for with apt.", flush=True)
    _run("apt-get", "update", "-q", shown=False)
    _run("apt-get", "install", "-y", "-q", "--no-install-recommends", name, shown=False)
    return installed(window=window)


def _has_apt() -> bool:
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def _run(*command: str, shown: bool = True) -> bool:
    output = None if shown else subprocess.DEVNULL
    environ = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    ended = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=output, stderr=output, env=environ, check=False)
    return ended.returncode == 0


def main() -> int:
    try:
        print(f"Browser of the tests: {provide(window='--window' in sys.argv)}")
    except NoBrowser as problem:
        print(problem, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
