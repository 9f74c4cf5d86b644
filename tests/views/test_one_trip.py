"""One trip when a desk is left: it ends one person's turn, and asks for the next one's step 2 about her own account."""

import pytest
from flask import Flask

from e2e.fake_google import FakeGoogle
from e2e.launcher import TODAY
from tests.walking import ANA, JOE, MARIA, SAM, Desk
from wizard.evidence import Outcome
from wizard.store import needs
from wizard.store.attempts import Attempt
from wizard.store.database import db, of_clinic, of_every_clinic

JOES = "joe@clinic.example"
RECORD = f"/setup/{MARIA}/record"


@pytest.fixture
def desk(app: Flask, google: FakeGoogle) -> Desk:
    """Maria is proven here; Joe connected and has his calendar, at another computer."""
    desk, other = Desk(app, google), Desk(app, google, "Front desk 2")
    desk.proves()
    other.creates_calendar(JOE, JOES)
    desk.post(f"/practice/personnel/{JOE}", google_account=JOES, profile="Clinician", email="")
    google.world.clock.advance(60)
    return desk


def not_needed(app: Flask, *person_ids: int, workstation_id: int = 1) -> None:
    """The clinic decides that these people need not be set up at that computer."""
    with app.app_context(), of_clinic(1):
        for person_id in person_ids:
            needs.decide(person_id, workstation_id, is_needed=False, at=TODAY, by="Dana Hill")
        db.session.commit()


def leaves(desk: Desk) -> str:
    """The check from Maria's record, and where it ends."""
    desk.google.world.clock.advance(5)
    return desk.comes_back(desk.client.get(f"/google/connect/{MARIA}/signed-out?from=record").location).location


def asked(app: Flask, after: int) -> list[tuple[int, str, bool, str, bool, bool]]:
    """The questions since: whose, about which page, with a hint, the answer, alive before and after."""
    with app.app_context(), of_every_clinic():
        rows = db.session.query(Attempt).filter(Attempt.id > after).order_by(Attempt.id).all()
        db.session.commit()
    return [
        (row.person_id, row.return_to, row.is_hinted, row.outcome, row.alive_before, row.alive_after) for row in rows
    ]


def newest(app: Flask) -> int:
    with app.app_context(), of_every_clinic():
        found = db.session.query(Attempt.id).order_by(Attempt.id.desc()).first()
        db.session.commit()
    return found[0] if found else 0


def test_signing_out_once_is_asked_for_both_and_kept_for_each(app: Flask, desk: Desk) -> None:
    desk.signs_out_of_google()
    before = newest(app)

    back = leaves(desk)

    assert back == RECORD
    assert asked(app, before) == [
        (MARIA, "record", True, Outcome.REFUSED.value, True, True),
        (JOE, f"record/{MARIA}", True, Outcome.REFUSED.value, True, True),
        (JOE, f"record/{MARIA}", False, Outcome.REFUSED.value, False, False),
    ]
    page = desk.client.get(RECORD).text
    assert "maria@clinic.example is signed out of Google on this computer" in page
    assert "joe@clinic.example is signed out on this computer" in page
    assert "That is Joe's step 2, asked in the same trip." in page
    assert desk.begins(JOE).location == f"/setup/{JOE}/test-appointment"


def test_each_is_asked_about_by_a_permission_and_a_hint_of_her_own(desk: Desk, google: FakeGoogle) -> None:
    subs = {account.email: account.sub for account in google.world.accounts.values()}
    desk.signs_out_of_google()
    seen = len(google.world.calls("auth"))

    leaves(desk)

    hints = ["".join(call.query.get("login_hint", [])) for call in google.world.calls("auth")[seen:]]
    assert hints == [subs["maria@clinic.example"], subs[JOES], ""]


def test_who_is_still_signed_in_is_asked_about_alone(app: Flask, desk: Desk) -> None:
    before = newest(app)

    leaves(desk)

    assert asked(app, before) == [(MARIA, "record", True, Outcome.SIGNED_IN.value, True, False)]
    assert "maria@clinic.example is still signed in to Google here." in desk.client.get(RECORD).text
    assert desk.begins(JOE).location == f"/setup/{JOE}/sign-out"


def test_an_account_of_the_next_person_that_is_signed_in_here_is_his_finding_and_not_hers(
    app: Flask, desk: Desk, google: FakeGoogle
) -> None:
    desk.signs_out_of_google()
    desk.trip(JOE, "checker", JOES)
    google.world.clock.advance(5)
    before = newest(app)

    leaves(desk)

    assert [row[:4] for row in asked(app, before)] == [
        (MARIA, "record", True, Outcome.REFUSED.value),
        (JOE, f"record/{MARIA}", True, Outcome.SIGNED_IN.value),
    ]
    page = desk.client.get(RECORD).text
    assert "Before you leave this desk" not in page
    assert "joe@clinic.example is still signed in here." in page
    assert "joe@clinic.example is still signed in here." in desk.sees(JOE, "sign-out")


def test_a_permission_of_the_next_person_that_ended_is_said_at_his_step(
    app: Flask, desk: Desk, google: FakeGoogle
) -> None:
    google.world.removes_permission(JOES, "checker")
    desk.signs_out_of_google()
    before = newest(app)

    leaves(desk)

    assert [row[:4] for row in asked(app, before)] == [
        (MARIA, "record", True, Outcome.REFUSED.value),
        (JOE, f"record/{MARIA}", True, Outcome.PERMISSION_GONE.value),
        (MARIA, "record", False, Outcome.REFUSED.value),
    ]
    assert "maria@clinic.example is signed out of Google on this computer" in desk.client.get(RECORD).text
    assert "SIGNED-OUT" not in desk.sees(JOE, "create-calendar")


def test_who_has_step_1_before_him_is_asked_about_nothing(app: Flask, google: FakeGoogle) -> None:
    desk = Desk(app, google)
    desk.proves()
    google.world.clock.advance(60)
    desk.signs_out_of_google()
    before = newest(app)

    leaves(desk)

    assert {row[0] for row in asked(app, before)} == {MARIA}


def test_whoever_is_not_needed_here_is_passed_over(app: Flask, desk: Desk) -> None:
    not_needed(app, JOE)
    desk.signs_out_of_google()
    before = newest(app)

    leaves(desk)

    assert {row[0] for row in asked(app, before)} == {MARIA}
    assert "<strong>Sam Reed</strong> is next at this computer" in desk.client.get(RECORD).text
    not_needed(app, SAM, ANA)
    assert "Nobody else is left at this computer." in desk.client.get(RECORD).text
