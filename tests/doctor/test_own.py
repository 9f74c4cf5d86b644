"""What the settings alone tell."""

from collections.abc import Callable

import pytest

from wizard.config import Client
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
        ("https://dana@sync.maple-clinic.com", "user name"),
        ("https://sync.maple-clinic.com?x", "question mark"),
        ("https://sync.maple-clinic.com#x", "fragment"),
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


def test_one_client_for_both_is_a_warning(site_where: SiteWhere) -> None:
    found = own.names(site_where(integration=Client("checker.apps", "checker-secret", "Another name")))

    assert found.fitness is Fitness.WARNING
    assert "ends the other" in found.found


def test_one_name_for_two_clients_is_a_warning(site_where: SiteWhere) -> None:
    found = own.names(site_where(integration=Client("integration.apps", "s", "calendar sync CHECKER")))

    assert found.fitness is Fitness.WARNING
    assert "Nobody can tell them apart" in found.found


def test_two_clients_with_two_names_are_fit(site_where: SiteWhere) -> None:
    assert own.names(site_where()).fitness is Fitness.FIT


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
