"""A personal link opens browsers for seven days, can be typed by hand, and asks for the next one when it has ended."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from wizard.store import mails, people, personal_links, sessions
from wizard.store.clinics import Clinic
from wizard.store.database import db
from wizard.store.mails import MailKind

NOW = datetime(2026, 11, 23, 15, tzinfo=UTC)
A_SECOND = timedelta(seconds=1)
DAY = timedelta(days=1)


@pytest.fixture
def maria(clinic: Clinic) -> int:
    assert clinic.id
    return people.everyone()[0].id


def test_it_is_good_for_seven_days_and_no_longer(maria: int) -> None:
    link, _ = personal_links.make(maria, "Dana Hill", NOW)

    assert link.is_good(NOW + 7 * DAY - A_SECOND)
    assert not link.is_good(NOW + 7 * DAY)


TYPED: dict[str, Callable[[str], str]] = {
    "as it stands": str,
    "in capitals": str.upper,
    "with spaces": lambda token: token.replace("-", " "),
    "in one word": lambda token: token.replace("-", ""),
}


@pytest.mark.parametrize("typed", TYPED)
def test_it_is_found_however_it_is_typed(maria: int, typed: str) -> None:
    link, token = personal_links.make(maria, "Dana Hill", NOW)

    found = personal_links.of_token(TYPED[typed](token))

    assert found is not None
    assert found.id == link.id


def test_a_token_is_long_and_never_the_same_and_not_kept(maria: int) -> None:
    made = [personal_links.make(maria, "Dana Hill", NOW) for _ in range(20)]

    tokens = {token for _, token in made}
    assert {len(token.replace("-", "")) for token in tokens} == {20}
    assert len(tokens) == 20
    assert not any(link.digest in token or token in link.digest for link, token in made)
    assert {link.word for link, _ in made} <= set(personal_links.WORDS)


@pytest.mark.parametrize("token", ["", "no-such-token", "\x00", "\ud800", "x" * 10_000])
def test_what_nobody_made_is_nobodys(maria: int, token: str) -> None:
    personal_links.make(maria, "Dana Hill", NOW)

    assert personal_links.of_token(token) is None


def test_an_earlier_one_stays_good_until_all_are_taken_back(clinic: Clinic, maria: int) -> None:
    (first, _), (second, _) = (personal_links.make(maria, "Dana Hill", NOW) for _ in range(2))
    joe, _ = personal_links.make(maria + 1, "Dana Hill", NOW)
    name = sessions.begin_personal(clinic.id, first.id, NOW)
    assert sessions.living(name, NOW) is not None

    personal_links.end_all(maria, NOW + A_SECOND)

    assert [link.is_good(NOW + A_SECOND) for link in (first, second, joe)] == [False, False, True]
    assert sessions.living(name, NOW + A_SECOND) is None


def test_no_letter_that_waits_carries_a_link_that_was_taken_back(maria: int) -> None:
    hers, asks, joes = (
        mails.add(kind, person, "somebody@clinic.example", "Subject", "encrypted", NOW)
        for kind, person in (
            (MailKind.PERSONAL_LINK, maria),
            (MailKind.ASKED, maria),
            (MailKind.PERSONAL_LINK, maria + 1),
        )
    )

    personal_links.end_all(maria, NOW)

    assert [letter.id for letter in mails.due(NOW)] == [asks.id, joes.id]
    db.session.refresh(hers)
    assert (hers.words, hers.trouble, hers.is_given_up) == ("", mails.WITHDRAWN, True)


def test_whoever_asks_is_told_of_until_she_has_a_newer_one(maria: int) -> None:
    link, _ = personal_links.make(maria, "Dana Hill", NOW)
    assert personal_links.asking([maria]) == {}

    assert personal_links.ask(link, NOW + DAY)
    assert not personal_links.ask(link, NOW + 2 * DAY), "Dana was told once"
    assert personal_links.asking([maria, maria + 1]) == {maria: link}

    personal_links.make(maria, "Dana Hill", NOW + 3 * DAY)
    assert personal_links.asking([maria]) == {}
    assert personal_links.ask(link, NOW + 4 * DAY), "the newer one may be lost: the old one asks once more"
    assert link.asked_at == NOW + 4 * DAY
