"""The postman: one thread that hands the letters of every clinic to the mail server, one at a time.

A letter that the server took just before this process was killed is sent once more: it cannot be known which way it
ended, so the second one carries the same id as the first.
"""

import logging
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from flask import Flask

from wizard import notices
from wizard.background.worker import Worker
from wizard.clock import Clock
from wizard.config import Settings
from wizard.practice.builtin.backoff import backoff
from wizard.store import mails
from wizard.store.database import db, of_clinic, of_every_clinic, only_reading
from wizard.store.encryption import Cipher, Unreadable
from wizard.store.mails import Mail

AT_MOST_S = 5.0

CHANCE = secrets.SystemRandom().random

LEASE = timedelta(minutes=5)
"""A mail server may take ten seconds for each of its answers, and there are ten at most."""

UNREADABLE = "Its words were written with a key that is lost"

OUR_FAULT = "Something is wrong on our side: tell support the number {number}"

log = logging.getLogger(__name__)


class Postman:
    """Claims what is due and sends it. Without a mail server of its own the try-out keeps letters in its mailbox."""

    def __init__(
        self,
        app: Flask,
        settings: Settings,
        cipher: Cipher,
        clock: Clock,
        chance: Callable[[], float] = CHANCE,
    ) -> None:
        self._app, self._settings, self._cipher, self._clock, self._chance = app, settings, cipher, clock, chance
        self._worker = Worker("postman", self.run_once, AT_MOST_S)

    def start(self) -> None:
        """Go on by itself until `stop()`."""
        self._worker.start()

    def stop(self) -> None:
        """Finish the letter that is under way, and end. What is left stays owed."""
        self._worker.stop()

    def wake(self) -> None:
        """There may be a letter now."""
        self._worker.wake()

    def run_once(self) -> int:
        """Try everything that is due now, once; how many letters were tried."""
        if not self._can_send:
            return 0
        with self._app.app_context():
            with of_every_clinic(), only_reading():
                due = [(mail.clinic_id, mail.id, mail.fence) for mail in mails.due(self._clock())]
            db.session.commit()
            tried = 0
            for clinic_id, mail_id, fence in due:
                with of_clinic(clinic_id):
                    tried += self._try(mail_id, fence)
            return tried

    def try_one(self, clinic_id: int, mail_id: int) -> bool:
        """Try this letter if it is due and free; says whether it was."""
        if not self._can_send:
            return False
        with self._app.app_context(), of_clinic(clinic_id):
            with only_reading():
                due = [mail.fence for mail in mails.due(self._clock(), mail_id=mail_id)]
                db.session.commit()
            return any(self._try(mail_id, fence) for fence in due)

    @property
    def _can_send(self) -> bool:
        return bool(self._settings.mail_url) or self._settings.has_mailbox

    def _try(self, mail_id: int, seen_fence: int) -> bool:
        at = self._clock()
        fence = mails.claim(mail_id, seen_fence, at, at + LEASE)
        mail = mails.find(mail_id) if fence is not None else None
        db.session.commit()
        if fence is None or mail is None:
            return False
        try:
            self._send(mail)
        except notices.NotSent as trouble:
            self._put_back(mail, fence, trouble)
        except Unreadable:
            mails.close(mail.id, fence, words="", trouble=UNREADABLE)
        except Exception:
            number = secrets.token_hex(2).upper()
            log.exception("fault %s: letter %s is put back", number, mail.id)
            self._put_back(mail, fence, notices.NotTaken(OUR_FAULT.format(number=number), for_good=False))
        else:
            kept = mail.words if self._settings.has_mailbox else ""
            mails.close(mail.id, fence, sent_at=self._clock(), tries=mail.tries + 1, words=kept, trouble="")
        db.session.commit()
        return True

    def _send(self, mail: Mail) -> None:
        """No transaction is open meanwhile: a mail server may think for as long as it likes."""
        words = self._cipher.decrypt(mail.words)
        if not self._settings.has_mailbox:
            letter = notices.plain(mail.address, mail.subject, words, self._id_of(mail))
            notices.send(self._settings, letter)

    def _put_back(self, mail: Mail, fence: int, trouble: notices.NotSent) -> None:
        """Again after a while, longer each time; a server that took nothing is spared the clinic's other letters, too."""
        at, tries = self._clock(), mail.tries + 1
        again = at + timedelta(seconds=backoff(tries, self._chance()))
        log.warning("letter %s was not sent: %s", mail.id, trouble)
        if _is_over(mail, again, trouble):
            mails.close(mail.id, fence, tries=tries, words="", trouble=str(trouble))
            return
        is_ours = mails.close(mail.id, fence, tries=tries, due_at=again, trouble=str(trouble))
        if is_ours and not isinstance(trouble, notices.NotTaken):
            mails.put_off(again, str(trouble))

    def _id_of(self, mail: Mail) -> str:
        host = urlsplit(self._settings.public_url).hostname
        return f"<letter-{mail.clinic_id}-{mail.id}-{int(mail.made_at.timestamp())}@{host}>"


def _is_over(mail: Mail, again: datetime, trouble: notices.NotSent) -> bool:
    for_good = isinstance(trouble, notices.NotTaken) and trouble.for_good
    return for_good or again >= mail.made_at + mails.TRIED_FOR
