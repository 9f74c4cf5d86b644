"""What the overview says of the patrol: when it went round, who could not be looked at, from whom nothing comes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from wizard import quiet
from wizard.onboarding.looks import read_counts
from wizard.quiet import Counts
from wizard.steps.step import WEATHER
from wizard.store import answers, patrols, sightings
from wizard.store.answers import Answer
from wizard.store.people import Person
from wizard.views.present import clinic, now


@dataclass(frozen=True, slots=True)
class Unseen:
    """How many permissions bring no answer, since when, and whether Google is silent or this installation is refused."""

    count: int
    since: datetime
    is_weather: bool


@dataclass(frozen=True, slots=True)
class Round:
    """The clinic's permissions: `whole_since` is the oldest of their newest answers, none before each had one."""

    whole_since: datetime | None
    newest: datetime | None
    unseen: Unseen | None

    @property
    def is_there(self) -> bool:
        """Something was looked at, or should have been."""
        return self.newest is not None or self.unseen is not None


@dataclass(frozen=True, slots=True)
class Quiet:
    """What PIMSY sends to one person, by hand: how much is usual, when the last came, and whether she said she is away."""

    who: Person
    last: datetime | None
    usual: int
    is_quiet: bool
    away_until: date | None


def round_of_clinic() -> Round:
    oldest, newest, never = patrols.round_of_clinic()
    failing = patrols.failing()
    unseen = None
    if failing and failing[0].failing_since is not None:
        is_weather = all(look.failure in WEATHER for look in failing)
        unseen = Unseen(len(failing), failing[0].failing_since, is_weather)
    return Round(None if never else oldest, newest, unseen)


def quiet_of(everyone: Sequence[Person]) -> list[Quiet]:
    """Of each of them what is known of it, where the clinic has it counted; nothing elsewhere."""
    here = clinic()
    if not here.counts_arrivals or here.writes_here:
        return []
    counts = {person_id: read_counts(row.value) for person_id, row in sightings.of_name(patrols.COUNTING).items()}
    away = {answer.person_id: answer for answer in answers.all_of_clinic("away")}
    return [_of(who, counts.get(who.id, Counts({})), away.get(who.id)) for who in everyone]


def _of(who: Person, counts: Counts, away: Answer | None) -> Quiet:
    here, today = clinic(), now().astimezone(clinic().zone).date()
    until = date.fromisoformat(away.slug) if away is not None else None
    return Quiet(
        who,
        counts.last,
        quiet.usual(counts, here.zone, here.works_on),
        is_quiet=quiet.is_quiet(counts, now(), here.zone, here.works_on),
        away_until=until if until is not None and until >= today else None,
    )
