"""What Google shows to somebody who has nobody's permission: does it answer, what time is it there, does it know us.

Sources: OpenID Connect Discovery 1.0; RFC 6749 section 5.2; RFC 9111 section 4.2.3 (Age)
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from wizard.clock import system_clock
from wizard.config import Client, Settings
from wizard.google.answers import Answer, token_trouble
from wizard.google.errors import GoogleSilent, GrantDead, InstallationWrong
from wizard.google.scopes import Permission
from wizard.google.wire import Wire

MADE_UP = "nobodys-token"
HALF_A_SECOND = timedelta(seconds=0.5)  # a Date header leaves the fraction out


@dataclass(frozen=True, slots=True)
class Examination:
    """Everything seen at one look; each None stands for "could not be asked"."""

    description: Mapping[str, Any] | None
    """The provider's metadata document, whatever stands in it."""

    calendar_answers: bool
    ahead: timedelta | None
    """This computer's clock minus Google's, by the real time, also where the wizard's own clock is moved for a test."""

    clients: Mapping[Permission, str | None]
    """Empty: Google knows the client and its secret. Else its own words of refusal."""


def examine(settings: Settings, wire: Wire) -> Examination:
    """Four short questions at most, each with the time-out of the settings. Raises nothing of Google's."""
    described, calendar = _Look(wire), _Look(wire)
    metadata = described.at(settings.google_metadata_url, settings.google_sign_in_timeout_s)
    # The calendar's answer comes from no store on the way, so its Date is the better clock.
    refusal = calendar.at(
        f"{settings.google_api_url.rstrip('/')}/calendar/v3/users/me/calendarList", settings.google_calendar_timeout_s
    )
    token_url = metadata.get("token_endpoint") if metadata else None
    return Examination(
        description=metadata,
        calendar_answers=refusal is not None and "error" in refusal,
        ahead=calendar.ahead if calendar.ahead is not None else described.ahead,
        clients=_clients(settings, wire, token_url) if isinstance(token_url, str) else dict.fromkeys(Permission),
    )


class _Look:
    """One question, and what it told of the time."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire
        self.ahead: timedelta | None = None

    def at(self, url: str, timeout: float) -> dict[str, Any] | None:
        before = system_clock()
        try:
            answer = self._wire.say("GET", url, timeout=timeout)
            self.ahead = _ahead(answer, before, system_clock())
            return None if answer.is_weather else answer.json()
        except GoogleSilent:
            return None


def _ahead(answer: Answer, before: datetime, after: datetime) -> timedelta | None:
    if answer.date is None:
        return None
    return before + (after - before) / 2 - (answer.date + answer.age + HALF_A_SECOND)


def _clients(settings: Settings, wire: Wire, token_url: str) -> dict[Permission, str | None]:
    checker = _refusal(settings.checker, settings, wire, token_url)
    if settings.one_project and settings.integration.secret == settings.checker.secret:
        return dict.fromkeys(Permission, checker)
    integration = _refusal(settings.integration, settings, wire, token_url)
    return {Permission.CHECKER: checker, Permission.INTEGRATION: integration}


def _refusal(client: Client, settings: Settings, wire: Wire, token_url: str) -> str | None:
    """A refresh of a token that never was: who is told that the token is worth nothing was known as a client before."""
    form = {
        "grant_type": "refresh_token",
        "refresh_token": MADE_UP,
        "client_id": client.id,
        "client_secret": client.secret,
    }
    try:
        answer = wire.say(
            "POST",
            token_url,
            timeout=settings.google_sign_in_timeout_s,
            headers={"Content-Type": "application/x-www-form-urlencoded"},
            body=urlencode(form),
        )
    except GoogleSilent:
        return None
    trouble = token_trouble(answer)
    if isinstance(trouble, GrantDead):
        return ""
    return trouble.said if isinstance(trouble, InstallationWrong) else None
