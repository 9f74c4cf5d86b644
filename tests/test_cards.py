"""The failure cards: numbers that never change, found by whatever somebody reads out on the telephone."""

import re

import pytest

from wizard.cards import CARDS, Card, card_of, number_of

PRINTED = """
    CAL-NONE CAL-NEAR CAL-DUP CAL-PRIMARY CAL-OTHERS CAL-GONE CAL-RENAMED ACC-WRONG SIGN-STILL GRANT-CANCEL GRANT-PART
    GRANT-NOREFRESH GOOGLE-PAGE-STAYED ORG-REVIEW ORG-POLICY APP-UNVERIFIED REVOKED-CHK REVOKED-PIMSY SET-OFF
    FOLDER-EMPTY FOLDER-OTHER FOLDER-PASSWORD USER-SUSPENDED CLIENT-NONE APPT-NONE APPT-EARLY PAGE-NONE PAGE-NOT-NEEDED
    EVT-NONE EVT-WRONGCAL EVT-OTHERACC EVT-TIME EVT-ZONE EVT-CANCELLED EVT-LATE QUOTA GOOGLE-BUSY OFFLINE CLOCK
    OPERATOR-SETUP TRIP-STALE OUR-FAULT GOOGLE-NOCAL WS-OTHER WS-FORGOT LEAVE-DESK
    MOVED-THERE GONE-THERE
"""
"""As they are printed on paper and known to support: a new one comes at the end."""


def test_numbers_never_change() -> None:
    assert [(card.number, card.code) for card in CARDS] == list(enumerate(PRINTED.split(), start=1))


@pytest.mark.parametrize("spoken", ["17", "017", " 17 ", "REVOKED-CHK", "revoked-chk"])
def test_a_card_is_found_by_number_and_by_code(spoken: str) -> None:
    found = card_of(spoken)

    assert found is not None
    assert (found.number, found.code, found.label) == (17, "REVOKED-CHK", "card 17")


@pytest.mark.parametrize("spoken", ["", "0", "49", "-1", "REVOKED", "1.0", "١٧"])
def test_what_is_no_card_finds_none(spoken: str) -> None:
    assert card_of(spoken) is None


def test_a_card_below_ten_is_said_with_its_zero() -> None:
    assert CARDS[1].label == "card 02"


def test_a_verdict_s_code_has_its_number_or_none() -> None:
    assert number_of("CAL-DUP") == 3
    assert number_of("FOUND") is None


@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.code)
def test_a_card_explains_itself_without_names(card: Card) -> None:
    for text in (card.headline, card.why, card.cure, card.asks, card.unharmed):
        assert text.endswith((".", "?"))
        assert not re.search(r"\{|@|\b(please|sorry|invalid|failed|oops)\b", text, re.IGNORECASE)
