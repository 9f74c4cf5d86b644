"""R5: however many threads need a token that has expired, Google is asked once, and no token is lost.

The short form; `at_once` with 50 threads and 20 expiries is the long one, for the crash suite.
"""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask

from e2e.fake_google import FakeGoogle
from tests.walking import MARIA, Desk
from wizard.google import Google
from wizard.store import clinics, grants
from wizard.store.database import db, of_clinic
from wizard.views.present import Services

HOUR = 3600


def at_once(app: Flask, google: FakeGoogle, clinic_id: int, grant_id: int, *, threads: int, expiries: int) -> list[int]:
    """So many threads ask for the calendars at once, after each expiry anew; how often the token address was asked each time."""
    services: Services = app.extensions["wizard"]
    refreshes = []
    with ThreadPoolExecutor(threads) as crowd:
        for _ in range(expiries):
            google.world.clock.advance(2 * HOUR)
            google.world.log.entries.clear()
            together = threading.Barrier(threads, timeout=30)
            asked = [crowd.submit(_asks, app, services.google, clinic_id, grant_id, together) for _ in range(threads)]
            for one in asked:
                one.result()
            refreshes.append(len(google.world.calls("token")))
    return refreshes


def _asks(app: Flask, google: Google, clinic_id: int, grant_id: int, together: threading.Barrier) -> None:
    with app.app_context(), of_clinic(clinic_id):
        together.wait()
        google.calendars(grant_id)


@pytest.mark.parametrize("rotates", [False, True], ids=["the refresh token stays", "each refresh brings a new one"])
def test_one_refresh_an_expiry(app: Flask, google: FakeGoogle, rotates: bool) -> None:
    Desk(app, google).creates_calendar()
    google.world.manners.refresh_tokens_rotate = rotates
    with app.app_context():
        clinic = clinics.first()
        assert clinic is not None
        with of_clinic(clinic.id):
            grant = grants.of(MARIA, "checker")
            assert grant is not None
            grant_id, before, version = grant.id, grant.refresh_token, grant.version
            db.session.commit()

    refreshes = at_once(app, google, clinic.id, grant_id, threads=12, expiries=3)

    with app.app_context(), of_clinic(clinic.id):
        grant = grants.find(grant_id)
        assert grant is not None
        assert (refreshes, grant.version, grant.is_dead) == ([1, 1, 1], version + 3, False)
        assert (grant.refresh_token != before) == rotates
