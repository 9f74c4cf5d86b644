"""The browser of every story, as pytest-playwright asks for it."""

from typing import Any

import pytest

from scripts import browser as browsers


@pytest.fixture(scope="session")
def browser_type_launch_args(
    browser_type_launch_args: dict[str, Any], request: pytest.FixtureRequest
) -> dict[str, Any]:
    """The browser this machine has; Playwright's own where there is no other."""
    path = browsers.installed(window=request.config.getoption("--headed"))
    return browser_type_launch_args | ({"executable_path": path} if path else {})


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """A browser in the sample clinic."""
    return browser_context_args | {
        "locale": "en-US",
        "timezone_id": "America/New_York",
        "reduced_motion": "reduce",  # a colour is looked at when it is there, not on its way
        "permissions": ["clipboard-read", "clipboard-write"],  # a browser with a window grants them to a press
    }
