"""Attempts: one trip of a browser to Google each, named by its `state`, good once and for ten minutes."""

import secrets
from datetime import datetime, timedelta

from sqlalchemy import JSON, ForeignKey, func, or_, select, update
from sqlalchemy.orm import Mapped, mapped_column

from wizard.evidence import Outcome, Purpose
from wizard.store.database import Base, Moment, OfClinic, db

GOOD_FOR = timedelta(minutes=10)

HELD_FOR = timedelta(minutes=20)
"""From the beginning of its trip: how long a consent waits for "Right?"."""


class Attempt(OfClinic, Base):
    """All that the callback may know: it reads this row and nothing the browser says besides `state`."""

    __tablename__ = "attempts"

    id: Mapped[int] = mapped_column(primary_key=True)
    state: Mapped[str] = mapped_column(unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    workstation_id: Mapped[int] = mapped_column(ForeignKey("workstations.id"), index=True)
    browser: Mapped[str]  # whose cookie must come back with the answer
    purpose: Mapped[str]
    client_id: Mapped[str]
    return_to: Mapped[str]  # the name of a page of ours, never an address
    sub: Mapped[str] = mapped_column(default="")  # the account meant, where one is known
    is_hinted: Mapped[bool] = mapped_column(default=True)
    secret: Mapped[str] = mapped_column(default="")  # encrypted: nonce and code verifier
    held: Mapped[str] = mapped_column(default="")  # encrypted: a consent that waits for "Right?"; gone with the answer
    begun_at: Mapped[datetime] = mapped_column(Moment)
    used_at: Mapped[datetime | None] = mapped_column(Moment)  # its state came back: never good again
    ended_at: Mapped[datetime | None] = mapped_column(Moment)
    outcome: Mapped[str] = mapped_column(default=Outcome.OPEN.value)
    came_sub: Mapped[str] = mapped_column(default="")
    came_email: Mapped[str] = mapped_column(default="")
    came_hd: Mapped[str] = mapped_column(default="")
    missing: Mapped[list[str]] = mapped_column(JSON, default=list)
    taken_by: Mapped[str] = mapped_column(default="")  # whose account it is already
    alive_before: Mapped[bool] = mapped_column(default=False)
    alive_after: Mapped[bool] = mapped_column(default=False)
    failure: Mapped[str] = mapped_column(default="")
    failure_note: Mapped[str] = mapped_column(
        default="", server_default=""
    )  # a reference number and Google's own words

    def end(self, outcome: Outcome, at: datetime, *, failure: str = "", note: str = "") -> None:
        self.outcome, self.ended_at, self.failure, self.secret = outcome.value, at, failure, ""
        self.failure_note = note


def begin(  # noqa: PLR0913 - an attempt is all of this
    purpose: Purpose,
    *,
    person_id: int,
    workstation_id: int,
    browser: str,
    client_id: str,
    return_to: str,
    at: datetime,
    sub: str = "",
    is_hinted: bool = True,
) -> Attempt:
    """A new attempt under a state of 256 random bits."""
    attempt = Attempt(
        state=secrets.token_urlsafe(32),
        purpose=purpose.value,
        person_id=person_id,
        workstation_id=workstation_id,
        browser=browser,
        client_id=client_id,
        return_to=return_to,
        begun_at=at,
        sub=sub,
        is_hinted=is_hinted,
    )
    db.session.add(attempt)
    db.session.flush()
    return attempt


def take(state: str, browser: str, at: datetime) -> Attempt | None:
    """The attempt of that state, once: None when it is unknown, used, older than 10 minutes or another browser's.

    The state itself is the key, so this is asked before anybody knows the clinic.
    """
    if not state.isprintable():  # PostgreSQL takes no NUL, and ours are letters and digits
        return None
    used = db.session.execute(
        update(Attempt)
        .where(
            Attempt.state == state,
            Attempt.browser == browser,
            Attempt.used_at.is_(None),
            Attempt.begun_at > at - GOOD_FOR,
        )
        .values(used_at=at)
        .execution_options(synchronize_session=False)
    )
    if used.rowcount != 1:  # type: ignore[attr-defined]  # CursorResult, which Session.execute's type hides
        return None
    return db.session.scalars(select(Attempt).where(Attempt.state == state)).one()


def forget_secrets(at: datetime) -> None:
    """Erase what is good for nothing any more: secrets of trips that nobody can come back from, unanswered consents."""
    for column, kept_for in ((Attempt.secret, GOOD_FOR), (Attempt.held, HELD_FOR)):
        db.session.execute(
            update(Attempt)
            .where(column != "", Attempt.begun_at <= at - kept_for)
            .values({column: ""})
            .execution_options(synchronize_session=False)
        )


def waits_for(sub: str) -> bool:
    """Whether a consent of that account waits for "Right?"."""
    query = select(Attempt.id).where(Attempt.came_sub == sub, Attempt.held != "")
    return db.session.execute(query.limit(1)).first() is not None


def newest(person_id: int, workstation_id: int, purpose: Purpose) -> Attempt | None:
    query = select(Attempt).where(
        Attempt.person_id == person_id,
        Attempt.workstation_id == workstation_id,
        Attempt.purpose == purpose.value,
    )
    return db.session.scalars(query.order_by(Attempt.id.desc())).first()


def of_workstations(workstation_ids: list[int], since: datetime) -> list[Attempt]:
    """The trips of these browsers, oldest first: those since a time, and every one that says where a grant came from."""
    query = select(Attempt).where(
        Attempt.workstation_id.in_(workstation_ids),
        or_(Attempt.begun_at >= since, Attempt.outcome == Outcome.REFUSED.value),
    )
    return list(db.session.scalars(query.order_by(Attempt.id)))


def control_exists(client_id: str) -> bool:
    """Whether a silent sign-in of this client was ever answered by the very account it named, on any workstation."""
    query = select(Attempt.id).where(
        Attempt.client_id == client_id,
        Attempt.purpose == Purpose.SIGNED_OUT.value,
        Attempt.is_hinted,
        Attempt.outcome == Outcome.SIGNED_IN.value,
        Attempt.came_sub == Attempt.sub,
        Attempt.sub != "",
    )
    return db.session.execute(query.limit(1)).first() is not None


def control_was_refused(client_id: str, return_to: str) -> bool:
    """Whether a silent sign-in right after a consent, which comes back to that page of ours, was ever refused."""
    query = select(Attempt.id).where(
        Attempt.client_id == client_id,
        Attempt.return_to == return_to,
        Attempt.outcome == Outcome.REFUSED.value,
    )
    return db.session.execute(query.limit(1)).first() is not None


def failures_since(at: datetime) -> set[str]:
    """The codes with which trips ended that were begun since then."""
    query = select(Attempt.failure).where(Attempt.begun_at >= at, Attempt.failure != "")
    return set(db.session.scalars(query.distinct()))


def held_since_before(at: datetime) -> int:
    """How many consents of trips that were begun before then still wait for "Right?"."""
    query = select(func.count()).select_from(Attempt).where(Attempt.held != "", Attempt.begun_at < at)
    return db.session.execute(query).scalar_one()
