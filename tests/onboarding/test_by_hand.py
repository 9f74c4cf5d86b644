"""By hand the appointment is known by its time and by when it was written, and proves what nobody can read."""

from datetime import timedelta

import pytest
from flask import Flask

from e2e.fake_google import FakeGoogle
from tests.own_pimsy import MARIAS, SLOT, OwnDesk, opens_clinic, writes
from wizard.store import sightings
from wizard.store.database import of_every_clinic

JOES = "joe@clinic.example"


@pytest.fixture
def ids(app: Flask) -> dict[str, int]:
    return opens_clinic(app)


@pytest.fixture
def maria(ids: dict[str, int]) -> int:
    return ids["Maria Lopez"]


@pytest.fixture
def desk(app: Flask, google: FakeGoogle) -> OwnDesk:
    return OwnDesk(app, google)


def test_an_appointment_at_the_test_time_proves_steps_3_to_6(desk: OwnDesk, google: FakeGoogle, maria: int) -> None:
    desk.tells_everything(maria)
    before = desk.looks(maria)
    writes(google)

    page = desk.looks(maria)

    assert "Waiting for the 6:10 appointment in PIMSY Calendar." in before
    assert "The appointment of Front desk 1&#39;s time arrived at" in page
    for slug in ("enable-setting", "personnel-folder", "test-appointment"):
        assert "proved by the appointment of 6:10" in desk.sees(maria, slug)
    assert "Maria Lopez is set up on Front desk 1" in desk.client.get(f"/setup/{maria}/record").text


def test_what_stood_there_before_the_test_time_was_given_proves_nothing(
    desk: OwnDesk, google: FakeGoogle, maria: int
) -> None:
    google.world.adds_calendar(MARIAS, "PIMSY Calendar")
    writes(google)
    google.world.clock.advance(60)
    desk.begins(maria)
    desk.trip(maria, "checker", MARIAS)
    desk.signs_out(maria)
    for slug, answer in (("enable-setting", "saved"), ("personnel-folder", "saved"), ("test-appointment", "booked")):
        desk.tells(maria, slug, answer)

    assert "Waiting for the 6:10 appointment" in desk.looks(maria)


def test_nobody_looks_before_it_is_said_to_be_booked(desk: OwnDesk, google: FakeGoogle, maria: int) -> None:
    desk.creates_calendar(maria)
    desk.tells(maria, "enable-setting", "saved")
    desk.tells(maria, "personnel-folder", "saved")
    writes(google)

    assert desk.check(maria, "accept", now="1").status_code == 404
    assert google.world.calls("events.list") == []


def test_who_goes_on_without_saying_so_is_looked_for_all_the_same(
    desk: OwnDesk, google: FakeGoogle, maria: int
) -> None:
    desk.creates_calendar(maria)
    for slug in ("enable-setting", "personnel-folder", "test-appointment"):
        desk.tells(maria, slug, "pass")
    writes(google)

    assert "The appointment of Front desk 1&#39;s time arrived at" in desk.looks(maria)


@pytest.mark.parametrize(
    ("shift", "minutes", "words"),
    [
        (timedelta(hours=3), 10, "The right appointment, 3 hours off: 9:10 AM, not 6:10 AM."),
        (timedelta(hours=-5, minutes=-30), 50, "The right appointment, 5.5 hours off: 12:40 AM, not 6:10 AM."),
        (timedelta(hours=14), 10, "The right appointment, 14 hours off: 8:10 PM, not 6:10 AM."),
        (timedelta(minutes=10), 10, "An appointment arrived at 6:20, not 6:10."),
        (
            timedelta(days=1),
            10,
            "An appointment arrived for Wednesday Nov 25, 6:10 AM, not for Tuesday Nov 24, 6:10 AM.",
        ),
        (timedelta(hours=3, minutes=20), 50, "Waiting for the 6:10 appointment"),  # somebody's real one
        (timedelta(days=3), 10, "Waiting for the 6:10 appointment"),
    ],
)
def test_one_at_another_time_is_found_and_named(
    desk: OwnDesk, google: FakeGoogle, maria: int, shift: timedelta, minutes: int, words: str
) -> None:
    desk.tells_everything(maria)
    writes(google, starts_at=SLOT + shift, minutes=minutes)

    assert words in desk.looks(maria)


def test_the_one_at_the_test_time_counts_whatever_else_stands_there(
    desk: OwnDesk, google: FakeGoogle, maria: int
) -> None:
    desk.tells_everything(maria)
    writes(google, starts_at=SLOT + timedelta(hours=3))
    desk.looks(maria)
    writes(google, minutes=50)

    assert "arrived at" in desk.looks(maria)
    assert "set up on Front desk 1" in desk.client.get(f"/setup/{maria}/record").text


def test_its_cancelled_rest_is_said_and_proves_nothing(desk: OwnDesk, google: FakeGoogle, maria: int) -> None:
    desk.tells_everything(maria)
    event = writes(google)
    google.world.deletes_event(MARIAS, "PIMSY Calendar", event["id"])

    assert "It arrived and was deleted on Google before we could see it live." in desk.looks(maria)


def test_one_that_is_deleted_after_it_was_seen_still_proves(desk: OwnDesk, google: FakeGoogle, maria: int) -> None:
    desk.tells_everything(maria)
    event = writes(google)
    desk.looks(maria)
    google.world.deletes_event(MARIAS, "PIMSY Calendar", event["id"])

    assert "arrived at" in desk.looks(maria)


def test_the_look_reads_pimsy_calendar_around_the_test_time_and_no_title(
    desk: OwnDesk, google: FakeGoogle, maria: int
) -> None:
    desk.tells_everything(maria)
    google.world.log.entries.clear()
    desk.looks(maria)

    [call] = google.world.calls("events.list")
    calendar = google.world.calendar_of(MARIAS, "PIMSY Calendar")
    assert calendar.id in call.path.replace("%40", "@")
    assert call.query["timeMin"] == ["2026-11-22T23:10:00+00:00"]
    assert call.query["timeMax"] == ["2026-11-25T23:10:00+00:00"]
    assert "summary" not in call.query["fields"][0].split("items(")[1]


# ── more than one desk, more than one person ─────────────────────────────────────────────────────────────────────────


def test_a_second_desk_of_a_person_asks_for_2_5_and_6(
    app: Flask, desk: OwnDesk, google: FakeGoogle, maria: int
) -> None:
    desk.tells_everything(maria)
    writes(google)
    desk.looks(maria)
    second = OwnDesk(app, google, "Front desk 2")
    second.begins(maria)

    assert "3 of 6" in second.client.get(f"/setup/{maria}").text
    assert "Done on Front desk 1. It counts here, too." in second.sees(maria, "personnel-folder")


def test_a_mistake_made_at_one_desk_proves_nothing_at_the_other(
    app: Flask, desk: OwnDesk, google: FakeGoogle, maria: int
) -> None:
    second = OwnDesk(app, google, "Front desk 2")
    desk.tells_everything(maria)
    second.begins(maria)
    second.signs_out(maria)
    writes(google, starts_at=SLOT + timedelta(minutes=10))
    assert "An appointment arrived at 6:20, not 6:10." in desk.looks(maria)

    second.tells(maria, "test-appointment", "booked")

    assert "Waiting for the 6:20 appointment" in second.looks(maria)


def test_what_was_booked_at_another_desk_is_that_desk_s(
    app: Flask, desk: OwnDesk, google: FakeGoogle, maria: int
) -> None:
    second = OwnDesk(app, google, "Front desk 2")
    desk.tells_everything(maria)
    second.begins(maria)
    second.signs_out(maria)
    second.tells(maria, "test-appointment", "booked")
    writes(google, starts_at=SLOT + timedelta(minutes=10))

    assert "Waiting for the 6:10 appointment" in desk.looks(maria)
    assert "arrived at" in second.looks(maria)


def test_the_setting_is_the_clinic_s_the_folder_is_not(desk: OwnDesk, google: FakeGoogle, ids: dict[str, int]) -> None:
    maria, joe = ids["Maria Lopez"], ids["Joe Hale"]
    desk.creates_calendar(maria)
    desk.tells(maria, "enable-setting", "saved")
    desk.begins(joe)
    said = desk.sees(joe, "enable-setting")
    desk.tells(maria, "personnel-folder", "saved")
    desk.tells(maria, "test-appointment", "booked")
    writes(google)
    desk.looks(maria)

    assert "you said it is done" in said
    assert "proved by the appointment of 6:10" in desk.sees(joe, "enable-setting")
    assert "not begun" in desk.sees(joe, "personnel-folder")
    assert "System setting -233" in desk.client.get("/overview").text


# ── a later test ─────────────────────────────────────────────────────────────────────────────────────────────────────


def books_again(desk: OwnDesk, maria: int) -> None:
    desk.google.world.clock.advance(3600)
    desk.tells(maria, "test-appointment", "again")
    desk.signs_out(maria)
    desk.tells(maria, "test-appointment", "booked")


def test_a_new_test_that_does_not_arrive_says_since_when(desk: OwnDesk, google: FakeGoogle, maria: int) -> None:
    desk.tells_everything(maria)
    writes(google)
    desk.looks(maria)
    books_again(desk, maria)
    meanwhile = desk.looks(maria)
    google.world.clock.advance(360)

    page = desk.looks(maria)

    assert "arrived at" in meanwhile, "the proof of the earlier test holds until the new one is overdue"
    assert "New appointments have not arrived since 10:0" in page
    assert "card 18" in page
    assert "you said it is done" in desk.sees(maria, "personnel-folder")


def test_another_test_time_brings_no_earlier_proof_back(desk: OwnDesk, google: FakeGoogle, maria: int) -> None:
    desk.tells_everything(maria)
    writes(google)
    desk.looks(maria)
    books_again(desk, maria)
    desk.looks(maria)
    google.world.clock.advance(360)
    desk.looks(maria)
    desk.tells(maria, "test-appointment", "again")

    assert "proved by" not in desk.sees(maria, "personnel-folder")


# ── looks that somebody asks for ─────────────────────────────────────────────────────────────────────────────────────


def overdue(desk: OwnDesk, maria: int) -> str:
    desk.looks(maria)
    desk.google.world.clock.advance(360)
    return desk.looks(maria)


def test_the_main_calendar_is_looked_at_when_asked_for_only(desk: OwnDesk, google: FakeGoogle, maria: int) -> None:
    desk.tells_everything(maria)
    writes(google, calendar=MARIAS)
    page = overdue(desk, maria)
    assert "The 6:10 appointment has not arrived." in page
    assert "Look in my main calendar around 6:10" in page
    google.world.log.entries.clear()

    desk.tells(maria, "accept", "look-elsewhere")

    [call] = google.world.calls("events.list")
    assert call.path.endswith("/calendars/primary/events")
    assert call.query["timeMin"] == ["2026-11-24T11:10:00+00:00"]
    assert call.query["timeMax"] == ["2026-11-24T11:20:00+00:00"]
    assert "It arrived, but in maria@clinic.example&#39;s main calendar." in desk.sees(maria, "accept")


@pytest.mark.parametrize("shift", [timedelta(minutes=5), timedelta(minutes=-5)])
def test_what_else_stands_in_the_main_calendar_is_nobody_s_business(
    app: Flask, desk: OwnDesk, google: FakeGoogle, maria: int, shift: timedelta
) -> None:
    desk.tells_everything(maria)
    writes(google, calendar=MARIAS, starts_at=SLOT + shift)
    overdue(desk, maria)

    desk.tells(maria, "accept", "look-elsewhere")

    assert "It is not in the main calendar either, looked at 10:" in desk.sees(maria, "accept")
    with app.app_context(), of_every_clinic():
        kept = [row.value for subject, row in sightings.of_people([maria]) if subject.name == "main" and row]
    assert kept == [{"found": False, "account": ""}]


def test_an_account_that_was_connected_here_is_named_when_it_has_it(
    desk: OwnDesk, google: FakeGoogle, ids: dict[str, int]
) -> None:
    maria, joe = ids["Maria Lopez"], ids["Joe Hale"]
    desk.tells_everything(joe, JOES)
    writes(google, JOES)
    desk.looks(joe)
    desk.tells_everything(maria)
    overdue(desk, maria)
    desk.tells(maria, "accept", "look-elsewhere")
    own = desk.sees(maria, "accept")
    writes(google, JOES)
    google.world.clock.advance(5)

    desk.tells(maria, "accept", "look-elsewhere")

    assert "The 6:10 appointment has not arrived." in own, "Joe's own test at the very time is Joe's"
    assert "The 6:10 appointment reached joe@clinic.example." in desk.sees(maria, "accept")


def test_somebody_whose_own_test_is_still_open_is_not_suspected(
    desk: OwnDesk, google: FakeGoogle, ids: dict[str, int]
) -> None:
    maria, joe = ids["Maria Lopez"], ids["Joe Hale"]
    desk.tells_everything(joe, JOES)
    desk.tells_everything(maria)
    overdue(desk, maria)
    writes(google, JOES)

    desk.tells(maria, "accept", "look-elsewhere")

    assert "The 6:10 appointment has not arrived." in desk.sees(maria, "accept")


def test_a_look_elsewhere_that_gets_no_answer_is_said_and_changes_nothing(
    desk: OwnDesk, google: FakeGoogle, maria: int
) -> None:
    desk.tells_everything(maria)
    overdue(desk, maria)
    google.goes_silent()

    desk.tells(maria, "accept", "look-elsewhere")

    page = desk.sees(maria, "accept")
    assert "The 6:10 appointment has not arrived." in page
    assert "The last look brought no answer" in page


def test_the_stand_in_can_be_read_so_nobody_looks_elsewhere(desk: OwnDesk, google: FakeGoogle, app: Flask) -> None:
    """The first sample clinic, with the Stand-in, has its own buttons."""
    desk.begins(1)

    assert desk.tells(1, "enable-setting", "saved").status_code == 400
