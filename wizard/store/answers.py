"""Answers: what a person said or passed by. They are superseded, never edited."""

from datetime import datetime

from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import Mapped, mapped_column

from wizard.store.database import Base, Moment, OfClinic, db


class Answer(OfClinic, Base):
    """No workstation means that it holds at all of them.

    `kind` is "passed by", "said", "asked" or "start again"; by hand also "no page" (none of Google's opened), "password"
    (PIMSY saves no folder without one) and "tell" (an administrator is to do this step). On the short roads "just check",
    "without checker", "not there" (nobody looked but the person) and "stop" (the checker was removed); "own computer"; and
    "title", whose slug is what the arrived title shows of a client, "none" or "client". By hand "away", whose slug is the
    last day of it.
    """

    __tablename__ = "answers"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    workstation_id: Mapped[int | None] = mapped_column(ForeignKey("workstations.id"))
    kind: Mapped[str]
    slug: Mapped[str]
    at: Mapped[datetime] = mapped_column(Moment)
    by: Mapped[str]
    superseded_at: Mapped[datetime | None] = mapped_column(Moment)


def give(person_id: int, workstation_id: int | None, kind: str, slug: str, *, at: datetime, by: str) -> None:
    """Note an answer; an earlier one of the same kind about the same step is superseded."""
    take_back(person_id, workstation_id, kind, slug, at=at)
    db.session.add(Answer(person_id=person_id, workstation_id=workstation_id, kind=kind, slug=slug, at=at, by=by))


def take_back(person_id: int, workstation_id: int | None, kind: str, slug: str, *, at: datetime) -> None:
    """The answer no longer stands; its row stays."""
    query = select(Answer).where(
        Answer.person_id == person_id,
        Answer.workstation_id == workstation_id,
        Answer.kind == kind,
        Answer.slug == slug,
        Answer.superseded_at.is_(None),
    )
    for answer in db.session.scalars(query):
        answer.superseded_at = at


def take_back_all(person_id: int, kind: str, *, at: datetime) -> None:
    """None of that kind stands any more, about whatever it was; the rows stay."""
    query = select(Answer).where(Answer.person_id == person_id, Answer.kind == kind, Answer.superseded_at.is_(None))
    for answer in db.session.scalars(query):
        answer.superseded_at = at


def standing(person_ids: list[int]) -> list[Answer]:
    """The answers that stand, oldest first."""
    query = select(Answer).where(Answer.person_id.in_(person_ids), Answer.superseded_at.is_(None))
    return list(db.session.scalars(query.order_by(Answer.at, Answer.id)))


def newest_of_clinic(kind: str, slug: str) -> Answer | None:
    """The newest standing answer of that kind about that step, whoever gave it."""
    query = select(Answer).where(Answer.kind == kind, Answer.slug == slug, Answer.superseded_at.is_(None))
    return db.session.scalars(query.order_by(Answer.at.desc(), Answer.id.desc())).first()


def stands(person_id: int, kind: str) -> bool:
    """Whether this person's answer of that kind stands, wherever it was given."""
    query = select(Answer.id).where(Answer.person_id == person_id, Answer.kind == kind, Answer.superseded_at.is_(None))
    return db.session.scalars(query).first() is not None


def all_of_clinic(kind: str) -> list[Answer]:
    """The standing answers of that kind, oldest first."""
    query = select(Answer).where(Answer.kind == kind, Answer.superseded_at.is_(None))
    return list(db.session.scalars(query.order_by(Answer.at, Answer.id)))


def ever(person_ids: list[int], kind: str, slug: str) -> list[Answer]:
    """Every answer of that kind about that step, superseded ones too, oldest first."""
    query = select(Answer).where(Answer.person_id.in_(person_ids), Answer.kind == kind, Answer.slug == slug)
    return list(db.session.scalars(query.order_by(Answer.at, Answer.id)))
