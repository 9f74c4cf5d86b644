"""What the settings alone tell."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.doctor.conftest import HEALTHY
from wizard.config import Client, Settings
from wizard.doctor import Fitness, Site, own

SiteWhere = Callable[..., Site]


@pytest.mark.parametrize(
    "address",
    ["https://sync.maple-clinic.com", "https://sync.maple.health:8443", "http://localhost:5000", "http://127.0.0.1:80"],
)
def test_an_address_google_takes(site_where: SiteWhere, address: str) -> None:
    found = own.redirect(site_where(public_url=address))

    assert found.fitness is Fitness.FIT
    assert f"{address}/google/callback" in found.found


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("https://192.168.1.20", "a bare IP address"),
        ("https://[2001:db8::1]", "a bare IP address"),
        ("https://server", "no full name"),
        ("https://*.maple-clinic.com", "no full name"),
        ("https://sync.maple.local", "ending in .local"),
        ("https://sync.maple.lan", "ending in .lan"),
        ("https://sync.home.arpa", "ending in .arpa"),
        ("https://sync.maple.local.", "ending in .local"),
    ],
)
def test_an_address_google_refuses(site_where: SiteWhere, address: str, why: str) -> None:
    found = own.redirect(site_where(public_url=address))

    assert found.fitness is Fitness.UNFIT
    assert why in found.found
    assert "WIZARD_PUBLIC_URL" in found.cure


@pytest.mark.parametrize(
    ("audience", "fitness"),
    [
        ("internal", Fitness.FIT),
        ("verified", Fitness.FIT),
        ("testing", Fitness.WARNING),
        ("", Fitness.WARNING),
    ],
)
def test_who_may_give_permission(site_where: SiteWhere, audience: str, fitness: Fitness) -> None:
    assert own.audience(site_where(google_audience=audience)).fitness is fitness


def test_testing_names_the_seven_days(site_where: SiteWhere) -> None:
    assert "7 days" in own.audience(site_where(google_audience="testing")).found


ONE = replace(HEALTHY, integration=Client("checker.apps", "checker-secret", "Another name"))
ONE_NAME = replace(HEALTHY, integration=Client("integration.apps", "s", "calendar sync CHECKER"))


@pytest.mark.parametrize(
    ("settings", "writes_here", "fitness", "says"),
    [
        (HEALTHY, True, Fitness.FIT, "Calendar Sync Checker reads, PIMSY Calendar Integration writes."),
        (ONE, True, Fitness.WARNING, "ends the other"),
        (ONE, False, Fitness.FIT, "the permission to write is PIMSY's"),
        (ONE_NAME, False, Fitness.WARNING, "Nobody can tell them apart"),
    ],
)
def test_the_two_permissions(settings: Settings, writes_here: bool, fitness: Fitness, says: str) -> None:
    found = own.judge_names(settings, writes_here=writes_here)

    assert found.fitness is fitness
    assert says in found.found


@pytest.mark.parametrize(
    ("address", "proxies", "bind", "fitness"),
    [
        ("http://localhost:5000", 0, "127.0.0.1:5000", Fitness.FIT),
        ("https://sync.maple-clinic.com", 1, "127.0.0.1:5000", Fitness.FIT),
        ("https://sync.maple-clinic.com", 2, "[::1]:5000", Fitness.FIT),
        ("https://sync.maple-clinic.com", 0, "127.0.0.1:5000", Fitness.WARNING),
        ("https://sync.maple-clinic.com", 1, "0.0.0.0:5000", Fitness.WARNING),
    ],
)
def test_what_stands_before_it(site_where: SiteWhere, address: str, proxies: int, bind: str, fitness: Fitness) -> None:
    assert own.proxy(site_where(public_url=address, trusted_proxies=proxies, bind=bind)).fitness is fitness
