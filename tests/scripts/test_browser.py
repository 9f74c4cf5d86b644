"""Which browser the tests take, in which order."""

from pathlib import Path

import pytest

from scripts.browser import NoBrowser, installed


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    return tmp_path


def has(machine: Path, name: str, ends_with: int = 0) -> str:
    program = machine / name
    program.write_text(f"#!/bin/sh\nexit {ends_with}\n")
    program.chmod(0o755)
    return str(program)


def test_the_named_browser_comes_first(machine: Path) -> None:
    has(machine, "chromium")
    own = has(machine, "my-browser")

    assert installed({"PATH": str(machine), "CHROMIUM_PATH": own}) == own


def test_chromium_comes_before_chrome(machine: Path) -> None:
    has(machine, "google-chrome")
    chromium = has(machine, "chromium")

    assert installed({"PATH": str(machine)}) == chromium


def test_the_one_without_windows_comes_before_both_unless_it_is_to_be_watched(machine: Path) -> None:
    chromium, shell = has(machine, "chromium"), has(machine, "chromium-headless-shell")

    assert installed({"PATH": str(machine)}) == shell
    assert installed({"PATH": str(machine)}, window=True) == chromium


def test_a_browser_that_does_not_answer_is_passed_over(machine: Path) -> None:
    has(machine, "chromium", ends_with=1)
    chrome = has(machine, "google-chrome")

    assert installed({"PATH": str(machine)}) == chrome


def test_a_machine_without_a_browser_has_none(machine: Path) -> None:
    assert installed({"PATH": str(machine)}) is None


@pytest.mark.parametrize("ends_with", [None, 1])
def test_a_named_browser_that_does_not_answer_is_not_replaced(machine: Path, ends_with: int | None) -> None:
    has(machine, "chromium")
    named = str(machine / "absent") if ends_with is None else has(machine, "broken", ends_with)

    with pytest.raises(NoBrowser, match=f'CHROMIUM_PATH names "{named}"'):
        installed({"PATH": str(machine), "CHROMIUM_PATH": named})
