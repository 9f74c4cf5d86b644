"""Which Google is asked, and which cases rest on facts that nobody has seen at the real one yet."""

from collections.abc import Iterator

import pytest

UNCONFIRMED = pytest.StashKey[list[tuple[str, str]]]()
ALL = pytest.StashKey[int]()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--google", choices=("fake", "live"), default="fake", help="live: the real one, with a throw-away account"
    )
    parser.addoption("--unconfirmed", action="store_true", help="run nothing; list the cases on unconfirmed facts")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "unconfirmed(fact): rests on a fact found in no source of Google's")
    if config.getoption("unconfirmed"):
        config.option.collectonly = True
        config.option.verbose = -2


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    config.stash[ALL] = len(items)
    config.stash[UNCONFIRMED] = [(item.nodeid, fact) for item in items for fact in facts_of(item)]


def facts_of(item: pytest.Item) -> Iterator[str]:
    for mark in item.iter_markers("unconfirmed"):
        yield mark.args[0]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    resting = config.stash.get(UNCONFIRMED, [])
    if not resting:
        return
    cases = len({case for case, _ in resting})
    terminalreporter.section("unconfirmed")
    terminalreporter.line(f"{cases} of {config.stash[ALL]} cases rest on facts that no source of Google's confirms.")
    if config.getoption("unconfirmed"):
        by_fact: dict[str, list[str]] = {}
        for case, fact in resting:
            by_fact.setdefault(fact, []).append(case)
        for fact, named in by_fact.items():
            terminalreporter.line(f"\n{fact}")
            for case in named:
                terminalreporter.line(f"  {case}")
