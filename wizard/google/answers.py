"""From what Google put on the wire to our errors: pure, one table for the Calendar API and one for the sign-in.

Sources: developers.google.com/workspace/calendar/api/guides/errors, RFC 6749 section 5.2,
developers.google.com/identity/protocols/oauth2/web-server
"""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

from wizard.evidence import Outcome
from wizard.google.errors import (
    AccessRefused,
    AlreadyGone,
    AnswerUnreadable,
    CalendarOff,
    CalendarOthers,
    Changed,
    GoogleSilent,
    GoogleTrouble,
    GrantDead,
    GrantNarrow,
    IdTaken,
    InstallationWrong,
    NotFound,
    QuotaUsed,
    SyncTokenOld,
    TooFast,
    Unchanged,
)

OK, MULTIPLE_CHOICES, TOO_MANY, SERVER_ERROR = 200, 300, 429, 500
NOT_MODIFIED, REQUEST_TIMEOUT = 304, 408
LONGEST_AGE = 10  # digits: 2**31 seconds is the most such a header says


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer as it came: status, headers (names in any case), body."""

    status: int
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)

    def json(self) -> dict[str, Any]:
        """The JSON object of the body.

        Raises GoogleSilent for anything else at whatever status: HTML comes from portals and proxies on the way, half
        an object from a broken connection.
        """
        try:
            content = json.loads(self.body)
        except ValueError:  # broken UTF-8 included
            content = None
        if not isinstance(content, dict):
            raise GoogleSilent(self.retry_after)
        return content

    @property
    def is_good(self) -> bool:
        return OK <= self.status < MULTIPLE_CHOICES

    @property
    def is_weather(self) -> bool:
        return self.status in {REQUEST_TIMEOUT, TOO_MANY} or self.status >= SERVER_ERROR

    @property
    def retry_after(self) -> float | None:
        """Seconds; Retry-After is a number of them or a date (RFC 9110 section 10.2.3), read against the answer's own."""
        said = self._header("Retry-After")
        if said.isdecimal():
            return float(said)
        until, now = _date(said), self.date
        return max(0.0, (until - now).total_seconds()) if until and now else None

    @property
    def date(self) -> datetime | None:
        """The time by the clock of who answered."""
        return _date(self._header("Date"))

    @property
    def age(self) -> timedelta:
        """How long the answer lay in a store on the way since then (RFC 9111 section 5.1)."""
        said = self._header("Age")
        return timedelta(seconds=int(said)) if said.isdecimal() and len(said) < LONGEST_AGE else timedelta()

    def _header(self, name: str) -> str:
        return next((value for key, value in self.headers.items() if key.casefold() == name.casefold()), "").strip()


def _date(said: str) -> datetime | None:
    try:
        date = parsedate_to_datetime(said)
    except ValueError:
        return None
    return date if date.tzinfo else None  # "-0000": a time without a zone says nothing


LONGEST_WORDS = 240
ADDRESS = re.compile(r"\S+@\S+")
TOKEN_LIKE = re.compile(r"(?=[\w.~+=%-]*\d)[\w.~+=%-]{24,}")


def own_words(text: str) -> str:
    """Google's words as they may be shown and logged: on one line, shortened, without addresses and anything like a token."""
    line = " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
    clean = TOKEN_LIKE.sub("…", ADDRESS.sub("…", line))
    return clean if len(clean) <= LONGEST_WORDS else f"{clean[: LONGEST_WORDS - 1].rstrip()}…"


# ── the Calendar API ──────────────────────────────────────────────────────────────────────────────────────────────────

Trouble = Callable[[Answer, str], GoogleTrouble]

_BY_REASON: dict[str, Trouble] = {
    "quotaExceeded": lambda _answer, _said: QuotaUsed(),
    "dailyLimitExceeded": lambda _answer, _said: QuotaUsed(),
    "userRateLimitExceeded": lambda answer, _said: TooFast(answer.retry_after),
    "rateLimitExceeded": lambda answer, _said: TooFast(answer.retry_after),
    "RATE_LIMIT_EXCEEDED": lambda answer, _said: TooFast(answer.retry_after),
    "insufficientPermissions": lambda _answer, _said: GrantNarrow(),
    "ACCESS_TOKEN_SCOPE_INSUFFICIENT": lambda _answer, _said: GrantNarrow(),
    "requiredAccessLevel": lambda _answer, _said: CalendarOthers(),
    "forbiddenForNonOrganizer": lambda _answer, _said: CalendarOthers(),
    "accessNotConfigured": lambda _answer, said: InstallationWrong(said),
    "SERVICE_DISABLED": lambda _answer, said: InstallationWrong(said),
    "notACalendarUser": lambda _answer, _said: CalendarOff(),
}
_BY_STATUS: dict[int, type[AnswerUnreadable]] = {
    401: AccessRefused,
    404: NotFound,
    409: IdTaken,
    410: AlreadyGone,
    412: Changed,
}


def calendar_trouble(answer: Answer) -> GoogleTrouble:
    """What a refusal of the Calendar API means. The same reason comes with 403 or 429, so it is read first."""
    if answer.status == NOT_MODIFIED:
        return Unchanged()
    try:
        error = answer.json().get("error")
    except GoogleSilent as silent:
        return silent
    known = next((_BY_REASON[reason] for reason in _reasons(error) if reason in _BY_REASON), None)
    if known is not None:
        return known(answer, own_words(_text(error, "message")))
    if answer.is_weather:
        return _weather(answer)
    reason = next(iter(_reasons(error)), "")
    kind = SyncTokenOld if reason == "fullSyncRequired" else _BY_STATUS.get(answer.status, AnswerUnreadable)
    words = ": ".join(filter(None, (reason, _text(error, "message"))))
    return kind(own_words(f"{answer.status} {words}"))


def _weather(answer: Answer) -> GoogleSilent:
    return (TooFast if answer.status == TOO_MANY else GoogleSilent)(answer.retry_after)


def _reasons(error: object) -> list[str]:
    """`errors[].reason`, then `details[].reason`: newer answers carry both, some only the second."""
    entries = [*_list(error, "errors"), *_list(error, "details")]
    return [reason for entry in entries if (reason := _text(entry, "reason"))]


def _list(holder: object, name: str) -> list[object]:
    value = holder.get(name) if isinstance(holder, dict) else None
    return value if isinstance(value, list) else []


def _text(holder: object, name: str) -> str:
    value = holder.get(name) if isinstance(holder, dict) else None
    return value if isinstance(value, str) else ""


# ── the sign-in ───────────────────────────────────────────────────────────────────────────────────────────────────────

_WEATHER = {"temporarily_unavailable", "server_error", "internal_failure", "slow_down", "rate_limit_exceeded"}
_FRESH_SIGN_IN = {"invalid_rapt", "rapt_required"}
_OPERATORS = {
    "invalid_client",
    "deleted_client",
    "disabled_client",
    "unauthorized_client",
    "redirect_uri_mismatch",
    "invalid_request",
    "invalid_scope",
    "unsupported_grant_type",
    "org_internal",
}


def token_trouble(answer: Answer) -> GoogleTrouble:
    """What a refusal of the token address means. `invalid_grant` alone says that a permission is dead."""
    if answer.is_weather:
        return _weather(answer)
    try:
        refusal = answer.json()
    except GoogleSilent as silent:
        return silent
    error, subtype = _text(refusal, "error"), _text(refusal, "error_subtype")
    if {error, subtype} & _FRESH_SIGN_IN:
        return GrantDead("invalid_rapt")
    if error == "invalid_grant":
        return GrantDead(error)
    if error == "admin_policy_enforced":  # the organisation restricted the app after the consent
        return GrantDead(error)
    if error in _WEATHER:
        return GoogleSilent(answer.retry_after)
    if error in _OPERATORS:
        return InstallationWrong(_told(refusal))
    return AnswerUnreadable(own_words(f"{answer.status} {_told(refusal)}"))


def _told(refusal: object) -> str:
    return own_words(": ".join(filter(None, (_text(refusal, "error"), _text(refusal, "error_description")))))


_REFUSED = {
    "interaction_required",
    "login_required",
    "account_selection_required",
    "immediate_failed",
    "access_denied",
}


def silent_refusal(error: str, subtype: str = "") -> Outcome:
    """What a silent sign-in (prompt=none) that came back with an error says: REFUSED, PERMISSION_GONE or UNSEEN.

    Google sends interaction_required with the subtype access_denied; older flows immediate_failed; the names of OpenID
    Connect Core 3.1.2.6 are taken too. The error decides, the subtype only where it names a missing consent.
    """
    if "consent_required" in {error, subtype}:
        return Outcome.PERMISSION_GONE
    return Outcome.REFUSED if error in _REFUSED else Outcome.UNSEEN
