"""What the patrol asks, keeps and tells, once through over PostgreSQL: its statements are the same, its transactions are not."""

from datetime import timedelta

import pytest
from flask import Flask

from e2e.fake_google import FakeGoogle
from tests.background.patrolled import MARIAS, Patrolled
from tests.databases import CHOICES
from tests.walking import Desk

pytestmark = pytest.mark.parametrize("database", CHOICES["postgres"], indirect=True)

DAY, WEEK = timedelta(days=1), timedelta(days=7)


def test_a_renamed_calendar_is_seen_told_once_and_cured(app: Flask, google: FakeGoogle) -> None:
    Desk(app, google).proves()
    clinic = Patrolled(app, google, Desk(app, google, "Front desk 2"))
    clinic.walks()
    clinic.walks(DAY)
    google.world.renames_calendar(MARIAS, "PIMSY Calendar", "Old calendar")

    clinic.walks(DAY)
    clinic.walks()
    told, lasting = clinic.subjects(), [drift.code for drift in clinic.drifts()]
    google.world.renames_calendar(MARIAS, "Old calendar", "PIMSY Calendar")
    clinic.walks(DAY)

    assert [to for to, _ in told] == [MARIAS, "dana@clinic.example"]
    assert len(lasting) == 1
    assert clinic.drifts() == []
    assert len(clinic.letters()) == 4
