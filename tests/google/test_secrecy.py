"""No token, code, secret or e-mail in a log line, a traceback or a repr, whatever happens."""

import logging
import traceback
from collections.abc import Callable
from datetime import timedelta

import pytest

from e2e.fake_google import FakeGoogle, World
from tests.google.travel import Traveller, asked
from tests.google.vault import MARIA, MemoryVault
from wizard.google import CodeRefused, Event, Google, GoogleTrouble, GrantDead, Permission, Question


def secrets_of(world: World) -> set[str]:
    """Everything of this world that nobody may read."""
    return {
        *world.codes,
        *world.access_tokens,
        *world.refresh_tokens,
        *(client.secret for client in world.clients.values()),
        *(account.email for account in world.accounts.values()),
        *(account.sub for account in world.accounts.values()),
    }


def test_a_whole_day_leaves_no_secret_in_the_log(
    traveller: Traveller,
    google: Google,
    fake: FakeGoogle,
    vault: MemoryVault,
    calendar_id: str,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    world = fake.world
    fake.accepts(MARIA)
    departure = google.authorize(Question(Permission.CHECKER, "the-state", login_hint=MARIA, offline=True))
    came = traveller.goes(departure)
    caplog.clear()  # the traveller's own requests are no business of ours
    google.finish(Permission.CHECKER, came["code"], departure.secret)
    checker, integration = vault.holds(), vault.holds(Permission.INTEGRATION)
    event = Event("5f1d" * 10, world.now(), world.now() + timedelta(minutes=10), summary="A title", zone="UTC")
    google.calendars(checker)
    google.write(integration, calendar_id, event)
    google.events(checker, calendar_id, mark=event.id)
    google.remove(integration, calendar_id, event.id)
    google.revoke(checker)

    kept = [departure.secret, asked(departure)["nonce"], "the-state", "A title"]
    assert len(caplog.records) > 5  # the libraries do write at this level
    assert [one for one in [*secrets_of(world), *kept] if one in caplog.text] == []


@pytest.mark.parametrize(
    "fault",
    [
        "insufficientPermissions",
        "accessNotConfigured",
        "backendError",
        "html",
        "not_json",
        "drop",
        "authError",
        "forbidden",
    ],
)
def test_a_failed_look_leaves_no_secret_behind(
    google: Google, fake: FakeGoogle, vault: MemoryVault, caplog: pytest.LogCaptureFixture, fault: str
) -> None:
    caplog.set_level(logging.DEBUG)
    grant_id = vault.holds()
    fake.breaks(fault, "calendarList.list", times=None)

    shown = told(lambda: google.calendars(grant_id))

    assert [one for one in secrets_of(fake.world) if one in shown + caplog.text] == []


@pytest.mark.parametrize(
    "fault", ["invalid_grant", "invalid_rapt", "invalid_client", "unavailable_html", "html", "drop"]
)
def test_a_failed_refresh_leaves_no_secret_behind(
    google: Google, fake: FakeGoogle, vault: MemoryVault, caplog: pytest.LogCaptureFixture, fault: str
) -> None:
    caplog.set_level(logging.DEBUG)
    grant_id = vault.holds()
    fake.breaks(fault, "token")

    shown = told(lambda: google.refresh(grant_id))

    assert [one for one in secrets_of(fake.world) if one in shown + caplog.text] == []


def test_a_refused_code_leaves_no_secret_behind(google: Google, world: World, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    departure = google.authorize(Question(Permission.CHECKER, "the-state"))
    code = "4/" + "canary" * 5  # put together, since a traceback shows this file's lines

    shown = told(lambda: google.finish(Permission.CHECKER, code, departure.secret), CodeRefused)

    assert [one for one in [*secrets_of(world), code, departure.secret] if one in shown + caplog.text] == []


def told(deed: Callable[[], object], kind: type[GoogleTrouble] = GoogleTrouble) -> str:
    """The whole traceback, what the error says, and what it looks like."""
    with pytest.raises(kind) as trouble:
        deed()
    return "".join(traceback.format_exception(trouble.value)) + repr(trouble.value) + str(vars(trouble.value))


def test_what_holds_tokens_does_not_show_them(google: Google, vault: MemoryVault, world: World) -> None:
    stored = vault.rows[vault.holds()]

    shown = f"{stored!r} {google!r} {vars(google)!r} {GrantDead('invalid_grant')!r}"

    assert [one for one in secrets_of(world) if one in shown] == []
