"""What waits for Google, over all people: who, since when, why, when next; and the overview's word about it."""

import re
from datetime import timedelta
from html import unescape

import pytest
from flask import Flask

from e2e.fake_google import FakeGoogle
from tests.views.test_errors_of_the_writing import at_step_6
from tests.views.test_queries import counted
from tests.walking import Desk
from wizard.store import clinics, deliveries, people
from wizard.store.appointments import Appointment
from wizard.store.database import db, of_clinic

CLIENT = "Test Client"


def words(desk: Desk, address: str = "/overview/waiting") -> str:
    page = desk.client.get(address).text
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page.partition("<main")[2])).split())


@pytest.fixture
def stuck(app: Flask, google: FakeGoogle) -> Desk:
    """Maria's test appointment met a silent Google at 10:00-something."""
    desk = at_step_6(app, google)
    google.goes_silent()
    desk.turns_background()
    return desk


def test_the_page_says_who_waits_since_when_and_when_it_is_tried_again(stuck: Desk) -> None:
    said = words(stuck)

    assert "1 appointment waits. Nothing is lost: it is tried again by itself." in said
    assert re.search(
        r"Maria Lopez 1 appointment since 10:0\d AM Waiting for Google since 10:0\d, next try within a minute\.", said
    )
    assert CLIENT not in said
    assert "T.C." not in said


def test_the_overview_counts_it_and_leads_there(stuck: Desk) -> None:
    page = stuck.client.get("/overview").text

    assert '<a href="/overview/waiting">1 appointment waits for Google</a>.' in page


def test_her_hub_says_so_and_leads_to_her_calendar(stuck: Desk) -> None:
    before = "1 appointment waits for Google."

    assert f"{before} My SAL Calendar says since when, and when it is tried again" in words(stuck, "/setup/1")
    assert before not in words(stuck, "/setup/2")


def test_after_four_hours_the_overview_says_since_when(stuck: Desk, google: FakeGoogle) -> None:
    google.world.clock.advance(timedelta(hours=4, minutes=1).total_seconds())

    assert re.search(r"1 appointment waits for Google , the first of them since 10:0\d AM", words(stuck, "/overview"))


def test_what_waits_for_weeks_says_since_which_day(stuck: Desk, google: FakeGoogle) -> None:
    google.world.clock.advance(timedelta(days=20).total_seconds())

    assert re.search(r"the first of them since 11/23, 10:0\d AM\.", words(stuck, "/overview"))
    assert re.search(
        r"Maria Lopez 1 appointment since 11/23, 10:0\d AM Waiting for Google since 11/23, 10:0\d AM", words(stuck)
    )


@pytest.mark.parametrize("address", ["/overview/waiting/try", "/overview/waiting/try/1"])
def test_what_is_tried_at_once_is_gone_when_google_answers(stuck: Desk, google: FakeGoogle, address: str) -> None:
    google.answers_again()

    stuck.post(address)
    stuck.turns_background()

    assert "Nothing waits." in words(stuck)
    assert "Google took it" not in words(stuck, "/overview/waiting?tried=1")  # it may have been cancelled instead
    assert "wait" not in words(stuck, "/overview").partition("Who is set up")[2].partition("System setting")[0]


def test_what_nobody_can_try_has_no_button_of_its_own(app: Flask, google: FakeGoogle) -> None:
    desk = at_step_6(app, google)
    google.world.removes_permission("maria@clinic.example", "integration")
    desk.turns_background()

    page = desk.client.get("/overview/waiting").text
    desk.post("/overview/waiting/try")  # of a page that was shown before

    assert "Held: the permission was removed at Google. Maria accepts once more on this computer." in words(desk)
    assert "Try now: Maria Lopez" not in page
    assert "Try everything now" not in page
    assert "1 appointment waits. Nothing is lost: it goes out when what stands beside it is done." in words(desk)
    assert "tried again by itself" not in words(desk)
    assert "It is tried now" not in words(desk, "/overview/waiting?tried=1")


def test_it_costs_the_same_for_more_people(stuck: Desk, app: Flask) -> None:
    with counted(app) as before:
        stuck.client.get("/overview/waiting")
    _more_wait(app)

    with counted(app) as after:
        said = words(stuck)

    assert "21 appointments wait." in said
    assert len(after) == len(before)


def _more_wait(app: Flask) -> None:
    with app.app_context():
        clinic = clinics.first()
        assert clinic is not None
        with of_clinic(clinic.id):
            first = deliveries.stuck()[0]
            like = db.session.get_one(Appointment, first.appointment_id)
            for number in range(20):
                who = people.Person(name=f"Person {number}")
                db.session.add(who)
                db.session.flush()
                appointment = Appointment(
                    person_id=who.id,
                    workstation_id=like.workstation_id,
                    client_id=like.client_id,
                    starts_at=like.starts_at,
                    zone_name=like.zone_name,
                    minutes=10,
                    booked_at=like.booked_at,
                    changed_at=like.changed_at,
                )
                db.session.add(appointment)
                db.session.flush()
                row = deliveries.add(appointment, like.booked_at)
                row.reason, row.failing_since = "GOOGLE-BUSY", like.booked_at
            db.session.commit()
