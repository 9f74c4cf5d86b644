"""Fixtures for any pytest suite that has fake-google installed. One server a process, a fresh world for every test."""

from collections.abc import Iterator

import pytest

from . import FakeGoogle, World, running


@pytest.fixture(scope="session")
def fake_google_server() -> Iterator[tuple[FakeGoogle, str]]:
    """The one behind `fake_google`; override it for another issuer, host, or strict answers."""
    google = FakeGoogle(World())
    with running(google) as base:
        yield google, base


@pytest.fixture
def fake_google(fake_google_server: tuple[FakeGoogle, str]) -> FakeGoogle:
    """A Google in its fresh world: `fake_google.accepts("maria@clinic.example")`, `fake_google.world.adds_calendar(…)`."""
    google, _ = fake_google_server
    google.world.reset()
    return google


@pytest.fixture
def fake_google_url(fake_google_server: tuple[FakeGoogle, str], fake_google: FakeGoogle) -> str:
    """Its address, without a slash at the end; the discovery document and the Calendar API lie below it."""
    return fake_google_server[1]
