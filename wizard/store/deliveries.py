"""Deliveries: the outbox. A row is written in the transaction of what it reports, and carries ids, never content.

How it is claimed and closed stands in `leasing`.
"""

from datetime import datetime

from sqlalchemy import ForeignKey, Update, exists, func, select, update
from sqlalchemy.orm import Mapped, mapped_column

from wizard.store import leasing
from wizard.store.appointments import Appointment
from wizard.store.authorizations import Authorization
from wizard.store.database import Base, Moment, db
from wizard.store.grants import Grant
from wizard.store.people import Person


class Delivery(leasing.Leased, Base):
    """One change of one appointment that Google has not confirmed yet, or did at `done_at`."""

    __tablename__ = "deliveries"

    appointment_id: Mapped[int] = mapped_column(ForeignKey("appointments.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    workstation_id: Mapped[int] = mapped_column(ForeignKey("workstations.id"))  # where the appointment was booked
    made_at: Mapped[datetime] = mapped_column(Moment)
    done_at: Mapped[datetime | None] = mapped_column(Moment)
    reason: Mapped[str] = mapped_column(default="")  # the code of what the last try met
    failing_since: Mapped[datetime | None] = mapped_column(Moment)


def add(appointment: Appointment, at: datetime) -> Delivery:
    """Something about this appointment is to reach Google; to be called in the transaction that changed it."""
    delivery = Delivery(
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


def due(at: datetime, limit: int = 50, *, delivery_id: int | None = None) -> list[Delivery]:
    """What could be sent now, or that one if it could: due, nobody's lease, and booked where the person's authorization is valid.

    A row without a valid authorization is held by this query alone; nothing has to be released by hand. So is a row of
    somebody who left the clinic, also while Google has not answered that her permission is to end.
    """
    works_here = exists().where(Person.id == Delivery.person_id, Person.left_at.is_(None))
    authorized = exists().where(
        Authorization.person_id == Delivery.person_id,
        Authorization.workstation_id == Delivery.workstation_id,
        Authorization.grant_id == Grant.id,
        Authorization.generation == Grant.generation,
        Grant.ended_at.is_(None),
        (Grant.died_at.is_(None)) | (Grant.died_at < Grant.since),
    )
    query = select(Delivery).where(
        Delivery.done_at.is_(None),
        leasing.is_due(Delivery, at),
        leasing.is_free(Delivery, at),
        authorized,
        works_here,
    )
    if delivery_id is not None:
        query = query.where(Delivery.id == delivery_id)
    return list(db.session.scalars(query.order_by(Delivery.due_at, Delivery.id).limit(limit)))


def claim(delivery_id: int, fence: int, at: datetime, until: datetime) -> int | None:
    """Lease the row seen under `fence`; the new fence number, or None when another was quicker."""
    return leasing.claim(Delivery, delivery_id, fence, Delivery.done_at.is_(None), at=at, until=until)


def close(delivery_id: int, fence: int, **values: object) -> bool:
    """Write what the try brought and give the lease back, if the row is still ours. Says whether it was."""
    return leasing.close(Delivery, delivery_id, fence, Delivery.done_at.is_(None), **values)


def put_off(person_id: int, until: datetime, reason: str, at: datetime) -> None:
    """The rest of this person's account waits as well: one row knocks for all, and the others keep their tries."""
    db.session.execute(
        _waiting(person_id)
        .where(Delivery.due_at < until)
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
