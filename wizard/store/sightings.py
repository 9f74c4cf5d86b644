"""Sightings: what looks brought. The same value again moves `last_seen`; another value closes the row and adds one.

A look that did not succeed touches nothing but its subject's `failure` and `failed_since`.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import JSON, ForeignKey, UniqueConstraint, and_, bindparam, case, or_, select, update
from sqlalchemy.orm import Mapped, mapped_column, relationship

from wizard.store.database import Base, Moment, OfClinic, db


class Subject(OfClinic, Base):
    """What is looked at: somebody's calendars, her pinned calendar, an appointment's arrival at one workstation."""

    __tablename__ = "subjects"
    __table_args__ = (UniqueConstraint("clinic_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str]
    name: Mapped[str]
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    workstation_id: Mapped[int | None] = mapped_column(ForeignKey("workstations.id"))
    asked_at: Mapped[datetime | None] = mapped_column(Moment)
    failed_since: Mapped[datetime | None] = mapped_column(Moment)
    failure: Mapped[str] = mapped_column(default="")
    failure_note: Mapped[str] = mapped_column(
        default="", server_default=""
    )  # a reference number and Google's own words
    failures: Mapped[int] = mapped_column(default=0)  # in a row
    sightings: Mapped[list["Sighting"]] = relationship(order_by="Sighting.id", lazy="raise")


class Sighting(OfClinic, Base):
    """One value of a subject and how long it was seen."""

    __tablename__ = "sightings"

    id: Mapped[int] = mapped_column(primary_key=True)
    subject_id: Mapped[int] = mapped_column(ForeignKey("subjects.id"), index=True)
    value: Mapped[Any] = mapped_column(JSON)
    first_seen: Mapped[datetime] = mapped_column(Moment)
    last_seen: Mapped[datetime] = mapped_column(Moment)
    closed_at: Mapped[datetime | None] = mapped_column(Moment)


def key_of(name: str, person_id: int, workstation_id: int | None = None, about: int | str | None = None) -> str:
    """Under which a subject is found; a person's number is hers alone, whichever clinic."""
    return "/".join([name, *(str(part) for part in (person_id, workstation_id, about) if part is not None)])


def subject(name: str, person_id: int, workstation_id: int | None = None, about: int | str | None = None) -> Subject:
    """The subject of that name, made at its first look; `about` tells apart several of one name (a slot's id, an account)."""
    key = key_of(name, person_id, workstation_id, about)
    found = db.session.scalars(select(Subject).where(Subject.key == key)).one_or_none()
    if found is None:
        found = Subject(key=key, name=name, person_id=person_id, workstation_id=workstation_id)
        db.session.add(found)
        db.session.flush()
    return found


def note(looked_at: Subject, value: Any, at: datetime) -> None:
    """A look succeeded and brought this value."""
    looked_at.failure, looked_at.failure_note, looked_at.failed_since, looked_at.failures = "", "", None, 0
    query = select(Sighting).where(Sighting.subject_id == looked_at.id, Sighting.closed_at.is_(None))
    newest = db.session.scalars(query).one_or_none()
    if newest is not None and newest.value == value:
        newest.last_seen = max(at, newest.last_seen)
        return
    if newest is not None:
        newest.closed_at = at
    db.session.add(Sighting(subject_id=looked_at.id, value=value, first_seen=at, last_seen=at))


def note_failure(looked_at: Subject, failure: str, at: datetime, note: str = "") -> None:
    """A look did not succeed: what was seen before stays as it is, with its times."""
    if not looked_at.failure:
        looked_at.failed_since = at
    looked_at.failure, looked_at.failure_note = failure, note
    looked_at.failures += 1


def answered(key: str) -> None:
    """A look at something else was an answer about this as well: what failed before is over, what was seen stays."""
    found = db.session.scalars(select(Subject).where(Subject.key == key)).one_or_none()
    if found is not None:
        found.failure, found.failure_note, found.failed_since, found.failures = "", "", None, 0


@dataclass(frozen=True, slots=True)
class Newest:
    """A subject's failure and the value seen last; without a sighting its id is 0."""

    failure: str
    sighting_id: int
    value: Any


def newest(keys: Collection[str]) -> dict[str, Newest]:
    """The same of many subjects, by key, in one question to the database."""
    query = (
        select(Subject.key, Subject.failure, Sighting.id, Sighting.value)
        .outerjoin(Sighting, and_(Sighting.subject_id == Subject.id, Sighting.closed_at.is_(None)))
        .where(Subject.key.in_(keys))
    )
    return {row.key: Newest(row.failure, row.id or 0, row.value) for row in db.session.execute(query)}


def see_again(seen: Sequence[tuple[int, datetime]]) -> None:
    """The same values again, by the sightings' ids: `last_seen` moves, in one statement for many; back it never goes."""
    if seen:
        table = db.metadata.tables[Sighting.__tablename__]
        moved = case((table.c.last_seen > bindparam("at"), table.c.last_seen), else_=bindparam("at"))
        statement = update(table).where(table.c.id == bindparam("of")).values(last_seen=moved)
        db.session.connection().execute(statement, [{"of": sighting_id, "at": at} for sighting_id, at in seen])


def may_ask(looked_at: Subject, at: datetime, pace: timedelta) -> bool:
    """Whether the last question about this subject is long enough ago; a clock set back never blocks."""
    asked = looked_at.asked_at
    return asked is None or not asked <= at < asked + pace


def newest_proof(*, by_hand: bool) -> tuple[Subject, Sighting] | None:
    """The newest look of anybody in the clinic that found a test appointment live at its time.

    `by_hand`: one of the clinic's own PIMSY, which no authorization of ours wrote; else one of the Stand-in's.
    """
    generation = Sighting.value["generation"].as_integer()
    query = (
        select(Subject, Sighting)
        .join(Sighting, Sighting.subject_id == Subject.id)
        .where(
            Subject.name == "arrival",
            Sighting.value["live"].as_boolean().is_(True),
            Sighting.value["at_slot"].as_boolean().is_(True),
            generation == 0 if by_hand else generation > 0,
        )
        .order_by(Sighting.first_seen.desc(), Sighting.id.desc())
    )
    found = db.session.execute(query).first()
    return None if found is None else (found[0], found[1])


def of_people(person_ids: list[int]) -> list[tuple[Subject, Sighting | None]]:
    """Every subject of these people with each of its sightings, oldest first; None where no look succeeded yet."""
    query = (
        select(Subject, Sighting)
        .outerjoin(Sighting, Sighting.subject_id == Subject.id)
        .where(Subject.person_id.in_(person_ids))
        .order_by(Subject.id, Sighting.id)
    )
    return [(row[0], row[1]) for row in db.session.execute(query)]


def of_name(name: str) -> dict[int, Sighting]:
    """The newest sighting of everybody's subject of that name, by person."""
    query = (
        select(Subject.person_id, Sighting)
        .join(Sighting, Sighting.subject_id == Subject.id)
        .where(Subject.name == name, Sighting.closed_at.is_(None))
    )
    return {row[0]: row[1] for row in db.session.execute(query)}


def pinned_otherwise(name: str) -> list[tuple[int, int]]:
    """Whose pinned calendar was last seen gone, under another name than this, or no more her own; clinic and person."""
    value = Sighting.value
    query = (
        select(Subject.clinic_id, Subject.person_id)
        .join(Sighting, Sighting.subject_id == Subject.id)
        .where(
            Subject.name == "pinned",
            Sighting.closed_at.is_(None),
            or_(
                value["gone"].as_boolean().is_(True),
                value["summary"].as_string() != name,
                value["role"].as_string() != "owner",
            ),
        )
    )
    return [(row[0], row[1]) for row in db.session.execute(query)]


def refused(codes: Collection[str]) -> list[tuple[int, int]]:
    """Whose last look brought one of these; clinic and person."""
    query = select(Subject.clinic_id, Subject.person_id).where(Subject.failure.in_(codes)).distinct()
    return [(row[0], row[1]) for row in db.session.execute(query)]


def failures_since(at: datetime) -> set[str]:
    """The codes of the subjects whose last look, since then, did not succeed."""
    query = select(Subject.failure).where(Subject.failure != "", Subject.asked_at >= at)
    return set(db.session.scalars(query.distinct()))
