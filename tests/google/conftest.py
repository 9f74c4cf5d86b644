"""wizard.google against the fake Google over HTTP, with a vault in memory in the place of wizard.store."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from e2e.fake_google import FakeGoogle, World, running
from tests.google.travel import Traveller
from tests.google.vault import MARIA, MemoryVault
from wizard.config import Client, Settings
from wizard.google import Google, Permission


@pytest.fixture(scope="session")
def strict_google() -> Iterator[tuple[FakeGoogle, str]]:
    """One fake Google for all tests here, its answers held against Google's own schemas."""
    fake = FakeGoogle(World(), strict_answers=True)
    with running(fake) as url:
        yield fake, url


@pytest.fixture
def fake(strict_google: tuple[FakeGoogle, str]) -> FakeGoogle:
    fake, _ = strict_google
    fake.world.reset("calendar there")
    return fake


@pytest.fixture
def world(fake: FakeGoogle) -> World:
    return fake.world


@pytest.fixture
def settings(strict_google: tuple[FakeGoogle, str]) -> Settings:
    _, url = strict_google
    return Settings(
        database_url="sqlite://",
        data_dir=Path(),
        secret_keys=("not used here",),
        public_url="http://127.0.0.1:5000",
        checker=Client("checker", "checker-secret", "Calendar Sync Checker"),
        integration=Client("integration", "integration-secret", "PIMSY Calendar Integration"),
        google_metadata_url=f"{url}/.well-known/openid-configuration",
        google_api_url=f"{url}/",
    )


@pytest.fixture
def hasty(settings: Settings) -> Settings:
    """Settings of somebody who waits for nothing long."""
    return replace(settings, google_sign_in_timeout_s=0.3, google_calendar_timeout_s=0.3)


@pytest.fixture
def vault(world: World) -> MemoryVault:
    return MemoryVault(world)


@pytest.fixture
def google(settings: Settings, world: World, vault: MemoryVault) -> Iterator[Google]:
    google = Google(settings, world.now, vault)
    yield google
    google.close()


@pytest.fixture
def hasty_google(hasty: Settings, world: World, vault: MemoryVault) -> Iterator[Google]:
    google = Google(hasty, world.now, vault)
    yield google
    google.close()


@pytest.fixture
def calendar_id(world: World) -> str:
    return world.calendar_of(MARIA, "PIMSY Calendar").id


@pytest.fixture
def checker(vault: MemoryVault, world: World) -> int:
    """Maria's grant that reads; its access token lasts a while."""
    return vault.holds(expires_at=world.now() + timedelta(seconds=3000))


@pytest.fixture
def integration(vault: MemoryVault, world: World) -> int:
    """Maria's grant that writes."""
    return vault.holds(Permission.INTEGRATION, expires_at=world.now() + timedelta(seconds=3000))


@pytest.fixture
def traveller(google: Google, fake: FakeGoogle) -> Iterator[Traveller]:
    """A person with a browser of her own."""
    with Traveller(google, fake) as traveller:
        yield traveller
