"""The failure cards: a number to say on the telephone for each code, who acts, and the words of its help page.

Numbers never change; a new card takes the next free one, at the end of the last group. The words here name no person and
no account, so that the page of a card needs no sign-in; the words of a finding itself stand beside its rule, in steps/.
"""

from wizard.cards import around, arrival, calendar, permission, practice
from wizard.cards.card import Actor, Card

__all__ = ["CARDS", "Actor", "Card", "card_of", "number_of"]

CARDS = (*calendar.CARDS, *permission.CARDS, *practice.CARDS, *arrival.CARDS, *around.CARDS)

_BY_CODE = {card.code: card for card in CARDS}
_BY_NUMBER = {str(card.number): card for card in CARDS}


def card_of(spoken: str) -> Card | None:
    """The card of a number or a code as somebody types it: "17", "02", "revoked-chk"; None where there is none."""
    text = spoken.strip().upper()
    return _BY_CODE.get(text) or _BY_NUMBER.get(text.lstrip("0"))


def number_of(code: str) -> int | None:
    """The number to say for a verdict's code; None for the outcomes that are no card."""
    card = _BY_CODE.get(code)
    return card.number if card else None
