"""The day before: the setting, everybody's folder in one list, what the round takes, and its sheets."""

import html
import re
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from e2e.fake_google import FakeGoogle
from e2e.launcher import TODAY
from tests.own_pimsy import MARIAS, OwnDesk, opens_clinic
from tests.walking import ANA, JOE, MARIA, SAM, Desk
from wizard.practice.builtin import sample
from wizard.store import answers, clinics, folders, log, needs, people
from wizard.store.database import db, of_clinic, of_every_clinic

DAY, FOLDERS, SHEETS = "/overview/day-before", "/overview/day-before/folders", "/overview/round-sheets"
HIDDEN = re.compile(r'<input type="hidden" name="((?:shown|was)-\d+)" value="([^"]*)">')
FIELD = re.compile(r'<input id="(account-\d+)"([^>]*?)value="([^"]*)"')
TICKED = re.compile(r'<input type="checkbox" id="(saved-\d+)"[^>]*? checked')


def words(markup: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", markup)).split())


def fields_of(page: str) -> dict[str, str]:
    """The list's form as it stands on the page."""
    typed = {
        name: html.unescape(value) for name, attributes, value in FIELD.findall(page) if "readonly" not in attributes
    }
    return {**dict(HIDDEN.findall(page)), **typed, **dict.fromkeys(TICKED.findall(page), "1")}


def save(desk: Desk, page: str = "", **changes: str | None) -> TestResponse:
    """The list with what is typed and ticked (account_3="…", saved_3="1"); None clears a tick."""
    form: dict[str, Any] = fields_of(page or desk.client.get(DAY).text)
    for name, value in changes.items():
        form[name.replace("_", "-")] = value
    return desk.post(FOLDERS, **{name: value for name, value in form.items() if value is not None})


def accounts(app: Flask) -> dict[str, str]:
    with app.app_context():
        clinic = clinics.newest()
        assert clinic is not None
        with of_clinic(clinic.id):
            return {who.name: who.google_account for who in people.everyone()}


def folder(app: Flask, person: int) -> tuple[str, bool]:
    with app.app_context(), of_every_clinic():
        found = folders.find(person)
        assert found is not None
        return found.google_account, found.saved_at is not None


def said(app: Flask, person: int) -> list[tuple[str, str, int | None]]:
    with app.app_context(), of_every_clinic():
        return [(one.kind, one.slug, one.workstation_id) for one in answers.standing([person])]


@pytest.fixture
def desk(app: Flask, google: FakeGoogle) -> Desk:
    """With the Stand-in; Front desk 1 has a name."""
    desk = Desk(app, google)
    desk.begins()
    return desk


@pytest.fixture
def ids(app: Flask) -> dict[str, int]:
    return opens_clinic(app)


@pytest.fixture
def own(app: Flask, google: FakeGoogle, ids: dict[str, int]) -> OwnDesk:
    """By hand; Front desk 1 has a name."""
    own = OwnDesk(app, google)
    own.begins(ids["Maria Lopez"])
    return own


# ── 1. the setting ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_with_the_stand_in_the_setting_is_saved_here_and_leads_back(desk: Desk) -> None:
    before = desk.client.get(DAY).text
    saved = desk.post("/practice/settings", back="day-before", filter="calendar", was_233="", **{"value-233": "True"})
    after = desk.client.get(DAY).text

    assert "No Google password is needed" in before
    assert 'name="value-233"' in before
    assert saved.location == DAY
    assert 'name="value-233"' not in after
    assert "Verified" in after


def test_a_value_that_cannot_be_is_asked_again_and_not_lost(desk: Desk) -> None:
    answer = desk.post("/practice/settings", back="day-before", filter="calendar", **{"value-233": "Maybe"})

    assert answer.status_code == 422
    assert "Choose True or False for -233" in answer.text
    assert 'name="back" value="day-before"' in answer.text


def test_by_hand_somebody_says_that_the_setting_is_saved_and_it_holds_for_all(
    own: OwnDesk, ids: dict[str, int]
) -> None:
    before = own.client.get(DAY).text
    answer = own.post(f"{DAY}/setting")
    after = own.client.get(DAY).text

    assert "I have saved it" in before
    assert answer.location == DAY
    assert "I have saved it" not in after
    assert "Not checked" in after
    assert "you said it is done" in own.sees(ids["Joe Hale"], "enable-setting")


def test_what_the_stand_in_shows_nobody_says(desk: Desk) -> None:
    assert desk.post(f"{DAY}/setting").status_code == 404


# ── 2. everybody's folder ────────────────────────────────────────────────────────────────────────────────────────────


def test_the_address_becomes_the_account_meant_and_the_tick_writes_the_folder(app: Flask, desk: Desk) -> None:
    answer = save(desk, account_3=" sam@clinic.example ", saved_3="1", saved_1="1")
    page = desk.client.get(answer.location).text

    assert answer.status_code == 303
    assert accounts(app)["Sam Reed"] == "sam@clinic.example"
    assert folder(app, SAM) == ("sam@clinic.example", True)
    assert folder(app, MARIA) == ("maria@clinic.example", True)
    assert folder(app, JOE) == ("", False)
    assert set(TICKED.findall(page)) == {"saved-1", "saved-3"}
    assert "Saved 10:00 AM" in page
    assert 'data-copies="account-3" aria-label="Copy Sam Reed\'s address"' in page


def test_a_folder_is_written_once_and_what_else_stands_in_it_stays(app: Flask, desk: Desk) -> None:
    desk.post(
        f"/practice/personnel/{JOE}", google_account="", profile="Billing", email="joe@home.example", suspended="1"
    )
    save(desk, saved_2="1")
    save(desk)

    with app.app_context(), of_clinic(1):
        found = folders.find(JOE)
        assert found is not None
        assert (found.google_account, found.profile, found.email, found.is_suspended) == (
            "joe@clinic.example",
            "Billing",
            "joe@home.example",
            True,
        )
        assert len(log.of("personnel folder saved", TODAY)) == 2, "by its own page and by the list, and not once more"


def test_another_address_in_a_saved_line_is_written_too(app: Flask, desk: Desk) -> None:
    save(desk, account_3="sam@clinic.example", saved_3="1")
    save(desk, account_3="sam.reed@clinic.example")

    assert folder(app, SAM) == ("sam.reed@clinic.example", True)


def test_every_problem_is_told_at_once_nothing_is_written_and_nothing_lost(app: Flask, desk: Desk) -> None:
    before = accounts(app)
    answer = save(
        desk,
        account_1="sam@clinic.example",
        account_2="joe at clinic",
        account_3="SAM@clinic.example",
        account_4="",
        saved_4="1",
        saved_1="1",
    )

    assert answer.status_code == 422
    assert "Error: The day before" in answer.text
    assert "There are 4 things to change" in answer.text
    for sentence in (
        "Maria Lopez: sam@clinic.example is already entered for Sam Reed",
        "Joe Hale: type the whole address, as in maria@clinic.example, without spaces",
        "Sam Reed: SAM@clinic.example is already entered for Maria Lopez",
        "Ana Brook: type the address that is saved, or take the tick away",
    ):
        assert f">{sentence}</a>" in answer.text
    assert fields_of(answer.text) == {
        **fields_of(desk.client.get(DAY).text),
        "account-1": "sam@clinic.example",
        "account-2": "joe at clinic",
        "account-3": "SAM@clinic.example",
        "account-4": "",
        "saved-1": "1",
        "saved-4": "1",
    }
    assert accounts(app) == before
    assert folder(app, MARIA) == ("", False)


def test_two_may_change_places(app: Flask, desk: Desk) -> None:
    save(desk, account_1="joe@clinic.example", account_2="maria@clinic.example")

    assert accounts(app)["Maria Lopez"] == "joe@clinic.example"
    assert accounts(app)["Joe Hale"] == "maria@clinic.example"


def test_who_is_connected_has_an_account_and_no_field(app: Flask, desk: Desk) -> None:
    desk.creates_calendar(MARIA)
    page = desk.client.get(DAY).text
    answer = save(desk, account_1="other@clinic.example", saved_1="1")
    taken = save(desk, account_3="Maria@clinic.example")

    assert 'name="account-1"' not in page
    assert f'href="/setup/{MARIA}/account"' in page
    assert answer.status_code == 303
    assert accounts(app)["Maria Lopez"] == "maria@clinic.example"
    assert folder(app, MARIA) == ("maria@clinic.example", True)
    assert "Sam Reed: Maria@clinic.example is already entered for Maria Lopez" in html.unescape(taken.text)
    assert "Verified" in desk.sees(MARIA, "personnel-folder")


def test_by_hand_the_tick_is_a_word_that_can_be_taken_back(app: Flask, own: OwnDesk, ids: dict[str, int]) -> None:
    joe = ids["Joe Hale"]
    own.tells(joe, "personnel-folder", "tell")
    own.tells(joe, "personnel-folder", "password")
    save(own, **{f"saved_{joe}": "1"})
    told, page = said(app, joe), own.client.get(DAY).text
    cleared: dict[str, Any] = {f"saved_{joe}": None}
    save(own, **cleared)

    assert told == [("said", "personnel-folder", None)]
    assert "You said it is done, 10:00 AM" in page
    assert said(app, joe) == []
    with app.app_context(), of_every_clinic():
        noted = [one.what for one in log.of("personnel folder said to be saved", TODAY)]
    assert noted == ["personnel folder said to be saved"]


def test_by_hand_another_address_takes_the_old_one_s_tick_away(app: Flask, own: OwnDesk, ids: dict[str, int]) -> None:
    joe = ids["Joe Hale"]
    save(own, **{f"saved_{joe}": "1"})
    answer = save(own, **{f"account_{joe}": "joe.hale@clinic.example"})
    page = own.client.get(answer.location).text

    assert said(app, joe) == []
    assert "The address changed, so the tick was taken away: Joe Hale." in page
    save(own, **{f"account_{joe}": "joe@clinic.example", f"saved_{joe}": "1"})
    assert said(app, joe) == [("said", "personnel-folder", None)], "typed and ticked together it is of the new one"


def test_what_somebody_else_said_meanwhile_stays(app: Flask, own: OwnDesk, ids: dict[str, int]) -> None:
    maria = ids["Maria Lopez"]
    old = own.client.get(DAY).text
    own.tells(maria, "personnel-folder", "saved")
    save(own, old)

    assert said(app, maria) == [("said", "personnel-folder", None)]


def test_who_was_added_since_the_page_was_shown_stays_as_she_is(app: Flask, desk: Desk) -> None:
    page = desk.client.get(DAY).text
    desk.post("/people/add", name="New Starter", google_account="new@clinic.example")
    save(desk, page=page, account_3="sam@clinic.example")

    assert accounts(app)["New Starter"] == "new@clinic.example"
    assert accounts(app)["Sam Reed"] == "sam@clinic.example"


def test_another_clinic_s_people_are_in_no_list(app: Flask, google: FakeGoogle, desk: Desk) -> None:
    there = MARIA + len(sample.PEOPLE)
    with app.app_context():
        sample.open_clinic(TODAY)
        db.session.commit()
    elsewhere = Desk(app, google, "Elsewhere")
    elsewhere.begins(there)
    answer = elsewhere.post(FOLDERS, **{"shown-1": "maria@clinic.example", "account-1": "thief@evil.example"})

    assert answer.status_code == 303
    assert f"account-{there}" in elsewhere.client.get(DAY).text
    assert "account-1" not in fields_of(elsewhere.client.get(DAY).text)
    with app.app_context(), of_clinic(1):
        maria = people.find(MARIA)
        assert maria is not None
        assert maria.google_account == "maria@clinic.example"


def test_step_1_takes_the_address_and_step_4_is_verified(desk: Desk, google: FakeGoogle) -> None:
    save(desk, account_3="sam@clinic.example", saved_3="1")
    desk.begins(SAM)
    google.world.adds_calendar("sam@clinic.example", "PIMSY Calendar")
    wrong = desk.trip(SAM, "checker", "joe@clinic.example")
    page = desk.client.get(wrong.location).text
    desk.trip(SAM, "checker", "sam@clinic.example")

    assert "This set-up is for sam@clinic.example" in page
    assert "Sam&#39;s folder names sam@clinic.example, who owns the calendar." in desk.sees(SAM, "personnel-folder")


# ── 3. the round, and its sheets ─────────────────────────────────────────────────────────────────────────────────────


def not_needed(app: Flask, *places: tuple[int, int]) -> None:
    with app.app_context(), of_clinic(1):
        needs.decide_all(dict.fromkeys(places, False), at=TODAY, by="Dana Hill")
        db.session.commit()


def test_the_round_is_said_in_plain_words(app: Flask, google: FakeGoogle, desk: Desk) -> None:
    Desk(app, google, "Front desk 2").begins()
    not_needed(app, (MARIA, 2), (JOE, 1), (JOE, 2))
    text = words(desk.client.get(DAY).text)

    assert "3 people, 2 desks: 5 rounds." in text
    assert "About 8 Google passwords are typed, each by its owner" in text
    assert "password and phone at hand" in text
    assert "Maria Lopez : Front desk 1 Sam Reed : Front desk 1, Front desk 2 Ana Brook" in text
    assert "Front desk 2 : Sam Reed, Ana Brook" in text


def test_what_is_done_is_no_round_any_more(app: Flask, desk: Desk) -> None:
    desk.proves()
    not_needed(app, (SAM, 1), (ANA, 1))

    assert "1 person, 1 desk: 1 round. 1 is done already." in words(desk.client.get(DAY).text)
    not_needed(app, (JOE, 1))
    assert "Nothing is left: 1 of 1 done." in words(desk.client.get(DAY).text)
    assert "Nothing is left of the round." in desk.client.get(SHEETS).text


def test_before_a_computer_has_a_name_the_page_says_how_it_gets_one(app: Flask, google: FakeGoogle) -> None:
    desk = Desk(app, google)

    assert "No computer has a name yet. Open http://127.0.0.1:5000 at each one" in words(desk.client.get(DAY).text)
    assert "No computer has a name yet." in desk.client.get(SHEETS).text


def test_a_clinic_without_people_is_led_to_add_some(app: Flask) -> None:
    with app.app_context(), of_clinic(1):
        for who in people.everyone():
            who.left_at = TODAY
        db.session.commit()
    client = app.test_client()

    assert "There are no people yet" in client.get(DAY).text
    assert "There are no people yet." in client.get(SHEETS).text


def test_the_sheets_have_a_box_for_every_place_and_no_client(app: Flask, google: FakeGoogle, desk: Desk) -> None:
    desk.proves()
    Desk(app, google, "Front desk 2").begins(JOE)
    not_needed(app, (MARIA, 2), (SAM, 1), (SAM, 2))
    page = desk.client.get(SHEETS).text
    sheets = [words(sheet) for sheet in page.split("<article")[1:]]
    of_joe = next(sheet for sheet in sheets if 'person-2"> Joe Hale' in sheet)
    at_1 = next(sheet for sheet in sheets if 'desk-1"> Front desk 1' in sheet)
    at_2 = next(sheet for sheet in sheets if 'desk-2"> Front desk 2' in sheet)

    assert len(sheets) == 4, "Joe and Ana, two desks: Maria is through, and Sam is needed nowhere"
    assert "At each desk open http://127.0.0.1:5000 Front desk 1 Front desk 2" in of_joe
    assert "exactly PIMSY Calendar" in of_joe
    assert at_1.endswith("Maria Lopez is done Joe Hale Ana Brook")
    assert at_2.partition("in between.")[2].startswith(" Joe Hale Ana Brook")
    assert "Client" not in page.partition("<main")[2]


def test_maria_s_by_hand_word_counts_at_step_4(own: OwnDesk, ids: dict[str, int]) -> None:
    maria = ids["Maria Lopez"]
    own.creates_calendar(maria, MARIAS)
    save(own, **{f"saved_{maria}": "1"})

    assert "you said it is done" in own.sees(maria, "personnel-folder")
