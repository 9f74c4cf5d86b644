"""The six steps: what stands on each of their pages, and what a person does there."""

from dataclasses import dataclass
from typing import ClassVar, TypeVar

from playwright.sync_api import Locator

from e2e.pages.practice import BookingForm, FolderForm, SettingForm
from e2e.pages.tab import Heading, S, Tab


@dataclass(frozen=True, slots=True)
class StepPage:
    """What all six have: where we are, the rail, what was found, the way on."""

    SLUG: ClassVar[str] = ""
    HEADING: ClassVar[Heading] = ""
    tab: Tab

    @property
    def main(self) -> Locator:
        return self.tab.page.get_by_role("main")

    @property
    def verdict(self) -> Locator:
        return self.tab.page.get_by_role("form", name="What we found")

    @property
    def rail(self) -> Locator:
        return self.tab.page.get_by_role("navigation", name="Steps")

    @property
    def spoken(self) -> Locator:
        """What a screen reader was told last."""
        return self.tab.page.locator("#live")

    @property
    def card(self) -> Locator:
        """The number to say on the telephone."""
        return self.verdict.get_by_role("link", name="card ")

    @property
    def way_on(self) -> Locator:
        return self.tab.button("Continue")

    def continues(self, to: type[S]) -> S:
        return self.tab.goes(self.way_on, to)

    def goes_on_without_this_check(self, to: type[S]) -> S:
        return self.tab.goes(self.tab.button("Continue without this check"), to)

    def checks_now(self) -> None:
        self.tab.presses(self.tab.button("Check now"))

    def checks_again(self) -> None:
        self.tab.presses(self.tab.button("Check again"))

    def checks_without_script(self, to: type[S]) -> S:
        """The same button where no script runs: a form that leads back to this page."""
        return self.tab.goes(self.tab.button("Check now").or_(self.tab.button("Check again")), to)

    def goes_back_a_step(self, to: type[S]) -> S:
        return self.tab.goes(self.tab.link("‹ Back"), to)

    def takes_it_back(self, to: type[S]) -> S:
        """On every page of a computer that was handed over."""
        return self.tab.goes(self.tab.link("Take it back"), to)

    def opens_the_hub(self, person: str, to: type[S]) -> S:
        return self.tab.goes(self.tab.page.get_by_role("banner").get_by_role("link", name=person), to)

    def uses(self, account: str, to: type[S]) -> S:
        """The same, where the wrong account was chosen: the button names the right one."""
        return self.tab.goes(self.tab.link(f"Use {account} (Google's page opens)"), to)

    def asks_again(self, to: type[S]) -> S:
        """The card's button that leads to Google's page once more."""
        return self.tab.goes(self.tab.link("Ask again (Google's page opens)"), to)


class CreateCalendarPage(StepPage):
    SLUG: ClassVar[str] = "create-calendar"
    HEADING: ClassVar[Heading] = "Create the calendar in Google"

    def connects(self, to: type[S]) -> S:
        return self.tab.goes(self.tab.link("Connect the checker (Google's page opens)"), to)

    def connects_again(self, to: type[S]) -> S:
        return self.tab.goes(self.tab.link("Connect the checker again (Google's page opens)"), to)

    def copies_the_name(self) -> None:
        self.tab.presses(self.tab.button("Copy name").first)

    def opens_google_calendar(self, to: type[S]) -> S:
        return self.tab.opens(self.tab.link("Open Google Calendar (opens in new tab)").first, to)

    def opens_the_calendars(self, to: type[S]) -> S:
        """The card's link: to the calendars that are there, not to a new one."""
        return self.tab.opens(self.tab.link("Open your calendars (opens in new tab)"), to)

    def goes_without_the_checker(self, to: type[S]) -> S:
        return self.tab.goes(self.tab.link("Go on without the checker"), to)

    def says_it_is_created(self, to: type[S]) -> S:
        return self.tab.goes(self.tab.button("I have created it"), to)

    def says_yes(self) -> "CreateCalendarPage":
        return self.tab.goes(self.tab.button("Yes"), CreateCalendarPage)

    def uses_another_account(self) -> "CreateCalendarPage":
        return self.tab.goes(self.tab.button("Use another account"), CreateCalendarPage)


class SignOutPage(StepPage):
    SLUG: ClassVar[str] = "sign-out"
    HEADING: ClassVar[Heading] = "Sign out of Google on this computer"

    def opens_googles_sign_out(self, to: type[S]) -> S:
        return self.tab.opens(self.tab.link("Open Google's sign-out page (opens in new tab)").first, to)

    def checks_that_she_is_signed_out(self) -> "SignOutPage":
        return self.tab.goes(self.tab.link("Check that I am signed out").first, SignOutPage)

    def says_she_has_signed_out(self, to: type[S]) -> S:
        return self.tab.goes(self.tab.button("I have signed out"), to)


class EnableSettingPage(StepPage):
    SLUG: ClassVar[str] = "enable-setting"
    HEADING: ClassVar[Heading] = "Turn on the setting"

    @property
    def form(self) -> SettingForm:
        return SettingForm(self.tab)

    def says_it_is_saved(self, to: type[S]) -> S:
        """In the clinic's own PIMSY."""
        return self.tab.goes(self.tab.button("I have saved it"), to)

    def tells(self, helper: str) -> "EnableSettingPage":
        return self.tab.goes(self.tab.button(f"Tell {helper}"), EnableSettingPage)


class PersonnelFolderPage(StepPage):
    SLUG: ClassVar[str] = "personnel-folder"
    HEADING: ClassVar[Heading] = "Name the Google account in the personnel folder"

    @property
    def form(self) -> FolderForm:
        return FolderForm(self.tab)

    def says_it_is_saved(self, to: type[S]) -> S:
        """In the clinic's own PIMSY."""
        return self.tab.goes(self.tab.button("I have saved it"), to)

    def tells(self, helper: str) -> "PersonnelFolderPage":
        return self.tab.goes(self.tab.button(f"Tell {helper}"), PersonnelFolderPage)


class TestAppointmentPage(StepPage):
    __test__ = False
    SLUG: ClassVar[str] = "test-appointment"
    HEADING: ClassVar[Heading] = "Book a test appointment"

    @property
    def form(self) -> BookingForm:
        return BookingForm(self.tab)

    def books(self, to: type[S]) -> S:
        return self.form.books(to)

    def books_it_again(self) -> "TestAppointmentPage":
        return self.tab.goes(self.tab.button("Book it again"), TestAppointmentPage)

    def says_it_is_booked(self, to: type[S]) -> S:
        """In the clinic's own PIMSY, and Google's page is open."""
        return self.tab.goes(self.tab.button("Booked, and it is open"), to)

    def says_no_page_opened(self, to: type[S]) -> S:
        return self.tab.goes(self.tab.button("Booked, and no page opened"), to)

    def types_the_time(self) -> "BookedTimePage":
        return self.tab.goes(self.tab.link("PIMSY will not take it: type the time booked"), BookedTimePage)


class BookedTimePage(StepPage):
    """PIMSY took another time than the test time."""

    HEADING: ClassVar[Heading] = "The time you booked"

    @property
    def problems(self) -> Locator:
        return self.tab.page.get_by_role("alert")

    def types(self, time: str, to: type[S], *, page: bool = True) -> S:
        """`time` as the browser's field takes it ("07:45"); the day stays."""
        self.tab.types(self.tab.page.get_by_label("Time it begins"), time)
        return self.tab.goes(self.tab.button("Booked, and it is open" if page else "Booked, and no page opened"), to)


class AcceptPage(StepPage):
    SLUG: ClassVar[str] = "accept"
    HEADING: ClassVar[Heading] = "Accept on Google's page"

    def opens_googles_page(self, to: type[S]) -> S:
        return self.tab.goes(self.tab.link("Open Google's page").first, to)

    def says_she_sees_it(self, to: type[S]) -> S:
        return self.tab.goes(self.tab.button("Yes, I see it"), to)

    def does_not_see_it(self) -> "AcceptPage":
        return self.tab.goes(self.tab.button("No"), AcceptPage)

    def sees_it_now(self, to: type[S]) -> S:
        return self.tab.goes(self.tab.button("I see it now"), to)

    def books_it_again(self) -> TestAppointmentPage:
        return self.tab.goes(self.tab.button("Book it again"), TestAppointmentPage)


P = TypeVar("P", bound=StepPage)
