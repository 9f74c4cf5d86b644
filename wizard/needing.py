"""Which cells a clinic's round needs, what the round takes, and where to walk next: rules over people and computers alone."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

EVERYBODY, NOBODY = "everybody", "nobody"
"""For whom something is booked at a computer, unless the clinic decided otherwise about somebody."""

Place = tuple[int, int]
"""A person and a workstation, by their ids: one cell of the overview."""


def is_needed(books_for: str, decided: bool | None) -> bool:
    """Whether a person has to be set up at a computer: as the clinic decided about the two, else by the computer's rule."""
    return books_for == EVERYBODY if decided is None else decided


@dataclass(frozen=True, slots=True)
class Round:
    """What is left to do: one place after the other, computer by computer, so that nobody walks more than has to be."""

    left: tuple[Place, ...]

    @property
    def people(self) -> tuple[int, ...]:
        """Whoever has to come somewhere, each once."""
        return tuple(dict.fromkeys(person for person, _ in self.left))

    @property
    def desks(self) -> tuple[int, ...]:
        return tuple(dict.fromkeys(desk for _, desk in self.left))

    def desks_of(self, person: int) -> tuple[int, ...]:
        """Where that person has to come."""
        return tuple(desk for who, desk in self.left if who == person)

    def people_at(self, desk: int) -> tuple[int, ...]:
        """Who has to come there."""
        return tuple(person for person, where in self.left if where == desk)

    def passwords(self, connected: Collection[int]) -> int:
        """How often somebody types her Google password: at each place once, and once before it who is not connected."""
        return len(self.left) + sum(person not in connected for person in self.people)


def round_of(people: Iterable[int], desks: Iterable[int], needed: Collection[Place], done: Collection[Place]) -> Round:
    """What these people need at these computers, both in their order, and is not done."""
    everyone = tuple(people)
    return Round(
        tuple(
            (person, desk)
            for desk in desks
            for person in everyone
            if (person, desk) in needed and (person, desk) not in done
        )
    )


def next_of(round_: Round, waiting: Collection[Place], here: int | None) -> Place | None:
    """Where to go on: first what waits for nobody, and of that first what is to be done at this computer."""
    return min(round_.left, key=lambda place: (place in waiting, place[1] != here), default=None)
