"""What the next person in front of Google's pages does, where no browser is at hand."""

from dataclasses import dataclass
from typing import Final

DEEDS: Final = frozenset({"continue", "cancel", "leave_empty"})


@dataclass(slots=True)
class Person:
    """Answers Google's pages by itself: picks `account` (else the hinted one, or the only one signed in), then acts.

    `does` is continue (every box), cancel, or leave_empty (every box but those whose scope contains `box`).
    A silent sign-in meets nobody, so it uses no person up.
    """

    does: str = "continue"
    account: str = ""
    box: str = ""
    times: int | None = 1  # None: every next person does so

    def __post_init__(self) -> None:
        if self.does not in DEEDS:
            raise ValueError(f"{self.does} is nothing a person does; there are {', '.join(sorted(DEEDS))}")
