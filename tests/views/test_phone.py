"""A telephone: step 1 alone, no name asked for, no column and no desk anywhere."""

import pytest
from flask import Flask

from e2e.fake_google import FakeGoogle
from tests import personal
from tests.test_access import VALUES
from tests.views.test_naming import computers
from tests.walking import JOE, MARIA, Desk
from wizard.access import ROUTES, Role


@pytest.fixture
def phone(app: Flask, google: FakeGoogle) -> Desk:
    phone = Desk(app, google)
    phone.post("/", person=str(MARIA), pimsy="no")
    return phone


def connects(phone: Desk) -> None:
    phone.google.world.adds_calendar("maria@clinic.example", "PIMSY Calendar")
    phone.trip(MARIA, "checker", "maria@clinic.example")


def test_the_start_page_asks_a_new_browser(app: Flask, google: FakeGoogle) -> None:
    new = Desk(app, google)
    before = new.client.get("/").text
    begun = new.post("/", person=str(MARIA), pimsy="no", workstation="")

    assert "Is PIMSY used on this computer?" in before
    assert 'name="pimsy" value="no" formnovalidate>No, or it is a phone: step 1 only<' in before
    assert "Open this page inside it." in before
    assert begun.location == f"/setup/{MARIA}/create-calendar"
    assert computers(app) == ["Maria's phone"]
    assert "Is PIMSY used on this computer?" not in new.client.get("/").text


def test_whose_phone_it_is_has_to_be_chosen(app: Flask, google: FakeGoogle) -> None:
    answer = Desk(app, google).post("/", pimsy="no")

    assert answer.status_code == 422
    assert "Choose whose calendar you want to set up" in answer.text
    assert "Give this computer a name" not in answer.text
    assert computers(app) == []


def test_step_1_is_all_there_is_and_then_it_says_so(phone: Desk) -> None:
    before = phone.client.get(f"/setup/{MARIA}")
    connects(phone)
    step = phone.sees(MARIA, "create-calendar")
    goes_on = phone.post(f"/setup/{MARIA}/create-calendar", answer="continue")
    after = phone.client.get(f"/setup/{MARIA}").text

    assert "<h1>Maria Lopez on Maria&#39;s phone: step 1 only</h1>" in before.text
    assert "Continue with step 1" in before.text
    assert "Found PIMSY Calendar in maria@clinic.example." in step
    assert "Sign out of Google" not in step.partition('id="rail"')[2].partition("</nav>")[0]
    assert goes_on.location == f"/setup/{MARIA}/record"
    assert phone.client.get(goes_on.location).location == f"/setup/{MARIA}"
    assert "Done here" in after
    assert "The rest is done at each computer PIMSY is used on." in after
    assert 'value="http://127.0.0.1:5000"' in after


def test_what_was_done_there_counts_at_a_desk(phone: Desk, app: Flask, google: FakeGoogle) -> None:
    connects(phone)
    desk = Desk(app, google, "Front desk 1")

    assert desk.begins().location == f"/setup/{MARIA}/sign-out"
    assert "Done on Maria&#39;s phone" in desk.client.get(f"/setup/{MARIA}").text


def test_every_page_of_a_person_opens_or_leads_back(phone: Desk, app: Flask) -> None:
    connects(phone)
    for rule in app.url_map.iter_rules():
        if (
            "person_id" not in rule.arguments
            or Role.SUPPORT in ROUTES[rule.endpoint]
            or rule.endpoint == "google.connect"
        ):
            continue
        for slug in ("create-calendar", "sign-out", "accept", "no-such-step") if "slug" in rule.arguments else ("",):
            with app.test_request_context():
                values = {**VALUES, "slug": slug}
                address = app.url_for(rule.endpoint, **{name: values[name] for name in rule.arguments})
            for method in (rule.methods or set()) & {"GET", "POST"}:
                answer = phone.client.get(address) if method == "GET" else phone.post(address, answer="continue")
                assert answer.status_code < 500, (method, address)
                if slug in {"sign-out", "accept"}:
                    assert answer.location == f"/setup/{MARIA}", (method, address)


@pytest.mark.parametrize("purpose", ["signed-out", "integration"])
def test_no_trip_of_a_desk_begins_there(phone: Desk, purpose: str) -> None:
    assert phone.client.get(f"/google/connect/{MARIA}/{purpose}").location == f"/setup/{MARIA}"


def test_it_is_no_column_and_no_desk(phone: Desk, app: Flask, google: FakeGoogle) -> None:
    connects(phone)
    Desk(app, google, "Front desk 1").begins(JOE)

    overview = phone.client.get("/overview").text

    assert "phone" not in overview.partition("<table")[2].partition("</table>")[0]
    assert "0 of 4 done." in overview
    assert "step 1 only" in phone.client.get("/account").text


def test_it_is_used_again_by_its_owner_and_belongs_to_one(phone: Desk, app: Flask, google: FakeGoogle) -> None:
    Desk(app, google).post("/", person=str(MARIA), pimsy="no")
    Desk(app, google).post("/", person=str(JOE), pimsy="no")

    assert computers(app) == ["Maria's phone", "Joe's phone"]
    assert phone.client.get("/").status_code == 200


def test_it_is_a_computer_after_all(phone: Desk, app: Flask) -> None:
    page = phone.client.get(f"/setup/{MARIA}").text
    left = phone.post("/not-a-phone")
    start = phone.client.get("/").text
    named = phone.begins()

    assert "PIMSY is used on this computer after all" in page
    assert left.location == "/"
    assert "What is this computer called?" in start
    assert named.location == f"/setup/{MARIA}/create-calendar"
    assert computers(app) == ["Maria's phone", "Front desk 1"]
    assert "of 6" in phone.client.get(f"/setup/{MARIA}").text


def test_a_desk_is_left_what_it_is(app: Flask, google: FakeGoogle) -> None:
    desk = Desk(app, google)
    desk.begins()

    assert desk.post("/not-a-phone").location == "/"
    assert "called <strong>Front desk 1</strong>" in desk.client.get("/").text


def test_a_person_by_her_own_link_does_it_too(app: Flask, google: FakeGoogle) -> None:
    maria = personal.by_link(Desk(app, google), MARIA)
    start = maria.client.get("/").text
    token = start.partition('name="csrf_token" value="')[2].partition('"')[0]

    begun = maria.client.post("/", data={"csrf_token": token, "person": str(MARIA), "pimsy": "no"})

    assert begun.location == f"/setup/{MARIA}/create-calendar"
    assert "step 1 only" in maria.client.get(f"/setup/{MARIA}").text
