"""Drift: what was proven and is no longer as it was. What counts as one, and when whom to tell: pure rules.

Told once, then weekly while it lasts, and once when it is cured. What comes and goes is told once: after that the same
thing has to last a day before a letter says so again.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from wizard.evidence import Evidence
from wizard.journey import Journey, Stop
from wizard.steps.step import Once
from wizard.verdict import Status

EVERY = timedelta(days=7)
"""How often it is told while it lasts."""

LASTS = timedelta(days=1)
"""So long the same thing has to last once it was told and cured within `EVERY`."""

DIGEST = timedelta(hours=1)
"""Administrators get one letter for all that was found since the last one."""

SILENCE = timedelta(hours=4)
"""From then on a silence of Google's is told: since when, and how much waits."""

SILENT, SET_UP, QUIET = "GOOGLE-BUSY", "OPERATOR-SETUP", "PIMSY-QUIET"

GOOGLES = frozenset(
    {
        *("REVOKED-CHK", "REVOKED-PIMSY", "GRANT-PART", "GOOGLE-NOCAL"),
        *("CAL-GONE", "CAL-RENAMED", "CAL-OTHERS", "CAL-DUP", "CAL-PRIMARY"),
    }
)
"""What a look at Google shows; what a trip that went wrong says is being repaired already."""


@dataclass(frozen=True, slots=True)
class Cause:
    """One thing that is wrong: its code, what was found in words that anybody at the clinic may read, and the cure."""

    code: str
    found: str
    cure: str


@dataclass(frozen=True, slots=True)
class Found:
    """What is wrong with one person's finished set-up.

    `unsure`: causes that cannot be seen as long as another one hides them. `over`: those that ended by a wish of hers.
    """

    causes: tuple[Cause, ...]
    unsure: frozenset[str] = frozenset()
    over: frozenset[str] = frozenset()


OF_CHECKER = GOOGLES - {"REVOKED-PIMSY"}
"""What is seen with the checker: one hides the others until step 1 is Verified again."""

NOT_LOOKED_AT = Found((), over=GOOGLES)
"""She was never done, or began again: nothing of hers drifts."""

REVOKED_PIMSY = Cause(
    "REVOKED-PIMSY",
    "The permission to write appointments was removed at Google.",
    "Repair: steps 2, 5 and 6 at each computer. The button Something is wrong, above the six steps, leads through it.",
)


def found(evidences: Sequence[Evidence], journeys: Sequence[Journey]) -> Found:
    """What is wrong with what this person had proven, over the computers of the clinic; both in the same order."""
    if not _was_proven(evidences):
        return NOT_LOOKED_AT
    stops, evidence = journeys[0].of(Once.PERSON, Once.CLINIC), evidences[0]
    causes = [_cause(stop) for stop in stops if stop.verdict.status is Status.NEEDS_ATTENTION and _is_drift(stop)]
    integration, over = evidence.integration, frozenset[str]()
    if integration is not None and integration.is_dead:
        causes.append(REVOKED_PIMSY)
    if integration is None:
        over |= {REVOKED_PIMSY.code}
    if evidence.checker is None:
        over |= OF_CHECKER
    is_seen = evidence.checker is None or stops[0].verdict.is_verified
    return Found(tuple(causes), frozenset() if is_seen else OF_CHECKER, over)


def _was_proven(evidences: Sequence[Evidence]) -> bool:
    """A test of hers was seen live at some computer, and nobody has begun her set-up again since."""
    read = [seen.read_at for evidence in evidences for seen in evidence.arrivals if seen.is_live and seen.is_at_slot]
    begun = [answer.at for evidence in evidences for answer in evidence.answers if answer.kind == "start again"]
    return bool(read) and all(at < max(read) for at in begun)


def _is_drift(stop: Stop) -> bool:
    return stop.verdict.code in GOOGLES or stop.step.is_administrative


def _cause(stop: Stop) -> Cause:
    verdict = stop.verdict
    return Cause(verdict.code, verdict.for_others, verdict.remedy)


OF_CLINIC = frozenset({"SET-OFF"})
"""The same for everybody: told once for the whole clinic, and to its administrators."""

WRONG_AT_GOOGLE = Cause(
    SET_UP,
    "Google refuses this wizard itself: its own set-up at Google is not complete. Nobody's account is at fault.",
    "Whoever runs this wizard looks at: python -m wizard doctor. It names the field.",
)


NARROW = Cause(
    "GRANT-PART",
    "The permission to write appointments is narrower than it was.",
    "Remove it at Google, then do step 6 again and tick every box.",
)


def silence(since: str, looks: int, appointments: int) -> Cause:
    """Google has not answered for long: since when, and how much waits."""
    waits = [f"{looks} {'permission' if looks == 1 else 'permissions'} could not be looked at"] if looks else []
    waits += (
        [f"{appointments} {'appointment waits' if appointments == 1 else 'appointments wait'}"] if appointments else []
    )
    found_ = f"Google has not answered since {since}. {' and '.join(waits)}. Nothing is lost."
    return Cause(SILENT, found_, "Nothing: we go on trying. Does this computer reach other addresses?")


def quiet_since(last: str, usual: int) -> Cause:
    """By hand: less arrives than usual, and nobody can see why."""
    return Cause(
        QUIET,
        f"Nothing new has arrived from PIMSY since {last}; usually {usual} a day. We cannot see what PIMSY does not send.",
        "Away? Say until when. Else book a test appointment: it shows whether PIMSY still sends.",
    )


TO_PERSON = GOOGLES | {QUIET}
"""What the person herself can cure; the rest goes to the administrators alone."""


@dataclass(frozen=True, slots=True)
class Telling:
    """What is known of the letters about one stretch of one cause to one reader, or to all administrators."""

    begun_at: datetime
    told_at: datetime | None
    told_before: Collection[datetime] = ()  # of earlier stretches of the same cause


def is_due(telling: Telling, now: datetime) -> bool:
    """Whether a letter is to be written now. A time later than now was written before the clock was set back."""
    if telling.told_at is not None:
        return now - telling.told_at >= EVERY
    if any(now - at < EVERY for at in telling.told_before):
        return now - telling.begun_at >= LASTS
    return True


def may_write_to_office(told_last: datetime | None, now: datetime) -> bool:
    """Whether the administrators' last letter about drifts is long enough ago; a clock set back never blocks."""
    return told_last is None or not told_last <= now < told_last + DIGEST


def since_of(times: Iterable[datetime | None]) -> datetime | None:
    """Since when Google has been silent about something; None where it answers."""
    return min((at for at in times if at is not None), default=None)
