"""Personnel folders of the Stand-in for PIMSY."""

from datetime import datetime

from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import Mapped, mapped_column

from wizard.store.database import Base, Moment, OfClinic, db


class Folder(OfClinic, Base):
    """One person's folder; the Google account it names is where the Stand-in sends her appointments."""

    __tablename__ = "folders"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), unique=True)
    google_account: Mapped[str] = mapped_column(default="")
    profile: Mapped[str] = mapped_column(default="Clinician")
    email: Mapped[str] = mapped_column(default="")
    is_suspended: Mapped[bool] = mapped_column(default=False)
    saved_at: Mapped[datetime | None] = mapped_column(Moment)
    saved_by: Mapped[str] = mapped_column(default="")
    workstation_id: Mapped[int | None] = mapped_column(ForeignKey("workstations.id"))  # where it was last saved


def of_people(person_ids: list[int]) -> dict[int, Folder]:
    query = select(Folder).where(Folder.person_id.in_(person_ids))
    return {folder.person_id: folder for folder in db.session.scalars(query)}


def find(person_id: int) -> Folder | None:
    return of_people([person_id]).get(person_id)
