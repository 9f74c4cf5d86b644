"""The control of the silent sign-in: once per checker client, right after step 1."""

from flask import Flask

from e2e.fake_google import FakeGoogle
from tests.walking import JOE, MARIA, SAM, Desk
from wizard.evidence import Outcome, Purpose
from wizard.store import attempts
from wizard.store.database import db, of_every_clinic


def silent(app: Flask) -> list[tuple[int, str]]:
    """Whose silent sign-ins there were, and how they ended."""
    with app.app_context(), of_every_clinic():
        rows = db.session.query(attempts.Attempt).filter_by(purpose=Purpose.SIGNED_OUT.value)
        return [(row.person_id, row.outcome) for row in rows]


def test_it_is_taken_at_the_first_connection_and_never_again(app: Flask, google: FakeGoogle) -> None:
    desk = Desk(app, google)
    desk.begins(MARIA)
    desk.trip(MARIA, "checker", "maria@clinic.example")
    desk.begins(JOE)
    desk.trip(JOE, "checker", "joe@clinic.example")

    assert silent(app) == [(MARIA, Outcome.SIGNED_IN.value)]


def test_it_is_taken_before_the_account_is_confirmed(app: Flask, google: FakeGoogle) -> None:
    desk = Desk(app, google)
    desk.begins(SAM)
    desk.trip(SAM, "checker", "sam@clinic.example")

    assert silent(app) == [(SAM, Outcome.SIGNED_IN.value)]
    assert "Right?" in desk.sees(SAM, "create-calendar")


def test_it_says_nothing_about_step_2(app: Flask, google: FakeGoogle) -> None:
    desk = Desk(app, google)
    desk.begins(MARIA)
    google.world.adds_calendar("maria@clinic.example", "PIMSY Calendar")
    desk.trip(MARIA, "checker", "maria@clinic.example")

    assert "still signed in" not in desk.sees(MARIA, "sign-out")


def test_without_it_a_refusal_proves_nothing_and_blocks_nobody(app: Flask, google: FakeGoogle) -> None:
    desk = Desk(app, google)
    desk.begins(MARIA)
    google.world.adds_calendar("maria@clinic.example", "PIMSY Calendar")
    google.world.manners.login_hint = "ignored"  # two accounts are signed in then: Google refuses to choose
    desk.at_google.get(f"{desk.google_url}/calendar/", timeout=5)
    google.world.signs_in("joe@clinic.example")
    desk.trip(MARIA, "checker", "maria@clinic.example")
    desk.signs_out()

    page = desk.sees(MARIA, "sign-out")

    assert "cannot be seen" in page
    assert "Continue without this check" in page
