"""The sentences a scenario may use: each is found by its pattern, in one of five rooms, and done."""

from collections.abc import Callable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final

from e2e.catalogue import acts_computer, acts_google, acts_practice, acts_suite, acts_wizard
from e2e.catalogue.stage import Stage
from wizard.views.tryout_scenarios import SEE
from wizard.views.tryout_sentences import Sentence, WorldAct, asks_of

Room = dict[str, Callable[..., None]]

ROOMS: Final[tuple[Room, ...]] = (
    acts_wizard.ROOM,
    acts_computer.ROOM,
    acts_google.ROOM,
    acts_practice.ROOM,
    acts_suite.ROOM,
)
PATTERNS: Final = sorted(
    ((Sentence(words), does) for room in ROOMS for words, does in room.items()),
    key=lambda pattern: pattern[0].fixed,
    reverse=True,
)
NEAREST: Final = 3


class UnknownAct(Exception):
    """No sentence of the vocabulary reads so; the nearest ones are named."""


@dataclass(frozen=True, slots=True)
class Act:
    """A sentence that is understood: what does it, and with which words."""

    sentence: str
    does: Callable[..., None]
    words: dict[str, str]

    def happens(self, stage: Stage) -> None:
        self.does(stage, **self.words)


def act_of(sentence: str, world_acts: tuple[WorldAct, ...]) -> Act:
    """Raises UnknownAct."""
    for pattern, does in PATTERNS:
        words = pattern.read(sentence)
        if words is not None:
            return Act(sentence, does, words)
    if asks_of(sentence, world_acts):
        return Act(sentence, world_does, {"sentence": sentence})
    known = [pattern.words for pattern, _ in PATTERNS] + [act.says.words for act in world_acts]
    near = get_close_matches(sentence, known, NEAREST, cutoff=0.0)
    raise UnknownAct(f'nobody knows how to "{sentence}". The nearest: {"; ".join(near)}')


def acts_of(sentences: tuple[str, ...], world_acts: tuple[WorldAct, ...]) -> list[Act]:
    """Every sentence but those that say to see something. Raises UnknownAct."""
    return [act_of(sentence, world_acts) for sentence in sentences if not sentence.startswith(SEE)]


def world_does(stage: Stage, sentence: str) -> None:
    stage.world_does(sentence)
