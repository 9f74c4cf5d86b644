"""The log's page: who did what, when and from where, a page at a time, narrowed, and as a file."""

import csv
import io
import re

import pytest
from flask import Flask
from sqlalchemy import text

from e2e.fake_google import FakeGoogle
from tests.views.test_queries import counted
from tests.walking import JOE, MARIA, Desk
from wizard.store import clients, log
from wizard.store.database import db, of_clinic

CANARY = "Zebedee Quillfeather"


@pytest.fixture
def desk(app: Flask, google: FakeGoogle) -> Desk:
    return Desk(app, google)


def fill(app: Flask, google: FakeGoogle, count: int) -> None:
    with app.app_context(), of_clinic(1), log.coming_from("192.0.2.7"):
        for number in range(count):
            log.add(f"thing {number}.", at=google.world.now(), who="Dana Hill")
        db.session.commit()


def things(page: str) -> list[int]:
    return [int(number) for number in re.findall(r"thing (\d+)\.", page)]


def exported(desk: Desk, **chosen: str) -> list[list[str]]:
    answer = desk.post("/log/export", **chosen)
    assert (answer.status_code, answer.content_type) == (200, "text/csv; charset=utf-8")
    assert "attachment" in answer.headers["Content-Disposition"]
    return list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))


def test_it_says_who_what_when_and_from_where(desk: Desk, google: FakeGoogle) -> None:
    desk.begins(MARIA)
    desk.trip(MARIA, "checker", "maria@clinic.example")

    page = desk.client.get("/log").text
    line = next(part for part in page.split("<tr>") if "permission for checker given" in part)

    assert re.search(r"11/23/2026, 10:0\d:\d\d AM", line)
    assert "the person at Google&#39;s page" in line
    assert "<td>Maria Lopez</td>" in line
    assert "<td>Front desk 1" in line
    assert "127.0.0.1" in line
    assert "Times of America/New York" in page


def test_pages_follow_each_other(desk: Desk, google: FakeGoogle) -> None:
    fill(desk.app, google, 120)

    first = desk.client.get("/log").text
    older = re.search(r'href="(/log\?before=\d+)">Older', first)
    assert older is not None
    second = desk.client.get(older[1]).text
    last = re.search(r'href="(/log\?before=\d+)">Older', second)
    assert last is not None
    third = desk.client.get(last[1]).text

    assert things(first) + things(second) + things(third) == list(reversed(range(120)))
    assert ">Older</a>" not in third
    assert ">Newest</a>" in third


def test_it_is_narrowed_to_a_person_a_computer_and_a_day(desk: Desk, google: FakeGoogle) -> None:
    desk.creates_calendar(MARIA)
    Desk(desk.app, google, "Front desk 2").begins(JOE)
    google.world.clock.advance(15 * 3600)  # 1:00 AM of the next day at the clinic
    desk.post(f"/people/{JOE}", name="Joe Hale", email="joe@home.example", google_account="joe@clinic.example")

    of_maria = exported(desk, person=str(MARIA))[1:]
    of_second = exported(desk, computer="2")[1:]
    of_monday = exported(desk, day="2026-11-23")[1:]
    of_tuesday = exported(desk, day="2026-11-24", person=str(JOE))[1:]

    assert {row[3] for row in of_maria} == {"Maria Lopez"}
    assert [row[2] for row in of_second] == ["computer named"]
    assert {row[0][:10] for row in of_monday} == {"2026-11-23"}
    assert [row[2] for row in of_tuesday] == ["person changed"]
    assert of_tuesday[0][0].startswith("2026-11-24 01:0")
    page = desk.client.get(f"/log?person={JOE}&computer=&day=2026-11-24").text
    assert "person changed" in page
    assert "computer named" not in page
    assert "Show everything" in page


def test_nothing_that_fits_is_said(desk: Desk) -> None:
    desk.begins(MARIA)

    assert "Nothing was done that fits." in desk.client.get("/log?day=2020-01-01").text


@pytest.mark.parametrize(
    "query",
    ["person=99", "computer=99", "person=x", "person=%D9%A3", "computer=-1", "day=soon", "day=9999-12-31", "before=x",
     "person=" + "9" * 400],
)  # fmt: skip
def test_what_names_nobody_here_and_no_day_is_no_page(desk: Desk, query: str) -> None:
    desk.begins(MARIA)
    name, _, value = query.partition("=")

    assert desk.client.get(f"/log?{query}").status_code == 404
    if name != "before":
        assert desk.post("/log/export", **{name: value if value.isascii() else "x"}).status_code == 404


def test_what_somebody_typed_is_never_computed(desk: Desk) -> None:
    desk.begins(MARIA)
    desk.post("/account/computer", workstation="=1+1")
    desk.post("/practice/settings", **{"value-233": "True", "filter": "calendar"})

    rows = exported(desk)

    assert {row[5] for row in rows if row[2] == "computer renamed"} == {"'=1+1"}
    assert {row[4] for row in rows[1:]} == {"'=1+1"}
    assert {row[5] for row in rows if row[2] == "setting saved"} == {"'-233 is True"}


def test_taking_the_log_away_is_noted_itself(desk: Desk) -> None:
    desk.begins(MARIA)
    before = exported(desk)

    after = exported(desk)

    assert len(after) == len(before) + 1
    assert after[1][1:3] == ["Dana Hill", "log exported"]
    assert after[1][5] == f"{len(before) - 1} lines"


def test_a_page_of_the_log_costs_the_same_however_long_it_is(desk: Desk, google: FakeGoogle) -> None:
    desk.begins(MARIA)
    desk.client.get("/log")
    with counted(desk.app) as before:
        desk.client.get("/log")
    fill(desk.app, google, 300)
    with counted(desk.app) as after:
        desk.client.get("/log?before=200")

    assert len(after) == len(before) < 15


def test_no_client_is_ever_in_the_log(desk: Desk, google: FakeGoogle) -> None:
    """A canary: a client of that name is booked, moved, cancelled, and everything else that is noted is done as well."""
    with desk.app.app_context(), of_clinic(1):
        for client in clients.of_people([MARIA]):
            client.name = f"{CANARY} {client.id}"
        number = next(client.id for client in clients.of_people([MARIA]) if not client.is_test)
        db.session.commit()
    desk.proves()
    booked = {"client": str(number), "code": CANARY, "location": CANARY, "day": "2026-11-25", "minutes": "10"}
    desk.post(f"/practice/calendar/{MARIA}/appointments", time="09:00", **booked)
    desk.post(f"/practice/calendar/{MARIA}/appointments/2/move", day="2026-11-25", time="10:00")
    desk.post(f"/practice/calendar/{MARIA}/appointments/2/cancel")
    desk.post(f"/practice/personnel/{MARIA}", google_account="maria@clinic.example", profile=CANARY, email="")
    desk.post(f"/setup/{MARIA}/record/cancel")
    desk.post(f"/setup/{MARIA}/start-again")
    desk.post(f"/people/{MARIA}/leave")
    desk.post("/account/clinic/export")
    desk.post("/log/export")
    with desk.app.app_context():
        rows = db.session.execute(text("SELECT * FROM log")).all()
        booked_of = db.session.execute(text("SELECT count(*) FROM appointments WHERE client_id = :id"), {"id": number})
        assert booked_of.scalar_one() == 1

    whats = {row[3] for row in rows} | {str(row) for row in rows}
    assert {
        "appointment booked",
        "appointment moved",
        "appointment cancelled",
        "started again",
        "log exported",
    } <= whats
    assert not any(part in str(rows) for part in CANARY.split())


def test_signing_out_and_what_was_refused_is_noted(own_app: Flask, google: FakeGoogle) -> None:
    desk = Desk(own_app, google).signs_in()
    desk.post("/account/password", present="wrong", password="seven tall pine trees")
    desk.post("/support", digits="000000")
    desk.post("/account/sign-out")

    with own_app.app_context():
        rows = db.session.execute(text("SELECT who, what, address FROM log ORDER BY id")).all()
    assert [tuple(row) for row in rows] == [
        ("Dana Hill", "another password refused: the present one was wrong", "127.0.0.1"),
        ("somebody on the telephone", "digits of support refused", "127.0.0.1"),
        ("Dana Hill", "signed out", "127.0.0.1"),
    ]
