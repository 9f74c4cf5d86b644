"""What is watched on every page of every story: accessibility, the console, the width; and pictures, where asked for."""

import hashlib
import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Final

from axe_playwright_python.base import AXE_FILE_PATH
from playwright.sync_api import BrowserContext, ConsoleMessage, Page

from e2e.tally import Tally

TAGS: Final = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
"""`target-size` is off by default and runs only with wcag22aa named."""

AXE: Final = f"""async () => {{
    const found = await axe.run(document, {{runOnly: {json.dumps(TAGS)}, resultTypes: ["violations"]}});
    return found.violations.map(rule => rule.id + ": " + rule.nodes.map(node => node.html).join(" | "));
}}"""
SIDEWAYS: Final = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
SECRET: Final = re.compile(r'(name="csrf_token" value=")[^"]*')
WORDS: Final = re.compile(r">[^<>]*[^<>\s][^<>]*<")
LOUD: Final = frozenset({"error", "warning"})
LONGEST_MS: Final = 10_000
DESKTOP: Final = (1200, 900)
PHONE: Final = (390, 844)


def structure_of(markup: str) -> str:
    """The markup without its words and numbers: what is accessible with these is so with others."""
    return WORDS.sub(">x<", re.sub(r"\d+", "0", SECRET.sub(r"\1", markup)))


@cache
def axe_source() -> str:
    return Path(AXE_FILE_PATH).read_text(encoding="utf-8")


class Clean:
    """The markup that was found in order, kept in a folder which all processes of a run share."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(exist_ok=True)
        self._folder = folder

    def __contains__(self, looked: tuple[str, str]) -> bool:
        return self._mark(looked).exists()

    def add(self, looked: tuple[str, str]) -> None:
        """Two processes may find the same at the same time: then both say so."""
        self._mark(looked).touch()

    def _mark(self, looked: tuple[str, str]) -> Path:
        return self._folder / hashlib.sha256("\n".join(looked).encode()).hexdigest()


@dataclass(eq=False)  # no slots: Playwright notes its handlers on their owner
class Seeing:
    """Looks at the pages of one story. `clean` holds what was found in order before, so that nothing is looked at twice."""

    clean: Clean
    pictures: Path | None = None
    contexts: list[BrowserContext] = field(default_factory=list)
    twins: dict[BrowserContext, Page] = field(default_factory=dict)  # of contexts without scripts
    heard: list[str] = field(default_factory=list)
    let_by: list[re.Pattern[str]] = field(default_factory=list)
    pictured: set[str] = field(default_factory=set)
    tells: Callable[[Page], None] | None = None  # hears of every page that is looked at
    tally: Tally = field(default_factory=Tally)

    def watches(self, context: BrowserContext, twin: BrowserContext | None = None) -> None:
        """`twin` is a context that runs scripts, for one that does not: there axe looks at the same markup."""
        self.contexts.append(context)
        context.set_default_timeout(LONGEST_MS)
        if twin is not None:
            self.twins[context] = twin.new_page()
        context.on("page", self.tally.watches)
        context.on("console", self._hear)
        context.on("weberror", lambda error: self.heard.append(f"{error.error}"))

    def lets_by(self, words: str) -> None:
        """The browser will say something like this in its console, and it is meant to."""
        self.let_by.append(re.compile(words))

    def looks(self, page: Page) -> None:
        """The page as it stands now. Raises AssertionError with all that is not in order."""
        if self.tells:
            self.tells(page)
        if self.pictures and (markup := SECRET.sub("", page.content())) not in self.pictured:
            self.pictured.add(markup)
            self._take(page, self.pictures)
        problems = self._unclean(page)
        problems += [said for said in self.heard if not any(words.search(said) for words in self.let_by)]
        assert not problems, "\n".join([f"{page.url} ({page.title()})", *problems])

    def looks_at_all(self) -> None:
        """Every page that is still open, at the end of a story."""
        for context in self.contexts:
            for page in context.pages:
                self.looks(page)

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in LOUD:
            self.heard.append(f"console: {message.text} ({message.location['url']})")

    def _unclean(self, page: Page) -> list[str]:
        looked = (json.dumps(page.viewport_size), structure_of(page.content()))
        if looked in self.clean:
            return []
        beside = page.evaluate(SIDEWAYS)
        problems = [f"scrolls sideways by {beside} px at {looked[0]}"] if beside > 0 else []
        twin = self.twins.get(page.context)
        problems += run_axe(twin_of(page, twin) if twin else page)
        if not problems:
            self.clean.add(looked)
        return problems

    def _take(self, page: Page, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        name = re.sub(r"\W+", "-", page.title()).strip("-")[:60]
        before = page.viewport_size
        for look, (width, height), scheme in (
            ("1200", DESKTOP, "light"),
            ("390", PHONE, "light"),
            ("dark", DESKTOP, "dark"),
        ):
            page.set_viewport_size({"width": width, "height": height})
            page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
            page.screenshot(path=folder / f"{len(self.pictured):02d}-{name}-{look}.png", full_page=True)
        page.emulate_media(color_scheme="light")
        if before:
            page.set_viewport_size(before)


def run_axe(page: Page) -> list[str]:
    # Put in by evaluate: the pages' own policy refuses an added script tag.
    page.evaluate(axe_source())
    return [f"axe: {found}" for found in page.evaluate(AXE)]


def twin_of(page: Page, twin: Page) -> Page:
    """The same markup in a page that may run axe; the page's own scripts stay away from it."""
    markup = page.content()
    twin.unroute_all()
    twin.route("**/*.js*", lambda route: route.abort())
    twin.route(page.url, lambda route: route.fulfill(body=markup, content_type="text/html; charset=utf-8"))
    twin.goto(page.url)
    return twin
