"""When whom to tell of a drift: once, weekly while it lasts, and what comes and goes not again and again."""

from datetime import UTC, datetime, timedelta

import pytest

from wizard.drift_letters import Line, Sender, cured_to_person, to_office, to_person
from wizard.drifting import REVOKED_PIMSY, Cause, Telling, is_due, may_write_to_office, quiet_since, silence

NOW = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
RENAMED = Cause("CAL-RENAMED", "The calendar we know is now called Old.", "Rename it back to PIMSY Calendar.")
CEDAR = Sender("Cedar Clinic", "https://sync.cedar.example")


@pytest.mark.parametrize(
    ("telling", "due"),
    [
        (Telling(NOW, None), True),
        (Telling(NOW - DAY, NOW - 6 * DAY), False),
        (Telling(NOW - 8 * DAY, NOW - 7 * DAY), True),
        (Telling(NOW, None, [NOW - 6 * DAY]), False),  # it was told, cured and is back
        (Telling(NOW - DAY, None, [NOW - 6 * DAY]), True),  # and lasts this time
        (Telling(NOW, None, [NOW - 7 * DAY]), True),
        (Telling(NOW - HOUR, None, [NOW + 300 * DAY]), False),  # told before the clock was set back
        (Telling(NOW - DAY, None, [NOW + 300 * DAY]), True),
    ],
)
def test_when_it_is_told(telling: Telling, due: bool) -> None:
    assert is_due(telling, NOW) is due


@pytest.mark.parametrize(
    ("last", "may"),
    [(None, True), (NOW - timedelta(minutes=59), False), (NOW - HOUR, True), (NOW + DAY, True)],
)
def test_administrators_get_a_letter_an_hour_at_most(last: datetime | None, may: bool) -> None:
    assert may_write_to_office(last, NOW) is may


def test_the_person_s_letter() -> None:
    written = to_person("Maria Lopez", 7, RENAMED, CEDAR)

    assert written.subject == "Google Calendar Sync: PIMSY Calendar has another name"
    assert written.words.splitlines()[:8] == [
        "Hello Maria,",
        "",
        "the Google Calendar Sync wizard of Cedar Clinic looks at your set-up by itself, and found:",
        "",
        "The calendar we know is now called Old.",
        "What to do: Rename it back to PIMSY Calendar.",
        "",
        "Open this page at your computer:",
    ]
    assert "https://sync.cedar.example/setup/7/fix" in written.words
    assert "Does it ask for a password? Open your own link first, or ask your clinic for one." in written.words


def test_a_cure_reads_well_for_the_person_and_for_the_administrators() -> None:
    assert "the person" not in REVOKED_PIMSY.cure


def test_a_quiet_pimsy_leads_to_the_page_that_asks_whether_she_is_away() -> None:
    written = to_person("Maria Lopez", 7, quiet_since("11/18", 3), CEDAR)

    assert "Nothing new has arrived from PIMSY since 11/18; usually 3 a day." in written.words
    assert "https://sync.cedar.example/setup/7/watch" in written.words


def test_the_administrators_letter_holds_all_of_it_in_one() -> None:
    lines = [Line("Maria Lopez", RENAMED), Line("", silence("10:02 AM", 3, 1))]
    written = to_office(lines, [("Joe Hale", "CAL-GONE")], CEDAR)

    assert written.subject == "Google Calendar Sync: Maria Lopez: PIMSY Calendar has another name, and 1 more"
    assert "- Maria Lopez: The calendar we know is now called Old. What to do: Rename it back" in written.words
    assert "3 permissions could not be looked at and 1 appointment waits. Nothing is lost." in written.words
    assert "We told you of this, and it is cured:\n- Joe Hale: PIMSY Calendar is not there any more" in written.words
    assert "https://sync.cedar.example/overview" in written.words


def test_the_last_letter_says_that_it_is_cured() -> None:
    written = cured_to_person("Maria Lopez", "CAL-GONE", CEDAR)

    assert written.subject == "It is cured: PIMSY Calendar is not there any more"
    assert "There is nothing to do." in written.words


def test_what_the_standin_writes_says_that_it_is_not_pimsy() -> None:
    sender = Sender("Maple Clinic", "http://127.0.0.1:5000", is_standin=True)

    assert "This is not PIMSY." in to_office([], [("Joe Hale", "SET-OFF")], sender).words
    assert "This is not PIMSY." not in to_office([], [("Joe Hale", "SET-OFF")], CEDAR).words
