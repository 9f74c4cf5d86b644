"""What a check of this installation says: how fit, what was looked at and found, and the cure."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Generic, TypeVar

Seen = TypeVar("Seen")


class Fitness(Enum):
    """The value is said on screen. These are words for an installation; where a step stands has four of its own."""

    FIT = "Fit"
    WARNING = "Warning"
    UNFIT = "Not fit"
    UNSEEN = "Not looked at"


@dataclass(frozen=True, slots=True)
class Finding:
    """One sentence of what was found; `cure` is empty only where all is well. No secret and no person stands in it."""

    fitness: Fitness
    found: str
    cure: str = ""


def fit(found: str) -> Finding:
    return Finding(Fitness.FIT, found)


def warning(found: str, cure: str) -> Finding:
    return Finding(Fitness.WARNING, found, cure)


def unfit(found: str, cure: str) -> Finding:
    return Finding(Fitness.UNFIT, found, cure)


def unseen(found: str, cure: str) -> Finding:
    return Finding(Fitness.UNSEEN, found, cure)


@dataclass(frozen=True, slots=True)
class Check(Generic[Seen]):
    """One question to the installation. `needs` is said by the plan, before anything is set."""

    slug: str
    title: str
    needs: str
    look: Callable[[Seen], Finding]
    variables: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry(Generic[Seen]):
    """What one check said, and when."""

    check: Check[Seen]
    finding: Finding
    at: datetime


@dataclass(frozen=True, slots=True)
class Report(Generic[Seen]):
    """What all checks said, in their order."""

    entries: tuple[Entry[Seen], ...]

    @property
    def is_fit(self) -> bool:
        """A warning does not stop anybody, nor does what could not be looked at."""
        return all(entry.finding.fitness is not Fitness.UNFIT for entry in self.entries)
