"""A person leaves the clinic: what ends, at Google too, what is kept, and how she comes back."""

import re
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text

from e2e.fake_google import FakeGoogle, World
from tests.own_pimsy import OwnDesk, opens_clinic, writes
from tests.walking import JOE, MARIA, TOKEN, Desk
from wizard.app import create_app
from wizard.config import Settings
from wizard.practice.builtin import sample
from wizard.store import grants, people, personal_links, schema, sessions
from wizard.store.database import db, of_clinic

ADDRESS, JOES = "maria@clinic.example", "joe@clinic.example"
PAGE = f"/people/{MARIA}"


@pytest.fixture
def desk(app: Flask, google: FakeGoogle) -> Desk:
    """A desk at which Maria is proven, a minute ago."""
    desk = Desk(app, google)
    desk.proves()
    google.world.clock.advance(60)
    return desk


def projects(world: World, account: str) -> set[str]:
    """The projects that this account still lets do anything."""
    return {grant.project for grant in world.grants.values() if grant.sub == world.account(account).sub}


def standing(app: Flask, person: int = MARIA) -> list[str]:
    with app.app_context(), of_clinic(1):
        found = sorted(grant.permission for grant in grants.standing([person]))
        db.session.commit()
    return found


def noted(app: Flask) -> list[tuple[str, str]]:
    with app.app_context():
        rows = db.session.execute(text("SELECT what, detail FROM log ORDER BY id")).all()
        db.session.commit()
    return [(what, detail) for what, detail in rows]


def test_what_ends_and_what_stays_is_said_first(desk: Desk, google: FakeGoogle) -> None:
    before = projects(google.world, ADDRESS)

    page = desk.client.get(f"{PAGE}/leave").text

    assert "Calendar Sync Checker</strong> for maria@clinic.example: it is taken back at Google" in page
    assert "PIMSY Calendar Integration</strong> for maria@clinic.example" in page
    assert "<li>Front desk 1</li>" in page
    assert "Suspended" not in page, "with the Stand-in there is no PIMSY to be told"
    assert len(before) == 2
    assert projects(google.world, ADDRESS) == before


def test_both_permissions_are_gone_at_google_and_closed_here(desk: Desk, google: FakeGoogle) -> None:
    answer = desk.post(f"{PAGE}/leave")

    assert (answer.status_code, answer.location) == (303, PAGE)
    assert projects(google.world, ADDRESS) == set()
    assert standing(desk.app) == []
    with desk.app.app_context():
        kept = db.session.execute(text("SELECT refresh_token, access_token FROM grants")).all()
    assert {tuple(row) for row in kept} == {("", "")}, "the rows stay as evidence, without a token"
    assert noted(desk.app)[-3:] == [
        ("person left the clinic", ""),
        ("permission for checker taken back", ""),
        ("permission for integration taken back", ""),
    ]


def test_who_left_stands_in_no_list_and_at_no_computer(desk: Desk) -> None:
    desk.post(f"{PAGE}/leave")

    for address in ("/", "/overview", "/people/add", "/account", f"/practice/personnel/{JOE}"):
        assert "Maria" not in desk.client.get(address).text, address
    assert "0 of 3 done." in desk.client.get("/overview").text
    assert "not taken back yet" not in desk.client.get("/people").text


def test_her_record_is_that_of_the_day_she_left(desk: Desk, google: FakeGoogle) -> None:
    desk.post(f"{PAGE}/leave")
    google.world.clock.advance(40 * 24 * 3600)

    page = desk.client.get(PAGE).text

    assert "<summary>Front desk 1: 6 of 6</summary>" in page
    assert "The appointment of Tuesday Nov 24, 6:10 AM arrived in PIMSY Calendar of maria@clinic.example" in page
    assert "This wizard holds no permission of Maria any more." in page


def test_desks_to_be_cleaned_say_what_was_last_seen_there(desk: Desk, google: FakeGoogle) -> None:
    second = Desk(desk.app, google, "Front desk 2")
    second.begins(MARIA)
    second.signs_out(MARIA)
    second.books(MARIA)
    second.accepts(MARIA)
    third = Desk(desk.app, google, "Front desk 3")
    third.begins(MARIA)
    desk.google.world.clock.advance(5)
    desk.signs_out_of_google()
    desk.comes_back(desk.client.get(f"/google/connect/{MARIA}/signed-out?from=record").location)

    desk.post(f"{PAGE}/leave")
    page = " ".join(re.sub("<[^>]+>", "", desk.client.get(PAGE).text).split())

    assert "Front desk 1: signed out of Google there, today 10:0" in page
    assert "Front desk 2: Google may still be open there" in page
    assert "Front desk 3:" not in page


def test_her_own_pages_lead_to_what_was_and_change_nothing(desk: Desk) -> None:
    desk.post(f"{PAGE}/leave")
    before = noted(desk.app)

    for address in ("", "/create-calendar", "/record", "/fix", "/account", "/title"):
        answer = desk.client.get(f"/setup/{MARIA}{address}")
        assert (answer.status_code, answer.location) == (303, PAGE)
    assert desk.client.get(f"/google/connect/{MARIA}/checker").location == PAGE
    assert desk.post(f"/setup/{MARIA}/start-again").location == PAGE
    assert desk.check(MARIA, "accept", now="1").headers["HX-Redirect"] == PAGE
    assert noted(desk.app) == before


def test_somebody_at_google_s_page_when_she_leaves_brings_nothing_back(app: Flask, google: FakeGoogle) -> None:
    desk = Desk(app, google)
    desk.begins(MARIA)
    away = desk.goes_to_google(MARIA, "checker")
    desk.post(f"{PAGE}/leave")
    google.accepts(ADDRESS)

    back = desk.comes_back(away)

    assert back.location == PAGE
    assert standing(app) == []
    assert projects(google.world, ADDRESS) == set(), "what came is given back"


def test_what_waits_to_be_sent_is_not_sent_any_more(app: Flask, google: FakeGoogle) -> None:
    desk = Desk(app, google)
    desk.creates_calendar()
    desk.prepares_practice()
    desk.books()
    desk.accepts()
    google.goes_silent()
    assert desk.turns_background() == 1
    desk.post(f"{PAGE}/leave")
    google.answers_again()
    google.world.clock.advance(3600)

    assert standing(app) == ["checker", "integration"], "Google did not answer: both permissions live"
    assert desk.turns_background() == 0
    assert google.world.events_in(ADDRESS, "PIMSY Calendar") == []


def test_while_google_is_silent_she_has_left_all_the_same(desk: Desk, google: FakeGoogle) -> None:
    google.goes_silent()
    left = desk.post(f"{PAGE}/leave")
    page, people_page = desk.client.get(PAGE).text, desk.client.get("/people").text
    asked = len(google.world.calls("revoke"))
    google.answers_again()
    again = desk.post(f"{PAGE}/take-back")
    after = desk.client.get(PAGE).text

    assert (left.status_code, again.status_code) == (303, 303)
    assert "Google did not take back every permission" in page
    assert "Try again" in page
    assert "not taken back yet" in people_page
    assert asked == 1, "where Google is silent it is asked no further"
    assert "Google did not take back every permission" not in after
    assert projects(google.world, ADDRESS) == set()
    assert standing(desk.app) == []
    assert ("permission for checker could not be taken back", "GOOGLE-BUSY") in noted(desk.app)


def test_what_was_taken_back_already_is_not_asked_for_again(desk: Desk, google: FakeGoogle) -> None:
    google.breaks("unavailable", "revoke")
    desk.post(f"{PAGE}/leave")
    kept = standing(desk.app)
    desk.post(f"{PAGE}/take-back")
    asked = len(google.world.calls("revoke"))
    desk.post(f"{PAGE}/take-back")
    desk.post(f"{PAGE}/leave")

    assert kept == ["checker", "integration"]
    assert len(google.world.calls("revoke")) == asked == 3
    assert [what for what, _ in noted(desk.app)].count("person left the clinic") == 1


def test_a_permission_that_is_dead_is_closed_without_a_question(desk: Desk, google: FakeGoogle) -> None:
    google.world.removes_permission(ADDRESS, "checker")
    google.world.clock.advance(5)
    desk.check(MARIA, "create-calendar", now="1")

    desk.post(f"{PAGE}/leave")

    assert [call.status for call in google.world.calls("revoke")] == [200], "the integration's alone"
    assert standing(desk.app) == []


def test_one_project_for_both_ends_both(settings: Settings, google: FakeGoogle) -> None:
    app = create_app(replace(settings, integration=settings.checker), google.world.now)
    desk = Desk(app, google)
    desk.proves()

    desk.post(f"{PAGE}/leave")

    assert standing(app) == []
    assert projects(google.world, ADDRESS) == set()
    with app.app_context():
        schema.close()


def test_an_account_that_somebody_of_another_clinic_lives_by_is_left_alone_at_google(
    desk: Desk, google: FakeGoogle
) -> None:
    with desk.app.app_context():
        there = sample.open_clinic(google.world.now())
        db.session.commit()
        number = there.id
    elsewhere = Desk(desk.app, google, "Elsewhere")
    maria_there = MARIA + len(sample.PEOPLE)
    elsewhere.creates_calendar(maria_there)

    asks = elsewhere.client.get(f"/people/{maria_there}/leave").text
    elsewhere.post(f"/people/{maria_there}/leave")

    assert number == 2
    assert "At Google it stays, since somebody of another clinic of this wizard uses that account." in asks
    assert google.world.calls("revoke") == []
    assert len(projects(google.world, ADDRESS)) == 2
    with desk.app.app_context(), of_clinic(2):
        assert grants.standing([maria_there]) == []
    assert ("permission for checker forgotten here, shared", "") in noted(desk.app)
    assert standing(desk.app) == ["checker", "integration"]


def test_a_colleague_s_permissions_stay(desk: Desk, google: FakeGoogle) -> None:
    google.world.adds_calendar(JOES, "PIMSY Calendar")
    desk.begins(JOE)
    desk.trip(JOE, "checker", JOES)

    desk.post(f"{PAGE}/leave")

    assert standing(desk.app, JOE) == ["checker"]
    assert len(projects(google.world, JOES)) == 1


def test_by_hand_the_checker_ends_and_pimsy_is_told_by_the_clinic(app: Flask, google: FakeGoogle) -> None:
    maria = opens_clinic(app)["Maria Lopez"]
    desk = OwnDesk(app, google)
    desk.tells_everything(maria)
    writes(google)
    desk.looks(maria)

    asks = desk.client.get(f"/people/{maria}/leave").text
    desk.post(f"/people/{maria}/leave")
    page = desk.client.get(f"/people/{maria}").text

    assert "marked Suspended (Login)" in asks
    assert "PIMSY Calendar Integration</strong>" not in asks
    assert "What PIMSY itself was given at Google" in page
    assert "<strong>Front desk 1</strong>" in page
    assert "Front desk 1: 6 of 6" in page
    assert projects(google.world, ADDRESS) == set()


def test_the_setting_that_her_appointment_proved_stays_proven(app: Flask, google: FakeGoogle) -> None:
    ids = opens_clinic(app)
    desk = OwnDesk(app, google)
    desk.tells_everything(ids["Maria Lopez"])
    writes(google)
    desk.looks(ids["Maria Lopez"])
    desk.post(f"/setup/{ids['Maria Lopez']}/title/answer", shows="none")

    desk.post(f"/people/{ids['Maria Lopez']}/leave")
    desk.begins(ids["Joe Hale"])

    assert "proved by the appointment of 6:10" in desk.sees(ids["Joe Hale"], "enable-setting")


def test_the_round_waits_for_nobody_s_look_at_the_title_of_who_left(app: Flask, google: FakeGoogle) -> None:
    desk = Desk(app, google)
    desk.arrives()
    waits = desk.begins(JOE).location

    desk.post(f"{PAGE}/leave")

    assert waits == f"/setup/{MARIA}/title?then={JOE}"
    assert desk.begins(JOE).location == f"/setup/{JOE}/create-calendar"


# ── her links and her browsers ───────────────────────────────────────────────────────────────────────────────────────


def carries(app: Flask, name: str) -> FlaskClient:
    client = app.test_client()
    with client.session_transaction() as session:
        session["signed_in"], session["by_link"] = name, True
    return client


def test_her_links_and_every_browser_that_opens_her_set_up_end(desk: Desk, google: FakeGoogle) -> None:
    app, now = desk.app, google.world.now()
    with app.app_context(), of_clinic(1):
        link, token = personal_links.make(MARIA, "Dana Hill", now)
        by_link = sessions.begin_personal(1, link.id, now)
        handed = sessions.begin(1, 1, now)
        row = sessions.named(handed)
        assert row is not None
        row.handed_to = MARIA
        db.session.commit()
    browsers = [carries(app, by_link), carries(app, handed)]
    for browser in browsers:
        browser.set_cookie("wizard_workstation", desk.client.get_cookie("wizard_workstation").value)  # type: ignore[union-attr]
    before = [browser.get(f"/setup/{MARIA}").status_code for browser in browsers]

    desk.post(f"{PAGE}/leave")

    assert before == [200, 200]
    assert [browser.get(f"/setup/{MARIA}").status_code for browser in browsers] == [401, 401]
    with app.app_context(), of_clinic(1):
        ended = personal_links.of_token(token)
        assert ended is not None
        assert not ended.is_good(now)
        assert all(row is not None and row.ended_at for row in map(sessions.named, (by_link, handed)))


def test_a_person_cannot_end_anybody_here(desk: Desk, google: FakeGoogle) -> None:
    now = google.world.now()
    with desk.app.app_context(), of_clinic(1):
        link, _ = personal_links.make(MARIA, "Dana Hill", now)
        name = sessions.begin_personal(1, link.id, now)
        db.session.commit()
    browser = carries(desk.app, name)
    token = TOKEN.search(browser.get(f"/setup/{MARIA}/start-again").text + browser.get("/account").text)
    assert token is None or token[1]
    desk.app.config["WTF_CSRF_ENABLED"] = False

    answers = [browser.post(f"/people/{who}/leave").status_code for who in (MARIA, JOE)]

    assert answers == [403, 403]
    assert noted(desk.app)[-2:] == [("refused to open a page", "POST parting.leave")] * 2
    with desk.app.app_context(), of_clinic(1):
        assert people.who_left() == []


# ── coming back ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_who_comes_back_stands_everywhere_and_connects_anew(desk: Desk, google: FakeGoogle) -> None:
    desk.post(f"{PAGE}/leave")
    google.world.clock.advance(3600)

    answer = desk.post(f"{PAGE}/come-back")

    assert (answer.status_code, answer.location) == (303, PAGE)
    assert "Maria Lopez" in desk.client.get("/overview").text
    assert desk.begins(MARIA).location == f"/setup/{MARIA}/create-calendar"
    desk.trip(MARIA, "checker", ADDRESS)
    assert standing(desk.app) == ["checker"]
    assert [what for what, _ in noted(desk.app)][-2:] == ["person works here again", "permission for checker given"]


def test_who_was_never_revoked_comes_back_connected(desk: Desk, google: FakeGoogle) -> None:
    google.goes_silent()
    desk.post(f"{PAGE}/leave")
    google.answers_again()

    desk.post(f"{PAGE}/come-back")

    assert desk.post(f"{PAGE}/take-back").location == PAGE
    assert standing(desk.app) == ["checker", "integration"], "of somebody who works here nothing is taken back"
    assert "1 of 4 done." in desk.client.get("/overview").text


def test_two_of_one_name_or_address_are_told_apart_first(desk: Desk) -> None:
    desk.post(f"{PAGE}/leave")
    desk.post("/people/2", name="Maria Lopez", email="", google_account=ADDRESS)

    refused = desk.post(f"{PAGE}/come-back")
    desk.post(PAGE, name="Maria Lopez-Gray", email="", google_account="")
    still = desk.post(f"{PAGE}/come-back")
    desk.post("/people/2", name="Joe Hale", email="", google_account=JOES)
    back = desk.post(f"{PAGE}/come-back")

    assert (refused.status_code, still.status_code, back.status_code) == (422, 422, 303)
    assert "Maria Lopez is somebody else here" in refused.text
    assert "maria@clinic.example is already entered for Maria Lopez" in still.text


def test_who_works_here_is_not_brought_back(desk: Desk) -> None:
    before = noted(desk.app)

    assert desk.post(f"{PAGE}/come-back").location == PAGE
    assert noted(desk.app) == before
