"""A browser's turn: raised once an hour, the same for tabs that come at once, and what tells a copy."""

import threading
from datetime import timedelta

import pytest
from flask import Flask

from e2e.launcher import TODAY
from wizard.store import browsers, workstations
from wizard.store.browsers import Browser
from wizard.store.clinics import Clinic
from wizard.store.database import db, of_clinic

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


def row(turn: int = 4, workstation_id: int = 1) -> Browser:
    return Browser(turn=turn, turned_at=TODAY, workstation_id=workstation_id)


@pytest.mark.parametrize(
    ("turn", "after", "is_copied"),
    [
        (4, 30 * MINUTE, False),
        (3, timedelta(seconds=60), False),
        (3, timedelta(seconds=61), True),
        (0, timedelta(seconds=61), True),
        (5, 30 * MINUTE, False),
        (3, -HOUR, False),
    ],
)
def test_an_older_turn_is_a_copy_once_the_newest_is_a_minute_old(turn: int, after: timedelta, is_copied: bool) -> None:
    assert row().is_copied_by(turn, TODAY + after) is is_copied


@pytest.mark.parametrize(
    ("turn", "workstation_id", "after", "is_due"),
    [
        (4, 1, 59 * MINUTE, False),
        (4, 1, HOUR, True),
        (4, 2, MINUTE, True),
        (5, 1, MINUTE, True),
        (4, 1, -HOUR, False),
    ],
)
def test_a_turn_is_due_after_an_hour_under_another_name_or_when_ours_is_the_older(
    turn: int, workstation_id: int, after: timedelta, is_due: bool
) -> None:
    assert row().is_due(turn, workstation_id, TODAY + after) is is_due


def test_a_cookie_from_before_turns_is_taken_once_and_given_one(clinic: Clinic) -> None:
    here = workstations.add("Front desk 1", clinic.created_at)

    first = browsers.take_turn("old cookie", 0, here.id, "Chrome on Windows", TODAY)
    known = browsers.find("old cookie")

    assert first == 1
    assert known is not None
    assert (known.turn, known.agent, known.first_seen, known.last_seen) == (1, "Chrome on Windows", TODAY, TODAY)
    assert known.is_copied_by(0, TODAY + 2 * MINUTE)


def test_the_second_of_two_tabs_gets_what_the_first_was_given(clinic: Clinic) -> None:
    here = workstations.add("Front desk 1", clinic.created_at)
    browsers.take_turn("tabs", 0, here.id, "", TODAY)

    turns = [browsers.take_turn("tabs", 1, here.id, "", TODAY + HOUR) for _ in range(3)]

    assert turns == [2, 2, 2]


def test_a_restored_backup_goes_on_from_the_cookie(clinic: Clinic) -> None:
    here = workstations.add("Front desk 1", clinic.created_at)
    browsers.take_turn("restored", 0, here.id, "", TODAY)

    assert browsers.take_turn("restored", 9, here.id, "", TODAY + MINUTE) == 10


def test_many_at_once_raise_it_once(app: Flask, clinic: Clinic) -> None:
    here = workstations.add("Front desk 1", clinic.created_at)
    db.session.commit()
    turns: list[int] = []
    start = threading.Barrier(8)

    def visit() -> None:
        with app.app_context(), of_clinic(clinic.id):
            start.wait()
            turns.append(browsers.take_turn("crowd", 0, here.id, "", TODAY))
            db.session.commit()

    crowd = [threading.Thread(target=visit) for _ in range(8)]
    for one in crowd:
        one.start()
    for one in crowd:
        one.join()

    assert turns == [1] * 8
    assert len(browsers.of_workstations([here.id])) == 1


def test_a_workstation_is_found_with_a_browser_and_without(clinic: Clinic) -> None:
    here = workstations.add("Front desk 1", clinic.created_at)
    db.session.commit()

    before = browsers.of_cookie("somebody", here.id)
    browsers.take_turn("somebody", 0, here.id, "", TODAY)
    after = browsers.of_cookie("somebody", here.id)
    here.retired_at = TODAY

    assert before == (here, None)
    assert after == (here, browsers.find("somebody"))
    assert browsers.of_cookie("somebody", here.id) == (None, None)
    assert browsers.of_cookie("somebody", 2**40) == (None, None)


def test_the_same_browser_at_two_clinics_is_two_rows(clinic: Clinic) -> None:
    here = workstations.add("Front desk 1", clinic.created_at)
    browsers.take_turn("traveller", 0, here.id, "", TODAY)
    other = Clinic(name="Other", zone_name="UTC", practice="builtin", created_at=TODAY)
    db.session.add(other)
    db.session.flush()

    with of_clinic(other.id):
        there = workstations.add("Front desk 1", TODAY)
        assert browsers.of_cookie("traveller", there.id) == (there, None)
        assert browsers.take_turn("traveller", 1, there.id, "", TODAY + HOUR) == 2
    assert browsers.take_turn("traveller", 1, here.id, "", TODAY) == 1
