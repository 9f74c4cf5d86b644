"""Where somebody stands over several computers: one of the four words, and how far."""

from collections.abc import Sequence
from dataclasses import dataclass

from wizard.journey import Journey, worst
from wizard.verdict import Status


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands beside a name, laid out like a verdict."""

    status: Status
    note: str
    amber: bool = False


def of_person(journeys: Sequence[Journey]) -> Standing:
    """One person over the computers she needs: Verified only where every one of them is proven."""
    return _over(journeys, "not needed at any computer", "computer")


def of_desk(journey: Journey) -> Standing:
    """One person at one computer."""
    if journey.is_proven:
        return Standing(Status.VERIFIED, "all 6 steps")
    wrong = [stop.verdict for stop in journey if stop.verdict.status is Status.NEEDS_ATTENTION]
    current = journey.current
    line = f"{journey.verified} of 6" + (f", next: {current.step.title}" if current else "")
    return Standing(worst(journey.stops), line, amber=bool(wrong) and all(verdict.amber for verdict in wrong))


def of_workstation(journeys: Sequence[Journey]) -> Standing:
    """One computer over the people who need it."""
    return _over(journeys, "needed for nobody", "person")


def _over(journeys: Sequence[Journey], nothing: str, of_what: str) -> Standing:
    done, total = sum(journey.is_proven for journey in journeys), len(journeys)
    if not total:
        return Standing(Status.NOT_CHECKED, nothing)
    several = {"computer": "computers", "person": "people"}[of_what]
    line = f"{done} of {total} {of_what if total == 1 else several}"
    if done == total:
        return Standing(Status.VERIFIED, line)
    stops = tuple(stop for journey in journeys if not journey.is_proven for stop in journey)
    status = worst(stops)
    wrong = [stop.verdict for stop in stops if stop.verdict.status is Status.NEEDS_ATTENTION]
    return Standing(status, line, amber=bool(wrong) and all(verdict.amber for verdict in wrong))
