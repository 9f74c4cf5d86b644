"""Several requests at the same moment: double clicks, two tabs, two computers. One of each is enough, and none is a fault."""

import threading
from collections.abc import Callable

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from e2e.fake_google import FakeGoogle
from tests.walking import MARIA, Desk
from wizard.store import grants, sightings, slots, workstations
from wizard.store.database import of_every_clinic

MARIAS = "maria@clinic.example"


@pytest.fixture
def desk(app: Flask, google: FakeGoogle) -> Desk:
    return Desk(app, google)


def at_once(*does: Callable[[], TestResponse]) -> list[int]:
    """The statuses of requests that begin together, sorted."""
    begin = threading.Barrier(len(does), timeout=10)
    statuses: list[int] = []

    def run(one: Callable[[], TestResponse]) -> None:
        begin.wait()
        statuses.append(one().status_code)

    threads = [threading.Thread(target=run, args=(one,)) for one in does]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return sorted(statuses)


def copies(app: Flask, desk: Desk, number: int) -> list[Desk]:
    """More tabs of the same browser: a test client answers one request at a time."""
    tabs = [Desk(app, desk.google, desk.name, at_google=desk.at_google) for _ in range(number)]
    for tab in tabs:
        for name in ("wizard_session", "wizard_workstation"):
            cookie = desk.client.get_cookie(name)
            assert cookie is not None
            tab.client.set_cookie(name, cookie.value)
    return tabs


def test_an_answer_of_google_that_arrives_eight_times_at_once_counts_once(
    app: Flask, desk: Desk, google: FakeGoogle
) -> None:
    """T42: the same code, in the same moment: the others are refused."""
    desk.begins()
    google.accepts(MARIAS)
    back = desk.answer_of(desk.goes_to_google(MARIA, "checker"))
    tabs = copies(app, desk, 8)

    statuses = at_once(*[lambda tab=tab: tab.client.get(back) for tab in tabs])

    with app.app_context(), of_every_clinic():
        given = grants.standing([MARIA])
    assert statuses == [303] + [400] * 7
    assert [(grant.email, grant.version) for grant in given] == [(MARIAS, 1)]


def test_eight_computers_that_begin_at_once_get_eight_test_times(app: Flask, google: FakeGoogle) -> None:
    desks = [Desk(app, google, f"Room {number}") for number in range(8)]
    tokens = [desk.token() for desk in desks]

    statuses = at_once(
        *[
            lambda desk=desk, token=token: desk.client.post(
                "/", data={"csrf_token": token, "person": str(MARIA), "workstation": desk.name}
            )
            for desk, token in zip(desks, tokens, strict=True)
        ]
    )

    with app.app_context(), of_every_clinic():
        given = slots.of_people([MARIA])
    assert statuses == [303] * 8
    assert len({slot.starts_at for slot in given}) == len({slot.workstation_id for slot in given}) == len(given) == 8


def test_a_name_given_twice_at_once_is_one_computer(app: Flask, google: FakeGoogle) -> None:
    desks = [Desk(app, google, "Front desk 1") for _ in range(4)]
    tokens = [desk.token() for desk in desks]

    statuses = at_once(
        *[
            lambda desk=desk, token=token: desk.client.post(
                "/", data={"csrf_token": token, "person": str(MARIA), "workstation": desk.name}
            )
            for desk, token in zip(desks, tokens, strict=True)
        ]
    )

    with app.app_context(), of_every_clinic():
        named = workstations.all_of_clinic()
    assert statuses == [303, 422, 422, 422]
    assert [found.name for found in named] == ["Front desk 1"]


def test_check_now_pressed_in_eight_tabs_at_once_is_one_sighting(app: Flask, desk: Desk, google: FakeGoogle) -> None:
    desk.creates_calendar()
    google.world.clock.advance(60)
    tabs = copies(app, desk, 8)
    token = desk.token()

    statuses = at_once(
        *[
            lambda tab=tab: tab.client.post(
                f"/setup/{MARIA}/create-calendar/check",
                data={"csrf_token": token, "now": "1"},
                headers={"HX-Request": "true"},
            )
            for tab in tabs
        ]
    )

    with app.app_context(), of_every_clinic():
        found = [subject.key for subject, _ in sightings.of_people([MARIA])]
    assert statuses == [200] * 8
    assert [key.rsplit("/", 1)[0] for key in found] == [f"calendars/{MARIA}"]


def test_back_to_google_s_answer_after_it_was_taken_leads_on(desk: Desk, google: FakeGoogle) -> None:
    """T42: Back in the browser: refused, and the page leads to where it goes on; nothing is undone."""
    desk.begins()
    google.world.adds_calendar(MARIAS, "PIMSY Calendar")
    google.accepts(MARIAS)
    back = desk.answer_of(desk.goes_to_google(MARIA, "checker"))
    desk.client.get(back)

    again = desk.client.get(back)

    assert again.status_code == 400
    assert "Nothing was changed" in again.text
    assert 'href="/"' in again.text
