"""Deliveries: the outbox. A row is written in the transaction of what it reports, and carries ids, never content.

How it is claimed and closed stands in `leasing`.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, ForeignKey, Index, Update, and_, exists, func, literal, select, text, true, update
from sqlalchemy.orm import Mapped, mapped_column

from wizard.store import leasing, locks
from wizard.store.appointments import Appointment
from wizard.store.authorizations import Authorization
from wizard.store.database import Base, Moment, db, of_every_clinic
from wizard.store.grants import Grant
from wizard.store.locks import Lock
from wizard.store.people import Person

OPEN: dict[str, Any] = {"sqlite_where": text("done_at IS NULL"), "postgresql_where": text("done_at IS NULL")}


class Delivery(leasing.Leased, Base):
    """One change of one appointment that Google has not confirmed yet, or did at `done_at`."""

    __tablename__ = "deliveries"
    __table_args__ = (Index("ix_deliveries_open", "due_at", **OPEN),)

    appointment_id: Mapped[int] = mapped_column(ForeignKey("appointments.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    workstation_id: Mapped[int] = mapped_column(ForeignKey("workstations.id"))  # where the appointment was booked
    made_at: Mapped[datetime] = mapped_column(Moment)
    done_at: Mapped[datetime | None] = mapped_column(Moment)
    reason: Mapped[str] = mapped_column(default="")  # the code of what the last try met
    failing_since: Mapped[datetime | None] = mapped_column(Moment)
    fault: Mapped[str] = mapped_column(default="", server_default="")  # the number to quote to support, of OUR-FAULT


class Owed(NamedTuple):
    """A row as it was seen in the line: whose it is, under which fence, and the Google account it goes to."""

    clinic_id: int
    id: int
    fence: int
    appointment_id: int
    sub: str


ACCOUNT = "account/"


def account(sub: str) -> str:
    """The name under which a Google account's lock and pace are kept, and its jobs stand in line."""
    return ACCOUNT + sub


def add(appointment: Appointment, at: datetime) -> Delivery:
    """Something about this appointment is to reach Google; to be called in the transaction that changed it."""
    delivery = Delivery(
        clinic_id=appointment.clinic_id,
        appointment_id=appointment.id,
        person_id=appointment.person_id,
        workstation_id=appointment.workstation_id,
        made_at=at,
        due_at=at,
    )
    db.session.add(delivery)
    db.session.flush()
    return delivery


def owe(appointment: Appointment, at: datetime) -> Delivery:
    """This appointment was changed and Google has to hear of it; to be called in the transaction that changed it.

    A delivery reads the appointment as it is when it is sent, so one that waits says this change as well. One that is
    being carried out may have read the appointment before the change: another follows it.
    """
    query = select(Delivery).where(
        Delivery.appointment_id == appointment.id,
        Delivery.done_at.is_(None),
        Delivery.leased_until.is_(None),
    )
    waiting = db.session.scalars(query.order_by(Delivery.id).with_for_update()).first()
    return waiting or add(appointment, at)


def find(delivery_id: int) -> Delivery | None:
    return db.session.scalars(select(Delivery).where(Delivery.id == delivery_id)).one_or_none()


def line(at: datetime, limit: int = 1000, of_account: int = 5) -> list[Owed]:
    """What could be sent now: due, nobody's lease, and booked where the person's authorization is valid.

    A row without a valid authorization is held by this query alone; nothing has to be released by hand. So is a row of
    somebody who left the clinic, also while Google has not answered that her permission is to end.

    Longest due first, but no more than a few of one account: it would shut out the others. Of every clinic inside
    `of_every_clinic`, else of the present one. Left out are accounts that somebody else is talking to Google for.
    """
    name = literal(ACCOUNT) + Grant.sub
    is_taken = exists().where(Lock.name == name, ~locks.is_free(at))
    place = func.row_number().over(partition_by=Grant.sub, order_by=(Delivery.due_at, Delivery.id)).label("place")
    ready = select(Delivery.id, Grant.sub, place).join(Grant, _writes()).where(*_can_go(at), ~is_taken).subquery()
    query = (
        select(Delivery.clinic_id, Delivery.id, Delivery.fence, Delivery.appointment_id, ready.c.sub)
        .join(ready, ready.c.id == Delivery.id)
        .where(Delivery.done_at.is_(None), ready.c.place <= of_account)
        .order_by(Delivery.due_at, Delivery.id)
    )
    return [Owed(*row) for row in db.session.execute(query.limit(limit))]


def count_due(at: datetime) -> int:
    """How many could be sent, whoever is talking to Google for their accounts."""
    query = select(func.count(Delivery.id)).join(Grant, _writes()).where(*_can_go(at))
    return db.session.scalars(query).one()


def in_line(delivery_id: int, at: datetime) -> Owed | None:
    """This one, if it could be sent now."""
    query = (
        select(Delivery.clinic_id, Delivery.id, Delivery.fence, Delivery.appointment_id, Grant.sub)
        .join(Grant, _writes())
        .where(Delivery.id == delivery_id, *_can_go(at))
    )
    row = db.session.execute(query).one_or_none()
    return Owed(*row) if row else None


def _writes() -> ColumnElement[bool]:
    return and_(Grant.person_id == Delivery.person_id, Grant.permission == "integration", Grant.ended_at.is_(None))


def _can_go(at: datetime) -> tuple[ColumnElement[bool], ...]:
    works_here = exists().where(Person.id == Delivery.person_id, Person.left_at.is_(None))
    return (
        Delivery.done_at.is_(None),
        leasing.is_due(Delivery, at),
        leasing.is_free(Delivery, at),
        is_authorized(),
        works_here,
    )


def is_authorized() -> ColumnElement[bool]:
    """Its person accepted at its workstation, under the grant that stands and lives; else it is held until she does."""
    return exists().where(
        _writes(),
        Authorization.person_id == Delivery.person_id,
        Authorization.workstation_id == Delivery.workstation_id,
        Authorization.grant_id == Grant.id,
        Authorization.generation == Grant.generation,
        (Grant.died_at.is_(None)) | (Grant.died_at < Grant.since),
    )


def claim_all(seen: Collection[Owed], at: datetime, until: datetime) -> set[int]:
    """Lease many at once, in whichever clinic; the ids of those that are ours now, each under its fence + 1."""
    rows = [(one.id, one.fence) for one in seen]
    with of_every_clinic():
        return leasing.claim_all(Delivery, rows, Delivery.done_at.is_(None), at=at, until=until)


def close_all(held: Collection[tuple[int, int]], at: datetime) -> set[int]:
    """Google has confirmed these, held as (id, fence); the ids of those that were still ours."""
    with of_every_clinic():
        return leasing.close_all(
            Delivery, held, Delivery.done_at.is_(None), done_at=at, reason="", failing_since=None, fault=""
        )


def of_ids(ids: Collection[int]) -> Sequence[Delivery]:
    return db.session.scalars(select(Delivery).where(Delivery.id.in_(ids))).all()


def close(delivery_id: int, fence: int, **values: object) -> bool:
    """Write what the try brought and give the lease back, if the row is still ours. Says whether it was."""
    return leasing.close(Delivery, delivery_id, fence, Delivery.done_at.is_(None), **values)


def put_off(person_id: int, until: datetime, reason: str, at: datetime, *, of_consent: bool = False) -> None:
    """The rest of this person's account waits as well: one row knocks for all, and the others keep their tries.

    What is held until she accepts waits for nothing else: the reason would stand there until then, long after it is over.
    `of_consent`: it is the reason that keeps all of them.
    """
    db.session.execute(
        _waiting(person_id)
        .where(Delivery.due_at < until, true() if of_consent else is_authorized())
        .values(due_at=until, reason=reason, failing_since=func.coalesce(Delivery.failing_since, at))
    )


def put_off_everybody(until: datetime, reason: str, at: datetime) -> None:
    """What is due in any clinic waits as well: Google answers nobody, so one row knocks for all."""
    with of_every_clinic():
        db.session.execute(
            _waiting(None)
            .where(Delivery.due_at < until, Delivery.due_at <= at, is_authorized())
            .values(due_at=until, reason=reason, failing_since=func.coalesce(Delivery.failing_since, at))
        )


def hasten(at: datetime, person_id: int | None = None) -> None:
    """What held deliveries back may be cured: all that wait, of a person or of the clinic, are due now.

    A worker that has one in hand may have read what was wrong, and would put it back for minutes: its hold ends here.
    If it is sending after all, its word comes late and the truth is said once more, as after any lease that ran out.
    """
    db.session.execute(_waiting(person_id).where(Delivery.due_at > at).values(due_at=at))
    in_hand = _open(person_id).where(Delivery.leased_until.is_not(None))
    db.session.execute(in_hand.values(leased_until=None, fence=Delivery.fence + 1, due_at=at))


def recheck(appointment_ids: list[int], at: datetime) -> None:
    """What stands in Google of these is another thing now: what waits to be said of them is due now."""
    db.session.execute(
        _waiting(None).where(Delivery.appointment_id.in_(appointment_ids), Delivery.due_at > at).values(due_at=at)
    )


def let_go(appointment_id: int, at: datetime) -> None:
    """Somebody chose that nothing more of this appointment is said to Google; a worker that has it in hand comes late."""
    statement = _open(None).where(Delivery.appointment_id == appointment_id)
    db.session.execute(statement.values(done_at=at, leased_until=None, fence=Delivery.fence + 1))


def _waiting(person_id: int | None) -> Update:
    return _open(person_id).where(Delivery.leased_until.is_(None))


def _open(person_id: int | None) -> Update:
    statement = update(Delivery).where(Delivery.done_at.is_(None))
    if person_id is not None:
        statement = statement.where(Delivery.person_id == person_id)
    return statement.execution_options(synchronize_session=False)


def open_of(appointment_ids: list[int]) -> dict[int, Delivery]:
    """What Google has not confirmed yet, by appointment: the newest of each."""
    query = select(Delivery).where(Delivery.appointment_id.in_(appointment_ids), Delivery.done_at.is_(None))
    return {delivery.appointment_id: delivery for delivery in db.session.scalars(query.order_by(Delivery.id))}


@dataclass(frozen=True, slots=True)
class Backlog:
    """How many appointments Google did not take at the last try, and since when it has been so with one of them."""

    count: int
    since: datetime | None


def backlog(person_id: int | None = None) -> Backlog:
    """Of a person, or of the clinic."""
    query = select(func.count(Delivery.appointment_id.distinct()), func.min(Delivery.failing_since)).where(*_stuck())
    if person_id is not None:
        query = query.where(Delivery.person_id == person_id)
    count, since = db.session.execute(query).one()
    return Backlog(count, since)


def stuck() -> list[Delivery]:
    """What Google did not take at the last try, of the whole clinic, what has waited longest first."""
    query = select(Delivery).where(*_stuck())
    return list(db.session.scalars(query.order_by(Delivery.failing_since, Delivery.id)))


def _stuck() -> tuple[ColumnElement[bool], ...]:
    works_here = exists().where(Person.id == Delivery.person_id, Person.left_at.is_(None))
    return Delivery.done_at.is_(None), Delivery.failing_since.is_not(None), works_here
