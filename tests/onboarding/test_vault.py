"""The vault over real rows: whoever asks Google meanwhile, the newest tokens are used and no living grant is buried."""

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from e2e.fake_google import FakeGoogle, World
from tests.walking import MARIA, Desk
from wizard.onboarding.vault import GrantVault
from wizard.store import grants, locks
from wizard.store.clinics import Clinic
from wizard.store.database import db, of_clinic
from wizard.views.present import Services

HOUR = 3600


@pytest.fixture
def desk(app: Flask, google: FakeGoogle) -> Desk:
    """Maria's, with the checker connected and her calendar found."""
    desk = Desk(app, google)
    desk.creates_calendar()
    return desk


@pytest.fixture
def vault(services: Services) -> GrantVault:
    return GrantVault(services.cipher, services.clock)


@pytest.fixture
def grant_id(desk: Desk, clinic: Clinic) -> int:
    assert desk.name
    assert clinic.id
    found = grants.of(MARIA, "checker")
    assert found is not None
    db.session.commit()
    return found.id


def elsewhere(app: Flask, clinic_id: int, does: Callable[[], object]) -> None:
    """In another thread, as another request or process would; over when this returns."""

    def run() -> None:
        with app.app_context(), of_clinic(clinic_id):
            does()
            db.session.commit()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join(10)
    assert not thread.is_alive()


def test_a_check_hours_later_refreshes_once_and_uses_what_it_got(desk: Desk, google: FakeGoogle) -> None:
    """T24: an expired access token is refreshed once, and the new one is the one that asks."""
    google.world.clock.advance(2 * HOUR)
    google.world.log.entries.clear()

    desk.check(MARIA, "create-calendar", now="1")

    assert [call.status for call in google.world.calls("token")] == [200]
    assert [call.status for call in google.world.calls("calendarList.list")] == [200]


def test_what_was_written_elsewhere_is_read_though_the_row_is_held_here(
    app: Flask, clinic: Clinic, vault: GrantVault, grant_id: int
) -> None:
    """T27: a refresh won elsewhere meanwhile; its token is used."""
    held_here = grants.find(grant_id)
    assert held_here is not None
    db.session.commit()
    before = vault.read(grant_id)
    assert before is not None

    elsewhere(
        app,
        clinic.id,
        lambda: vault.compare_and_swap(
            grant_id, before.version, access_token="theirs", expires_at=None, refresh_token=None
        ),
    )
    after = vault.read(grant_id)

    assert after is not None
    assert (after.access_token, after.version) == ("theirs", before.version + 1)
    assert after.refresh_token == before.refresh_token


def test_a_death_is_not_noted_where_somebody_consented_meanwhile(
    app: Flask, clinic: Clinic, vault: GrantVault, grant_id: int
) -> None:
    """T16: invalid_grant for a token that a newer consent has replaced says nothing about that consent."""
    held_here = grants.find(grant_id)
    assert held_here is not None
    db.session.commit()
    old = vault.read(grant_id)
    assert old is not None

    elsewhere(
        app,
        clinic.id,
        lambda: vault.compare_and_swap(
            grant_id, old.version, access_token="new", expires_at=None, refresh_token="of a new consent"
        ),
    )
    vault.note_dead(grant_id, old.version, "invalid_grant")

    alive: list[bool] = []
    elsewhere(app, clinic.id, lambda: alive.append(not _found(grant_id).is_dead))
    assert alive == [True]


def test_a_death_moves_the_version_so_that_a_late_refresh_writes_nothing(vault: GrantVault, grant_id: int) -> None:
    """T16: what is written after a death was asked before it."""
    old = vault.read(grant_id)
    assert old is not None

    vault.note_dead(grant_id, old.version, "invalid_grant")

    late = vault.compare_and_swap(grant_id, old.version, access_token="late", expires_at=None, refresh_token=None)

    assert late is False
    assert _found(grant_id).is_dead


def test_an_answer_without_a_refresh_token_keeps_the_old_one_and_one_with_it_replaces_it(
    vault: GrantVault, grant_id: int
) -> None:
    """T23: without: the old one stays; with: the new one is kept."""
    first = vault.read(grant_id)
    assert first is not None
    vault.compare_and_swap(grant_id, first.version, access_token="a", expires_at=None, refresh_token=None)
    second = vault.read(grant_id)
    assert second is not None
    vault.compare_and_swap(grant_id, second.version, access_token="b", expires_at=None, refresh_token="rotated")
    third = vault.read(grant_id)
    assert third is not None

    assert (second.refresh_token, third.refresh_token) == (first.refresh_token, "rotated")
    assert (second.version, third.version) == (first.version + 1, first.version + 2)


def test_a_grant_that_was_deleted_is_none(vault: GrantVault, grant_id: int) -> None:
    """T28: a connection that is gone is unknown, and brings no new row."""
    row = _found(grant_id)
    db.session.delete(row)
    db.session.commit()

    vault.note_dead(grant_id, 1, "invalid_grant")
    kept = vault.compare_and_swap(grant_id, 1, access_token="a", expires_at=None, refresh_token=None)

    assert vault.read(grant_id) is None
    assert kept is False
    assert grants.standing([MARIA]) == []


def test_fifty_refreshes_at_once_ask_google_once(
    app: Flask, clinic: Clinic, services: Services, google: FakeGoogle, grant_id: int
) -> None:
    """T29: one call to Google; the losers harm nothing."""
    google.world.clock.advance(2 * HOUR)
    google.world.log.entries.clear()
    begin = threading.Barrier(50, timeout=10)
    seen: list[object] = []

    def ask() -> None:
        with app.app_context(), of_clinic(clinic.id):
            held = grants.of(MARIA, "checker")  # as every caller does, it keeps the row it came from
            db.session.commit()
            begin.wait()
            tokens = services.google._tokens.current(grant_id)
            seen.append((held is not None, tokens.access_token, tokens.version))

    threads = [threading.Thread(target=ask) for _ in range(50)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)

    assert len(seen) == 50
    assert len(set(seen)) == 1
    assert [call.status for call in google.world.calls("token")] == [200]
    assert not _found(grant_id).is_dead


def test_a_lock_is_held_expires_and_is_given_back_by_its_owner_alone(clinic: Clinic, world: World) -> None:
    """T30: held: refused; expired: taken again; a stranger's release: refused; lasting no time: refused."""
    assert clinic.id
    lasts = timedelta(seconds=12)
    first = locks.take("grant/1", world.now(), lasts)
    assert first == 1
    assert locks.take("grant/1", world.now(), lasts) is None
    assert locks.release("grant/1", first + 1, world.now()) is False
    world.clock.advance(12)
    second = locks.take("grant/1", world.now(), lasts)
    assert second == first + 1
    assert locks.release("grant/1", first, world.now()) is False
    assert locks.release("grant/1", second, world.now()) is True
    with pytest.raises(ValueError, match="no time"):
        locks.take("grant/1", world.now(), timedelta(0))


def test_a_clock_set_back_does_not_leave_a_lock_behind(clinic: Clinic, world: World) -> None:
    assert clinic.id
    lasts = timedelta(seconds=12)
    given_back = locks.take("grant/1", world.now(), lasts)
    assert given_back is not None
    world.clock.advance(1)
    locks.release("grant/1", given_back, world.now())
    left_by_a_killed_owner = locks.take("grant/2", world.now(), lasts)

    world.clock.advance(-HOUR)

    assert left_by_a_killed_owner is not None
    assert locks.take("grant/1", world.now(), lasts) == given_back + 1
    assert locks.take("grant/2", world.now(), lasts) == left_by_a_killed_owner + 1


def _found(grant_id: int) -> grants.Grant:
    db.session.rollback()
    row = grants.find(grant_id)
    assert row is not None
    return row
