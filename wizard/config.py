"""Everything that can be set from outside, read from the environment in this one place."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

GOOGLE_METADATA_URL = "https://accounts.google.com/.well-known/openid-configuration"
GOOGLE_API_URL = "https://www.googleapis.com/"
PORTS = 2**16
BACKGROUNDS = ("thread", "workers")
AUDIENCES = ("internal", "verified", "testing")
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


MAIL_SCHEMES = ("smtp", "smtps")

NEEDED = {
    "WIZARD_PUBLIC_URL": "the address people open, for example https://sync.clinic.example (plain http: this computer only)",
    "WIZARD_SECRET_KEYS": 'a key of your own, kept safe: python -c "import secrets; print(secrets.token_urlsafe(32))"',
    "WIZARD_CHECKER_CLIENT_ID": (
        "Google Cloud console > Google Auth Platform > Clients > Create client > Web application, in the checker's project"
    ),
    "WIZARD_CHECKER_CLIENT_SECRET": (
        "the same page: Google shows a secret once, when it is made; Add secret makes another"
    ),
}
"""What nobody can guess, and where each comes from."""

SHORTEST_KEY = 32

KEY_FILES = (Path("/etc/wizard.env"), Path(__file__).resolve().parent.parent / "deploy" / "wizard.env")
"""Where docs/going-live.md has the keys written down: for the service on Linux, and for compose."""


class SettingsWrong(Exception):
    """The environment does not describe a wizard that could run; each sentence says one thing to set."""

    def __init__(self, *sentences: str) -> None:
        super().__init__("\n".join(sentences))
        self.sentences = sentences


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
    key_files: tuple[Path, ...] = KEY_FILES  # looked at, never read: who may read them
    bind: str = "127.0.0.1:5000"
    threads: int = 16
    trusted_proxies: int = 0
    google_metadata_url: str = GOOGLE_METADATA_URL
    google_api_url: str = GOOGLE_API_URL
    google_audience: str = ""
    google_per_minute: int = 10_000  # questions that Google allows the project; 0: they are not counted
    google_pages: GooglePages = field(default_factory=GooglePages)
    mail_url: str = field(default="", repr=False)  # may hold a password
    is_tryout: bool = False  # a sample clinic and a fake Google; the sample administrator is signed in
    scenarios: Path | None = None  # the files of what the try-out can show
    background: str = "thread"  # or "workers": what is owed is carried out by `python -m wizard worker`
    lease_s: float = 60.0
    patrol_threads: int = 8  # of the patrol alone: it takes no room from who waits in front of a page
    google_sign_in_timeout_s: float = 5.0
    google_calendar_timeout_s: float = 10.0

    def __post_init__(self) -> None:
        """Refuse what would only come to light at the first click: everything at once."""
        wrong = _wrong_address(self.public_url) + _wrong_choices(self.google_audience, self.bind)
        wrong += _wrong_background(self.background, self.database_url)
        if not self.secret_keys:
            wrong.append("WIZARD_SECRET_KEYS has to hold at least one key")
        if wrong:
            raise SettingsWrong(*wrong)

    @property
    def in_hand(self) -> int:
        """How many rows a worker has in hand at a time: half of its threads may be inside Google, as of the server's."""
        return max(1, self.threads // 2)

    @property
    def listens_at(self) -> tuple[str, int]:
        """Host and port of this computer that the wizard answers at."""
        host, _, port = self.bind.rpartition(":")
        return host.strip("[]"), int(port)

    @property
    def is_loopback(self) -> bool:
        return _is_loopback(self.public_url)

    @property
    def is_https(self) -> bool:
        return urlsplit(self.public_url).scheme == "https"

    @property
    def redirect_url(self) -> str:
        """The one address Google sends browsers back to; to be registered exactly so."""
        return self.public_url.rstrip("/") + "/google/callback"

    @property
    def has_mailbox(self) -> bool:
        """A try-out without a mail server: its letters are kept, to be read as they would arrive."""
        return self.is_tryout and not self.mail_url

    @property
    def one_project(self) -> bool:
        """Both permissions belong to one client, so removing one at Google ends the other."""
        return self.checker.id == self.integration.id


def settings_from(environment: Mapping[str, str] = os.environ) -> Settings:
    """The configuration the environment describes.

    Raises SettingsWrong with a sentence for each variable that is missing or cannot be used.
    """
    if wrong := _wrong_environment(environment):
        raise SettingsWrong(*wrong)
    own = data_dir(environment)
    checker = Client(
        environment["WIZARD_CHECKER_CLIENT_ID"].strip(),
        environment["WIZARD_CHECKER_CLIENT_SECRET"].strip(),
        environment.get("WIZARD_CHECKER_CLIENT_NAME") or "Calendar Sync Checker",
    )
    return Settings(
        database_url=environment.get("WIZARD_DATABASE_URL") or f"sqlite:///{own.resolve() / 'wizard.sqlite'}",
        data_dir=own,
        secret_keys=_keys(environment),
        public_url=environment["WIZARD_PUBLIC_URL"].strip(),
        checker=checker,
        integration=Client(
            environment.get("WIZARD_INTEGRATION_CLIENT_ID", "").strip() or checker.id,
            environment.get("WIZARD_INTEGRATION_CLIENT_SECRET", "").strip() or checker.secret,
            environment.get("WIZARD_INTEGRATION_CLIENT_NAME") or "PIMSY Calendar Integration",
        ),
        bind=environment.get("WIZARD_BIND") or "127.0.0.1:5000",
        threads=_number(environment, "WIZARD_THREADS", 16),
        trusted_proxies=_number(environment, "WIZARD_TRUSTED_PROXIES", 0),
        google_metadata_url=environment.get("WIZARD_GOOGLE_METADATA_URL") or GOOGLE_METADATA_URL,
        google_api_url=environment.get("WIZARD_GOOGLE_API_URL") or GOOGLE_API_URL,
        google_audience=environment.get("WIZARD_GOOGLE_AUDIENCE", ""),
        google_per_minute=_number(environment, "WIZARD_GOOGLE_PER_MINUTE", 10_000),
        mail_url=environment.get("WIZARD_MAIL_URL", ""),
        background=environment.get("WIZARD_BACKGROUND") or "thread",
    )


def data_dir(environment: Mapping[str, str] = os.environ) -> Path:
    """Where this installation keeps what is its own."""
    return Path(environment.get("WIZARD_DATA_DIR") or "data")


def port(name: str, default: int, environment: Mapping[str, str] = os.environ) -> int:
    """A port of this computer out of the environment."""
    return _number(environment, name, default)


def _wrong_environment(environment: Mapping[str, str]) -> list[str]:
    given = {name: environment.get(name, "").strip() for name in NEEDED}
    wrong = [f"{name} is not set. It is {where}" for name, where in NEEDED.items() if not given[name]]
    if given["WIZARD_PUBLIC_URL"]:
        wrong += _wrong_address(given["WIZARD_PUBLIC_URL"])
    if any(len(key) < SHORTEST_KEY for key in _keys(environment)):
        wrong.append(f"WIZARD_SECRET_KEYS holds a key of fewer than {SHORTEST_KEY} signs, which could be guessed")
    halves = ("WIZARD_INTEGRATION_CLIENT_ID", "WIZARD_INTEGRATION_CLIENT_SECRET")
    if bool(environment.get(halves[0])) is not bool(environment.get(halves[1])):
        there, missing = halves if environment.get(halves[0]) else halves[::-1]
        wrong.append(f"{missing} is not set, and {there} is. Set both, or neither to use the checker's client for both")
    wrong += _wrong_choices(
        environment.get("WIZARD_GOOGLE_AUDIENCE", ""),
        environment.get("WIZARD_BIND") or "127.0.0.1:5000",
    )
    wrong += _wrong_background(
        environment.get("WIZARD_BACKGROUND") or "thread", environment.get("WIZARD_DATABASE_URL") or "sqlite"
    )
    wrong += _wrong_database(environment.get("WIZARD_DATABASE_URL") or "")
    mail = urlsplit(environment.get("WIZARD_MAIL_URL", ""))
    if mail.geturl() and (mail.scheme not in MAIL_SCHEMES or not mail.hostname):
        wrong.append("WIZARD_MAIL_URL has to be smtp://name:password@host:587 or smtps://name:password@host:465")
    for name in ("WIZARD_THREADS", "WIZARD_TRUSTED_PROXIES", "WIZARD_GOOGLE_PER_MINUTE"):
        try:
            _number(environment, name, 1)
        except SettingsWrong as error:
            wrong += error.sentences
    return wrong


def _wrong_address(public_url: str) -> list[str]:
    if not _is_bare(public_url):
        return ["WIZARD_PUBLIC_URL has to be an address such as https://sync.clinic.example"]
    address = urlsplit(public_url)
    if address.scheme == "http" and not _is_loopback(public_url):
        return ["WIZARD_PUBLIC_URL may be plain http on this computer only (127.0.0.1 or localhost)"]
    return []


def _is_bare(public_url: str) -> bool:
    """Scheme, host and perhaps a port: every address of ours, the one at Google too, is made by adding a path to it."""
    try:
        address = urlsplit(public_url)
        port = address.port
    except ValueError:  # brackets that do not close, a port that is no number
        return False
    rest = (address.path.rstrip("/"), address.query, address.fragment, address.username or "", address.password or "")
    return address.scheme in {"http", "https"} and bool(address.hostname) and port != 0 and not any(rest)


def _wrong_choices(audience: str, bind: str) -> list[str]:
    wrong = []
    if audience and audience not in AUDIENCES:
        wrong.append(f"WIZARD_GOOGLE_AUDIENCE is one of {', '.join(AUDIENCES)}")
    host, _, port = bind.rpartition(":")
    if not host or not port.isdecimal() or not 0 < int(port) < PORTS:
        wrong.append("WIZARD_BIND has to be an address and a port of this computer, such as 127.0.0.1:5000")
    return wrong


def _wrong_database(database_url: str) -> list[str]:
    """One in memory ends with its process, and a bare name lies where neither `doctor` nor a back-up looks for it."""
    kind, _, file = database_url.partition(":///")
    if kind.startswith("sqlite") and not Path(file).is_absolute():
        cure = "sqlite:////folder/wizard.sqlite, with four slashes"
        return [f"WIZARD_DATABASE_URL has to name SQLite's file by its whole path, such as {cure}"]
    return []


def _wrong_background(background: str, database_url: str) -> list[str]:
    if background not in BACKGROUNDS:
        return [f"WIZARD_BACKGROUND is one of {', '.join(BACKGROUNDS)}"]
    if background == "workers" and not database_url.startswith("postgresql"):
        address = "postgresql+psycopg://name:password@host/database"
        return [f"WIZARD_BACKGROUND=workers needs PostgreSQL: set WIZARD_DATABASE_URL, such as {address}"]
    return []


def _is_loopback(public_url: str) -> bool:
    return urlsplit(public_url).hostname in LOOPBACK


def _keys(environment: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(key.strip() for key in environment.get("WIZARD_SECRET_KEYS", "").split(",") if key.strip())


def _number(environment: Mapping[str, str], name: str, default: int) -> int:
    value = environment.get(name, "").strip()
    if not value:
        return default
    if not value.isdecimal():
        raise SettingsWrong(f"{name} has to be a whole number")
    return int(value)
