"""Letters on their way: put into the outbox in the transaction of what they tell of, and how far they are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from wizard import invitations, when
from wizard.invitations import Invitation, Written
from wizard.store import mails
from wizard.store.mails import Mail, MailKind
from wizard.store.people import Person
from wizard.store.personal_links import PersonalLink
from wizard.views.present import clinic, services


@dataclass(frozen=True, slots=True)
class Round:
    """The letters that were written together last: how many, and what keeps those that have not left."""

    letters: tuple[Mail, ...]
    written_at: datetime | None

    @property
    def sent(self) -> int:
        return sum(letter.sent_at is not None for letter in self.letters)

    @property
    def waits(self) -> bool:
        """Something will still be tried: the page goes on asking."""
        return any(letter.is_waiting for letter in self.letters)

    @property
    def in_trouble(self) -> tuple[Mail, ...]:
        return tuple(letter for letter in self.letters if letter.trouble and letter.sent_at is None)


def is_there_mail() -> bool:
    """Whether letters leave from here at all: through a mail server, or into the try-out's mailbox."""
    settings = services().settings
    return bool(settings.mail_url) or settings.has_mailbox


def latest(letters: Sequence[Mail]) -> Round:
    """Of a clinic's letters, newest first, those with links that were written in one go."""
    links = [letter for letter in letters if letter.kind == MailKind.PERSONAL_LINK.value]
    if not links:
        return Round((), None)
    written_at = links[0].made_at
    return Round(tuple(letter for letter in reversed(links) if letter.made_at == written_at), written_at)


def address_of(person: Person) -> str:
    """Where letters to her go."""
    return person.email or person.google_account


def invitation(person: Person, link: PersonalLink, token: str) -> Invitation:
    """All that a letter or a card says of a link that was just made."""
    base = services().settings.public_url.rstrip("/")
    here = clinic()
    return Invitation(
        person=person.name,
        by=link.made_by,
        clinic=here.name,
        word=link.word,
        code=token,
        address=f"{base}/go/{token}",
        short_address=f"{base}/go",
        until=when.day_and_time(link.expires_at, here.zone),
        is_standin=here.practice == "builtin",
    )


def invite(person: Person, told: Invitation, at: datetime) -> None:
    """Owe her the letter with her link; the caller ends the transaction and wakes the postman.

    Letters with the same `at` were written together.
    """
    post(MailKind.PERSONAL_LINK, person.id, address_of(person), invitations.letter(told), at)


def post(kind: MailKind, person_id: int, address: str, written: Written, at: datetime) -> None:
    """Into the outbox, encrypted: the words may hold a link."""
    mails.add(kind, person_id, address, written.subject, services().cipher.encrypt(written.words), at)
