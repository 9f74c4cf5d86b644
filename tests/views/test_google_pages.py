"""What did Google show? The list, what is told, and the card it leads to."""

import re

import pytest
from flask import Flask

from e2e.fake_google import FakeGoogle
from tests.own_pimsy import OwnDesk, opens_clinic
from tests.walking import MARIA, Desk
from wizard.stayed import PAGES, Page

LIST = f"/setup/{MARIA}/create-calendar/google-page"


@pytest.fixture
def desk(app: Flask, google: FakeGoogle) -> Desk:
    """Maria left for Google, whose page stays, two minutes ago."""
    desk = Desk(app, google)
    desk.begins()
    desk.goes_to_google(MARIA, "checker")
    google.world.clock.advance(120)
    return desk


def test_the_step_asks_with_a_list_of_every_page_and_its_code(desk: Desk) -> None:
    page = desk.sees(MARIA, "create-calendar")

    assert "What did Google show?" in page
    for one in PAGES:
        assert f'value="{one.slug}"' in page
        for error in one.errors:
            assert f"<code>Error {error}</code>" in page
    assert 'name="line"' in page
    assert page.count('aria-hidden="true"><svg') >= 7


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.slug)
def test_what_is_told_leads_to_its_card(desk: Desk, page: Page) -> None:
    answer = desk.post(LIST, page=page.slug)
    shown = desk.sees(MARIA, "create-calendar")

    assert (answer.status_code, answer.location) == (303, f"/setup/{MARIA}/create-calendar")
    headline = re.search(r'<h2 class="card__headline">([^<]*)</h2>', shown)
    assert headline is not None
    assert headline[1].replace("&#39;", "'") == page.verdict.because.format(account="maria@clinic.example")


def test_the_administrator_s_message_is_ready_to_copy(desk: Desk) -> None:
    desk.post(LIST, page="blocked")

    shown = desk.sees(MARIA, "create-calendar")

    message = re.search(r'<textarea id="letter"[^>]*readonly[^>]*>(.*?)</textarea>', shown, re.DOTALL)
    assert message is not None
    assert "OAuth client ID: checker" in message[1]
    assert 'data-copies="letter"' in shown
    assert "Connect the checker (Google" not in shown, "there is nothing to repeat until then"
    assert "Ask again when that is done (Google" in shown


def test_a_line_nobody_knows_is_kept_as_its_code_alone(desk: Desk) -> None:
    desk.post(LIST, page="other", line="Error 400: invalid_scope")

    shown = desk.sees(MARIA, "create-calendar")

    assert "Google showed an error that this wizard does not know: 400: invalid_scope." in shown
    assert "Google showed: Error 400: invalid_scope" in shown


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "Choose what you saw"),
        ({"page": "made up"}, "Choose what you saw"),
        ({"page": "other"}, "Type only the line that begins with"),
        ({"page": "other", "line": "Jane Doe called at 5"}, "Type only the line that begins with"),
        ({"page": "other", "line": "<script>alert(1)</script>"}, "Type only the line that begins with"),
    ],
)
def test_what_cannot_be_taken_is_said_and_nothing_is_kept(desk: Desk, fields: dict[str, str], words: str) -> None:
    answer = desk.post(LIST, **fields)

    assert answer.status_code == 422
    assert words in answer.text
    assert "<script>alert" not in answer.text
    assert "You went to Google at" in desk.sees(MARIA, "create-calendar")


def test_asking_again_asks_anew(desk: Desk, google: FakeGoogle) -> None:
    desk.post(LIST, page="blocked")
    google.world.clock.advance(5)
    desk.goes_to_google(MARIA, "checker")
    google.world.clock.advance(120)

    assert "You went to Google at" in desk.sees(MARIA, "create-calendar")


def test_a_code_that_comes_after_all_ends_what_was_told(desk: Desk, google: FakeGoogle) -> None:
    desk.post(LIST, page="blocked")
    google.world.clock.advance(5)

    desk.trip(MARIA, "checker", "maria@clinic.example")

    assert "does not allow this app" not in desk.sees(MARIA, "create-calendar")


@pytest.mark.parametrize("slug", ["enable-setting", "test-appointment", "made-up"])
def test_only_the_steps_that_lead_to_google_ask(desk: Desk, slug: str) -> None:
    assert desk.client.get(f"/setup/{MARIA}/{slug}/google-page").status_code == 404
    assert desk.post(f"/setup/{MARIA}/{slug}/google-page", page="blocked").status_code == 404


def test_a_step_that_is_not_reached_leads_to_the_one_that_is_next(desk: Desk) -> None:
    answer = desk.post(f"/setup/{MARIA}/accept/google-page", page="blocked")

    assert (answer.status_code, answer.location) == (303, f"/setup/{MARIA}/create-calendar")


def test_by_hand_pimsy_s_own_page_is_told_of_at_step_6(app: Flask, google: FakeGoogle) -> None:
    maria = opens_clinic(app)["Maria Lopez"]
    desk = OwnDesk(app, google)
    desk.tells_everything(maria)
    google.world.clock.advance(5)

    desk.post(f"/setup/{maria}/accept/google-page", page="blocked")
    shown = desk.sees(maria, "accept")

    assert "Your organisation does not allow this app." in shown
    assert "client_id= in the address of Google" in shown
    assert "Book it again" in shown
