"""What My SAL Calendar says of an appointment on Google."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from wizard.practice.builtin.on_google import QUICK, SLOW, Act, Choice, Scene, Standing, standing
from wizard.practice.builtin.strayed import GONE, MOVED, Stray
from wizard.store.appointments import Appointment
from wizard.store.deliveries import Delivery

NOW = datetime(2026, 11, 23, 15, 4, tzinfo=UTC)
HERE, THERE = 1, 2
SCENE = Scene("Maria", ZoneInfo("America/New_York"), NOW, HERE, {HERE: "Front desk 1", THERE: "Front desk 2"}, {HERE})
NOBODY = Scene("Maria", SCENE.zone, NOW, HERE, SCENE.desks, frozenset())


def booked(**changes: Any) -> Appointment:
    """Booked here, not changed since."""
    return Appointment(**{"workstation_id": HERE, "unsent": "", "calendar_id": "", "changed_at": NOW} | changes)


def owed(**changes: Any) -> Delivery:
    """Not tried yet."""
    return Delivery(
        **{"workstation_id": HERE, "fault": "", "reason": "", "due_at": NOW, "failing_since": None} | changes
    )


def failing(reason: str) -> Delivery:
    """Since 10:02, to be tried again at 10:06."""
    return owed(reason=reason, failing_since=NOW - timedelta(minutes=2), due_at=NOW + timedelta(minutes=2))


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("SET-OFF", "Not sent: -233 was False when it was booked"),
        ("USER-SUSPENDED", "Not sent: Maria was marked Suspended (Login) when it was booked"),
        ("FOLDER-EMPTY", "Not sent: Maria's folder named no Google account when it was booked"),
    ],
)
def test_what_was_booked_too_early_says_why_it_is_never_sent(code: str, words: str) -> None:
    assert standing(booked(unsent=code), None, SCENE) == Standing(words)


@pytest.mark.parametrize(
    ("appointment", "words"),
    [
        (booked(sent_at=NOW, calendar_id="c"), "On Google: sent 10:04 AM"),
        (booked(removed_at=NOW, cancelled_at=NOW, calendar_id="c"), "Gone from Google 10:04 AM"),
        (booked(cancelled_at=NOW), "Never sent to Google: cancelled before"),
    ],
)
def test_what_google_confirmed_is_settled(appointment: Appointment, words: str) -> None:
    assert standing(appointment, None, SCENE) == Standing(words)


def test_what_was_cancelled_before_a_word_was_said_waits_for_nobody() -> None:
    assert standing(booked(cancelled_at=NOW), owed(), NOBODY) == Standing("Never sent to Google: cancelled before")


@pytest.mark.parametrize(
    ("workstation_id", "reason", "found"),
    [
        (HERE, "", Standing("Held until Maria accepts on this computer", SLOW, waits_here=True)),
        (THERE, "", Standing("Held until Maria accepts on Front desk 2", SLOW)),
        (3, "", Standing("Held until Maria accepts on another computer", SLOW)),
        (
            HERE,
            "REVOKED-PIMSY",
            Standing(
                "Held: the permission was removed at Google. Maria accepts once more on this computer",
                SLOW,
                waits_here=True,
            ),
        ),
    ],
)
def test_what_nobody_accepted_is_held(workstation_id: int, reason: str, found: Standing) -> None:
    appointment, delivery = booked(workstation_id=workstation_id), owed(workstation_id=workstation_id, reason=reason)

    assert standing(appointment, delivery, NOBODY) == found


@pytest.mark.parametrize(
    ("delivery", "found"),
    [
        (owed(), Standing("On its way to Google", QUICK)),
        (failing("REVOKED-PIMSY"), Standing("On its way to Google", QUICK)),
        (
            failing("GOOGLE-BUSY"),
            Standing("Waiting for Google since 10:02, next try 10:06", QUICK, can_be_tried=True),
        ),
        (
            owed(reason="GOOGLE-BUSY", failing_since=NOW - timedelta(minutes=2)),
            Standing("Waiting for Google since 10:02, next try within a minute", QUICK, can_be_tried=True),
        ),
        (
            failing("QUOTA"),
            Standing(
                "Google has paused changes for this account since 10:02, next try 10:06", QUICK, can_be_tried=True
            ),
        ),
        (
            failing("OUR-FAULT"),
            Standing("Waiting since 10:02, next try 10:06. It is not something you did", QUICK, can_be_tried=True),
        ),
        (failing("SET-OFF"), Standing("Held: -233 is False", SLOW, can_be_tried=True)),
        (failing("CAL-GONE"), Standing("Held: PIMSY Calendar is gone in Google", SLOW, can_be_tried=True)),
        (
            failing("FOLDER-OTHER"),
            Standing("Held: Maria's folder names another account than the one that accepted", SLOW, can_be_tried=True),
        ),
    ],
)
def test_what_is_owed_says_since_when_and_when_again(delivery: Delivery, found: Standing) -> None:
    assert standing(booked(calendar_id="c"), delivery, SCENE) == found


def test_a_next_try_of_tomorrow_names_its_day() -> None:
    """As where Google asked for a day of quiet: "next try 10:06" would be two minutes from now."""
    asked = failing("GOOGLE-BUSY")
    asked.due_at += timedelta(days=1)

    said = standing(booked(), asked, SCENE).words

    assert said == "Waiting for Google since 10:02, next try Tuesday Nov 24, 10:06 AM"


NINE = datetime(2026, 11, 24, 14, tzinfo=UTC)
TEN, LENGTH = NINE + timedelta(hours=1), timedelta(minutes=10)
SEEN = NOW - timedelta(minutes=52)
AT_NINE = {"calendar_id": "c", "starts_at": NINE, "minutes": 10}


def moved(to: datetime = TEN, length: timedelta = LENGTH) -> Stray:
    return Stray(MOVED, SEEN, '"1"', is_decided=False, starts_at=to, ends_at=to + length)


@pytest.mark.parametrize(
    ("appointment", "stray", "words", "choices"),
    [
        (
            booked(**AT_NINE),
            moved(),
            "In Google it stands at 10:00 AM, seen 9:12 AM. Here it is 9:00 AM.",
            (Choice(Act.PUT_BACK, "Put it back to 9:00 AM"), Choice(Act.TAKE_OVER, "Take over 10:00 AM")),
        ),
        (
            booked(**AT_NINE),
            moved(TEN + timedelta(days=1)),
            "In Google it stands at Wednesday Nov 25, 10:00 AM, seen 9:12 AM. Here it is 9:00 AM.",
            (
                Choice(Act.PUT_BACK, "Put it back to 9:00 AM"),
                Choice(Act.TAKE_OVER, "Take over Wednesday Nov 25, 10:00 AM"),
            ),
        ),
        (
            booked(**AT_NINE),
            moved(TEN + timedelta(days=365)),
            "In Google it stands at Wednesday Nov 24, 2027, 10:00 AM, seen 9:12 AM. Here it is 9:00 AM.",
            (
                Choice(Act.PUT_BACK, "Put it back to 9:00 AM"),
                Choice(Act.TAKE_OVER, "Take over Wednesday Nov 24, 2027, 10:00 AM"),
            ),
        ),
        (
            booked(**AT_NINE),
            moved(NINE, timedelta(minutes=45)),
            "In Google it stands at 9:00 AM to 9:45 AM, seen 9:12 AM. Here it is 9:00 AM.",
            (Choice(Act.PUT_BACK, "Put it back to 9:00 AM"), Choice(Act.TAKE_OVER, "Take over 9:00 AM to 9:45 AM")),
        ),
        (
            booked(**AT_NINE),
            moved(NINE, timedelta(days=1)),
            "In Google it stands at 9:00 AM to Wednesday Nov 25, 9:00 AM, seen 9:12 AM. Here it is 9:00 AM.",
            (
                Choice(Act.PUT_BACK, "Put it back to 9:00 AM"),
                Choice(Act.TAKE_OVER, "Take over 9:00 AM to Wednesday Nov 25, 9:00 AM"),
            ),
        ),
        (
            booked(**AT_NINE, cancelled_at=NOW),
            moved(),
            "In Google it stands at 10:00 AM, seen 9:12 AM. Here it is cancelled.",
            (Choice(Act.TAKE_AWAY, "Take it out of Google"), Choice(Act.LEAVE, "Leave it in Google")),
        ),
        (
            booked(**AT_NINE),
            Stray(GONE, SEEN, '"1"', is_decided=False),
            "Deleted in Google, seen 9:12 AM. Here it is 9:00 AM.",
            (Choice(Act.PUT_AGAIN, "Put it there again"), Choice(Act.CANCEL, "Cancel it here too")),
        ),
    ],
)
@pytest.mark.parametrize("delivery", [None, failing("MOVED-THERE")])
def test_what_was_changed_there_is_said_with_both_sides_and_a_choice(
    appointment: Appointment, delivery: Delivery | None, stray: Stray, words: str, choices: tuple[Choice, ...]
) -> None:
    found = standing(appointment, delivery, SCENE, stray)

    assert found == Standing(words, SLOW, choices=choices, about='"1"', card=stray.code)


@pytest.mark.parametrize("code", [MOVED, GONE])
def test_what_was_chosen_is_on_its_way(code: str) -> None:
    decided = Stray(code, SEEN, '"1"', is_decided=True)

    assert standing(booked(**AT_NINE), failing(code), SCENE, decided) == Standing("On its way to Google", QUICK)


def test_what_was_left_there_is_said() -> None:
    left = booked(**AT_NINE, sent_at=NOW, cancelled_at=NOW)

    assert standing(left, None, SCENE) == Standing("Cancelled here, left in Google")


def test_a_blocked_app_is_first_allowed_and_then_accepted() -> None:
    words = (
        "Held: the organisation's Google administrator has to allow PIMSY Calendar Integration. "
        "Then Maria accepts once more on Front desk 2"
    )

    assert standing(booked(), owed(workstation_id=THERE, reason="ORG-POLICY"), NOBODY) == Standing(words, SLOW)


def test_a_fault_of_ours_has_a_number_to_quote() -> None:
    delivery = failing("OUR-FAULT")
    delivery.fault = "1A2B"

    assert standing(booked(), delivery, SCENE).words.endswith(
        "It is not something you did. Tell support the number 1A2B"
    )
