"""The pages of a run as HTML that needs nothing beside itself: the report, the contact sheet, the catalogue."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from e2e.catalogue.playing import scenarios
from e2e.catalogue.told import Told
from wizard.cards import card_of
from wizard.views.tryout_scenarios import SEE

SLOW_S: Final = 15
"""From here on a test stands on top of the report: the whole suite has four minutes."""

PAPER: Final = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def report(told: Sequence[Told]) -> str:
    """What did not go well first, then what took long, then the rest by name."""
    ordered = sorted(told, key=lambda one: (not one.failure, one.seconds < SLOW_S, one.name))
    return PAPER.get_template("report.html").render(
        told=ordered,
        wrong=sum(bool(one.failure) for one in told),
        slow=sum(one.seconds >= SLOW_S for one in told),
        seconds=sum(one.seconds for one in told),
        slow_from=SLOW_S,
    )


def contact_sheet(told: Sequence[Told]) -> str:
    """Every state in every look: what each scenario is about, and what has no file of its own."""
    pictured = [
        (f"{one.name}, {step.sentence.removeprefix(SEE)}", step.pictures)
        for one in told
        for step in one.steps
        if step.pictures
    ]
    return PAPER.get_template("contact_sheet.html").render(pictured=pictured)


def catalogue(told: Sequence[Told]) -> str:
    """Each code with its words, its cure and a picture."""
    pictures: Mapping[str, str] = {
        one.word: picture for one in told for step in one.steps for picture in step.pictures.values()
    }
    entries: dict[str, list[Any]] = {}
    for scenario in scenarios():
        entries.setdefault(scenario.code, []).append((scenario, pictures.get(scenario.id, "")))
    return PAPER.get_template("catalogue.html").render(entries=entries, card_of=card_of)


PAGES: Final[dict[str, Callable[[Sequence[Told]], str]]] = {
    "report": report,
    "contact-sheet": contact_sheet,
    "catalogue": catalogue,
}
