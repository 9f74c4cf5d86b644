"""Telling of what drifted: the letters, owed in the transaction that notes them as told, so that none is written twice."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from wizard import drift_letters, drifting
from wizard.drift_letters import Line, Sender
from wizard.drifting import Cause, Telling
from wizard.invitations import Written
from wizard.store import administrators, drifts, log, mails
from wizard.store.drifts import Drift
from wizard.store.encryption import Cipher
from wizard.store.mails import MailKind
from wizard.store.people import Person

WHO = "the patrol"

Key = tuple[int | None, str]
"""Whose it is, none for the whole clinic's, and its code."""


@dataclass(frozen=True, slots=True)
class Post:
    """What the letters of one clinic need: who writes them, and what keeps their words from being read."""

    sender: Sender
    cipher: Cipher

    def write(
        self, known: Mapping[int, Person], causes: Mapping[Key, Cause], followed: Sequence[Drift], now: datetime
    ) -> int:
        """Owe the letters that are due about what was followed, to each person and to the administrators; how many."""
        earlier = drifts.ended_since([drift.key for drift in followed], now - drifting.EVERY)
        lasting = [drift for drift in followed if drift.ended_at is None and (drift.person_id, drift.code) in causes]
        count = 0
        for drift in followed:
            person = known.get(drift.person_id or 0)
            if person is None or drift.code not in drifting.TO_PERSON:
                continue
            if drift.ended_at is not None:
                if drift.is_cured and drift.told_at is not None:
                    written = drift_letters.cured_to_person(person.name, drift.code, self.sender)
                    count += self._post(person, drift.code, written, now)
                continue
            drift.told_at = min(drift.told_at, now) if drift.told_at else None
            before = [one.told_at for one in earlier if one.key == drift.key and one.told_at]
            if drift in lasting and drifting.is_due(Telling(drift.begun_at, drift.told_at, before), now):
                cause = causes[drift.person_id, drift.code]
                count += self._post(
                    person, drift.code, drift_letters.to_person(person.name, person.id, cause, self.sender), now
                )
                drift.told_at = now
        return count + self._write_to_office(known, causes, (lasting, earlier), now)

    def _write_to_office(
        self,
        known: Mapping[int, Person],
        causes: Mapping[Key, Cause],
        told: tuple[Sequence[Drift], Sequence[Drift]],
        now: datetime,
    ) -> int:
        lasting, earlier = told
        for drift in lasting:
            drift.office_told_at = min(drift.office_told_at, now) if drift.office_told_at else None
        due = [
            drift
            for drift in lasting
            if drifting.is_due(
                Telling(
                    drift.begun_at,
                    drift.office_told_at,
                    [one.office_told_at for one in earlier if one.key == drift.key and one.office_told_at],
                ),
                now,
            )
        ]
        cured = drifts.cured_untold()
        if not (due or cured) or not drifting.may_write_to_office(drifts.office_told_last(), now):
            return 0
        names = {person_id: person.name for person_id, person in known.items()}
        lines = [Line(names.get(one.person_id or 0, ""), causes[one.person_id, one.code]) for one in due]
        good = [(names.get(one.person_id or 0, ""), one.code) for one in cured]
        readers = administrators.everyone()
        written = drift_letters.to_office(lines, good, self.sender)
        for reader in readers:
            self._add(None, reader.email, written, now)
        for drift in due:
            drift.office_told_at = now
        for drift in cured:
            drift.cure_told_at = now
        who = ", ".join(reader.name for reader in readers)
        codes = ", ".join(sorted({one.code for one in (*due, *cured)}))
        log.add("told by mail what the patrol found", at=now, who=WHO, detail=f"{codes}, to {who}")
        return len(readers)

    def _post(self, person: Person, code: str, written: Written, now: datetime) -> int:
        """To her own address, where there is one."""
        address = person.email or person.google_account
        if not address:
            return 0
        self._add(person.id, address, written, now)
        log.add(
            "told by mail what the patrol found",
            at=now,
            who=WHO,
            person_id=person.id,
            detail=f"{code}, to {person.name}",
        )
        return 1

    def _add(self, person_id: int | None, address: str, written: Written, now: datetime) -> None:
        mails.add(MailKind.DRIFT, person_id, address, written.subject, self.cipher.encrypt(written.words), now)
