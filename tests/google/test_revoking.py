"""Ending a permission at Google."""

from dataclasses import replace

import pytest

from e2e.fake_google import FakeGoogle, World
from tests.google.line import http
from tests.google.provider import metadata, providing, visiting
from tests.google.travel import Traveller
from tests.google.vault import MARIA, MemoryVault
from wizard.clock import system_clock
from wizard.config import Settings
from wizard.google import (
    AnswerUnreadable,
    Google,
    GoogleSilent,
    GoogleTrouble,
    GrantDead,
    InstallationWrong,
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


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (http(b'{"error": "invalid_request"}', "400 Bad Request"), InstallationWrong),
        (http(b'{"error": "something_new"}', "400 Bad Request"), AnswerUnreadable),
        (http(b"{}", "429 Too Many Requests"), GoogleSilent),
    ],
)
def test_revoking_that_is_refused_is_not_done(settings: Settings, answer: bytes, kind: type[GoogleTrouble]) -> None:
    with visiting(settings, revoke=answer) as visit, pytest.raises(kind):
        visit.google.revoke(visit.vault.holds())


def test_revoking_may_be_answered_by_nothing(settings: Settings) -> None:
    with visiting(settings, revoke=http(b"")) as visit:
        visit.google.revoke(visit.vault.holds())

        assert "POST /revoke HTTP/1.1" in visit.line.requests


def test_a_provider_that_cannot_revoke_says_so(settings: Settings) -> None:
    with providing() as line:
        line.answers("metadata", metadata(line.url, revocation_endpoint=None))
        vault = MemoryVault(World())
        google = Google(replace(settings, google_metadata_url=f"{line.url}/metadata"), system_clock, vault)

        with pytest.raises(AnswerUnreadable):
            google.revoke(vault.holds())
        google.close()


def test_what_is_not_kept_is_given_back(traveller: Traveller, google: Google, vault: MemoryVault) -> None:
    consent = traveller.consents(Permission.CHECKER, MARIA)
    grant_id = vault.holds(email="joe@clinic.example")
    vault.rows[grant_id] = replace(vault.rows[grant_id], refresh_token=str(consent.refresh_token))

    google.give_back(consent)

    with pytest.raises(GrantDead):
        google.refresh(grant_id)
