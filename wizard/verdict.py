"""What a check concludes: one of four words, a stable code, and the sentences a person reads."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum


class Status(Enum):
    """Where a step stands. The value is the word on screen; there is no fifth."""

    VERIFIED = "Verified"
    WAITING = "Waiting"
    NEEDS_ATTENTION = "Needs attention"
    NOT_CHECKED = "Not checked"


@dataclass(frozen=True, slots=True)
class Verdict:
    """One outcome of one check.

    `because` and `remedy` may hold `{names}` that `fill` replaces by what was found, so that every outcome stands
    as a constant beside its rule. `code` is stable: tests, logs, help pages and support name it.
    """

    status: Status
    code: str
    because: str
    remedy: str = ""
    in_order: tuple[str, ...] = ()  # what to look at one after the other; it stands below the remedy
    note: str = ""  # the second line under a status: "not begun", "cannot be seen", "you said it is done"
    found: str = ""  # what we saw, in its own spelling
    discreet: str = ""  # what everybody but the person reads instead of `because`, where that names what is hers alone
    seen: datetime | None = None  # when we last saw it, aware, UTC
    aside: str = ""  # the code of a look that did not succeed since then: shown beside, changes nothing
    said: bool = False  # the person says it is done and we cannot see it
    amber: bool = False  # something is missing rather than wrong: the same word in a milder colour

    @property
    def is_verified(self) -> bool:
        return self.status is Status.VERIFIED

    @property
    def for_others(self) -> str:
        """`because` in the words that anybody at the clinic, the overview and a report may hold."""
        return self.discreet or self.because

    def fill(self, **words: str) -> "Verdict":
        """The same outcome with its `{names}` replaced; the values are never read as templates themselves."""
        return replace(
            self,
            because=self.because.format_map(words),
            remedy=self.remedy.format_map(words),
            in_order=tuple(line.format_map(words) for line in self.in_order),
            note=self.note.format_map(words),
            discreet=self.discreet.format_map(words),
        )
