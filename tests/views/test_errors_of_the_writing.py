"""Every error of Google's Calendar API at the writing of an appointment, from the wire to the words in My SAL Calendar.

Sources: developers.google.com/workspace/calendar/api/guides/errors, and docs/decisions/004-the-outbox-is-the-truth.md.
Step 6 has its words from what the checker reads: what writes proves nothing.
"""

import re
from collections.abc import Callable
from html import unescape

import pytest
from flask import Flask

from e2e.fake_google import FakeGoogle
from tests.walking import MARIA, Desk

WAITS = "Waiting for Google since 10:0"
OURS = "It is not something you did"

INSERT = [
    ("timeRangeEmpty", OURS),
    ("required", OURS),
    ("authError", "Held: the permission was removed at Google. Maria accepts once more on this computer"),
    ("userRateLimitExceeded", WAITS),
    ("rateLimitExceeded", WAITS),
    ("rateLimitExceeded429", WAITS),
    ("quotaExceeded", "Google has paused changes for this account since 10:0"),
    ("forbiddenForNonOrganizer", "Held: PIMSY Calendar belongs to somebody else"),
    ("insufficientPermissions", "Held: a box was left empty on Google's page"),
    ("requiredAccessLevel", "Held: PIMSY Calendar belongs to somebody else"),
    ("accessNotConfigured", OURS),
    ("notACalendarUser", "Held: Google Calendar is turned off for this account"),
    ("notFound", "Held: PIMSY Calendar is gone in Google"),
    ("duplicate", WAITS),  # it was looked for and is not there, each time
    ("conflict", WAITS),
    ("conditionNotMet", OURS),
    ("backendError", WAITS),
    ("backendError503", WAITS),
    ("unavailable_html", WAITS),
    ("html", WAITS),
    ("not_json", WAITS),
    ("truncate", WAITS),
    ("drop", WAITS),
]


def at_step_6(app: Flask, google: FakeGoogle) -> Desk:
    desk = Desk(app, google)
    desk.creates_calendar()
    desk.prepares_practice()
    desk.books()
    desk.accepts()
    return desk


def on_google(desk: Desk) -> str:
    """What My SAL Calendar says of the test appointment."""
    page = desk.client.get(f"/practice/calendar/{MARIA}?week=2026-11-23").text
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page.partition("<main")[2])).split())


@pytest.mark.parametrize(("fault", "words"), INSERT, ids=[row[0] for row in INSERT])
def test_an_error_at_the_first_sending(app: Flask, google: FakeGoogle, fault: str, words: str) -> None:
    desk = at_step_6(app, google)
    google.breaks(fault, "events.insert", times=None)

    desk.turns_background()

    assert words in on_google(desk)


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ("deleted", "Gone from Google"),
        ("notFound", "Gone from Google"),
        ("requiredAccessLevel", "Held: PIMSY Calendar belongs to somebody else"),
        ("quotaExceeded", "Google has paused changes for this account since 10:0"),
        ("backendError", WAITS),
    ],
)
def test_an_error_at_the_taking_back(app: Flask, google: FakeGoogle, fault: str, words: str) -> None:
    desk = at_step_6(app, google)
    desk.turns_background()
    google.breaks(fault, "events.delete", times=None)

    desk.post(f"/practice/calendar/{MARIA}/appointments/1/cancel")
    desk.turns_background()

    assert words in on_google(desk)


MOVED = "In Google it stands at 6:30 AM, seen 10:0"
GONE = "Deleted in Google, seen 10:0"


@pytest.mark.parametrize(
    ("fault", "times", "words"),
    [
        ("conditionNotMet", 1, "On Google: sent"),
        ("conditionNotMet", None, WAITS),
        ("notFound", None, WAITS),
        ("deleted", None, WAITS),
    ],
)
def test_an_error_at_a_change(app: Flask, google: FakeGoogle, fault: str, times: int | None, words: str) -> None:
    """What Google says of a change nobody else made; the event still stands as we wrote it."""
    desk = at_step_6(app, google)
    desk.turns_background()
    for method in ("events.update", "events.patch"):
        google.breaks(fault, method, times=times)

    desk.post(f"/practice/calendar/{MARIA}/appointments/1/move", day="2026-11-24", time="07:00")
    desk.turns_background()

    assert words in on_google(desk)
    [event] = google.world.events_in("maria@clinic.example", "PIMSY Calendar")
    assert ("T07:00" in event["start"]["dateTime"]) is (words == "On Google: sent")


def moves(google: FakeGoogle, event_id: str) -> None:
    sides = {"start": "2026-11-24T06:30:00-05:00", "end": "2026-11-24T06:40:00-05:00"}
    times = {side: {"dateTime": at} for side, at in sides.items()}
    google.world.changes_event("maria@clinic.example", "PIMSY Calendar", event_id, **times)


def deletes(google: FakeGoogle, event_id: str) -> None:
    google.world.deletes_event("maria@clinic.example", "PIMSY Calendar", event_id)


def forgets(google: FakeGoogle, event_id: str) -> None:
    deletes(google, event_id)
    google.world.forgets_event("maria@clinic.example", "PIMSY Calendar", event_id)


@pytest.mark.parametrize(
    ("act", "does", "words"),
    [
        ("move", moves, MOVED),  # 412 conditionNotMet, and it stands elsewhere
        ("cancel", moves, MOVED),
        ("move", deletes, GONE),  # 412, and it is cancelled
        ("cancel", deletes, "Gone from Google"),
        ("move", forgets, GONE),  # 404 notFound, and the calendar is there
        ("cancel", forgets, "Gone from Google"),
    ],
)
def test_what_somebody_else_changed_there_is_not_overwritten(
    app: Flask, google: FakeGoogle, act: str, does: Callable[[FakeGoogle, str], None], words: str
) -> None:
    desk = at_step_6(app, google)
    desk.turns_background()
    [event] = google.world.events_in("maria@clinic.example", "PIMSY Calendar")
    does(google, event["id"])
    before = google.world.events_in("maria@clinic.example", "PIMSY Calendar", cancelled=True)

    fields = {"day": "2026-11-24", "time": "07:00"} if act == "move" else {}
    desk.post(f"/practice/calendar/{MARIA}/appointments/1/{act}", **fields)
    desk.turns_background()

    assert words in on_google(desk)
    assert google.world.events_in("maria@clinic.example", "PIMSY Calendar", cancelled=True) == before
