"""Links for people, as an administrator makes, prints, mails and takes them back."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import text
from werkzeug.test import TestResponse

from e2e.fake_google import FakeGoogle, World
from tests.letters import Letters, mail_server
from tests.own_links import ADDRESS, OwnBrowser, links_of, make
from tests.own_pimsy import opens_clinic
from tests.views.test_queries import counted, grow
from tests.walking import JOE, MARIA, SAM, Desk
from wizard.app import create_app
from wizard.config import Settings
from wizard.store import mails, needs, people, workstations
from wizard.store.database import db, of_clinic
from wizard.store.mails import Mail
from wizard.views.present import Services

HTMX = {"HX-Request": "true", "HX-Request-Type": "partial"}


@pytest.fixture
def dana(app: Flask, google: FakeGoogle) -> Desk:
    """Dana in her office, at a computer without a name."""
    return Desk(app, google, "Office")


@pytest.fixture
def letters() -> Iterator[Letters]:
    with mail_server() as letters:
        yield letters


def all_mails(app: Flask, clinic: int = 1) -> list[Mail]:
    with app.app_context(), of_clinic(clinic):
        found = mails.of_clinic()
        db.session.commit()
    return found


def plain(page: TestResponse) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page.text).split())


def row_of(page: TestResponse, person: int) -> str:
    found = re.search(rf'<tr id="person-{person}">(.*?)</tr>', page.text, re.DOTALL)
    assert found is not None
    return " ".join(re.sub(r"<[^>]+>", " ", found[1]).split())


def mail_everybody(dana: Desk) -> TestResponse:
    page = dana.client.get("/people/links").text
    after = re.search(r'name="after" value="(\d+)"', page)
    assert after is not None, "nobody is offered a letter"
    return dana.post("/people/links/mail", after=after[1])


def test_a_link_is_shown_once_with_its_word_its_code_and_its_picture(app: Flask, dana: Desk) -> None:
    made = dana.post(f"/people/links/{MARIA}")
    page = dana.client.get("/people/links")

    found = ADDRESS.search(made.text)
    assert found is not None
    link = links_of(app)[0]
    for words in (f"http://127.0.0.1:5000/go/{found[1]}", f">{link.word}</strong>", "From Dana Hill, Maple Clinic"):
        assert words in made.text
    assert re.search(r'<svg viewBox="0 0 \d+ \d+" class="qr">', made.text)
    assert "style=" not in made.text
    assert found[1] not in page.text
    assert row_of(page, MARIA).startswith("Maria Lopez Not opened yet today")
    assert row_of(page, JOE).startswith("Joe Hale No link yet –")


def test_the_link_opens_her_set_up(app: Flask, dana: Desk, google: FakeGoogle) -> None:
    found = ADDRESS.search(dana.post(f"/people/links/{MARIA}").text)
    assert found is not None

    OwnBrowser(app, google).opens(found[1])

    assert "Maria Lopez Has begun" in row_of(dana.client.get("/people/links"), MARIA)


def test_each_press_makes_one_more_and_ends_none(app: Flask, dana: Desk, world: World) -> None:
    for _ in range(2):
        dana.post(f"/people/links/{MARIA}")

    assert [link.is_good(world.now()) for link in links_of(app)] == [True, True]


def test_taking_back_says_what_ends_and_ends_it(app: Flask, dana: Desk, google: FakeGoogle, world: World) -> None:
    tokens = [make(app), make(app)]
    hers = OwnBrowser(app, google)
    hers.opens(tokens[0])

    asked = dana.client.get(f"/people/links/{MARIA}/end")
    before = [link.ended_at for link in links_of(app)]
    ended = dana.post(f"/people/links/{MARIA}/end")

    assert "Every browser that one of them opened" in asked.text
    assert before == [None, None]
    assert (ended.status_code, ended.location) == (303, f"/people/links#person-{MARIA}")
    assert [hers.looks_at(token).status_code for token in tokens] == [410, 410]
    assert hers.client.get("/").status_code == 401
    assert "Ended" in row_of(dana.client.get("/people/links"), MARIA)
    assert "taken back today" in row_of(dana.client.get("/people/links"), MARIA)


def test_whoever_asks_for_a_new_one_stands_out(app: Flask, dana: Desk, google: FakeGoogle, world: World) -> None:
    token, hers = make(app), OwnBrowser(app, google)
    world.clock.advance(timedelta(days=8).total_seconds())
    hers.asks(hers.looks_at(token), token)

    page = dana.client.get("/people/links")

    assert "Asks for a new link , today" in row_of(page, MARIA)
    assert "ended 11/30" in row_of(page, MARIA)


@pytest.mark.parametrize("person", [99, MARIA + 4])
@pytest.mark.parametrize("path", ["", "/end"])
def test_nobody_of_another_clinic_gets_or_loses_a_link(app: Flask, dana: Desk, person: int, path: str) -> None:
    dana.begins()  # signed in at the first clinic before the second one opens
    opens_clinic(app)

    assert dana.post(f"/people/links/{person}{path}").status_code == 404


@pytest.mark.parametrize("path", [f"/{MARIA}", "/cards", "/mail", f"/{MARIA}/end"])
def test_every_press_needs_its_token(app: Flask, dana: Desk, path: str) -> None:
    dana.begins()

    assert dana.client.post(f"/people/links{path}").status_code == 400
    assert links_of(app) == []


# ── on paper ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_cards_are_made_for_everybody_who_has_steps_left(app: Flask, dana: Desk, google: FakeGoogle) -> None:
    Desk(app, google).proves()

    page = dana.post("/people/links/cards")

    assert "3 cards to print" in page.text
    assert page.text.count('<svg viewBox="0 0 ') >= 3
    assert "Google Calendar Sync: Maria Lopez" not in page.text
    assert all(f"Google Calendar Sync: {name}" in page.text for name in ("Joe Hale", "Sam Reed", "Ana Brook"))
    assert len(set(re.findall(r'link-card__code">([a-z0-9-]+)<', page.text))) == 3


def test_a_desk_that_does_not_need_her_leaves_no_steps(app: Flask, dana: Desk, world: World) -> None:
    dana.begins()
    with app.app_context(), of_clinic(1):
        for who in people.everyone():
            if who.id != SAM:
                needs.decide(who.id, 1, is_needed=False, at=world.now(), by="Dana Hill")
        workstations.add("Telephone", world.now()).has_pimsy = False
        db.session.commit()

    page = dana.post("/people/links/cards")

    assert "1 card to print" in page.text
    assert re.findall(r"Google Calendar Sync: ([\w ]+)</h2>", page.text) == ["Sam Reed"]


# ── by mail ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_everybody_with_steps_left_and_an_address_gets_a_letter_of_her_own(
    app: Flask, dana: Desk, services: Services, google: FakeGoogle
) -> None:
    with app.app_context(), of_clinic(1):
        ana = people.everyone()[3]
        ana.email = "ana.brook@mail.example"
        db.session.commit()
    page = plain(dana.client.get("/people/links"))

    sent = mail_everybody(dana)
    before = plain(dana.client.get("/people/links"))
    services.postman.run_once()  # type: ignore[attr-defined]  # Services promises its views no more than wake()
    after = plain(dana.client.get("/people/links"))

    assert (
        "3 people have steps left, and each gets a letter with a link of her own: Maria Lopez, Joe Hale, Ana Brook"
        in page
    )
    assert "Without an address, so on paper: Sam Reed." in page
    assert (sent.status_code, sent.location) == (303, "/people/links#letters")
    assert ("0 of 3 sent" in before, "3 of 3 sent" in after) == (True, True)
    written = {letter.address: services.cipher.decrypt(letter.words) for letter in all_mails(app)}
    assert set(written) == {"maria@clinic.example", "joe@clinic.example", "ana.brook@mail.example"}
    codes = {ADDRESS.search(words)[1] for words in written.values()}  # type: ignore[index]  # each carries one
    assert len(codes) == 3
    hers = OwnBrowser(app, google)
    assert "Joe Hale" in hers.looks_at(ADDRESS.search(written["joe@clinic.example"])[1]).text  # type: ignore[index]


def test_the_letter_does_not_look_like_phishing(app: Flask, dana: Desk, services: Services) -> None:
    mail_everybody(dana)

    letter = all_mails(app)[-1]
    words = services.cipher.decrypt(letter.words)

    assert letter.subject == "Set up Google Calendar Sync: Maple Clinic, from Dana Hill"
    word = links_of(app)[0].word
    for said in (
        "from Dana Hill, Maple Clinic",
        f"The word of this letter is: {word}",
        "Your Google password is typed only on Google's own pages.",
        "http://127.0.0.1:5000/go\n",
        "and then this code: ",
        "It is good until Monday Nov 30, ",
        "You did not expect this? Do nothing, and tell Dana.",
    ):
        assert said in words, said
    assert "<" not in words
    assert max(len(line) for line in words.splitlines()) < 130


def test_a_second_press_of_the_same_page_writes_no_second_letter(app: Flask, dana: Desk) -> None:
    dana.post("/people/links/mail", after="0")
    first = len(all_mails(app))

    again = dana.post("/people/links/mail", after="0")

    assert (again.status_code, first, len(all_mails(app))) == (303, 3, 3)
    assert len(links_of(app)) == 1


def test_whose_letter_is_still_under_way_gets_no_second_one(app: Flask, dana: Desk) -> None:
    mail_everybody(dana)

    page = dana.client.get("/people/links")

    assert "Mail everybody their link" not in page.text


def test_the_progress_is_asked_for_alone_until_all_have_left(dana: Desk, services: Services) -> None:
    nothing = dana.client.get("/people/links", headers=HTMX)
    mail_everybody(dana)

    waiting = dana.client.get("/people/links", headers=HTMX)
    services.postman.run_once()  # type: ignore[attr-defined]  # as above
    over = dana.client.get("/people/links", headers=HTMX)

    assert nothing.text.strip() == ""
    assert waiting.text.lstrip().startswith('<section id="letters"')
    assert 'hx-trigger="every 3s' in waiting.text
    assert "hx-trigger" not in over.text
    assert "3 of 3 sent" in over.text


def test_a_letter_that_is_taken_back_is_said(app: Flask, dana: Desk, services: Services) -> None:
    mail_everybody(dana)

    asked = dana.client.get(f"/people/links/{MARIA}/end").text
    dana.post(f"/people/links/{MARIA}/end")
    services.postman.run_once()  # type: ignore[attr-defined]  # as above
    page = plain(dana.client.get("/people/links"))

    assert "The letter to Maria that has not left yet." in asked
    assert "2 of 3 sent" in page
    assert "Maria Lopez, maria@clinic.example: Its link was taken back." in page


def test_trouble_stays_visible(settings: Settings, world: World, google: FakeGoogle, letters: Letters) -> None:
    settings = replace(settings, mail_url=f"smtp://127.0.0.1:{letters.port}")
    app = create_app(settings, world.now)
    dana = Desk(app, google, "Office")
    with app.app_context(), of_clinic(1):
        people.everyone()[1].email = "refused@clinic.example"
        db.session.commit()
    mail_everybody(dana)

    app.extensions["wizard"].postman.run_once()
    page = plain(dana.client.get("/people/links"))

    assert "2 of 3 sent" in page
    assert "Joe Hale, refused@clinic.example: The mail server does not take mail for this address." in page
    assert "Nobody tries again: look at the address, then make a new link." in page
    assert {letters.next()["To"] for _ in range(2)} == {"maria@clinic.example", "ana@clinic.example"}


def test_without_a_mail_server_the_page_says_so_and_offers_paper(own_app: Flask, google: FakeGoogle) -> None:
    dana = Desk(own_app, google, "Office").signs_in()

    page = dana.client.get("/people/links")
    pressed = dana.post("/people/links/mail", after="0")

    assert "WIZARD_MAIL_URL" in page.text
    assert "Mail everybody their link" not in page.text
    assert "Make cards to print" in page.text
    assert (pressed.status_code, "This wizard sends no mail" in pressed.text) == (422, True)
    assert all_mails(own_app) == []
    assert links_of(own_app) == []


@pytest.mark.sqlite_alone  # by a trigger in its words
def test_letters_and_links_are_written_together_or_not_at_all(app: Flask, dana: Desk) -> None:
    with app.app_context():
        db.session.execute(
            text(
                "CREATE TRIGGER full BEFORE INSERT ON mails WHEN NEW.address LIKE 'ana%' BEGIN SELECT RAISE(ABORT, 'no'); END"
            )
        )
        db.session.commit()

    broken = dana.post("/people/links/mail", after="0")

    assert broken.status_code == 500
    assert (all_mails(app), links_of(app)) == ([], [])


# ── the mailbox of the try-out ────────────────────────────────────────────────────────────────────────────────────────


def test_the_mailbox_shows_letters_as_they_arrive(dana: Desk, services: Services) -> None:
    empty = dana.client.get("/try-out/mailbox").text
    mail_everybody(dana)
    services.postman.run_once()  # type: ignore[attr-defined]  # as above

    page = dana.client.get("/try-out/mailbox").text

    assert "No letter yet" in empty
    assert page.count("Set up Google Calendar Sync: Maple Clinic, from Dana Hill") == 3
    assert len(re.findall(r'<a href="http://127\.0\.0\.1:5000/go/[a-z0-9-]+">', page)) == 3
    assert "maria@clinic.example" in page


def test_the_mailbox_is_not_there_in_service_nor_beside_a_mail_server(
    settings: Settings, own_app: Flask, world: World, google: FakeGoogle
) -> None:
    mailing = create_app(replace(settings, mail_url="smtp://127.0.0.1:1"), world.now)

    assert Desk(own_app, google).signs_in().client.get("/try-out/mailbox").status_code == 404
    assert Desk(mailing, google).client.get("/try-out/mailbox").status_code == 404


@pytest.mark.parametrize("address", ["/people/links", "/try-out/mailbox"])
def test_the_page_costs_the_same_for_a_larger_clinic(app: Flask, dana: Desk, address: str) -> None:
    dana.begins()
    mail_everybody(dana)
    dana.client.get(address)
    with counted(app) as before:
        dana.client.get(address)
    grow(app)
    with app.app_context(), of_clinic(1):
        for who in people.everyone():
            who.email = who.email or f"person{who.id}@clinic.example"
        db.session.commit()
    mail_everybody(dana)
    with counted(app) as after:
        answer = dana.client.get(address)

    assert answer.status_code == 200
    assert answer.text.count("person") > 20
    assert len(after) == len(before)
    assert len(before) < 35
