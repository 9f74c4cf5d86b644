"""Letters reach a real mail server of this computer, and what goes wrong is said without secrets."""

import socket
from collections.abc import Iterator
from dataclasses import replace

import pytest

from tests.letters import NAME, PASSWORD, Letters, mail_server
from wizard import notices
from wizard.config import Settings

LINK = "https://sync.clinic.example/sign-in/link/abc"
TO = "lee@cedar.example"


@pytest.fixture
def letters() -> Iterator[Letters]:
    with mail_server() as letters:
        yield letters


def with_mail(settings: Settings, letters: Letters, name: str = "", query: str = "") -> Settings:
    return replace(settings, mail_url=f"smtp://{name}127.0.0.1:{letters.port}{query}")


def test_a_letter_arrives_with_its_link_whole(settings: Settings, letters: Letters) -> None:
    letter = notices.invitation(TO, "Cedar Clinic", "Dana Hill", LINK)

    notices.send(with_mail(settings, letters), letter)

    taken = letters.next()
    assert (taken["To"], taken["From"], taken["Auto-Submitted"]) == (TO, "wizard@127.0.0.1", "auto-generated")
    assert LINK in taken.get_content().splitlines()
    assert "Dana Hill made you an administrator" in taken.get_content()


@pytest.mark.parametrize(
    ("name", "query", "sender"),
    [
        ("wizard:mail%20secret@", "", "wizard@127.0.0.1"),
        ("", "?from=sync@cedar.example", "sync@cedar.example"),
    ],
)
def test_it_signs_in_and_says_who_it_is(
    settings: Settings, letters: Letters, name: str, query: str, sender: str
) -> None:
    notices.send(with_mail(settings, letters, name, query), notices.new_password(TO, "Cedar Clinic", LINK))

    assert letters.next()["From"] == sender


def test_who_asks_has_a_letter_that_tells_to_do_nothing(settings: Settings, letters: Letters) -> None:
    notices.send_later(with_mail(settings, letters), notices.new_password(TO, "Cedar Clinic", LINK))

    assert "It was not you? Do nothing" in letters.next().get_content()


@pytest.mark.parametrize(
    ("name", "to", "says"),
    [
        (f"{NAME}:wrong@", TO, "The mail server refused the name or the password (535)"),
        ("", "refused@cedar.example", "The mail server does not take mail for this address"),
    ],
)
def test_a_refusal_is_said_without_name_address_or_password(
    settings: Settings, letters: Letters, name: str, to: str, says: str
) -> None:
    with pytest.raises(notices.NotSent) as refused:
        notices.send(with_mail(settings, letters, name), notices.new_password(to, "Cedar Clinic", LINK))

    assert str(refused.value) == says
    assert letters.is_empty


def test_a_server_that_is_not_there_is_said(settings: Settings) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]

    with pytest.raises(notices.NotSent, match=r"cannot be reached \(Connection refused\)"):
        notices.greet(f"smtp://127.0.0.1:{port}")


def test_tls_where_none_is_spoken_is_said(letters: Letters) -> None:
    with pytest.raises(notices.NotSent, match=r"TLS|certificate"):
        notices.greet(f"smtps://127.0.0.1:{letters.port}")


def test_a_password_goes_over_no_open_line_but_on_this_computer(letters: Letters) -> None:
    with_password = f"{NAME}:{PASSWORD.replace(' ', '%20')}"

    notices.greet(f"smtp://{with_password}@localhost:{letters.port}")

    with pytest.raises(notices.NotSent, match="no encryption, so the password was not sent"):
        notices.greet(
            f"smtp://{with_password}@127.0.0.2:{letters.port}"
        )  # this computer by a name we do not know it by
