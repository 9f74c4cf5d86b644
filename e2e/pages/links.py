"""Pages of personal links: an administrator's list, the card that is shown once, the link in hand, the mailbox."""

import re
from dataclasses import dataclass
from typing import ClassVar

from playwright.sync_api import Locator

from e2e.pages.tab import Heading, S, Tab


@dataclass(frozen=True, slots=True)
class LinksPage:
    """Who has a link, and who has begun."""

    HEADING: ClassVar[Heading] = "Links for people"
    tab: Tab

    @property
    def main(self) -> Locator:
        return self.tab.page.get_by_role("main")

    def row(self, person: str) -> Locator:
        return self.tab.page.get_by_role("row").filter(has=self.tab.page.get_by_role("rowheader", name=person))

    @property
    def letters(self) -> Locator:
        """How many of the letters written last have left."""
        return self.tab.page.get_by_role("region", name=re.compile(r"of \d+ sent$"))

    def makes_a_link_for(self, person: str) -> "NewLinkPage":
        return self.tab.goes(self.tab.button(f"Make a link for {person}"), NewLinkPage)

    def asks_what_ends_for(self, person: str) -> "EndLinksPage":
        return self.tab.goes(self.tab.link(f"Take back the links of {person}"), EndLinksPage)

    def mails_everybody(self) -> "LinksPage":
        return self.tab.goes(self.tab.button("Mail everybody their link"), LinksPage)

    def makes_cards(self) -> "NewLinkPage":
        return self.tab.goes(self.tab.button("Make cards to print"), NewLinkPage)

    def opens_the_mailbox(self) -> "MailboxPage":
        return self.tab.goes(self.tab.link("Read them in the mailbox"), MailboxPage)


@dataclass(frozen=True, slots=True)
class NewLinkPage:
    """Links that were just made, each as a card of paper."""

    HEADING: ClassVar[Heading] = re.compile(r"^A link for |to print$")
    tab: Tab

    @property
    def address(self) -> str:
        return self.tab.page.get_by_label("The link").input_value()

    def card(self, person: str) -> Locator:
        return self.tab.page.get_by_role("article", name=f"Google Calendar Sync: {person}")


@dataclass(frozen=True, slots=True)
class EndLinksPage:
    """What ends, before it does."""

    HEADING: ClassVar[Heading] = re.compile(r"^Take back the links of ")
    tab: Tab

    def takes_them_back(self) -> LinksPage:
        return self.tab.goes(self.tab.button("Take back the links"), LinksPage)


@dataclass(frozen=True, slots=True)
class OwnLinkPage:
    """A person's own link in hand."""

    HEADING: ClassVar[Heading] = "Your own set-up"
    tab: Tab

    @property
    def main(self) -> Locator:
        return self.tab.page.get_by_role("main")

    def begins(self, to: type[S]) -> S:
        return self.tab.goes(self.tab.button("Begin"), to)


@dataclass(frozen=True, slots=True)
class CodePage:
    """The code of a letter or a card, typed by hand."""

    HEADING: ClassVar[Heading] = "Open your own set-up"
    tab: Tab

    def types(self, code: str, to: type[S]) -> S:
        self.tab.page.get_by_label("Code").fill(code)
        return self.tab.goes(self.tab.button("Open"), to)


@dataclass(frozen=True, slots=True)
class EndedLinkPage:
    HEADING: ClassVar[Heading] = "This link has ended"
    tab: Tab

    @property
    def main(self) -> Locator:
        return self.tab.page.get_by_role("main")

    def asks_for_a_new_one(self) -> "EndedLinkPage":
        return self.tab.goes(self.tab.button("Ask Dana for a new link"), EndedLinkPage)


@dataclass(frozen=True, slots=True)
class MailboxPage:
    """The try-out's letters as they would arrive."""

    HEADING: ClassVar[Heading] = "Mailbox of the try-out"
    tab: Tab

    def letter_to(self, address: str) -> Locator:
        return self.tab.page.get_by_role("article").filter(has_text=address)

    def letter(self, subject: str) -> Locator:
        """The newest of that subject."""
        return self.tab.page.get_by_role("article", name=subject, exact=True).first

    def opens_the_page_of(self, subject: str, to: type[S]) -> S:
        """By the address in that letter."""
        return self.tab.goes(self.letter(subject).get_by_role("link"), to)

    def link_in_the_letter_to(self, address: str) -> str:
        """The first address in it: the link itself."""
        return self.letter_to(address).get_by_role("link").first.inner_text()
