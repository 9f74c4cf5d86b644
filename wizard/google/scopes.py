"""What each of the two permissions asks for, and how Google's page words it: the only place with a scope in it."""

from collections.abc import Iterable
from enum import Enum

PREFIX = "https://www.googleapis.com/auth/"


class Permission(Enum):
    """Which of the two Google permissions: the one that reads and proves, the one that writes."""

    CHECKER = "checker"
    INTEGRATION = "integration"


IDENTITY_SCOPES = ("openid", "email")
CHECKER_SCOPES = (
    *IDENTITY_SCOPES,
    f"{PREFIX}calendar.calendarlist.readonly",
    f"{PREFIX}calendar.events.owned.readonly",
)
INTEGRATION_SCOPES = (*IDENTITY_SCOPES, f"{PREFIX}calendar.events.owned")
FINDING_SCOPE = f"{PREFIX}calendar.calendarlist.readonly"
"""What the integration asks besides where no checker tells it which calendar it may write to."""

# The texts of the Calendar discovery document, revision 20261030: what the person reads beside each box.
GOOGLES_WORDS = {
    FINDING_SCOPE: "See the list of Google calendars you\u2019re subscribed to",
    f"{PREFIX}calendar.events.owned.readonly": "See the events on Google calendars you own",
    f"{PREFIX}calendar.events.owned": "See, create, change, and delete events on Google calendars you own",
}


def asked_for(permission: Permission, *, finds_calendar: bool = False) -> tuple[str, ...]:
    """The scopes a permission is made of, in the order Google shows them."""
    if permission is Permission.CHECKER:
        return CHECKER_SCOPES
    return (*INTEGRATION_SCOPES, FINDING_SCOPE) if finds_calendar else INTEGRATION_SCOPES


def missing(permission: Permission, granted: Iterable[str], *, finds_calendar: bool = False) -> tuple[str, ...]:
    """Google's words for what was asked and not granted.

    The identity is left out: it has no box, and Google answers `email` under another name (…/auth/userinfo.email).
    Source: developers.google.com/identity/protocols/oauth2/resources/granular-permissions
    """
    held = frozenset(granted)
    asked = asked_for(permission, finds_calendar=finds_calendar)
    return tuple(GOOGLES_WORDS[scope] for scope in asked if scope in GOOGLES_WORDS and scope not in held)
