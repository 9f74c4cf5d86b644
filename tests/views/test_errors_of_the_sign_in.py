"""Every error of Google's sign-in, from the bytes on the wire to the words on the page.

Sources: developers.google.com/identity/protocols/oauth2/web-server, RFC 6749 section 5.2, OpenID Connect Core 3.1.2.6
"""

import json
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from email.utils import format_datetime
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
import requests
from flask import Flask
from werkzeug.test import TestResponse

from e2e.fake_google import FakeGoogle, World
from tests.google.line import Line, answering, http
from tests.google.provider import claims, providing, signed, token_answer
from tests.views.test_errors_of_the_calendar import BUSY, OPERATOR, OURS, REVOKED, read
from tests.walking import MARIA, Desk
from wizard.app import create_app
from wizard.config import Settings
from wizard.store import grants, schema
from wizard.store.database import of_every_clinic

HTML = b"<!DOCTYPE html><title>Hotel guests sign in here</title>"
STALE = "This answer from Google is too old or was used before"
RAPT = ("REVOKED-CHK", "your organisation asks for a fresh sign-in.")

TOKEN: list[tuple[str, str, object, str, str, str]] = [
    ("revoked", "400 Bad Request", {"error": "invalid_grant", "error_description": "Token has been expired or revoked."}, *REVOKED, STALE),
    ("malformed", "400 Bad Request", {"error": "invalid_grant", "error_description": "Malformed auth code."}, *REVOKED, STALE),
    ("used", "400 Bad Request", {"error": "invalid_grant", "error_description": "Bad Request"}, *REVOKED, STALE),
    ("invalid_rapt", "400 Bad Request", {"error": "invalid_grant", "error_subtype": "invalid_rapt", "error_description": "reauth related error (invalid_rapt)"}, *RAPT, STALE),
    ("rapt_required", "400 Bad Request", {"error": "invalid_grant", "error_subtype": "rapt_required"}, *RAPT, STALE),
    ("admin_policy_enforced", "400 Bad Request", {"error": "admin_policy_enforced"}, *REVOKED, STALE),
    ("invalid_request", "400 Bad Request", {"error": "invalid_request", "error_description": "client_secret is missing."}, *OPERATOR, "invalid_request: client_secret is missing."),
    ("invalid_client", "401 Unauthorized", {"error": "invalid_client", "error_description": "Unauthorized"}, *OPERATOR, "invalid_client: Unauthorized"),
    ("deleted_client", "401 Unauthorized", {"error": "deleted_client"}, *OPERATOR, "deleted_client"),
    ("redirect_uri_mismatch", "400 Bad Request", {"error": "redirect_uri_mismatch", "error_description": "Bad Request"}, *OPERATOR, "redirect_uri_mismatch: Bad Request"),
    ("unavailable", "503 Service Unavailable", {"error": "temporarily_unavailable"}, *BUSY, ""),
    ("too many", "429 Too Many Requests", {"error": "rate_limit_exceeded"}, *BUSY, ""),
    ("html", "200 OK", HTML, *BUSY, ""),
    ("something new", "400 Bad Request", {"error": "moon_phase", "error_description": "Ask again at dawn."}, *OURS, "400 moon_phase: Ask again at dawn."),
]  # fmt: skip
"""What is said to a refresh, and what becomes of a code: `STALE`, or Google's words beside the same card."""

BY_NAME = {row[0]: row for row in TOKEN}


def wire(status: str, body: object) -> bytes:
    return http(body if isinstance(body, bytes) else json.dumps(body).encode(), status)


@pytest.fixture
def line() -> Iterator[Line]:
    with answering() as line:
        yield line


@pytest.fixture
def raw_app(settings: Settings, world: World, line: Line) -> Iterator[Flask]:
    """The wizard over the same database, whose token address is a server that answers any bytes."""
    honest = requests.get(settings.google_metadata_url, timeout=5).json()
    line.answers("metadata", http(json.dumps(honest | {"token_endpoint": f"{line.url}/token"}).encode()))
    app = create_app(replace(settings, google_metadata_url=f"{line.url}/metadata"), world.now)
    yield app
    with app.app_context():
        schema.close()


@pytest.mark.parametrize("name", BY_NAME)
def test_an_answer_to_a_refresh(app: Flask, raw_app: Flask, google: FakeGoogle, line: Line, name: str) -> None:
    _, status, body, code, words, quoted = BY_NAME[name]
    desk = Desk(app, google)
    desk.begins()
    desk.trip(MARIA, "checker", "maria@clinic.example")
    google.world.clock.advance(3600)  # the access token is over, the permission is not
    line.answers("token", wire(status, body))
    later = Desk(raw_app, google, "Front desk 2")
    later.begins()

    later.check(MARIA, "create-calendar", now="1")
    page = later.sees(MARIA, "create-calendar")
    said = read(page)

    is_beside = code in {BUSY[0], OPERATOR[0], OURS[0]}
    assert (f"card {'37' if code == BUSY[0] else '40' if code == OPERATOR[0] else '42'}" in said) == is_beside
    assert is_beside or said.startswith(f"{code} ")
    assert is_beside or words in said
    assert quoted in {STALE, ""} or quoted in said


@pytest.mark.parametrize("name", BY_NAME)
def test_an_answer_to_a_code(raw_app: Flask, google: FakeGoogle, line: Line, name: str) -> None:
    _, status, body, code, words, quoted = BY_NAME[name]
    line.answers("token", wire(status, body))
    desk = Desk(raw_app, google)
    desk.begins()

    answer = desk.trip(MARIA, "checker", "maria@clinic.example")
    page = unescape(desk.sees(MARIA, "create-calendar"))

    if quoted == STALE:
        assert (answer.status_code, STALE in answer.text, "card 41" in answer.text) == (400, True, True)
        assert "Nothing was changed." in answer.text
    else:
        said = read(page)
        assert said.startswith(f"{code} ")
        assert words in said
        assert quoted in said


REDIRECTED = [
    ("access_denied", "GRANT-CANCEL", "You chose Cancel on Google's page. Nothing was shared.", ""),
    ("server_error", *BUSY, ""),
    ("temporarily_unavailable", *BUSY, ""),
    ("invalid_scope", *OPERATOR, "invalid_scope: Some words"),
    ("unauthorized_client", *OPERATOR, "unauthorized_client: Some words"),
    ("something_new", *OPERATOR, "something_new: Some words"),
]


@pytest.mark.parametrize(("error", "code", "words", "quoted"), REDIRECTED, ids=[row[0] for row in REDIRECTED])
def test_a_consent_that_came_back_with_an_error(
    app: Flask, google: FakeGoogle, error: str, code: str, words: str, quoted: str
) -> None:
    desk = Desk(app, google)
    desk.begins()

    sent_back(desk, "checker", error=error, error_description="Some words")
    said = read(desk.sees(MARIA, "create-calendar"))

    assert said.startswith(f"{code} ")
    assert words in said
    assert quoted in said


SILENT = [
    ("interaction_required", "SIGNED-OUT", "maria@clinic.example is signed out on this computer"),
    ("login_required", "SIGNED-OUT", "maria@clinic.example is signed out on this computer"),
    ("account_selection_required", "SIGNED-OUT", "maria@clinic.example is signed out on this computer"),
    ("immediate_failed", "SIGNED-OUT", "maria@clinic.example is signed out on this computer"),
    ("access_denied", "SIGNED-OUT", "maria@clinic.example is signed out on this computer"),
    ("consent_required", *REVOKED),
    ("server_error", *BUSY),
    ("temporarily_unavailable", *BUSY),
    ("something_new", *BUSY),
]


@pytest.mark.parametrize(("error", "code", "words"), SILENT, ids=[row[0] for row in SILENT])
def test_a_silent_question_that_came_back_with_an_error(
    app: Flask, google: FakeGoogle, error: str, code: str, words: str
) -> None:
    desk = Desk(app, google)
    desk.begins()
    google.world.adds_calendar("maria@clinic.example", "PIMSY Calendar")
    desk.trip(MARIA, "checker", "maria@clinic.example")
    desk.signs_out_of_google()

    sent_back(desk, "signed-out", error=error, error_subtype="access_denied")
    said = read(desk.sees(MARIA, "sign-out"))

    assert said.startswith(f"{code} ")
    assert words in said


def dated(seconds: int) -> str:
    """Google's Date header, so far from this computer's clock."""
    return "Date: " + format_datetime(datetime.fromtimestamp(time.time() + seconds, UTC), usegmt=True)


SCOPES = "https://www.googleapis.com/auth/calendar.calendarlist.readonly https://www.googleapis.com/auth/calendar.events.owned.readonly"
LATER = {"refresh_token": "1//refresh"}
ALL = {"scope": f"openid email {SCOPES}", **LATER}

CONSENTS: list[tuple[str, dict[str, Any], dict[str, Any], int | None, str, str]] = [
    ("another nonce", {"nonce": "another"}, ALL, None, "", STALE),
    ("another audience", {"aud": "another"}, ALL, None, "", STALE),
    ("another issuer", {"iss": "https://somebody.example"}, ALL, None, "", STALE),
    ("another access token", {"at_hash": "AAAAAAAAAAAAAAAAAAAAAA"}, ALL, None, "", STALE),
    ("an old token", {"iat": -9000, "exp": -5400}, ALL, 0, "", STALE),
    ("another clock", {"iat": 420}, ALL, 420, "CLOCK", "The clock of this wizard is 7 minutes wrong"),
    ("another account", {"sub": "1002", "email": "joe@clinic.example"}, ALL, None, "ACC-WRONG", "You signed in as joe@clinic.example. This set-up is for maria@clinic.example. Nothing was stored."),
    ("one box empty", {}, {"scope": f"openid email {SCOPES.split()[1]}", **LATER}, None, "GRANT-PART", "One box was left empty: See the list of Google calendars you’re subscribed to."),
    ("both boxes empty", {}, LATER, None, "GRANT-PART", "2 boxes were left empty:"),
    ("nothing lasting", {}, {"scope": f"openid email {SCOPES}"}, None, "GRANT-NOREFRESH", "Google let us look now, but not later."),
]  # fmt: skip
"""What a consent brings back: claims of the id_token and fields of the answer that differ from right ones, and how many seconds
Google's Date is off, or None where it says none. Times are reckoned from when a test runs: a suite may run for longer than a
clock may be off.
"""


Brought = Callable[..., tuple[TestResponse, str]]


@pytest.fixture
def brought(settings: Settings, google: FakeGoogle, world: World) -> Iterator[Brought]:
    """Maria's consent at a provider that gives such an id_token and such an answer; the answer to her, and step 1."""
    with providing() as line:
        app = create_app(replace(settings, google_metadata_url=f"{line.url}/metadata"), world.now)

        def bring(told: dict[str, Any], fields: dict[str, Any], off: int | None) -> tuple[TestResponse, str]:
            desk = Desk(app, google)
            desk.begins()
            query = parse_qs(urlsplit(desk.goes_to_google(MARIA, "checker")).query)
            at = int(time.time())
            times = {name: at + value for name, value in told.items() if name in {"iat", "exp"}}
            id_token = signed(claims(line.url, query["nonce"][0], **{**told, **times}))
            line.answers("token", token_answer(id_token, *(() if off is None else (dated(off),)), **fields))
            answer = desk.client.get(f"/google/callback?{urlencode({'state': query['state'][0], 'code': '4/code'})}")
            return answer, desk.sees(MARIA, "create-calendar")

        yield bring
        with app.app_context():
            schema.close()


def kept(app: Flask) -> list[str]:
    with app.app_context(), of_every_clinic():
        return [row.email for row in grants.standing([MARIA])]


def test_a_right_consent_is_kept(app: Flask, brought: Brought) -> None:
    brought({}, ALL, None)

    assert kept(app) == ["maria@clinic.example"]


@pytest.mark.parametrize(
    ("told", "fields", "off", "code", "words"), [row[1:] for row in CONSENTS], ids=[row[0] for row in CONSENTS]
)
def test_what_a_consent_brings_back(
    app: Flask,
    brought: Brought,
    told: dict[str, Any],
    fields: dict[str, Any],
    off: int | None,
    code: str,
    words: str,
) -> None:
    answer, page = brought(told, fields, off)

    if code:
        assert read(page).startswith(f"{code} ")
        assert words in read(page)
    else:
        assert (answer.status_code, words in answer.text, "Nothing was changed." in answer.text) == (400, True, True)
    assert kept(app) == []


PAGES = [
    ("redirect_uri_mismatch", "OPERATOR-SETUP", "Google does not know the address at which this wizard waits"),
    ("invalid_client", "OPERATOR-SETUP", "Google does not know this wizard's client, or it was deleted."),
    ("deleted_client", "OPERATOR-SETUP", "Google does not know this wizard's client, or it was deleted."),
    ("admin_policy_enforced", "ORG-POLICY", "Your organisation does not allow this app."),
    ("access_not_configured", "ORG-REVIEW", "Your organisation's Google administrator has to approve the app first."),
    ("org_internal", "OPERATOR-SETUP", "The app is only for people of its own organisation."),
    ("access_denied", "APP-UNVERIFIED", "The app is being tried, and maria@clinic.example is not one of its testers."),
    ("disallowed_useragent", "GOOGLE-PAGE-STAYED", "Google's page opened inside a program"),
]


@pytest.mark.parametrize(("error", "code", "words"), PAGES, ids=[row[0] for row in PAGES])
def test_a_page_that_stayed_is_told_by_the_line_that_stands_on_it(
    app: Flask, google: FakeGoogle, error: str, code: str, words: str
) -> None:
    desk = Desk(app, google)
    desk.begins()
    google.breaks(error, "auth")
    page = desk.at_google.get(desk.goes_to_google(MARIA, "checker"), timeout=5)
    line = re.search(r"Error \d{3}: \w+", page.text)
    assert line is not None

    desk.post(f"/setup/{MARIA}/create-calendar/google-page", page="other", line=line[0])
    said = read(desk.sees(MARIA, "create-calendar"))

    assert line[0].endswith(error)
    assert said.startswith(f"{code} ")
    assert words in said


def sent_back(desk: Desk, purpose: str, **error: str) -> None:
    """Google sends this browser back with an error, and with the state of the trip."""
    state = parse_qs(urlsplit(desk.goes_to_google(MARIA, purpose)).query)["state"][0]
    answer = desk.client.get(f"/google/callback?{urlencode({'state': state, **error})}")
    while not answer.location.startswith("/"):
        answer = desk.client.get(desk.answer_of(answer.location))
