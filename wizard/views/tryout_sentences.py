"""Sentences with gaps, as scenarios are written in, and what each of those about the world asks of the stand-in Google."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any, Literal
from zoneinfo import ZoneInfo

import requests

from wizard.onboarding import slotting
from wizard.practice.builtin import sample

GAP = re.compile(r"\{(\w+)\}")
PATIENCE_S = 5
GRID_MINUTES = 10


class WorldRefused(Exception):
    """The stand-in Google cannot do that, or is not there; the sentence says why."""


@dataclass(frozen=True)
class Sentence:
    """ "{account} is signed in": what stands in a gap is read out by its name."""

    words: str

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        parts = GAP.split(self.words)
        return re.compile("".join(f"(?P<{part}>.+?)" if odd % 2 else re.escape(part) for odd, part in enumerate(parts)))

    @property
    def fixed(self) -> int:
        """How many letters stand fast: of two sentences that fit, the one with more of them is meant."""
        return len(GAP.sub("", self.words))

    def read(self, text: str) -> dict[str, str] | None:
        """What stands in the gaps; None where the text is another sentence."""
        found = self._pattern.fullmatch(text)
        return found.groupdict() if found else None


@dataclass(frozen=True, slots=True)
class Ask:
    """One request under `/_world/`: "POST clock {"skew_s": 420}"."""

    method: Literal["POST", "DELETE"]
    address: str
    body: Mapping[str, Any]

    def filled(self, words: Mapping[str, str]) -> "Ask":
        """Every text of the body with its gaps filled."""
        return Ask(self.method, self.address, {key: _filled(value, words) for key, value in self.body.items()})

    def send(self, google_url: str) -> None:
        """Raises WorldRefused."""
        address = f"{google_url.rstrip('/')}/_world/{self.address}"
        body = None if self.method == "DELETE" else dict(self.body)
        try:
            answer = requests.request(self.method, address, json=body, timeout=PATIENCE_S)
        except requests.RequestException as error:
            raise WorldRefused("The stand-in Google does not answer.") from error
        if not answer.ok:
            raise WorldRefused(f"The stand-in Google refused {self.method} {self.address}: {answer.text[:200]}")


@dataclass(frozen=True, slots=True)
class WorldAct:
    """A sentence about the world, and all that makes it true."""

    says: Sentence
    asks: tuple[Ask, ...]


def read_world(path: Path) -> tuple[WorldAct, ...]:
    """The acts of a file like e2e/scenarios/world.toml. Raises KeyError where an act lacks its sentence or its requests."""
    written = tomllib.loads(path.read_text(encoding="utf-8"))
    return tuple(
        WorldAct(
            Sentence(act["says"]),
            tuple(Ask(ask.get("method", "POST"), ask["address"], ask.get("body", {})) for ask in act["asks"]),
        )
        for act in written["act"]
    )


def known_at(now: datetime) -> dict[str, str]:
    """What fills the gaps that stand in no sentence: {day}, on which the test times given now lie (2026-11-24)."""
    start = slotting.first_free(now, ZoneInfo(sample.ZONE), sample.WORKS_ON, GRID_MINUTES, ())
    return {"day": start.date().isoformat(), "zone": sample.ZONE}


def asks_of(text: str, acts: Sequence[WorldAct], known: Mapping[str, str] | None = None) -> tuple[Ask, ...]:
    """What that sentence asks of the stand-in Google; nothing where it is no sentence about the world."""
    for act in acts:
        words = act.says.read(text)
        if words is not None:
            return tuple(ask.filled({**(known or {}), **words}) for ask in act.asks)
    return ()


def _filled(value: Any, words: Mapping[str, str]) -> Any:
    if isinstance(value, dict):
        return {key: _filled(one, words) for key, one in value.items()}
    return GAP.sub(lambda gap: words.get(gap[1], gap[0]), value) if isinstance(value, str) else value
