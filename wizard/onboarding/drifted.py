"""What drifted: who is concerned, by what stands in the rows; what is new, lasts or is cured. The letters are `telling`'s.

Everything follows from the database alone, so a process that ends in between loses nothing, and two of them, one after
the other by the clinic's turn, say nothing twice.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from wizard import drifting, quiet
from wizard.cards import card_of
from wizard.config import Settings
from wizard.drift_letters import Sender
from wizard.drifting import Cause, Found
from wizard.evidence import NAME
from wizard.onboarding.evidence import Known
from wizard.onboarding.looks import read_counts
from wizard.onboarding.telling import Key, Post
from wizard.practice import Practice
from wizard.steps.step import ANSWERS, WEATHER
from wizard.store import (
    answers,
    clinics,
    drifts,
    grants,
    patrols,
    people,
    sightings,
    workstations,
)
from wizard.store.clinics import Clinic
from wizard.store.database import db, of_clinic, of_every_clinic, only_reading
from wizard.store.drifts import Drift
from wizard.store.encryption import Cipher
from wizard.store.people import Person
from wizard.when import date as short_date
from wizard.when import exact_point

STUCK = timedelta(minutes=15)
"""So long a change of an appointment has to be kept from Google before it is told; most are cured at once."""

AT_ONCE = 20
"""People who are judged together where one of them is enough."""


@dataclass(frozen=True, slots=True)
class Office:
    """What the telling needs of the installation."""

    settings: Settings
    practices: Mapping[str, Practice]
    cipher: Cipher

    @property
    def has_mail(self) -> bool:
        return bool(self.settings.mail_url) or self.settings.has_mailbox


def concerned(now: datetime) -> Mapping[int, set[int]]:
    """Clinics of which there may be something to tell, and the people in them, by what stands in the rows."""
    found: defaultdict[int, set[int]] = defaultdict(set)
    with of_every_clinic(), only_reading():
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


def tell(office: Office, clinic_id: int, ids: Collection[int], now: datetime) -> int:
    """Judge them, and owe the letters of their clinic that are due; how many. A transaction, which ends with it."""
    with of_clinic(clinic_id):
        judged = _judged(office, ids, now)
        clinics.take_turn()
        clinic = clinics.find_present()
        if clinic is None:  # it was deleted meanwhile
            db.session.rollback()
            return 0
        known = {person.id: person for person in people.everyone()}
        found = {person_id: one for person_id, one in judged.items() if person_id in known}
        causes = _causes(clinic, known, found, now)
        lasting = _follow(clinic, causes, found, known, now)
        count = _post(office, clinic).write(known, causes, lasting, now) if office.has_mail else 0
        db.session.commit()
    return count


def _post(office: Office, clinic: Clinic) -> Post:
    address = office.settings.public_url.rstrip("/")
    return Post(Sender(clinic.name, address, is_standin=clinic.writes_here), office.cipher)


def _judged(office: Office, ids: Collection[int], now: datetime) -> dict[int, Found]:
    """What those show, by person; of what lasts of the whole clinic others tell, too, until one shows that it does.

    A large clinic takes seconds: nobody who writes is kept waiting meanwhile, and no transaction is open.
    """
    with only_reading():
        clinic, everyone = clinics.find_present(), people.everyone()
        lasts = {drift.code for drift in drifts.lasting()} & drifting.OF_CLINIC
        db.session.commit()
        if clinic is None:  # it was deleted meanwhile
            return {}
        found = _found(office, clinic, [who for who in everyone if who.id in ids], now)
        others = [who for who in everyone if who.id not in ids]
        for start in range(0, len(others) if lasts else 0, AT_ONCE):
            if any(cause.code in lasts for one in found.values() for cause in one.causes):
                break
            found |= _found(office, clinic, others[start : start + AT_ONCE], now)
        return found


def _found(office: Office, clinic: Clinic, whom: Sequence[Person], now: datetime) -> dict[int, Found]:
    desks = workstations.desks_of_clinic()
    read = Known(clinic, whom, desks, office.practices[clinic.practice], office.settings, now) if whom else None
    db.session.commit()
    if read is None or not desks:
        return {}
    return {
        who.id: drifting.found(
            [read.evidence(who, desk) for desk in desks], [read.journey(who, desk) for desk in desks]
        )
        for who in whom
    }


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
    looks, owed = patrols.failing(), drifts.undelivered(now, is_tried=True)
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
