"""A person by her own link: every page of hers leads somewhere she may go, and none names anybody else of the clinic."""

import re
from dataclasses import replace

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from e2e.fake_google import FakeGoogle, World
from tests.own_links import OwnBrowser, make
from tests.own_pimsy import OwnDesk, opens_clinic
from tests.test_access import VALUES, rules
from tests.views.standin import BOOK
from tests.views.test_queries import counted, grow
from tests.walking import ANA, JOE, MARIA, SAM, Desk
from wizard import access
from wizard.access import ROUTES, Role
from wizard.app import create_app
from wizard.config import Settings
from wizard.store import answers, clients
from wizard.store.database import db, of_clinic

OTHERS = ("Joe Hale", "Sam Reed", "Ana Brook", "joe@", "sam@", "ana@")
LINK = re.compile(r'(?:href|action|hx-get|hx-post)="(/[^"#]*)')
SIGNS_HER_OUT = {"account.sign_out", "own_link.forget", "own_link.begin"}
ELSEWHERE = ("/static/", "/google/", "/help", "/sign-in")
"""What a crawl leaves out: files, trips to Google, and pages that are everybody's and name nobody."""


@pytest.fixture
def serving(settings: Settings, world: World) -> Flask:
    return create_app(replace(settings, is_tryout=False), world.now)


@pytest.fixture
def hers(serving: Flask, google: FakeGoogle) -> OwnBrowser:
    """Maria at Front desk 1, by her link."""
    hers = OwnBrowser(serving, google)
    hers.opens(make(serving))
    hers.names_the_computer()
    return hers


def crawl(hers: OwnBrowser, start: str = "/") -> dict[str, TestResponse]:
    """Every page that can be reached from there by what stands on pages, once."""
    seen: dict[str, TestResponse] = {}
    left = [start]
    while left:
        address = left.pop().replace("&amp;", "&")
        if address in seen or address.startswith(ELSEWHERE):
            continue
        answer = hers.client.get(address)
        seen[address] = answer
        if answer.status_code in {302, 303}:
            left.append(answer.location)
        left += [found.partition("?week")[0] for found in LINK.findall(answer.text)]
    return seen


def names_nobody_else(pages: dict[str, TestResponse]) -> None:
    named = {
        address: [other for other in OTHERS if other in answer.text or other.split()[0] in answer.text]
        for address, answer in pages.items()
    }
    assert {address: others for address, others in named.items() if others} == {}


def leads_nowhere_foreign(app: Flask, pages: dict[str, TestResponse]) -> None:
    """Only forms answer 405 to a visit; nothing is refused and nothing is missing."""
    assert {address: answer.status_code for address, answer in pages.items() if answer.status_code in {403, 404}} == {}
    adapter = app.url_map.bind("")
    endpoints = {
        adapter.match(address.partition("?")[0], method=method)[0]
        for address, answer in pages.items()
        for method in (["GET"] if answer.status_code != 405 else ["POST"])
    }
    assert {name for name in endpoints if not access.may(Role.PERSON, name)} == set()


@pytest.mark.parametrize("slug", ["create-calendar", "sign-out", "enable-setting", "personnel-folder", "record"])
def test_no_page_of_hers_leads_to_others_or_names_them(
    app: Flask, serving: Flask, hers: OwnBrowser, google: FakeGoogle, slug: str
) -> None:
    """At each stage of her way, beside people who are done and people who are not."""
    dana = Desk(app, google, "Front desk 1")
    joe = Desk(app, google, "Front desk 2")
    joe.proves(JOE, "joe@clinic.example")
    if slug != "create-calendar":
        google.world.adds_calendar("maria@clinic.example", "PIMSY Calendar")
        hers.trip(MARIA, "checker", "maria@clinic.example")
    if slug in {"enable-setting", "personnel-folder", "record"}:
        hers.signs_out()
    if slug == "personnel-folder":
        dana.post("/practice/settings", **{"value-233": "False"})
        dana.post("/practice/settings", **{"value-233": "True"})
    if slug == "record":
        dana.prepares_practice()
        hers.books()
        hers.accepts()
        hers.turns_background()
        hers.check(MARIA, "accept", now="1")

    pages = crawl(hers)

    assert len(pages) > 8
    names_nobody_else(pages)
    leads_nowhere_foreign(serving, pages)


def test_by_hand_none_does_either(app: Flask, serving: Flask, google: FakeGoogle) -> None:
    ids = opens_clinic(app)
    joe = OwnDesk(app, google, "Front desk 2")
    joe.tells_everything(ids["Joe Hale"], "joe@clinic.example")
    hers = OwnBrowser(serving, google)
    hers.opens(make(serving, ids["Maria Lopez"], clinic=2))
    hers.names_the_computer()

    pages = crawl(hers)

    assert f"/setup/{ids['Maria Lopez']}/personnel-folder" in pages
    names_nobody_else(pages)
    leads_nowhere_foreign(serving, pages)


def test_every_route_knows_her_own_and_nobody_elses(serving: Flask, hers: OwnBrowser) -> None:
    """Own set-up: let in. Another person's: no such page. An administrator's: not hers."""
    serving.config["WTF_CSRF_ENABLED"] = False
    answers = {}
    for rule in rules(serving):
        if rule.endpoint in SIGNS_HER_OUT or rule.endpoint.startswith("support.") or rule.endpoint == "static":
            continue
        for method in sorted((rule.methods or set()) - {"OPTIONS", "HEAD"}):
            for whose in (MARIA, JOE, SAM, ANA, 99):
                if whose != MARIA and "person_id" not in rule.arguments:
                    continue
                values = {**VALUES, "person_id": whose, "workstation_id": 1}
                with serving.test_request_context():
                    address = serving.url_for(rule.endpoint, **{name: values[name] for name in rule.arguments})
                status = hers.client.open(address, method=method, data={"answer": "continue"}).status_code
                answers[rule.endpoint, method, whose] = status

    own = {key: status for key, status in answers.items() if key[2] == MARIA}
    others = {key: status for key, status in answers.items() if key[2] != MARIA}
    administrators = {key[0] for key, status in own.items() if status == 403}
    assert administrators == {name for name, roles in ROUTES.items() if roles == access.SIGNED_IN} & {k[0] for k in own}
    assert {key for key, status in others.items() if status != 404 and key[0] not in administrators} == set()
    assert {key: status for key, status in own.items() if status in {401, 500}} == {}


def test_another_person_cannot_be_chosen_at_the_start(hers: OwnBrowser) -> None:
    answer = hers.post("/", person=str(JOE))

    assert answer.location == f"/setup/{MARIA}/create-calendar"


def test_her_other_calendars_are_named_to_her_and_counted_for_dana(
    app: Flask, hers: OwnBrowser, google: FakeGoogle
) -> None:
    google.world.adds_calendar("maria@clinic.example", "Choir")
    hers.trip(MARIA, "checker", "maria@clinic.example")
    dana = Desk(app, google, "Office")
    dana.begins()

    assert "Choir" in hers.sees(MARIA, "create-calendar")
    seen = dana.sees(MARIA, "create-calendar")
    assert "Choir" not in seen
    assert "1 other calendar" in seen


def test_an_account_that_is_somebody_elses_is_refused_without_a_name(
    app: Flask, serving: Flask, google: FakeGoogle
) -> None:
    Desk(app, google, "Front desk 2").creates_calendar(JOE, "joe@clinic.example")
    hers = OwnBrowser(serving, google)
    hers.opens(make(serving, SAM))
    hers.names_the_computer()

    hers.trip(SAM, "checker", "joe@clinic.example")
    page = hers.sees(SAM, "create-calendar")

    assert "joe@clinic.example is already another person&#39;s account here" in page
    assert "Joe Hale" not in page
    assert "Change the account" not in page


def test_an_address_that_is_entered_for_somebody_else_is_refused_without_a_name(
    serving: Flask, google: FakeGoogle
) -> None:
    hers = OwnBrowser(serving, google)
    hers.opens(make(serving, SAM))
    hers.names_the_computer()

    page = hers.post(f"/setup/{SAM}/without-checker", google_account="joe@clinic.example")

    assert page.status_code == 422
    assert "is entered for somebody else. Type your own, or ask Dana" in page.text
    assert "Joe" not in page.text


@pytest.mark.parametrize("then", [str(JOE), "99", "x"])
def test_after_the_title_she_goes_on_with_nobody_else(
    app: Flask, hers: OwnBrowser, google: FakeGoogle, then: str
) -> None:
    google.world.adds_calendar("maria@clinic.example", "PIMSY Calendar")
    hers.trip(MARIA, "checker", "maria@clinic.example")
    hers.signs_out()
    Desk(app, google).prepares_practice()
    hers.books()
    hers.accepts()
    hers.turns_background()
    hers.check(MARIA, "accept", now="1")

    shown = hers.client.get(f"/setup/{MARIA}/title", query_string={"then": then})
    said = hers.post(f"/setup/{MARIA}/title/answer", shows="none", then=then)

    assert (shown.status_code, "is next" in shown.text) == (200, False)
    assert said.location == f"/setup/{MARIA}/record"


def test_the_round_s_look_at_somebody_elses_title_is_not_hers(app: Flask, serving: Flask, google: FakeGoogle) -> None:
    Desk(app, google, "Front desk 2").arrives(JOE, "joe@clinic.example")
    hers = OwnBrowser(serving, google)
    hers.opens(make(serving))

    begun = hers.names_the_computer()

    assert begun.location == f"/setup/{MARIA}/create-calendar"


# ── what an administrator does for her ────────────────────────────────────────────────────────────────────────────────


def test_steps_of_the_administrator_say_who_does_them_and_follow_live(
    app: Flask, hers: OwnBrowser, google: FakeGoogle
) -> None:
    dana = Desk(app, google, "Office")
    page = hers.sees(MARIA, "enable-setting")
    assert "Dana does this" in page
    assert 'name="value-233"' not in page
    assert 'hx-trigger="submit, every 3s' in page
    assert "Continue</button>" not in page
    seen = re.search(r'name="seen" value="([^"]+)"', page)
    assert seen is not None

    told = hers.post(f"/setup/{MARIA}/enable-setting", answer="tell")
    waiting = hers.sees(MARIA, "enable-setting")
    quiet = hers.check(MARIA, "enable-setting", seen=seen[1])
    overview = dana.client.get("/overview").text
    dana.post("/practice/settings", **{"value-233": "True"})
    live = hers.check(MARIA, "enable-setting", seen=seen[1])

    assert told.location == f"/setup/{MARIA}/enable-setting"
    assert "Waiting for Dana" in waiting
    assert "Tell Dana" not in waiting
    assert quiet.status_code == 204
    assert "Maria Lopez waits for step 3" in overview
    assert "/practice/settings?filter=calendar" in overview, "Dana's computer needs no name for that"
    assert (live.status_code, "-233 is True since" in live.text, "Continue</button>" in live.text) == (200, True, True)
    assert "Waiting for Dana" not in live.text
    assert "waits for step 3" not in dana.client.get("/overview").text


@pytest.mark.parametrize("account", ["", "joe@clinic.example"])
def test_what_is_wrong_in_the_folder_is_dana_s_to_mend(
    app: Flask, hers: OwnBrowser, google: FakeGoogle, account: str
) -> None:
    google.world.adds_calendar("maria@clinic.example", "PIMSY Calendar")
    hers.trip(MARIA, "checker", "maria@clinic.example")
    Desk(app, google, "Office").post(
        f"/practice/personnel/{MARIA}", google_account=account, profile="Clinician", email=""
    )

    page = hers.sees(MARIA, "personnel-folder")

    assert "Dana does this" in page
    assert 'hx-trigger="submit, every 3s' in page
    assert "click Save" not in page


def test_meanwhile_leads_to_what_is_hers(hers: OwnBrowser) -> None:
    page = hers.sees(MARIA, "enable-setting")

    assert "Meanwhile: " in page
    assert f'href="/setup/{MARIA}/create-calendar">step 1, Create the calendar in Google</a>' in page


def test_where_nothing_is_left_but_dana_s_step_it_is_no_dead_end(hers: OwnBrowser, google: FakeGoogle) -> None:
    google.world.adds_calendar("maria@clinic.example", "PIMSY Calendar")
    hers.trip(MARIA, "checker", "maria@clinic.example")
    hers.signs_out()

    booking = hers.client.get(f"/setup/{MARIA}/test-appointment")
    hub = hers.client.get(f"/setup/{MARIA}").text

    assert booking.location == f"/setup/{MARIA}/enable-setting"
    assert "Meanwhile have your phone at hand" in hers.sees(MARIA, "enable-setting")
    assert "Wait for Dana: step 3" in hub
    assert "Dana does this." in hub
    assert 'hx-trigger="every 10s' in hub


def test_the_hub_follows_live_and_tells(app: Flask, hers: OwnBrowser, google: FakeGoogle) -> None:
    part = hers.client.get(f"/setup/{MARIA}", headers={"HX-Request": "true", "HX-Request-Type": "partial"}).text
    assert part.lstrip().startswith('<div id="hub"')
    assert part.count("Tell Dana") == 2

    hers.post(f"/setup/{MARIA}/personnel-folder", answer="tell")
    Desk(app, google, "Office").prepares_practice()
    after = hers.client.get(f"/setup/{MARIA}", headers={"HX-Request": "true", "HX-Request-Type": "partial"}).text

    assert "Tell Dana" not in after.replace("Dana reads it", "")


def test_telling_is_for_the_steps_that_are_dana_s(hers: OwnBrowser) -> None:
    answer = hers.post(f"/setup/{MARIA}/create-calendar", answer="tell")

    assert answer.status_code == 400


def test_without_a_client_dana_is_told_and_led_to_her_clients(app: Flask, hers: OwnBrowser, google: FakeGoogle) -> None:
    google.world.adds_calendar("maria@clinic.example", "PIMSY Calendar")
    hers.trip(MARIA, "checker", "maria@clinic.example")
    hers.signs_out()
    dana = Desk(app, google, "Office")
    dana.prepares_practice()
    with app.app_context(), of_clinic(1):
        for client in clients.of_people([MARIA]):
            db.session.delete(client)
        db.session.commit()

    page = hers.sees(MARIA, "test-appointment")
    hers.post(f"/setup/{MARIA}/test-appointment", answer="tell")

    assert "Tell Dana" in page
    assert "Clients tab</a>" not in page
    assert "Dana reads it on the overview" in hers.sees(MARIA, "test-appointment")
    assert f'has no client to book with: <a href="/practice/personnel/{MARIA}?tab=clients">' in (
        dana.client.get("/overview").text
    )


def test_by_hand_the_page_follows_what_dana_says(app: Flask, serving: Flask, google: FakeGoogle) -> None:
    maria = opens_clinic(app)["Maria Lopez"]
    hers = OwnBrowser(serving, google)
    hers.opens(make(serving, maria, clinic=2))
    hers.names_the_computer()
    dana = OwnDesk(app, google, "Office")
    dana.begins(maria)
    page = hers.sees(maria, "enable-setting")
    seen = re.search(r'name="seen" value="([^"]+)"', page)
    assert seen is not None
    assert "Tell Dana" in page
    assert 'hx-trigger="submit, every 3s' in page

    hers.post(f"/setup/{maria}/enable-setting", answer="tell")
    waiting = hers.sees(maria, "enable-setting")
    overview = dana.client.get("/overview").text
    dana.tells(maria, "enable-setting", "saved")
    live = hers.check(maria, "enable-setting", seen=seen[1])

    assert "This page says so by itself when Dana has done it" in waiting
    assert "Maria Lopez has no Administration menu" in overview
    assert (live.status_code, "you said it is done" in live.text) == (200, True)


def test_what_she_does_stands_in_the_log_under_her_name(app: Flask, hers: OwnBrowser, google: FakeGoogle) -> None:
    google.world.adds_calendar("maria@clinic.example", "PIMSY Calendar")
    hers.trip(MARIA, "checker", "maria@clinic.example")
    hers.signs_out()
    Desk(app, google, "Office").prepares_practice()
    hers.books()

    with app.app_context(), of_clinic(1):
        said = {answer.by for answer in answers.standing([MARIA])}
        db.session.commit()
    assert said <= {"Maria Lopez"}


def test_she_books_for_herself_alone(hers: OwnBrowser) -> None:
    answer = hers.post(BOOK.replace(f"/{MARIA}/", f"/{JOE}/"), day="2026-11-24", time="06:10")

    assert answer.status_code == 404


# ── her account ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_her_account_page_holds_her_own_matters(hers: OwnBrowser, google: FakeGoogle) -> None:
    before = hers.client.get("/account").text
    hers.trip(MARIA, "checker", "maria@clinic.example")

    page = hers.client.get("/account").text

    assert "Not given. Step 1 asks for it." in before
    for words in (
        "Your link is good until 11/30.",
        "You have no password here",
        "maria@clinic.example, given today",
        f'href="/setup/{MARIA}/remove-checker">Remove</a>',
        f'href="/google/connect/{MARIA}/checker">Give it again',
        "names of your calendars, and PIMSY Calendar around the test time",
        "Sign out of this wizard",
    ):
        assert words in page, words
    for words in ("Change your password", "Administrators", "Clinic settings", "Let support look", "Overview"):
        assert words not in page


def test_she_renames_her_computer_and_reads_what_is_wrong_on_her_own_page(hers: OwnBrowser) -> None:
    wrong = hers.post("/account/computer", workstation="")
    right = hers.post("/account/computer", workstation="Home office")

    assert (wrong.status_code, "Your link is good until" in wrong.text) == (422, True)
    assert right.status_code == 303
    assert "Home office" in hers.client.get("/account").text


@pytest.mark.parametrize(
    "address", ["/", "/account", f"/setup/{MARIA}", f"/setup/{MARIA}/record", f"/setup/{MARIA}/fix"]
)
def test_her_pages_cost_the_same_for_a_larger_clinic(app: Flask, google: FakeGoogle, address: str) -> None:
    hers = OwnBrowser(app, google)
    hers.opens(make(app))
    hers.names_the_computer()
    google.world.adds_calendar("maria@clinic.example", "PIMSY Calendar")
    hers.trip(MARIA, "checker", "maria@clinic.example")
    hers.signs_out()
    Desk(app, google, "Office").prepares_practice()
    hers.books()
    hers.accepts()
    hers.turns_background()
    hers.check(MARIA, "accept", now="1")
    with counted(app) as before:
        hers.client.get(address)
    grow(app)
    with counted(app) as after:
        answer = hers.client.get(address)

    assert answer.status_code == 200
    assert len(after) == len(before)
    assert len(before) < 35
