"""Personal links: by hers a person without an account opens her own set-up, at any computer. Only its digest is kept."""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import Mapped, mapped_column

from wizard.store import mails
from wizard.store.database import Base, Moment, OfClinic, db, of_every_clinic

GOOD_FOR: Final = timedelta(days=7)
"""From when it was made until it opens no further browser; one that it opened goes on by itself (`sessions`)."""

LETTERS: Final = "23456789abcdefghijkmnpqrstuvwxyz"
"""Of a token: 32 signs of which no two are taken for each other, so that it can be typed from paper."""

GROUPS, OF_EACH = 5, 4

WORDS: Final = [
    "acorn",
    "amber",
    "apple",
    "apron",
    "arrow",
    "autumn",
    "bamboo",
    "barley",
    "basket",
    "beacon",
    "birch",
    "bonfire",
    "bridge",
    "button",
    "cabin",
    "canvas",
    "castle",
    "cedar",
    "cherry",
    "clover",
    "comet",
    "copper",
    "coral",
    "cotton",
    "cricket",
    "daisy",
    "desert",
    "drum",
    "eagle",
    "ember",
    "fern",
    "fiddle",
    "forest",
    "fountain",
    "garden",
    "ginger",
    "harbor",
    "harvest",
    "hazel",
    "honey",
    "island",
    "ivory",
    "jasmine",
    "juniper",
    "kettle",
    "lantern",
    "lemon",
    "lilac",
    "linen",
    "maple",
    "marble",
    "meadow",
    "mint",
    "mosaic",
    "nutmeg",
    "ocean",
    "olive",
    "orchard",
    "otter",
    "paper",
    "pebble",
    "pepper",
    "pine",
    "planet",
    "plum",
    "pottery",
    "prairie",
    "pumpkin",
    "quilt",
    "rabbit",
    "raven",
    "ribbon",
    "river",
    "saddle",
    "saffron",
    "sailor",
    "sandal",
    "silver",
    "sparrow",
    "spruce",
    "summer",
    "sunset",
    "teapot",
    "thistle",
    "timber",
    "tulip",
    "tunnel",
    "valley",
    "velvet",
    "violet",
    "walnut",
    "willow",
    "window",
    "winter",
]
"""A word that stands in the message and on the page it leads to: whoever sends a false message does not know it."""


class PersonalLink(OfClinic, Base):
    """`asked_at`: its owner found it ended and asked for a new one."""

    __tablename__ = "personal_links"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    digest: Mapped[str] = mapped_column(unique=True)
    word: Mapped[str]
    made_by: Mapped[str]  # the administrator whom its page names
    made_at: Mapped[datetime] = mapped_column(Moment)
    expires_at: Mapped[datetime] = mapped_column(Moment)
    opened_at: Mapped[datetime | None] = mapped_column(Moment)  # first
    ended_at: Mapped[datetime | None] = mapped_column(Moment)  # an administrator took it back, or the person left
    asked_at: Mapped[datetime | None] = mapped_column(Moment)

    def is_good(self, at: datetime) -> bool:
        """Whether it opens a browser that it has not opened before."""
        return self.ended_at is None and at < self.expires_at


def make(person_id: int, made_by: str, at: datetime) -> tuple[PersonalLink, str]:
    """One more link of this person, and its token (100 random bits, in groups that can be typed), which is told once.

    Earlier ones stay good: one may stand on paper and another in a mail.
    """
    token = "-".join("".join(secrets.choice(LETTERS) for _ in range(OF_EACH)) for _ in range(GROUPS))
    link = PersonalLink(
        person_id=person_id,
        digest=_digest(token),
        word=secrets.choice(WORDS),
        made_by=made_by,
        made_at=at,
        expires_at=at + GOOD_FOR,
    )
    db.session.add(link)
    db.session.flush()
    return link, token


def of_token(token: str) -> PersonalLink | None:
    """The link of that token, of whichever clinic, good or not; asked before anybody knows the clinic.

    Typed by hand it may have capitals, and spaces for its dashes or none at all.
    """
    with of_every_clinic():
        return db.session.scalars(select(PersonalLink).where(PersonalLink.digest == _digest(token))).one_or_none()


def find_anywhere(link_id: int) -> PersonalLink | None:
    """The link of that id, asked by a sign-in that says whose it is."""
    with of_every_clinic():
        return db.session.scalars(select(PersonalLink).where(PersonalLink.id == link_id)).one_or_none()


def of_people(person_ids: list[int]) -> list[PersonalLink]:
    """Every link of these people, oldest first."""
    query = select(PersonalLink).where(PersonalLink.person_id.in_(person_ids))
    return list(db.session.scalars(query.order_by(PersonalLink.id)))


def end_all(person_id: int, at: datetime) -> None:
    """No link of this person opens anything any more, and no browser that one of them opened; none leaves by mail."""
    for link in of_people([person_id]):
        link.ended_at = link.ended_at or at
    mails.withdraw(person_id)


def unanswered(links: Sequence[PersonalLink]) -> PersonalLink | None:
    """Of all links of one person, the one by which she asks for another; None where she got one since, or never asked."""
    newest = max((link.asked_at for link in links if link.asked_at), default=None)
    if newest is None or any(link.made_at > newest for link in links):
        return None
    return next(link for link in links if link.asked_at == newest)


def ask(link: PersonalLink, at: datetime) -> bool:
    """Its owner asks for a new one. Says whether that is new: it may be asked already, and not answered yet."""
    if unanswered(of_people([link.person_id])) is not None:
        return False
    link.asked_at = at
    return True


def asking(person_ids: list[int]) -> dict[int, PersonalLink]:
    """Who of these people asks for a new link, and by which one."""
    theirs: dict[int, list[PersonalLink]] = {}
    for link in of_people(person_ids):
        theirs.setdefault(link.person_id, []).append(link)
    found = {person_id: unanswered(links) for person_id, links in theirs.items()}
    return {person_id: link for person_id, link in found.items() if link is not None}


def _digest(token: str) -> str:
    plain = "".join(letter for letter in token.casefold() if letter.isalnum())
    return hashlib.sha256(plain.encode(errors="replace")).hexdigest()
