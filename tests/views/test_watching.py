"""What is looked at by itself, what PIMSY sends by hand, and when a new test is due."""

import re
from datetime import timedelta

import pytest
from flask import Flask

from e2e.fake_google import FakeGoogle
from e2e.launcher import TODAY
from tests.own_pimsy import MARIAS, OwnDesk, opens_clinic, writes
from tests.walking import JOE, MARIA, Desk
from wizard.background.patrol import Patrol
from wizard.store import clinics, mails, sightings
from wizard.store.database import db, of_clinic

DAY = timedelta(days=1)
TYPED = {
    "clinic": "Cedar Clinic",
    "zone": "America/New_York",
    "day": ["0", "1", "2", "3", "4"],
    "grid": "10",
    "pimsy_kind": "desktop",
    "accounts_kind": "workspace",
    "agreement": "not known",
}


class Own(OwnDesk):
    """Maria of a clinic with its own PIMSY, set up and proven; the patrol walks when a test says so."""

    maria: int = 0

    def is_set_up(self, **settings: str) -> "Own":
        self.maria = opens_clinic(self.app)["Maria Lopez"]
        self.tells_everything(self.maria)
        writes(self.google)
        self.looks(self.maria)
        data = {"csrf_token": self.token(), **TYPED, "practice": "by hand", **settings}
        assert self.client.post("/account/clinic", data=data).status_code == 303
        self.walks(timedelta())
        return self

    @property
    def patrol(self) -> Patrol:
        patrol: Patrol = self.app.extensions["wizard"].patrol
        return patrol

    def walks(self, after: timedelta) -> None:
        self.google.world.clock.advance(after.total_seconds())
        self.patrol.run_once()

    def gets(self, count: int, days: int) -> None:
        """So many appointments a day from PIMSY, on so many days; the patrol walks each day."""
        for day in range(days):
            for number in range(count):
                starts_at = TODAY + timedelta(days=30 + day, minutes=10 * number)
                writes(self.google, starts_at=starts_at)
            self.walks(DAY)

    def letters(self) -> list[tuple[str, str]]:
        with self.app.app_context():
            clinic = clinics.newest()
            assert clinic is not None
            with of_clinic(clinic.id):
                found = [(mail.address, mail.subject) for mail in reversed(mails.of_clinic())]
            db.session.commit()
        return found

    def page(self) -> str:
        return self.client.get(f"/setup/{self.maria}/watch").text


@pytest.fixture
def own(app: Flask, google: FakeGoogle) -> Own:
    return Own(app, google)


def test_nothing_is_counted_unless_the_clinic_asks_for_it(own: Own, google: FakeGoogle) -> None:
    own.is_set_up()
    begun = len(google.world.calls())

    own.gets(1, days=2)

    methods = {call.method for call in google.world.calls()[begun:]}
    assert "events.list" not in methods
    assert "calendarList.get" in methods
    assert "How much arrives is not counted here." in own.page()


def test_what_is_read_of_the_entries_is_when_they_were_written(own: Own, google: FakeGoogle) -> None:
    own.is_set_up(counts="1")
    begun = len(google.world.calls())
    own.gets(3, days=1)

    counting = [call for call in google.world.calls()[begun:] if call.method == "events.list"]
    with own.app.app_context(), of_clinic(2):
        value = sightings.of_name("arrivals")[own.maria].value
        db.session.commit()
    assert counting
    assert {call.query["fields"][0] for call in counting} == {"kind,nextPageToken,items(created)"}
    assert set(value) == {"days", "last"}


def test_who_usually_gets_some_and_got_none_is_told_and_may_be_away(own: Own) -> None:
    own.is_set_up(counts="1")
    own.gets(3, days=4)  # Monday to Thursday
    healthy = own.letters()
    for _ in range(6):
        own.walks(DAY)
    told, page, overview = own.letters(), own.page(), own.client.get("/overview").text
    day = (own.google.world.now() + timedelta(days=20)).date()
    answer = own.post(f"/setup/{own.maria}/watch/away", until=day.isoformat())
    for _ in range(10):
        own.walks(DAY)
    resting = own.letters()
    own.post(f"/setup/{own.maria}/watch/back")
    own.walks(timedelta(hours=1))

    assert healthy == []
    assert told == [
        (MARIAS, "Google Calendar Sync: nothing new has arrived from PIMSY"),
        ("dana@clinic.example", "Google Calendar Sync: Maria Lopez: nothing new has arrived from PIMSY"),
    ]
    assert "Last seen 11/26, usually 3 a day." in page
    assert "nothing new from PIMSY since 11/26, usually 3 a day" in overview
    assert "<b>Needs attention</b>" not in overview
    assert (answer.status_code, resting) == (303, told)
    assert "Away until" not in own.page().split("<form")[0]
    again = own.letters()
    own.client.post("/account/clinic", data={"csrf_token": own.token(), **TYPED, "practice": "by hand"})
    own.walks(DAY)

    assert len(again) == 4
    assert own.letters() == again  # nobody counts any more: that is no cure


def test_a_day_that_has_passed_is_not_taken(own: Own) -> None:
    own.is_set_up(counts="1")

    past = own.post(f"/setup/{own.maria}/watch/away", until="2026-11-01")
    nonsense = own.post(f"/setup/{own.maria}/watch/away", until="next week")

    assert (past.status_code, nonsense.status_code) == (422, 422)
    assert "Type a day from today on, within a year" in past.text


def test_a_new_test_is_due_when_the_clinic_wants_one_and_the_old_proof_stands(own: Own) -> None:
    own.is_set_up(proof="30")
    own.google.world.clock.advance(timedelta(days=29).total_seconds())
    early = own.client.get("/overview").text
    own.google.world.clock.advance(DAY.total_seconds())
    due, day_before = own.client.get("/overview").text, own.client.get("/overview/day-before").text

    assert "a new test is due" not in early
    assert "<b>Verified</b> – Google still open here; a new test is due" in due
    assert "1 new test is due." in due
    assert "The clinic wants it tested anew every 30 days" in day_before


def test_with_the_standin_nobody_says_that_she_is_away(app: Flask, google: FakeGoogle) -> None:
    desk = Desk(app, google)
    desk.proves()
    page = desk.client.get(f"/setup/{MARIA}/watch").text

    nothing_to_ask = desk.client.get(f"/setup/{JOE}/watch?looks=1").text

    assert desk.post(f"/setup/{MARIA}/watch/away", until="2026-12-24").status_code == 404
    assert "We look now." not in nothing_to_ask
    assert "What PIMSY sends" not in page
    assert "Nothing so far." in page


def test_the_overview_says_when_it_was_looked_at_and_who_could_not_be(own: Own, google: FakeGoogle) -> None:
    own.is_set_up()
    own.walks(DAY)
    well = own.client.get("/overview").text
    google.goes_silent()
    own.walks(DAY)
    silent = own.client.get("/overview").text

    assert re.search(r"Everybody has been looked at since \d", well)
    assert re.search(r"1 look has brought no answer since \d", silent)
    assert "Google is not answering. We keep trying." in silent
