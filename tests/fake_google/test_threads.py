"""Eight at once: what one answer promised holds for all."""

import sys
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import requests

from e2e.fake_google import World
from tests.fake_google.conftest import MARIA

NAME = "PIMSY Calendar"
THREADS = 8
POINT = {"dateTime": "2026-11-24T06:10:00-05:00"}
EVENT: dict[str, Any] = {"summary": "0", "start": POINT, "end": POINT}


@pytest.fixture
def id_(world: World) -> str:
    return world.adds_calendar(MARIA, NAME).id


@pytest.fixture(autouse=True)
def hasty() -> Iterator[None]:
    """Threads change places as often as they can, so that a missing lock shows."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(usual)


def test_eight_threads_insert_the_same_ids(base: str, world: World, id_: str) -> None:
    token = world.grants_token(MARIA, "integration", ["events.owned"])["access_token"]
    ids = [f"{number:05d}" for number in range(25)]
    together = threading.Barrier(THREADS)
    statuses: list[tuple[str, int]] = []

    def insert() -> None:
        with requests.Session() as session:
            session.headers["Authorization"] = f"Bearer {token}"
            for one in ids:
                together.wait(10)
                answer = session.post(
                    f"{base}/calendar/v3/calendars/{id_}/events", json=EVENT | {"id": one}, timeout=10
                )
                statuses.append((one, answer.status_code))

    at_once(insert)

    assert sorted(statuses) == sorted([(one, 200) for one in ids] + [(one, 409) for one in ids] * 7)
    assert sorted(one["id"] for one in world.events_in(MARIA, NAME)) == ids


def test_eight_threads_count_together(base: str, world: World, id_: str) -> None:
    """Each adds 1 ten times, and begins anew where another was first (412): no addition may be lost."""
    token = world.grants_token(MARIA, "integration", ["events.owned"])["access_token"]
    world.adds_event(MARIA, NAME, EVENT | {"id": "counter"})
    address = f"{base}/calendar/v3/calendars/{id_}/events/counter"

    def count() -> None:
        with requests.Session() as session:
            session.headers["Authorization"] = f"Bearer {token}"
            left = 10
            while left:
                now = session.get(address, timeout=10).json()
                more = {"summary": str(int(now["summary"]) + 1)}
                answer = session.patch(address, json=more, headers={"If-Match": now["etag"]}, timeout=10)
                left -= answer.status_code == 200

    at_once(count)

    assert [one["summary"] for one in world.events_in(MARIA, NAME)] == [str(THREADS * 10)]


def at_once(does: Callable[[], None]) -> None:
    threads = [threading.Thread(target=does) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
