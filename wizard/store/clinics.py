"""Clinics: whose people, workstations and rules these are."""

from collections.abc import Collection
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import false, select
from sqlalchemy.orm import Mapped, mapped_column

from wizard.store.database import Base, Moment, db, present_clinic


class Clinic(Base):
    """A clinic and its own rules: its zone, its working days, the grid its appointments start on."""

    __tablename__ = "clinics"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    zone_name: Mapped[str]
    working_days: Mapped[str] = mapped_column(default="01234")  # datetime.weekday() digits, Monday is 0
    grid_minutes: Mapped[int] = mapped_column(default=10)
    practice: Mapped[str]  # "builtin" or "by hand"
    pimsy_phone: Mapped[str] = mapped_column(default="877.334.8512 ext. 3")
    wizard_phone: Mapped[str] = mapped_column(default="")
    pimsy_kind: Mapped[str] = mapped_column(default="desktop", server_default="desktop")  # or "portal"
    accounts_kind: Mapped[str] = mapped_column(default="workspace", server_default="workspace")  # or "free"
    agreement: Mapped[str] = mapped_column(default="not known", server_default="not known")  # Google's BAA: "yes", "no"
    proof_days: Mapped[int] = mapped_column(default=0, server_default="0")  # a new test every 30 or 90 days; 0: never
    counts_arrivals: Mapped[bool] = mapped_column(default=False, server_default=false())  # by hand: of what PIMSY sends
    event_title: Mapped[str] = mapped_column(
        default="nothing", server_default="nothing"
    )  # of the client: or "initials", "number"
    created_at: Mapped[datetime] = mapped_column(Moment)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)  # it is being deleted

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.zone_name)

    @property
    def writes_here(self) -> bool:
        """The Stand-in writes to Google with a client of ours; a PIMSY of its own does with one of PIMSY's project."""
        return self.practice == "builtin"

    @property
    def works_on(self) -> frozenset[int]:
        return frozenset(int(day) for day in self.working_days)


def present() -> Clinic:
    """The clinic whose turn it is."""
    return db.session.get_one(Clinic, present_clinic())


def find_present() -> Clinic | None:
    """The same; None where it was deleted meanwhile."""
    return db.session.scalars(select(Clinic).where(Clinic.id == present_clinic())).one_or_none()


def take_turn() -> None:
    """Of several who write for the present clinic at once, one after the other: each until its transaction ends."""
    db.session.execute(select(Clinic.id).where(Clinic.id == present_clinic()).with_for_update())


def every() -> list[Clinic]:
    """All clinics of this installation, oldest first."""
    return list(db.session.scalars(select(Clinic).order_by(Clinic.id)))


def first() -> Clinic | None:
    """The oldest clinic, None in a new installation."""
    return db.session.scalars(select(Clinic).order_by(Clinic.id)).first()


def newest() -> Clinic | None:
    """The clinic that was opened last, None in a new installation."""
    return db.session.scalars(select(Clinic).order_by(Clinic.id.desc())).first()


def event_titles(clinic_ids: Collection[int]) -> dict[int, str]:
    """What the titles of appointments tell of a client, by clinic."""
    query = select(Clinic.id, Clinic.event_title).where(Clinic.id.in_(clinic_ids))
    return {row.id: row.event_title for row in db.session.execute(query)}
