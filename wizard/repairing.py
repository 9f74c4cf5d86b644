"""The article's last resort, as a path: what ends with it, whether it was seen, and how far each computer is again.

With the Stand-in the end of the permission is evidence, and so is everything after it. What the clinic's own PIMSY was
given cannot be seen: there a person says when the repair began, and a test appointment that arrives later proves it.
"""

from dataclasses import dataclass

from wizard.evidence import Evidence
from wizard.journey import Journey, worst
from wizard.steps.step import Once
from wizard.verdict import Status
from wizard.when import exact_point


@dataclass(frozen=True, slots=True)
class Progress:
    """Where one part of the repair stands, in one of the four words and a second line."""

    status: Status
    line: str


def has_work(evidence: Evidence) -> bool:
    """Whether this computer ends with the permission: Google's page was accepted here, or an appointment arrived.

    By hand nobody sees who accepted where: a computer at which the test was said to be booked may have it, too, and
    where nothing has ever arrived that is all that tells of it.
    """
    is_said = not evidence.practice_is_readable and evidence.answered("said", "test-appointment") is not None
    return evidence.authorization is not None or bool(evidence.arrivals) or is_said


def removal(evidence: Evidence) -> Progress:
    """Whether the writing permission was seen to end."""
    grant = evidence.integration
    if not evidence.practice_is_readable:
        return Progress(Status.NOT_CHECKED, "cannot be seen: PIMSY holds this permission, not this wizard")
    if grant is None:
        return Progress(Status.NOT_CHECKED, "nothing was given yet")
    if grant.died_at is None:
        return Progress(Status.NOT_CHECKED, "not seen: it still stood when we last looked")
    seen = f"seen removed {exact_point(grant.died_at, evidence.now, evidence.zone)}"
    if grant.is_dead:
        return Progress(Status.VERIFIED, seen)
    return Progress(Status.VERIFIED, f"{seen}, given again {exact_point(grant.since, evidence.now, evidence.zone)}")


def desk(evidence: Evidence, journey: Journey) -> Progress:
    """How far this computer is with steps 2, 5 and 6, from what was seen since the permission ended."""
    if not evidence.practice_is_readable:
        return _desk_by_hand(evidence)
    stops = journey.of(Once.DESK)
    left = [stop for stop in stops if not stop.lets_pass]
    if not left:
        return Progress(worst(stops), "")
    word = Status.WAITING if left[0].verdict.status is Status.WAITING else Status.NOT_CHECKED
    return Progress(word, f"next: step {left[0].step.number}, {left[0].step.title}")


def _desk_by_hand(evidence: Evidence) -> Progress:
    begun = evidence.answered("repair", "")
    if begun is None:
        return Progress(Status.NOT_CHECKED, "not begun")
    proof = evidence.sealed  # at its time and in this calendar: what came otherwise may be anybody's appointment
    if proof is None or (proof.created or proof.read_at) <= begun.at:
        return Progress(Status.NOT_CHECKED, "a new test appointment proves it")
    arrived = exact_point(proof.read_at, evidence.now, evidence.zone)
    return Progress(Status.VERIFIED, f"a new test appointment arrived {arrived}")
