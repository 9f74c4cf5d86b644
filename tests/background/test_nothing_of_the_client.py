"""Nothing of a client leaves but what the clinic chose: searched for in all that was said to Google, logged and stored.

The client's name is unlike any other word. It is looked for whole and in its parts.
"""

import json
import logging

import pytest
from sqlalchemy import text

from tests.background.crowd import Crowd, gathers
from tests.background.office import CALENDAR, NINE, Office
from wizard.practice.builtin.summary import INITIALS, NOTHING, NUMBER
from wizard.store import clinics
from wizard.store.database import db

CANARIES = ("wilhelmina", "xanthopoulos")
HOME = "clients"
"""The one table a client's name is kept in."""


def chooses(office: Office, choice: str) -> None:
    with office.inside():
        clinics.present().event_title = choice


def titles(office: Office, crowd: Crowd) -> set[str]:
    return {event["summary"] for email in crowd.accounts for event in office.google.world.events_in(email, CALENDAR)}


def found(words: str) -> list[str]:
    return [canary for canary in CANARIES if canary in words.casefold()]


@pytest.mark.parametrize(
    ("choice", "fault"),
    [
        (NOTHING, ""),
        (NUMBER, ""),
        (INITIALS, ""),
        (INITIALS, "required"),
        (INITIALS, "lose_answer"),
        (INITIALS, "accessNotConfigured"),
        (INITIALS, "authError"),
    ],
)
def test_no_name_is_in_what_is_sent_logged_or_stored(
    office: Office, caplog: pytest.LogCaptureFixture, choice: str, fault: str
) -> None:
    chooses(office, choice)
    with caplog.at_level(logging.DEBUG):
        gathers(office, accounts=2, each=2)
        if fault:
            office.google.breaks(fault, "events.insert", times=1)
        office.delivers()
        office.delivers(after=400)

    said = json.dumps([[call.path, call.query, call.body] for call in office.google.world.calls()])
    assert '"summary"' in said  # what is searched holds what is written
    assert (found(said), found(caplog.text)) == ([], [])
    with office.inside():
        tables = sorted(db.metadata.tables.keys() - {HOME})
        stored = {name: str(db.session.execute(text(f"SELECT * FROM {name}")).all()) for name in tables}
    assert {name: found(words) for name, words in stored.items() if found(words)} == {}


@pytest.mark.parametrize(
    ("choice", "wanted"), [(NOTHING, {"PIMSY appointment"}), (INITIALS, {"PIMSY W.X."}), (NUMBER, {"PIMSY no. 2"})]
)
def test_the_title_tells_what_the_clinic_chose(office: Office, choice: str, wanted: set[str]) -> None:
    chooses(office, choice)
    crowd = gathers(office, accounts=1, each=1)
    with office.inside():
        number = db.session.scalar(text("SELECT client_id FROM appointments"))

    office.delivers()

    assert titles(office, crowd) == {title.replace("no. 2", f"no. {number}") for title in wanted}


def test_an_account_that_no_organisation_manages_is_told_nothing(office: Office) -> None:
    chooses(office, INITIALS)
    crowd = gathers(office, accounts=1, each=1)
    with office.inside():
        db.session.execute(text("UPDATE grants SET hd = ''"))

    office.delivers()

    assert titles(office, crowd) == {"PIMSY appointment"}


def test_another_choice_changes_what_stands_there_only_with_its_next_move(office: Office) -> None:
    office.accepts()
    booked = office.books()
    office.delivers()
    with office.inside():
        db.session.execute(text("UPDATE grants SET hd = 'clinic.example'"))
    chooses(office, INITIALS)

    owed = office.delivers(after=3600)
    office.moves(booked, NINE.replace(hour=NINE.hour + 2))
    office.delivers()

    [event] = office.google.world.events_in("maria@clinic.example", CALENDAR)
    assert (owed, event["summary"]) == (0, "PIMSY T.C.")


def test_what_is_written_is_private_free_of_guests_and_of_reminders(office: Office) -> None:
    gathers(office, accounts=1, each=1)
    office.delivers()

    [call] = [call for call in office.google.world.calls() if call.method == "events.insert"]
    assert call.body is not None
    assert set(call.body) == {
        "id", "status", "summary", "start", "end", "visibility", "transparency", "reminders", "extendedProperties"
    }  # fmt: skip
    assert (call.body["visibility"], call.body["reminders"]) == ("private", {"useDefault": False})
    assert call.query["sendUpdates"] == ["none"]
