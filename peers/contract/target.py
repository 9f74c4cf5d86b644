"""The Google under test: the stand-in in a thread of this process, or the real one with a throw-away account."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

import pytest
from e2e.fake_google import FakeGoogle, World, running

SCOPES: Final = {
    "all": ["openid", "email", "profile", "calendar"],
    "reads": ["openid", "email", "calendarlist.readonly", "events.owned.readonly"],
    "writes": ["openid", "email", "events.owned"],
}
ENVIRONMENT: Final = {
    "GOOGLE_LIVE_CLIENT_ID": "an OAuth client of type Web application",
    "GOOGLE_LIVE_CLIENT_SECRET": "its secret",
    "GOOGLE_LIVE_REDIRECT_URI": "an address registered for it",
    "GOOGLE_LIVE_EMAIL": "the throw-away account",
    "GOOGLE_LIVE_CALENDAR_ID": "a secondary calendar it owns, kept for ever, named PIMSY Calendar",
    "GOOGLE_LIVE_TOKEN_ALL": "its refresh token for openid email profile calendar",
    "GOOGLE_LIVE_TOKEN_READS": "its refresh token for openid email calendar.calendarlist.readonly calendar.events.owned.readonly",
    "GOOGLE_LIVE_TOKEN_WRITES": "its refresh token for openid email calendar.events.owned",
}
NAME: Final = "PIMSY Calendar"


@dataclass(frozen=True, slots=True)
class Target:
    """Two addresses, a client, and an account that let it in: `tokens` are refresh tokens by the names of SCOPES."""

    metadata_url: str
    api_root: str
    client_id: str
    client_secret: str
    redirect_uri: str
    email: str
    calendar_id: str
    tokens: dict[str, str]


@contextmanager
def fake() -> Iterator[Target]:
    world = World()
    email = "maria@clinic.example"
    calendar = world.adds_calendar(email, NAME)
    tokens = {
        name: world.grants_token(email, "integration", scopes)["refresh_token"] for name, scopes in SCOPES.items()
    }
    with running(FakeGoogle(world, strict_answers=True)) as base:
        yield Target(
            f"{base}/.well-known/openid-configuration",
            f"{base}/",
            "integration",
            "integration-secret",
            "http://127.0.0.1:9/google/callback",
            email,
            calendar.id,
            tokens,
        )


def live() -> Target:
    """Raises UsageError, naming every variable that is missing."""
    if missing := [f"{name}: {what}" for name, what in ENVIRONMENT.items() if not os.environ.get(name)]:
        raise pytest.UsageError("--google=live needs in the environment:\n  " + "\n  ".join(missing))
    told = {name.removeprefix("GOOGLE_LIVE_"): os.environ[name] for name in ENVIRONMENT}
    return Target(
        "https://accounts.google.com/.well-known/openid-configuration",
        "https://www.googleapis.com/",
        told["CLIENT_ID"],
        told["CLIENT_SECRET"],
        told["REDIRECT_URI"],
        told["EMAIL"],
        told["CALENDAR_ID"],
        {name: told[f"TOKEN_{name.upper()}"] for name in SCOPES},
    )
