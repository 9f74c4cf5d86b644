"""From nothing: the printed link makes the clinic, its administrator adds herself, and step 1 lies before her."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, expect

from e2e import own
from e2e.desk import Clinic
from e2e.launcher import Installation
from e2e.pages.entering import AddPeoplePage, FirstRunPage
from e2e.pages.start import StartPage
from e2e.pages.step import CreateCalendarPage
from e2e.pages.tab import AnyPage
from e2e.seeing import Seeing


@pytest.fixture
def nobodys(own_installation: Installation, new_context: Callable[..., BrowserContext], seeing: Seeing) -> Clinic:
    """The desks of a clinic whose wizard nobody has set up."""
    return Clinic(own_installation, new_context, seeing)


def test_from_the_printed_link_to_the_first_calendar(nobodys: Clinic) -> None:
    desk = nobodys.desk()
    desk.seeing.lets_by("status of 503")
    expect(desk.opens("/", AnyPage).heading).to_have_text("This wizard is not set up yet")

    form = desk.opens(own.first_run_path(nobodys.installation.app), FirstRunPage)
    desk.seeing.lets_by("status of 422")
    form = filled_in(form, "too short").creates(FirstRunPage)
    expect(form.problems).to_contain_text("Choose a longer password")
    expect(form.problems).to_be_focused()
    form.field("Password").fill(own.PASSWORD)
    start = form.creates(StartPage)

    expect(start.tab.page.get_by_role("main")).to_contain_text("Nobody is set up yet")
    adding = start.tab.goes(start.tab.link("Set up the first person"), AddPeoplePage)
    expect(adding.field("Name")).to_have_value("Dana Hill")
    start = adding.adds("Maria Lopez", "maria@clinic.example", StartPage)
    expect(start.person("Maria Lopez")).to_be_checked()
    step = start.calls_the_computer("Front desk 1").continues(CreateCalendarPage)

    nobodys.installation.google.accepts("maria@clinic.example")
    step = step.connects(CreateCalendarPage)
    expect(step.verdict).to_contain_text("We do not see PIMSY Calendar in maria@clinic.example yet.")


def filled_in(form: FirstRunPage, password: str) -> FirstRunPage:
    form.describes_the_clinic("Cedar Clinic", "America/New_York", "not known")
    return form.names_the_administrator("Dana Hill", own.DANA, password)


def test_training_without_pimsy_says_so_on_every_page(nobodys: Clinic) -> None:
    desk = nobodys.desk(javascript=False, phone=True)
    form = desk.opens(own.first_run_path(nobodys.installation.app), FirstRunPage)

    start = filled_in(form, own.PASSWORD).chooses_training().creates(StartPage)

    expect(start.tab.page.get_by_text("Stand-in for PIMSY. This is not PIMSY.").first).to_be_visible()
