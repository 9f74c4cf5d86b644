"""Going through the checks: all of them with Google asked, or at a glance what lies on this computer."""

import logging
import threading
from collections.abc import Iterable
from datetime import datetime, timedelta

from flask import Flask

from wizard.clock import Clock
from wizard.config import Settings
from wizard.doctor.checks import AT_HOME, CHECKS, FROM_THE_TABLES
from wizard.doctor.finding import Check, Entry, Finding, Fitness, Report, unseen
from wizard.doctor.site import Site
from wizard.google import Examination, Google, Permission
from wizard.store import fitness
from wizard.store.database import only_reading
from wizard.store.encryption import Cipher

log = logging.getLogger(__name__)

NOT_ASKED = Examination(None, calendar_answers=False, ahead=None, clients=dict.fromkeys(Permission, None))
A_GLANCE_LASTS = timedelta(seconds=5)
PACE = timedelta(seconds=10)
NOT_YET = unseen(
    "It was not looked at yet.", "It is, some minutes after the start; an administrator can press Look now."
)
NO_TABLES = unseen("The database could not be asked.", "Look at the database above.")


class Doctor:
    """Examines the installation it is part of, and remembers what it found last. Safe for many threads."""

    def __init__(self, app: Flask, settings: Settings, google: Google, cipher: Cipher, clock: Clock) -> None:
        self._app, self._settings, self._google, self._cipher, self._clock = app, settings, google, cipher, clock
        # Two, so that a probe is answered at once while Google keeps an examination waiting.
        self._examining, self._glancing = threading.Lock(), threading.Lock()
        self._last: dict[str, Entry[Site]] = {}
        self.examined_at: datetime | None = None
        """When everything was looked at last, Google included."""

    def examine(self) -> Report[Site]:
        """Look at everything, Google included: some seconds, 25 where nothing answers. At most once in ten seconds."""
        with self._examining:
            if not self._is_recent({check.slug for check in CHECKS}, PACE):
                self._look(CHECKS, self._google.examine())
                self.examined_at = self._clock()
            return self.last()

    def glance(self) -> Report[Site]:
        """What lies on this computer looked at anew, the rest as it was found last. Asks Google nothing."""
        with self._glancing:
            if not self._is_recent(AT_HOME, A_GLANCE_LASTS):
                self._look((check for check in CHECKS if check.slug in AT_HOME), NOT_ASKED)
            return self.last()

    def last(self) -> Report[Site]:
        """What was found last; looks at nothing."""
        never = self._clock()
        return Report(tuple(self._last.get(check.slug) or Entry(check, NOT_YET, never) for check in CHECKS))

    def _is_recent(self, slugs: Iterable[str], lasts: timedelta) -> bool:
        now = self._clock()
        found = [self._last.get(slug) for slug in slugs]
        return all(entry is not None and abs(now - entry.at) < lasts for entry in found)

    def _look(self, checks: Iterable[Check[Site]], google: Examination) -> None:
        with self._app.app_context(), only_reading():
            site = Site(self._settings, self._cipher, self._clock(), google, has_tables=_has_tables(self._settings))
            for check in checks:
                self._last[check.slug] = Entry(check, _judged(check, site), site.now)


def _has_tables(settings: Settings) -> bool:
    file = fitness.file_of(settings.database_url)
    if file is not None and not file.exists():
        return False  # asking would make the file
    try:
        there, known = fitness.revisions()
    except fitness.Unusable:
        return False
    return there == known


def _judged(check: Check[Site], site: Site) -> Finding:
    if check.slug in FROM_THE_TABLES and not site.has_tables:
        return NO_TABLES
    try:
        return check.look(site)
    except Exception:
        log.exception("the check %s broke", check.slug)
        return Finding(
            Fitness.UNSEEN, "The check itself broke.", "Send the lines about it in the wizard's log to its makers."
        )
