"""The wizard and the fake Google as two servers that share one clock, for as long as a test lasts."""

import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from flask import Flask
from waitress import create_server

from e2e.compiled import compiles_once
from e2e.fake_google import FakeGoogle, World
from e2e.fake_google.server import stop
from wizard import tryout
from wizard.app import create_app
from wizard.background.dispatcher import Dispatcher
from wizard.background.patrol import Patrol
from wizard.background.postman import Postman
from wizard.config import Settings
from wizard.practice.builtin.sample import MORE_ACCOUNTS
from wizard.store import schema
from wizard.views.present import Services

TODAY = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
"""A Monday, 10:00 AM at the sample clinic: the next working day is Tuesday Nov 24."""


@dataclass(frozen=True, slots=True)
class Installation:
    """A wizard that runs, and the Google it talks to."""

    url: str
    google_url: str
    google: FakeGoogle
    app: Flask

    @property
    def world(self) -> World:
        return self.google.world

    @property
    def services(self) -> Services:
        services: Services = self.app.extensions["wizard"]
        return services

    def delivers(self) -> None:
        """Everything that is owed to Google now is tried once; when this returns nothing is under way."""
        self.background.stop()
        self.background.run_once()
        self.background.start()

    def sends_letters(self) -> None:
        """Every letter that is to leave now is tried once; when this returns none is under way."""
        self.postman.stop()
        self.postman.run_once()
        self.postman.start()

    def patrols(self) -> None:
        """Everything that is due is looked at once, and told: it walks only when a story says so, for it asks Google."""
        self.patrol.run_once()

    @property
    def patrol(self) -> Patrol:
        """What looks at finished set-ups; not started here, so that no story meets questions it did not ask for."""
        patrol = self.services.patrol
        assert isinstance(patrol, Patrol)
        return patrol

    @property
    def postman(self) -> Postman:
        """The thread that sends letters."""
        postman = self.services.postman
        assert isinstance(postman, Postman)
        return postman

    @property
    def background(self) -> Dispatcher:
        """The thread that delivers; `Services` promises its views no more than that it can be woken."""
        background = self.services.background
        assert isinstance(background, Dispatcher)
        return background


def sample_database(folder: Path) -> Path:
    """A migrated database with the sample clinic, to be copied for each test."""
    settings = tryout.settings_for(folder, 5000, "http://localhost:1")
    app = create_app(settings, lambda: TODAY)
    schema.bring_up_to_date(app)
    with app.app_context():
        tryout.open_sample_clinic(TODAY)
        schema.close()
    return folder / "wizard.sqlite"


def settings_of(folder: Path, sample: Path, port: int, google_url: str) -> Settings:
    """A try-out's settings over a copy of the sample database."""
    shutil.copy(sample, folder / "wizard.sqlite")
    return tryout.settings_for(folder, port, google_url)


@contextmanager
def installed(
    google: FakeGoogle,
    google_url: str,
    folder: Path,
    sample: Path,
    change: Callable[[Settings], Settings] = lambda settings: settings,
) -> Iterator[Installation]:
    """The wizard in threads of this process, its background running; the world begins today and is the only clock.

    `change` makes another installation of the try-out's settings.
    """
    google.world.clock.set(TODAY)
    for email, hd in MORE_ACCOUNTS:
        google.world.adds_account(email, hd)
    server = create_server(_not_yet, host="127.0.0.1", port=0, threads=8, ident=None)
    port = server.effective_port
    app = compiles_once(create_app(change(settings_of(folder, sample, port, google_url)), google.world.now))
    server.application = app
    thread = threading.Thread(target=server.run, name="wizard", daemon=True)
    thread.start()
    installation = Installation(f"http://127.0.0.1:{port}", google_url, google, app)
    installation.background.start()
    installation.postman.start()
    try:
        yield installation
    finally:
        installation.background.stop()
        installation.postman.stop()
        stop(server, thread)
        with app.app_context():
            schema.close()


def _not_yet(environ: object, start_response: object) -> list[bytes]:
    """Nobody knows the port yet, so nobody asks."""
    raise RuntimeError(environ, start_response)
