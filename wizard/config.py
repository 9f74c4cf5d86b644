"""Everything that can be set from outside, read from the environment in this one place."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

GOOGLE_METADATA_URL = "https://accounts.google.com/.well-known/openid-configuration"
GOOGLE_API_URL = "https://www.googleapis.com/"
AUDIENCES = ("internal", "verified", "testing")
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


class SettingsWrong(Exception):
    """The environment does not describe a wizard that could run; the sentence says what to set."""


@dataclass(frozen=True, slots=True)
class Client:
    """One OAuth client: one of the two permissions, under the name Google's page shows."""

    id: str
    secret: str = field(repr=False)
    name: str


@dataclass(frozen=True, slots=True)
class GooglePages:
    """The pages a person is sent to in a new tab; each can be pointed at a stand-in."""

    create_calendar: str = "https://calendar.google.com/calendar/r/settings/createcalendar"
    calendar: str = "https://calendar.google.com/"
    sign_out: str = "https://accounts.google.com/Logout"
    connections: str = "https://myaccount.google.com/connections"


@dataclass(frozen=True, slots=True)
class Settings:
    """A whole configuration. Times are seconds."""

    database_url: str
    data_dir: Path
    secret_keys: tuple[str, ...] = field(repr=False)
    public_url: str
    checker: Client
    integration: Client
    bind: str = "127.0.0.1:5000"
    threads: int = 16
    trusted_proxies: int = 0
    google_metadata_url: str = GOOGLE_METADATA_URL
    google_api_url: str = GOOGLE_API_URL
    google_audience: str = ""
    google_pages: GooglePages = field(default_factory=GooglePages)
    mail_url: str = ""
    is_tryout: bool = False  # a sample clinic and a fake Google; the sample administrator is signed in
    scenarios: Path | None = None  # the files of what the try-out can show
    lease_s: float = 60.0
    google_sign_in_timeout_s: float = 5.0
    google_calendar_timeout_s: float = 10.0

    def __post_init__(self) -> None:
        """Refuse what would only come to light at the first click."""
        address = urlsplit(self.public_url)
        if address.scheme not in {"http", "https"} or not address.hostname or address.path not in {"", "/"}:
            raise SettingsWrong("WIZARD_PUBLIC_URL has to be an address such as https://sync.clinic.example")
        if address.scheme == "http" and not self.is_loopback:
            raise SettingsWrong("WIZARD_PUBLIC_URL may be plain http on this computer only (127.0.0.1 or localhost)")
        if not self.secret_keys:
            raise SettingsWrong("WIZARD_SECRET_KEYS has to hold at least one key")
        if self.google_audience and self.google_audience not in AUDIENCES:
            raise SettingsWrong(f"WIZARD_GOOGLE_AUDIENCE is one of {', '.join(AUDIENCES)}")

    @property
    def is_loopback(self) -> bool:
        return urlsplit(self.public_url).hostname in LOOPBACK

    @property
    def is_https(self) -> bool:
        return urlsplit(self.public_url).scheme == "https"

    @property
    def redirect_url(self) -> str:
        """The one address Google sends browsers back to; to be registered exactly so."""
        return self.public_url.rstrip("/") + "/google/callback"

    @property
    def one_project(self) -> bool:
        """Both permissions belong to one client, so removing one at Google ends the other."""
        return self.checker.id == self.integration.id


def settings_from(environment: Mapping[str, str] = os.environ) -> Settings:
    """The configuration the environment describes.

    Raises SettingsWrong with a sentence naming the first variable that is missing or cannot be used.
    """
    own = data_dir(environment)
    checker = Client(
        _needed(environment, "WIZARD_CHECKER_CLIENT_ID"),
        _needed(environment, "WIZARD_CHECKER_CLIENT_SECRET"),
        environment.get("WIZARD_CHECKER_CLIENT_NAME") or "Calendar Sync Checker",
    )
    return Settings(
        database_url=environment.get("WIZARD_DATABASE_URL") or f"sqlite:///{own.resolve() / 'wizard.sqlite'}",
        data_dir=own,
        secret_keys=tuple(key.strip() for key in _needed(environment, "WIZARD_SECRET_KEYS").split(",") if key.strip()),
        public_url=_needed(environment, "WIZARD_PUBLIC_URL"),
        checker=checker,
        integration=Client(
            environment.get("WIZARD_INTEGRATION_CLIENT_ID") or checker.id,
            environment.get("WIZARD_INTEGRATION_CLIENT_SECRET") or checker.secret,
            environment.get("WIZARD_INTEGRATION_CLIENT_NAME") or "PIMSY Calendar Integration",
        ),
        bind=environment.get("WIZARD_BIND") or "127.0.0.1:5000",
        threads=_number(environment, "WIZARD_THREADS", 16),
        trusted_proxies=_number(environment, "WIZARD_TRUSTED_PROXIES", 0),
        google_metadata_url=environment.get("WIZARD_GOOGLE_METADATA_URL") or GOOGLE_METADATA_URL,
        google_api_url=environment.get("WIZARD_GOOGLE_API_URL") or GOOGLE_API_URL,
        google_audience=environment.get("WIZARD_GOOGLE_AUDIENCE", ""),
        mail_url=environment.get("WIZARD_MAIL_URL", ""),
    )


def data_dir(environment: Mapping[str, str] = os.environ) -> Path:
    """Where this installation keeps what is its own."""
    return Path(environment.get("WIZARD_DATA_DIR") or "data")


def port(name: str, default: int, environment: Mapping[str, str] = os.environ) -> int:
    """A port of this computer out of the environment."""
    return _number(environment, name, default)


def _needed(environment: Mapping[str, str], name: str) -> str:
    value = environment.get(name, "").strip()
    if not value:
        raise SettingsWrong(f"{name} is not set")
    return value


def _number(environment: Mapping[str, str], name: str, default: int) -> int:
    value = environment.get(name, "").strip()
    if not value:
        return default
    if not value.isdecimal():
        raise SettingsWrong(f"{name} has to be a whole number")
    return int(value)
