"""The dispatcher: one thread that carries out what is owed to Google, for every clinic, one delivery at a time."""

import logging
import secrets
from datetime import datetime, timedelta

from flask import Flask

from wizard.background.worker import Worker
from wizard.clock import Clock
from wizard.google import Google
from wizard.practice.builtin.deliver import deliver, park
from wizard.practice.builtin.errand import Chance, Turn
from wizard.store import attempts, deliveries, pulse
from wizard.store.database import db, of_clinic, of_every_clinic, only_reading

AT_MOST_S = 1.0

ASKING_TAKES = timedelta(seconds=10)

BEATS = timedelta(seconds=30)

CHANCE = secrets.SystemRandom().random

log = logging.getLogger(__name__)


class Dispatcher:
    """Claims what is due, and delivers it. `lease_s` is how long a delivery stays ours if this process is killed."""

    def __init__(
        self,
        app: Flask,
        google: Google,
        clock: Clock,
        lease_s: float,
        chance: Chance = CHANCE,
    ) -> None:
        self._app, self._google, self._clock, self._chance = app, google, clock, chance
        self._lease = timedelta(seconds=lease_s)
        self._worker = Worker("dispatcher", self.run_once, AT_MOST_S)
        self._beaten: datetime | None = None

    def start(self) -> None:
        """Go on by itself until `stop()`."""
        self._worker.start()

    def stop(self) -> None:
        """Finish what is under way, and end. What is left stays owed."""
        self._worker.stop()

    def wake(self) -> None:
        """There may be something to do now."""
        self._worker.wake()

    def run_once(self) -> int:
        """Try everything that is due now, once; how many deliveries were tried."""
        with self._app.app_context():
            self._beat()
            with of_every_clinic(), only_reading():
                due = [(row.clinic_id, row.id, row.fence) for row in deliveries.due(self._clock())]
            db.session.commit()
            tried = 0
            for clinic_id, delivery_id, fence in due:
                with of_clinic(clinic_id):
                    tried += self._try(delivery_id, fence)
            return tried

    def try_one(self, clinic_id: int, delivery_id: int) -> bool:
        """Try this delivery if it is due, free and not held; says whether it was."""
        with self._app.app_context(), of_clinic(clinic_id):
            with only_reading():
                due = [row.fence for row in deliveries.due(self._clock(), delivery_id=delivery_id)]
                db.session.commit()
            return any(self._try(delivery_id, fence) for fence in due)

    def beat(self) -> None:
        """The same sign of life, where jobs call `try_one` and nobody calls `run_once`."""
        with self._app.app_context():
            self._beat()

    def _beat(self) -> None:
        """Let it be seen that somebody turns here, and erase what nobody can come back for."""
        now = self._clock()
        if self._beaten is not None and abs(now - self._beaten) < BEATS:
            return
        pulse.beat(pulse.DISPATCHER, now)
        with of_every_clinic():
            attempts.forget_secrets(now)
        db.session.commit()
        self._beaten = now

    def _try(self, delivery_id: int, seen_fence: int) -> bool:
        now = self._clock()
        until = now + self._lease
        fence = deliveries.claim(delivery_id, seen_fence, now, until)
        db.session.commit()
        if fence is None:
            return False
        # No question to Google outlives the lease: it may take ten seconds, in the suites' short leases half of them.
        turn = Turn(delivery_id, fence, until - min(ASKING_TAKES, self._lease / 2), until)
        try:
            deliver(turn, self._google, self._clock, self._chance)
        except Exception:
            number = secrets.token_hex(2).upper()
            log.exception("fault %s: delivery %s is put back", number, delivery_id)
            park(turn, self._chance, self._clock())
        return True
