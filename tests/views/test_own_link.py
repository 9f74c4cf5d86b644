"""A person's own link: what it shows before and after Begin, and every way in which it opens nothing any more."""

from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text
from werkzeug.test import TestResponse

from e2e.fake_google import FakeGoogle, World
from tests.own_links import OwnBrowser, ends_clinic, links_of, make
from tests.own_pimsy import opens_clinic
from tests.walking import JOE, MARIA, Desk
from wizard.app import create_app
from wizard.config import Settings
from wizard.store import mails, people, personal_links
from wizard.store.database import db, of_clinic
from wizard.views.limits import OF_ONE_ADDRESS

DAY = timedelta(days=1)
ENDED = "This link has ended. Ask Dana for a new link."
ASK = "Ask Dana for a new link</button>"


@pytest.fixture
def serving(settings: Settings, world: World) -> Flask:
    """The same wizard without the try-out's open door."""
    return create_app(replace(settings, is_tryout=False), world.now)


@pytest.fixture
def hers(serving: Flask, google: FakeGoogle) -> OwnBrowser:
    return OwnBrowser(serving, google)


def log_of(app: Flask) -> list[tuple[str, str, int | None]]:
    with app.app_context():
        rows = db.session.execute(text("SELECT who, what, person_id FROM log ORDER BY id")).all()
        db.session.commit()
    return [(who, what, person_id) for who, what, person_id in rows]


def leaves(app: Flask, world: World, person: int = MARIA) -> None:
    with app.app_context(), of_clinic(1):
        who = people.find(person)
        assert who is not None
        who.left_at = world.now()
        db.session.commit()


def take_back(app: Flask, world: World, person: int = MARIA) -> None:
    with app.app_context(), of_clinic(1):
        personal_links.end_all(person, world.now())
        db.session.commit()


def test_it_says_from_whom_and_whose_and_uses_nothing_up(serving: Flask, hers: OwnBrowser) -> None:
    token = make(serving)
    word = links_of(serving)[0].word

    pages = [hers.looks_at(token) for _ in range(3)]

    assert [page.status_code for page in pages] == [200] * 3
    for words in ("From Dana Hill, Maple Clinic", "Maria Lopez", f">{word}</strong>", "only on Google's own pages"):
        assert words in pages[-1].text
    assert links_of(serving)[0].opened_at is None
    assert log_of(serving) == []
    assert hers.client.get("/").status_code == 401, "looking opens nothing"


def test_begin_opens_her_set_up_in_this_browser(serving: Flask, hers: OwnBrowser, world: World) -> None:
    token = make(serving)

    begun = hers.opens(token)
    named = hers.names_the_computer()

    assert (begun.status_code, begun.location) == (303, "/")
    assert (named.status_code, named.location) == (303, f"/setup/{MARIA}/create-calendar")
    assert hers.client.get(f"/setup/{MARIA}").status_code == 200
    opened = links_of(serving)[0].opened_at
    assert opened is not None
    assert abs(opened - world.now()) < timedelta(minutes=1)
    assert log_of(serving)[0] == ("Maria Lopez", "opened her own set-up by a personal link", MARIA)


def test_a_computer_that_has_a_name_leads_to_the_next_step_at_once(serving: Flask, hers: OwnBrowser) -> None:
    hers.opens(make(serving))
    hers.names_the_computer()

    again = hers.opens(make(serving))

    assert again.location == f"/setup/{MARIA}/create-calendar"


def test_it_opens_several_computers(serving: Flask, google: FakeGoogle) -> None:
    token = make(serving)
    browsers = [OwnBrowser(serving, google, f"Front desk {number}") for number in (1, 2)]

    for hers in browsers:
        hers.opens(token)
        hers.names_the_computer()

    assert [hers.client.get(f"/setup/{MARIA}").status_code for hers in browsers] == [200, 200]
    assert len(links_of(serving)) == 1


def test_the_browser_remembers_it_when_it_is_closed(serving: Flask, hers: OwnBrowser) -> None:
    hers.opens(make(serving))

    cookie = hers.client.get_cookie("wizard_session")
    assert cookie is not None
    assert cookie.expires is not None


def test_whoever_was_signed_in_is_named_and_signed_out(app: Flask, google: FakeGoogle) -> None:
    hers = OwnBrowser(app, google)
    hers.begins()  # Dana, in the try-out
    danas = hers.client.get_cookie("wizard_session")
    assert danas is not None
    token = make(app)

    page = hers.looks_at(token)
    hers.opens(token)

    assert "<strong>Begin</strong> signs Dana Hill out here" in page.text
    thief = app.test_client()
    thief.set_cookie("wizard_session", danas.value)
    thief.get("/overview")  # the try-out signs a new Dana in; the old session itself is dead
    with app.app_context():
        ended = db.session.execute(text("SELECT ended_at FROM sessions WHERE administrator_id IS NOT NULL")).scalars()
        assert next(iter(ended)) is not None
        db.session.commit()


def test_the_code_of_a_card_leads_to_the_link(serving: Flask, hers: OwnBrowser) -> None:
    token = make(serving)

    field = hers.client.get("/go")
    typed = hers.client.get("/go", query_string={"code": token.upper().replace("-", " ")})
    page = hers.client.get(typed.location)

    assert "Type the code that stands in your letter" in field.text
    assert (typed.status_code, page.status_code, "Maria Lopez" in page.text) == (303, 200, True)


@pytest.mark.parametrize("token", ["no-such-link", "ask", "%00", "x" * 3000])
def test_an_unknown_link_is_404_and_names_nobody(serving: Flask, hers: OwnBrowser, token: str) -> None:
    make(serving)

    page = hers.client.get(f"/go/{token}")
    sent = hers.client.post(f"/go/{token}", data={"csrf_token": hers.form_token(hers.client.get("/sign-in"))})

    assert (page.status_code, "There is no such link" in page.text) == (404, True)
    assert not any(name in page.text for name in ("Maria", "Dana", "Maple"))
    assert sent.status_code in {400, 404}


def ended_by_time(app: Flask, world: World) -> None:
    world.clock.advance(7 * DAY.total_seconds())


@pytest.mark.parametrize(
    ("what", "may_ask"), [("time", True), ("taken back", True), ("left", False), ("clinic", False)]
)
def test_a_link_that_has_ended_opens_nothing(
    serving: Flask, hers: OwnBrowser, world: World, what: str, may_ask: bool
) -> None:
    token = make(serving)
    form = hers.form_token(hers.looks_at(token))
    match what:
        case "time":
            ended_by_time(serving, world)
        case "taken back":
            take_back(serving, world)
        case "left":
            leaves(serving, world)
        case _:
            ends_clinic(serving, world.now())

    page = hers.looks_at(token)
    pressed = hers.client.post(f"/go/{token}", data={"csrf_token": form})

    assert (page.status_code, pressed.status_code) == (410, 410)
    assert "This link has ended" in page.text
    assert (ASK in page.text) is may_ask
    assert (ENDED in page.text) is may_ask
    assert hers.client.get("/").status_code == 401
    assert links_of(serving)[0].opened_at is None


def test_asking_tells_dana_once(serving: Flask, app: Flask, google: FakeGoogle, world: World) -> None:
    hers, token = OwnBrowser(serving, google), make(serving)
    ended_by_time(serving, world)

    asked = hers.asks(hers.looks_at(token), token)
    again = hers.client.get(asked.location)

    assert (asked.status_code, asked.location, again.status_code) == (303, f"/go/{token}", 410)
    assert "<strong>Dana is told since" in again.text
    assert ASK not in again.text
    assert links_of(serving)[0].asked_at is not None
    assert [what for _, what, _ in log_of(serving)] == ["asked for a new link"]
    dana = Desk(app, google)
    assert "Maria Lopez asks for a new link" in dana.client.get("/overview").text
    assert "Asks for a new link" in dana.client.get("/people/links").text
    make(serving)
    assert "asks for a new link" not in dana.client.get("/overview").text


def test_asking_needs_its_token(serving: Flask, hers: OwnBrowser, world: World) -> None:
    token = make(serving)
    ended_by_time(serving, world)

    answers = [
        hers.client.post("/go/ask", data={"token": token}),
        hers.client.post(f"/go/{token}"),
        hers.client.post("/go/forget"),
    ]

    assert [answer.status_code for answer in answers] == [400] * 3
    assert links_of(serving)[0].asked_at is None


def test_nobody_asks_for_whom_nobody_can_make_a_link(serving: Flask, hers: OwnBrowser, world: World) -> None:
    token = make(serving)
    form = hers.form_token(hers.looks_at(token))
    leaves(serving, world)

    hers.client.post("/go/ask", data={"csrf_token": form, "token": token})

    assert links_of(serving)[0].asked_at is None


def ended_in_the_browser(hers: OwnBrowser, world: World) -> tuple[str, str]:
    """Opened, then taken back by Dana; the link's token, and a form token from before."""
    token = make(hers.app)
    hers.opens(token)
    hers.names_the_computer()
    form = hers.token()
    take_back(hers.app, world)
    return token, form


@pytest.mark.parametrize("address", ["/", f"/setup/{MARIA}", f"/setup/{MARIA}/create-calendar", "/account"])
def test_a_page_of_a_browser_whose_link_has_ended_asks_dana(hers: OwnBrowser, world: World, address: str) -> None:
    ended_in_the_browser(hers, world)

    page = hers.client.get(address)

    assert (page.status_code, ENDED in page.text, ASK in page.text) == (401, True, True)
    assert "E-mail" not in page.text, "she has no password to sign in with"


def test_a_part_of_a_page_says_it_and_asks_no_more(hers: OwnBrowser, world: World) -> None:
    _, form = ended_in_the_browser(hers, world)

    part = hers.client.post(
        f"/setup/{MARIA}/create-calendar/check",
        data={"csrf_token": form},
        headers={"HX-Request": "true", "HX-Request-Type": "partial"},
    )

    assert (part.status_code, ENDED in part.text, ASK in part.text) == (401, True, True)
    assert "<html" not in part.text
    assert "hx-trigger" not in part.text
    asked = hers.asks(part)
    assert (asked.status_code, asked.location) == (303, "/")
    assert "Dana is told since" in hers.client.get("/").text


def test_a_browser_goes_on_by_itself_beyond_the_seven_days(serving: Flask, hers: OwnBrowser, world: World) -> None:
    """Renewed while steps are left; the link itself opens no further browser meanwhile."""
    token = make(serving)
    hers.opens(token)
    hers.names_the_computer()
    for _ in range(3):
        world.clock.advance(4 * DAY.total_seconds())
        assert hers.client.get(f"/setup/{MARIA}").status_code == 200

    assert hers.looks_at(token).status_code == 410
    account = hers.client.get("/account").text
    assert "Your link was good until 11/30." in account
    world.clock.advance(8 * DAY.total_seconds())
    assert hers.client.get(f"/setup/{MARIA}").status_code == 401


def test_who_needs_another_computer_later_asks_on_her_account_page(
    serving: Flask, hers: OwnBrowser, world: World
) -> None:
    hers.opens(make(serving))
    hers.names_the_computer()
    for _ in range(2):
        world.clock.advance(4 * DAY.total_seconds())
        hers.client.get("/")

    asked = hers.post("/go/ask", back="account")

    assert (asked.status_code, asked.location) == (303, "/account")
    assert "Dana is told since" in hers.client.get("/account").text


def test_a_link_of_another_clinic_opens_that_clinic_alone(app: Flask, serving: Flask, google: FakeGoogle) -> None:
    there = opens_clinic(app)["Maria Lopez"]
    hers = OwnBrowser(serving, google)

    hers.opens(make(serving, there, clinic=2))
    hers.names_the_computer()

    assert hers.client.get(f"/setup/{there}").status_code == 200
    assert [hers.client.get(f"/setup/{who}").status_code for who in (MARIA, JOE, there + 1)] == [404] * 3


def test_guessing_comes_to_an_end(serving: Flask, hers: OwnBrowser) -> None:
    allowed = int(OF_ONE_ADDRESS.split()[0])

    answers: list[TestResponse] = [hers.looks_at(f"guess-{number}") for number in range(allowed + 1)]

    assert {answer.status_code for answer in answers[:-1]} == {404}
    assert answers[-1].status_code == 429
    assert "the right link, too, is taken only then" in answers[-1].text


def test_opening_the_right_link_is_no_guess(serving: Flask, hers: OwnBrowser) -> None:
    token = make(serving)

    answers = [hers.looks_at(token).status_code for _ in range(int(OF_ONE_ADDRESS.split()[0]) + 1)]

    assert set(answers) == {200}


def test_in_the_try_out_her_browser_is_hers_until_she_signs_out(app: Flask, google: FakeGoogle) -> None:
    hers = OwnBrowser(app, google)
    hers.opens(make(app))

    before = hers.client.get("/overview").status_code
    left = hers.post("/account/sign-out")

    assert (before, left.status_code, left.location) == (403, 303, "/go")
    assert hers.client.get("/overview").status_code == 200, "the sample administrator is back"


def test_a_link_that_ended_can_be_forgotten_in_its_browser(app: Flask, google: FakeGoogle, world: World) -> None:
    hers = OwnBrowser(app, google)
    ended_in_the_browser(hers, world)
    page = hers.client.get("/")

    forgot = hers.client.post("/go/forget", data={"csrf_token": hers.form_token(page)})

    assert (page.status_code, forgot.status_code) == (401, 303)
    assert hers.client.get("/overview").status_code == 200


def test_what_is_asked_is_written_to_dana(app: Flask, google: FakeGoogle, world: World) -> None:
    """In the try-out the letter is in the mailbox."""
    token = make(app)
    take_back(app, world)
    hers = OwnBrowser(app, google)

    hers.asks(hers.looks_at(token), token)

    with app.app_context(), of_clinic(1):
        (letter,) = mails.of_clinic()
        db.session.commit()
    assert (letter.address, letter.subject) == (
        "dana@clinic.example",
        "Maria Lopez asks for a new link: Google Calendar Sync",
    )
    mailbox = Desk(app, google).client.get("/try-out/mailbox").text
    assert "Maria Lopez opened a personal link of Maple Clinic that has ended" in mailbox


def test_where_no_mail_leaves_no_letter_is_written(serving: Flask, hers: OwnBrowser, world: World) -> None:
    token = make(serving)
    take_back(serving, world)

    hers.asks(hers.looks_at(token), token)

    with serving.app_context(), of_clinic(1):
        assert mails.of_clinic() == []
        db.session.commit()


def test_the_pages_of_links_need_no_sign_in(serving: Flask) -> None:
    client: FlaskClient = serving.test_client()

    assert client.get("/go").status_code == 200
    assert client.get("/go/none").status_code == 404
