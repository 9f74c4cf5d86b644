"""How much may be asked of Google: by each account, by the installation, and by anybody while Google answers nobody.

The paces are in the database, shared by all who ask. What this process holds of the installation's, and what its deliveries
met one after the other, is kept here; several threads may use it at once.
"""

import threading
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta

from wizard.background.weather import Weather
from wizard.practice.builtin.deliver import Outcome
from wizard.store import deliveries, paces
from wizard.store.database import db
from wizard.store.paces import Rate

PROJECT = "project"
"""The name of the installation's pace: appointments are written by one client, of one project."""

MANY = 3
"""So many accounts that Google finds too fast within `HINTS_LAST` are a hint about the installation; one may be slow by itself."""

HINTS_LAST = timedelta(minutes=1)

RESERVED = 100
"""Questions of the installation's pace that are taken out of the database at once."""


class Allowance:
    """What Google allows the installation and each user, and what was learnt from its answers."""

    def __init__(self, of_project: Rate, of_user: Rate) -> None:
        self._of_project, self._of_user = of_project, of_user
        self._reserved = 0
        self._weather = Weather()
        self._counting = threading.Lock()

    @property
    def is_one_to_knock(self) -> bool:
        """Google answers nobody: a single delivery is enough to hear when it does."""
        return bool(self._weather.code)

    def reserve(self, wanted: int, at: datetime) -> int:
        """How many of so many questions the installation may ask now; they count as asked. A transaction of its own."""
        with self._counting:
            if self._reserved < wanted:
                self._reserved += paces.reserve(PROJECT, RESERVED, self._of_project, at)
                db.session.commit()
            taken = min(wanted, self._reserved)
            self._reserved -= taken
            return taken

    def give_back(self, unasked: int) -> None:
        with self._counting:
            self._reserved += unasked

    def open_of(self, accounts: Collection[str], at: datetime) -> set[str]:
        """Those of these accounts, by the names of their locks, that may be asked something now."""
        return paces.open_of(accounts, self._of_user, at)

    def spend(self, questions: Mapping[str, int], at: datetime) -> None:
        """So many are asked by each account; in the transaction that claims what asks them."""
        paces.spend(questions, self._of_user, at)

    def learn(self, ended: Sequence[Outcome], at: datetime) -> None:
        """From what some met, for all: to ask less, or to let one knock for everybody. The caller ends the transaction."""
        for outcome in ended:
            errand, setback = outcome.errand, outcome.setback
            if errand is None or (setback is not None and not setback.reason):
                continue
            is_too_fast_for_all = False
            if setback is not None and setback.is_too_fast:
                paces.slow(errand.lock, self._of_user, at)
                is_too_fast_for_all = paces.slowed(deliveries.ACCOUNT, at - HINTS_LAST) >= MANY
            if is_too_fast_for_all:
                paces.slow(PROJECT, self._of_project, at)
            with self._counting:
                self._reserved = 0 if is_too_fast_for_all else self._reserved
                is_answered = setback is None or setback.is_too_fast
                self._weather.meets(errand.lock, "" if is_answered or setback is None else setback.reason)
                code = self._weather.code
            if code and setback is not None:
                deliveries.put_off_everybody(at + timedelta(seconds=setback.wait_s), code, at)
