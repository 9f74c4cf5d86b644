"""A test that did not go well says in its first line how to repeat it, and leaves what both servers knew."""

import json
from pathlib import Path
from typing import Literal

import pytest
from flask import Flask

from e2e.catalogue.keeping import Keeping
from e2e.catalogue.writing import Writing
from e2e.fake_google import FakeGoogle, World
from e2e.launcher import Installation


@pytest.fixture
def installation() -> Installation:
    return Installation(
        "http://127.0.0.1:1", "http://localhost:1", FakeGoogle(World("calendar misspelt")), Flask("wizard")
    )


def reported(keeping: Keeping, item: pytest.Item, outcome: Literal["passed", "failed"]) -> pytest.TestReport:
    """What is shown of a test of the catalogue that went so."""
    report = pytest.TestReport(
        item.nodeid, item.location, {}, outcome, None, "call", sections=[("Captured log", "WARNING asked twice")]
    )
    hook = keeping.pytest_runtest_makereport(item)
    next(hook)
    with pytest.raises(StopIteration) as end:
        hook.send(report)
    shown = end.value.value
    assert isinstance(shown, pytest.TestReport)
    return shown


@pytest.mark.usefixtures("installation")
def test_what_went_wrong_is_kept(request: pytest.FixtureRequest, tmp_path: Path) -> None:
    report = reported(Keeping(tmp_path), request.node, "failed")

    assert report.head_line == "make e2e S='test_what_went_wrong_is_kept'"
    (folder,) = tmp_path.iterdir()
    assert json.loads((folder / "world.json").read_text())["world"] == "calendar misspelt"
    assert json.loads((folder / "google-log.json").read_text()) == []
    assert "asked twice" in (folder / "wizard-call.log").read_text()


def test_what_went_well_leaves_nothing(request: pytest.FixtureRequest, tmp_path: Path) -> None:
    report = reported(Keeping(tmp_path), request.node, "passed")

    assert report.head_line == request.node.location[2]
    assert list(tmp_path.iterdir()) == []


def test_a_run_of_folders_with_a_conftest_each_is_heard_as_well(tmp_path: Path) -> None:
    """pytest then asks for the hooks of a folder, and puts every listener into a set for it."""
    plugins = pytest.PytestPluginManager()
    plugins.register(Keeping(tmp_path))
    plugins.register(Writing("report", tmp_path, is_worker=False))

    assert plugins.subset_hook_caller("pytest_runtest_makereport", [object()]).name == "pytest_runtest_makereport"
