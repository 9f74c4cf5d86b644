"""Grants: what Google let us do for one account and permission, with its tokens encrypted."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, and_, or_, select, text, update
from sqlalchemy.orm import Mapped, mapped_column

from wizard.store.database import Base, Moment, OfClinic, db, of_every_clinic
from wizard.store.people import Person

STANDS: dict[str, Any] = {"sqlite_where": text("ended_at IS NULL"), "postgresql_where": text("ended_at IS NULL")}


class Grant(OfClinic, Base):
    """`version` counts every write (compare-and-swap); `generation` the consents given after it was seen dead."""

    __tablename__ = "grants"
    __table_args__ = (
        Index("uq_grants_of_person", "person_id", "permission", unique=True, **STANDS),
        Index("uq_grants_of_account", "clinic_id", "permission", "sub", unique=True, **STANDS),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    workstation_id: Mapped[int | None] = mapped_column(ForeignKey("workstations.id"))  # where it was given
    permission: Mapped[str]
    sub: Mapped[str]
    email: Mapped[str]
    hd: Mapped[str] = mapped_column(default="")
    scopes: Mapped[list[str]] = mapped_column(JSON)
    refresh_token: Mapped[str]  # encrypted; empty once the permission was removed
    access_token: Mapped[str]  # encrypted; the same
    expires_at: Mapped[datetime | None] = mapped_column(Moment)
    version: Mapped[int] = mapped_column(default=1)
    generation: Mapped[int] = mapped_column(default=1)
    given_at: Mapped[datetime] = mapped_column(Moment)
    since: Mapped[datetime] = mapped_column(Moment)  # the consent that began this generation
    died_at: Mapped[datetime | None] = mapped_column(Moment)
    death: Mapped[str] = mapped_column(default="")
    ended_at: Mapped[datetime | None] = mapped_column(Moment)  # another account took its place, or it was removed

    @property
    def is_dead(self) -> bool:
        return self.died_at is not None and self.died_at >= self.since


def standing(person_ids: list[int]) -> list[Grant]:
    """The grants of these people that no other account replaced."""
    return list(db.session.scalars(select(Grant).where(Grant.person_id.in_(person_ids), Grant.ended_at.is_(None))))


def telling(person_ids: list[int]) -> list[Grant]:
    """The same; of people who left the clinic also those that stood on that day, for what is known of them is of it."""
    stood_then = and_(Person.left_at.is_not(None), Grant.ended_at >= Person.left_at)
    query = (
        select(Grant)
        .join(Person, Person.id == Grant.person_id)
        .where(Grant.person_id.in_(person_ids), or_(Grant.ended_at.is_(None), stood_then))
    )
    return list(db.session.scalars(query.order_by(Grant.id)))


def of(person_id: int, permission: str, *, to_write: bool = False) -> Grant | None:
    """The grant that stands; `to_write`: nobody else writes it until the transaction ends."""
    query = select(Grant).where(Grant.person_id == person_id, Grant.permission == permission, Grant.ended_at.is_(None))
    if to_write:
        query = query.with_for_update()
    return db.session.scalars(query).one_or_none()


def account_of(person_id: int, permission: str) -> str | None:
    """The `sub` of the grant that stands; asks for it alone, so that no row in hand is read anew."""
    query = select(Grant.sub).where(
        Grant.person_id == person_id, Grant.permission == permission, Grant.ended_at.is_(None)
    )
    return db.session.execute(query).scalar()


def users_of(sub: str) -> set[int]:
    """The people of this clinic who have a grant of that account, whichever permission."""
    return set(db.session.scalars(select(Grant.person_id).where(Grant.sub == sub, Grant.ended_at.is_(None))))


def used_elsewhere(subs: Collection[str], person_id: int) -> set[str]:
    """Those of these accounts that anybody else of the whole installation lives by, whichever permission."""
    query = select(Grant.sub).where(Grant.sub.in_(subs), Grant.person_id != person_id, Grant.ended_at.is_(None))
    with of_every_clinic():
        return set(db.session.scalars(query))


def by_id(grant_ids: Collection[int]) -> dict[int, Grant]:
    return {grant.id: grant for grant in db.session.scalars(select(Grant).where(Grant.id.in_(grant_ids)))}


def seen_dead() -> list[Grant]:
    """Those that stand and that Google said are dead."""
    query = select(Grant).where(Grant.ended_at.is_(None), Grant.died_at >= Grant.since)
    return list(db.session.scalars(query.order_by(Grant.id)))


def find(grant_id: int) -> Grant | None:
    return db.session.scalars(select(Grant).where(Grant.id == grant_id)).one_or_none()


def of_ids(grant_ids: Collection[int]) -> list[Grant]:
    return list(db.session.scalars(select(Grant).where(Grant.id.in_(grant_ids))))


def add(person_id: int, workstation_id: int, permission: str, sub: str, at: datetime) -> Grant:
    """A grant without its tokens yet; the caller fills them in before the transaction ends."""
    grant = Grant(
        person_id=person_id,
        workstation_id=workstation_id,
        permission=permission,
        sub=sub,
        email="",
        scopes=[],
        refresh_token="",
        access_token="",
        version=0,
        generation=1,
        given_at=at,
        since=at,
    )
    db.session.add(grant)
    return grant


def bury(grant_id: int, version: int, at: datetime, reason: str) -> None:
    """Google says that the grant as it was at that version is dead; one that moved on, or is dead already, stays."""
    db.session.execute(
        update(Grant)
        .where(
            Grant.id == grant_id,
            Grant.version == version,
            (Grant.died_at.is_(None)) | (Grant.died_at < Grant.since),
        )
        .values(version=version + 1, died_at=at, death=reason)
        .execution_options(synchronize_session=False)
    )


def end_all_of(person_id: int, at: datetime) -> None:
    """Another account takes this person's place: her grants stand no more, and their rows stay as evidence."""
    for grant in standing([person_id]):
        grant.ended_at = at


def end(grant: Grant, at: datetime) -> None:
    """The person took the permission back: the grant stands no more, and nothing is left to use of it."""
    grant.ended_at, grant.version = at, grant.version + 1
    grant.refresh_token = grant.access_token = ""


def swap_tokens(grant_id: int, version: int, values: dict[str, object]) -> bool:
    """Write if nobody wrote since that version was read; says whether it did."""
    done = db.session.execute(
        update(Grant)
        .where(Grant.id == grant_id, Grant.version == version)
        .values(version=version + 1, **values)
        .execution_options(synchronize_session=False)
    )
    return done.rowcount == 1  # type: ignore[attr-defined,no-any-return]  # CursorResult, which Session.execute's type hides
