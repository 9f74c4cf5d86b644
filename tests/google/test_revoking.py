"""Ending a permission at Google."""

from dataclasses import replace

import pytest

from e2e.fake_google import FakeGoogle, World
from tests.google.travel import Traveller
from tests.google.vault import MARIA, MemoryVault
from wizard.google import (
    Google,
    GoogleSilent,
    GrantDead,
    Permission,
)


def test_revoking_ends_the_permission_at_google(google: Google, vault: MemoryVault) -> None:
    grant_id = vault.holds()

    google.revoke(grant_id)

    with pytest.raises(GrantDead):
        google.refresh(grant_id)


def test_revoking_what_was_revoked_before_is_done(google: Google, vault: MemoryVault, world: World) -> None:
    grant_id = vault.holds()

    google.revoke(grant_id)
    google.revoke(grant_id)

    assert [call.status for call in world.calls("revoke")] == [200, 400]


@pytest.mark.parametrize("kind", ["unavailable", "html", "drop"])
def test_revoking_while_google_is_silent_is_not_done(
    google: Google, fake: FakeGoogle, vault: MemoryVault, kind: str
) -> None:
    grant_id = vault.holds()
    fake.breaks(kind, "revoke")

    with pytest.raises(GoogleSilent):
        google.revoke(grant_id)


def test_what_is_not_kept_is_given_back(traveller: Traveller, google: Google, vault: MemoryVault) -> None:
    consent = traveller.consents(Permission.CHECKER, MARIA)
    grant_id = vault.holds(email="joe@clinic.example")
    vault.rows[grant_id] = replace(vault.rows[grant_id], refresh_token=str(consent.refresh_token))

    google.give_back(consent)

    with pytest.raises(GrantDead):
        google.refresh(grant_id)
