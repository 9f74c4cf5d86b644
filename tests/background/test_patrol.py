"""The patrol: one cheap question a permission, what drifted is told once, and weather disturbs nobody."""

from datetime import timedelta

import pytest
from flask import Flask

from e2e.fake_google import FakeGoogle
from e2e.fake_google.faults import Fault
from tests.background.patrolled import MARIAS, SOON, Patrolled
from tests.walking import JOE, MARIA, Desk

DANA = "dana@clinic.example"
DAY, WEEK = timedelta(days=1), timedelta(days=7)


@pytest.fixture
def clinic(app: Flask, google: FakeGoogle) -> Patrolled:
    desk = Desk(app, google)
    desk.proves()
    clinic = Patrolled(app, google, desk)
    clinic.walks()
    return clinic


def test_each_permission_is_looked_at_a_few_times_a_day_and_never_all_at_once(clinic: Patrolled) -> None:
    begun = len(clinic.world.calls())
    due = {look.due_at for look in clinic.looks().values()}

    clinic.walks_round(times=4)

    asked = clinic.asked(begun)
    assert len(due) == 2
    assert asked.count("calendarList.get") in {4, 5}
    assert set(asked) == {"calendarList.get", "token"}


def test_what_has_not_changed_is_seen_again_and_nothing_is_added(clinic: Patrolled) -> None:
    clinic.walks_round()
    first = clinic.looks()["checker"]
    clinic.walks_round()

    second = clinic.looks()["checker"]
    assert first.etag
    assert (first.etag, first.shown) == (second.etag, second.shown)
    assert first.looked_at < second.looked_at  # type: ignore[operator]  # both were looked at
    assert [call.status for call in clinic.world.calls("calendarList.get")][:2] == [200, 304]
    assert clinic.letters() == []


def test_a_renamed_calendar_is_told_to_the_person_and_the_administrator_once_and_weekly(clinic: Patrolled) -> None:
    clinic.world.renames_calendar(MARIAS, "PIMSY Calendar", "Old calendar")
    clinic.walks_round()
    overview = clinic.desk.client.get("/overview").text
    first = clinic.letters()
    clinic.walks_round(times=3)
    quiet = len(clinic.letters())
    clinic.walks(WEEK)

    assert "The calendar we know is now called Old calendar." in overview
    assert [to for to, _, _ in first] == [MARIAS, DANA]
    assert "The calendar we know is now called Old calendar." in first[0][2]
    assert "http://127.0.0.1:5000/setup/1/fix" in first[0][2]
    assert "- Maria Lopez: The calendar we know is now called Old calendar." in first[1][2]
    assert (quiet, len(clinic.letters())) == (2, 4)
