"""Mail: greeted, signed in to, nothing sent."""

from collections.abc import Callable, Iterator

import pytest

from tests.letters import NAME, PASSWORD, Letters, mail_server
from wizard.doctor import Fitness, Site, post

SiteWhere = Callable[..., Site]
QUOTED = PASSWORD.replace(" ", "%20")


@pytest.fixture
def letters() -> Iterator[Letters]:
    with mail_server() as letters:
        yield letters


def test_a_server_that_takes_the_name_is_fit_and_gets_no_letter(site_where: SiteWhere, letters: Letters) -> None:
    found = post.mail(site_where(mail_url=f"smtp://{NAME}:{QUOTED}@127.0.0.1:{letters.port}"))

    assert found.fitness is Fitness.FIT
    assert letters.is_empty


def test_a_wrong_password_is_told_and_not_shown(site_where: SiteWhere, letters: Letters) -> None:
    found = post.mail(site_where(mail_url=f"smtp://{NAME}:wrong-one@127.0.0.1:{letters.port}"))

    assert found.fitness is Fitness.UNFIT
    assert "refused the name or the password" in found.found
    assert "wrong-one" not in found.found + found.cure


def test_nobody_at_that_port_is_told(site_where: SiteWhere, letters: Letters) -> None:
    assert post.mail(site_where(mail_url="smtp://127.0.0.1:1")).fitness is Fitness.UNFIT


@pytest.mark.parametrize("url", ["mail.example", "http://mail.example", "smtp://", "smtp://mail.example:many"])
def test_what_is_no_address_is_told(site_where: SiteWhere, url: str) -> None:
    assert post.mail(site_where(mail_url=url)).found == "WIZARD_MAIL_URL is no address of a mail server."


def test_no_mail_is_no_fault(site_where: SiteWhere) -> None:
    assert post.mail(site_where()).fitness is Fitness.FIT
