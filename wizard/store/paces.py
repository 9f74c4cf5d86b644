"""Paces: how many questions to Google an account, and the whole installation, may still ask; shared by all who ask.

A token bucket each: it fills evenly up to a small store, and a question takes one out. Google allows 600 questions a
minute to a user and 10,000 to a project, unless it granted more; we stay at half. A bucket that Google found too fast fills
at half its rate, and again half, and doubles every five minutes after that until it is back.
Source: developers.google.com/workspace/calendar/api/guides/quota
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Mapped, mapped_column

from wizard.store.database import Base, Moment, add_missing, db

OURS = 0.5
"""The part of what Google allows that we use."""

STORE_S = 12.0
"""So many seconds' worth may be asked at once after a quiet time: in no minute more than 60 % of what Google allows."""

LEAST_SHARE = 1 / 16
RECOVERS_EVERY = timedelta(minutes=5)
SLOWED_AT_MOST_EVERY = timedelta(seconds=30)
"""Several answers of the same moment are one hint."""


class Pace(Base):
    """What was left in `name`'s bucket at `at`, and which share of its rate it has since `slowed_at`."""

    __tablename__ = "paces"

    name: Mapped[str] = mapped_column(primary_key=True)
    left: Mapped[float]
    at: Mapped[datetime] = mapped_column(Moment)
    share: Mapped[float] = mapped_column(default=1.0)
    slowed_at: Mapped[datetime | None] = mapped_column(Moment)


@dataclass(frozen=True, slots=True)
class Rate:
    """Questions a minute that Google allows; 0: we do not count."""

    a_minute: int

    @property
    def a_second(self) -> float:
        return self.a_minute * OURS / 60

    @property
    def store(self) -> float:
        return self.a_second * STORE_S


def share_of(share: float, slowed_at: datetime | None, at: datetime) -> float:
    """What it has grown to since: doubled every five minutes, up to the whole."""
    if slowed_at is None:
        return 1.0
    steps = max(0, (at - slowed_at) // RECOVERS_EVERY)
    return min(1.0, share * 2.0 ** min(steps, 10))


def left(pace: Pace | None, rate: Rate, at: datetime) -> float:
    """How many questions may be asked now; below 1 none. A clock that was set back fills nothing."""
    if pace is None:
        return rate.store
    gone = max(0.0, (at - pace.at).total_seconds())
    return min(rate.store, pace.left + gone * rate.a_second * share_of(pace.share, pace.slowed_at, at))


def open_of(names: Collection[str], rate: Rate, at: datetime) -> set[str]:
    """Those of them that may ask a question now."""
    if not rate.a_minute:
        return set(names)
    known = _known(names)
    return {name for name in names if left(known.get(name), rate, at) >= 1}


def spend(asked: Mapping[str, int], rate: Rate, at: datetime) -> None:
    """So many questions are asked by each: a bucket may go below nothing by what one delivery takes."""
    if rate.a_minute and asked:
        for name, pace in _to_write(asked, rate, at).items():
            pace.left, pace.at = left(pace, rate, at) - asked[name], at


def reserve(name: str, wanted: int, rate: Rate, at: datetime) -> int:
    """Take up to `wanted` questions out at once, to be spent without asking again; how many there were.

    The installation's bucket is everybody's: one that is written once in a hundred questions holds nobody up.
    """
    if not rate.a_minute:
        return wanted
    pace = _to_write([name], rate, at)[name]
    there = left(pace, rate, at)
    taken = max(0, min(wanted, int(there)))
    pace.left, pace.at = there - taken, at
    return taken


def slow(name: str, rate: Rate, at: datetime) -> None:
    """Google found it too fast: nothing is left in store, and it fills at half of what it did."""
    if not rate.a_minute:
        return
    pace = _to_write([name], rate, at)[name]
    if pace.slowed_at is not None and timedelta(0) <= at - pace.slowed_at < SLOWED_AT_MOST_EVERY:
        return
    pace.share = max(LEAST_SHARE, share_of(pace.share, pace.slowed_at, at) / 2)
    pace.left, pace.at, pace.slowed_at = min(0.0, pace.left), at, at


def slowed(prefix: str, since: datetime) -> int:
    """How many buckets whose names begin so were found too fast since then."""
    query = select(func.count()).select_from(Pace).where(Pace.name.startswith(prefix, autoescape=True))
    return db.session.scalars(query.where(Pace.slowed_at >= since)).one()


def _known(names: Collection[str]) -> dict[str, Pace]:
    return {pace.name: pace for pace in db.session.scalars(select(Pace).where(Pace.name.in_(names)))}


def _to_write(names: Collection[str], rate: Rate, at: datetime) -> dict[str, Pace]:
    """In the order of their names, so that two who write several never wait for each other."""
    query = select(Pace).where(Pace.name.in_(names)).order_by(Pace.name).with_for_update()
    found = {pace.name: pace for pace in db.session.scalars(query)}
    if missing := sorted(set(names) - found.keys()):
        add_missing(Pace, [{"name": name, "left": rate.store, "at": at, "share": 1.0} for name in missing])
        found = {pace.name: pace for pace in db.session.scalars(query)}
    return found
