"""The wire: an end to every wait, no repetition in silence, kept connections, and no way for anybody to lead us elsewhere."""

import json
import socket
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from time import monotonic

import pytest

from e2e.fake_google import FakeGoogle, World
from tests.google.line import Line, answering, http
from tests.google.provider import providing
from tests.google.vault import MemoryVault
from wizard.config import Settings
from wizard.evidence import PinnedNow
from wizard.google import (
    AnswerUnreadable,
    CalendarNow,
    Event,
    Google,
    GoogleSilent,
    GoogleTrouble,
    Permission,
)
from wizard.google.events import VANISHED

EMPTY_LIST = b'{"kind": "calendar#calendarList", "items": []}'


@pytest.fixture
def over(hasty: Settings, world: World, vault: MemoryVault) -> Callable[[str], Google]:
    """Our Google with its calendar at another address."""
    return lambda url: Google(replace(hasty, google_api_url=url), world.now, vault)


def looks(google: Google, grant_id: int) -> None:
    """A look that has to end as silence, and soon."""
    begun = monotonic()

    with pytest.raises(GoogleSilent):
        google.calendars(grant_id)

    google.close()
    assert monotonic() - begun < 2


# ── an end to every wait ──────────────────────────────────────────────────────────────────────────────────────────────


def test_an_answer_that_never_comes(hasty_google: Google, fake: FakeGoogle, checker: int) -> None:
    fake.hangs()

    looks(hasty_google, checker)


@pytest.mark.parametrize(
    "beginning",
    [
        b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nX-Slow: ",
    ],
    ids=["body", "body without an end", "headers"],
)
def test_an_answer_that_never_ends(over: Callable[[str], Google], checker: int, beginning: bytes) -> None:
    with answering() as line:
        line.replies["calendarList"] = line.drips(beginning)

        looks(over(line.url), checker)


def test_pages_without_an_end(over: Callable[[str], Google], checker: int) -> None:
    again = b'{"kind": "calendar#calendarList", "items": [], "nextPageToken": "again"}'
    with answering(calendarList=http(again)) as line:
        looks(over(line.url), checker)


def test_no_time_left_means_no_question(settings: Settings, world: World, vault: MemoryVault, checker: int) -> None:
    looks(Google(replace(settings, google_calendar_timeout_s=0.0), world.now, vault), checker)

    assert world.calls() == []


def test_a_proxy_that_drips(over: Callable[[str], Google], checker: int, monkeypatch: pytest.MonkeyPatch) -> None:
    with answering() as proxy:
        proxy.replies["calendarList"] = proxy.drips(b"HTTP/1.1 200 OK\r\nX-Slow: ")
        monkeypatch.setenv("http_proxy", proxy.url)

        looks(over("http://calendar.example"), checker)

        assert [request.split()[1].partition("?")[0] for request in proxy.requests] == [
            "http://calendar.example/calendar/v3/users/me/calendarList"
        ]


def test_nobody_listens(over: Callable[[str], Google], checker: int) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

    looks(over(f"http://127.0.0.1:{port}"), checker)


def test_a_host_nobody_knows(over: Callable[[str], Google], checker: int) -> None:
    looks(over("http://no-such-host.invalid"), checker)


def test_an_address_that_is_none(over: Callable[[str], Google], checker: int) -> None:
    looks(over("calendar"), checker)


# ── broken and foreign answers ────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"no HTTP at all\r\n\r\n",
        http(EMPTY_LIST, length=4000),
        http(EMPTY_LIST[:-5]),
        http(b"<html>Welcome to Clinic Guest WiFi</html>"),
        http(b"[]"),
        http(b""),
        http(b"", "204 No Content"),
        http(EMPTY_LIST, "200 OK", "Content-Encoding: gzip"),
        http(b"<html>", "407 Proxy Authentication Required"),
        http(b"<html>", "404 Not Found"),
    ],
    ids=range(11),
)
def test_what_is_no_answer_of_googles_is_silence_asked_once(
    over: Callable[[str], Google], checker: int, answer: bytes
) -> None:
    with answering(calendarList=answer) as line:
        looks(over(line.url), checker)

        assert len(line.requests) == 1


@pytest.mark.parametrize(
    "answer",
    [
        {"kind": "calendar#events", "items": []},
        {"items": []},
        {"kind": "calendar#calendarList", "items": {}},
        {"kind": "calendar#calendarList", "items": [None]},
        {"kind": "calendar#calendarList", "items": [{"id": "c1"}]},
        {"kind": "calendar#calendarList", "items": ["c1"]},
    ],
    ids=str,
)
def test_an_answer_of_no_shape_we_know_is_our_fault(
    over: Callable[[str], Google], checker: int, answer: object
) -> None:
    with answering(calendarList=http(json.dumps(answer).encode())) as line:
        google = over(line.url)
        with pytest.raises(AnswerUnreadable):
            google.calendars(checker)
        google.close()


@pytest.mark.parametrize("status", ["301 Moved Permanently", "302 Found", "307 Temporary Redirect"])
def test_no_redirect_is_followed(over: Callable[[str], Google], checker: int, status: str) -> None:
    with answering() as portal, answering() as line:
        line.answers("calendarList", http(b"", status, f"Location: {portal.url}/login"))

        looks(over(line.url), checker)

        assert portal.requests == []


@pytest.mark.parametrize("status", ["302 Found", "307 Temporary Redirect"])
def test_a_clients_secret_follows_no_redirect(hasty: Settings, vault: MemoryVault, world: World, status: str) -> None:
    with answering() as portal, providing() as line:
        line.answers("token", http(b"", status, f"Location: {portal.url}/login"))
        google = Google(replace(hasty, google_metadata_url=f"{line.url}/metadata"), world.now, vault)

        with pytest.raises(GoogleSilent):
            google.refresh(vault.holds())

        google.close()
        assert portal.requests == []
        assert vault.deaths == {}


def test_a_netrc_file_does_not_replace_our_token(
    google: Google, checker: int, world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login somebody password something\n")
    monkeypatch.setenv("NETRC", str(netrc))

    google.calendars(checker)

    assert [call.status for call in world.calls("calendarList.list")] == [200]


# ── pages and remains ─────────────────────────────────────────────────────────────────────────────────────────────────


def reading(line: Line, *pages: dict[str, object]) -> None:
    """Answers the events of a calendar page after page."""
    left = iter(pages)

    def reply(connection: socket.socket) -> None:
        connection.sendall(
            http(json.dumps({"kind": "calendar#events", "summary": "PIMSY Calendar"} | next(left)).encode())
        )

    line.replies["events"] = reply


def item(event_id: str, day: str) -> dict[str, object]:
    moment = {"dateTime": f"{day}T11:10:00Z"}
    return {"id": event_id, "status": "confirmed", "start": moment, "end": moment}


def test_an_empty_page_is_not_the_last_one(over: Callable[[str], Google], checker: int) -> None:
    with answering() as line:
        reading(
            line,
            {"items": [item("b", "2026-11-25")], "nextPageToken": "2", "accessRole": "owner"},
            {"nextPageToken": "3"},
            {"items": [item("a", "2026-11-24")]},
        )
        google = over(line.url)

        now = google.events(checker, "c1", mark="m")

        google.close()
        assert [event.id for event in now.events] == ["a", "b"]
        assert now.pinned == PinnedNow("c1", "PIMSY Calendar", "owner")
        assert len(line.requests) == 3


def test_what_is_left_of_an_old_cancelled_event_is_no_event(over: Callable[[str], Google], checker: int) -> None:
    with answering() as line:
        reading(line, {"items": [{"id": "a", "status": "cancelled"}]})
        google = over(line.url)

        assert google.events(checker, "c1", mark="m") == CalendarNow(PinnedNow("c1", "PIMSY Calendar"), ())
        google.close()


@pytest.mark.parametrize("etag", ['"77"', ""])
def test_what_is_left_of_our_cancelled_event_is_revived_where_somebody_chose_so(
    over: Callable[[str], Google], vault: MemoryVault, world: World, etag: str
) -> None:
    """Google may keep the id alone of a cancelled event; nobody else's carries a random id of ours."""
    grant_id = vault.holds(Permission.INTEGRATION, expires_at=world.now() + timedelta(seconds=3000))
    event = Event("abc", world.now(), world.now())
    rest = {"kind": "calendar#event", "id": "abc", "status": "cancelled", "etag": etag}
    with answering() as line:
        replies = iter([rest, {"kind": "calendar#event"} | item("abc", "2026-11-24")])
        line.replies["abc"] = lambda connection: connection.sendall(http(json.dumps(next(replies)).encode()))
        google = over(line.url)

        assert google.change(grant_id, "c1", event, over=etag or VANISHED).id == "abc"

        google.close()
        assert [request.split()[0] for request in line.requests] == ["GET", "PUT"]


# ── whatever comes ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_every_trouble_is_one_of_ours(over: Callable[[str], Google], checker: int) -> None:
    """Whatever bytes come, nothing but a GoogleTrouble leaves this package."""
    bodies = [
        b"null",
        b"true",
        b"7",
        b'"text"',
        b"{}",
        b"[{}]",
        b'{"kind": 7}',
        b'{"error": []}',
        b"\x00\xff",
        b"{" * 2000,
    ]
    statuses = ["200 OK", "206 Partial Content", "400 Bad Request", "403 Forbidden", "404 Not Found", "503 Unavailable"]
    for status in statuses:
        for body in bodies:
            with answering(calendarList=http(body, status), metadata=http(body, status)) as line:
                google = over(line.url)
                with pytest.raises(GoogleTrouble):
                    google.calendars(checker)
                google.close()
