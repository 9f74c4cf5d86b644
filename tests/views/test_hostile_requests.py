"""Requests no page of ours sends: bytes, headers, cookies and addresses made to break something."""

import re
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from e2e.fake_google import FakeGoogle, World
from tests.walking import JOE, MARIA, SAM, Desk
from wizard.app import create_app
from wizard.config import Settings
from wizard.store import schema
from wizard.store.database import db, of_every_clinic
from wizard.store.people import Person

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "font-src 'self'; form-action 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Resource-Policy": "same-origin",
}


@pytest.fixture
def desk(app: Flask, google: FakeGoogle) -> Desk:
    return Desk(app, google)


def test_every_answer_carries_the_headers(app: Flask, desk: Desk, settings: Settings, world: World) -> None:
    """T37: a header that vanishes is red here: pages, parts, redirects, errors, 204, static files."""
    desk.begins()
    token = desk.token()
    htmx = {"HX-Request": "true"}
    check = f"/setup/{MARIA}/create-calendar/check"
    seen = re.search(r'name="seen" value="([^"]+)"', desk.sees(MARIA, "create-calendar"))
    assert seen is not None
    answers = {
        200: desk.client.get("/overview"),
        302: desk.client.get(f"/google/connect/{MARIA}/checker"),
        303: desk.client.get(f"/setup/{MARIA}/accept"),
        204: desk.client.post(check, data={"csrf_token": token, "seen": seen[1]}, headers=htmx),
        400: desk.client.get("/google/callback"),
        404: desk.client.get("/nothing"),
        405: desk.client.delete("/overview"),
        413: desk.client.post("/", data={"csrf_token": token, "workstation": "x" * 100_000}),
        422: desk.client.post("/", data={"csrf_token": token}),
    }
    foreign_host = desk.client.get("/", headers={"Host": "evil.example"})
    static = desk.client.get("/static/css/base.css")
    nobody = create_app(replace(settings, is_tryout=False), world.now).test_client().get("/")

    assert {status: answer.status_code for status, answer in answers.items()} == {status: status for status in answers}
    assert (foreign_host.status_code, static.status_code, nobody.status_code) == (400, 200, 401)
    for answer in (*answers.values(), foreign_host, static, nobody):
        assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS, answer.request.path
    for answer in (*answers.values(), foreign_host, nobody):
        assert answer.headers["Cache-Control"] == "no-store"
        assert "Server" not in answer.headers
    static.close()


def test_over_https_the_cookies_are_the_host_s_own(settings: Settings, world: World) -> None:
    """T37: __Host-, Secure, HttpOnly, Lax, and the browser is told to stay on https."""
    app = create_app(replace(settings, public_url="https://sync.clinic.example", trusted_proxies=1), world.now)
    client = app.test_client()

    answer = client.get("/", base_url="http://sync.clinic.example", headers={"X-Forwarded-Proto": "https"})

    cookies = answer.headers.getlist("Set-Cookie")
    assert sorted(cookie.partition("=")[0] for cookie in cookies) == ["__Host-session", "__Host-workstation"]
    for cookie in cookies:
        assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"} <= set(cookie.split("; "))
        assert "Domain" not in cookie
    assert answer.headers["Strict-Transport-Security"] == "max-age=63072000; includeSubDomains"


def test_a_workstation_cookie_of_an_older_key_is_the_same_computer(
    desk: Desk, settings: Settings, world: World
) -> None:
    """T56: signed by an older key: the same computer, signed anew; by none of ours: a new computer."""
    desk.begins()
    kept = desk.client.get_cookie("wizard_workstation")
    assert kept is not None
    (old,) = settings.secret_keys
    rotated = create_app(replace(settings, secret_keys=("a new key", old)), world.now).test_client()
    stranger = create_app(replace(settings, secret_keys=("another",)), world.now).test_client()
    for client in (rotated, stranger):
        client.set_cookie("wizard_workstation", kept.value)

    known, unknown = rotated.get("/").text, stranger.get("/").text
    anew = rotated.get_cookie("wizard_workstation")

    assert "This computer is called <strong>Front desk 1</strong>" in known
    assert "What is this computer called?" in unknown
    assert anew is not None
    assert anew.value != kept.value


@pytest.mark.parametrize(
    "headers",
    [
        {"X-Forwarded-Host": "evil.example"},
        {"X-Forwarded-Proto": "https", "X-Forwarded-For": "1.2.3.4"},
        {"X-Forwarded-Prefix": "/evil"},
        {"Forwarded": "host=evil.example;proto=https"},
        {"X-Original-URL": "/account", "X-Rewrite-URL": "/account"},
    ],
)
def test_forged_proxy_headers_change_nothing(desk: Desk, headers: dict[str, str]) -> None:
    """T43, T55: nothing of them gets into a page or an address."""
    desk.begins()

    page = desk.client.get("/overview", headers=headers)
    led = desk.client.get(f"/setup/{MARIA}/accept", headers=headers)
    out = desk.client.get(f"/google/connect/{MARIA}/checker", headers=headers)

    assert page.status_code == 200
    assert "evil" not in page.text
    assert led.location == f"/setup/{MARIA}/create-calendar"
    assert "redirect_uri=http%3A%2F%2F127.0.0.1%3A5000%2Fgoogle%2Fcallback" in out.location


@pytest.mark.parametrize(
    ("method", "address", "data"),
    [
        ("GET", "/setup/1/%ff%fe", None),
        ("GET", "/?person=%ff%fe", None),
        ("GET", "/practice/calendar/1?week=%ff", None),
        ("GET", "/overview?%00=%00", None),
        ("POST", "/", {"person": b"\xff\xfe", "workstation": b"\x00\xff"}),
        ("POST", "/setup/1/create-calendar", {"answer": b"\xff"}),
        ("POST", "/setup/1/create-calendar/check", {"since": "9" * 5000}),
        ("POST", "/setup/1/create-calendar/check", {"since": "٣" * 30}),
        ("POST", "/setup/1/create-calendar/check", {"since": "9" * 18, "seen": "stopped" * 9000}),
        ("POST", f"/setup/{'9' * 400}/create-calendar/check", {}),
        ("GET", f"/setup/{'9' * 4000}", None),
        ("GET", f"/setup/{'9' * 5000}", None),
        ("GET", f"/google/connect/{'9' * 5000}/checker", None),
    ],
)
def test_broken_bytes_and_endless_numbers_are_answered(
    desk: Desk, method: str, address: str, data: dict[str, str | bytes] | None
) -> None:
    """T43: never a fault of ours."""
    desk.begins()
    fields = None if data is None else {"csrf_token": desk.token(), **data}

    for headers in ({}, {"HX-Request": "true"}):
        answer = desk.client.open(address, method=method, data=fields, headers=headers)

        assert answer.status_code < 500, answer.text


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example",
        "//evil.example",
        "/\\evil.example",
        "javascript:alert(1)",
        "%2f%2fevil.example",
        "\thttps://evil.example",
        "record",
    ],
)
@pytest.mark.parametrize("name", ["next", "from", "back", "return_to", "url", "redirect_uri", "slug"])
def test_nothing_of_a_request_becomes_an_address(desk: Desk, name: str, target: str) -> None:
    """T44: we lead to our own pages and to Google's, whatever is asked for."""
    desk.begins()
    away = [
        desk.client.get(f"/setup/{MARIA}/accept", query_string={name: target}),
        desk.client.get(f"/google/connect/{MARIA}/signed-out", query_string={name: target}),
        desk.post("/", person=str(MARIA), **{name: target}),
        desk.post(f"/setup/{MARIA}/create-calendar", answer="continue", **{name: target}),
    ]

    assert [answer.status_code for answer in away] == [303] * len(away)
    assert all(re.fullmatch(rf"/setup/{MARIA}/create-calendar", answer.location) for answer in away)


def test_showing_a_page_writes_nothing_and_waits_for_no_writer(
    app: Flask, desk: Desk, settings: Settings, google: FakeGoogle
) -> None:
    """Every GET but the two of a trip is answered while somebody else holds the write lock."""
    desk.proves()
    pages = (
        "/",
        f"/setup/{MARIA}",
        f"/setup/{MARIA}/create-calendar",
        f"/setup/{MARIA}/record",
        f"/setup/{MARIA}/print",
        f"/setup/{MARIA}/fix",
        f"/setup/{MARIA}/start-again",
        "/overview",
        "/account",
        "/practice/settings",
        f"/practice/calendar/{MARIA}",
        f"/practice/personnel/{MARIA}",
        "/help/",
        "/healthz/ready",
    )
    writer = sqlite3.connect(settings.data_dir / "wizard.sqlite", isolation_level=None)
    writer.execute("BEGIN IMMEDIATE")
    google.world.log.entries.clear()
    try:
        answers = {page: desk.client.get(page).status_code for page in pages}
    finally:
        writer.execute("ROLLBACK")
        writer.close()

    assert answers == dict.fromkeys(pages, 200)
    assert google.world.calls() == []


@pytest.mark.sqlite_alone
def test_a_database_that_is_gone_is_said_in_a_page(desk: Desk, app: Flask, settings: Settings) -> None:
    """Nothing of the error page needs the database; its headers are those of every page."""
    desk.begins()
    with app.app_context():
        schema.close()
    path = settings.data_dir / "wizard.sqlite"
    for file in path.parent.glob("wizard.sqlite*"):
        file.unlink()
    path.write_bytes(b"this is no database, whatever its name says" * 100)

    answers = [desk.client.get(page) for page in ("/", f"/setup/{MARIA}")]
    ready = desk.client.get("/healthz/ready")

    unfit = [check["check"] for check in ready.get_json()["checks"] if check["fitness"] == "Not fit"]
    assert (ready.status_code, unfit) == (503, ["database"])
    for answer in answers:
        assert answer.status_code == 500
        assert "Something is wrong on our side, not yours" in answer.text
        assert answer.headers["Content-Security-Policy"] == POLICY


def test_an_empty_installation_is_nobody_s(tmp_path: Path, world: World, settings: Settings) -> None:
    """Migrated, and without a clinic: nobody can be signed in, and that is said."""
    empty = replace(settings, database_url=f"sqlite:///{tmp_path / 'empty.sqlite'}")
    app = create_app(empty, world.now)
    schema.bring_up_to_date(app)

    answer = app.test_client().get("/")

    assert answer.status_code == 401
    assert "Sign in to this wizard" in answer.text
    with app.app_context():
        schema.close()


def test_a_fault_s_words_in_the_log_hold_nothing_of_a_person(
    desk: Desk, app: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    """An error of the database is logged without the values of its statement."""
    desk.begins()
    with app.app_context(), of_every_clinic():
        db.session.add(Person(id=MARIA, clinic_id=1, name="Maria Lopez", google_account="maria@clinic.example"))
        with pytest.raises(Exception, match=r"(?i)unique") as raised:
            db.session.flush()

    assert "maria@clinic.example" not in str(raised.value)


def test_what_a_sign_in_leaves_in_the_log(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    """Neither an address of a person nor a secret, at whatever level."""
    caplog.set_level("DEBUG")
    desk.begins()
    desk.trip(MARIA, "checker", "maria@clinic.example")
    desk.trip(JOE, "checker", "frontdesk@gmail.example")
    desk.client.get("/google/callback?state=guessed&code=4/forged")
    ours = "\n".join(record.getMessage() for record in caplog.records if record.name.startswith("wizard"))

    assert "an answer from Google was refused" in ours
    for secret in ("maria@", "frontdesk@", "4/forged", "guessed"):
        assert secret not in ours


def test_a_computer_is_known_by_its_name_in_any_script(desk: Desk, app: Flask, google: FakeGoogle) -> None:
    """SQLite's lower() knows ASCII alone: names are compared by us."""
    first, second = Desk(app, google, "Ärztezimmer É"), Desk(app, google, "äRZTEZIMMER é")
    first.begins()

    asked = second.begins()

    assert asked.status_code == 422
    assert "Is it this one?" in asked.text


def test_a_person_without_a_test_time_gets_one_when_she_passes_a_check(
    desk: Desk, app: Flask, google: FakeGoogle
) -> None:
    desk.creates_calendar()
    desk.prepares_practice()
    second = Desk(app, google, "Front desk 2")
    second.begins(SAM)

    passed = second.post(f"/setup/{MARIA}/sign-out", answer="pass")
    page = second.client.get(f"/setup/{MARIA}/test-appointment")

    assert passed.location == f"/setup/{MARIA}/test-appointment"
    assert "6:20" in page.text


def test_thousands_of_calendars_with_endless_names_are_a_page(desk: Desk, google: FakeGoogle) -> None:
    desk.begins()
    desk.trip(MARIA, "checker", "maria@clinic.example")
    for number in range(3000):
        google.world.adds_calendar("maria@clinic.example", f"{number} " + "\u202e\u200b𝕏👩‍⚕️" * 8)
    for number in range(4):
        google.world.adds_calendar("maria@clinic.example", f"Pimsy calendar{number} " + "\u200b" * 10_000)
    google.world.clock.advance(5)

    checked = desk.check(MARIA, "create-calendar", now="1")
    pages = [desk.client.get(page) for page in (f"/setup/{MARIA}/create-calendar", "/overview", f"/setup/{MARIA}")]

    assert checked.status_code == 200
    assert [page.status_code for page in pages] == [200] * 3
    assert max(len(page.data) for page in (checked, *pages)) < 40_000


def test_a_near_name_of_ten_thousand_signs_is_told_in_a_page(desk: Desk, google: FakeGoogle) -> None:
    desk.begins()
    google.world.adds_calendar("maria@clinic.example", "PIMSY" + "\u200b" * 10_000 + " Calendar")

    desk.trip(MARIA, "checker", "maria@clinic.example")
    page = desk.client.get(f"/setup/{MARIA}/create-calendar")

    assert page.status_code == 200
    assert len(page.data) < 40_000
