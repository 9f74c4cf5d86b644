"""What a failure card is: what its help page says to somebody who is not signed in."""

from dataclasses import dataclass
from enum import Enum


class Actor(Enum):
    """Who does something about a card; the value is said on its page."""

    PERSON = "you"
    CLINIC = "your clinic's PIMSY administrator"
    GOOGLE = "your clinic's Google administrator"
    OPERATOR = "whoever runs this wizard"
    NOBODY = "nobody: all is well, or time cures it"


@dataclass(frozen=True, slots=True)
class Card:
    """One failure card. No sentence of it names a person or an account."""

    number: int
    code: str
    actors: tuple[Actor, ...]
    headline: str  # what was found
    why: str  # how it comes to be
    cure: str  # what to do
    asks: str  # what support asks first
    unharmed: str  # what is as it was

    @property
    def label(self) -> str:
        """What is said on the telephone: "card 02"."""
        return f"card {self.number:02}"


PERSON, CLINIC, GOOGLE, OPERATOR, NOBODY = ((actor,) for actor in Actor)
