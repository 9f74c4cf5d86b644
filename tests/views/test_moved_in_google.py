"""Changed in Google, by its addresses: seen in My SAL Calendar, on the overview and in the hub, and chosen about."""

import re
from html import unescape

import pytest
from flask import Flask

from e2e.fake_google import FakeGoogle
from tests.views.standin import BOOK, CALENDAR, WEEK, sends_the_test
from tests.walking import JOE, MARIA, Desk

ACCOUNT, NAME = "maria@clinic.example", "PIMSY Calendar"
LOOK = f"{CALENDAR}/look"


@pytest.fixture
def desk(app: Flask, google: FakeGoogle) -> Desk:
    """Maria's test appointment stands in Google at 6:10."""
    desk = Desk(app, google)
    desk.begins()
    desk.prepares_practice()
    desk.creates_calendar()
    sends_the_test(desk)
    return desk


def moves_there(google: FakeGoogle, to: str = "07:00") -> None:
    (event,) = google.world.events_in(ACCOUNT, NAME)
    hour, minute = to.split(":")
    ends = f"{hour}:{int(minute) + 10}"
    times = {"start": f"2026-11-24T{to}:00-05:00", "end": f"2026-11-24T{ends}:00-05:00"}
    google.world.changes_event(ACCOUNT, NAME, event["id"], **{side: {"dateTime": at} for side, at in times.items()})


def deletes_there(google: FakeGoogle) -> None:
    (event,) = google.world.events_in(ACCOUNT, NAME)
    google.world.deletes_event(ACCOUNT, NAME, event["id"])


def text(page: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page.partition("<main")[2])).split())


def about(desk: Desk) -> str:
    found = re.search(r'name="about" value="([^"]+)"', desk.client.get(WEEK).text)
    assert found is not None
    return unescape(found[1])


def looks(desk: Desk, google: FakeGoogle) -> None:
    google.world.clock.advance(2)
    desk.post(LOOK)


def starts(google: FakeGoogle) -> list[str]:
    return [event["start"]["dateTime"][11:16] for event in google.world.events_in(ACCOUNT, NAME)]


def test_a_look_shows_it_in_the_calendar_the_overview_and_the_hub(desk: Desk, google: FakeGoogle) -> None:
    before = [text(desk.client.get(address).text) for address in (WEEK, "/overview", f"/setup/{MARIA}")]
    moves_there(google)
    google.world.clock.advance(2)
    answer = desk.post(f"{LOOK}?week=2026-11-23")
    after = [text(desk.client.get(address).text) for address in (WEEK, "/overview", f"/setup/{MARIA}")]

    assert (answer.status_code, answer.location) == (303, WEEK)
    assert not any("hanged in Google" in page or "In Google it" in page for page in before)
    assert "In Google it stands at 7:00 AM, seen 10:0" in after[0]
    assert "Here it is 6:10 AM. Put it back to 6:10 AM Take over 7:00 AM" in after[0]
    assert "Looked today 10:0" in after[0]
    assert "Changed in Google: Maria Lopez: 1 appointment . In My SAL Calendar you choose" in after[1]
    assert "1 appointment was changed in Google. Choose in My SAL Calendar what holds" in after[2]
    assert "Joe" not in re.findall(r"Changed in Google.*?holds", after[1])


@pytest.mark.parametrize(("choice", "there"), [("put back", ["06:10"]), ("take over", ["07:00"])])
def test_what_was_moved_goes_where_it_was_chosen(desk: Desk, google: FakeGoogle, choice: str, there: list[str]) -> None:
    moves_there(google)
    looks(desk, google)
    shown = about(desk)

    first = desk.post(f"{BOOK}/1/choose", choice=choice, about=shown)
    desk.turns_background()
    again = desk.post(f"{BOOK}/1/choose", choice=choice, about=shown)

    assert (first.status_code, first.location) == (303, f"{WEEK}#appointment-1")
    assert (again.status_code, starts(google)) == (303, there)
    page = text(desk.client.get(WEEK).text)
    assert "On Google: sent" in page
    assert "In Google it" not in page
    assert {"put back": "appointment put back in Google", "take over": "appointment taken over from Google"}[
        choice
    ] in desk.client.get("/log").text


@pytest.mark.parametrize(
    ("choice", "there", "words"), [("put again", ["06:10"], "On Google: sent"), ("cancel", [], "Gone from Google")]
)
def test_what_was_deleted_ends_as_it_was_chosen(
    desk: Desk, google: FakeGoogle, choice: str, there: list[str], words: str
) -> None:
    deletes_there(google)
    looks(desk, google)
    assert "Deleted in Google, seen 10:0" in text(desk.client.get(WEEK).text)

    desk.post(f"{BOOK}/1/choose", choice=choice, about=about(desk))
    desk.turns_background()

    assert (starts(google), words in text(desk.client.get(WEEK).text)) == (there, True)


def test_a_choice_about_a_state_that_passed_is_refused_and_says_so(desk: Desk, google: FakeGoogle) -> None:
    moves_there(google)
    looks(desk, google)
    shown = about(desk)
    moves_there(google, "08:00")
    looks(desk, google)

    answer = desk.post(f"{BOOK}/1/choose", choice="put back", about=shown)

    assert answer.status_code == 409
    assert "It was changed in Google once more since this page was shown. Choose anew." in text(answer.text)
    assert "In Google it stands at 8:00 AM" in text(answer.text)
    desk.turns_background()
    assert starts(google) == ["08:00"]


def test_what_lies_in_the_way_is_said(desk: Desk, google: FakeGoogle) -> None:
    desk.post(BOOK, client="1", code="TEST", location="Main office", day="2026-11-24", time="07:00", minutes="10")
    moves_there(google)
    looks(desk, google)

    answer = desk.post(f"{BOOK}/1/choose", choice="take over", about=about(desk))

    assert answer.status_code == 422
    assert "Not taken over: Maria has an appointment from 7:00 AM to 7:10 AM" in text(answer.text)


@pytest.mark.parametrize(("choice", "status"), [("", 400), ("burn it", 400), ("put again", 409)])
def test_what_is_no_choice_here_changes_nothing(desk: Desk, google: FakeGoogle, choice: str, status: int) -> None:
    moves_there(google)
    looks(desk, google)

    assert desk.post(f"{BOOK}/1/choose", choice=choice, about=about(desk)).status_code == status
    desk.turns_background()
    assert starts(google) == ["07:00"]


def test_an_appointment_of_somebody_else_is_no_such_page(desk: Desk) -> None:
    answer = desk.post(f"/practice/calendar/{JOE}/appointments/1/choose", choice="put back", about="x")

    assert answer.status_code == 404


def test_a_look_that_did_not_succeed_says_since_when(desk: Desk, google: FakeGoogle) -> None:
    looks(desk, google)
    google.goes_silent()
    looks(desk, google)

    page = text(desk.client.get(WEEK).text)
    assert "We could not look since 10:0" in page
    assert "On Google: sent" in page


def test_nobody_can_look_before_somebody_accepted(app: Flask, google: FakeGoogle) -> None:
    desk = Desk(app, google)
    desk.begins()

    assert "Look in Google again" not in desk.client.get(WEEK).text
    assert desk.post(LOOK).status_code == 303
    assert google.world.calls("events.list") == []


def test_the_proof_of_the_test_appointment_stays(desk: Desk, google: FakeGoogle) -> None:
    desk.check(MARIA, "accept", now="1")
    before = text(desk.client.get(f"/setup/{MARIA}/accept").text)
    deletes_there(google)
    looks(desk, google)

    assert "Verified" in before
    assert "arrived at" in text(desk.client.get(f"/setup/{MARIA}/accept").text)
    assert "Put it there again" in text(desk.client.get(WEEK).text)


def test_what_is_held_for_a_choice_says_so_where_all_that_waits_is_listed(desk: Desk, google: FakeGoogle) -> None:
    appointment = f"{CALENDAR}/appointments/1"
    moves_there(google)
    desk.post(f"{appointment}/move", day="2026-11-24", time="08:00")
    desk.turns_background()

    page = desk.client.get("/overview/waiting").text
    google.world.clock.advance(7 * 24 * 3600)  # also when it is over: it waits until somebody chooses
    over = text(desk.client.get("/overview/waiting").text)

    assert "Held: it was changed in Google. Choose in My SAL Calendar what holds" in text(page)
    assert f'href="{CALENDAR}?week=2026-11-24"' in page
    assert "On its way" not in text(page)
    assert "Held: it was changed in Google." in over
