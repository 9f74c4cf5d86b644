"""The short roads and the record with the clinic's own PIMSY."""

import pytest
from flask import Flask

from e2e.fake_google import FakeGoogle
from tests.own_pimsy import MARIAS, OwnDesk, opens_clinic, writes

PIMSY = "PIMSY Calendar"


@pytest.fixture
def maria(app: Flask) -> int:
    return opens_clinic(app)["Maria Lopez"]


@pytest.fixture
def desk(app: Flask, google: FakeGoogle, maria: int) -> OwnDesk:
    google.world.adds_calendar(MARIAS, PIMSY)
    return OwnDesk(app, google)


def test_connect_book_read_proves_all_but_the_sign_out(desk: OwnDesk, google: FakeGoogle, maria: int) -> None:
    desk.post("/", person=str(maria), workstation=desk.name, road="just check")
    first = desk.sees(maria, "create-calendar")
    desk.trip(maria, "checker", MARIAS)
    on = desk.post(f"/setup/{maria}/create-calendar", answer="continue")
    setting = desk.sees(maria, "enable-setting")
    google.world.clock.advance(5)
    desk.tells(maria, "test-appointment", "no-page")
    writes(google)
    arrived = desk.looks(maria)
    hub = desk.client.get(f"/setup/{maria}").text
    record = desk.client.get(f"/setup/{maria}/record").text

    assert "Google asks twice" not in first, "PIMSY's permission is there already"
    assert on.location == f"/setup/{maria}/test-appointment"
    assert 'Not checked</span> <span class="status__line">– not needed here' in setting
    assert "It arrived without a new permission" in arrived
    assert "5 of 6" in hub
    assert "proved by the appointment of 6:10" in record
    assert "You only check what works already, so nobody has to sign out of Google." in record


def test_who_just_checks_is_asked_for_no_folder_that_pimsy_would_not_save(desk: OwnDesk, maria: int) -> None:
    desk.post("/", person=str(maria), workstation=desk.name)
    desk.tells(maria, "personnel-folder", "password")
    assert "FOLDER-PASSWORD" in desk.sees(maria, "personnel-folder")

    desk.post("/", person=str(maria), workstation=desk.name, same="1", road="just check")
    folder = desk.sees(maria, "personnel-folder")

    assert 'Not checked</span> <span class="status__line">– not needed here' in folder


def test_all_six_read_that_the_person_said_so(desk: OwnDesk, google: FakeGoogle, maria: int) -> None:
    desk.begins(maria)
    desk.post(f"/setup/{maria}/without-checker")
    for slug, answer in (
        ("create-calendar", "said"),
        ("sign-out", "said"),
        ("enable-setting", "saved"),
        ("personnel-folder", "saved"),
        ("test-appointment", "booked"),
    ):
        assert desk.tells(maria, slug, answer).status_code == 303
    asked = desk.sees(maria, "accept")
    done = desk.tells(maria, "accept", "said")
    record = desk.client.get(f"/setup/{maria}/record").text

    assert "Open Google Calendar. Is it there, Tuesday Nov 24, 6:10 AM?" in asked
    assert "Yes, I see it" in asked
    assert done.location == f"/setup/{maria}/record"
    assert record.count("– you said it is done") == 6
    assert "Verified</span>" not in record
    assert google.world.calls("calendarList.list") == google.world.calls("events.list") == []
    assert "you said it is done" in desk.client.get("/overview").text


def test_without_the_checker_no_page_calls_pimsy_a_stand_in(desk: OwnDesk, maria: int) -> None:
    desk.begins(maria)

    page = desk.client.get(f"/setup/{maria}/without-checker").text

    assert "All six steps read" in page
    assert "Stand-in for PIMSY" not in page


def test_what_the_person_does_not_see_comes_with_whose_appointment_is_it_first(desk: OwnDesk, maria: int) -> None:
    desk.begins(maria)
    desk.post(f"/setup/{maria}/without-checker")
    for slug, answer in (
        ("create-calendar", "said"),
        ("sign-out", "said"),
        ("enable-setting", "saved"),
        ("personnel-folder", "saved"),
        ("test-appointment", "booked"),
    ):
        desk.tells(maria, slug, answer)

    desk.tells(maria, "accept", "not there")
    card = desk.sees(maria, "accept")

    assert "You do not see the 6:10 appointment in Google Calendar." in card
    assert "Whose appointment is it? It must be Maria" in card
    assert "I see it now" in card
    assert "Check now" not in card
    assert "The look in the main calendar" not in card, "nobody looks, so no look is told of"
    assert "for the second time today" not in card, "Google did not ask for the checker"


def test_no_page_is_a_card_with_its_cures_also_where_nobody_looks(desk: OwnDesk, maria: int) -> None:
    desk.begins(maria)
    desk.post(f"/setup/{maria}/without-checker")
    for slug, answer in (
        ("create-calendar", "said"),
        ("sign-out", "said"),
        ("enable-setting", "saved"),
        ("personnel-folder", "saved"),
        ("test-appointment", "no-page"),
    ):
        desk.tells(maria, slug, answer)

    card = desk.sees(maria, "accept")
    fix = desk.client.get(f"/setup/{maria}/fix").text
    desk.tells(maria, "accept", "page-open")
    found = desk.sees(maria, "accept")

    assert "No Google page opened. Open Google Calendar all the same." in card
    assert "Look behind PIMSY" in card
    assert "card 27" in card
    for button in ("Book it again", "Google&#39;s page is open now", "Yes, I see it"):
        assert button in card.replace("Google's", "Google&#39;s")
    assert "Go to the page that PIMSY opened" not in card
    assert "We look for the appointment" not in card
    assert "Go to the page that PIMSY opened" in found
    assert "This ends it on all of Maria" in fix
    assert "2. Steps 2, 5 and 6 at each computer" in fix


@pytest.fixture
def proven(desk: OwnDesk, google: FakeGoogle, maria: int) -> OwnDesk:
    """Maria's appointment has arrived."""
    desk.begins(maria)
    desk.trip(maria, "checker", MARIAS)
    desk.signs_out(maria)
    desk.tells(maria, "enable-setting", "saved")
    desk.tells(maria, "personnel-folder", "saved")
    google.world.clock.advance(5)
    desk.tells(maria, "test-appointment", "booked")
    writes(google)
    assert "arrived at" in desk.looks(maria)
    return desk


def test_the_record_watches_the_test_appointment_that_is_deleted_in_pimsy(
    proven: OwnDesk, google: FakeGoogle, maria: int
) -> None:
    stands = proven.client.get(f"/setup/{maria}/record").text
    [event] = google.world.events_in(MARIAS, PIMSY)
    google.world.deletes_event(MARIAS, PIMSY, event["id"])
    google.world.clock.advance(5)
    proven.post(f"/setup/{maria}/record/look", now="1")
    gone = proven.client.get(f"/setup/{maria}/record").text

    assert "Delete the test appointment in PIMSY." in stands
    assert "We see what arrives, not what PIMSY did not send." in stands
    assert "Gone from Google 10:0" in gone
    assert "is set up on Front desk 1" in gone
    assert proven.post(f"/setup/{maria}/record/cancel").status_code == 404


def test_the_desk_is_left_by_hand_as_well(proven: OwnDesk, google: FakeGoogle, maria: int) -> None:
    asked = proven.client.get(f"/setup/{maria}/record").text
    google.world.clock.advance(5)
    address = proven.client.get(f"/google/connect/{maria}/signed-out?from=record").location
    proven.comes_back(address)
    left = proven.client.get(f"/setup/{maria}/record").text

    assert "Before you leave this desk: sign out of Google" in asked
    assert "Before you leave this desk" not in left
    assert "maria@clinic.example is signed out of Google on this computer" in left


def test_a_title_that_shows_a_client_says_what_to_do_in_pimsy(proven: OwnDesk, google: FakeGoogle, maria: int) -> None:
    [event] = google.world.events_in(MARIAS, PIMSY)
    google.world.retitles_event(MARIAS, PIMSY, event["id"], "Jane Roe F32.1")

    shown = proven.post(f"/setup/{maria}/title").text

    assert "It seems to hold a person&#39;s name, a diagnosis code." in shown
    assert "Set <strong>-233</strong> back to <strong>False</strong> in PIMSY until it is mended" in shown
    assert "Stand-in" not in shown.replace("stand-in Google", "")
