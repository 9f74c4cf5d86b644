"""The dispatcher: carries out what is owed to Google, for every clinic; of each Google account one delivery at a time.

One thread reads and writes: it claims what can begin now, hands it to a pool whose threads do nothing but ask Google, and
writes what came of it, many rows in a transaction each time. A commit waits for the disk, and Python runs one thread at a
time: what each delivery did by itself would take longer than Google does.
"""

import logging
import queue
import secrets
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from time import monotonic  # how long we wait is real time

from flask import Flask

from wizard.background.allowance import Allowance
from wizard.background.worker import Worker
from wizard.clock import Clock
from wizard.google import Google, StoredTokens
from wizard.practice.builtin.deliver import Outcome, carry_out, close, new_fault, ours
from wizard.practice.builtin.errand import LATER, Chance, Errand, Turn, read
from wizard.store import appointments, attempts, deliveries, pulse
from wizard.store.database import db, of_clinic, of_every_clinic, only_reading
from wizard.store.deliveries import Owed
from wizard.store.paces import Rate

AT_MOST_S = 1.0

MOMENT_S = 0.05
"""What ends within it is written in one transaction. Where nothing else is under way nobody waits for company."""

AHEAD = 2
"""Deliveries that wait for each thread: as many as are done while one transaction is written. None waits longer than so many
calls take, a third of a lease at the worst."""

ASKING_TAKES = timedelta(seconds=10)

BEATS = timedelta(seconds=30)

CHANCE = secrets.SystemRandom().random

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Limits:
    """How many threads ask Google; what Google allows the installation and each user, in questions a minute."""

    threads: int = 8
    of_project: Rate = field(default_factory=lambda: Rate(10_000))
    of_user: Rate = field(default_factory=lambda: Rate(600))


@dataclass(frozen=True, slots=True)
class Job:
    """A claimed delivery on its way to a thread of the pool."""

    turn: Turn
    errand: Errand
    tokens: StoredTokens | None


class Dispatcher:
    """Claims what is due, and delivers it. `lease_s` is how long a delivery stays ours if this process is killed."""

    def __init__(
        self,
        app: Flask,
        google: Google,
        clock: Clock,
        lease_s: float,
        chance: Chance = CHANCE,
        limits: Limits | None = None,
    ) -> None:
        self._app, self._google, self._clock, self._chance = app, google, clock, chance
        self._lease_lasts = timedelta(seconds=lease_s)
        self._limits = limits or Limits()
        self._allowance = Allowance(self._limits.of_project, self._limits.of_user)
        self._worker = Worker("dispatcher", self._turn, AT_MOST_S)
        self._pool: ThreadPoolExecutor | None = None
        self._ended: queue.SimpleQueue[Outcome | None] = queue.SimpleQueue()
        self._in_hand: set[str] = set()  # accounts, by the names of their locks
        self._unsettled = 0
        self._line: list[Owed] = []
        self._read_at: float | None = None  # when the line was read; None: something may have come into it since
        self._beaten: datetime | None = None

    def start(self) -> None:
        """Go on by itself until `stop()`."""
        self._pool = ThreadPoolExecutor(self._limits.threads, "delivery")
        self._worker.start()

    def stop(self) -> None:
        """Finish what is under way, and end. What is left stays owed."""
        self._ended.put(None)
        self._worker.stop()
        if self._pool is not None:
            with self._app.app_context():
                while self._unsettled:
                    self._settle(self._gather())
            self._pool.shutdown()
            self._pool = None

    def wake(self) -> None:
        """There may be something to do now."""
        self._read_at = None
        self._ended.put(None)
        self._worker.wake()

    def run_once(self) -> int:
        """Try everything that is due now, once; how many deliveries were tried."""
        tried: set[int] = set()
        with self._app.app_context(), self._pooled():
            self._beat()
            self._line = self._look()
            while True:
                handed = self._hand_out()
                tried |= handed
                if not handed and not self._unsettled:
                    self._line = [owed for owed in self._look() if owed.id not in tried]
                    handed = self._hand_out()
                    tried |= handed
                    if not handed:
                        return len(tried)
                self._settle(self._gather())

    def try_one(self, clinic_id: int, delivery_id: int) -> bool:
        """Carry this one out here and now, if it is due and free; False where there was nothing to claim.

        May be called by several threads at once, beside the dispatcher's own.
        """
        with self._app.app_context():
            with of_clinic(clinic_id), only_reading():
                owed = deliveries.in_line(delivery_id, self._clock())
            db.session.commit()
            if owed is None or not self._allowance.reserve(1, self._clock()):
                return False
            jobs, outcomes = self._claim([owed])
            self._allowance.give_back(1 - len(jobs))
            self._close(outcomes + [self._carry_out(job) for job in jobs])
            return bool(jobs or outcomes)

    @contextmanager
    def _pooled(self) -> Iterator[None]:
        if self._pool is not None:
            yield
            return
        try:
            with ThreadPoolExecutor(self._limits.threads, "delivery") as self._pool:
                yield
        finally:
            self._pool = None

    def _turn(self) -> int:
        """Hand out what can begin, and write what has ended; how much that was."""
        with self._app.app_context():
            self._beat()
            if not self._line or self._read_at is None or monotonic() - self._read_at >= AT_MOST_S:
                self._read_at = monotonic()
                self._line = self._look()
            handed = self._hand_out()
            ended = self._gather() if self._unsettled else []
            self._settle(ended)
            return len(handed) + len(ended) + self._unsettled

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

    def _look(self) -> list[Owed]:
        with of_every_clinic(), only_reading():
            line = deliveries.line(self._clock())
            db.session.commit()
        return line

    def _hand_out(self) -> set[int]:
        """Claim what can begin now, and give it to the pool; the ids of what was claimed."""
        if self._pool is None or not (picked := self._pick(self._room())):
            return set()
        can_ask = self._allowance.reserve(len(picked), self._clock())
        self._line[:0] = picked[can_ask:]
        jobs, outcomes = self._claim(picked[:can_ask]) if can_ask else ([], [])
        self._allowance.give_back(can_ask - len(jobs))
        self._unsettled += len(jobs) + len(outcomes)
        for job in jobs:
            self._in_hand.add(job.errand.lock)
            self._pool.submit(self._work, job)
        for outcome in outcomes:
            self._ended.put(outcome)
        return {job.turn.delivery_id for job in jobs} | {outcome.turn.delivery_id for outcome in outcomes}

    def _room(self) -> int:
        """So many more may begin: for each thread one and what waits for it; a single one while Google answers nobody."""
        return (1 if self._allowance.is_one_to_knock else (1 + AHEAD) * self._limits.threads) - self._unsettled

    def _pick(self, room: int) -> list[Owed]:
        """The first of each account that nobody is talking to Google for; the others keep their places."""
        picked: dict[str, Owed] = {}
        rest = []
        for owed in self._line:
            lock = deliveries.account(owed.sub)
            if len(picked) < room and lock not in picked and lock not in self._in_hand:
                picked[lock] = owed
            else:
                rest.append(owed)
        if picked:
            self._line = rest
        return list(picked.values())

    def _claim(self, picked: Sequence[Owed]) -> tuple[list[Job], list[Outcome]]:
        """Lease them and read what they have to say, in one transaction: what can be said, and what is held back.

        A row that cannot be read is put back alone.
        """
        try:
            return self._claim_together(picked)
        except Exception:
            db.session.rollback()
            if len(picked) > 1:
                each = [self._claim([owed]) for owed in picked]
                return [job for jobs, _ in each for job in jobs], [one for _, outcomes in each for one in outcomes]
            fault = new_fault()
            log.exception("fault %s: delivery %s cannot be read", fault, picked[0].id)
            turns = self._lease(picked, self._clock())
            db.session.commit()
            return [], [Outcome(turn, None, ours(fault, 1, self._chance)) for turn in turns]

    def _claim_together(self, picked: Sequence[Owed]) -> tuple[list[Job], list[Outcome]]:
        now = self._clock()
        can_ask = self._allowance.open_of({deliveries.account(owed.sub) for owed in picked}, now)
        with of_every_clinic():
            free = appointments.hold_free([owed.appointment_id for owed in picked])
        turns = self._lease(
            [owed for owed in picked if owed.appointment_id in free and deliveries.account(owed.sub) in can_ask], now
        )
        told = read(turns, now, self._chance)
        errands = {turn: errand for turn in turns if isinstance(errand := told[turn.delivery_id], Errand)}
        self._allowance.spend({errand.lock: errand.questions for errand in errands.values()}, now)
        db.session.commit()
        tokens = self._google.tokens_of([errand.grant_id for errand in errands.values()])
        jobs = [Job(turn, errand, tokens.get(errand.grant_id)) for turn, errand in errands.items()]
        held = [(turn, told[turn.delivery_id]) for turn in turns if turn not in errands]
        return jobs, [Outcome(turn, None, it) for turn, it in held if not isinstance(it, Errand)]

    def _lease(self, picked: Sequence[Owed], now: datetime) -> list[Turn]:
        until = now + self._lease_lasts
        mine = deliveries.claim_all(picked, now, until)
        # No question to Google outlives the lease: it may take ten seconds, in the suites' short leases half of them.
        deadline = until - min(ASKING_TAKES, self._lease_lasts / 2)
        return [Turn(owed.id, owed.fence + 1, deadline, until) for owed in picked if owed.id in mine]

    def _work(self, job: Job) -> None:
        self._ended.put(self._carry_out(job))

    def _carry_out(self, job: Job) -> Outcome:
        """In a thread of the pool: ask Google, and touch the database only where a token has to be refreshed."""
        try:
            with self._app.app_context(), of_clinic(job.errand.clinic_id), self._google.at_hand(job.tokens):
                return carry_out(job.errand, job.turn, self._google, self._clock, self._chance)
        except Exception:
            log.exception("what became of delivery %s is not known; it is done again", job.turn.delivery_id)
            return Outcome(job.turn, job.errand, LATER)

    def _gather(self) -> list[Outcome]:
        """What has ended: waits a while for the first or until somebody wakes us, then a moment for company."""
        ended: list[Outcome] = []
        until = monotonic() + AT_MOST_S
        try:
            while len(ended) < self._unsettled:
                outcome = self._ended.get(timeout=max(0.0, until - monotonic()))
                if outcome is None:
                    until = monotonic()
                    continue
                until = min(until, monotonic() + MOMENT_S) if not ended else until
                ended.append(outcome)
        except queue.Empty:
            pass
        return ended

    def _settle(self, ended: list[Outcome]) -> None:
        """Write what came of them, and let their accounts go."""
        self._unsettled -= len(ended)
        self._in_hand -= {outcome.errand.lock for outcome in ended if outcome.errand is not None}
        self._close(ended)

    def _close(self, ended: list[Outcome]) -> None:
        """All in one transaction. One that cannot be written stays leased: when its lease runs out it is done again."""
        if not ended:
            return
        try:
            now = self._clock()
            close(ended, now)
            self._allowance.learn(ended, now)
            db.session.commit()
        except Exception:
            db.session.rollback()
            if len(ended) == 1:
                log.exception("what came of delivery %s cannot be written", ended[0].turn.delivery_id)
            else:
                for outcome in ended:
                    self._close([outcome])
