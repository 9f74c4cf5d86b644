"""One trip to Google and what came back of it."""

from dataclasses import dataclass, field
from datetime import datetime

from wizard.evidence import Account
from wizard.google import scopes
from wizard.google.scopes import Permission


@dataclass(frozen=True, slots=True)
class Question:
    """What Google is asked through the person's browser; `state` names the trip and comes back with the answer.

    `silent` asks without showing anything whether somebody is signed in (prompt=none, identity only); otherwise Google
    shows its chooser and its consent page every time. `offline` asks for a refresh token: only where none lives, since
    Google keeps about 100 of an account and client and silently ends the oldest. `finds_calendar` asks for the names of the
    calendars with the integration, where no checker tells it which one it may write to.
    """

    permission: Permission
    state: str = field(repr=False)
    login_hint: str = field(default="", repr=False)
    silent: bool = False
    offline: bool = False
    finds_calendar: bool = False


@dataclass(frozen=True, slots=True)
class Departure:
    """The address to send the browser to. `secret` is opaque: kept encrypted with the trip, handed back to `finish`."""

    url: str = field(repr=False)
    secret: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Consent:
    """What came back for a code. `expires_at` is when the access token ends, by our clock; None: Google did not say."""

    account: Account = field(repr=False)
    email_verified: bool
    scopes: frozenset[str]
    access_token: str = field(repr=False)
    expires_at: datetime | None
    refresh_token: str | None = field(repr=False)

    def missing(self, permission: Permission, *, finds_calendar: bool = False) -> tuple[str, ...]:
        """Google's words for the permissions asked for and not granted: the boxes left empty."""
        return scopes.missing(permission, self.scopes, finds_calendar=finds_calendar)
