"""The desk's queue: whom this computer still needs, what is left of each, and who is next."""

from dataclasses import dataclass

from wizard import leaving
from wizard.evidence import Evidence
from wizard.journey import Journey
from wizard.steps import sign_out


@dataclass(frozen=True, slots=True)
class Place:
    """Where one person stands at this computer."""

    person_id: int
    name: str
    first_name: str
    is_needed: bool
    left: int  # steps that do not let the person on yet
    next_step: str = ""  # the first of them; empty where none is left
    is_open: bool = False  # nothing is left, and Google is still signed in to here
    may_be_asked: bool = False  # step 2 is left, and there is a permission to ask by

    @property
    def waits(self) -> bool:
        return self.is_needed and self.left > 0

    @property
    def line(self) -> str:
        """What stands beside the name."""
        if self.left:
            return f"{self.left} left"
        return leaving.STILL_OPEN_HERE if self.is_open else "done"


@dataclass(frozen=True, slots=True)
class Queue:
    """Everybody's place at one computer, in the clinic's order of people."""

    places: tuple[Place, ...]

    @property
    def waiting(self) -> tuple[Place, ...]:
        return tuple(place for place in self.places if place.waits)

    @property
    def needed(self) -> tuple[Place, ...]:
        return tuple(place for place in self.places if place.is_needed)

    @property
    def others(self) -> tuple[Place, ...]:
        return tuple(place for place in self.places if not place.is_needed)

    @property
    def nameless(self) -> tuple[tuple[str, str], ...]:
        """Who waits, with nobody named: ("1st", "3 left"), ..."""
        return tuple((ordinal(number), place.line) for number, place in enumerate(self.waiting, 1))

    def of(self, person_id: int) -> Place | None:
        return next((place for place in self.places if place.person_id == person_id), None)

    def after(self, person_id: int) -> Place | None:
        """Who is next once that person's turn is over: whoever waits behind her, then from the front; never herself."""
        ids = [place.person_id for place in self.places]
        turn = ids.index(person_id) + 1 if person_id in ids else 0
        in_order = (*self.places[turn:], *self.places[:turn])
        return next((place for place in in_order if place.waits and place.person_id != person_id), None)


def place_of(person_id: int, evidence: Evidence, journey: Journey, *, is_needed: bool) -> Place:
    """The place of the person whose evidence and journey these are."""
    current = journey.current
    return Place(
        person_id=person_id,
        name=evidence.person,
        first_name=evidence.first_name,
        is_needed=is_needed,
        left=len(journey.left),
        next_step=current.step.title if current else "",
        is_open=current is None and leaving.is_open(evidence),
        may_be_asked=_may_be_asked(evidence, journey),
    )


def ordinal(number: int) -> str:
    """1st, 2nd, 3rd, 4th, 11th, 21st."""
    is_teen = number % 100 in {11, 12, 13}
    return f"{number}{'th' if is_teen else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"


def _may_be_asked(evidence: Evidence, journey: Journey) -> bool:
    grant, stop = evidence.checker, journey.stop(sign_out.STEP.slug)
    return grant is not None and not grant.is_dead and stop.is_reachable and not stop.lets_pass
