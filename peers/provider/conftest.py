"""The wizard in service, made by environment alone, before oidc-provider; its calendar lies at the fake Google."""

import os
import socket
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urljoin

import pytest
import requests
from e2e import own
from e2e.fake_google import FakeGoogle, World, running
from flask import Flask
from peers.others.conftest import node_folder, program
from waitress import create_server, wasyncore
from wizard.app import create_app
from wizard.clock import system_clock
from wizard.config import settings_from
from wizard.store import schema

__all__ = ["node_folder"]

MARIA, JOE = "maria@clinic.example", "joe@clinic.example"


@dataclass
class Browser:
    """One browser: it follows redirects as far as somebody has to decide, and decides as it is told."""

    app: Flask
    wizard: str
    provider: str
    session: requests.Session = field(default_factory=requests.Session)

    def __post_init__(self) -> None:
        name, value = own.signed_in(self.app)
        self.session.cookies.set(name, value, domain="127.0.0.1", path="/")
        self.posts("/", person="1", workstation="Front desk 1")

    def reads(self, path: str) -> str:
        answer = self.session.get(self.wizard + path, timeout=10)
        assert answer.ok, answer.text
        return answer.text

    def posts(self, path: str, **fields: str) -> requests.Response:
        token = self.reads("/account").partition('name="csrf_token" value="')[2].partition('"')[0]
        return self.session.post(self.wizard + path, data={"csrf_token": token, **fields}, timeout=10)

    def signs_out(self) -> None:
        """At the provider: its cookies are gone."""
        for domain in self.session.cookies.list_domains():
            if domain.startswith("localhost"):
                self.session.cookies.clear(domain)

    def leaves(self, purpose: str = "checker") -> str:
        """The provider's address to which the wizard sends this browser."""
        answer = self.session.get(f"{self.wizard}/google/connect/1/{purpose}", allow_redirects=False, timeout=10)
        assert answer.status_code == 302, answer.text
        return answer.headers["Location"]

    def decides(self, address: str, account: str = MARIA, *, cancels: bool = False) -> str:
        """Goes on at each of the provider's pages, or cancels at the first; the address that leads back to the wizard."""
        while not address.startswith(f"{self.wizard}/google/callback"):
            answer = self.session.get(address, allow_redirects=False, timeout=10)
            if answer.is_redirect:
                address = urljoin(address, answer.headers["Location"])
            else:
                assert answer.ok, answer.text
                address = f"{answer.url}/cancels" if cancels else f"{answer.url}/goes-on?account={account}"
        return address

    def comes_back(self, address: str) -> requests.Response:
        """Delivers the answer, and every further question of the wizard's, until a page of the wizard stays."""
        while True:
            answer = self.session.get(address, allow_redirects=False, timeout=10)
            if not answer.is_redirect:
                return answer
            address = urljoin(address, answer.headers["Location"])
            if address.startswith(self.provider):
                address = self.decides(address)


@pytest.fixture(scope="session")
def calendars() -> Iterator[str]:
    with running(FakeGoogle(World())) as url:
        yield url


@pytest.fixture
def is_lasting() -> bool:
    """Whether the provider gives refresh tokens; a case may say otherwise."""
    return True


@pytest.fixture
def browser(node_folder: Path, calendars: str, tmp_path: Path, is_lasting: bool) -> Iterator[Browser]:
    """Dana's browser at Maria's set-up; nobody is signed in at the provider."""
    server = create_server(_not_yet, host="127.0.0.1", port=0, threads=4, ident=None)
    address = f"http://127.0.0.1:{server.effective_port}"
    with provider_for(node_folder, f"{address}/google/callback", is_lasting=is_lasting) as provider:
        app = create_app(settings_from(environment(tmp_path, address, provider, calendars)))
        schema.bring_up_to_date(app)
        own.open_clinic(app, system_clock())
        server.application = app
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        yield Browser(app, address, provider)
        server.trigger.pull_trigger(lambda: wasyncore.close_all(server._map, ignore_all=True))  # noqa: SLF001 - its own way
        server.task_dispatcher.shutdown(timeout=5)
        thread.join(5)
        with app.app_context():
            schema.close()


def environment(folder: Path, address: str, provider: str, calendars: str) -> dict[str, str]:
    """All that differs from an installation at Google."""
    return {
        "WIZARD_DATA_DIR": str(folder),
        "WIZARD_SECRET_KEYS": "a key of forty-three characters for a suite",
        "WIZARD_PUBLIC_URL": address,
        "WIZARD_CHECKER_CLIENT_ID": "checker",
        "WIZARD_CHECKER_CLIENT_SECRET": "checker-secret",
        "WIZARD_INTEGRATION_CLIENT_ID": "integration",
        "WIZARD_INTEGRATION_CLIENT_SECRET": "integration-secret",
        "WIZARD_GOOGLE_METADATA_URL": f"{provider}/.well-known/openid-configuration",
        "WIZARD_GOOGLE_API_URL": f"{calendars}/",
    }


@contextmanager
def provider_for(folder: Path, callback: str, *, is_lasting: bool) -> Iterator[str]:
    """oidc-provider in a process of its own; its issuer."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    variables = {"PORT": str(port), "CALLBACK": callback, "LASTING": "yes" if is_lasting else "no"}
    process = subprocess.Popen(
        [program("node"), "provider.mjs"], cwd=folder, env=os.environ | variables, stdout=subprocess.PIPE, text=True
    )
    try:
        assert process.stdout is not None
        assert next(line for line in process.stdout if line.startswith("Ready: "))
        yield f"http://localhost:{port}"
    finally:
        process.terminate()
        process.communicate(timeout=10)


def _not_yet(environ: object, start_response: object) -> list[bytes]:
    """Nobody knows the port yet, so nobody asks."""
    raise RuntimeError(environ, start_response)
