"""How often Google is asked: never for a page, once for a check."""

import pytest
from flask import Flask

from e2e.fake_google import FakeGoogle
from tests.walking import JOE, MARIA, Desk


@pytest.fixture
def desk(app: Flask, google: FakeGoogle) -> Desk:
    """A desk at which Maria is proven, a minute ago."""
    desk = Desk(app, google)
    desk.proves()
    google.world.clock.advance(60)
    return desk


PAGES = (
    "/",
    f"/setup/{MARIA}",
    f"/setup/{MARIA}/create-calendar",
    f"/setup/{MARIA}/sign-out",
    f"/setup/{MARIA}/enable-setting",
    f"/setup/{MARIA}/personnel-folder",
    f"/setup/{MARIA}/test-appointment",
    f"/setup/{MARIA}/accept",
    f"/setup/{MARIA}/record",
    f"/setup/{MARIA}/print",
    f"/setup/{MARIA}/title",
    f"/setup/{MARIA}/remove-checker",
    f"/setup/{JOE}/without-checker",
    f"/setup/{MARIA}/fix",
    f"/setup/{MARIA}/accept/google-page",
    "/practice/settings",
    f"/practice/personnel/{MARIA}",
    f"/practice/calendar/{MARIA}",
    "/overview",
    "/account",
    "/help/",
    "/support",
)


def test_no_page_asks_google_anything(desk: Desk, google: FakeGoogle) -> None:
    asked = len(google.world.calls())

    shown = {address: desk.client.get(address).status_code for address in PAGES}

    assert shown == dict.fromkeys(PAGES, 200)
    assert len(google.world.calls()) == asked


@pytest.mark.parametrize(("slug", "method"), [("create-calendar", ["calendarList.list"]), ("accept", ["events.list"])])
def test_a_check_asks_one_question(desk: Desk, google: FakeGoogle, slug: str, method: list[str]) -> None:
    asked = len(google.world.calls())

    desk.check(MARIA, slug)

    assert [call.method for call in google.world.calls()[asked:]] == method


@pytest.mark.parametrize("slug", ["enable-setting", "personnel-folder", "test-appointment"])
def test_what_the_practice_tells_is_not_asked_of_google(desk: Desk, google: FakeGoogle, slug: str) -> None:
    asked = len(google.world.calls())

    desk.check(MARIA, slug, now="1")

    assert len(google.world.calls()) == asked


def test_many_tabs_ask_once_in_three_seconds(desk: Desk, google: FakeGoogle) -> None:
    asked = len(google.world.calls())

    for _ in range(5):
        desk.check(MARIA, "create-calendar")

    assert len(google.world.calls()) == asked + 1


def test_the_checker_asks_for_nothing_but_names_and_the_test_time(desk: Desk, google: FakeGoogle) -> None:
    desk.check(MARIA, "accept")
    calls = [call for call in google.world.calls() if call.client_id == "checker" and call.path.startswith("/calendar")]

    assert {call.method for call in calls} == {"calendarList.list", "events.list"}
    assert all("privateExtendedProperty" in str(call.query) for call in calls if call.method == "events.list")


def test_a_check_that_found_nothing_new_keeps_the_page_quiet(desk: Desk) -> None:
    first = desk.check(MARIA, "create-calendar", seen="")
    seen = first.text.split('name="seen" value="')[1].split('"')[0]

    second = desk.check(MARIA, "create-calendar", seen=seen)

    assert (first.status_code, second.status_code, second.data) == (200, 204, b"")
