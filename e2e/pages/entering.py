"""The ways into a wizard in service: the first run, the sign-in, a one-time link, and adding people."""

from dataclasses import dataclass
from typing import ClassVar

from playwright.sync_api import Locator

from e2e.pages.start import StartPage
from e2e.pages.tab import Heading, S, Tab


@dataclass(frozen=True, slots=True)
class Form:
    """What the pages here share: fields with labels, and a summary of what has to change."""

    tab: Tab

    def field(self, label: str) -> Locator:
        return self.tab.page.get_by_label(label, exact=True)

    @property
    def problems(self) -> Locator:
        return self.tab.page.get_by_role("alert")

    def chooses(self, question: str, answer: str) -> None:
        # the words lie over the round button
        self.tab.picks(self.tab.page.get_by_role("group", name=question).get_by_text(answer, exact=True))

    def types(self, label: str, words: str) -> None:
        self.tab.types(self.field(label), words)


@dataclass(frozen=True, slots=True)
class FirstRunPage(Form):
    HEADING: ClassVar[Heading] = "Your clinic"

    def describes_the_clinic(self, name: str, zone: str, agreement: str) -> "FirstRunPage":
        self.tab.types(self._part("Clinic").get_by_label("Name"), name)
        self.tab.selects(self.field("Time zone"), zone)
        self.chooses("Has the clinic accepted Google's agreement for health data (BAA)?", agreement)
        return self

    def names_the_administrator(self, name: str, email: str, password: str) -> "FirstRunPage":
        you = self._part("You")
        for label, words in {"Name": name, "E-mail": email, "Password": password}.items():
            self.tab.types(you.get_by_label(label), words)
        return self

    def chooses_training(self) -> "FirstRunPage":
        self.chooses("This wizard goes with", "No PIMSY: training or testing only")
        self.tab.picks(self.tab.page.get_by_text("For training or testing only: I know that nothing reaches PIMSY"))
        return self

    def _part(self, heading: str) -> Locator:
        return self.tab.page.get_by_role("region", name=heading)

    def creates(self, to: type[S]) -> S:
        return self.tab.goes(self.tab.button("Create"), to)


@dataclass(frozen=True, slots=True)
class SignInPage(Form):
    HEADING: ClassVar[Heading] = "Sign in to this wizard"

    def signs_in(self, email: str, password: str, to: type[S]) -> S:
        self.types("E-mail", email)
        self.types("Password", password)
        return self.tab.goes(self.tab.button("Sign in"), to)


@dataclass(frozen=True, slots=True)
class ChoosePasswordPage(Form):
    HEADING: ClassVar[Heading] = "Choose a password"

    def chooses_password(self, password: str) -> StartPage:
        self.types("New password", password)
        return self.tab.goes(self.tab.button("Set the password and sign in"), StartPage)


@dataclass(frozen=True, slots=True)
class AddPeoplePage(Form):
    HEADING: ClassVar[Heading] = "Add people"

    def adds(self, name: str, google_account: str, to: type[S]) -> S:
        self.types("Name", name)
        self.types("Google e-mail", google_account)
        return self.tab.goes(self.tab.button("Add and set up"), to)


@dataclass(frozen=True, slots=True)
class AdministratorsPage(Form):
    HEADING: ClassVar[Heading] = "Administrators"

    def adds(self, name: str, email: str) -> str:
        """One more administrator; the link that is shown for her."""
        self.types("Name", name)
        self.types("E-mail", email)
        page = self.tab.goes(self.tab.button("Make the link"), AdministratorsPage)
        return page.field("The link").input_value()
