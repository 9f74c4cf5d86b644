"""The way back from Google: each answer belongs to one trip of one browser, and counts once."""

from urllib.parse import parse_qs, urljoin, urlsplit

import pytest
from playwright.sync_api import Request, expect

from e2e.desk import Clinic, Desk
from e2e.fake_google import FakeGoogle, World
from e2e.pages.google import Permissions, SignIn, WhoYouAre
from e2e.pages.people import AccountPage
from e2e.pages.step import CreateCalendarPage
from e2e.pages.tab import AnyPage

MARIA, JOE = "maria@clinic.example", "joe@clinic.example"
REFUSED = "This answer from Google is too old or was used before"
CALLBACK = "/google/callback"


def answers_to(desk: Desk) -> list[str]:
    """The addresses by which Google answers this browser from now on."""
    heard: list[str] = []

    def hear(request: Request) -> None:
        if CALLBACK in request.url:
            heard.append(request.url.removeprefix(desk.installation.url))

    desk.context.on("request", hear)
    return heard


def test_two_people_go_through_google_at_once_in_two_tabs(clinic: Clinic, world: World) -> None:
    desk = clinic.desk()
    world.adds_calendar(MARIA, "PIMSY Calendar")
    world.adds_calendar(JOE, "PIMSY Calendar")
    maria = desk.prepares("Maria Lopez").begins().opens(CreateCalendarPage).connects(SignIn)
    joe = desk.prepares("Joe Hale").begins().opens(CreateCalendarPage).connects(SignIn)

    consent = joe.signs_in_as(JOE, WhoYouAre).continues(Permissions)
    step = consent.ticks("Select all").continues(CreateCalendarPage)
    expect(step.main).to_contain_text("Joe Hale on Front desk 1 · Step 1 of 6")
    expect(step.verdict).to_contain_text("Found PIMSY Calendar in joe@clinic.example.")

    consent = maria.signs_in_as(MARIA, WhoYouAre).continues(Permissions)
    step = consent.ticks("Select all").continues(CreateCalendarPage)
    expect(step.main).to_contain_text("Maria Lopez on Front desk 1 · Step 1 of 6")
    expect(step.verdict).to_contain_text("Found PIMSY Calendar in maria@clinic.example.")


@pytest.mark.parametrize(
    "forged",
    ["?state=made-up&code=made-up", "?state=made-up&error=access_denied", "?code=made-up", "?state=a&state=b", ""],
)
def test_a_forged_answer_changes_nothing(clinic: Clinic, forged: str) -> None:
    clinic.seeing.lets_by("status of 400")
    desk = clinic.desk()
    desk.prepares("Maria Lopez").begins()

    trouble = desk.opens(CALLBACK + forged, AnyPage)

    expect(trouble.heading).to_have_text(REFUSED)
    expect(trouble.main).to_contain_text("Nothing was changed.")
    expect(trouble.main).to_contain_text("card 41")
    account = desk.opens("/account", AccountPage)
    expect(account.permissions_of("Maria Lopez")).to_have_text("Maria Lopez not given not given")


def test_an_answer_counts_once(clinic: Clinic, google: FakeGoogle) -> None:
    clinic.seeing.lets_by("status of 400")
    desk = clinic.desk()
    step = desk.prepares("Maria Lopez").begins().opens(CreateCalendarPage)
    answers = answers_to(desk)
    google.accepts(MARIA)
    step.connects(CreateCalendarPage)
    given = desk.opens("/account", AccountPage).permissions_of("Maria Lopez").inner_text()

    for answer in answers.copy():
        trouble = desk.opens(answer, AnyPage)
        expect(trouble.heading).to_have_text(REFUSED)

    assert [sorted(parse_qs(urlsplit(answer).query).keys() & {"code", "error"}) for answer in answers[:2]] == [
        ["code"],
        ["code"],  # the control
    ]
    expect(desk.opens("/account", AccountPage).permissions_of("Maria Lopez")).to_have_text(given)


def test_an_answer_counts_in_the_browser_that_asked_alone(clinic: Clinic, google: FakeGoogle) -> None:
    clinic.seeing.lets_by("status of 400")
    asked, other = clinic.desk("Front desk 1"), clinic.desk("Front desk 2")
    other.prepares("Maria Lopez").begins()
    google.accepts(MARIA)
    answer = answer_on_its_way(asked, asked.prepares("Maria Lopez").begins().id)

    trouble = other.opens(answer, AnyPage)
    expect(trouble.heading).to_have_text(REFUSED)
    account = other.opens("/account", AccountPage)
    expect(account.permissions_of("Maria Lopez")).to_have_text("Maria Lopez not given not given")

    step = asked.opens(answer, CreateCalendarPage)
    expect(step.verdict).to_contain_text("We do not see PIMSY Calendar in maria@clinic.example yet.")


def answer_on_its_way(desk: Desk, person_id: int) -> str:
    """The address of Google's answer to this browser, which has not come back with it yet."""
    address = f"{desk.installation.url}/google/connect/{person_id}/checker"
    while CALLBACK not in address:
        went = desk.context.request.get(address, max_redirects=0)
        address = urljoin(address, went.headers["location"])
    return address.removeprefix(desk.installation.url)
