"""Any address, form or callback: a clear page, the right status, nothing changed."""

import pytest
from flask import Flask

from e2e.fake_google import FakeGoogle
from tests.walking import JOE, MARIA, Desk
from wizard.store import attempts, grants
from wizard.store.database import db, of_every_clinic


@pytest.fixture
def desk(app: Flask, google: FakeGoogle) -> Desk:
    return Desk(app, google)


def kept(app: Flask) -> tuple[int, int]:
    """How many grants there are, and how many trips ended."""
    with app.app_context(), of_every_clinic():
        ended = db.session.query(attempts.Attempt).filter(attempts.Attempt.ended_at.is_not(None)).count()
        return db.session.query(grants.Grant).count(), ended


@pytest.mark.parametrize(
    "address",
    [
        "/setup/99",
        "/setup/99/create-calendar",
        "/setup/1/no-such-step",
        "/google/connect/1/no-such-purpose",
        "/google/connect/99/checker",
        "/practice/personnel/99",
        "/practice/calendar/99",
        "/help/99",
        "/nothing",
    ],
)
def test_an_unknown_address_is_a_page_with_404(desk: Desk, address: str) -> None:
    desk.begins()

    answer = desk.client.get(address)

    assert (answer.status_code, answer.mimetype) == (404, "text/html")
    assert "There is no such page" in answer.text


def test_a_step_out_of_order_leads_to_the_one_that_is_next(desk: Desk) -> None:
    desk.begins()

    answer = desk.client.get(f"/setup/{MARIA}/accept")

    assert (answer.status_code, answer.location) == (303, f"/setup/{MARIA}/create-calendar")


def test_a_form_without_its_token_is_refused(desk: Desk) -> None:
    answer = desk.client.post("/", data={"person": str(MARIA), "workstation": "Front desk 1"})

    assert answer.status_code == 400
    assert "Nothing was changed" in answer.text


def test_a_body_that_is_no_form_is_refused(desk: Desk) -> None:
    answer = desk.client.post("/", data=b"\xff\xfe{", content_type="application/json")

    assert answer.status_code == 400


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("", "Give this computer a name"),
        ("x" * 10_000, "Choose a shorter name"),
        ("desk\x00one", "letters, numbers and spaces only"),
    ],
)
def test_a_computer_s_name_that_cannot_be_used_is_said(desk: Desk, name: str, says: str) -> None:
    answer = desk.post("/", person=str(MARIA), workstation=name)

    assert answer.status_code == 422
    assert says in answer.text


@pytest.mark.parametrize("person", ["", "0", "99", "-1", "1e3", "٣", "9" * 400])
def test_a_person_who_is_not_there_is_said(desk: Desk, person: str) -> None:
    answer = desk.post("/", person=person, workstation="Front desk 1")

    assert answer.status_code == 422
    assert "Choose whose calendar" in answer.text


@pytest.mark.parametrize(
    "query",
    [
        "",
        "state=unknown&code=abc",
        "state=unknown&error=access_denied",
        "code=abc",
        "error=access_denied",
        "state=a&state=b&code=c",
        "state=%00&code=%ff",
    ],
)
def test_a_forged_answer_changes_nothing(app: Flask, desk: Desk, query: str) -> None:
    desk.begins()
    desk.goes_to_google(MARIA, "checker")

    answer = desk.client.get(f"/google/callback?{query}")

    assert answer.status_code == 400
    assert "too old or was used before" in answer.text
    assert kept(app) == (0, 0)


def test_the_same_answer_twice_is_refused_the_second_time(app: Flask, desk: Desk, google: FakeGoogle) -> None:
    desk.begins()
    google.accepts("maria@clinic.example")
    back = desk.answer_of(desk.goes_to_google(MARIA, "checker"))
    first = desk.client.get(back)

    second = desk.client.get(back)

    assert (first.status_code, second.status_code) == (303, 400)
    assert kept(app)[0] == 1


def test_a_look_at_the_answer_s_head_uses_nothing_up(app: Flask, desk: Desk, google: FakeGoogle) -> None:
    desk.begins()
    google.accepts("maria@clinic.example")
    back = desk.answer_of(desk.goes_to_google(MARIA, "checker"))

    looked = desk.client.head(back)
    came = desk.client.get(back)

    assert (looked.status_code, came.status_code) == (405, 303)
    assert kept(app)[0] == 1


def test_an_answer_in_another_browser_is_refused(app: Flask, desk: Desk, google: FakeGoogle) -> None:
    desk.begins()
    other = Desk(app, google, "Front desk 2")
    other.begins(JOE)
    google.accepts("maria@clinic.example")
    back = desk.answer_of(desk.goes_to_google(MARIA, "checker"))

    answer = other.client.get(back)

    assert answer.status_code == 400
    assert kept(app) == (0, 0)


def test_an_answer_after_ten_minutes_is_refused(app: Flask, desk: Desk, google: FakeGoogle) -> None:
    desk.begins()
    google.accepts("maria@clinic.example")
    back = desk.answer_of(desk.goes_to_google(MARIA, "checker"))
    google.world.clock.advance(10 * 60 + 1)

    answer = desk.client.get(back)

    assert answer.status_code == 400
    assert kept(app) == (0, 0)


def test_two_people_in_two_tabs_each_get_their_own(app: Flask, desk: Desk, google: FakeGoogle) -> None:
    desk.begins(MARIA)
    desk.begins(JOE)
    for_maria, for_joe = desk.goes_to_google(MARIA, "checker"), desk.goes_to_google(JOE, "checker")
    google.accepts("joe@clinic.example")
    desk.comes_back(for_joe)
    google.accepts("maria@clinic.example")
    desk.comes_back(for_maria)

    with app.app_context(), of_every_clinic():
        given = {row.person_id: row.email for row in db.session.query(grants.Grant)}

    assert given == {MARIA: "maria@clinic.example", JOE: "joe@clinic.example"}


def test_a_foreign_host_is_refused(desk: Desk) -> None:
    answer = desk.client.get("/", headers={"Host": "evil.example"})

    assert answer.status_code == 400
    assert "evil.example" not in answer.text


def test_a_foreign_form_for_a_foreign_host_is_refused_without_a_fault(desk: Desk) -> None:
    headers = {"Host": "evil.example", "Sec-Fetch-Site": "cross-site"}
    answer = desk.client.post("/", headers=headers)

    assert (answer.status_code, answer.text) == (400, "This wizard does not answer under that name.\n")


def test_a_method_nobody_takes_is_405(desk: Desk) -> None:
    answer = desk.client.delete("/overview")

    assert answer.status_code == 405
