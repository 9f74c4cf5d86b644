"""Telling of drifts: who is concerned, by what stands in the rows; what is new, lasts or is cured; the letters about it.

Everything follows from the database alone, so a process that ends in between loses nothing, and two of them, one after
the other by the clinic's turn, say nothing twice.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from wizard import drift_letters, drifting, quiet
from wizard.cards import card_of
from wizard.config import Settings
from wizard.drift_letters import Line, Sender
from wizard.drifting import Cause, Found, Telling
from wizard.evidence import NAME
from wizard.invitations import Written
from wizard.onboarding.evidence import Known
from wizard.onboarding.looks import read_counts
from wizard.practice import Practice
from wizard.steps.step import ANSWERS, WEATHER
from wizard.store import (
    administrators,
    answers,
    clinics,
    drifts,
    grants,
    log,
    mails,
    patrols,
    people,
    sightings,
    workstations,
)
from wizard.store.clinics import Clinic
from wizard.store.database import db, of_clinic, of_every_clinic
from wizard.store.drifts import Drift
from wizard.store.encryption import Cipher
from wizard.store.mails import MailKind
from wizard.store.people import Person
from wizard.when import date as short_date
from wizard.when import exact_point

STUCK = timedelta(minutes=15)
"""So long a change of an appointment has to be kept from Google before it is told; most are cured at once."""

WHO = "the patrol"

Key = tuple[int | None, str]
"""Whose it is, none for the whole clinic's, and its code."""


@dataclass(frozen=True, slots=True)
class Office:
    """What the telling needs of the installation."""

    settings: Settings
    practices: Mapping[str, Practice]
    cipher: Cipher

    @property
    def has_mail(self) -> bool:
        return bool(self.settings.mail_url) or self.settings.has_mailbox


def tell(office: Office, now: datetime) -> int:
    """Judge everybody who is concerned, and owe the letters that are due; how many. A transaction for each clinic."""
    return sum(_tell_clinic(office, clinic_id, ids, now) for clinic_id, ids in _concerned(now).items())


def _concerned(now: datetime) -> Mapping[int, set[int]]:
    """Clinics of which there may be something to tell, and the people in them, by what stands in the rows."""
    found: defaultdict[int, set[int]] = defaultdict(set)
    with of_every_clinic():
        for drift in (*drifts.lasting(), *drifts.cured_untold()):
            found[drift.clinic_id] |= {drift.person_id} if drift.person_id else set()
        for grant in grants.seen_dead():
            found[grant.clinic_id].add(grant.person_id)
        for clinic_id, person_id in (*sightings.pinned_otherwise(NAME), *sightings.refused(frozenset(ANSWERS))):
            found[clinic_id].add(person_id)
        for delivery in drifts.undelivered(now - STUCK):
            found[delivery.clinic_id].add(delivery.person_id)
        for look in patrols.refused():
            found[look.clinic_id].add(look.person_id)
        for look in patrols.failing():
            found[look.clinic_id].update()  # a silence is the clinic's: nobody has to be judged for it
        for clinic in clinics.every():
            if _is_counted(clinic):
                found[clinic.id].update()
    db.session.commit()
    return found


def _tell_clinic(office: Office, clinic_id: int, ids: set[int], now: datetime) -> int:
    with of_clinic(clinic_id):
        clinics.take_turn()
        clinic = clinics.find_present()
        if clinic is None:  # it was deleted meanwhile
            db.session.rollback()
            return 0
        known = {person.id: person for person in people.everyone()}
        if any(drift.code in drifting.OF_CLINIC for drift in drifts.lasting()):
            ids = set(known)  # whoever is judged tells whether it is cured
        found = {who.id: one for who, one in _found(office, clinic, [known[i] for i in sorted(ids) if i in known], now)}
        causes = _causes(clinic, known, found, now)
        lasting = _follow(clinic, causes, found, known, now)
        count = _write(office, clinic, known, causes, lasting, now) if office.has_mail else 0
        db.session.commit()
    return count


def _found(office: Office, clinic: Clinic, whom: Sequence[Person], now: datetime) -> Iterable[tuple[Person, Found]]:
    desks = workstations.desks_of_clinic()
    if not whom or not desks:
        return
    read = Known(clinic, whom, desks, office.practices[clinic.practice], office.settings, now)
    for who in whom:
        evidences = [read.evidence(who, desk) for desk in desks]
        yield who, drifting.found(evidences, [read.journey(who, desk) for desk in desks])


def _causes(clinic: Clinic, known: Mapping[int, Person], found: Mapping[int, Found], now: datetime) -> dict[Key, Cause]:
    """All that is wrong now: of people, of what is owed for them, of the whole clinic."""
    causes: dict[Key, Cause] = {
        (person_id if cause.code not in drifting.OF_CLINIC else None, cause.code): cause
        for person_id, one in found.items()
        for cause in one.causes
    }
    causes |= _narrow(causes) | _stuck(causes, now) | _silences(clinic, now)
    return causes | (_quiet(clinic, known, now) if _is_counted(clinic) else {})


def _narrow(causes: Mapping[Key, Cause]) -> dict[Key, Cause]:
    """Whose writing permission reaches less far than it did: of the one that reads step 1 says it."""
    keys = {(look.person_id, look.failure) for look in patrols.refused() if look.kind == "integration"}
    return {key: drifting.NARROW for key in keys if key[1] == drifting.NARROW.code and key not in causes}


def _stuck(causes: Mapping[Key, Cause], now: datetime) -> dict[Key, Cause]:
    """What a delivery met that nothing else says of its person already; what was begun goes on by itself."""
    lasting = {(drift.person_id, drift.code) for drift in drifts.lasting()}
    told = {person_id for person_id, _ in causes} | ({None} if any(key[0] is None for key in causes) else set())
    stuck: dict[Key, Cause] = {}
    for delivery in drifts.undelivered(now - STUCK):
        card = card_of(delivery.reason)
        key = (delivery.person_id, delivery.reason)
        is_told = (delivery.person_id in told or None in told) and key not in lasting
        if delivery.reason in WEATHER | {drifting.SET_UP} or is_told or key in causes:
            continue
        words = (
            f"Appointments wait: {card.label.lower()}." if card else "Appointments wait and cannot be sent to Google."
        )
        cure = "My SAL Calendar says of each what keeps it. Nothing is lost."
        stuck[key] = Cause(delivery.reason, words, cure)
    return stuck


def _silences(clinic: Clinic, now: datetime) -> dict[Key, Cause]:
    """Since when Google is silent, and how much waits; and whether it refuses this installation."""
    looks, owed = patrols.failing(), drifts.undelivered(now)
    silent = [look for look in looks if look.failure in WEATHER]
    waiting = [delivery for delivery in owed if delivery.reason in WEATHER]
    causes: dict[Key, Cause] = {}
    if drifting.SET_UP in {look.failure for look in looks} | {delivery.reason for delivery in owed}:
        causes[None, drifting.SET_UP] = drifting.WRONG_AT_GOOGLE
    times = [look.failing_since for look in silent] + [delivery.failing_since for delivery in waiting]
    since = drifting.since_of(times)
    was_told = any(drift.code == drifting.SILENT for drift in drifts.lasting())
    if since is not None and (was_told or now - since >= drifting.SILENCE):
        at = exact_point(since, now, clinic.zone)
        causes[None, drifting.SILENT] = drifting.silence(at, len(silent), len({one.appointment_id for one in waiting}))
    return causes


def _quiet(clinic: Clinic, known: Mapping[int, Person], now: datetime) -> dict[Key, Cause]:
    """Who usually gets appointments and got none, unless she said that she is away."""
    away = _away(clinic, now)
    causes: dict[Key, Cause] = {}
    for person_id, sighting in sightings.of_name(patrols.COUNTING).items():
        counts = read_counts(sighting.value)
        is_asked = person_id in known and person_id not in away
        if is_asked and counts.last and quiet.is_quiet(counts, now, clinic.zone, clinic.works_on):
            usual = quiet.usual(counts, clinic.zone, clinic.works_on)
            cause = drifting.quiet_since(short_date(counts.last, clinic.zone), usual)
            causes[person_id, cause.code] = cause
    return causes


def _follow(
    clinic: Clinic, causes: Mapping[Key, Cause], found: Mapping[int, Found], known: Mapping[int, Person], now: datetime
) -> list[Drift]:
    """Begin what is new, end what is over; all that was touched, those that last among them."""
    followed = {(drift.person_id, drift.code): drift for drift in drifts.lasting()}
    for key, drift in followed.items():
        drift.begun_at = min(drift.begun_at, now)  # the clock was set back since
        if key not in causes and not _is_unsure(drift, found, known):
            drift.ended_at, drift.is_cured = now, not _is_over(clinic, drift, found, known, now)
    for person_id, code in causes:
        if (person_id, code) not in followed:
            followed[person_id, code] = drifts.begin(code, person_id, now)
    return list(followed.values())


def _is_unsure(drift: Drift, found: Mapping[int, Found], known: Mapping[int, Person]) -> bool:
    """Something else hides it, or nobody could be judged: no computer has a name any more."""
    if drift.person_id is None or drift.person_id not in known:
        return False
    one = found.get(drift.person_id)
    return one is None or drift.code in one.unsure


def _is_over(
    clinic: Clinic, drift: Drift, found: Mapping[int, Found], known: Mapping[int, Person], now: datetime
) -> bool:
    """It ended, and no repair ended it: she left, took the permission back, began again, is away, or nobody counts any more."""
    if drift.person_id is None:
        return False
    if drift.person_id not in known:
        return True
    if drift.code == drifting.QUIET:
        return not _is_counted(clinic) or drift.person_id in _away(clinic, now)
    return drift.code in found[drift.person_id].over


def _is_counted(clinic: Clinic) -> bool:
    return clinic.counts_arrivals and not clinic.writes_here


def _away(clinic: Clinic, now: datetime) -> set[int]:
    """Who said that she is, until today or later."""
    today = now.astimezone(clinic.zone).date()
    said = answers.all_of_clinic("away")
    return {answer.person_id for answer in said if date.fromisoformat(answer.slug) >= today}


# ── the letters ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _write(
    office: Office,
    clinic: Clinic,
    known: Mapping[int, Person],
    causes: Mapping[Key, Cause],
    followed: Sequence[Drift],
    now: datetime,
) -> int:
    sender = Sender(clinic.name, office.settings.public_url.rstrip("/"), is_standin=clinic.writes_here)
    earlier = drifts.ended_since([drift.key for drift in followed], now - drifting.EVERY)
    lasting = [drift for drift in followed if drift.ended_at is None and (drift.person_id, drift.code) in causes]
    count = 0
    for drift in followed:
        person = known.get(drift.person_id or 0)
        if person is None or drift.code not in drifting.TO_PERSON:
            continue
        if drift.ended_at is not None:
            if drift.is_cured and drift.told_at is not None:
                written = drift_letters.cured_to_person(person.name, drift.code, sender)
                count += _post(office, person, drift.code, written, now)
            continue
        drift.told_at = min(drift.told_at, now) if drift.told_at else None
        before = [one.told_at for one in earlier if one.key == drift.key and one.told_at]
        if drift in lasting and drifting.is_due(Telling(drift.begun_at, drift.told_at, before), now):
            cause = causes[drift.person_id, drift.code]
            count += _post(
                office, person, drift.code, drift_letters.to_person(person.name, person.id, cause, sender), now
            )
            drift.told_at = now
    return count + _write_to_office(office, sender, known, causes, (lasting, earlier), now)


def _write_to_office(
    office: Office,
    sender: Sender,
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
    written = drift_letters.to_office(lines, good, sender)
    for reader in readers:
        _add(office, None, reader.email, written, now)
    for drift in due:
        drift.office_told_at = now
    for drift in cured:
        drift.cure_told_at = now
    who = ", ".join(reader.name for reader in readers)
    codes = ", ".join(sorted({one.code for one in (*due, *cured)}))
    log.add("told by mail what the patrol found", at=now, who=WHO, detail=f"{codes}, to {who}")
    return len(readers)


def _post(office: Office, person: Person, code: str, written: Written, now: datetime) -> int:
    """To her own address, where there is one."""
    address = person.email or person.google_account
    if not address:
        return 0
    _add(office, person.id, address, written, now)
    log.add(
        "told by mail what the patrol found", at=now, who=WHO, person_id=person.id, detail=f"{code}, to {person.name}"
    )
    return 1


def _add(office: Office, person_id: int | None, address: str, written: Written, now: datetime) -> None:
    mails.add(MailKind.DRIFT, person_id, address, written.subject, office.cipher.encrypt(written.words), now)
