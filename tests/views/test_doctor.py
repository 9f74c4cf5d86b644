"""Doctor's page and the probe of readiness."""

from dataclasses import replace

import pytest
from flask import Flask

from e2e.fake_google import FakeGoogle
from tests.walking import MARIA, Desk
from wizard.access import ROUTES, Role
from wizard.app import create_app
from wizard.config import Settings
from wizard.doctor import CHECKS
from wizard.doctor.telling import public
from wizard.store import schema
from wizard.views.present import Services


@pytest.fixture
def desk(app: Flask, google: FakeGoogle) -> Desk:
    return Desk(app, google)


def test_the_page_asks_google_nothing_until_somebody_presses(desk: Desk, google: FakeGoogle) -> None:
    page = desk.client.get("/account/doctor")
    asked = google.world.calls()
    pressed = desk.post("/account/doctor")
    after = desk.client.get(pressed.location)

    assert (page.status_code, pressed.status_code, pressed.location) == (200, 303, "/account/doctor")
    assert asked == []
    assert "Nothing has asked Google yet" in page.text
    assert "The sign-in service and the Calendar API answer." in after.text
    assert "Everything was looked at" in after.text
    assert all(f'id="check-{check.slug}"' in after.text for check in CHECKS)


def test_a_wrong_clock_stands_there_with_its_cure(desk: Desk, google: FakeGoogle) -> None:
    google.world.clock.skew_s = 600
    desk.post("/account/doctor")
    page = desk.client.get("/account/doctor").text

    assert "10 minutes behind Google&#39;s" in page
    assert "timedatectl set-ntp true" in page
    assert "This installation is not fit" in page


def test_the_account_page_leads_there(desk: Desk) -> None:
    assert 'href="/account/doctor"' in desk.client.get("/account").text


def test_nobody_else_may_see_it() -> None:
    assert not {Role.NOBODY} & (ROUTES["doctor.show"] | ROUTES["doctor.look"])


def test_ready_is_the_same_list_without_what_was_found(desk: Desk, services: Services, google: FakeGoogle) -> None:
    services.doctor.examine()
    google.world.log.entries.clear()
    answer = desk.client.get("/healthz/ready")
    told = answer.get_json()

    assert answer.status_code == 200
    assert told == public(services.doctor.last())
    assert [check["check"] for check in told["checks"]] == [check.slug for check in CHECKS]
    assert {frozenset(check) for check in told["checks"]} == {frozenset({"check", "fitness", "at"})}
    assert google.world.calls() == []


def test_an_installation_that_is_not_fit_is_not_ready(desk: Desk, services: Services, google: FakeGoogle) -> None:
    google.goes_silent()
    services.doctor.examine()
    answer = desk.client.get("/healthz/ready")

    assert answer.status_code == 503
    assert answer.get_json()["fit"] is False


def test_a_lost_key_is_the_installation_s_fault_and_a_new_consent_mends_it(
    desk: Desk, settings: Settings, google: FakeGoogle
) -> None:
    desk.begins()
    desk.trip(MARIA, "checker", "maria@clinic.example")
    google.world.adds_calendar("maria@clinic.example", "PIMSY Calendar")
    google.world.clock.advance(5)
    anew = create_app(replace(settings, secret_keys=("another key" * 4,)), google.world.now)
    later = Desk(anew, google, "Front desk 2")
    later.begins()
    later.check(MARIA, "create-calendar", now="1")
    lost = later.sees(MARIA, "create-calendar")
    later.trip(MARIA, "checker", "maria@clinic.example")
    google.world.clock.advance(2 * 3600)  # the access token is over: the lasting one is needed
    later.check(MARIA, "create-calendar", now="1")
    mended = later.sees(MARIA, "create-calendar")

    assert "card 40" in lost
    assert "✓ Verified" in mended
    with anew.app_context():
        schema.close()
