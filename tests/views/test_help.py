"""Help on the telephone: every card by its number and its code, for somebody who is not signed in."""

from html import escape

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.walking import TOKEN
from wizard.cards import CARDS, Card
from wizard.store import clinics, help_votes
from wizard.store.database import db


@pytest.fixture
def caller(own_app: Flask) -> FlaskClient:
    """A browser of an installation in service; nobody is signed in there."""
    return own_app.test_client()


@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.code)
def test_a_card_says_all_of_itself_under_its_number_and_its_code(caller: FlaskClient, card: Card) -> None:
    by_number, by_code = caller.get(f"/help/{card.number}"), caller.get(f"/help/{card.code}")

    assert (by_number.status_code, by_code.status_code) == (200, 200)
    page = by_number.text
    for words in (card.headline, card.why, card.cure, card.asks, card.unharmed, f"Say: <strong>{card.label}</strong>"):
        assert words in page or escape(words, quote=True) in page.replace("&#39;", "&#x27;")
    assert TOKEN.sub("", by_code.text) == TOKEN.sub("", page)


def test_both_numbers_to_call_are_the_clinic_s_own(own_app: Flask, caller: FlaskClient) -> None:
    with own_app.app_context():
        clinic = clinics.first()
        assert clinic is not None
        clinic.pimsy_phone, clinic.wizard_phone = "555.0101 ext. 7", "555.0202"
        db.session.commit()

    for page in (caller.get("/help/17").text, caller.get("/help/").text):
        assert "Questions about PIMSY: <strong>555.0101 ext. 7</strong>" in page
        assert "Questions about this wizard: <strong>555.0202</strong>" in page


def vote(caller: FlaskClient, card: str, **fields: str) -> int:
    found = TOKEN.search(caller.get(f"/help/{card}").text)
    assert found is not None
    return caller.post(f"/help/{card}", data={"csrf_token": found[1], **fields}).status_code


def counted(app: Flask, code: str) -> tuple[int, int]:
    with app.app_context():
        return help_votes.count(code)


def test_whether_it_helped_is_counted_without_a_sign_in(own_app: Flask, caller: FlaskClient) -> None:
    answers = [vote(caller, card, helped=said) for card, said in (("17", "yes"), ("REVOKED-CHK", "no"), ("17", "yes"))]

    assert answers == [303, 303, 303]
    assert counted(own_app, "REVOKED-CHK") == (2, 1)
    page = caller.get("/help/17?helped=yes").text
    assert "Was this helpful?" not in page
    assert "Counted: 2 said Yes, 1 said No." in page


@pytest.mark.parametrize(("card", "said", "status"), [("17", "maybe", 400), ("17", "", 400), ("99", "yes", 404)])
def test_a_vote_that_is_none_is_refused(own_app: Flask, caller: FlaskClient, card: str, said: str, status: int) -> None:
    found = TOKEN.search(caller.get("/help/17").text)
    assert found is not None

    answer = caller.post(f"/help/{card}", data={"csrf_token": found[1], "helped": said})

    assert answer.status_code == status
    assert counted(own_app, "REVOKED-CHK") == (0, 0)


def test_a_vote_needs_the_token_of_its_page(own_app: Flask, caller: FlaskClient) -> None:
    assert caller.post("/help/17", data={"helped": "yes"}).status_code == 400
    assert counted(own_app, "REVOKED-CHK") == (0, 0)
