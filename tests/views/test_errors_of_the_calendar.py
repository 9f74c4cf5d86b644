"""Every error of Google's Calendar API, from the bytes on the wire to the words on the page.

Sources: developers.google.com/workspace/calendar/api/guides/errors, and what comes from networks instead of Google.
"""

import json
import logging
import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape

import pytest
from flask import Flask

from e2e.fake_google import FakeGoogle, World
from tests.google.line import Line, answering, http
from tests.walking import MARIA, Desk
from wizard.app import create_app
from wizard.config import Settings
from wizard.store import schema

BUSY = ("GOOGLE-BUSY", "Google is not answering. It is not something you did.")
OURS = ("OUR-FAULT", "Something is wrong on our side, not yours.")
QUOTA = ("QUOTA", "Google has paused answers for this account (usage limits).")
REVOKED = ("REVOKED-CHK", "lost its permission. Appointments are not affected.")
NARROW = ("GRANT-PART", "is narrower than it was. Without it we cannot look.")
OPERATOR = ("OPERATOR-SETUP", "The wizard's own set-up at Google is not complete.")
NO_CALENDAR = ("GOOGLE-NOCAL", "Google Calendar is turned off for maria@clinic.example.")
OTHERS = ("CAL-OTHERS", "PIMSY Calendar does not belong to maria@clinic.example any more.")

LIST = [
    ("timeRangeEmpty", *OURS, "400 timeRangeEmpty: The specified time range is empty."),
    ("required", *OURS, "400 required: Missing title."),
    ("authError", *REVOKED, ""),
    ("userRateLimitExceeded", *BUSY, ""),
    ("rateLimitExceeded", *BUSY, ""),
    ("rateLimitExceeded429", *BUSY, ""),
    ("quotaExceeded", *QUOTA, ""),
    ("forbiddenForNonOrganizer", *OTHERS, ""),
    ("insufficientPermissions", *NARROW, ""),
    ("requiredAccessLevel", *OTHERS, ""),
    ("accessNotConfigured", *OPERATOR, "Google Calendar API has not been used in project"),
    ("notACalendarUser", *NO_CALENDAR, ""),
    ("forbidden", *OURS, "403 forbidden: Forbidden"),
    ("notFound", *OURS, "404 notFound: Not Found"),
    ("duplicate", *OURS, "409 duplicate: The requested identifier already exists."),
    ("conflict", *OURS, "409 conflict: Conflict"),
    ("fullSyncRequired", *OURS, "410 fullSyncRequired: Sync token is no longer valid, a full sync is required."),
    ("updatedMinTooLongAgo", *OURS, "410 updatedMinTooLongAgo: The requested minimum modification time"),
    ("deleted", *OURS, "410 deleted: Resource has been deleted"),
    ("conditionNotMet", *OURS, "412 conditionNotMet: Precondition Failed"),
    ("backendError", *BUSY, ""),
    ("backendError503", *BUSY, ""),
    ("unavailable", *BUSY, ""),
    ("unavailable_html", *BUSY, ""),
    ("html", *BUSY, ""),
    ("not_json", *BUSY, ""),
    ("truncate", *BUSY, ""),
    ("drop", *BUSY, ""),
]
"""At step 1, where the list of calendars is asked for."""

EVENTS = [
    ("notFound", "CAL-GONE", "and is not now. Appointments have nowhere to go."),
    ("requiredAccessLevel", *OTHERS),
    ("insufficientPermissions", *NARROW),
    ("notACalendarUser", *NO_CALENDAR),
    ("authError", *REVOKED),
    ("quotaExceeded", *QUOTA),
    ("backendError", *BUSY),
    ("accessNotConfigured", *OPERATOR),
    ("conditionNotMet", *OURS),
]
"""At step 6, where the same answer may mean another thing: 404 is the calendar, not the question."""


def read(page: str) -> str:
    """The panel as it is read: its code, and its words without their tags."""
    panel = page[page.index('<form id="check"') : page.index("</form>", page.index('<form id="check"'))]
    code = re.search(r'name="seen" value="\w+:([A-Z-]+):', panel)
    assert code is not None
    return f"{code[1]} {' '.join(unescape(re.sub(r'<[^>]+>', ' ', panel)).split())}"


@pytest.mark.parametrize(("fault", "code", "words", "quoted"), LIST, ids=[row[0] for row in LIST])
def test_an_error_at_the_list_of_calendars(
    app: Flask, google: FakeGoogle, fault: str, code: str, words: str, quoted: str
) -> None:
    desk = Desk(app, google)
    desk.begins()
    google.breaks(fault, "calendarList.list", times=None)

    desk.trip(MARIA, "checker", "maria@clinic.example")
    said = read(desk.sees(MARIA, "create-calendar"))

    assert said.startswith(f"{code} ")
    assert words in said
    assert quoted in said
    assert bool(re.search(r"Number [0-9A-F]{4} ?\.", said)) == bool(quoted)


@pytest.mark.parametrize(("fault", "code", "words"), EVENTS, ids=[row[0] for row in EVENTS])
def test_an_error_at_the_events(app: Flask, google: FakeGoogle, fault: str, code: str, words: str) -> None:
    desk = Desk(app, google)
    desk.creates_calendar()
    desk.prepares_practice()
    desk.books()
    desk.accepts()
    desk.turns_background()
    google.breaks(fault, "events.list", times=None)
    google.world.clock.advance(5)

    desk.check(MARIA, "accept", now="1")
    page = desk.client.get(f"/setup/{MARIA}/accept", follow_redirects=True)  # what undoes step 1 leads there
    said = read(page.text)

    assert said.startswith(f"{code} ")
    assert words in said


@pytest.fixture
def line() -> Iterator[Line]:
    with answering() as line:
        yield line


@pytest.fixture
def raw_app(settings: Settings, world: World, line: Line) -> Iterator[Flask]:
    """The wizard, whose calendar is a server that answers any bytes."""
    app = create_app(replace(settings, google_api_url=f"{line.url}/"), world.now)
    yield app
    with app.app_context():
        schema.close()


def told(raw_app: Flask, google: FakeGoogle, line: Line, status: str, message: str, reason: str = "new") -> str:
    entry = {"domain": "global", "reason": reason, "message": message}
    body = {"error": {"errors": [entry], "code": int(status.split(maxsplit=1)[0]), "message": message}}
    line.answers("calendarList", http(json.dumps(body).encode(), status))
    desk = Desk(raw_app, google)
    desk.begins()
    desk.trip(MARIA, "checker", "maria@clinic.example")
    return desk.sees(MARIA, "create-calendar")


def test_an_error_nobody_knows_shows_google_s_own_words_a_number_and_what_was_not_harmed(
    raw_app: Flask, google: FakeGoogle, line: Line, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR):
        said = read(told(raw_app, google, line, "403 Forbidden", "The moon is in the wrong house.", "moonPhase"))

    number = re.search(r"Number ([0-9A-F]{4})", said)
    assert number is not None
    assert "“403 moonPhase: The moon is in the wrong house.”" in said
    assert "Nothing you did was lost. Other steps still show." in said
    assert "card 42" in said
    assert f"number {number[1]}: " in caplog.text
    assert "moonPhase" in caplog.text


def test_google_s_own_words_are_text_and_no_markup(raw_app: Flask, google: FakeGoogle, line: Line) -> None:
    page = told(raw_app, google, line, "403 Forbidden", "<script>alert(1)</script>")

    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_google_s_own_words_are_shortened_and_hold_no_address_and_no_token(
    raw_app: Flask, google: FakeGoogle, line: Line, caplog: pytest.LogCaptureFixture
) -> None:
    token = "ya29.a0AfH6SMBx7Kq" + "Zt" * 20
    message = f"Refused for jane.doe@clinic.example with {token}\x00\u2028 and 1//0gFz{'Q9' * 20}, " + "word " * 100

    page = told(raw_app, google, line, "403 Forbidden", message)

    for kept in (page, caplog.text):
        assert "jane.doe" not in kept
        assert "a0AfH6" not in kept
        assert "Q9Q9" not in kept
    assert "Refused for … with … and" in page
    quoted = re.search("Word for word: “([^”]*)”", page)
    assert quoted is not None
    assert len(quoted[1]) <= 240


def test_the_number_stays_while_the_same_is_said(raw_app: Flask, google: FakeGoogle, line: Line) -> None:
    first = read(told(raw_app, google, line, "403 Forbidden", "The moon is in the wrong house."))
    desk = Desk(raw_app, google, "Front desk 2")
    desk.begins()
    google.world.clock.advance(60)
    desk.check(MARIA, "create-calendar", now="1")
    again = read(desk.sees(MARIA, "create-calendar"))

    assert re.findall(r"Number [0-9A-F]{4}", first) == re.findall(r"Number [0-9A-F]{4}", again)


def test_beside_a_proof_it_changes_no_status(app: Flask, google: FakeGoogle) -> None:
    desk = Desk(app, google)
    desk.creates_calendar()
    google.breaks("conditionNotMet", "calendarList.list", times=None)
    google.world.clock.advance(5)

    desk.check(MARIA, "create-calendar", now="1")
    said = read(desk.sees(MARIA, "create-calendar"))

    assert said.startswith("FOUND Verified")
    assert re.search(r"card 42 , number [0-9A-F]{4}: “412 conditionNotMet: Precondition Failed”", said)
