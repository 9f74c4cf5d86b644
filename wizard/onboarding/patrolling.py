"""Patrolling: which looks are due, what each needs to ask, and what they brought, many at once.

Reading and writing are batches, a transaction each; between the two Google is asked, and no transaction is open.
A look that brought no answer touches the failure of its subject and nothing else that was seen.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from wizard.google import (
    CalendarGone,
    CalendarOff,
    CalendarOthers,
    GoogleSilent,
    GoogleTrouble,
    GrantDead,
    GrantNarrow,
    InstallationWrong,
    QuotaUsed,
)
from wizard.onboarding import referring
from wizard.onboarding.looks import KINDS, Answered, Errand
from wizard.onboarding.vault import GrantVault
from wizard.practice.builtin import backoff
from wizard.store import clinics, grants, patrols, pins, sightings
from wizard.store.database import of_clinic, of_every_clinic

LATE = timedelta(minutes=30)
SPREAD = 0.2

ANSWERS = (GrantDead, GrantNarrow, CalendarOff, CalendarOthers, CalendarGone)

Chance = Callable[[], float]
"""A random number from 0 to 1."""


@dataclass(frozen=True, slots=True)
class Brought:
    """What became of one look: an answer, or a trouble; neither where it was spared, and Google not asked.

    `reference` is the number under which a fault of our own stands in the log; `spared` the code of what others met.
    """

    errand: Errand
    at: datetime
    answer: Answered | None = None
    trouble: GoogleTrouble | None = None
    reference: str = ""
    spared: str = ""

    @property
    def code(self) -> str:
        """Of what kept it from an answer, or of an answer that is a refusal; a dead permission stands with its grant."""
        if self.reference:
            return "OUR-FAULT"
        if self.trouble is None or isinstance(self.trouble, GrantDead):
            return self.spared
        return self.trouble.code

    @property
    def is_answer(self) -> bool:
        """Google answered, if only that it may not be looked at: nothing cures that but somebody who does something."""
        return self.answer is not None or isinstance(self.trouble, ANSWERS)

    @property
    def was_asked(self) -> bool:
        return self.answer is not None or self.trouble is not None or bool(self.reference)

    @property
    def is_silence(self) -> bool:
        return isinstance(self.trouble, GoogleSilent)

    @property
    def is_set_up_wrong(self) -> bool:
        return isinstance(self.trouble, InstallationWrong)


def enrol(now: datetime, chance: Chance) -> None:
    """Every permission that stands gets its looks, spread over their whole interval; the caller ends the transaction."""
    with of_every_clinic():
        patrols.forget_ended()
        for name, kind in KINDS.items():
            new = patrols.unlisted(name, kind.permission)
            patrols.add(name, [(grant, now + kind.every * chance()) for grant in new])


def claim(
    now: datetime,
    until: datetime,
    deadline: datetime,
    limit: int,
    *,
    not_since: datetime | None = None,
    look_id: int | None = None,
) -> list[Errand]:
    """Lease so many looks and read all that their questions need; the caller ends the transaction."""
    with of_every_clinic():
        looks = patrols.claim(now, until, limit, not_since=not_since, look_id=look_id)
        if not looks:
            return []
        given = grants.by_id([look.grant_id for look in looks])
        pinned = pins.newest([look.person_id for look in looks])
        zones = {clinic.id: clinic.zone for clinic in clinics.every()}
    errands = []
    for look in looks:
        grant, pin = given[look.grant_id], pinned.get(look.person_id)
        calendar_id = pin.calendar_id if pin is not None and pin.sub == grant.sub else ""
        is_of_it = bool(look.shown) and look.shown.get("id", calendar_id) == calendar_id
        errands.append(
            Errand(
                look_id=look.id,
                fence=look.fence,
                deadline=deadline,
                clinic_id=look.clinic_id,
                zone=zones[look.clinic_id],
                kind=look.kind,
                person_id=look.person_id,
                grant_id=look.grant_id,
                sub=grant.sub,
                grant=grant,
                calendar_id=calendar_id,
                etag=look.etag if is_of_it else "",
                shown=look.shown if is_of_it else None,
                due_at=look.due_at,
                looked_at=look.looked_at,
                tries=look.tries,
                failure=look.failure,
                failing_since=look.failing_since,
            )
        )
    return errands


def opened(vault: GrantVault, errand: Errand) -> Errand:
    """The errand with its tokens; for the thread that asks, since opening a hundred at a time would keep the others waiting."""
    try:
        return replace(errand, held=vault.opened(errand.grant))
    except InstallationWrong:
        return errand  # the question itself meets it again, and says so


def keep(brought: Sequence[Brought], chance: Chance) -> list[Brought]:
    """Write what a batch of looks brought; those that are still ours, and no others. The caller ends the transaction."""
    with of_every_clinic():
        mine = patrols.ours({one.errand.look_id: one.errand.fence for one in brought})
        kept = [one for one in brought if one.errand.look_id in mine]
        patrols.close([_closed(one, chance) for one in kept])
        same, other = _moved(kept)
        sightings.see_again(same)
    for one in other:
        with of_clinic(one.errand.clinic_id):
            _note(one)
    return kept


def _closed(one: Brought, chance: Chance) -> dict[str, Any]:
    """The look's row as it is from now on: when it is due again, and since when it brings nothing."""
    errand, answer = one.errand, one.answer
    row = {
        "id": errand.look_id,
        "due_at": one.at + _wait(one, chance),
        "looked_at": one.at if one.is_answer else errand.looked_at,
        "tries": 0 if one.is_answer else errand.tries + int(one.was_asked),
        "failure": one.code,
        "failing_since": None if one.is_answer else errand.failing_since or one.at,
        "etag": answer.etag if answer is not None else errand.etag,
        "shown": answer.value if answer is not None else errand.shown,
    }
    if not one.was_asked and not one.spared:  # our time was up before its turn came: it is as it was, and due
        return row | {"failure": errand.failure, "failing_since": errand.failing_since}
    return row


def _wait(one: Brought, chance: Chance) -> timedelta:
    errand, failures = one.errand, one.errand.tries + 1
    if one.is_answer:
        return _pause(KINDS[errand.kind].every, is_late=one.at - errand.due_at > LATE, chance=chance())
    match one.trouble:
        case GoogleSilent():
            return timedelta(seconds=backoff.backoff(failures, chance(), one.trouble.retry_after))
        case QuotaUsed():
            return timedelta(seconds=backoff.HOUR_S)
        case None if not one.spared and not one.reference:
            return timedelta()
        case _:
            return timedelta(seconds=backoff.slow(chance()))


def _pause(every: timedelta, *, is_late: bool, chance: float) -> timedelta:
    """Until it is asked again: the interval, give or take a tenth; what came due together is spread over it anew."""
    return every * (0.25 + 0.75 * chance) if is_late else every * (1 - SPREAD / 2 + SPREAD * chance)


def _moved(kept: Sequence[Brought]) -> tuple[list[tuple[int, datetime]], list[Brought]]:
    """Sightings that were seen once more, by id and when; and all that has more to say than that."""
    known = sightings.newest({key for one in kept for key in _keys(one)})
    same, other = [], []
    for one in kept:
        found = [known[key] for key in _keys(one) if key in known]
        if one.answer is None or any(newest.failure for newest in found):
            other.append(one)
        elif one.answer.value is not None:
            newest_of_it = known.get(_keys(one)[0])
            if newest_of_it is not None and newest_of_it.sighting_id and newest_of_it.value == one.answer.value:
                same.append((newest_of_it.sighting_id, one.at))
            else:
                other.append(one)
    return same, other


def _keys(one: Brought) -> list[str]:
    """Of the subject its answer is about, and of the one whose failure it ends; the same of a person everywhere."""
    errand, kind = one.errand, KINDS[one.errand.kind]
    troubles = kind.troubles(errand)
    keys = [sightings.key_of(kind.subject, errand.person_id)] if kind.subject else []
    return [*keys, *([sightings.key_of(*troubles)] if troubles else [])]


def _note(one: Brought) -> None:
    errand, kind, answer = one.errand, KINDS[one.errand.kind], one.answer
    troubles = kind.troubles(errand)
    if answer is not None:
        if answer.value is not None and kind.subject:
            sightings.note(sightings.subject(kind.subject, errand.person_id), answer.value, one.at)
        if troubles is not None:
            sightings.answered(sightings.key_of(*troubles))
        kind.keep(errand, answer, one.at)
    elif one.was_asked and one.code and troubles is not None:
        subject = sightings.subject(*troubles)
        said = referring.note_of(one.trouble, subject.failure_note) if one.trouble is not None else one.reference
        sightings.note_failure(subject, one.code, one.at, said)
