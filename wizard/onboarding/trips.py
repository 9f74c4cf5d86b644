"""Trips of one browser to Google, and which of other people's tell something of a person: found without reading them all."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from wizard import evidence as facts
from wizard.onboarding import returning
from wizard.store import attempts


class AtDesk:
    """All trips of one workstation's browser. What a person's own checks may read of them costs the same in every crowd."""

    def __init__(self) -> None:
        self._own: defaultdict[int, list[attempts.Attempt]] = defaultdict(list)
        self._codes: list[attempts.Attempt] = []
        self._codes_of: defaultdict[str, list[attempts.Attempt]] = defaultdict(list)
        self._unhinted_refusals: list[attempts.Attempt] = []
        self._came_back: list[datetime] = []  # of the codes, once they are sorted by it

    def add(self, row: attempts.Attempt) -> None:
        """Oldest first."""
        self._own[row.person_id].append(row)
        outcome = facts.Outcome(row.outcome)
        if outcome.brought_a_code:
            self._codes.append(row)
            self._codes_of[row.came_sub].append(row)
        elif outcome is facts.Outcome.REFUSED and not row.is_hinted:
            self._unhinted_refusals.append(row)

    def told(self, person_id: int, sub: str) -> tuple[facts.Trip, ...]:
        """The person's own, and of other people's those that say whether her sign-out lasted and she left; oldest first.

        `sub` is her account, empty while nobody knows it. A sign-out ends by the first code that came back after it. That
        she is signed in shows the last code of her account; that she may have left, the last refusal without a hint.
        """
        own = self._own.get(person_id, [])
        self._sort()
        others = [self._first_code_after(_came_back(row), person_id) for row in own if _asks(row)]
        others.append(_last_of_others(self._codes_of.get(sub, []) if sub else [], person_id))
        others.append(_last_of_others(self._unhinted_refusals, person_id))
        rows = {row.id: row for row in (*own, *others) if row is not None}
        return tuple(trip_of(rows[key], person_id) for key in sorted(rows))

    def failures(self, person_id: int) -> list[tuple[datetime, str, str]]:
        """When each of her trips came back, with the code of its failure and what was said with it."""
        return [(_came_back(row), row.failure, row.failure_note) for row in self._own.get(person_id, [])]

    def _sort(self) -> None:
        """By when they came back: whoever left first need not be back first."""
        if len(self._came_back) != len(self._codes):
            self._codes.sort(key=_came_back)
            self._came_back = [_came_back(row) for row in self._codes]
            self._unhinted_refusals.sort(key=_came_back)

    def _first_code_after(self, moment: datetime, person_id: int) -> attempts.Attempt | None:
        later = range(bisect_right(self._came_back, moment), len(self._codes))
        return next((self._codes[at] for at in later if self._codes[at].person_id != person_id), None)


def by_desk(rows: Iterable[attempts.Attempt]) -> defaultdict[int, AtDesk]:
    """Trips of any workstations, oldest first, by workstation."""
    found: defaultdict[int, AtDesk] = defaultdict(AtDesk)
    for row in rows:
        found[row.workstation_id].add(row)
    return found


def trip_of(row: attempts.Attempt, person_id: int) -> facts.Trip:
    """An attempt as the steps see it, from one person's side."""
    purpose = facts.Purpose(row.purpose)
    is_control = purpose is facts.Purpose.SIGNED_OUT and row.return_to == returning.CONTROL
    return facts.Trip(
        purpose=purpose,
        begun_at=row.begun_at,
        outcome=facts.Outcome(row.outcome),
        ended_at=row.ended_at,
        sub=row.sub,
        account=facts.Account(row.came_sub, row.came_email, row.came_hd) if row.came_sub else None,
        is_hinted=row.is_hinted,
        is_own=row.person_id == person_id and not is_control,
        is_leaving=row.return_to == returning.LEAVING,
        missing=tuple(row.missing),
        taken_by=row.taken_by,
        alive_before=row.alive_before,
        alive_after=row.alive_after,
        failure=row.failure,
    )


def _came_back(row: attempts.Attempt) -> datetime:
    return row.ended_at or row.begun_at


def _asks(row: attempts.Attempt) -> bool:
    """A silent question, from which a sign-out may count."""
    return row.purpose == facts.Purpose.SIGNED_OUT.value


def _last_of_others(rows: list[attempts.Attempt], person_id: int) -> attempts.Attempt | None:
    return next((row for row in reversed(rows) if row.person_id != person_id), None)
