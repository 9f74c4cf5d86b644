"""The background, what is owed, what Google refused, the control, mail."""

from datetime import timedelta

import pytest
from flask import Flask

from e2e.fake_google import FakeGoogle
from e2e.launcher import TODAY
from tests.databases import CHOICES
from tests.doctor.conftest import of
from tests.walking import MARIA, SAM, Desk
from wizard.background.bell import Bell
from wizard.doctor import Fitness
from wizard.store import appointments, deliveries, pulse, slots
from wizard.store.database import db, of_clinic
from wizard.views.present import Services


def beats(app: Flask, ago: timedelta) -> None:
    with app.app_context():
        pulse.beat(pulse.DISPATCHER, TODAY - ago)
        db.session.commit()


@pytest.mark.parametrize("database", CHOICES["workers"], indirect=True)
def test_workers_that_do_not_turn_are_missed(services: Services, app: Flask, google: FakeGoogle) -> None:
    never = of(services.doctor.examine(), "background")
    beats(app, timedelta(minutes=3))
    google.world.clock.advance(11)
    silent = of(services.doctor.examine(), "background")
    bell = services.background
    assert isinstance(bell, Bell)
    bell.run_once()
    google.world.clock.advance(11)
    turning = of(services.doctor.examine(), "background")

    assert [found.fitness for found in (never, silent, turning)] == [Fitness.UNFIT, Fitness.UNFIT, Fitness.FIT]
    assert never.found == "No worker has turned yet: nothing goes out."
    assert (silent.found, "python -m wizard worker" in silent.cure) == ("A worker turned last 3 minutes ago.", True)


def test_a_background_that_never_ran(services: Services) -> None:
    assert of(services.doctor.examine(), "background").fitness is Fitness.UNSEEN


@pytest.mark.parametrize(
    ("ago", "fitness"),
    [(timedelta(minutes=1, seconds=50), Fitness.FIT), (timedelta(minutes=2, seconds=1), Fitness.UNFIT)],
)
def test_a_background_that_fell_silent(services: Services, app: Flask, ago: timedelta, fitness: Fitness) -> None:
    beats(app, ago)

    assert of(services.doctor.examine(), "background").fitness is fitness


def test_how_long_ago_is_said(services: Services, app: Flask) -> None:
    beats(app, timedelta(hours=49))

    assert "last 2 days ago" in of(services.doctor.examine(), "background").found


def test_the_dispatcher_shows_that_it_turns(desk: Desk, services: Services, google: FakeGoogle) -> None:
    desk.turns_background()
    google.world.clock.advance(100)
    desk.turns_background()
    google.world.clock.advance(100)

    assert of(services.doctor.examine(), "background").fitness is Fitness.FIT


def test_a_patrol_that_never_walked(services: Services) -> None:
    assert of(services.doctor.examine(), "patrol").fitness is Fitness.UNSEEN


def test_the_patrol_shows_that_it_walks(services: Services) -> None:
    services.patrol.run_once()  # type: ignore[attr-defined]  # the Patrol, of which views know less

    assert of(services.doctor.examine(), "patrol").fitness is Fitness.FIT


@pytest.mark.parametrize(
    ("ago", "fitness"), [(timedelta(minutes=9), Fitness.FIT), (timedelta(minutes=11), Fitness.UNFIT)]
)
def test_a_patrol_that_fell_silent(services: Services, app: Flask, ago: timedelta, fitness: Fitness) -> None:
    with app.app_context():
        pulse.beat(pulse.PATROL, services.clock() - ago)
        db.session.commit()

    assert of(services.doctor.examine(), "patrol").fitness is fitness


def test_what_has_been_due_for_long_is_told(desk: Desk, services: Services, google: FakeGoogle) -> None:
    desk.creates_calendar()
    desk.prepares_practice()
    desk.books()
    desk.accepts()
    google.world.clock.advance(16 * 60)

    found = of(services.doctor.examine(), "owed")

    assert found.fitness is Fitness.WARNING
    assert found.found == "1 change of an appointment has been due for more than 15 minutes."


def test_however_many_changes_wait_they_are_counted(
    desk: Desk, services: Services, app: Flask, google: FakeGoogle
) -> None:
    desk.proves()
    with app.app_context(), of_clinic(1):
        (test,) = appointments.of_slots([slot.id for slot in slots.of_people([MARIA])])
        for _ in range(60):
            deliveries.add(test, google.world.now())
        db.session.commit()
    google.world.clock.advance(16 * 60)

    found = of(services.doctor.examine(), "owed").found

    assert found == "60 changes of appointments have been due for more than 15 minutes."


def test_an_api_that_is_turned_off_is_told_for_a_day(desk: Desk, services: Services, google: FakeGoogle) -> None:
    desk.begins()
    desk.trip(MARIA, "checker", "maria@clinic.example")
    google.world.clock.advance(5)
    google.breaks("accessNotConfigured", "calendarList.list")
    desk.check(MARIA, "create-calendar", now="1")
    found = of(services.doctor.examine(), "refusals")
    google.world.clock.advance(25 * 3600)
    later = of(services.doctor.examine(), "refusals")

    assert found.fitness is Fitness.UNFIT
    assert "turn on the Google Calendar API" in found.cure
    assert later.fitness is Fitness.FIT


def test_a_control_that_was_refused_is_told(desk: Desk, services: Services, google: FakeGoogle) -> None:
    before = of(services.doctor.examine(), "control")
    desk.begins()
    google.world.manners.login_hint = "ignored"  # two accounts are signed in then: Google refuses to choose
    desk.at_google.get(f"{desk.google_url}/calendar/", timeout=5)
    google.world.signs_in("joe@clinic.example")
    desk.trip(MARIA, "checker", "maria@clinic.example")
    google.world.clock.advance(60)

    after = of(services.doctor.examine(), "control")

    assert (before.fitness, after.fitness) == (Fitness.UNSEEN, Fitness.WARNING)
    assert "step 2" in after.found


def test_a_consent_too_old_to_be_answered_is_told_until_the_background_erased_it(
    desk: Desk, services: Services, google: FakeGoogle
) -> None:
    desk.begins(SAM)
    desk.trip(SAM, "checker", "sam@clinic.example")
    google.world.clock.advance(36 * 60)
    before = of(services.doctor.examine(), "kept-consents")
    desk.turns_background()
    google.world.clock.advance(60)
    after = of(services.doctor.examine(), "kept-consents")

    assert (before.fitness, after.fitness) == (Fitness.WARNING, Fitness.FIT)


def test_a_control_that_was_answered_is_fit(desk: Desk, services: Services) -> None:
    desk.begins()
    desk.trip(MARIA, "checker", "maria@clinic.example")

    assert of(services.doctor.examine(), "control").fitness is Fitness.FIT
