"""Going through the checks, with the fake Google at the other end of the line."""

import threading
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask

from e2e.fake_google import FakeGoogle
from tests.doctor.conftest import of
from wizard.app import create_app
from wizard.config import Client, Settings
from wizard.doctor import CHECKS, Check, Doctor, Finding, Fitness, Site, examining
from wizard.doctor.checks import AT_HOME, FROM_THE_TABLES
from wizard.views.present import Services


def elsewhere(settings: Settings, google: FakeGoogle) -> Doctor:
    """Doctor of an installation with these settings instead."""
    services: Services = create_app(settings, google.world.now).extensions["wizard"]
    return services.doctor


def test_every_finding_that_is_not_fit_has_a_cure(services: Services) -> None:
    for report in (services.doctor.last(), services.doctor.examine()):
        assert len(report.entries) == len(CHECKS)
        assert all(bool(entry.finding.cure) is (entry.finding.fitness is not Fitness.FIT) for entry in report.entries)


def test_slugs_are_told_apart() -> None:
    slugs = [check.slug for check in CHECKS]

    assert len(set(slugs)) == len(slugs)
    assert set(slugs) >= AT_HOME | FROM_THE_TABLES


def test_google_is_asked_four_short_questions(services: Services, google: FakeGoogle) -> None:
    report = services.doctor.examine()

    assert [call.method for call in google.world.calls()] == ["discovery", "calendarList.list", "token", "token"]
    for slug in ("addresses", "description", "clock", "clients"):
        assert of(report, slug).fitness is Fitness.FIT


def test_google_that_is_silent_is_told_and_the_rest_is_looked_at(services: Services, google: FakeGoogle) -> None:
    google.goes_silent()
    report = services.doctor.examine()

    assert of(report, "addresses").fitness is Fitness.UNFIT
    assert {of(report, slug).fitness for slug in ("description", "clock", "clients")} == {Fitness.UNSEEN}
    assert of(report, "writing").fitness is Fitness.FIT


@pytest.mark.parametrize(
    ("skew", "fitness", "says"),
    [
        (0, Fitness.FIT, "agrees"),
        (60, Fitness.WARNING, "60 seconds behind"),
        (-60, Fitness.WARNING, "60 seconds ahead"),
        (400, Fitness.UNFIT, "7 minutes behind"),
    ],
)
def test_the_clock_is_held_against_googles(
    services: Services, google: FakeGoogle, skew: float, fitness: Fitness, says: str
) -> None:
    google.world.clock.skew_s = skew
    found = of(services.doctor.examine(), "clock")

    assert found.fitness is fitness
    assert says in found.found


def test_a_world_moved_ahead_leaves_the_clock_alone(services: Services, google: FakeGoogle) -> None:
    google.world.clock.advance(3600)

    assert of(services.doctor.examine(), "clock").fitness is Fitness.FIT


@pytest.mark.parametrize(
    ("client", "says"),
    [
        (Client("checker", "another-secret", "The checker"), "The checker: invalid_client"),
        (Client("nobody", "checker-secret", "The checker"), "The checker: invalid_client"),
    ],
)
def test_a_client_google_does_not_know(settings: Settings, google: FakeGoogle, client: Client, says: str) -> None:
    found = of(elsewhere(replace(settings, checker=client), google).examine(), "clients")

    assert found.fitness is Fitness.UNFIT
    assert says in found.found
    assert client.secret not in found.found


def test_a_page_instead_of_the_calendar_is_no_answer(services: Services, google: FakeGoogle) -> None:
    google.breaks("html", "calendarList.list")
    found = of(services.doctor.examine(), "addresses")

    assert found.fitness is Fitness.UNFIT


def test_a_press_after_a_press_is_answered_from_the_first(services: Services, google: FakeGoogle) -> None:
    services.doctor.examine()
    google.world.clock.advance(5)  # the world's clock goes on beside it
    services.doctor.examine()
    once = len(google.world.calls("token"))
    google.world.clock.advance(6)
    services.doctor.examine()

    assert (once, len(google.world.calls("token"))) == (2, 4)


def test_a_glance_asks_google_nothing_and_keeps_what_was_found(services: Services, google: FakeGoogle) -> None:
    services.doctor.examine()
    asked = len(google.world.calls())
    google.goes_silent()
    google.world.clock.advance(60)
    report = services.doctor.glance()

    assert of(report, "addresses").fitness is Fitness.FIT
    assert len(google.world.calls()) == asked
    at = {entry.check.slug: entry.at for entry in report.entries}
    assert at["database"] - at["addresses"] >= timedelta(seconds=60)


def test_a_glance_waits_for_no_answer_of_googles(services: Services, google: FakeGoogle) -> None:
    """A probe that hung for as long as Google does would hold up a thread of the server each time it is asked."""
    google.hangs()
    examination = threading.Thread(target=services.doctor.examine)
    examination.start()
    services.doctor.glance()
    is_still_examining = examination.is_alive()
    google.answers_again()
    examination.join()

    assert is_still_examining


def test_a_check_that_breaks_is_an_outcome_of_its_own(
    services: Services, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def breaks(_site: Site) -> Finding:
        raise ZeroDivisionError

    broken: tuple[Check[Site], ...] = (replace(CHECKS[0], look=breaks), *CHECKS[1:])
    monkeypatch.setattr(examining, "CHECKS", broken)
    report = services.doctor.examine()

    assert report.entries[0].finding.found == "The check itself broke."
    assert report.entries[1].finding.fitness is not Fitness.UNSEEN
    assert "ZeroDivisionError" in caplog.text


def test_no_secret_is_in_what_is_told(services: Services, app: Flask, settings: Settings) -> None:
    told = str(services.doctor.examine())

    secrets = (*settings.secret_keys, settings.checker.secret, settings.integration.secret)
    assert [secret for secret in secrets if secret in told] == []
