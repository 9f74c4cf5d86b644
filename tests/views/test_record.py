"""The record: leaving the desk, tidying up, the report, and taking the checker's permission back."""

from dataclasses import replace

import pytest
from flask import Flask

from e2e.fake_google import FakeGoogle
from tests.walking import JOE, MARIA, SAM, Desk
from wizard.app import create_app
from wizard.config import Settings
from wizard.store import clinics, schema
from wizard.store.database import db

ADDRESS = "maria@clinic.example"
RECORD = f"/setup/{MARIA}/record"


@pytest.fixture
def desk(app: Flask, google: FakeGoogle) -> Desk:
    """A desk at which Maria is proven, a minute ago."""
    desk = Desk(app, google)
    desk.proves()
    google.world.clock.advance(60)
    return desk


def record(desk: Desk) -> str:
    answer = desk.client.get(RECORD)
    assert answer.status_code == 200, (answer.status_code, answer.location)
    return answer.text


def checks_from_the_record(desk: Desk) -> str:
    answer = desk.client.get(f"/google/connect/{MARIA}/signed-out?from=record")
    return desk.comes_back(answer.location).location


# ── before you leave this desk ───────────────────────────────────────────────────────────────────────────────────────


def test_the_record_asks_first_to_sign_out_of_google(desk: Desk) -> None:
    page = record(desk)

    assert page.index("Before you leave this desk: sign out of Google") < page.index("<h1>")
    assert "Maria is still signed in to Google here." in page
    assert "card 46" in page
    assert "Google still open here" in desk.client.get("/overview").text


def test_the_sign_out_is_checked_from_the_record_like_step_2(desk: Desk) -> None:
    still = checks_from_the_record(desk)
    page_still = record(desk)
    desk.google.world.clock.advance(5)
    desk.signs_out_of_google()
    out = checks_from_the_record(desk)
    page = record(desk)

    assert still == out == RECORD
    assert "maria@clinic.example is still signed in to Google here." in page_still
    assert "Before you leave" not in page
    assert "maria@clinic.example is signed out of Google on this computer" in page
    assert "6 of 6" in desk.client.get(f"/setup/{MARIA}").text
    assert "Google still open here" not in desk.client.get("/overview").text


def test_the_sign_out_before_the_next_person_shows_nothing_of_the_one_before(desk: Desk, google: FakeGoogle) -> None:
    """Google's refusal is about the account asked after; her own is one more question."""
    google.world.adds_calendar("joe@clinic.example", "PIMSY Calendar")
    desk.begins(JOE)
    desk.trip(JOE, "checker", "joe@clinic.example")
    google.world.clock.advance(5)

    desk.signs_out(JOE)
    after_his = record(desk)
    desk.comes_back(desk.client.get(f"/google/connect/{MARIA}/signed-out?from=record").location)

    assert "Maria may still be signed in to Google here." in after_his
    assert "Before you leave" not in record(desk)


def test_a_computer_of_one_s_own_asks_nothing(desk: Desk) -> None:
    back = desk.post(f"{RECORD}/own-computer")

    assert back.location == RECORD
    assert "Before you leave" not in record(desk)
    assert "Google still open here" not in desk.client.get("/overview").text


# ── the record ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_record_says_who_saw_what_and_in_which_account(desk: Desk) -> None:
    page = record(desk)

    for words in (
        "Calendar Sync Checker, a permission that cannot write",
        "Google&#39;s refusal to sign this browser in",
        "the Stand-in",
        "A Workspace account of clinic.example.",
        "Your clinic says that it accepted Google's agreement for health data (BAA). It covers this account.",
        "As it stood on Monday Nov 23, 10:0",
        "See it on your phone",
        "Maple Clinic, Maria Lopez on Front desk 1, Monday Nov 23, 10:0",
        "<strong>Joe Hale</strong> is next at this computer: 5 left, next: Create the calendar in Google.",
    ):
        assert words in page


@pytest.mark.parametrize(
    ("agreement", "words"),
    [
        ("yes", "It covers this account."),
        ("no", "no client data must stand in this calendar yet."),
        ("not known", "Until somebody knows, no client data must stand in this calendar."),
    ],
)
def test_step_1_and_the_record_say_what_the_account_means_for_client_data(
    app: Flask, desk: Desk, agreement: str, words: str
) -> None:
    with app.app_context():
        clinic = clinics.first()
        assert clinic is not None
        clinic.agreement = agreement
        db.session.commit()

    assert words in desk.sees(MARIA, "create-calendar")
    assert words in record(desk)


def test_a_free_account_is_covered_by_no_agreement(app: Flask, google: FakeGoogle) -> None:
    desk = Desk(app, google)
    desk.begins(SAM)
    google.world.adds_calendar("frontdesk@gmail.example", "PIMSY Calendar")
    desk.trip(SAM, "checker", "frontdesk@gmail.example")
    desk.post(f"/setup/{SAM}/create-calendar", answer="yes")

    assert "covers no free account." in desk.sees(SAM, "create-calendar")


def test_the_test_appointment_is_cancelled_from_the_record_and_watched_until_it_is_gone(
    desk: Desk, google: FakeGoogle
) -> None:
    desk.post(f"{RECORD}/cancel")
    going = record(desk)
    desk.turns_background()
    google.world.clock.advance(5)
    desk.post(f"{RECORD}/look", now="1")
    gone = record(desk)

    assert "We watch it go from Google." in going
    assert 'hx-trigger="submit, every 3s' in going
    assert "Gone from Google 10:0" in gone
    assert "The proof stands." in gone
    assert "is set up on Front desk 1" in gone
    assert google.world.events_in(ADDRESS, "PIMSY Calendar") == []


def test_looking_whether_it_is_gone_is_quiet_while_nothing_changes(desk: Desk, google: FakeGoogle) -> None:
    desk.post(f"{RECORD}/cancel")
    headers = {"HX-Request": "true", "HX-Request-Type": "partial", "HX-Source": "form#tidy"}
    seen = record(desk).split('id="tidy"')[1].split('name="seen" value="')[1].split('"')[0]

    quiet = desk.client.post(f"{RECORD}/look", data={"csrf_token": desk.token(), "seen": seen}, headers=headers)
    desk.turns_background()
    google.world.clock.advance(5)
    told = desk.client.post(f"{RECORD}/look", data={"csrf_token": desk.token(), "seen": seen}, headers=headers)

    assert (quiet.status_code, told.status_code) == (204, 200)
    assert "Gone from Google" in told.text
    assert "hx-trigger" not in told.text
    assert "<html" not in told.text


def test_what_is_not_proven_has_no_record_to_cancel_from(app: Flask, google: FakeGoogle) -> None:
    desk = Desk(app, google)
    desk.begins()

    assert desk.post(f"{RECORD}/cancel").status_code == 404
    assert desk.client.get(RECORD).location == f"/setup/{MARIA}"


# ── stop: remove the checker ─────────────────────────────────────────────────────────────────────────────────────────


def test_removing_the_checker_ends_it_at_google_and_keeps_what_was_seen(desk: Desk, google: FakeGoogle) -> None:
    asked = desk.client.get(f"/setup/{MARIA}/remove-checker").text

    back = desk.post(f"/setup/{MARIA}/remove-checker")
    hub = desk.client.get(f"/setup/{MARIA}").text

    assert "What ends with it" in asked
    assert back.location == f"/setup/{MARIA}"
    assert [call.status for call in google.world.calls("revoke")] == [200]
    assert "5 of 6" in hub
    assert "Open the record" in hub
    assert "The checker was removed at" in record(desk)


def test_appointments_go_on_without_the_checker(desk: Desk, google: FakeGoogle) -> None:
    desk.post(f"/setup/{MARIA}/remove-checker")

    desk.post(f"{RECORD}/cancel")
    desk.turns_background()

    assert google.world.events_in(ADDRESS, "PIMSY Calendar") == []


def test_while_google_is_silent_nothing_is_removed_and_the_page_says_so(desk: Desk, google: FakeGoogle) -> None:
    google.goes_silent()

    answer = desk.post(f"/setup/{MARIA}/remove-checker")

    assert answer.status_code == 503
    assert "Nothing was removed and nothing is lost" in answer.text
    assert "6 of 6" in desk.client.get(f"/setup/{MARIA}").text


def test_connecting_again_looks_again(desk: Desk, google: FakeGoogle) -> None:
    desk.post(f"/setup/{MARIA}/remove-checker")
    google.world.clock.advance(5)

    desk.trip(MARIA, "checker", ADDRESS)

    assert "6 of 6" in desk.client.get(f"/setup/{MARIA}").text


def test_a_second_press_removes_nothing_twice(desk: Desk, google: FakeGoogle) -> None:
    desk.post(f"/setup/{MARIA}/remove-checker")
    desk.post(f"/setup/{MARIA}/remove-checker")

    assert len(google.world.calls("revoke")) == 1
    assert "There is nothing to remove." in desk.client.get(f"/setup/{MARIA}/remove-checker").text


def test_with_one_project_the_page_says_that_both_end(settings: Settings, google: FakeGoogle) -> None:
    app = create_app(replace(settings, integration=settings.checker), google.world.now)
    desk = Desk(app, google)
    desk.proves()

    asked = desk.client.get(f"/setup/{MARIA}/remove-checker").text
    desk.post(f"/setup/{MARIA}/remove-checker")

    assert "ends with it</strong>: Google removes both at once." in asked
    assert "was removed at Google." in desk.client.get(f"/setup/{MARIA}").text
    with app.app_context():
        schema.close()
