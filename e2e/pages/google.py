"""Google's pages on the way to a permission, as the stand-in draws them: who is it, and may the app."""

import re
from dataclasses import dataclass
from typing import ClassVar

from playwright.sync_api import Locator

from e2e.pages.tab import Heading, S, Tab


@dataclass(frozen=True, slots=True)
class SignIn:
    """Nobody was ever signed in in this browser, or "Use another account" was pressed."""

    HEADING: ClassVar[Heading] = "Sign in"
    tab: Tab

    @property
    def email(self) -> Locator:
        return self.tab.page.get_by_label("Email or phone")

    def signs_in_as(self, email: str, to: type[S]) -> S:
        self.email.fill(email)
        return self.tab.goes(self.tab.button("Next"), to)


@dataclass(frozen=True, slots=True)
class ChooseAccount:
    HEADING: ClassVar[Heading] = "Choose an account"
    tab: Tab

    def account(self, email: str) -> Locator:
        return self.tab.page.get_by_role("button", name=email)

    def chooses(self, email: str, to: type[S]) -> S:
        return self.tab.goes(self.account(email), to)

    def uses_another_account(self) -> SignIn:
        return self.tab.goes(self.tab.link("Use another account"), SignIn)


@dataclass(frozen=True, slots=True)
class Decision:
    """A page of Google's with Cancel and Continue."""

    tab: Tab

    @property
    def main(self) -> Locator:
        return self.tab.page.get_by_role("main")

    def continues(self, to: type[S]) -> S:
        return self.tab.goes(self.tab.button("Continue"), to)

    def cancels(self, to: type[S]) -> S:
        return self.tab.goes(self.tab.button("Cancel"), to)


class WhoYouAre(Decision):
    """The first meeting of an account and an app."""

    HEADING: ClassVar[Heading] = re.compile("^Sign in to ")


class Permissions(Decision):
    HEADING: ClassVar[Heading] = re.compile("wants (additional )?access to your Google Account$")

    def box(self, words: str) -> Locator:
        return self.tab.page.get_by_role("checkbox", name=words)

    def ticks(self, words: str) -> "Permissions":
        self.box(words).check()
        return self


@dataclass(frozen=True, slots=True)
class Blocked:
    """A page of Google's that never leads back."""

    HEADING: ClassVar[Heading] = re.compile("Access blocked|Authorization Error|Something went wrong")
    tab: Tab


@dataclass(frozen=True, slots=True)
class Warned:
    """Before the permissions of an app that Google has not verified."""

    HEADING: ClassVar[Heading] = "Google hasn't verified this app"
    tab: Tab

    def goes_back_to_safety(self, to: type[S]) -> S:
        return self.tab.goes(self.tab.button("Back to safety"), to)
