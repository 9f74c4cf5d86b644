"""R7: Google is away for four hours while 500 wait; it is asked as seldom as the rule says, and all is there soon after.

For the first half its lines are cut, in the second it asks to be left alone for some minutes.
Time passes in the world alone. Between two looks of the dispatcher lie a few seconds, as between those of its thread.
"""

import random
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from http.client import TOO_MANY_REQUESTS

from crash.frontdesk import FrontDesk
from crash.ledger import Count
from crash.site import Site
from e2e.fake_google.faults import Fault
from e2e.fake_google.log import Call
from wizard.practice.builtin.backoff import backoff

AWAY = timedelta(hours=4)
SOON = timedelta(minutes=10)
AT_MOST = 1.2
"""Questions for each appointment and each wait of the rule, while Google is away."""

RETRY_AFTER_S = 240
STEP_S = 10.0


@dataclass(frozen=True, slots=True)
class Silence:
    """What came of it. `asked`: while Google was away; `allowed`: what the rule of back-off lets an appointment ask."""

    waiting: int
    asked: int
    allowed: int
    early: int  # questions sooner than Google's Retry-After had asked for
    took: timedelta  # from Google's return until nothing was owed
    count: Count

    @property
    def is_clean(self) -> bool:
        return self.count.is_clean and self.took <= SOON and self.asked <= AT_MOST * self.allowed and not self.early


def run(site: Site, seed: int, appointments: int, away: timedelta = AWAY) -> Silence:
    desk = FrontDesk(site.app, site.world.now, random.Random(seed))
    for _ in range(appointments):
        desk.books()
    waiting = site.owed()
    for fault in (Fault("drop", times=None), Fault("rateLimitExceeded429", times=None, retry_after_s=RETRY_AFTER_S)):
        site.world.plan(fault)
        _passes(site, site.world.now() + away / 2)
        site.world.faults.forget()
    back, calls = site.world.now(), [call for call in site.world.calls() if call.method.startswith("events.")]
    while site.owed() and site.world.now() < back + 2 * SOON:
        site.delivers()
        site.world.clock.advance(1)
    took = site.world.now() - back
    return Silence(waiting, len(calls), waiting * steps(away), early(calls), took, site.counts())


def early(calls: Iterable[Call]) -> int:
    """How many of an account's questions came before the time that the answer to its last one had named."""
    allowed: dict[str, datetime] = {}
    found = 0
    for call in calls:
        at = datetime.fromisoformat(call.time)
        found += at < allowed.get(call.account, at)
        if call.status == TOO_MANY_REQUESTS:
            allowed[call.account] = at + timedelta(seconds=RETRY_AFTER_S)
    return found


def _passes(site: Site, until: datetime) -> None:
    while site.world.now() < until:
        site.delivers()
        site.world.clock.advance(STEP_S)


def steps(away: timedelta) -> int:
    """How many tries the rule gives one delivery in that time, waits at their shortest."""
    passed, tries = 0.0, 1
    while (passed := passed + backoff(tries, 0.0)) < away.total_seconds():
        tries += 1
    return tries
