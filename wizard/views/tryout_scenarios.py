"""The scenarios: what happens when something goes another way than it should, read from one file for each code.

The try-out lists them and the browser suite plays them; e2e/scenarios/README.md says how one is written.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

SEE = "see: "
APART = frozenset({"world.toml", "not-built-yet.toml"})
PRACTICES = frozenset({"builtin", "by hand"})
START = "create-calendar"
DONE = "record"


class ScenarioWrong(Exception):
    """A file of the catalogue cannot be read; the sentence names it and what is wrong."""


@dataclass(frozen=True, slots=True)
class Sight:
    """What must be seen at one moment. An empty field asks for nothing."""

    name: str
    code: str = ""  # the verdict's code, as the panel carries it
    status: str = ""  # one of the four words
    headline: str = ""  # what was found, to the letter
    says: tuple[str, ...] = ()  # further words of the page's main part
    cure: tuple[str, ...] = ()  # the buttons and links that lead on
    heading: str = ""  # of a page without a panel
    rail: str = ""  # the word beside the step in the rail
    overview: str = ""  # words of the overview's cell
    title: str = ""  # of the tab, to the letter
    announced: str = ""  # what was read aloud last, to the letter; "…" is what differs, such as the time
    trouble: str = ""  # the line above the page
    card: bool | None = None  # the number to say on the telephone stands there, or does not
    goes_on: bool | None = None  # Continue is there, or is not


@dataclass(frozen=True, slots=True)
class Scenario:
    """One way something goes, from the state it starts in to what is seen at its end."""

    code: str
    variant: str
    when: str  # completes "Show me what happens when …"
    acts: tuple[str, ...]
    sights: Mapping[str, Sight]
    practice: str = "builtin"  # or "by hand"
    world: str = "fresh"
    given: tuple[str, ...] = ()  # sentences of world.toml, before anything is done
    person: str = "Maria Lopez"
    computer: str = "Front desk 1"
    prepared: str = START  # everything before this step is done when it begins
    without_clients: bool = False  # this person has nobody on the Clients tab
    lets_by: tuple[str, ...] = ()  # what the browser may say in its console
    suite_only: str = ""  # why nobody can play it by hand

    @property
    def id(self) -> str:
        """As a test is called, so that it can be asked for by name."""
        by_hand = "-by-hand" if self.practice == "by hand" else ""
        return f"{self.code}[{self.variant.replace(' ', '-')}{by_hand}]"


def read_all(folder: Path) -> tuple[Scenario, ...]:
    """Every scenario of the folder, in the order of their files' names. Raises ScenarioWrong."""
    paths = sorted(path for path in folder.glob("*.toml") if path.name not in APART)
    return tuple(scenario for path in paths for scenario in read(path))


def read(path: Path) -> tuple[Scenario, ...]:
    """The variants of one file, each once for every practice it is played in. Raises ScenarioWrong."""
    try:
        written = tomllib.loads(path.read_text(encoding="utf-8"))
        return tuple(
            _scenario(written["code"], one | {"practice": practice})
            for one in written["scenario"]
            for practice in _practices(one)
        )
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        raise ScenarioWrong(f"{path.name}: {error}") from error


def _practices(written: dict[str, Any]) -> list[str]:
    wanted: list[str] = written.get("practice", ["builtin"])
    if not wanted or set(wanted) - PRACTICES:
        raise ValueError(f"practice is a list of {', '.join(sorted(PRACTICES))}")
    return wanted


def _scenario(code: str, written: dict[str, Any]) -> Scenario:
    seen = tuple(act.removeprefix(SEE) for act in written["acts"] if act.startswith(SEE))
    known = {field.name for field in fields(Scenario)} - {"code", "sights"}
    if unknown := set(written) - known - set(seen):
        raise ValueError(f"nothing is called {', '.join(sorted(unknown))}, and no act says to see it")
    if missing := set(seen) - set(written):
        raise ValueError(f"what is to be seen at {', '.join(sorted(missing))} is not written down")
    plain = {name: _plain(value) for name, value in written.items() if name in known}
    return Scenario(code=code, sights={name: _sight(name, written[name]) for name in seen}, **plain)


def _sight(name: str, written: dict[str, Any]) -> Sight:
    known = {field.name for field in fields(Sight)} - {"name"}
    if unknown := set(written) - known:
        raise ValueError(f"what is to be seen at {name} has no {', '.join(sorted(unknown))}")
    given: dict[str, Any] = {
        key: (value,) if key in {"says", "cure"} and isinstance(value, str) else _plain(value)
        for key, value in written.items()
    }
    return Sight(name, **given)


def _plain(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
