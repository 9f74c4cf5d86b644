"""All steps judged for one person at one workstation. The list is the gate: every page reads the same one."""

from collections.abc import Iterator
from dataclasses import dataclass

from wizard import roads
from wizard.evidence import Answer, Evidence
from wizard.steps import STEPS
from wizard.steps.step import Once, Step
from wizard.verdict import Status, Verdict


@dataclass(frozen=True, slots=True)
class Stop:
    """One step of a journey: its verdict, and the answer by which the person went on without it."""

    step: Step
    verdict: Verdict
    passed_by: Answer | None
    is_reachable: bool
    may_be_passed: bool = False  # "Continue without this check" is offered here
    elsewhere: str = ""  # the workstation where it was done, when that is another one

    @property
    def lets_pass(self) -> bool:
        """Passing lets the person on; only Verified counts as proven."""
        return self.verdict.is_verified or self.verdict.said or self.passed_by is not None


@dataclass(frozen=True, slots=True)
class Journey:
    """The six stops of one person at one workstation, in their order; at a telephone the first alone."""

    stops: tuple[Stop, ...]

    def __iter__(self) -> Iterator[Stop]:
        return iter(self.stops)

    def stop(self, slug: str) -> Stop:
        """The stop of that slug; KeyError for a slug that is no step."""
        for stop in self.stops:
            if stop.step.slug == slug:
                return stop
        raise KeyError(slug)

    @property
    def current(self) -> Stop | None:
        """The first stop that does not let the person on; None when there is nothing left to do."""
        return next((stop for stop in self.stops if not stop.lets_pass), None)

    @property
    def verified(self) -> int:
        return sum(stop.verdict.is_verified for stop in self.stops)

    @property
    def is_proven(self) -> bool:
        """Every step was seen; one that was passed by lets the person on and proves nothing."""
        return self.verified == len(self.stops)

    @property
    def left(self) -> tuple[Stop, ...]:
        return tuple(stop for stop in self.stops if not stop.lets_pass)

    def of(self, *once: Once) -> tuple[Stop, ...]:
        """The stops that are done once per clinic, person or desk."""
        return tuple(stop for stop in self.stops if stop.step.once in once)

    def left_after(self, slug: str) -> Stop | None:
        """The next stop after that one that does not let the person on; None when nothing is left there."""
        following = self.stops[self.stops.index(self.stop(slug)) + 1 :]
        return next((stop for stop in following if not stop.lets_pass), None)

    def before(self, slug: str) -> Stop | None:
        """The stop that precedes, None before the first."""
        preceding = self.stops.index(self.stop(slug)) - 1
        return self.stops[preceding] if preceding >= 0 else None


def travel(evidence: Evidence) -> Journey:
    """Judge every step that belongs to this workstation by the same evidence."""
    stops: list[Stop] = []
    for step in STEPS if evidence.has_pimsy else STEPS[:1]:
        verdict = roads.check(step, evidence)
        may_be_passed = step.may_be_passed or (step.may_be_passed_by_hand and not evidence.practice_is_readable)
        stops.append(
            Stop(
                step=step,
                verdict=verdict,
                passed_by=roads.passes(verdict, evidence)
                or (evidence.answered("passed by", step.slug) if may_be_passed else None),
                is_reachable=step.is_administrative or all(stop.lets_pass for stop in stops),
                may_be_passed=may_be_passed,
                elsewhere=evidence.done_at.get(step.slug, "") if verdict.is_verified else "",
            )
        )
    return Journey(tuple(stops))


def worst(stops: tuple[Stop, ...]) -> Status:
    """The word that stands for several stops together: what needs somebody first, then what waits, then what is open."""
    order = (Status.NEEDS_ATTENTION, Status.WAITING, Status.NOT_CHECKED, Status.VERIFIED)
    return min((stop.verdict.status for stop in stops), key=order.index, default=Status.NOT_CHECKED)
