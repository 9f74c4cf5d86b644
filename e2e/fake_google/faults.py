"""Planned misbehaviour: what goes wrong, at which question, for whom, how often."""

import threading
from dataclasses import asdict, dataclass, field
from fnmatch import fnmatchcase
from typing import Final

from .errors import ERRORS
from .nouns import Json

INSTEAD: Final = frozenset({
    *ERRORS,
    "unavailable", "unavailable_html", "html", "not_json", "drop", "hang",
    "invalid_grant", "invalid_rapt", "rapt_required", "invalid_client", "token_unavailable",
})  # fmt: skip
PAGES: Final = frozenset({
    "redirect_uri_mismatch", "invalid_client", "deleted_client", "admin_policy_enforced", "access_not_configured",
    "org_internal", "access_denied", "disallowed_useragent", "stays",
})  # fmt: skip
AFTERWARDS: Final = frozenset({"lose_answer", "truncate"})
WITHIN: Final = frozenset({"no_refresh_token", "no_id_token", "delay"})
KINDS: Final = INSTEAD | PAGES | AFTERWARDS | WITHIN

LONGEST_HANG_S: Final = 30.0  # nobody who asks waits as long
MOST_HANGING: Final = 12  # each holds a thread of the server; more are cut at once


@dataclass(slots=True)
class Fault:
    """One planned misbehaviour.

    `at` is a method's name ("events.insert", "token", "auth", "certs", "discovery"), a glob over names ("events.*") or,
    with a slash in front, over paths. `times` None: until forgotten. `passes` questions are let by first.
    """

    kind: str
    at: str = "*"
    account: str = ""
    times: int | None = 1
    passes: int = 0
    retry_after_s: int | None = None
    seconds: float = 0.0  # of a delay, or until a lost answer is given up

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"{self.kind} is no kind of fault; there are {', '.join(sorted(KINDS))}")
        if (self.times is not None and self.times < 1) or min(self.passes, self.retry_after_s or 0, self.seconds) < 0:
            raise ValueError("A fault happens once at least, and nothing about it is counted below 0.")

    def fits(self, method: str, path: str, account: str) -> bool:
        if self.account and self.account.casefold() != account.casefold():
            return False
        return fnmatchcase(path, self.at) if self.at.startswith("/") else fnmatchcase(method, self.at)


@dataclass(slots=True)
class Faults:
    """The plan. Its own condition, not the world's lock, is what a hanging answer waits on."""

    planned: list[Fault] = field(default_factory=list)
    plans_forgotten: int = 0
    waiting: int = 0
    changed: threading.Condition = field(default_factory=threading.Condition, repr=False)

    def plan(self, fault: Fault) -> None:
        with self.changed:
            self.planned.append(fault)

    def forget(self) -> None:
        """No more faults; what hangs or is slow goes on at once."""
        with self.changed:
            self.planned.clear()
            self.plans_forgotten += 1
            self.changed.notify_all()

    def take(self, kinds: frozenset[str], method: str, path: str, account: str) -> Fault | None:
        """The first fitting fault of these kinds, counted as used."""
        with self.changed:
            for fault in self.planned:
                if fault.kind not in kinds or not fault.fits(method, path, account):
                    continue
                if fault.passes:
                    fault.passes -= 1
                    continue
                if fault.times is not None:
                    fault.times -= 1
                    if fault.times < 1:
                        self.planned.remove(fault)
                return fault
        return None

    def wait(self, seconds: float) -> None:
        """Until `seconds` of real time passed or the plan was forgotten; at once where too many wait already."""
        with self.changed:
            if self.waiting >= MOST_HANGING:
                return
            plan = self.plans_forgotten
            self.waiting += 1
            self.changed.wait_for(lambda: self.plans_forgotten != plan, seconds)
            self.waiting -= 1

    def as_json(self) -> list[Json]:
        with self.changed:
            return [asdict(fault) for fault in self.planned]
