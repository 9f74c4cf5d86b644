"""The lookout: one thread that looks whether somebody changed in Google what was sent there, one calendar at a time.

Whose turn it is, the read marks say: once a day after the last look, which spreads them over the day, and some minutes
after something was sent, or a look did not come to its end; of several processes one does it. What Google did not answer is
asked again a day later, or after the next sending; nothing is lost by it.
"""

import logging

from flask import Flask

from wizard.background.worker import Worker
from wizard.clock import Clock
from wizard.onboarding.looking import Looked
from wizard.onboarding.straying import AFTER_SENDING, DAILY, Straying
from wizard.store import people, read_marks
from wizard.store.database import db, of_clinic, of_every_clinic, only_reading

AT_MOST_S = 60.0

log = logging.getLogger(__name__)


class Lookout:
    """Looks at what is due. It keeps nothing of its own: the marks are in the database."""

    def __init__(self, app: Flask, straying: Straying, clock: Clock) -> None:
        self._app, self._straying, self._clock = app, straying, clock
        self._worker = Worker("lookout", self.run_once, AT_MOST_S)

    def start(self) -> None:
        """Go on by itself until `stop()`."""
        self._worker.start()

    def stop(self) -> None:
        """Finish the look that is under way, and end."""
        self._worker.stop()

    def run_once(self) -> int:
        """Look at every calendar that is due now, once; how many were looked at, seen or not."""
        with self._app.app_context():
            with of_every_clinic(), only_reading():
                due = read_marks.due(self._clock(), DAILY, AFTER_SENDING)
            db.session.commit()
        looked = 0
        for clinic_id, person_id in due:
            if self._worker.is_ending:
                break  # it stays due
            looked += self.try_one(clinic_id, person_id)
        return looked

    def try_one(self, clinic_id: int, person_id: int) -> bool:
        """Look at this person's calendar now; False where there was nothing to ask, or somebody else is at it."""
        with self._app.app_context(), of_clinic(clinic_id):
            person = people.find(person_id)
            if person is None:
                return False
            try:
                return self._straying.look(person, AFTER_SENDING) in {Looked.SEEN, Looked.IN_PART, Looked.NOT_SEEN}
            except Exception:
                log.exception("a look at what was changed in Google broke; it is due again later")
                db.session.rollback()
                return True
