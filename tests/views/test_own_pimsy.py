"""Steps 3 to 6 with the clinic's own PIMSY: what their pages say to do, and what becomes of each answer."""

import re
from datetime import timedelta

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from e2e.fake_google import FakeGoogle
from tests.own_pimsy import MARIAS, SLOT, OwnDesk, opens_clinic, writes
from wizard.store import answers, clinics, slots
from wizard.store.answers import Answer
from wizard.store.database import db, of_clinic, of_every_clinic


@pytest.fixture
def ids(app: Flask) -> dict[str, int]:
    return opens_clinic(app)


@pytest.fixture
def maria(ids: dict[str, int]) -> int:
    return ids["Maria Lopez"]


@pytest.fixture
def desk(app: Flask, google: FakeGoogle, maria: int) -> OwnDesk:
    """Steps 1 and 2 are done."""
    desk = OwnDesk(app, google)
    desk.creates_calendar(maria)
    return desk


def at_step_5(desk: OwnDesk, maria: int) -> None:
    desk.tells(maria, "enable-setting", "saved")
    desk.tells(maria, "personnel-folder", "saved")


def kept(app: Flask, person: int) -> list[Answer]:
    with app.app_context(), of_every_clinic():
        return answers.standing([person])


def test_no_page_of_it_calls_anything_a_stand_in(desk: OwnDesk, maria: int) -> None:
    at_step_5(desk, maria)

    for slug in ("create-calendar", "enable-setting", "personnel-folder", "test-appointment"):
        assert "Stand-in for PIMSY" not in desk.sees(maria, slug)


def test_step_3_leads_to_the_row_and_its_answer_leads_on(app: Flask, desk: OwnDesk, maria: int) -> None:
    page = desk.sees(maria, "enable-setting")
    answer = desk.tells(maria, "enable-setting", "saved")

    for words in ("Log into PIMSY as an administrator", "System Settings", "-233", "Save", "I have saved it"):
        assert words in page
    assert answer.location.endswith("/personnel-folder")
    assert [(one.kind, one.slug, one.workstation_id) for one in kept(app, maria)] == [("said", "enable-setting", None)]
    assert "you said it is done" in desk.sees(maria, "enable-setting")
    assert "I have saved it" not in desk.sees(maria, "enable-setting")


def test_step_4_names_the_account_and_says_what_about_a_password(desk: OwnDesk, maria: int) -> None:
    page = desk.sees(maria, "personnel-folder")

    assert f'value="{MARIAS}" readonly' in page
    assert "Leave it empty, and remove a password that is there" in page


def test_a_password_that_pimsy_wants_is_a_card_and_the_next_person_comes(app: Flask, desk: OwnDesk, maria: int) -> None:
    desk.tells(maria, "personnel-folder", "password")
    page = desk.sees(maria, "personnel-folder")
    overview = desk.client.get("/overview").text
    desk.tells(maria, "personnel-folder", "saved")

    assert "PIMSY wants a Google password before it saves." in page
    assert "card 22" in page
    assert "Go on with the next person" in page
    assert "PIMSY wants a Google password before it saves." in overview
    assert [(one.kind, one.slug) for one in kept(app, maria)] == [("said", "personnel-folder")]


def test_who_has_no_administration_menu_tells_dana_and_dana_sees_it(desk: OwnDesk, maria: int) -> None:
    before = desk.client.get("/overview").text
    desk.tells(maria, "enable-setting", "tell")
    page, overview = desk.sees(maria, "enable-setting"), desk.client.get("/overview").text
    desk.tells(maria, "enable-setting", "saved")

    assert "Tell Dana" not in page
    assert "It stands on Dana's overview now." in page
    asked = "Maria Lopez has no Administration menu"
    assert asked not in before
    assert asked in overview
    assert f'href="/setup/{maria}/enable-setting"' in overview
    assert asked not in desk.client.get("/overview").text


def test_step_5_says_whose_appointment_for_whom_and_when(desk: OwnDesk, maria: int) -> None:
    at_step_5(desk, maria)
    page = desk.sees(maria, "test-appointment")

    assert "User: <strong>Maria Lopez</strong> (not you)" in page
    assert "never a real one" in page
    assert "Tuesday Nov 24, 6:10 AM, 10 minutes" in page
    assert "Did a Google page open?" in page


@pytest.mark.parametrize(
    ("answer", "words"), [("booked", "Waiting for the 6:10"), ("no-page", "No Google page opened.")]
)
def test_both_ways_of_having_booked_lead_to_step_6(desk: OwnDesk, maria: int, answer: str, words: str) -> None:
    at_step_5(desk, maria)

    assert desk.tells(maria, "test-appointment", answer).location.endswith("/accept")
    assert words in desk.sees(maria, "accept")


def test_a_page_found_behind_pimsy_s_window_takes_the_card_away(desk: OwnDesk, maria: int) -> None:
    at_step_5(desk, maria)
    desk.tells(maria, "test-appointment", "no-page")
    desk.tells(maria, "accept", "page-open")

    assert "No Google page opened." not in desk.sees(maria, "accept")


def test_what_was_said_too_soon_is_said_anew_at_step_5(desk: OwnDesk, maria: int) -> None:
    at_step_5(desk, maria)
    desk.tells(maria, "test-appointment", "booked")
    said = desk.sees(maria, "test-appointment")
    desk.tells(maria, "test-appointment", "no-page")
    again = desk.sees(maria, "test-appointment")

    assert "Was it different?" in said
    assert f'href="/setup/{maria}/test-appointment/time"' in said
    assert 'value="no-page"' in said
    assert "No Google page opened." in desk.sees(maria, "accept")
    assert 'value="no-page"' not in again, "it is said already"


def test_without_a_page_it_is_looked_for_all_the_same(desk: OwnDesk, google: FakeGoogle, maria: int) -> None:
    at_step_5(desk, maria)
    google.world.clock.advance(5)
    desk.tells(maria, "test-appointment", "no-page")
    writes(google)

    assert "It arrived without a new permission: PIMSY already had one." in desk.looks(maria)


def test_step_6_leads_to_no_page_of_ours_at_google(desk: OwnDesk, maria: int) -> None:
    at_step_5(desk, maria)
    desk.tells(maria, "test-appointment", "booked")

    assert f"/google/connect/{maria}/integration" not in desk.sees(maria, "accept")
    assert desk.client.get(f"/google/connect/{maria}/integration").status_code == 404


@pytest.mark.parametrize(
    ("kind", "words"), [("portal", "a new tab of the browser your Portal is in"), ("desktop", "default browser")]
)
def test_where_google_s_page_opens_depends_on_which_pimsy_it_is(
    app: Flask, desk: OwnDesk, maria: int, kind: str, words: str
) -> None:
    with app.app_context():
        clinic = clinics.newest()
        assert clinic is not None
        clinic.pimsy_kind = kind
        db.session.commit()
    at_step_5(desk, maria)

    assert words in desk.sees(maria, "test-appointment")


@pytest.mark.parametrize(
    ("slug", "answer"),
    [
        ("create-calendar", "saved"),
        ("test-appointment", "saved"),
        ("enable-setting", "password"),
        ("enable-setting", "booked"),
        ("personnel-folder", "no-page"),
        ("sign-out", "tell"),
        ("personnel-folder", "look-elsewhere"),
        ("test-appointment", "page-open"),
    ],
)
def test_an_answer_belongs_to_its_step(app: Flask, desk: OwnDesk, maria: int, slug: str, answer: str) -> None:
    at_step_5(desk, maria)
    before = len(kept(app, maria))

    assert desk.tells(maria, slug, answer).status_code == 400
    assert len(kept(app, maria)) == before


# ── the time that was booked instead ─────────────────────────────────────────────────────────────────────────────────


def types(desk: OwnDesk, person: int, day: str, time: str, answer: str = "booked") -> TestResponse:
    return desk.post(f"/setup/{person}/test-appointment/time", day=day, time=time, answer=answer)


def test_another_time_is_taken_and_looked_for(desk: OwnDesk, google: FakeGoogle, maria: int) -> None:
    at_step_5(desk, maria)
    google.world.clock.advance(5)
    event = writes(google, starts_at=SLOT + timedelta(minutes=95))
    google.world.clock.advance(5)

    answer = types(desk, maria, "2026-11-24", "07:45")

    assert answer.location.endswith("/accept")
    assert "arrived at" in desk.looks(maria), (
        "it was written before its time was typed here, and since the first was given"
    )
    assert event["id"] not in desk.sees(maria, "accept")
    assert "Booked for Tuesday Nov 24, 7:45 AM." in desk.sees(maria, "test-appointment")
    assert "the day shows one appointment at 7:45 AM." in desk.client.get(f"/setup/{maria}/record").text


def test_the_test_time_itself_may_be_typed(app: Flask, desk: OwnDesk, maria: int) -> None:
    at_step_5(desk, maria)
    types(desk, maria, "2026-11-24", "6:10 AM", "no-page")

    assert "No Google page opened." in desk.sees(maria, "accept")
    with app.app_context(), of_every_clinic():
        assert len(slots.of_people([maria])) == 1


@pytest.mark.parametrize(
    ("day", "time", "problem"),
    [
        ("", "07:45", "Type the day as in 2026-11-24"),
        ("2026-11-24", "", "Type the time as in 6:10 AM"),
        ("2026-11-24", "25:00", "Type the time as in 6:10 AM"),
        ("2026-11-22", "07:45", "Choose a day that has not passed"),
        ("2026-11-23", "09:00", "It is 10:00 AM already. Choose a later time"),
        ("2029-11-24", "07:45", "Choose a day within the next two years"),
        ("2027-03-14", "02:30", "the clocks skip 2:30 AM"),
        ("2026-11-24", "06:20", "Tuesday Nov 24, 6:20 AM belongs to Front desk 2."),
    ],
)
def test_a_time_that_cannot_be_is_said_at_its_field(
    app: Flask, desk: OwnDesk, google: FakeGoogle, maria: int, day: str, time: str, problem: str
) -> None:
    at_step_5(desk, maria)
    OwnDesk(app, google, "Front desk 2").begins(maria)

    answer = types(desk, maria, day, time)

    assert answer.status_code == 422
    assert "<title>Error: The time you booked</title>" in answer.text
    assert problem in re.sub(r"&#39;", "'", answer.text)
    assert "you said it is done" not in desk.sees(maria, "test-appointment")
    with app.app_context(), of_every_clinic():
        assert len(slots.of_people([maria])) == 2


def test_a_test_time_that_is_used_up_is_none_any_more(desk: OwnDesk, maria: int) -> None:
    at_step_5(desk, maria)
    desk.tells(maria, "test-appointment", "again")

    assert "was a test time before and is used up" in types(desk, maria, "2026-11-24", "06:10").text


def test_no_time_is_typed_in_place_of_one_that_has_passed(
    app: Flask, desk: OwnDesk, google: FakeGoogle, maria: int
) -> None:
    """What was written since a time of long ago was given, and before this press, is somebody's real appointment."""
    at_step_5(desk, maria)
    google.world.clock.advance(5)
    writes(google, starts_at=SLOT + timedelta(days=2, hours=2))
    google.world.clock.advance(26 * 60 * 60)
    desk.signs_out(maria)

    shown = desk.client.get(f"/setup/{maria}/test-appointment/time")
    answer = types(desk, maria, "2026-11-26", "08:10")

    assert shown.location == answer.location == f"/setup/{maria}/test-appointment"
    assert "Get a new test time" in desk.sees(maria, "test-appointment")
    with app.app_context(), of_every_clinic():
        assert len(slots.of_people([maria])) == 1


def test_the_form_is_there_when_step_5_is(app: Flask, desk: OwnDesk, ids: dict[str, int], maria: int) -> None:
    address = f"/setup/{maria}/test-appointment/time"
    assert desk.client.get(address).status_code == 303
    assert types(desk, maria, "2026-11-24", "07:45").status_code == 400
    at_step_5(desk, maria)
    assert "The time you booked" in desk.client.get(address).text

    with app.app_context(), of_clinic(2):
        clinics.present().practice = "builtin"
        db.session.commit()
    assert desk.client.get(address).status_code == 404


def test_a_wrong_time_that_pimsy_insisted_on_may_be_made_the_test_time(
    desk: OwnDesk, google: FakeGoogle, maria: int
) -> None:
    at_step_5(desk, maria)
    google.world.clock.advance(5)
    desk.tells(maria, "test-appointment", "booked")
    writes(google, starts_at=SLOT + timedelta(minutes=20))
    page = desk.looks(maria)
    types(desk, maria, "2026-11-24", "06:30")

    assert "An appointment arrived at 6:30, not 6:10." in page
    assert f'href="/setup/{maria}/test-appointment/time"' in page
    assert "arrived at" in desk.looks(maria)


def test_a_test_time_that_passed_is_neither_booked_nor_looked_for(
    app: Flask, desk: OwnDesk, google: FakeGoogle, maria: int
) -> None:
    at_step_5(desk, maria)
    google.world.clock.advance(22 * 3600)
    desk.signs_out(maria)

    answer = desk.tells(maria, "test-appointment", "booked")

    assert answer.location.endswith("/test-appointment")
    assert "The test time of this computer has passed." in desk.sees(maria, "test-appointment")
    assert "test-appointment" not in {one.slug for one in kept(app, maria)}


def test_nobody_looks_elsewhere_for_a_test_whose_time_has_passed(desk: OwnDesk, google: FakeGoogle, maria: int) -> None:
    at_step_5(desk, maria)
    desk.tells(maria, "test-appointment", "booked")
    google.world.clock.advance(22 * 3600)
    desk.signs_out(maria)
    google.world.log.entries.clear()

    desk.tells(maria, "accept", "look-elsewhere")

    assert google.world.calls("events.list") == []
