"""The postman: each letter once, again where the server did not take it, and its words gone once it has left."""

import logging
import socket
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import text

from e2e.launcher import TODAY
from tests.letters import NAME, PASSWORD, Letters, mail_server
from wizard.background.postman import LEASE, UNREADABLE, Postman
from wizard.config import Settings
from wizard.store import clinics, mails
from wizard.store.database import db, of_clinic
from wizard.store.encryption import Cipher
from wizard.store.mails import Mail, MailKind
from wizard.views.present import Services

WORDS = "Your own address: https://sync.clinic.example/go/secret-code"


@pytest.fixture
def letters() -> Iterator[Letters]:
    with mail_server() as letters:
        yield letters


@dataclass
class PostOffice:
    """Maple Clinic's outbox. Every verb is a transaction of its own."""

    app: Flask
    settings: Settings
    now: datetime = TODAY
    services: Services = field(init=False)

    def __post_init__(self) -> None:
        self.services = self.app.extensions["wizard"]

    def clock(self) -> datetime:
        return self.now

    def waits(self, span: timedelta) -> None:
        self.now += span

    def postman(self, settings: Settings | None = None) -> Postman:
        return Postman(self.app, settings or self.settings, self.services.cipher, self.clock, lambda: 0.5)

    def writes(self, *addresses: str, clinic: int = 1, words: str = WORDS) -> list[int]:
        with self.app.app_context(), of_clinic(clinic):
            encrypted = self.services.cipher.encrypt(words)
            made = [
                mails.add(MailKind.PERSONAL_LINK, None, address, "Set up", encrypted, self.now) for address in addresses
            ]
            db.session.commit()
            return [letter.id for letter in made]

    def reads(self, mail_id: int) -> Mail:
        with self.app.app_context(), of_clinic(1):
            found = mails.find(mail_id)
            db.session.commit()
        assert found is not None
        return found


@pytest.fixture
def office(app: Flask, settings: Settings, letters: Letters) -> PostOffice:
    mail_url = f"smtp://{NAME}:{PASSWORD.replace(' ', '%20')}@127.0.0.1:{letters.port}"
    return PostOffice(app, replace(settings, mail_url=mail_url))


def nowhere() -> str:
    """A mail server that is not there."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return f"smtp://127.0.0.1:{free.getsockname()[1]}"


def test_each_letter_leaves_once_and_its_words_are_forgotten(office: PostOffice, letters: Letters) -> None:
    first, second = office.writes("maria@clinic.example", "joe@clinic.example")
    postman = office.postman()

    tried = [postman.run_once(), postman.run_once()]

    assert tried == [2, 0]
    taken = [letters.next(), letters.next()]
    assert [letter["To"] for letter in taken] == ["maria@clinic.example", "joe@clinic.example"]
    assert taken[0].get_content().strip() == WORDS
    assert letters.is_empty
    for mail_id in (first, second):
        mail = office.reads(mail_id)
        assert (mail.sent_at, mail.words, mail.trouble, mail.tries) == (office.now, "", "", 1)


def test_what_waits_is_unreadable_in_the_database(office: PostOffice) -> None:
    office.writes("maria@clinic.example")

    with office.app.app_context():
        stored = db.session.execute(text("SELECT words FROM mails")).scalar_one()
        db.session.commit()

    assert "secret-code" not in stored


def test_a_server_that_is_not_there_is_tried_again_later_each_time(office: PostOffice, letters: Letters) -> None:
    mail_id, other = office.writes("maria@clinic.example", "joe@clinic.example")
    away = office.postman(replace(office.settings, mail_url=nowhere()))

    tried = away.run_once()
    first = office.reads(mail_id)
    office.waits(timedelta(seconds=1))
    too_soon = away.run_once()
    office.waits(timedelta(seconds=1))
    away.run_once()
    second = office.reads(mail_id)

    assert (tried, too_soon) == (1, 0), "one letter knocks for all"
    assert office.reads(other).trouble == first.trouble
    assert "cannot be reached" in first.trouble
    assert (first.tries, second.tries, first.sent_at, bool(first.words)) == (1, 2, None, True)
    assert second.due_at - office.now > first.due_at - TODAY

    office.waits(timedelta(minutes=5))
    office.postman().run_once()
    assert {letters.next()["To"] for _ in range(2)} == {"maria@clinic.example", "joe@clinic.example"}
    assert office.reads(mail_id).trouble == ""


REFUSED = {
    "refused@clinic.example": "The mail server does not take mail for this address",
    "unwanted@clinic.example": "The mail server refused it (554)",
}


@pytest.mark.parametrize("address", REFUSED)
def test_an_address_nobody_has_is_given_up_and_holds_nobody_up(
    office: PostOffice, letters: Letters, address: str
) -> None:
    refused, sound = office.writes(address, "joe@clinic.example")

    office.postman().run_once()
    office.waits(timedelta(days=1))
    again = office.postman().run_once()

    assert again == 0
    mail = office.reads(refused)
    assert (mail.is_given_up, mail.trouble) == (True, REFUSED[address])
    assert letters.next()["To"] == "joe@clinic.example"
    assert office.reads(sound).sent_at is not None


def test_after_a_week_nobody_tries_any_more(office: PostOffice) -> None:
    (mail_id,) = office.writes("maria@clinic.example")
    office.waits(mails.TRIED_FOR)

    office.postman(replace(office.settings, mail_url=nowhere())).run_once()

    mail = office.reads(mail_id)
    assert (mail.is_given_up, "cannot be reached" in mail.trouble) == (True, True)


def test_a_killed_postman_s_letter_is_taken_over_when_its_lease_ends(office: PostOffice, letters: Letters) -> None:
    (mail_id,) = office.writes("maria@clinic.example")
    with office.app.app_context(), of_clinic(1):
        late = mails.claim(mail_id, 0, office.now, office.now + LEASE)
        db.session.commit()
    assert late == 1

    held = office.postman().run_once()
    office.waits(LEASE)
    taken_over = office.postman().run_once()

    assert (held, taken_over) == (0, 1)
    assert letters.next()["To"] == "maria@clinic.example"
    with office.app.app_context(), of_clinic(1):
        assert not mails.close(mail_id, late, trouble="the late one's word"), "a late worker changes nothing"
        db.session.commit()
    assert office.reads(mail_id).trouble == ""


def test_the_same_letter_sent_twice_carries_the_same_id(office: PostOffice, letters: Letters) -> None:
    (mail_id,) = office.writes("maria@clinic.example")
    office.postman().run_once()
    with office.app.app_context():  # as if this process had died before it could write down that it was sent
        encrypted = office.services.cipher.encrypt(WORDS)
        db.session.execute(text("UPDATE mails SET sent_at = NULL, words = :words"), {"words": encrypted})
        db.session.commit()

    office.postman().run_once()

    first, second = letters.next(), letters.next()
    assert first["Message-ID"] == second["Message-ID"]
    assert f"-{mail_id}-" in first["Message-ID"]


def test_words_of_a_lost_key_are_given_up_and_said(office: PostOffice, letters: Letters) -> None:
    with office.app.app_context(), of_clinic(1):
        foreign = Cipher(("another key that nobody here has any more",)).encrypt(WORDS)
        mail_id = mails.add(MailKind.PERSONAL_LINK, None, "maria@clinic.example", "Set up", foreign, office.now).id
        db.session.commit()

    office.postman().run_once()

    mail = office.reads(mail_id)
    assert (mail.is_given_up, mail.trouble) == (True, UNREADABLE)
    assert letters.is_empty


def test_a_fault_of_ours_puts_its_letter_back_alone(office: PostOffice, letters: Letters) -> None:
    """A header cannot hold two lines; nobody should have been able to enter such an address."""
    broken, sound = office.writes("two\nlines@clinic.example", "joe@clinic.example")

    office.postman().run_once()

    assert letters.next()["To"] == "joe@clinic.example"
    mail = office.reads(broken)
    assert (mail.is_waiting, "tell support the number" in mail.trouble) == (True, True)
    assert office.reads(sound).sent_at is not None


def test_without_a_mail_server_letters_wait(office: PostOffice) -> None:
    (mail_id,) = office.writes("maria@clinic.example")

    tried = office.postman(replace(office.settings, mail_url="", is_tryout=False)).run_once()

    assert tried == 0
    assert office.reads(mail_id).is_waiting


def test_in_the_try_out_they_arrive_in_the_mailbox_and_stay_readable(office: PostOffice, letters: Letters) -> None:
    (mail_id,) = office.writes("maria@clinic.example")

    office.postman(replace(office.settings, mail_url="")).run_once()

    mail = office.reads(mail_id)
    assert mail.sent_at == office.now
    assert office.services.cipher.decrypt(mail.words) == WORDS
    assert letters.is_empty


def test_the_log_of_the_server_names_no_address(
    office: PostOffice, letters: Letters, caplog: pytest.LogCaptureFixture
) -> None:
    office.writes("refused@clinic.example")

    with caplog.at_level(logging.INFO):
        office.postman().run_once()

    ours = "\n".join(record.getMessage() for record in caplog.records if record.name.startswith("wizard."))
    assert "was not sent" in ours
    assert "refused@" not in ours
    assert "secret-code" not in ours


def test_the_thread_sends_what_is_owed_and_ends_when_told(office: PostOffice, letters: Letters) -> None:
    office.writes("maria@clinic.example")
    postman = office.postman()

    postman.start()
    taken = letters.next()
    postman.stop()

    assert taken["To"] == "maria@clinic.example"


def test_letters_of_every_clinic_leave(office: PostOffice, letters: Letters) -> None:
    with office.app.app_context():
        other = clinics.Clinic(name="Cedar", zone_name="America/New_York", practice="by hand", created_at=office.now)
        db.session.add(other)
        db.session.commit()
        there = other.id
    office.writes("maria@clinic.example")
    office.writes("pat@cedar.example", clinic=there)

    office.postman().run_once()

    assert {letters.next()["To"] for _ in range(2)} == {"maria@clinic.example", "pat@cedar.example"}


def test_a_postman_that_is_to_end_hands_over_the_letter_in_hand_and_no_other(
    office: PostOffice, letters: Letters
) -> None:
    office.writes("maria@clinic.example", "joe@clinic.example")
    looked: list[int] = []

    def clock() -> datetime:
        """Looked at for what is due, then for the letter in hand: by then somebody asks the wizard to end."""
        looked.append(1)
        if len(looked) == 2:
            postman.stop()
        return office.now

    postman = Postman(office.app, office.settings, office.services.cipher, clock, lambda: 0.5)

    assert postman.run_once() == 1
    assert letters.next()["To"] == "maria@clinic.example"
    assert letters.is_empty
