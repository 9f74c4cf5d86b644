"""The try-out's own pages: somebody wants to see what happens, and sees it."""

import re

import pytest
from playwright.sync_api import expect

from e2e.catalogue.elsewhere import google_of
from e2e.desk import Clinic
from e2e.fake_google import World
from e2e.launcher import Installation
from e2e.pages.start import StartPage
from e2e.pages.step import CreateCalendarPage
from e2e.pages.tab import AnyPage


def test_one_press_shows_what_happens_when_google_does_not_answer(clinic: Clinic, world: World) -> None:
    clinic.desk("Front desk 1").prepares("Maria Lopez").up_to("sign-out")
    start = clinic.desk("Front desk 1").opens_the_wizard()

    pick = start.tab.goes(start.tab.link("Show me what happens when …"), AnyPage)
    ready = pick.tab.goes(pick.tab.button("Show me when Google does not answer"), AnyPage)
    expect(ready.heading).to_have_text("When Google does not answer")
    expect(ready.main).to_contain_text("maria@clinic.example has a calendar named 'PIMSY Calendar'.")
    start = ready.tab.goes(ready.tab.link("Begin"), StartPage)
    expect(start.person("Maria Lopez")).to_be_checked()
    step = start.calls_the_computer("Front desk 1").continues(CreateCalendarPage)
    clinic.installation.google.accepts("maria@clinic.example")
    step = step.connects(CreateCalendarPage)
    expect(step.verdict).to_contain_text("Google is not answering. It is not something you did.")

    ready = ready.tab.visits(f"{clinic.installation.url}/try-out/GOOGLE-BUSY", AnyPage)
    ready = ready.tab.goes(ready.tab.page.get_by_role("button", name=re.compile("^Make it so")), AnyPage)
    expect(ready.main).to_contain_text("It is so now.")
    step = ready.tab.visits(step_address(clinic, 5), CreateCalendarPage)
    step.checks_now()
    expect(step.verdict).to_contain_text("Found PIMSY Calendar in maria@clinic.example.")


def test_a_tryout_tells_a_suite_from_elsewhere_where_its_google_is(installation: Installation) -> None:
    assert google_of(installation.url) == installation.google_url


def test_what_is_no_tryout_is_named(installation: Installation) -> None:
    with pytest.raises(LookupError, match="shows no sample clinic"):
        google_of(installation.google_url)


def step_address(clinic: Clinic, person: int) -> str:
    """The second clinic's first person comes after the first clinic's four."""
    return f"{clinic.installation.url}/setup/{person}/create-calendar"
