"""How one test went, as the page of a run shows it."""

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final

from e2e.catalogue.telling import Step

CATALOGUE: Final = "test_catalogue"
BROWSER: Final = "chromium"


@dataclass(slots=True)
class Told:
    """A test by its id: how long it took, what was not as it should be ("" where all was), what was told of it."""

    id: str
    seconds: float
    failure: str = ""
    steps: list[Step] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    def result(self) -> dict[str, Any]:
        """The same without pictures, for programs."""
        steps = [step.sentence for step in self.steps]
        return {"id": self.id, "name": self.name, "repeat": f"make e2e S='{self.word}'", "passed": not self.failure,
                "seconds": round(self.seconds, 1), "failure": self.failure, "steps": steps}  # fmt: skip

    @property
    def name(self) -> str:
        """A story's sentence, a scenario's code and variant."""
        test, inner = self._parts
        if test == CATALOGUE:
            return inner
        words = test.removeprefix("test_").replace("_", " ")
        return f"{words} ({inner})" if inner else words

    @property
    def word(self) -> str:
        """What S= has to say to run this test alone."""
        test, inner = self._parts
        return inner if test == CATALOGUE else test

    @property
    def _parts(self) -> tuple[str, str]:
        """The test's function, and what tells its cases apart, but for the browser's name."""
        function, _, inner = self.id.split("::", 1)[1].partition("[")
        return function, inner.removesuffix("]").removeprefix(BROWSER).removeprefix("-")


def read(path: Path) -> Told:
    """Raises KeyError where the file was written by another version."""
    kept = json.loads(path.read_text(encoding="utf-8"))
    return Told(**{**kept, "steps": [Step(**step) for step in kept["steps"]]})
