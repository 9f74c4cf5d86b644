"""The Friday round: 12 people at 5 front desks, 60 cells, as the office manager gets through it. Run by name: `make friday`.

What can be done without anybody's password was done the day before; at the first desk each person connects the checker as
well, and the sign-out that ends one person's turn is the next one's step 2.
"""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import BrowserContext, expect

from e2e import own
from e2e.desk import Clinic, Desk
from e2e.fake_google import World
from e2e.launcher import Installation
from e2e.pages.google import ChooseAccount, Permissions, SignIn, WhoYouAre
from e2e.pages.google_account import SignedOut
from e2e.pages.people import OverviewPage, RecordPage
from e2e.pages.round import DayBeforePage
from e2e.pages.start import StartPage
from e2e.pages.step import AcceptPage, CreateCalendarPage, SignOutPage, TestAppointmentPage
from e2e.seeing import Seeing

NAMES = "Maria Joe Sam Ana Ben Cora Dev Ella Finn Gus Hana Ivo".split()  # noqa: SIM905 - a list to be read
PEOPLE = tuple((f"{name} Lopez", f"{name.casefold()}@clinic.example") for name in NAMES)
DESKS = tuple(f"Front desk {number}" for number in range(1, 6))


@pytest.fixture
def friday(
    own_installation: Installation, new_context: Callable[..., BrowserContext], seeing: Seeing, world: World
) -> Iterator[Clinic]:
    """A clinic in service with the Stand-in; everybody's calendar was created, nobody is connected."""
    known = {account.email for account in world.accounts.values()}
    for _, email in PEOPLE:
        if email not in known:
            world.adds_account(email, "clinic.example")
        world.adds_calendar(email, "PIMSY Calendar")
    own.open_clinic(own_installation.app, world.now(), PEOPLE, practice="builtin")
    yield Clinic(own_installation, new_context, seeing, signs_in=lambda: own.signed_in(own_installation.app))
    seeing.looks_at_all()


def test_sixty_cells_by_friday_evening(friday: Clinic) -> None:
    office = friday.desk(DESKS[0])
    prepares(office)

    for number, name in enumerate(DESKS):
        desk = office if number == 0 else friday.desk(name)
        record = None
        for person, account in PEOPLE:
            booking = (
                sits_down(desk, person, account, number)
                if record is None
                else takes_over(record, person, account, is_first_desk=number == 0)
            )
            record = accepts(booking, account, is_first=person == PEOPLE[0][0], is_first_desk=number == 0)
            expect(record.heading).to_have_text(f"{person} is set up on {name}")
            if number == 0 and person == PEOPLE[0][0]:
                desk.prepares(person, account).begins().looks_at_the_title()
                record = record.tab.reloads(RecordPage)

    cells = len(PEOPLE) * len(DESKS)
    overview = friday.desk("Office").opens("/overview", OverviewPage)  # at the first desk the sign-in has ended by now
    expect(overview.main).to_contain_text(f"{cells} of {cells} done.")
    for person, _ in PEOPLE:
        for name in DESKS:
            expect(overview.cell(person, name)).to_contain_text("Verified")
    events = sum(len(friday.installation.world.events_in(account, "PIMSY Calendar")) for _, account in PEOPLE)
    assert events == cells


def prepares(office: Desk) -> None:
    """The setting, and everybody's folder in one list."""
    day = office.opens("/overview/day-before", DayBeforePage).turns_on_the_setting()
    for person, _ in PEOPLE:
        day.saved(person).check()
    day = day.saves_the_list()
    expect(day.saved(PEOPLE[-1][0])).to_be_checked()
    day.tab.closes()


def sits_down(desk: Desk, person: str, account: str, number: int) -> TestAppointmentPage:
    """The first one at a computer gives it its name."""
    start = desk.opens("/", StartPage).chooses(person).calls_the_computer(desk.name)
    if number:
        return signs_out(start.continues(SignOutPage))
    step = start.continues(CreateCalendarPage)
    return connects(step.connects(SignIn), account)


def takes_over(record: RecordPage, person: str, account: str, *, is_first_desk: bool) -> TestAppointmentPage:
    """One sign-out, one check, and the next person is there."""
    record.opens_googles_sign_out(SignedOut).tab.closes()
    record = record.checks_that_she_is_signed_out()
    if not is_first_desk:
        return record.goes_on_with(person, TestAppointmentPage)
    step = record.goes_on_with(person, CreateCalendarPage)
    return connects(step.connects(ChooseAccount).uses_another_account(), account)


def connects(page: SignIn, account: str) -> TestAppointmentPage:
    consent = page.signs_in_as(account, WhoYouAre).continues(Permissions)
    step = consent.ticks("Select all").continues(CreateCalendarPage)
    expect(step.verdict).to_contain_text(f"Found PIMSY Calendar in {account}.")
    out = step.continues(SignOutPage)
    out.opens_googles_sign_out(SignedOut).tab.closes()
    return signs_out(out)


def signs_out(out: SignOutPage) -> TestAppointmentPage:
    out = out.checks_that_she_is_signed_out()
    expect(out.verdict).to_contain_text("is signed out on this computer")
    return out.continues(TestAppointmentPage)


def accepts(booking: TestAppointmentPage, account: str, *, is_first: bool, is_first_desk: bool) -> RecordPage:
    """At the first desk Google knows the account by now, and asks who PIMSY's permission is for; later it does not."""
    if is_first_desk:
        consent = booking.books(ChooseAccount).chooses(account, WhoYouAre).continues(Permissions)
    elif is_first:
        consent = booking.books(SignIn).signs_in_as(account, Permissions)
    else:
        consent = booking.books(ChooseAccount).uses_another_account().signs_in_as(account, Permissions)
    accept = consent.continues(AcceptPage)
    expect(accept.verdict).to_contain_text(re.compile(r"arrived at \d"))
    return accept.continues(RecordPage)
