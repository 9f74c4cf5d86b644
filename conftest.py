"""What all tests of a process share: rules of addresses compiled once, and a collector that is spared what stays."""

import gc

import pytest
from flask import Flask

from e2e.compiled import CompiledRule

SELDOM = (50_000, 20, 50)
"""A test leaves an application behind, a hundred thousand objects in circles: to look for them after each is a third of its time."""


def pytest_configure() -> None:
    Flask.url_rule_class = CompiledRule


def pytest_collection_finish(session: pytest.Session) -> None:  # noqa: ARG001 - pytest's own signature
    """Modules and collected tests live until the end."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*SELDOM)
