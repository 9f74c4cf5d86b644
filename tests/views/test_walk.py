"""The whole way by plain HTTP, as a browser without JavaScript goes it: what each step says once it was seen."""

import pytest
from flask import Flask

from e2e.fake_google import FakeGoogle
from tests.walking import JOE, MARIA, SAM, Desk


@pytest.fixture
def desk(app: Flask, google: FakeGoogle) -> Desk:
    return Desk(app, google)


@pytest.mark.over_every_database
def test_every_step_is_verified_at_the_first_desk(desk: Desk, google: FakeGoogle) -> None:
    desk.proves()

    hub = desk.client.get(f"/setup/{MARIA}").text
    record = desk.client.get(f"/setup/{MARIA}/record").text

    assert "Maria Lopez on Front desk 1: 6 of 6" in hub
    assert "Maria Lopez is set up on Front desk 1" in record
    assert [event["summary"] for event in google.world.events_in("maria@clinic.example", "PIMSY Calendar")] == [
        "PIMSY sync test"
    ]


def test_the_second_desk_asks_for_three_steps_and_is_not_proven_by_the_first(
    app: Flask, desk: Desk, google: FakeGoogle
) -> None:
    desk.proves()
    second = Desk(app, google, "Front desk 2")

    begun = second.begins()
    hub = second.client.get(f"/setup/{MARIA}").text

    assert begun.location == f"/setup/{MARIA}/sign-out"
    assert "Maria Lopez on Front desk 2: 3 of 6" in hub


def test_another_person_at_the_same_desk_leaves_the_first_proven(desk: Desk) -> None:
    desk.proves()
    desk.proves(JOE, "joe@clinic.example")

    assert "Maria Lopez on Front desk 1: 6 of 6" in desk.client.get(f"/setup/{MARIA}").text
    assert "Joe Hale on Front desk 1: 6 of 6" in desk.client.get(f"/setup/{JOE}").text


def test_nothing_is_kept_of_a_wrong_account(desk: Desk, google: FakeGoogle) -> None:
    desk.begins()
    desk.trip(MARIA, "checker", "frontdesk@gmail.example")

    page = desk.sees(MARIA, "create-calendar")

    assert "frontdesk@gmail.example" in page
    assert "maria@clinic.example" in page
    assert "card 08" in page
    assert google.world.calls("calendarList.list") == []
    assert [call.status for call in google.world.calls("revoke")] == [200]


def test_an_account_nobody_entered_is_asked_about_before_anything_is_kept(desk: Desk, google: FakeGoogle) -> None:
    desk.begins(SAM)
    google.world.adds_calendar("sam@clinic.example", "PIMSY Calendar")
    desk.trip(SAM, "checker", "sam@clinic.example")
    asked = desk.sees(SAM, "create-calendar")
    before = len(google.world.calls("calendarList.list"))

    desk.post(f"/setup/{SAM}/create-calendar", answer="yes")
    kept = desk.sees(SAM, "create-calendar")

    assert "Appointments will go to sam@clinic.example. Right?" in asked
    assert before == 0
    assert "Found PIMSY Calendar in sam@clinic.example." in kept


def test_another_account_is_chosen_instead_of_the_one_asked_about(desk: Desk, google: FakeGoogle) -> None:
    desk.begins(SAM)
    desk.trip(SAM, "checker", "frontdesk@gmail.example")

    desk.post(f"/setup/{SAM}/create-calendar", answer="another")
    page = desk.sees(SAM, "create-calendar")

    assert "Right?" not in page
    assert "Connect the checker" in page
    assert [call.status for call in google.world.calls("revoke")] == [200]


def test_a_colleague_s_account_is_refused_by_name_and_stays_hers(desk: Desk, google: FakeGoogle) -> None:
    desk.creates_calendar()
    desk.begins(SAM)
    desk.trip(SAM, "checker", "maria@clinic.example")

    page = desk.sees(SAM, "create-calendar")

    assert "Maria Lopez" in page
    assert google.world.calls("revoke") == []


def test_a_removed_permission_is_repaired_desk_by_desk(app: Flask, desk: Desk, google: FakeGoogle) -> None:
    desk.proves()
    second = Desk(app, google, "Front desk 2")
    second.begins()
    second.signs_out()
    second.books()
    second.accepts()
    second.turns_background()
    second.check(MARIA, "accept", now="1")
    assert "6 of 6" in second.client.get(f"/setup/{MARIA}").text

    google.world.removes_permission("maria@clinic.example", "integration")
    desk.post(f"/setup/{MARIA}/fix")
    first_after, second_after = (who.client.get(f"/setup/{MARIA}").text for who in (desk, second))

    assert "3 of 6" in first_after
    assert "3 of 6" in second_after

    google.world.clock.advance(60)
    desk.signs_out()
    desk.post(f"/setup/{MARIA}/test-appointment", answer="again")
    desk.books()
    desk.accepts()
    desk.turns_background()
    desk.check(MARIA, "accept", now="1")

    assert "6 of 6" in desk.client.get(f"/setup/{MARIA}").text
    assert "3 of 6" in second.client.get(f"/setup/{MARIA}").text


def test_tidying_the_test_appointment_away_undoes_nothing(desk: Desk, google: FakeGoogle) -> None:
    desk.proves()

    desk.post(f"/practice/calendar/{MARIA}/appointments/1/cancel")
    desk.turns_background()
    google.world.clock.advance(30)
    desk.check(MARIA, "accept", now="1")

    assert google.world.events_in("maria@clinic.example", "PIMSY Calendar") == []
    assert "6 of 6" in desk.client.get(f"/setup/{MARIA}").text


def test_what_waited_for_a_calendar_goes_out_when_a_new_one_is_seen(desk: Desk, google: FakeGoogle) -> None:
    desk.creates_calendar()
    desk.prepares_practice()
    desk.books()
    google.world.deletes_calendar("maria@clinic.example", "PIMSY Calendar")
    desk.accepts()
    desk.turns_background()
    google.world.adds_calendar("maria@clinic.example", "PIMSY Calendar")
    google.world.clock.advance(4)
    desk.check(MARIA, "create-calendar", now="1")

    turned = desk.turns_background()

    assert turned == 1
    assert len(google.world.events_in("maria@clinic.example", "PIMSY Calendar")) == 1
