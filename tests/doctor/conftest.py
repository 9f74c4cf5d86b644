"""An installation in good health, to be spoiled in one place by each case."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from e2e.fake_google import FakeGoogle
from e2e.launcher import TODAY
from tests.walking import Desk
from wizard.config import Client, Settings
from wizard.doctor import Finding, Report, Site
from wizard.google import Examination, Permission
from wizard.store.encryption import Cipher

KEY = "k" * 43
HEALTHY = Settings(
    database_url="sqlite://",
    data_dir=Path(),
    secret_keys=(KEY,),
    public_url="https://sync.maple-clinic.com",
    checker=Client("checker.apps", "checker-secret", "Calendar Sync Checker"),
    integration=Client("integration.apps", "integration-secret", "PIMSY Calendar Integration"),
    trusted_proxies=1,
    google_audience="internal",
)
GOOGLE = "https://accounts.google.com"
DESCRIPTION = {
    "issuer": GOOGLE,
    "authorization_endpoint": f"{GOOGLE}/o/oauth2/v2/auth",
    "token_endpoint": "https://oauth2.googleapis.com/token",
    "revocation_endpoint": "https://oauth2.googleapis.com/revoke",
    "userinfo_endpoint": "https://openidconnect.googleapis.com/v1/userinfo",
    "jwks_uri": "https://www.googleapis.com/oauth2/v3/certs",
    "id_token_signing_alg_values_supported": ["RS256"],
    "code_challenge_methods_supported": ["plain", "S256"],
}
SEEN = Examination(
    description=DESCRIPTION, calendar_answers=True, ahead=timedelta(), clients=dict.fromkeys(Permission, "")
)


def of(report: Report[Site], slug: str) -> Finding:
    """What the check of that slug said."""
    return next(entry.finding for entry in report.entries if entry.check.slug == slug)


@pytest.fixture
def desk(app: Flask, google: FakeGoogle) -> Desk:
    return Desk(app, google)


@pytest.fixture
def site_where() -> Callable[..., Site]:
    """The healthy site, where Google showed something else, or where some settings (by their names) are others."""

    def make(google: Examination = SEEN, **changed: Any) -> Site:
        settings = replace(HEALTHY, **changed)
        return Site(settings, Cipher(settings.secret_keys), TODAY, google, has_tables=True)

    return make
