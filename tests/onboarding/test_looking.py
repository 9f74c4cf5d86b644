"""Looking at Google: what a look that did not succeed leaves alone, and what never happens while Google is asked."""

import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from shutil import copy

import pytest
from flask import Flask, request

from e2e.fake_google import FakeGoogle, World, running
from e2e.launcher import TODAY
from tests.walking import JOE, MARIA, Desk
from wizard import tryout
from wizard.app import create_app
from wizard.config import Settings
from wizard.store import grants, schema, sightings
from wizard.store.database import db, of_every_clinic
from wizard.store.sightings import Sighting, Subject

MARIAS = "maria@clinic.example"


@pytest.fixture
def desk(app: Flask, google: FakeGoogle) -> Desk:
    return Desk(app, google)


@pytest.fixture
def seen(app: Flask) -> Callable[[str], tuple[Subject, list[Sighting]]]:
    """A subject of Maria's as it is stored, with its sightings."""

    def read(name: str) -> tuple[Subject, list[Sighting]]:
        with app.app_context(), of_every_clinic():
            found = [(subject, sighting) for subject, sighting in sightings.of_people([MARIA]) if subject.name == name]
        return found[0][0], [sighting for _, sighting in found if sighting is not None]

    return read


@pytest.mark.parametrize(
    ("fault", "code", "words"),
    [
        ("drop", "GOOGLE-BUSY", "Google is not answering"),
        ("backendError503", "GOOGLE-BUSY", "Google is not answering"),
        ("accessNotConfigured", "OPERATOR-SETUP", "set-up at Google is not complete"),
        ("quotaExceeded", "QUOTA", "usage limits"),
        ("insufficientPermissions", "GRANT-PART", "narrower than it was"),
        ("notACalendarUser", "GOOGLE-NOCAL", "Google Calendar is turned off"),
        ("html", "GOOGLE-BUSY", "Google is not answering"),
    ],
)
def test_a_first_look_that_does_not_succeed_is_said_by_its_cause(
    desk: Desk,
    google: FakeGoogle,
    seen: Callable[[str], tuple[Subject, list[Sighting]]],
    fault: str,
    code: str,
    words: str,
) -> None:
    """T7, T11, T12: no connection, API off, 503, a box lost: each has its words, and nothing is Verified."""
    desk.begins()
    google.world.adds_calendar(MARIAS, "PIMSY Calendar")
    google.breaks(fault, at="calendarList.list", times=None)

    desk.trip(MARIA, "checker", MARIAS)
    page = desk.sees(MARIA, "create-calendar")

    subject, found = seen("calendars")
    assert (subject.failure, found) == (code, [])
    assert words in page
    assert "Found PIMSY Calendar" not in page


@pytest.mark.parametrize("fault", ["drop", "backendError503", "accessNotConfigured", "quotaExceeded"])
def test_a_look_that_does_not_succeed_leaves_what_was_seen(
    desk: Desk, google: FakeGoogle, seen: Callable[[str], tuple[Subject, list[Sighting]]], fault: str
) -> None:
    """T52: Google silent: an earlier Verified stays, with its time."""
    desk.creates_calendar()
    _, [before] = seen("calendars")
    google.breaks(fault, at="calendarList.list")
    google.world.clock.advance(60)

    desk.check(MARIA, "create-calendar", now="1")
    subject, [after] = seen("calendars")

    assert (after.value, after.first_seen, after.last_seen) == (before.value, before.first_seen, before.last_seen)
    assert subject.failure
    assert subject.failed_since is not None
    assert "Found PIMSY Calendar" in desk.sees(MARIA, "create-calendar")


@pytest.mark.parametrize(
    ("fault", "is_dead"),
    [
        ("token_unavailable", False),
        ("unavailable_html", False),
        ("drop", False),
        ("not_json", False),
        ("invalid_client", False),
        ("invalid_grant", True),
        ("invalid_rapt", True),
    ],
)
def test_weather_never_asks_to_reconnect_and_a_refusal_always_does(
    app: Flask, desk: Desk, google: FakeGoogle, fault: str, is_dead: bool
) -> None:
    """T15, T16, T26: a refresh that gets a 500 is retried; one that gets invalid_grant is over, without a loop."""
    desk.creates_calendar()
    google.world.clock.advance(2 * 3600)
    google.breaks(fault, at="token", times=None)
    google.world.log.entries.clear()

    desk.check(MARIA, "create-calendar", now="1")
    google.world.clock.advance(2)
    desk.check(MARIA, "create-calendar", now="1")
    asked = len(google.world.calls("token"))
    google.answers_again()
    google.world.clock.advance(2)
    desk.check(MARIA, "create-calendar", now="1")

    with app.app_context(), of_every_clinic():
        [grant] = grants.standing([MARIA])
    assert grant.is_dead is is_dead
    assert asked == (1 if is_dead else 2)
    assert bool(google.world.calls("calendarList.list")) is not is_dead


def test_after_a_silence_a_page_waits_and_a_press_goes_through(desk: Desk, google: FakeGoogle) -> None:
    """T31: a look that just did not succeed: by itself cooled down; pressed: goes through."""
    desk.creates_calendar()
    google.goes_silent()
    google.world.clock.advance(10)
    desk.check(MARIA, "create-calendar")
    google.answers_again()
    google.world.log.entries.clear()
    google.world.clock.advance(5)

    desk.check(MARIA, "create-calendar")
    by_itself = len(google.world.calls("calendarList.list"))
    desk.check(MARIA, "create-calendar", now="1")

    assert (by_itself, len(google.world.calls("calendarList.list"))) == (0, 1)


def test_a_permission_removed_on_google_s_page_is_seen_at_the_next_look(
    app: Flask, desk: Desk, google: FakeGoogle
) -> None:
    """T47: Needs attention at the next look; other people untouched."""
    desk.creates_calendar()
    desk.creates_calendar(JOE, "joe@clinic.example")
    google.world.removes_permission(MARIAS, "checker")
    google.world.clock.advance(5)

    for person in (MARIA, JOE):
        desk.check(person, "create-calendar", now="1")

    assert "lost its permission" in desk.sees(MARIA, "create-calendar")
    assert "Found PIMSY Calendar in joe@clinic.example" in desk.sees(JOE, "create-calendar")


def test_two_tabs_that_check_at_once_ask_once(desk: Desk, google: FakeGoogle) -> None:
    desk.creates_calendar()
    google.world.clock.advance(60)
    google.world.log.entries.clear()

    for _ in range(4):
        desk.check(MARIA, "create-calendar")

    assert len(google.world.calls("calendarList.list")) == 1


def test_a_clock_set_back_stops_no_look(desk: Desk, google: FakeGoogle) -> None:
    desk.creates_calendar()
    google.world.clock.advance(-3600)
    google.world.log.entries.clear()

    desk.check(MARIA, "create-calendar")

    assert len(google.world.calls("calendarList.list")) == 1
    assert "Found PIMSY Calendar" in desk.sees(MARIA, "create-calendar")


@pytest.fixture
def watched(settings: Settings, sample: Path, tmp_path: Path) -> Iterator[tuple[Desk, list[str], list[str]]]:
    """A desk whose Google notes at every question whether the wizard's database could be written at that moment."""
    asked: list[str] = []
    locked: list[str] = []
    own = tmp_path / "watched"
    own.mkdir()
    copy(sample, own / "wizard.sqlite")
    fake = FakeGoogle(World())

    def look() -> None:
        if request.path.startswith(("/_world/", "/o/oauth2/", "/Logout")):
            return
        asked.append(request.path)
        database = sqlite3.connect(own / "wizard.sqlite", isolation_level=None, timeout=0)
        try:
            database.execute("BEGIN IMMEDIATE")
            database.execute("ROLLBACK")
        except sqlite3.OperationalError:
            locked.append(request.path)
        finally:
            database.close()

    fake.app.before_request(look)
    with running(fake, host="localhost") as url:
        fake.world.clock.set(TODAY)
        app = create_app(replace(tryout.settings_for(own, 5000, url), secret_keys=settings.secret_keys), fake.world.now)
        yield Desk(app, fake), asked, locked
        with app.app_context():
            schema.close()


def test_no_transaction_is_open_while_google_is_asked(watched: tuple[Desk, list[str], list[str]]) -> None:
    """Never 6: whatever asks Google, somebody else could write meanwhile."""
    desk, asked, locked = watched
    desk.proves()
    desk.google.world.clock.advance(2 * 3600)
    desk.post(f"/setup/{MARIA}/fix")
    desk.trip(MARIA, "checker", "frontdesk@gmail.example")
    desk.google.world.removes_permission(MARIAS, "checker")
    desk.google.world.clock.advance(60)
    desk.post(f"/setup/{MARIA}/fix")
    desk.client.get(f"/google/connect/{MARIA}/signed-out")

    assert {"/token", "/calendar/v3/users/me/calendarList", "/revoke"} <= set(asked)
    assert locked == []


def test_a_silent_sign_in_leaves_no_permission_behind(app: Flask, desk: Desk, google: FakeGoogle) -> None:
    """T42: its code is used once, its token is neither kept nor taken back."""
    desk.creates_calendar()
    with app.app_context(), of_every_clinic():
        kept = db.session.query(grants.Grant).count()

    assert kept == 1
    assert google.world.calls("revoke") == []
