"""Google silent for everybody: one delivery knocks for all, nothing is lost, and all of it goes when Google is back."""

from collections import Counter
from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select

from e2e.fake_google.faults import Fault
from tests.background.crowd import Crowd, gathers, starts
from tests.background.office import Office
from wizard.background.weather import SETUP, SILENT, Weather
from wizard.store.database import db
from wizard.store.deliveries import Delivery

AWAY = timedelta(hours=4)
BACK_WITHIN = timedelta(minutes=10)
LONGEST_S = 300.0
INSERT = "events.insert"


def test_five_silent_accounts_in_a_row_are_weather() -> None:
    weather = Weather()

    codes = []
    for number in range(5):
        weather.meets(f"account/{number}", SILENT)
        codes.append(weather.code)

    assert codes == ["", "", "", "", SILENT]


def test_one_account_that_is_never_answered_is_not() -> None:
    weather = Weather()
    for _ in range(50):
        weather.meets("account/1", SILENT)

    assert weather.code == ""


@pytest.mark.parametrize("code", ["", "CAL-GONE", "REVOKED-PIMSY", "QUOTA"])
def test_any_answer_ends_it(code: str) -> None:
    weather = Weather()
    for number in range(9):
        weather.meets(f"account/{number}", SILENT)

    weather.meets("account/9", code)

    assert weather.code == ""


def test_two_accounts_that_meet_a_wrong_set_up_are_enough() -> None:
    weather = Weather()
    weather.meets("account/1", SETUP)
    alone = weather.code
    weather.meets("account/2", SETUP)

    assert (alone, weather.code) == ("", SETUP)


def test_everybody_waits_with_a_reason_and_one_knocks(office: Office) -> None:
    crowd = gathers(office, accounts=40, each=1)
    office.google.goes_silent()
    dispatcher = office.dispatcher()

    first = dispatcher.run_once()
    waiting = [office.owes_surely(row) for row in crowd.appointments]
    office.waits(120)
    second = dispatcher.run_once()

    assert first < 40  # it was noticed on the way
    assert second == 1
    assert {row.reason for row in waiting} == {SILENT}
    assert all(row.failing_since == row.made_at and row.due_at > row.made_at for row in waiting)


def test_a_turned_off_api_is_asked_about_by_one(office: Office) -> None:
    crowd = gathers(office, accounts=30, each=1)
    office.google.breaks("accessNotConfigured", "events.insert", times=None)
    dispatcher = office.dispatcher()
    dispatcher.run_once()

    office.waits(400)
    asked = dispatcher.run_once()
    waiting = {office.owes_surely(row).reason for row in crowd.appointments}
    office.google.answers_again()
    office.waits(400)
    dispatcher.run_once()

    assert (asked, waiting) == (1, {SETUP})
    assert len(starts(crowd, office)) == 30


def google_away(office: Office, crowd: Crowd, away: timedelta = AWAY) -> tuple[timedelta | None, float]:
    """Google is silent so long: how long after its return all was there, and questions per appointment and wait at the most.

    The world's clock goes along from one thing to do to the next.
    """
    wanted, dispatcher, begun = len(crowd.appointments), office.dispatcher(), office.now
    office.google.goes_silent()
    while office.now < begun + away:
        dispatcher.run_once()
        waits_for_the_next(office)
    asked = Counter(call.path for call in office.google.world.calls() if call.method == "events.insert")
    office.google.answers_again()
    back = office.now
    while office.now <= back + 2 * BACK_WITHIN:
        dispatcher.run_once()
        if len(starts(crowd, office)) == wanted:
            return office.now - back, sum(asked.values()) / wanted / waits_in(away)
        waits_for_the_next(office)
    return None, sum(asked.values()) / wanted / waits_in(away)


def waits_in(away: timedelta) -> int:
    """How many waits of the back-off rule fit: eleven of the first minutes, then one every five."""
    return 11 + int((away - timedelta(seconds=402)) / timedelta(minutes=6))


def test_after_four_hours_of_silence_all_is_there_within_ten_minutes(office: Office) -> None:
    crowd = gathers(office, accounts=10, each=4)

    took, asked = google_away(office, crowd)

    assert took is not None
    assert took <= BACK_WITHIN
    assert asked <= 1.2
    assert len(starts(crowd, office)) == 40


@pytest.mark.parametrize("retry_after_s", [30, 600, 4000])
def test_what_google_asked_an_account_to_wait_is_kept_whatever_happens_to_others(
    office: Office, retry_after_s: int
) -> None:
    crowd = gathers(office, accounts=12, each=2)
    asked_to_wait = crowd.accounts[0]
    office.google.world.plan(Fault("backendError503", "events.insert", asked_to_wait, retry_after_s=retry_after_s))
    office.google.world.plan(Fault("drop", times=25, passes=1))
    dispatcher = office.dispatcher()
    ends = office.now + timedelta(seconds=retry_after_s) + timedelta(hours=1)
    while office.now < ends and len(starts(crowd, office)) < 24:
        dispatcher.run_once()
        waits_for_the_next(office)

    calls = [call for call in office.google.world.calls() if (call.method, call.account) == (INSERT, asked_to_wait)]
    times = [datetime.fromisoformat(call.time) for call in calls]
    told = times[[call.status for call in calls].index(503)]
    assert [at for at in times if told < at < told + timedelta(seconds=retry_after_s)] == []
    assert len(starts(crowd, office)) == 24


def waits_for_the_next(office: Office) -> None:
    """Until the dispatcher has something to do again, or five minutes: nothing happens in between."""
    with office.inside():
        due = db.session.scalar(select(func.min(Delivery.due_at)).where(Delivery.done_at.is_(None)))
    left = (due - office.now).total_seconds() if due else LONGEST_S
    office.waits(min(max(left, 1.0), LONGEST_S))
