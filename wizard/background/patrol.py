"""The patrol: looks at every permission a few times a day, many accounts at a time, and has told what is no longer as it was.

One thread reads what is due and writes what was brought, in batches; the threads of a pool do nothing but ask Google.
"""

import logging
import secrets
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from queue import SimpleQueue

from flask import Flask

from wizard.background.worker import Worker
from wizard.clock import Clock
from wizard.drifting import SET_UP, SILENT
from wizard.google import Google, GoogleTrouble
from wizard.onboarding import drifted, patrolling
from wizard.onboarding.drifted import Office
from wizard.onboarding.looks import KINDS, Errand
from wizard.onboarding.patrolling import Brought, Chance
from wizard.onboarding.vault import GrantVault
from wizard.store import locks, patrols, pulse
from wizard.store.database import db, of_clinic, of_every_clinic

AT_MOST_S = 60.0

BATCH = 64
"""Looks that are claimed, and written, together: a commit waits for the disk as long as some looks take."""

PATIENCE = 5
"""So many silences in a row, and Google is left alone: one look knocks at each turn, and the others follow its answer."""

PAUSE, PAUSE_LASTS = "patrol/pause", timedelta(minutes=15)
"""Google refused this installation itself: no process calls for so long."""

ASKING_TAKES = timedelta(seconds=10)

BEATS = timedelta(seconds=30)

CHANCE = secrets.SystemRandom().random

log = logging.getLogger(__name__)

Claim = Callable[[int], list[Errand]]
"""Leases so many looks at most."""


Progress = Callable[[int], None]
"""Hears how many looks are done."""


@dataclass
class Walk:
    """One round, from its first claim to its last. `spares` is the code of what spares Google the rest of it."""

    claim: Claim
    progress: Progress
    done: int = 0
    spares: str = ""


class Patrol:
    """Looks at what is due, and tells. `lease_s` is how long a look stays ours if this process is killed."""

    def __init__(
        self,
        app: Flask,
        google: Google,
        vault: GrantVault,
        office: Office,
        clock: Clock,
        *,
        wake_postman: Callable[[], None],
        chance: Chance = CHANCE,
    ) -> None:
        self._app, self._google, self._vault, self._office = app, google, vault, office
        self._clock, self._chance, self._wake_postman = clock, chance, wake_postman
        self._lease = timedelta(seconds=office.settings.lease_s)
        self._threads = office.settings.patrol_threads
        self._worker = Worker("patrol", self.run_once, AT_MOST_S)
        self._silences = 0  # in a row
        self._stopping = False
        self._beaten: datetime | None = None

    def start(self) -> None:
        """Go on by itself until `stop()`."""
        self._stopping = False
        self._worker.start()

    def stop(self) -> None:
        """Finish the questions that are under way, and end. What was not asked is due as before."""
        self._stopping = True
        self._worker.stop()

    def wake(self) -> None:
        """There may be something to look at now."""
        self._worker.wake()

    def run_once(self) -> int:
        """Look at everything that is due now, once, then tell what there is to tell; how many looks were tried."""
        with self._app.app_context():
            self._enrol()
            tried = self._round(self._due)
            self._tell()
            return tried

    def try_one(self, clinic_id: int, look_id: int) -> bool:
        """Carry out that look, if it is due and in nobody's hand. Says whether it was."""
        with self._app.app_context():
            with of_clinic(clinic_id):
                is_there = patrols.find(look_id) is not None
            db.session.commit()
            if not is_there or not self._round(partial(self._one, look_id)):
                return False
            self._tell()
            return True

    def look_at_everyone(self, progress: Callable[[int, int], None]) -> None:
        """Look at everybody everywhere, due or not; `progress` hears how many of how many are done."""
        begun = self._clock()
        with self._app.app_context():
            self._enrol()
            with of_every_clinic():
                total = patrols.count_open()
            db.session.commit()
            self._round(partial(self._since, begun), lambda done: progress(done, total))
            self._tell()

    # ── claims ────────────────────────────────────────────────────────────────────────────────────────────────────────

    def _enrol(self) -> None:
        self._beat()
        patrolling.enrol(self._clock(), self._chance)
        db.session.commit()

    def _due(self, limit: int) -> list[Errand]:
        return self._claim(limit)

    def _one(self, look_id: int, limit: int) -> list[Errand]:
        return self._claim(min(limit, 1), look_id=look_id)

    def _since(self, begun: datetime, limit: int) -> list[Errand]:
        return self._claim(limit, not_since=begun)

    def _claim(self, limit: int, *, not_since: datetime | None = None, look_id: int | None = None) -> list[Errand]:
        now = self._clock()
        until = now + self._lease
        # No question outlives the lease: it may take ten seconds, in the suites' short leases half of them.
        deadline = until - min(ASKING_TAKES, self._lease / 2)
        errands = patrolling.claim(now, until, deadline, limit, not_since=not_since, look_id=look_id)
        db.session.commit()
        return errands

    # ── a round ───────────────────────────────────────────────────────────────────────────────────────────────────────

    def _round(self, claim: Claim, progress: Progress = lambda _done: None) -> int:
        """Claim, ask and write until nothing is left to claim; how many looks were in hand, asked or spared.

        While Google is silent one look knocks first; only when it was answered do the others follow.
        """
        if self._is_paused():
            return 0
        walk = Walk(claim, progress)
        with ThreadPoolExecutor(self._threads, thread_name_prefix="patrol") as pool:
            if self._silences >= PATIENCE:
                knocks = [pool.submit(self._ask, errand, walk) for errand in claim(1)]
                self._keep([self._met(one.result(), walk) for one in knocks], walk)
            if self._silences < PATIENCE:
                self._all(pool, walk)
        return walk.done

    def _all(self, pool: ThreadPoolExecutor, walk: Walk) -> None:
        """The next batch is claimed while the one before is still asked: the pool waits for no disk."""
        answers: SimpleQueue[Future[Brought]] = SimpleQueue()
        brought: list[Brought] = []
        asked, is_over = 0, False
        while True:
            while asked < BATCH and not is_over:
                errands = [] if walk.spares or self._stopping else walk.claim(BATCH)
                for errand in errands:
                    pool.submit(self._ask, errand, walk).add_done_callback(answers.put)
                asked, is_over = asked + len(errands), not errands
            if not asked:
                break
            brought.append(self._met(answers.get().result(), walk))
            asked -= 1
            if len(brought) >= BATCH:
                self._keep(brought, walk)
                brought = []
        self._keep(brought, walk)

    def _ask(self, errand: Errand, walk: Walk) -> Brought:
        """In a thread of the pool: one question, and nothing of the database but where a token has to be refreshed."""
        now = self._clock()
        if walk.spares:
            return Brought(errand, now, spared=walk.spares)
        if now >= errand.deadline or self._stopping:
            return Brought(errand, now)
        with self._app.app_context(), of_clinic(errand.clinic_id):
            try:
                answer = KINDS[errand.kind].ask(self._google, patrolling.opened(self._vault, errand), now)
            except GoogleTrouble as trouble:
                return Brought(errand, self._clock(), trouble=trouble)
            except Exception:
                number = secrets.token_hex(2).upper()
                log.exception("fault %s: look %s is put back", number, errand.look_id)
                return Brought(errand, self._clock(), reference=number)
        return Brought(errand, self._clock(), answer)

    def _met(self, one: Brought, walk: Walk) -> Brought:
        """What one look met spares the others: a silence like those before it, or a refusal of this installation."""
        if one.is_silence:
            self._silences += 1
        elif one.was_asked:
            self._silences = 0
        if one.is_set_up_wrong and walk.spares != SET_UP:
            walk.spares, self._silences = SET_UP, PATIENCE  # after the pause one look knocks first
            locks.take(PAUSE, self._clock(), PAUSE_LASTS)
            db.session.commit()
        elif self._silences >= PATIENCE and not walk.spares:
            walk.spares = SILENT
        return one

    def _is_paused(self) -> bool:
        is_paused = locks.is_held(PAUSE, self._clock())
        db.session.commit()
        return is_paused

    def _keep(self, brought: list[Brought], walk: Walk) -> None:
        if not brought:
            return
        patrolling.keep(brought, self._chance)
        db.session.commit()
        self._beat()
        walk.done += len(brought)
        walk.progress(walk.done)

    def _tell(self) -> None:
        if drifted.tell(self._office, self._clock()):
            self._wake_postman()
        self._beat()

    def _beat(self) -> None:
        """Let it be seen that somebody walks here."""
        now = self._clock()
        if self._beaten is not None and abs(now - self._beaten) < BEATS:
            return
        pulse.beat(pulse.PATROL, now)
        db.session.commit()
        self._beaten = now
